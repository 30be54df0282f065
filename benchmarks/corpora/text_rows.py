"""The rows of a corpus: read from a file, or generated with word frequencies like those of real text."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, islice
from pathlib import Path

PORTION_BYTES = 4 << 20
"""Bytes of text that one engine indexes before the next one's turn."""

MARKER_DOCUMENTS = 100
"""Documents that contain each marker word, at any size of the corpus, for questions with a fixed number of matches."""
MARKERS = tuple(f"marker{letter}" for letter in "abcdefghij")

LOG_LENGTH = 5.6, 0.8
"""Mean and deviation of the logarithm of a document's length in words: half are under 270, one in 40 over 1,300."""
SHORT_LOG_LENGTH = 3.7, 0.4
"""The same of short documents: half are under 40 words, one in 40 over 90."""

_WORDS = 50_000
_CATEGORIES = ("report", "speech", "statement", "briefing", "strategy", "letter", "resolution", "minutes")
_YEARS = range(1946, 2014)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A document; ``date`` is EDTF."""

    id: str
    title: str
    date: str
    category: str
    text: str

    @property
    def year(self) -> int:
        """Return the year of the date, or 0."""
        return int(self.date[:4]) if self.date[:4].isdecimal() else 0


def read_rows(corpus: Path) -> Iterator[TextRow]:
    """Yield the documents of a file with one JSON object per line, gzipped or not."""
    yield from map(_row, _lines(corpus))


def _lines(corpus: Path) -> Iterator[str]:
    with (gzip.open if corpus.suffix == ".gz" else open)(corpus, "rt", encoding="utf-8") as lines:
        yield from lines


def _row(line: str) -> TextRow:
    table = json.loads(line)
    return TextRow(*(str(table.get(name) or "") for name in ("id", "title", "date", "category", "text")))


def sample_rows(corpus: Path, count: int) -> list[TextRow]:
    """Return about ``count`` documents of a file, evenly spaced, or all if there are fewer."""
    documents = sum(1 for _ in _lines(corpus))
    step = max(1, documents // count)
    return [_row(line) for line in islice(_lines(corpus), 0, step * count, step)]


def read_portions(corpus: Path) -> Iterator[tuple[int, list[TextRow]]]:
    """Yield the documents in portions of at least `PORTION_BYTES`, each with its bytes of text."""
    size, portion = 0, []
    for row in read_rows(corpus):
        size += len(row.text.encode())
        portion.append(row)
        if size >= PORTION_BYTES:
            yield size, portion
            size, portion = 0, []
    if portion:
        yield size, portion


def write_rows(rows: Iterator[TextRow], corpus: Path) -> None:
    """Write rows as a file that `read_rows` reads."""
    with corpus.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def generate_rows(count: int, seed: int = 1, length: tuple[float, float] = LOG_LENGTH) -> Iterator[TextRow]:
    """Generate ``count`` documents of made-up words with Zipf-distributed frequencies (exponent 1)."""
    rng = random.Random(seed)
    words = _vocabulary(rng)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    marked = {marker: set(rng.sample(range(count), min(MARKER_DOCUMENTS, count))) for marker in MARKERS}
    for number in range(count):
        size = max(20, int(rng.lognormvariate(*length)))
        chosen = rng.choices(words, cum_weights=weights, k=size)
        chosen += [marker for marker in MARKERS if number in marked[marker]]
        title = " ".join(rng.choices(words, cum_weights=weights, k=5)).capitalize()
        date, category = str(rng.choice(_YEARS)), rng.choice(_CATEGORIES)
        yield TextRow(f"d{number:07}", title, date, category, _prose(chosen))


def _vocabulary(rng: random.Random) -> list[str]:
    starts, middles = ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"), "aeiou"
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        syllables = 1 + len(words) % 2 + (len(words) > 200) + (len(words) > 5000)
        word = "".join(rng.choice(starts) + rng.choice(middles) for _ in range(syllables))
        words[word + rng.choice(("", "n", "r", "s", "t"))] = None
    return list(words)


def _prose(words: Sequence[str]) -> str:
    sentences = (words[start : start + 15] for start in range(0, len(words), 15))
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
