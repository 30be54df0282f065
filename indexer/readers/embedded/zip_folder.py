"""ZIP: a folder of documents. Members are read by name, one at a time; nothing is ever unpacked under its own name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import (
    check_size,
    copy_bytes,
    finish_container,
    limit_documents,
    number_repeated,
    printable,
)
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable

MEDIA_TYPE = "application/zip"
_UTF8 = 0x800
# What zipfile and its decompressors raise on damaged members, unknown methods and missing passwords.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def read_zip(path: Path, limits: Limits) -> Extraction:
    """List what a zip file holds; folders, hidden files and what macOS adds are left out.

    Raises:
        Unreadable: it is damaged, or its members overlap as only those of a bomb do.
    """
    with open_zip(path) as archive:
        listed = (
            EmbeddedDocument(address, printable(PurePosixPath(_name(info)).name)) for address, info in members(archive)
        )
        kept, cap = limit_documents(listed, limits)
    return finish_container(ReadResult("zip", MEDIA_TYPE, cap=cap, empty="the zip file holds no documents"), kept)


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """An open zip file.

    Raises:
        Unreadable: it is damaged, or its members overlap as only those of a bomb do.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Unreadable("damaged file (not a complete zip file)") from error
    with archive:
        if sum(info.compress_size for info in archive.filelist) > path.stat().st_size:
            raise Unreadable("damaged file (its members overlap)")
        yield archive


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Address and entry of every document."""
    infos = [info for info in archive.filelist if _is_document(info)]
    return zip(number_repeated(printable(_name(info)) for info in infos), infos, strict=True)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; many programs write UTF-8 and forget to say so, which is then taken for the DOS code page."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _is_document(info: zipfile.ZipInfo) -> bool:
    pieces = [piece for piece in info.filename.split("/") if piece not in {"", ".", ".."}]
    hidden = any(piece.startswith(".") or piece == "__MACOSX" for piece in pieces)
    return bool(pieces) and not info.is_dir() and not hidden


def extract_member(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy one member out; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    with open_zip(path) as archive:
        info = dict(members(archive)).get(address)
        if info is None:
            raise Unreadable("no longer in the zip file")
        copy_member(archive, info, limits, target)
        return info.filename


def copy_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, target: BinaryIO) -> None:
    """Copy a member's bytes, held to the caps by what it declares and by what comes out.

    Raises:
        Unreadable: it is encrypted, damaged or beyond a cap.
    """
    if info.flag_bits & 1:
        raise Unreadable("needs a password", final=True)
    compressed = max(info.compress_size, 1)
    check_size(info.file_size, compressed, limits)
    try:
        with archive.open(info) as member:
            copy_bytes(member, target, limits, compressed)
    except DAMAGE as error:
        raise Unreadable("damaged file (it cannot be unpacked)") from error
