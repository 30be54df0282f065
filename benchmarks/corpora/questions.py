"""The questions: ten classes, drawn with a seed from the words of the corpus itself."""

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
FIXED = "fixed matches"
"""The class of marker words, which only generated corpora have."""

EACH = 10
"""Questions of each class."""

SAMPLE = 2000
"""Documents that words are drawn from."""

_WORD = re.compile(r"[a-z]+")
_SHORTEST = 4  # letters of a word that is asked for
_YEARS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question, apart from how any engine writes it.

    Attributes:
        kind: its class.
        words: folded words; for a prefix the beginning of one.
        category: narrows to one category where given.
        years: narrows to these years, both included, where given.
    """

    kind: str
    words: tuple[str, ...] = ()
    category: str = ""
    years: tuple[int, int] | None = None


def draw(rows: Iterable[TextRow], each: int, seed: int = 1) -> list[Question]:
    """``each`` questions of every class (one of "everything"), of words in ``rows``."""
    texts = [(row, _WORD.findall(row.text.lower())) for row in islice(rows, SAMPLE)]
    held = Counter(word for _, words in texts for word in {word for word in words if len(word) >= _SHORTEST})
    pairs = Counter(pair for _, words in texts for pair in {pair for pair in pairwise(words) if {*pair} <= held.keys()})
    rng = random.Random(seed)
    common = _between(held, len(texts), 0.3, 0.9)
    middling = _between(held, len(texts), 0.02, 0.3)
    rare = _between(held, len(texts), 0.001, 0.01)
    beside = sorted(pair for pair, count in pairs.items() if count >= max(3, len(texts) // 200))
    made = [Question("everything")]
    for _ in range(each):
        row, words = rng.choice(texts)
        own = sorted(set(words) & set(middling)) or middling
        made += [
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
    if all(marker in held for marker in MARKERS[:2]):
        made += [Question(FIXED, (marker,)) for marker in MARKERS]
    return sorted(made, key=lambda question: [*CLASSES, FIXED].index(question.kind))


def _between(held: Counter[str], documents: int, low: float, high: float) -> Sequence[str]:
    """Words in more than ``low`` and at most ``high`` of the documents; the nearest to it where there are too few."""
    found = sorted(word for word, count in held.items() if low * documents < count <= high * documents)
    if len(found) >= 5:
        return found
    middle = documents * (low + high) / 2
    return sorted(held, key=lambda word: (abs(held[word] - middle), word))[:20]


def by_class(questions: Iterable[Question]) -> Iterator[tuple[str, list[Question]]]:
    """The questions class by class."""
    held: dict[str, list[Question]] = {}
    for question in questions:
        held.setdefault(question.kind, []).append(question)
    yield from held.items()
