"""Fallback for XLSX files that calamine cannot read: cells as they are stored, without their formats.

calamine lays out a sheet as a full rectangle, which one stray cell in the last row and column makes too large for any
memory. Here only the cells that exist are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.document import DocumentText, Extraction, Page
from indexer.readers.office.ooxml import read_core_properties
from indexer.readers.office.spreadsheets import XLSX_TYPE
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.text.cleaning import clean

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def read_xlsx(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook cell by cell.

    Raises:
        Unreadable: it is no zip package or has no sheet, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        names = sorted(filter(_SHEET.fullmatch, package.names()), key=lambda name: int(re.sub(r"\D", "", name)[:9]))
        if not names:
            raise Unreadable("file.no-sheets")
        shared_strings = _shared_strings(package)
        texts, cap_reason = apply_limits((_text(package.parse(name), shared_strings, limits) for name in names), limits)
        sheet_names = _sheet_names(package)
        candidates = tuple(read_core_properties(package))
    labels = sheet_names if len(sheet_names) == len(names) else [None] * len(names)
    pages = (Page(number, text, labels[number - 1]) for number, text in enumerate(texts, 1))
    partial_reason = cap_reason or reason("file.sheets-unformatted")
    return finish(ReaderOutput("lxml", XLSX_TYPE, candidates, partial_reason), DocumentText(tuple(pages)))


def _sheet_names(package: Package) -> list[str]:
    """Return the sheets' names in the order of the workbook. It differs from that of the files for moved sheets."""
    book = package.parse("xl/workbook.xml")
    return [] if book is None else [clean(sheet.get("name", "")) for sheet in book.iter(f"{_S}sheet")]


def _shared_strings(package: Package) -> list[str]:
    root = package.parse("xl/sharedStrings.xml")
    return [] if root is None else [_element_text(entry) for entry in root.iter(f"{_S}si")]


def _element_text(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{_S}t"))


def _text(root: Any, shared: Sequence[str], limits: Limits) -> str:
    lines: list[str] = []
    size = 0
    for row in () if root is None else root.iter(f"{_S}row"):
        line = "\t".join(filter(None, _cells(row, shared)))
        lines.append(line)
        size += len(line) + 1
        if size > limits.page_characters:
            break
    return clean("\n".join(filter(None, lines)))


def _cells(row: Any, shared: Sequence[str]) -> Iterator[str]:
    for cell in row.iter(f"{_S}c"):
        value = cell.findtext(f"{_S}v") or ""
        if cell.get("t") == "s":
            index = int(value[:9]) if value[:9].isdecimal() else -1
            value = shared[index] if 0 <= index < len(shared) else ""
        elif cell.get("t") == "inlineStr":
            value = _element_text(cell)
        yield " ".join(value.split())
