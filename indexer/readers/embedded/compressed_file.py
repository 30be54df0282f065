"""One file compressed by gzip, bzip2 or XZ: a folder of one document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.decompression import GZIP_MAGIC, CheckedStream, open_decompressed
from indexer.readers.embedded.embedded import check_size, finish_container, printable
from indexer.readers.encoding import decode
from indexer.readers.reader_protocol import MIB, EmbeddedCopier, EmbeddedCopy, Limits, ReaderOutput, Unreadable, reason

GZIP_TYPE, BZIP2_TYPE, XZ_TYPE = "application/gzip", "application/x-bzip2", "application/x-xz"
_ENDINGS = (".gz", ".bz2", ".xz", ".svgz")
_GZIP_HEADER_BYTES, _GZIP_EXTRA_FLAG, _GZIP_NAME_FLAG = 10, 4, 8
_MAX_NAME_BYTES = 1024


def read_gzip(path: Path, limits: Limits) -> Extraction:
    """List the document in a gzip file.

    Raises:
        Unreadable: it is damaged, or unpacks to more than is safe.
    """
    return _read(path, limits, GZIP_TYPE)


def read_bzip2(path: Path, limits: Limits) -> Extraction:
    """List the document in a bzip2 file.

    Raises:
        Unreadable: as `read_gzip`.
    """
    return _read(path, limits, BZIP2_TYPE)


def read_xz(path: Path, limits: Limits) -> Extraction:
    """List the document in an XZ file.

    Raises:
        Unreadable: as `read_gzip`.
    """
    return _read(path, limits, XZ_TYPE)


def _read(path: Path, limits: Limits, media_type: str) -> Extraction:
    with open_decompressed(path, limits) as stream:
        partial_reason = "" if _copy(stream, None, path, limits) else reason("file.rest-damaged-content")
    document = EmbeddedDocument("content", _inner_name(path))
    empty_reason = reason("file.no-documents-archive")
    return finish_container(ReaderOutput("decompressed", media_type, (), partial_reason, empty_reason), (document,))


def _copy(stream: BinaryIO, target: BinaryIO | None, path: Path, limits: Limits) -> bool:
    """Copy what can be decompressed, or only look through it, and return whether the file is whole.

    Raises:
        Unreadable: nothing can be decompressed, or a cap is exceeded.
    """
    assert isinstance(stream, CheckedStream)  # noqa: S101 - the file is compressed
    size, compressed = 0, path.stat().st_size
    while True:
        try:
            chunk = stream.read_until_damage(MIB)
        except Unreadable as error:
            if size and error.reason == reason("file.damaged-archive"):
                return False
            raise
        if not chunk:
            return True
        size += len(chunk)
        check_size(size, compressed, limits)
        if target is not None:
            target.write(chunk)


def _inner_name(path: Path) -> str:
    """Return the name that gzip recorded, or else that of the file without its ending."""
    with path.open("rb") as file:
        head = file.read(_GZIP_HEADER_BYTES)
        name = b""
        if head.startswith(GZIP_MAGIC) and len(head) == _GZIP_HEADER_BYTES and head[3] & _GZIP_NAME_FLAG:
            if head[3] & _GZIP_EXTRA_FLAG:
                file.seek(int.from_bytes(file.read(2), "little"), 1)
            name = file.read(_MAX_NAME_BYTES).partition(b"\0")[0]
    recorded = PurePosixPath(decode(name, "iso-8859-1").replace("\\", "/")).name
    ending = next((ending for ending in _ENDINGS if path.name.lower().endswith(ending)), "")
    outer = path.name[: -len(ending)] if ending else path.name
    return printable(recorded or (f"{outer}.svg" if ending == ".svgz" else outer) or "content")


@contextmanager
def open_compressed(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a compressed file to copy what it contains; an `indexer.readers.reader_protocol.ContainerOpener`."""

    def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
        if address != "content":
            raise Unreadable("file.embedded-gone")
        with open_decompressed(path, limits) as stream:
            _copy(stream, target, path, limits)
        return EmbeddedCopy(_inner_name(path))

    yield copy
