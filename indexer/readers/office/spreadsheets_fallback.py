"""XLSX files that calamine cannot hold: cells as they stand in the file, without their formats.

calamine lays a sheet out as a full rectangle; one stray cell in the last row and column makes that too large for any
memory. Here only the cells that are there are read.
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
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
UNFORMATTED = "read without the formats of its cells: dates stand as numbers of days"


def read_xlsx(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook cell by cell.

    Raises:
        Unreadable: no zip package, no sheet in it, encrypted, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        names = sorted(filter(_SHEET.fullmatch, package.names()), key=lambda name: int(re.sub(r"\D", "", name)[:9]))
        if not names:
            raise Unreadable("damaged file (no sheet in the package)")
        shared = _shared(package)
        texts, cap = apply_limits((_text(package.parse(name), shared, limits) for name in names), limits)
        labels = _labels(package)
        candidates = tuple(read_core_properties(package))
    given = labels if len(labels) == len(names) else [None] * len(names)
    pages = (Page(number, text, given[number - 1]) for number, text in enumerate(texts, 1))
    return finish(ReadResult("lxml", XLSX_TYPE, candidates, cap or UNFORMATTED), DocumentText(tuple(pages)))


def _labels(package: Package) -> list[str]:
    """Names of the sheets in the order of the workbook, which is that of their files but for sheets moved about."""
    book = package.parse("xl/workbook.xml")
    return [] if book is None else [clean(sheet.get("name", "")) for sheet in book.iter(f"{_S}sheet")]


def _shared(package: Package) -> list[str]:
    root = package.parse("xl/sharedStrings.xml")
    return [] if root is None else [_words(entry) for entry in root.iter(f"{_S}si")]


def _words(element: Any) -> str:
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
            place = int(value[:9]) if value[:9].isdecimal() else -1
            value = shared[place] if 0 <= place < len(shared) else ""
        elif cell.get("t") == "inlineStr":
            value = _words(cell)
        yield " ".join(value.split())
