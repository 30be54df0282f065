"""Short documents for a cluster: the paragraphs of a corpus, and questions that are drawn from them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.corpora.text_rows import TextRow, read_rows
from search.request import Filter, Request

MIN_CHARACTERS = 200
"""Shortest paragraph that is taken: shorter ones are headings and forms of address."""
QUESTIONS = 50
"""Questions of each class."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_FACETS = ("category", "year")


def read_paragraphs(corpus: Path, count: int) -> Iterator[TextRow]:
    """Yield the first ``count`` paragraphs of a corpus, each as a document with the date and category of its own."""
    return islice(_paragraphs(corpus), count)


def _paragraphs(corpus: Path) -> Iterator[TextRow]:
    for row in read_rows(corpus):
        long = (text for text in row.text.split("\n") if len(text) >= MIN_CHARACTERS)
        for number, text in enumerate(long, 1):
            yield TextRow(f"{row.id}-{number}", f"{row.title}, paragraph {number}", row.date, row.category, text)


def draw_questions(rows: Sequence[TextRow]) -> dict[str, list[Request]]:
    """Return `QUESTIONS` questions of each class, drawn with a seed from the words of some documents."""
    rng = random.Random(18)
    texts = [[word.lower() for word in _WORD.findall(row.text)] for row in rows]
    counts = Counter(word for words in texts for word in set(words))
    common = [word for word, _ in counts.most_common(60)]
    rare = [word for word, count in counts.items() if count == 2]
    classes: dict[str, list[Request]] = {}

    def add(name: str, query: str, *filters: Filter) -> None:
        classes.setdefault(name, []).append(Request(query, filters, facets=_FACETS, passages=0))

    for number in range(QUESTIONS):
        words, often, third = rng.choice([text for text in texts if len(text) > 4]), common[number], rng.choice(common)
        start = rng.randrange(len(words) - 2)
        add("a common word", often)
        add("a rare word", rng.choice(rare))
        add("two words", f"{often} {third}")
        add("any of three words", f"{often} OR {third} OR {rng.choice(rare)}")
        add("any of five words", " OR ".join(rng.sample(common, 5)))
        add("a phrase", f'"{words[start]} {words[start + 1]}"')
        add("a beginning", f"{rng.choice(rare)[:5]}*")
        add("a word in some years", f"{often} date:{1950 + number % 50}..{1960 + number % 50}")
        add("a word in a category", often, Filter("category", rng.choice(rows).category))
        add("everything", "" if number % 2 else "*")
    return classes
