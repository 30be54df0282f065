"""Write a result as a table in CSV, TSV or JSON lines, part by part, so that any number of rows needs little memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.trust.table_cells import table_line
from search.archive import Archive
from search.presentation.json_format import hit_json
from search.request import Request
from search.result_tables.table_columns import (
    COLUMNS,
    DEFAULT_COLUMNS,
    PASSAGE_COLUMNS,
    Cell,
    check_columns,
    table_entries,
)
from search.results import Hit

ROWS_AT_A_TIME = 500
"""Rows that are made by one search: few searches for a large result, and some 2 MB of passages."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take a table for one of an older encoding."""


class TableFormat(StrEnum):
    """The format of a table; the values are the endings of its files."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"


_DELIMITERS = {TableFormat.CSV: ",", TableFormat.TSV: "\t"}


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The format and the columns of a table.

    Attributes:
        format: the format.
        columns: names of the columns; empty for the usual ones, in JSON lines for all that ``--json`` has of a hit.
        more_columns: further columns by name, which the caller can make.
    """

    format: TableFormat = TableFormat.CSV
    columns: tuple[str, ...] = ()
    more_columns: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns.

        Raises:
            UsageError: there is no such column.
        """
        return check_columns(self.columns, (*COLUMNS, *self.more_columns)) or (*DEFAULT_COLUMNS, *self.more_columns)

    @property
    def head(self) -> str:
        """Return what comes before the rows: the names of the columns; nothing in JSON lines."""
        if self.format is TableFormat.JSONL:
            return ""
        mark = BYTE_ORDER_MARK if self.format is TableFormat.CSV else ""
        return mark + table_line(self.names, _DELIMITERS[self.format])

    @property
    def end(self) -> str:
        """Return what comes after the rows."""
        return ""

    @property
    def has_passages(self) -> bool:
        """Return whether rows have the best passage of a hit."""
        return (self.format is TableFormat.JSONL and not self.columns) or not PASSAGE_COLUMNS.keys().isdisjoint(
            self.names
        )

    def rows(self, archive: Archive, hits: Sequence[Hit]) -> str:
        """Return the rows of some hits, with their line ends."""
        if self.format is TableFormat.JSONL and not self.columns:
            return "".join(_json_line(hit_json(hit)) for hit in hits)
        names = self.names
        cells = [self.more_columns.get(name) or COLUMNS[name] for name in names]
        with archive.shared.use() as state:
            entries = table_entries(state, hits, with_passages=self.has_passages)
        rows = [[cell(entry) for cell in cells] for entry in entries]
        if self.format is TableFormat.JSONL:
            return "".join(_json_line(dict(zip(names, row, strict=True))) for row in rows)
        return "".join(table_line(row, _DELIMITERS[self.format]) for row in rows)

    def request(self, request: Request) -> Request:
        """Return the request that a part of the table is made from: without facets, with a passage where one is shown.

        An empty query has no matches, so its passages would be the beginnings of documents.
        """
        passages = min(request.passages, 1) if self.has_passages and request.query.strip() else 0
        return replace(request, facets=(), passages=passages)


def _json_line(value: object) -> str:
    return f"{json.dumps(value, ensure_ascii=False)}\n"


def result_table(
    archive: Archive,
    request: Request,
    layout: TableLayout | None = None,
    *,
    whole: bool = True,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> Iterator[str]:
    """Yield a table of a result in parts: first the names of the columns, then rows in the order of the hits.

    Args:
        archive: the archive, which must not be refreshed before the last part.
        request: the question; its ``limit`` and ``offset`` count only without ``whole``.
        layout: format and columns; the usual ones where it is None.
        whole: whether every document that matches has a row.
        progress: called with the number of rows that were made and of all.

    Raises:
        UsageError: a part of the request is wrong, or there is no such column.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    layout = layout or TableLayout()
    asked = layout.request(replace(request, offset=0) if whole else request)
    end = asked.offset + asked.limit
    offset, total, head = asked.offset, asked.offset + 1, layout.head
    while offset < total and (whole or offset < end):
        size = ROWS_AT_A_TIME if whole else min(ROWS_AT_A_TIME, end - offset)
        result = archive.search(replace(asked, offset=offset, limit=size))
        total = result.total
        yield head + layout.rows(archive, result.hits)
        head, offset = "", offset + size
        progress(min(offset, total), total)
    if head:
        yield head
