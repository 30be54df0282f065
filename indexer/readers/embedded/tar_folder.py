"""TAR, compressed or not: a folder of documents. Members are read one at a time, and not unpacked by their names."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.decompression import DAMAGE, open_decompressed
from indexer.readers.embedded.embedded import copy_bytes, finish_container, number_repeated, printable
from indexer.readers.embedded.member_names import decode_names, is_document
from indexer.readers.reader_protocol import EmbeddedCopier, EmbeddedCopy, Limits, ReaderOutput, Unreadable, reason

MEDIA_TYPE = "application/x-tar"
BLOCK_BYTES = 512
_CHECKSUM = slice(148, 156)
_REST_DAMAGED = reason("file.rest-damaged")
_TAR_DAMAGE = (tarfile.TarError, OverflowError, RecursionError, IndexError, *DAMAGE)


def is_tar(head: bytes) -> bool:
    """Return whether these first bytes are those of a tar file: its first block has the right checksum."""
    block = head[:BLOCK_BYTES]
    if len(block) < BLOCK_BYTES or not block[0]:
        return False
    try:
        recorded = int(block[_CHECKSUM].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return recorded == sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" ")


def read_tar(path: Path, limits: Limits) -> Extraction:
    """List the documents in a tar file. Links, devices, folders, hidden and empty files are left out.

    Raises:
        Unreadable: nothing in it can be read, or it unpacks to more than is safe.
    """
    with _open(path, limits) as archive:
        members, partial_reason = _documents(archive, limits)
    if not members and partial_reason == _REST_DAMAGED:
        raise Unreadable("file.damaged-archive")
    embedded = tuple(EmbeddedDocument(step, printable(PurePosixPath(step).name)) for step in members)
    empty_reason = reason("file.no-documents-archive")
    return finish_container(ReaderOutput("tar", MEDIA_TYPE, (), partial_reason, empty_reason), embedded)


@contextmanager
def _open(path: Path, limits: Limits) -> Iterator[tarfile.TarFile]:
    """Open a tar file for the block.

    Raises:
        Unreadable: it is damaged.
    """
    with open_decompressed(path, limits) as stream:
        try:
            archive = tarfile.TarFile(fileobj=stream, encoding="utf-8", errors="surrogateescape")
        except _TAR_DAMAGE as error:
            raise Unreadable("file.damaged-archive") from error
        with archive:
            yield archive


def _documents(archive: tarfile.TarFile, limits: Limits) -> tuple[dict[str, tarfile.TarInfo], str]:
    """Return the members that are documents by their addresses, and why there may be more, or ``""``."""
    infos: list[tarfile.TarInfo] = []
    partial_reason = ""
    examined = 0
    try:
        while (info := archive.next()) is not None:
            cast("Any", archive).members.clear()  # else tarfile keeps every member that it has passed
            examined += 1
            if examined > limits.embedded_documents:
                partial_reason = reason("file.first-documents", count=limits.embedded_documents)
                break
            if info.isreg() and info.size:
                infos.append(info)
    except _TAR_DAMAGE:
        partial_reason = _REST_DAMAGED
    except Unreadable as error:
        partial_reason = error.reason
    # Old programs write names in the encoding of their system, and do not say in which.
    names = decode_names([info.name.encode("utf-8", "surrogateescape") for info in infos])
    documents = [(name, info) for name, info in zip(names, infos, strict=True) if is_document(name)]
    addresses = number_repeated(printable(name) for name, _ in documents)
    return {address: info for address, (_, info) in zip(addresses, documents, strict=True)}, partial_reason


@contextmanager
def open_tar(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a tar file to copy its members; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with _open(path, limits) as archive:
        members, _ = _documents(archive, limits)

        def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
            if address not in members:
                raise Unreadable("file.embedded-gone")
            member = archive.extractfile(members[address])
            if member is None:
                raise Unreadable("file.embedded-gone")
            try:
                with member:
                    copy_bytes(member, target, limits)
            except _TAR_DAMAGE as error:
                raise Unreadable("file.damaged-member") from error
            return EmbeddedCopy(members[address].name)

        yield copy
