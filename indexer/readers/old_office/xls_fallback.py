"""Fallback for XLS files that calamine cannot read: cells by xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import xlrd

from corpus.document import DocumentText, Extraction, Page
from indexer.readers.office.spreadsheets import XLS_TYPE, write_cell
from indexer.readers.old_office.ole_properties import ole_properties
from indexer.readers.reader_protocol import MIB, Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.text.cleaning import clean

_DAMAGE = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ValueError, IndexError, KeyError, TypeError,
    AttributeError, AssertionError, OverflowError, OSError, MemoryError, RecursionError, ArithmeticError,
    UnboundLocalError,
)  # fmt: skip


def read_xls(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook of before 2007.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    if path.stat().st_size > limits.member_bytes:
        raise Unreadable("file.too-large", mib=limits.member_bytes // MIB)
    try:
        with xlrd.open_workbook(str(path), logfile=io.StringIO(), on_demand=True) as book:
            names = book.sheet_names()
            texts, cap_reason = apply_limits((_sheet_text(book, name, limits) for name in names), limits)
    except _DAMAGE as error:
        if "encrypted" in str(error).lower():
            raise Unreadable("file.password", final=True) from error
        raise Unreadable("file.damaged-workbook") from error
    pages = tuple(Page(number, text, clean(names[number - 1])) for number, text in enumerate(texts, 1))
    result = ReaderOutput("xlrd", XLS_TYPE, ole_properties(path), cap_reason, reason("file.no-text-sheets"))
    return finish(result, DocumentText(pages))


def _sheet_text(book: Any, name: str, limits: Limits) -> str:
    sheet = book.sheet_by_name(name)
    lines: list[str] = []
    size = 0
    for row in range(sheet.nrows):
        line = "\t".join(_cells(book, sheet.row(row))).rstrip("\t")
        lines.extend([line] if line.strip() else [])
        size += len(line) + 1
        if size > limits.page_characters:
            break
    book.unload_sheet(name)
    return clean("\n".join(lines))


def _cells(book: Any, row: list[Any]) -> Iterator[str]:
    for cell in row:
        value = cell.value
        if cell.ctype == xlrd.XL_CELL_DATE:
            with suppress(xlrd.xldate.XLDateError, *_DAMAGE):
                value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
        yield "" if cell.ctype == xlrd.XL_CELL_ERROR else write_cell(value)
