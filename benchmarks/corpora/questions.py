"""The questions: ten classes, drawn with a seed from the words of the corpus."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from benchmarks.corpora.text_rows import MARKERS, TextRow

CLASSES = (
    "common word", "rare word", "and of 2", "or of 3", "or of 5", "phrase", "prefix", "word + dates",
    "word + category", "everything",
)  # fmt: skip
FIXED_MATCHES = "fixed matches"
"""The class of marker words, which only generated corpora contain."""

QUESTIONS_PER_CLASS = 10
"""Questions of each class."""

SAMPLED_DOCUMENTS = 2000
"""Documents that words are drawn from, the first of the corpus."""

_WORD = re.compile(r"[a-z]+")
_MIN_LETTERS = 4  # of a word that is asked for
_YEARS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question, independent of any engine's syntax.

    Attributes:
        kind: its class.
        words: folded words; for a prefix the beginning of one.
        category: filter by this category, or ``""``.
        years: filter by these years, both included, or None.
    """

    kind: str
    words: tuple[str, ...] = ()
    category: str = ""
    years: tuple[int, int] | None = None


def draw_questions(rows: Iterable[TextRow], each: int, seed: int = 1) -> list[Question]:
    """Draw ``each`` questions of every class (one of "everything") from the words of ``rows``."""
    texts = [(row, _WORD.findall(row.text.lower())) for row in islice(rows, SAMPLED_DOCUMENTS)]
    frequencies = Counter(word for _, words in texts for word in {word for word in words if len(word) >= _MIN_LETTERS})
    pairs = Counter(
        pair for _, words in texts for pair in {pair for pair in pairwise(words) if {*pair} <= frequencies.keys()}
    )
    rng = random.Random(seed)
    common = _between(frequencies, len(texts), 0.3, 0.9)
    middling = _between(frequencies, len(texts), 0.02, 0.3)
    rare = _between(frequencies, len(texts), 0.001, 0.01)
    beside = sorted(pair for pair, count in pairs.items() if count >= max(3, len(texts) // 200))
    questions = [Question("everything")]
    for _ in range(each):
        row, words = rng.choice(texts)
        own = sorted(set(words) & set(middling)) or middling
        questions += [
            Question("common word", (rng.choice(common),)),
            Question("rare word", (rng.choice(rare),)),
            Question("and of 2", tuple(rng.sample(own if len(own) > 1 else middling, 2))),
            Question("or of 3", (rng.choice(common), *rng.sample(middling, 2))),
            Question("or of 5", (*rng.sample(common, 2), *rng.sample(middling, 3))),
            Question("phrase", rng.choice(beside)),
            Question("prefix", (rng.choice(middling)[:4],)),
            Question("word + dates", (rng.choice(own),), years=(row.year, row.year + _YEARS - 1)),
            Question("word + category", (rng.choice(own),), category=row.category),
        ]
    if all(marker in frequencies for marker in MARKERS[:2]):
        questions += [Question(FIXED_MATCHES, (marker,)) for marker in MARKERS]
    return sorted(questions, key=lambda question: [*CLASSES, FIXED_MATCHES].index(question.kind))


def _between(frequencies: Counter[str], documents: int, low: float, high: float) -> Sequence[str]:
    """Return words that occur in a share of the documents between two bounds, or the 20 nearest if there are few."""
    words = sorted(word for word, count in frequencies.items() if low * documents < count <= high * documents)
    if len(words) >= 5:
        return words
    middle = documents * (low + high) / 2
    return sorted(frequencies, key=lambda word: (abs(frequencies[word] - middle), word))[:20]


def by_class(questions: Iterable[Question]) -> Iterator[tuple[str, list[Question]]]:
    """Yield each class with its questions."""
    classes: dict[str, list[Question]] = {}
    for question in questions:
        classes.setdefault(question.kind, []).append(question)
    yield from classes.items()
