"""Write lists of words, and first and last uses, as tables in CSV; the rows in JSON have the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from corpus.trust.table_cells import table_line
from search.result_tables.result_table import BYTE_ORDER_MARK
from search.word_statistics.collocates import Collocate
from search.word_statistics.comparison import WordComparison
from search.word_statistics.first_use import DatedUse, UseInCategory
from search.word_statistics.frequencies import WordFrequency

Value = str | int | float | None
WordRow = WordFrequency | Collocate | WordComparison

ALL_CATEGORIES = "*"
"""The category of the row of all documents. No category is called so."""

_USE_COLUMNS = ("", "_id", "_title", "_page", "_page_label", "_rivals", "_quote", "_url")
"""Endings of the names of the columns of a use, behind ``first`` and ``last``."""
USE_COLUMNS = (
    "phrase", "category", "first", "last", "hits", "documents", "partly_dated", "undated",
    *(f"first{name}" for name in _USE_COLUMNS[1:]), *(f"last{name}" for name in _USE_COLUMNS[1:]),
)  # fmt: skip
"""The columns of first and last uses; new ones are added at the end."""


def word_columns(row: type[WordRow]) -> tuple[str, ...]:
    """Return the names of the columns of a kind of rows."""
    return tuple(column.name for column in fields(row))


def word_values(row: WordRow) -> dict[str, Value]:
    """Return the values of a row by column, measures rounded to six significant digits."""
    return {column.name: _rounded(getattr(row, column.name)) for column in fields(row)}


def word_table(kind: type[WordRow], rows: Iterable[WordRow]) -> Iterator[str]:
    """Yield the names of the columns, then a row for each word, with their line ends."""
    return _table(word_columns(kind), map(word_values, rows))


def use_values(phrase: str, use: UseInCategory) -> dict[str, Value]:
    """Return the first and last use in a category by column."""
    values: dict[str, Value] = {
        "phrase": phrase, "category": ALL_CATEGORIES if use.category is None else use.category,
        "hits": use.hits, "documents": use.documents, "partly_dated": use.partly_dated, "undated": use.undated,
        **_place_values("first", use.first), **_place_values("last", use.last),
    }  # fmt: skip
    return {name: values[name] for name in USE_COLUMNS}


def use_table(phrase: str, uses: Iterable[UseInCategory]) -> Iterator[str]:
    """Yield the names of the columns, then a row for each category, with their line ends."""
    return _table(USE_COLUMNS, (use_values(phrase, use) for use in uses))


def quote_of(use: DatedUse) -> str:
    """Return the sentence of a use, with points of omission where it is cut."""
    return f"{use.line.left}{use.line.node}{use.line.right}"


def _place_values(name: str, use: DatedUse | None) -> dict[str, Value]:
    line = use.line if use else None
    values = (
        (line.date, line.id, line.title, line.page, line.page_label, use.rivals, quote_of(use), line.url)
        if use and line
        else (None,) * len(_USE_COLUMNS)
    )
    return {f"{name}{column}": value for column, value in zip(_USE_COLUMNS, values, strict=True)}


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + table_line(columns)
    for row in rows:
        yield table_line(["" if value is None else str(value) for value in row.values()])


def _rounded(value: Value) -> Value:
    return float(f"{value:.6g}") if isinstance(value, float) else value
