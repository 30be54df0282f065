"""Streams of decompressed bytes that refuse bombs: gzip, bzip2 and XZ files."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from indexer.readers.reader_protocol import MIB, Limits, Unreadable

GZIP_MAGIC, BZIP2_MAGIC, XZ_MAGIC = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
DAMAGE = (zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile, ValueError)
"""Errors of the decompressors. OSError, which bz2 raises for damage, is one of the system as well."""
MAX_READ_BYTES = 16 * MIB
"""Most bytes read at once. More is asked for by a header of a tar file alone, and by a hostile one."""


def is_compressed(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is compressed by gzip, bzip2 or XZ."""
    return head.startswith((GZIP_MAGIC, XZ_MAGIC)) or (head.startswith(BZIP2_MAGIC) and head[4:10] == b"1AY&SY")


def decompress_head(head: bytes, size: int) -> bytes:
    """Return up to ``size`` decompressed bytes of a file that begins so; none where it is damaged."""
    try:
        if head.startswith(GZIP_MAGIC):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, size)
        if head.startswith(XZ_MAGIC):
            return lzma.LZMADecompressor().decompress(head, size)
        return bz2.BZ2Decompressor().decompress(head, size) if is_compressed(head) else b""
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
        return b""


class CheckedStream(io.RawIOBase):
    """Decompressed bytes, of which no more are read than the ratio to the compressed bytes allows.

    Args:
        source: the decompressor, or the file itself where it is not compressed.
        compressed_bytes: size of the compressed file; 0 where it is not compressed.
        limits: the caps.
    """

    def __init__(self, source: IO[bytes], compressed_bytes: int, limits: Limits) -> None:
        self._source = source
        self._read = source.read
        self._compressed_bytes = compressed_bytes
        self._limits = limits

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True; going back decompresses anew."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes.

        Raises:
            Unreadable: they are too many, or the file is damaged.
        """
        if size > MAX_READ_BYTES:
            raise Unreadable("file.damaged-archive")
        try:
            data = self._read(size if size >= 0 else MAX_READ_BYTES)
            position = self._source.tell()
        except DAMAGE as error:
            raise Unreadable("file.damaged-archive") from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise Unreadable("file.damaged-archive") from error
        limits = self._limits
        if self._compressed_bytes and position > max(limits.ratio_from, limits.ratio * self._compressed_bytes):
            raise Unreadable("file.unpacks-too-far", ratio=limits.ratio)
        return data

    def read_until_damage(self, size: int) -> bytes:
        """Return up to ``size`` bytes, fewer before damage than `read` asks for, so that none of them is lost.

        Raises:
            Unreadable: as `read`.
        """
        read_all, self._read = self._read, self._source.read1  # type: ignore[attr-defined]
        try:
            return self.read(size)
        finally:
            self._read = read_all

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to an offset by reading, so that the limits apply to what is passed over.

        Raises:
            Unreadable: as `read`.
        """
        if not self._compressed_bytes:
            return self._source.seek(offset, whence)
        target = offset + (self._source.tell() if whence == 1 else 0)
        if target < self._source.tell():
            self._source.seek(target)
        while (ahead := target - self._source.tell()) > 0 and self.read(min(ahead, MIB)):
            pass
        return self._source.tell()

    def tell(self) -> int:
        """Return the offset in the decompressed bytes."""
        return self._source.tell()


@contextmanager
def open_decompressed(path: Path, limits: Limits) -> Iterator[BinaryIO]:
    """Open a file for the block, decompressed where it is compressed by gzip, bzip2 or XZ.

    Raises:
        OSError: the file is out of reach.
    """
    with path.open("rb") as file:
        head = file.read(16)
        file.seek(0)
        if not is_compressed(head):
            yield cast("BinaryIO", CheckedStream(file, 0, limits))
            return
        decompressors: tuple[tuple[bytes, Callable[[IO[bytes]], object]], ...] = (
            (GZIP_MAGIC, lambda source: gzip.GzipFile(fileobj=source)), (XZ_MAGIC, lzma.LZMAFile),
            (BZIP2_MAGIC, bz2.BZ2File),
        )  # fmt: skip
        decompress = next(opener for magic, opener in decompressors if head.startswith(magic))
        source = cast("IO[bytes]", decompress(file))
        yield cast("BinaryIO", CheckedStream(source, path.stat().st_size, limits))
