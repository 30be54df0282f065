"""ZIP: a folder of documents. Members are read by name, one at a time; nothing is unpacked under its own name."""

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
from indexer.readers.reader_protocol import EmbeddedCopier, Limits, ReaderOutput, Unreadable, reason

MEDIA_TYPE = "application/zip"
_UTF8_FLAG = 0x800
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""Errors of zipfile and its decompressors for damaged members, unknown methods and missing passwords."""


def read_zip(path: Path, limits: Limits) -> Extraction:
    """List the documents in a zip file; folders, hidden files and files that macOS adds are left out.

    Raises:
        Unreadable: it is damaged, or its members overlap, as only those of a zip bomb do.
    """
    with open_zip(path) as archive:
        documents = (
            EmbeddedDocument(address, printable(PurePosixPath(_member_name(info)).name))
            for address, info in members(archive)
        )
        embedded, partial_reason = limit_documents(documents, limits)
    return finish_container(ReaderOutput("zip", MEDIA_TYPE, (), partial_reason, reason("file.no-documents")), embedded)


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip file for the block.

    Raises:
        Unreadable: it is damaged, or its members overlap, as only those of a zip bomb do.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Unreadable("file.damaged-zip") from error
    with archive:
        if sum(info.compress_size for info in archive.filelist) > path.stat().st_size:
            raise Unreadable("file.damaged-overlap")
        yield archive


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Return the address and the directory entry of every document in a zip file."""
    infos = [info for info in archive.filelist if _is_document(info)]
    return zip(number_repeated(printable(_member_name(info)) for info in infos), infos, strict=True)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Many programs write UTF-8 without the flag, which zipfile decodes as DOS code page."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _is_document(info: zipfile.ZipInfo) -> bool:
    steps = [step for step in info.filename.split("/") if step not in {"", ".", ".."}]
    is_hidden = any(step.startswith(".") or step == "__MACOSX" for step in steps)
    return bool(steps) and not info.is_dir() and not is_hidden


@contextmanager
def open_members(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a zip file to copy its members; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with open_zip(path) as archive:
        infos = dict(members(archive))

        def copy(address: str, target: BinaryIO) -> str:
            if address not in infos:
                raise Unreadable("file.embedded-gone")
            _copy_member(archive, infos[address], limits, target)
            return infos[address].filename

        yield copy


def _copy_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, target: BinaryIO) -> None:
    """Copy a member's bytes; both its declared and its real size must be within the caps.

    Raises:
        Unreadable: it is encrypted, damaged or beyond a cap.
    """
    if info.flag_bits & 1:
        raise Unreadable("file.password", final=True)
    compressed = max(info.compress_size, 1)
    check_size(info.file_size, compressed, limits)
    try:
        with archive.open(info) as member:
            copy_bytes(member, target, limits, compressed)
    except DAMAGE as error:
        raise Unreadable("file.damaged-member") from error
