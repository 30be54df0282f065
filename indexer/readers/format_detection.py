"""Format detection: by a file's first bytes, by the members of its package, and by its name last."""

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

HEAD_BYTES = 4096
"""Bytes from the beginning of a file that magic numbers are searched for in."""
OLE_HEAD_BYTES = 1 << 20
"""Bytes of an old Office file that the names of its streams are searched for in."""
MAX_MIMETYPE_BYTES = 256
"""Longest member ``mimetype`` of a package that is read; a longer one is no media type."""
_HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_MAILBOX = re.compile(rb"\AFrom [^\r\n]{1,500}\d\d:\d\d[^\r\n]{0,100}\r?\n[!-9;-~]{1,80}:")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE_MAGIC = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_OLE_STREAMS = (("WordDocument", DOC), ("PowerPoint Document", PPT), ("Workbook", XLS), ("Book", XLS))
_MAIN_PARTS = (
    ("word/document.xml", DOCX), ("ppt/presentation.xml", PPTX), ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSX),
)  # fmt: skip
_ZIP_FORMATS = (DOCX, PPTX, XLSX, ODT, ODP, ODS, EPUB, WACZ)
_BY_MIMETYPE = {row.media_type: row for row in (ODT, ODP, ODS, EPUB)}
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def recognise(path: Path) -> Format | None:
    """Return the format of a file by its first bytes, else by its name; None where no reader knows it.

    Raises:
        OSError: the file cannot be opened.
    """
    named = by_name(path.name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in head):
        return PDF
    if _HTML.match(_as_ascii(head)):
        return HTML
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(path, named)
    if head.startswith(_OLE_MAGIC):
        return _recognise_old_office(path, named)
    return _recognise_magic(head, named)


def _recognise_magic(head: bytes, named: Format | None) -> Format | None:
    if head.startswith(b"{\\rtf"):
        return RTF
    if _decompress(head).startswith((b"WARC/", b"filedesc:")):
        return WARC
    if image := next((row for magic, row in _IMAGE_MAGIC if head.startswith(magic)), None):
        return image
    # A single mail can begin with the "From " line of the mailbox that it was taken from.
    return MAILBOX if _MAILBOX.match(head) and named is not MAIL else named


def _decompress(head: bytes) -> bytes:
    """Return the beginning of what a gzip file contains; of any other file its own beginning."""
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_BYTES)
    except zlib.error:
        return b""


def _as_ascii(head: bytes) -> bytes:
    """Drop the byte order mark, and the zeros of UTF-16, so that ASCII tags can be recognised."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _recognise_zip(path: Path, named: Format | None) -> Format | None:
    """Return the format of a package by its members; ZIP, a folder of documents, where it is no package."""
    try:
        with zipfile.ZipFile(path) as package:
            return _recognise_package(package) or (named if named in _ZIP_FORMATS else ZIP)
    except _ZIP_DAMAGE:
        return named


def _recognise_package(package: zipfile.ZipFile) -> Format | None:
    names = package.NameToInfo
    for main_part, row in _MAIN_PARTS:
        if main_part in names:
            return row
    if "mimetype" in names and names["mimetype"].file_size <= MAX_MIMETYPE_BYTES:
        with package.open("mimetype") as member:
            declared = member.read(MAX_MIMETYPE_BYTES).decode("ascii", "replace").strip()
        for media_type, row in _BY_MIMETYPE.items():
            # The media types of templates and master documents add a suffix: …text-template, …text-master.
            if declared == media_type or declared.startswith(f"{media_type}-"):
                return row
    if "META-INF/container.xml" in names and any(name.endswith(".opf") for name in names):
        return EPUB
    holds_warc = any(name.startswith("archive/") and by_name(name) is WARC for name in names)
    return WACZ if holds_warc and "datapackage.json" in names else None


def _recognise_old_office(path: Path, named: Format | None) -> Format | None:
    """Return the format by the file's name if that is an old Office format, else by its streams."""
    with path.open("rb") as file:
        head = file.read(OLE_HEAD_BYTES)
    if named in (DOC, PPT, XLS) or "EncryptedPackage".encode("utf-16-le") in head:
        return named
    return next((row for stream, row in _OLE_STREAMS if stream.encode("utf-16-le") in head), named)
