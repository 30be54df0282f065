"""CSV and TSV: each row a line, its cells separated by tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Extraction
from indexer.readers.plain.text import finish_text, load_text
from indexer.readers.reader_protocol import Limits

_DELIMITERS = ",;\t|"
SAMPLE_LINES = 20
"""Lines from the beginning of a table that its delimiter is found in."""
MAX_CELL_CHARACTERS = 1_000_000
"""Longest cell that is parsed. A longer one, most often after an open quotation mark, is read as text."""


def read_csv(path: Path, limits: Limits) -> Extraction:
    """Read a table with cells between commas, semicolons, tabs or bars.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    delimiter = _delimiter(text)
    table = "\n".join(_lines(text, delimiter)) if delimiter else text
    return finish_text("text/csv", table, (), partial_reason, limits, "csv")


def read_tsv(path: Path, limits: Limits) -> Extraction:
    """Read a table with cells between tabs.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    return finish_text("text/tab-separated-values", "\n".join(_lines(text, "\t")), (), partial_reason, limits, "csv")


def _delimiter(text: str) -> str:
    """Return the delimiter that most of the first lines contain, or ``""``."""
    lines = [line for line in text[:MAX_CELL_CHARACTERS].split("\n", SAMPLE_LINES)[:SAMPLE_LINES] if line.strip()]
    counts = {
        delimiter: (sum(delimiter in line for line in lines), sum(line.count(delimiter) for line in lines))
        for delimiter in _DELIMITERS
    }
    best = max(counts, key=lambda delimiter: counts[delimiter])
    return best if counts[best][0] else ""


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the rows as lines; from a row on that cannot be parsed, the lines of the file as they are."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    lines = [f"{line}\n" for line in text.split("\n")]
    # Quotation marks are no marks in TSV, and one that is never closed would make one cell of all rows.
    rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)
    parsed = 0
    try:
        for row in rows:
            parsed = rows.line_num
            yield "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")
    except csv.Error:
        yield from (line[:-1] for line in lines[parsed:])
