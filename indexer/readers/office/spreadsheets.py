"""XLSX, XLS and ODS by calamine: each sheet is a page labelled with its name, each row a line."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from corpus.document import Candidate, DocumentText, Extraction, Page, Role
from indexer.readers.office import odf_properties
from indexer.readers.office.odf import is_flat, read_sheets
from indexer.readers.office.ooxml import main_part, read_core_properties
from indexer.readers.office.zip_package import Package
from indexer.readers.old_office.ole_properties import ole_properties
from indexer.readers.reader_protocol import (
    MIB,
    Limits,
    ReaderOutput,
    Unreadable,
    apply_limits,
    finish,
    panic_as_damage,
    reason,
)
from indexer.readers.temp_folder import temp_folder
from indexer.text.cleaning import clean

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS_TYPE = "application/vnd.ms-excel"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OPENOFFICE_TYPE = b"application/vnd.sun.xml."
"""How the media types of files of OpenOffice.org 1 begin, which calamine does not read."""
MAX_CELLS = 20_000_000
"""Largest area of a sheet from its first to its last used cell, as calamine keeps it all in memory."""
_REMARKS_PART = re.compile(r"xl/(?:(?:threadedC|c)omments/?\w*|drawings/drawing\d+)\.xml")
_REMARK_ELEMENTS = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}comment",
    "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}text",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
)
_DAMAGE = (CalamineError, ValueError, OSError, OverflowError, IndexError)


def read_xlsx(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook.

    Raises:
        Unreadable: it is no zip package or has no workbook, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        main = main_part(package, "xl/workbook.xml")
        folder, _, base = main.rpartition("/")
        _check_caps(package, (f"{folder}/",))
        candidates = tuple(read_core_properties(package))
        remarks = _remarks(package)
        is_renamed = not base.startswith("workbook.")
        moved = {
            f"{folder}/workbook.xml": package.read(main) if is_renamed else b"",
            f"{folder}/_rels/workbook.xml.rels": package.read(f"{folder}/_rels/{base}.rels") if is_renamed else b"",
        }
    if not is_renamed:
        return _read(path, limits, XLSX_TYPE, candidates, remarks)
    with temp_folder() as scratch:
        # calamine reads a workbook of the usual name alone.
        copy = Path(shutil.copyfile(path, scratch / "book.xlsx"))
        with zipfile.ZipFile(copy, "a") as book:
            for name, content in moved.items():
                book.writestr(name, content)
        return _read(copy, limits, XLSX_TYPE, candidates, remarks)


def read_ods(path: Path, limits: Limits) -> Extraction:
    """Read an OpenDocument spreadsheet.

    Raises:
        Unreadable: as `read_xlsx`.
    """
    if is_flat(path):
        return read_sheets(path, limits)
    with Package(path, limits) as package:
        odf_properties.refuse_encrypted(package)
        is_openoffice = package.read("mimetype").startswith(OPENOFFICE_TYPE)
        _check_caps(package, ("content.xml",))
        candidates = tuple(odf_properties.read_properties(package))
    return read_sheets(path, limits) if is_openoffice else _read(path, limits, ODS_TYPE, candidates)


def read_xls(path: Path, limits: Limits) -> Extraction:
    """Read an Excel workbook of before 2007.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    if path.stat().st_size > limits.member_bytes:
        raise Unreadable("file.too-large", mib=limits.member_bytes // MIB)
    return _read(path, limits, XLS_TYPE, ole_properties(path))


def _check_caps(package: Package, prefixes: tuple[str, ...]) -> None:
    """Unpack the members that calamine unpacks without any caps, to refuse those that exceed ours."""
    for name in package.names():
        if name.startswith(prefixes) and name.endswith((".xml", ".bin")):
            package.read(name)


def _remarks(package: Package) -> tuple[Page, ...]:
    """Return the text of comments and text boxes of an Excel workbook, as calamine reads only cells."""
    texts: list[str] = []
    for name in sorted(filter(_REMARKS_PART.fullmatch, package.names())):
        with suppress(Unreadable):
            root = package.parse(name)
            texts.extend("".join(block.itertext()).strip() for block in root.iter(*_REMARK_ELEMENTS))
    return (Page(1, clean("\n".join(filter(None, texts))), role=Role.BOILERPLATE),) if any(texts) else ()


def _read(
    path: Path, limits: Limits, media_type: str, candidates: tuple[Candidate, ...], boilerplate: tuple[Page, ...] = ()
) -> Extraction:
    try:
        with panic_as_damage():
            book = CalamineWorkbook.from_path(path)
    except _DAMAGE as error:
        raise _as_unreadable(error) from error
    lost: list[Unreadable] = []
    names = book.sheet_names
    texts, cap_reason = apply_limits((_text(book, name, limits, lost) for name in names), limits)
    pages = (Page(number, text, clean(names[number - 1])) for number, text in enumerate(texts, 1))
    if lost and len(lost) == len(names):
        raise lost[0]
    partial_reason = cap_reason or "; ".join(error.reason for error in lost)
    result = ReaderOutput("calamine", media_type, candidates, partial_reason, reason("file.no-text-sheets"))
    return finish(result, DocumentText(tuple(pages), boilerplate=boilerplate))


def _as_unreadable(error: Exception) -> Unreadable:
    text = " ".join(str(error).split())
    if "password" in text.lower() or "encrypt" in text.lower():
        return Unreadable("file.password", final=True)
    return Unreadable("file.damaged-sheets", error=text[:80] or type(error).__name__)


def _text(book: CalamineWorkbook, name: str, limits: Limits, lost: list[Unreadable]) -> str:
    try:
        with panic_as_damage():
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > MAX_CELLS:
                lost.append(Unreadable("file.sheet-too-large", sheet=clean(name), cells=MAX_CELLS))
                return ""
            return clean("\n".join(_lines(sheet, limits)))
    except (*_DAMAGE, Unreadable):
        lost.append(Unreadable("file.lost-sheet", sheet=clean(name)))
        return ""


def _lines(sheet: CalamineSheet, limits: Limits) -> Iterator[str]:
    """Yield the rows that are not blank, until they exceed the characters that a page may have."""
    size = 0
    for row in sheet.iter_rows():
        line = "\t".join(map(write_cell, row)).rstrip("\t")
        if line.strip():
            size += len(line) + 1
            yield line
        if size > limits.page_characters:
            return


def write_cell(value: object) -> str:
    """Return the value of a cell as one line of text."""
    write = _WRITERS.get(type(value), str)
    return " ".join(write(value).split())


def _write_number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _write_datetime(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")


_WRITERS: dict[type, Callable[..., str]] = {float: _write_number, dt.datetime: _write_datetime}
