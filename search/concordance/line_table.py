"""Write the lines of a concordance as a table in CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter

from corpus.trust.table_cells import table_line
from search.concordance.concordance_values import ConcordanceLine
from search.result_tables.result_table import BYTE_ORDER_MARK

_COLUMN_NAMES = {"number": "n", "start": "from", "end": "to"}
_FOR_RENDERERS = frozenset({"blank_before", "blank_behind"})
"""Attributes that say how a line is printed in one piece."""
LINE_COLUMNS: Mapping[str, Callable[[ConcordanceLine], object]] = {
    _COLUMN_NAMES.get(field.name, field.name): attrgetter(field.name)
    for field in fields(ConcordanceLine)
    if field.name not in _FOR_RENDERERS
}
"""The columns of a line by name, in the order of its attributes."""


def line_values(line: ConcordanceLine) -> dict[str, object]:
    """Return the values of a line by column."""
    return {name: value(line) for name, value in LINE_COLUMNS.items()}


def line_table(lines: Iterable[ConcordanceLine]) -> Iterator[str]:
    """Yield the names of the columns, then a row for each line, with their line ends."""
    yield BYTE_ORDER_MARK + table_line(LINE_COLUMNS)
    for line in lines:
        yield table_line(["" if value is None else str(value) for value in line_values(line).values()])
