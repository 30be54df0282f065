"""Read a listing that is a table: CSV or TSV with a row of headers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from corpus.fields import METADATA
from corpus.listing import Item, ListingDiagnostic, Severity
from corpus.messages import message
from corpus.trust.table_cells import plain_cell
from indexer.listings.column_names import column_rank, field_of_column
from indexer.listings.value_parsing import drop_repeats, infer_day_first, parse_item
from indexer.metadata.selection import Context

DELIMITERS = ",;\t|"
MAX_ROWS = 200_000
"""Rows of a table that are read; more are reported and left out."""
IDENTIFYING_FIELDS = frozenset({"title", "link", "identifier", "digest"})
"""Fields that identify the document of a row; a table needs a column of at least one."""

_SEPARATOR_LINE = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)  # a spreadsheet's own note of its separator


def read_table(text: str, context: Context) -> tuple[tuple[Item, ...], tuple[ListingDiagnostic, ...]]:
    """Return the items of a table, one for each row, and diagnostics."""
    diagnostics: list[ListingDiagnostic] = []
    rows = list(_records(text, find_delimiter(text), diagnostics))
    if not rows:
        return (), (*diagnostics, ListingDiagnostic(Severity.ERROR, message("listing.table-empty")))
    header_row, header = rows[0]
    fields = map_columns(header)
    if not IDENTIFYING_FIELDS.intersection(fields.values()):
        column_list = ", ".join((*(field.name for field in METADATA), "link", "id", "sha256"))
        missing = message("listing.no-identifying-column", columns=column_list)
        return (), (*diagnostics, ListingDiagnostic(Severity.ERROR, missing, header_row))
    for number, name in enumerate(header):
        if name.strip() and number not in fields:
            unknown = message("listing.unknown-column", column=name.strip()[:60])
            diagnostics.append(ListingDiagnostic(Severity.WARNING, unknown, header_row))
    all_items, item_diagnostics = _items(rows[1:], fields, len(header), context)
    items, repeat_diagnostics = drop_repeats(all_items)
    return items, tuple(
        sorted((*diagnostics, *item_diagnostics, *repeat_diagnostics), key=lambda diagnostic: diagnostic.row)
    )


def is_table(text: str) -> bool:
    """Return whether the first row has two columns or more, and one of them is a title."""
    header = _header(text, find_delimiter(text))
    return len(header) > 1 and "title" in map_columns(header).values()


def map_columns(header: Sequence[str]) -> Mapping[int, str]:
    """Return the field of each known column by its number, ordered by trust in the column's name."""
    known = [
        (column_rank(name), number, field) for number, name in enumerate(header) if (field := field_of_column(name))
    ]
    return {number: field for _, number, field in sorted(known)}


def find_delimiter(text: str) -> str:
    """Return the separator of the cells: the usual one that splits the header into most known columns."""
    if match := _SEPARATOR_LINE.match(text):
        return match[1]

    def known_columns(sign: str) -> tuple[int, int]:
        header = _header(text, sign)
        return len(map_columns(header)), len(header)

    return max(DELIMITERS, key=known_columns)


def _header(text: str, sign: str) -> list[str]:
    return next((cells for _, cells in _records(text[: 1 << 16], sign, [])), [])


def _records(text: str, sign: str, diagnostics: list[ListingDiagnostic]) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) of every row that is not empty; a quoted cell may contain line breaks."""
    reader = csv.reader(io.StringIO(_SEPARATOR_LINE.sub("", text), newline=""), delimiter=sign)
    try:
        for number, cells in enumerate(islice(reader, MAX_ROWS + 1), 1):
            if number > MAX_ROWS:
                diagnostics.append(
                    ListingDiagnostic(Severity.ERROR, message("listing.too-many-rows", limit=MAX_ROWS), number)
                )
            elif any(cell.strip() for cell in cells):
                yield number, [plain_cell(cell) for cell in cells]
    except csv.Error as error:
        unreadable = message("listing.table-unreadable", line=reader.line_num, reason=error)
        diagnostics.append(ListingDiagnostic(Severity.ERROR, unreadable))


def _items(
    rows: Sequence[tuple[int, list[str]]], fields: Mapping[int, str], width: int, context: Context
) -> tuple[list[Item], list[ListingDiagnostic]]:
    if context.day_first is None:
        dates = (cells[n] for _, cells in rows for n, field in fields.items() if field == "date" and n < len(cells))
        context = replace(context, day_first=infer_day_first(dates))
    items: list[Item] = []
    diagnostics: list[ListingDiagnostic] = []
    for number, cells in rows:
        words: dict[str, list[str]] = {}
        for column, field in fields.items():
            if column < len(cells) and cells[column].strip():
                words.setdefault(field, []).append(cells[column])
        parsed = parse_item(words, number, context)
        diagnostics += parsed.diagnostics
        diagnostics += _misfits(cells, width, number)
        if parsed.item:
            items.append(parsed.item)
            if not parsed.item.title and "title" in fields.values():
                diagnostics.append(ListingDiagnostic(Severity.WARNING, message("listing.no-title"), number))
    return items, diagnostics


def _misfits(cells: list[str], width: int, number: int) -> Iterator[ListingDiagnostic]:
    if any(cell.strip() for cell in cells[width:]):
        yield ListingDiagnostic(Severity.WARNING, message("listing.extra-cells"), number)
