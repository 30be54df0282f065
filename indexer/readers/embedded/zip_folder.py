"""ZIP: a folder of documents. Members are read by name, one at a time; nothing is unpacked under its own name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from indexer.readers.embedded.member_names import is_document, zip_names
from indexer.readers.reader_protocol import EmbeddedCopier, EmbeddedCopy, Limits, ReaderOutput, Unreadable, reason

MEDIA_TYPE = "application/zip"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""Errors of zipfile and its decompressors for damaged members, unknown methods and missing passwords."""
_ENCRYPTED_FLAGS = 0x41  # bit 0: encrypted; bit 6: strongly
_METHODS = {
    1: "Shrink", 2: "Reduce", 3: "Reduce", 4: "Reduce", 5: "Reduce", 6: "Implode", 9: "Deflate64", 10: "PKWARE DCL",
    16: "IBM CMPSC", 18: "IBM TERSE", 19: "IBM LZ77", 20: "Zstandard", 93: "Zstandard", 94: "MP3", 95: "XZ",
    96: "JPEG", 97: "WavPack", 98: "PPMd",
}  # fmt: skip
"""Names of the methods of compression that zipfile does not know, by their numbers in the format."""


def read_zip(path: Path, limits: Limits) -> Extraction:
    """List the documents in a zip file; folders, hidden files and files that macOS adds are left out.

    Raises:
        Unreadable: it is damaged, or its members overlap, as only those of a zip bomb do.
    """
    with open_zip(path) as archive:
        documents = (
            EmbeddedDocument(member.address, printable(PurePosixPath(member.name).name)) for member in members(archive)
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


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A document in a zip file: its address, its name with folders, and its entry in the directory."""

    address: str
    name: str
    info: zipfile.ZipInfo


def members(archive: zipfile.ZipFile) -> Iterator[ZipMember]:
    """Yield every document in a zip file."""
    named = zip(zip_names(archive.filelist), archive.filelist, strict=True)
    documents = [(name, info) for name, info in named if is_document(name)]
    addresses = number_repeated(printable(name) for name, _ in documents)
    for address, (name, info) in zip(addresses, documents, strict=True):
        yield ZipMember(address, name, info)


@contextmanager
def open_members(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a zip file to copy its members; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with open_zip(path) as archive:
        by_address = {member.address: member for member in members(archive)}

        def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
            if address not in by_address:
                raise Unreadable("file.embedded-gone")
            member = by_address[address]
            _copy_member(archive, member.info, limits, target)
            return EmbeddedCopy(member.name)

        yield copy


def _copy_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, target: BinaryIO) -> None:
    """Copy a member's bytes; both its declared and its real size must be within the caps.

    Raises:
        Unreadable: it is encrypted, damaged or beyond a cap.
    """
    if info.flag_bits & _ENCRYPTED_FLAGS:
        raise Unreadable("file.password", final=True)
    compressed = max(info.compress_size, 1)
    check_size(info.file_size, compressed, limits)
    try:
        with archive.open(info) as member:
            copy_bytes(member, target, limits, compressed)
    except NotImplementedError as error:
        method = _METHODS.get(info.compress_type, f"method {info.compress_type}")
        raise Unreadable("file.unsupported-compression", method=method) from error
    except DAMAGE as error:
        raise Unreadable("file.damaged-member") from error
