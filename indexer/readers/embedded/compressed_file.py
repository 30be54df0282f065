"""One file compressed by gzip, bzip2 or XZ: a folder of one document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.decompression import GZIP_MAGIC, open_decompressed
from indexer.readers.embedded.embedded import copy_bytes, finish_container, printable
from indexer.readers.encoding import decode
from indexer.readers.reader_protocol import EmbeddedCopier, Limits, ReaderOutput, Unreadable, reason

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
        stream.read(1)  # damage at the beginning is the container's, damage further on the document's
    document = EmbeddedDocument("content", _inner_name(path))
    empty_reason = reason("file.no-documents-archive")
    return finish_container(ReaderOutput("decompressed", media_type, (), "", empty_reason), (document,))


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

    def copy(address: str, target: BinaryIO) -> str:
        if address != "content":
            raise Unreadable("file.embedded-gone")
        with open_decompressed(path, limits) as stream:
            copy_bytes(stream, target, limits, path.stat().st_size)
        return _inner_name(path)

    yield copy
