"""Which format a file is: by its first bytes, by what its package holds, and by its name last."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from indexer.readers.formats import (
    DOC,
    DOCX,
    EPUB,
    HTML,
    JPEG,
    MAIL,
    MAILBOX,
    ODP,
    ODS,
    ODT,
    PDF,
    PNG,
    PPT,
    PPTX,
    RTF,
    TIFF,
    WACZ,
    WARC,
    XLS,
    XLSX,
    ZIP,
    Format,
    by_name,
)  # fmt: skip

OPENING = 4096  # bytes looked at for magic
DIRECTORY = 1 << 20
"""Bytes of an old Office file in which the names of its streams are looked for."""
MIMETYPE = 256
_HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_MAILBOX = re.compile(rb"\AFrom [^\r\n]{1,500}\d\d:\d\d[^\r\n]{0,100}\r?\n[!-9;-~]{1,80}:")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_STREAMS = (("WordDocument", DOC), ("PowerPoint Document", PPT), ("Workbook", XLS), ("Book", XLS))
_MAIN_PARTS = (
    ("word/document.xml", DOCX), ("ppt/presentation.xml", PPTX), ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSX),
)  # fmt: skip
_PACKAGES = (DOCX, PPTX, XLSX, ODT, ODP, ODS, EPUB, WACZ)
_BY_MIMETYPE = {row.media_type: row for row in (ODT, ODP, ODS, EPUB)}
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def recognise(path: Path) -> Format | None:
    """The format of a file by its first bytes, else by its name; None where no reader knows it.

    Raises:
        OSError: the file cannot be opened.
    """
    named = by_name(path.name)
    with path.open("rb") as file:
        opening = file.read(OPENING)
    if opening.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in opening):
        return PDF
    if _HTML.match(_as_ascii(opening)):
        return HTML
    if opening.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, named)
    if opening.startswith(_OLE):
        return _old_office(path, named)
    return _plainly(opening, named)


def _plainly(opening: bytes, named: Format | None) -> Format | None:
    """By magic that stands at the very beginning, compressed or not."""
    if opening.startswith(b"{\\rtf"):
        return RTF
    if _inflated(opening).startswith((b"WARC/", b"filedesc:")):
        return WARC
    if image := next((row for magic, row in _IMAGES if opening.startswith(magic)), None):
        return image
    # A single mail may carry the postmark of the mailbox it was taken from.
    return MAILBOX if _MAILBOX.match(opening) and named is not MAIL else named


def _inflated(opening: bytes) -> bytes:
    if not opening.startswith(b"\x1f\x8b"):
        return opening
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(opening, OPENING)
    except zlib.error:
        return b""


def _as_ascii(opening: bytes) -> bytes:
    """The opening without its byte order mark; of UTF-16 only the low bytes, enough to see a tag by."""
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        return opening[2:].replace(b"\0", b"")
    return opening.removeprefix(b"\xef\xbb\xbf")


def _zipped(path: Path, named: Format | None) -> Format | None:
    """By the package's main part; a zip file that is no package is a folder of documents."""
    try:
        with zipfile.ZipFile(path) as package:
            return _packaged(package) or (named if named in _PACKAGES else ZIP)
    except _ZIP_DAMAGE:
        return named


def _packaged(package: zipfile.ZipFile) -> Format | None:
    names = package.NameToInfo
    for part, row in _MAIN_PARTS:
        if part in names:
            return row
    if "mimetype" in names and names["mimetype"].file_size <= MIMETYPE:
        with package.open("mimetype") as member:
            declared = member.read(MIMETYPE).decode("ascii", "replace").strip()
        for media_type, row in _BY_MIMETYPE.items():
            # Templates and master documents are named after what they make: …text-template, …text-master.
            if declared == media_type or declared.startswith(f"{media_type}-"):
                return row
    if "META-INF/container.xml" in names and any(name.endswith(".opf") for name in names):
        return EPUB
    holds_warc = any(name.startswith("archive/") and by_name(name) is WARC for name in names)
    return WACZ if holds_warc and "datapackage.json" in names else None


def _old_office(path: Path, named: Format | None) -> Format | None:
    """By name where the name fits; else by the streams the file says it has."""
    with path.open("rb") as file:
        start = file.read(DIRECTORY)
    if named in (DOC, PPT, XLS) or "EncryptedPackage".encode("utf-16-le") in start:
        return named
    found = (row for stream, row in _STREAMS if stream.encode("utf-16-le") in start)
    return next(found, named)
