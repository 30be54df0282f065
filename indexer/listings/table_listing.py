"""Listings as tables: CSV and TSV with a row of headers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from corpus.fields import METADATA
from corpus.listing import Item, ListingDiagnostic, Severity
from indexer.listings.column_names import column_rank, field_of_column
from indexer.listings.value_parsing import drop_repeats, infer_day_first, parse_item
from indexer.metadata.selection import Context

DELIMITERS = ",;\t|"
MAX_ROWS = 200_000
IDENTIFYING_FIELDS = frozenset({"title", "link", "identifier", "digest"})
"""Fields a table must have one of: they say which document a row is about."""

_SEPARATOR_LINE = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)  # spreadsheets write it for themselves


def read_table(text: str, context: Context) -> tuple[tuple[Item, ...], tuple[ListingDiagnostic, ...]]:
    """The items of a table, one a row, and what was odd."""
    odd: list[ListingDiagnostic] = []
    rows = list(_records(text, find_delimiter(text), odd))
    if not rows:
        return (), (*odd, ListingDiagnostic(Severity.ERROR, "the table is empty"))
    header_row, header = rows[0]
    fields = map_columns(header)
    if not IDENTIFYING_FIELDS.intersection(fields.values()):
        known = ", ".join((*(field.name for field in METADATA), "link", "id", "sha256"))
        message = f"no column says which document a row is about; known columns: {known}"
        return (), (*odd, ListingDiagnostic(Severity.ERROR, message, header_row))
    for number, name in enumerate(header):
        if name.strip() and number not in fields:
            odd.append(
                ListingDiagnostic(
                    Severity.WARNING, f"column {name.strip()[:60]!r} is not known and not used", header_row
                )
            )
    found, said = _items(rows[1:], fields, len(header), context)
    items, repeated = drop_repeats(found)
    return items, tuple(sorted((*odd, *said, *repeated), key=lambda one: one.row))


def is_table(text: str) -> bool:
    """Whether the first row names fields, a title among them, and other columns beside it."""
    header = _header(text, find_delimiter(text))
    return len(header) > 1 and "title" in map_columns(header).values()


def map_columns(header: Sequence[str]) -> Mapping[int, str]:
    """Field of each column that is understood; the more trusted of two columns for one field comes first."""
    known = [
        (column_rank(name), number, field) for number, name in enumerate(header) if (field := field_of_column(name))
    ]
    return {number: field for _, number, field in sorted(known)}


def find_delimiter(text: str) -> str:
    """What separates the cells: of the usual signs the one that makes most known columns of the first row."""
    if match := _SEPARATOR_LINE.match(text):
        return match[1]

    def merit(sign: str) -> tuple[int, int]:
        header = _header(text, sign)
        return len(map_columns(header)), len(header)

    return max(DELIMITERS, key=merit)


def _header(text: str, sign: str) -> list[str]:
    return next((cells for _, cells in _records(text[: 1 << 16], sign, [])), [])


def _records(text: str, sign: str, odd: list[ListingDiagnostic]) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of every row that is not empty; a quoted cell may hold line breaks."""
    reader = csv.reader(io.StringIO(_SEPARATOR_LINE.sub("", text), newline=""), delimiter=sign)
    try:
        for number, cells in enumerate(islice(reader, MAX_ROWS + 1), 1):
            if number > MAX_ROWS:
                odd.append(ListingDiagnostic(Severity.ERROR, f"only the first {MAX_ROWS:,} rows were read", number))
            elif any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        odd.append(ListingDiagnostic(Severity.ERROR, f"cannot be read from line {reader.line_num} on: {error}"))


def _items(
    rows: Sequence[tuple[int, list[str]]], fields: Mapping[int, str], width: int, context: Context
) -> tuple[list[Item], list[ListingDiagnostic]]:
    if context.day_first is None:
        dates = (cells[n] for _, cells in rows for n, field in fields.items() if field == "date" and n < len(cells))
        context = replace(context, day_first=infer_day_first(dates))
    items: list[Item] = []
    odd: list[ListingDiagnostic] = []
    for number, cells in rows:
        words: dict[str, list[str]] = {}
        for column, field in fields.items():
            if column < len(cells) and cells[column].strip():
                words.setdefault(field, []).append(cells[column])
        understood = parse_item(words, number, context)
        odd += understood.diagnostics
        odd += _misfits(cells, width, number)
        if understood.item:
            items.append(understood.item)
            if not understood.item.title and "title" in fields.values():
                odd.append(ListingDiagnostic(Severity.WARNING, "no title", number))
    return items, odd


def _misfits(cells: list[str], width: int, number: int) -> Iterator[ListingDiagnostic]:
    if any(cell.strip() for cell in cells[width:]):
        message = "more cells than the header has; a cell with the separator in it needs quotes around it"
        yield ListingDiagnostic(Severity.WARNING, message, number)
