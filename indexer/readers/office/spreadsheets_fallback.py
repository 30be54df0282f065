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
from indexer.readers.office.ooxml import (
    main_part,
    read_core_properties,
    read_optional_part,
    related_parts,
    relations,
)
from indexer.readers.office.spreadsheets import XLSX_TYPE
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.text.cleaning import clean

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def read_xlsx(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook cell by cell.

    Raises:
        Unreadable: it is no zip package or has no sheet, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        sheets = list(_sheets(package))
        if not sheets:
            raise Unreadable("file.no-sheets")
        shared_strings = _shared_strings(package)
        parts = (read_optional_part(package, part) for _, part in sheets)
        texts, cap_reason = apply_limits((_text(part, shared_strings, limits) for part in parts), limits)
        candidates = tuple(read_core_properties(package))
    pages = (Page(number, text, sheets[number - 1][0]) for number, text in enumerate(texts, 1))
    partial_reason = cap_reason or reason("file.sheets-unformatted")
    return finish(ReaderOutput("lxml", XLSX_TYPE, candidates, partial_reason), DocumentText(tuple(pages)))


def _sheets(package: Package) -> Iterator[tuple[str | None, str]]:
    """Yield the label and the part of each sheet in the order of the workbook, else of the numbers."""
    main = main_part(package, "xl/workbook.xml")
    book = read_optional_part(package, main)
    parts = {relation_id: part for relation_id, _, part in relations(package, main)}
    related = [
        (clean(sheet.get("name", "")), parts[sheet.get(_ID, "")])
        for sheet in (() if book is None else book.iter(f"{_S}sheet"))
        if parts.get(sheet.get(_ID, "")) in package.names()
    ]
    numbered = sorted(filter(_SHEET.fullmatch, package.names()), key=lambda name: int(re.sub(r"\D", "", name)[:9]))
    yield from related or ((None, name) for name in numbered)


def _shared_strings(package: Package) -> list[str]:
    related = related_parts(package, main_part(package, "xl/workbook.xml")).get("sharedStrings", [])
    root = read_optional_part(package, next(iter(related), "xl/sharedStrings.xml"))
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
