"""XLSX, XLS and ODS by calamine: each sheet a page under the sheet's name, each row a line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from corpus.document import Candidate, DocumentText, Extraction, Page, Role
from indexer.readers.office import odf_properties
from indexer.readers.office.ooxml import read_core_properties
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import MIB, Limits, ReadResult, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS_TYPE = "application/vnd.ms-excel"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CELLS = 20_000_000
"""Cells between the first and the last one used beyond which a sheet is left out: they are all held in memory."""
_REMARKS = re.compile(r"xl/(?:(?:threadedC|c)omments/?\w*|drawings/drawing\d+)\.xml")
_BLOCKS = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}comment",
    "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}text",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
)
_DAMAGE = (CalamineError, ValueError, OSError, OverflowError, IndexError)


def read_xlsx(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook.

    Raises:
        Unreadable: no zip package, no workbook, encrypted, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        _hold_to_caps(package, ("xl/",))
        candidates = tuple(read_core_properties(package))
        remarks = _remarks(package)
    return _read(path, limits, XLSX_TYPE, candidates, remarks)


def read_ods(path: Path, limits: Limits) -> Extraction:
    """Read an OpenDocument spreadsheet.

    Raises:
        Unreadable: as `read_xlsx`.
    """
    with Package(path, limits) as package:
        odf_properties.refuse_encrypted(package)
        _hold_to_caps(package, ("content.xml",))
        candidates = tuple(odf_properties.read_properties(package))
    return _read(path, limits, ODS_TYPE, candidates)


def read_xls(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook of before 2007.

    Raises:
        Unreadable: encrypted, damaged, or larger than a file may be.
    """
    if path.stat().st_size > limits.member_bytes:
        raise Unreadable(f"larger than {limits.member_bytes // MIB} MiB")
    return _read(path, limits, XLS_TYPE, ())


def _hold_to_caps(package: Package, beginnings: tuple[str, ...]) -> None:
    """Unpack what calamine will unpack, which has no caps of its own."""
    for name in package.names():
        if name.startswith(beginnings) and name.endswith((".xml", ".bin")):
            package.read(name)


def _remarks(package: Package) -> tuple[Page, ...]:
    """What comments and text boxes of an Excel workbook say; calamine reads cells alone."""
    texts: list[str] = []
    for name in sorted(filter(_REMARKS.fullmatch, package.names())):
        with suppress(Unreadable):
            root = package.parse(name)
            texts.extend("".join(block.itertext()).strip() for block in root.iter(*_BLOCKS))
    return (Page(1, clean("\n".join(filter(None, texts))), role=Role.BOILERPLATE),) if any(texts) else ()


def _read(
    path: Path, limits: Limits, media_type: str, candidates: tuple[Candidate, ...], around: tuple[Page, ...] = ()
) -> Extraction:
    try:
        book = CalamineWorkbook.from_path(path)
    except _DAMAGE as error:
        raise _unreadable(error) from error
    lost: list[str] = []
    names = book.sheet_names
    texts, cap = apply_limits((_text(book, name, limits, lost) for name in names), limits)
    pages = (Page(number, text, clean(names[number - 1])) for number, text in enumerate(texts, 1))
    if lost and len(lost) == len(names):
        raise Unreadable(lost[0])
    made = ReadResult("calamine", media_type, candidates, cap or "; ".join(lost), "the sheets are empty")
    return finish(made, DocumentText(tuple(pages), boilerplate=around))


def _unreadable(error: Exception) -> Unreadable:
    text = " ".join(str(error).split())
    if "password" in text.lower() or "encrypt" in text.lower():
        return Unreadable("needs a password", final=True)
    return Unreadable(f"damaged file ({text[:80] or type(error).__name__})")


def _text(book: CalamineWorkbook, name: str, limits: Limits, lost: list[str]) -> str:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > CELLS:
            lost.append(f'sheet "{clean(name)}" spreads over more than {CELLS:,} cells')
            return ""
        return clean("\n".join(_lines(sheet, limits)))
    except _DAMAGE:
        lost.append(f'sheet "{clean(name)}" cannot be read')
        return ""


def _lines(sheet: CalamineSheet, limits: Limits) -> Iterator[str]:
    """Rows that hold anything, until there is one character more than a page may have."""
    size = 0
    for row in sheet.iter_rows():
        line = "\t".join(map(_cell, row)).rstrip("\t")
        if line.strip():
            size += len(line) + 1
            yield line
        if size > limits.page_characters:
            return


def _cell(value: object) -> str:
    write = _WRITERS.get(type(value), str)
    return " ".join(write(value).split())


def _write_number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _write_moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")


_WRITERS: dict[type, Callable[..., str]] = {float: _write_number, dt.datetime: _write_moment}
