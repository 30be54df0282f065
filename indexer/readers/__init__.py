"""The table of readers, and `read`: any file in, an `Extraction` with a state out, never an exception.

A reader's module is imported when its first file comes, so that a run over web pages never loads a PDF library.
"""

from __future__ import annotations

import importlib
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from corpus.document import Extraction, State
from indexer.readers.contract import Limits, Reader, Unreadable


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table.

    Attributes:
        name: short name for people and the format facet.
        media_type: as it is written into the catalogue.
        extensions: file-name endings, lower case with the dot.
        reader: what the reader calls itself, and where it is: ``module:function``.
        fallback: a second reader for when the first cannot, or None.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    reader: tuple[str, str]
    fallback: tuple[str, str] | None = None


PDF = Format(
    "pdf", "application/pdf", (".pdf",), ("pdfium", "indexer.readers.pdf:read_pdf"),
    ("pypdf", "indexer.readers.pdf_fallback:read_pdf"),
)  # fmt: skip
HTML = Format(
    "html", "text/html", (".html", ".htm", ".xhtml", ".xht"), ("trafilatura", "indexer.readers.html:read_html"),
    ("beautifulsoup", "indexer.readers.html_fallback:read_html"),
)  # fmt: skip
DOCX = Format(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx", ".docm", ".dotx"),
    ("docx", "indexer.readers.docx:read_docx"),
)  # fmt: skip
MARKDOWN = Format("md", "text/markdown", (".md", ".markdown"), ("text", "indexer.readers.text:read_markdown"))
TEXT = Format("txt", "text/plain", (".txt", ".text"), ("text", "indexer.readers.text:read_text"))

FORMATS: tuple[Format, ...] = (PDF, HTML, DOCX, MARKDOWN, TEXT)
"""Every format there is a reader for."""

BY_EXTENSION: dict[str, Format] = {extension: row for row in FORMATS for extension in row.extensions}
"""The same by file-name ending."""

OPENING = 4096  # bytes looked at for magic
_HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)


def recognise(path: Path) -> Format | None:
    """The format of a file by its first bytes, else by its name; None where no reader knows it.

    Raises:
        OSError: the file cannot be opened.
    """
    by_name = BY_EXTENSION.get(path.suffix.lower())
    with path.open("rb") as file:
        opening = file.read(OPENING)
    if opening.startswith(b"%PDF-") or (by_name is PDF and b"%PDF-" in opening):
        return PDF
    if _HTML.match(_as_ascii(opening)):
        return HTML
    if opening.startswith(b"PK\x03\x04"):
        return DOCX if by_name is DOCX or _holds_word(path) else None
    return by_name


def _as_ascii(opening: bytes) -> bytes:
    """The opening without its byte order mark; of UTF-16 only the low bytes, enough to see a tag by."""
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        return opening[2:].replace(b"\0", b"")
    return opening.removeprefix(b"\xef\xbb\xbf")


def _holds_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return "word/document.xml" in package.NameToInfo
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def read(path: Path, limits: Limits | None = None) -> Extraction:
    """Read one file; whatever is wrong with it becomes the extraction's state and reason.

    The format's fallback is run once when its reader declares the file unreadable.
    """
    return _read(path, limits or Limits(), again=False) or _no_reader(path)


def retry(path: Path, limits: Limits | None = None) -> Extraction | None:
    """Read a file whose reader has died on it, with the fallback alone; None where there is no other reader."""
    return _read(path, limits or Limits(), again=True)


def _read(path: Path, limits: Limits, *, again: bool) -> Extraction | None:
    try:
        if path.stat().st_size == 0:
            return Extraction("", "", state=State.FAILED, reason="the file is empty")
        row = recognise(path)
        if row is None or (again and row.fallback is None):
            return None
        return _fall_back(path, limits, row) if again else _read_first(path, limits, row)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        return Extraction("", "", state=State.FAILED, reason=reason)


def _no_reader(path: Path) -> Extraction:
    what = f"{path.suffix.lower()} files" if path.suffix else "files without an extension"
    return Extraction("", "", state=State.FAILED, reason=f"no reader for {what}")


def _read_first(path: Path, limits: Limits, row: Format) -> Extraction:
    name, target = row.reader
    try:
        return _load(target)(path, limits)
    except Unreadable as error:
        if error.final or row.fallback is None:
            return Extraction(name, row.media_type, state=State.FAILED, reason=error.reason)
        return _fall_back(path, limits, row, error.reason)


def _fall_back(path: Path, limits: Limits, row: Format, reason: str = "") -> Extraction:
    """Run the second reader; its extraction names both, and its failure gives the reasons of both."""
    assert row.fallback is not None  # noqa: S101 - both callers have looked
    name, target = row.fallback
    both = f"{row.reader[0]}+{name}"
    try:
        return replace(_load(target)(path, limits), reader=both)
    except Unreadable as error:
        reasons = dict.fromkeys(filter(None, (reason, error.reason)))
        return Extraction(both, row.media_type, state=State.FAILED, reason="; ".join(reasons))


def _load(target: str) -> Reader:
    module, _, function = target.partition(":")
    return cast("Reader", getattr(importlib.import_module(module), function))
