"""Format detection: by a file's bytes, the members of a package, the marks of a text, its name last."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.folder_scan import is_lock_file
from indexer.readers.embedded.decompression import BZIP2_MAGIC, GZIP_MAGIC, decompress_head, is_compressed
from indexer.readers.embedded.tar_folder import is_tar
from indexer.readers.file_kinds import is_known_binary
from indexer.readers.formats import (
    BZIP2,
    GZIP,
    HTML,
    JPEG,
    PDF,
    PNG,
    RTF,
    SAFARI_ARCHIVE,
    TAR,
    TIFF,
    TNEF,
    WARC,
    XZ,
    Format,
    by_name,
)
from indexer.readers.package_detection import recognise_old_office, recognise_zip
from indexer.readers.text_detection import as_ascii, is_prose, is_text, recognise_text

HEAD_BYTES = 4096
"""Bytes from the beginning of a file that magic numbers and tags are searched for in."""
# Groups that are not tried again: each way to divide a row of comments would be.
_HTML = re.compile(
    rb"\A\s*(?>(?><\?xml[^>]*>|<!--.*?-->)\s*)*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
# Formats that are text themselves, and may be named as any text.
_PROSE_EXCEPTIONS = re.compile(
    rb"%PDF-\d\.\d\s*[\r\n]|\{\\rtf|WARC/\d\.\d+[ \t]*\r?\n|filedesc:\S|.{257}ustar", re.DOTALL
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", RTF),
    (b"WARC/", WARC),
    (b"filedesc:", WARC),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
)


def recognise(path: Path) -> Format | None:
    """Return the format of a file by its first bytes, else by its name; None where no reader knows it.

    Any text is of a format: that of its marks, that of its name, or plain text.

    Raises:
        OSError: the file cannot be opened.
    """
    if is_lock_file(path):
        return None
    named = by_name(path.name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    row = _recognise_magic(head, named)
    return row if row is not None else _recognise_content(path, head, named)


def _recognise_content(path: Path, head: bytes, named: Format | None) -> Format | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return recognise_zip(path, named)
    if head.startswith(_OLE_MAGIC):
        return recognise_old_office(path, named)
    if is_known_binary(head) and not is_prose(head, named):
        return None
    if is_text(head):
        return recognise_text(as_ascii(head), named, path)
    # A damaged file is what its name says. A binary one that is named like a text is told by its reader.
    return named


def _recognise_magic(head: bytes, named: Format | None) -> Format | None:
    if _HTML.match(as_ascii(head)):
        return HTML
    if is_prose(head, named) and not _PROSE_EXCEPTIONS.match(head):
        return None
    if head.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in head):
        return PDF
    if is_compressed(head):
        return _recognise_compressed(head, named)
    if is_tar(head):
        return TAR
    return _recognise_number(head)


def _recognise_number(head: bytes) -> Format | None:
    if head.startswith(b"bplist00") and b"WebMainResource" in head:
        return SAFARI_ARCHIVE
    return next((row for magic, row in _MAGIC if head.startswith(magic)), None)


def _recognise_compressed(head: bytes, named: Format | None) -> Format:
    inner = decompress_head(head, HEAD_BYTES)
    if not inner and named in {WARC, TAR}:  # damaged
        return named
    if inner.startswith((b"WARC/", b"filedesc:")):
        return WARC
    if is_tar(inner):
        return TAR
    return GZIP if head.startswith(GZIP_MAGIC) else BZIP2 if head.startswith(BZIP2_MAGIC) else XZ
