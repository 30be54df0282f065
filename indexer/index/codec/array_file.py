"""A file of named arrays, written once and read through a map of it in memory.

Layout, little-endian throughout: a preamble (`_PREAMBLE`: magic, place, length and CRC-32 of the head); the arrays,
each beginning at a multiple of 8; the CRC-32 of every `BLOCK_BYTES` of what precedes them; the head, which is JSON::

    {"version": 1, "arrays": {name: [dtype, place, count]}, "checksums": [place, count, CRC-32, bytes],
     "metadata": {...}}

Opening reads the head and checks every place and count in it against the file. A block of an array is compared with its
checksum when it is read for the first time, so damage is an error and never another answer, and what is not asked for
is not read. Readers ignore arrays that they do not know: a newer writer may add some.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.deferred import Deferred
from corpus.errors import IndexStateError
from corpus.messages import message
from corpus.trust.untrusted_files import open_regular

if TYPE_CHECKING:
    from corpus.disk.disk_problems import disk_message
else:
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")

Array = npt.NDArray[Any]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MAGIC = b"MUNARR1\n"
VERSION = 1
"""Goes up when files are laid out otherwise; the fields of an index have a version of their own in its manifest."""
DTYPES = {name: np.dtype(f"<{name}") for name in ("u1", "u2", "u4", "u8", "f4")}

BLOCK_BYTES = 1 << 12
"""Bytes under one checksum. A first question reads about a hundred lists; blocks of 16 KB took three times as long to
check, and smaller ones cost more in calls than they save."""
_FEW_SLICES = 12
"""Slices that are checked and copied one by one. To check more of them with arrays takes no longer than to check 12."""
_MAX_SLICES = 64
"""Slices that are copied one by one; more of them are gathered with an array of places."""

MAX_HEAD_BYTES = 1 << 20
"""Longest head that is read: a segment of all fields has some 10 KB. A crafted one cannot make the JSON parser fill
the memory."""

DAMAGE = (
    struct.error, EOFError, OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, MemoryError,
    RecursionError,
)  # fmt: skip
"""Exceptions that numbers make no sense raise where they are used as places, counts or text."""

_PREAMBLE = struct.Struct("<8sQII")
_MAX_REPEATS = 8
"""Slices that are read together are of different terms or documents and overlap nowhere, unless a query repeats a word.
Where all of them take more numbers than so many times the array, its offsets make no sense."""
_ALIGNMENT = 8
_LONG_BYTES, _MAX_LONG = 8, (1 << 63) - 1
_DRAFT = "draft-{}"
"""Name of a file in the making. Whoosh removes files of its own pattern that no table of contents lists."""


def is_ascending(numbers: Array) -> bool:
    """Report whether each number is greater than the one before."""
    return bool((numbers[1:] > numbers[:-1]).all())


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A finished file of the index: its name, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def create_file(path: Path) -> IO[bytes]:
    """Create a file of the index for writing and reading, in place of one of this name; never through a link.

    Raises:
        OSError: it cannot be created.
    """
    path.unlink(missing_ok=True)
    return path.open("x+b")


class DamageReport:
    """Turns the exceptions that damaged numbers raise inside a block into an error that a person can act on.

    It is entered for each look-up, in a third of the time of a generator.

    Attributes:
        part: the part of the index that is read, for the message.
    """

    __slots__ = ("part",)

    def __init__(self, part: str) -> None:
        self.part = part

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        """End the block.

        Raises:
            IndexStateError: the bytes read inside the block are not what the format promises, or the system refused.
        """
        if isinstance(error, DAMAGE):
            if isinstance(error, OSError):
                refusal = message("index.damaged", directory=self.part, reason=error.strerror or str(error))
                raise IndexStateError.of(disk_message(error, Path(self.part)) or refusal) from error
            raise IndexStateError("index.damaged-part", part=self.part, reason=type(error).__name__) from error


def damage_reported(part: str) -> DamageReport:
    """Return the context in which a part of the index is read, for a ``with`` statement."""
    return DamageReport(part)


class ArrayFileWriter:
    """Writes a file of arrays under a temporary name; `close` gives it its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(_DRAFT.format(path.name))
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._file = create_file(self._draft)
        self._file.write(bytes(_PREAMBLE.size))

    def write(self, name: str, values: Array) -> None:
        """Write one array, in as few bytes a number as its type has."""
        self.write_pieces(name, values.dtype, [np.ascontiguousarray(values).data])

    def write_pieces(self, name: str, dtype: npt.DTypeLike, pieces: Iterable[Any]) -> None:
        """Write one array from its bytes in several pieces."""
        kind = np.dtype(dtype)
        place = self._align()
        for piece in pieces:
            self._file.write(piece)
        self._arrays[name] = f"{kind.kind}{kind.itemsize}", place, (self._file.tell() - place) // kind.itemsize

    def close(self, metadata: Mapping[str, Any]) -> FileDigest:
        """Finish the file, bring it to the disk and rename it."""
        end = self._align()
        self._file.flush()
        blocks = range(_PREAMBLE.size, end, BLOCK_BYTES)
        self._file.seek(_PREAMBLE.size)
        checksums = np.array(
            [crc32(self._file.read(min(BLOCK_BYTES, end - start))) for start in blocks], "<u4"
        ).tobytes()
        head = {
            "version": VERSION, "arrays": self._arrays, "metadata": metadata,
            "checksums": (end, len(blocks), crc32(checksums), BLOCK_BYTES),
        }  # fmt: skip
        encoded = json.dumps(head, separators=(",", ":")).encode()
        self._file.write(checksums + encoded)
        self._file.seek(0)
        self._file.write(_PREAMBLE.pack(MAGIC, end + len(checksums), len(encoded), crc32(encoded)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.seek(0)
        digest = hashlib.file_digest(self._file, "sha256").hexdigest()  # type: ignore[arg-type]  # of binary files
        self._file.close()
        self._draft.replace(self._path)
        return FileDigest(self._path.name, end + len(checksums) + len(encoded), digest)

    def drop(self) -> None:
        """Give the file up."""
        self._file.close()
        self._draft.unlink(missing_ok=True)

    def _align(self) -> int:
        place = self._file.tell()
        self._file.write(bytes(-place % _ALIGNMENT))
        return place + -place % _ALIGNMENT


class ArrayFile:
    """A file of arrays, mapped into memory; it is let go of with the last array read from it.

    Attributes:
        name: the file's name, for messages.
        content: all its bytes, unchecked; as for `CheckedArray.values`.
        metadata: the writer's table.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            OSError: there is none.
            IndexStateError: it is not one of `ArrayFileWriter`, or its head is damaged.
        """
        self.name = path.name
        with open_regular(path) as file, damage_reported(path.name):
            self.content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            head = self._read_head()
            self.metadata: dict[str, Any] = head["metadata"]
            self._arrays: dict[str, tuple[str, int, int]] = head["arrays"]
            place, count, checksum, block_bytes = head["checksums"]
            if block_bytes != BLOCK_BYTES:
                raise ValueError("blocks of another size")
            self._check_extent("u4", place, count, len(self.content))
            self._checksums = np.frombuffer(self.content, "<u4", count, place)
            if crc32(self._checksums.data) != checksum or count != -(-(place - _PREAMBLE.size) // BLOCK_BYTES):
                raise ValueError("checksums are damaged")
            for dtype, start, length in self._arrays.values():
                self._check_extent(dtype, start, length, place)
            self._end: int = place
            self._bytes = memoryview(self.content)
            self._unread = bytearray(b"\1") * count  # a 1 for each block not yet compared with its checksum
            self._is_unread = np.frombuffer(self._unread, np.bool_)

    def __contains__(self, name: str) -> bool:
        """Report whether the file has an array of this name."""
        return name in self._arrays

    @property
    def names(self) -> list[str]:
        """Return the names of all arrays."""
        return list(self._arrays)

    def array(self, name: str, *, floats: bool = False) -> CheckedArray:
        """Return an array to be read in part; an empty one where the file has none of this name.

        Args:
            name: its name.
            floats: whether its numbers are floating-point numbers.

        Raises:
            IndexStateError: it is of the other kind.
        """
        dtype, place, count = self._arrays.get(name, ("u1", _PREAMBLE.size, 0))
        kind = DTYPES[dtype]
        if count and (kind.kind == "f") != floats:
            raise IndexStateError("index.damaged-part", part=f"{self.name}: {name}", reason="type")
        values = np.frombuffer(self.content, kind, count, place) if count else np.zeros(0, kind)
        return CheckedArray(self, name, values, place)

    def check(self, name: str, start: int, end: int) -> None:
        """Compare the blocks of some bytes with their checksums, those that were not yet.

        Raises:
            IndexStateError: a block is not as it was written.
        """
        first, last = (start - _PREAMBLE.size) // BLOCK_BYTES, (end - 1 - _PREAMBLE.size) // BLOCK_BYTES + 1
        block = self._unread.find(1, first, last)
        while block >= 0:
            self._check_block(name, block)
            block = self._unread.find(1, block + 1, last)

    def check_slices(self, name: str, starts: Longs, ends: Longs) -> None:
        """Compare the blocks of several slices of bytes, none of them empty, with their checksums.

        Raises:
            IndexStateError: a block is not as it was written.
        """
        first, last = (starts - _PREAMBLE.size) // BLOCK_BYTES, (ends - 1 - _PREAMBLE.size) // BLOCK_BYTES
        edges = np.concatenate([first, last])
        for block in set(edges[self._is_unread[edges]].tolist()):
            self._check_block(name, block)
        for slice_number in np.flatnonzero(last - first > 1).tolist():
            self.check(name, int(starts[slice_number]), int(ends[slice_number]))

    def _check_block(self, name: str, block: int) -> None:
        place = _PREAMBLE.size + block * BLOCK_BYTES
        if crc32(self._bytes[place : min(place + BLOCK_BYTES, self._end)]) != self._checksums[block]:
            raise IndexStateError("index.damaged-part", part=f"{self.name}: {name}", reason="checksum")
        self._unread[block] = 0

    def _read_head(self) -> dict[str, Any]:
        magic, place, length, checksum = _PREAMBLE.unpack_from(self.content)
        encoded = self.content[place : place + length] if length <= MAX_HEAD_BYTES else b""
        if magic != MAGIC or len(encoded) != length or crc32(encoded) != checksum:
            raise ValueError("the head is damaged")
        head: dict[str, Any] = json.loads(encoded)
        if head["version"] != VERSION or not isinstance(head["metadata"], dict):
            raise ValueError("the head is of another version")
        return head

    @staticmethod
    def _check_extent(dtype: str, place: int, count: int, end: int) -> None:
        if type(place) is not int or type(count) is not int or place % _ALIGNMENT:
            raise ValueError("an array begins nowhere")
        if not (_PREAMBLE.size <= place and count >= 0 and place + count * DTYPES[dtype].itemsize <= end):
            raise ValueError("an array ends outside its file")


@dataclass(frozen=True, slots=True)
class CheckedArray:
    """One array of a file, whose numbers are compared with their checksums when they are read.

    Attributes:
        file: the file.
        name: the array's name, for messages.
        values: all numbers, unchecked; a search may use them where what it finds is then read by `read`.
        place: the array's first byte in the file.
    """

    file: ArrayFile
    name: str
    values: Array
    place: int

    def __len__(self) -> int:
        """Return how many numbers the array has."""
        return len(self.values)

    def read(self, low: int, high: int) -> Array:
        """Return the numbers from ``low`` up to ``high``, a view of the file.

        Raises:
            IndexStateError: the range is not in the array, its bytes are not those that were written, or a number is
                larger than any that is written.
        """
        if not 0 <= low <= high <= len(self.values):
            raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {self.name}", reason="range")
        if low < high:
            size = self.values.itemsize
            self.file.check(self.name, self.place + low * size, self.place + high * size)
            if size == _LONG_BYTES and int(self.values[low:high].max()) > _MAX_LONG:
                raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {self.name}", reason="number")
        return self.values[low:high]

    def read_slices(self, starts: Longs, ends: Longs) -> Array:
        """Return the numbers of several slices end to end.

        Raises:
            IndexStateError: a slice is not in the array, or its bytes are not those that were written.
        """
        if not len(starts):
            return self.values[:0]
        if len(starts) <= _FEW_SLICES:
            return self._read_few(list(zip(starts.tolist(), ends.tolist(), strict=True)))
        counts = ends - starts
        outside = int(starts.min()) < 0 or int(ends.max()) > len(self.values) or int(counts.min()) < 0
        if outside or int(counts.sum()) > _MAX_REPEATS * len(self.values):
            raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {self.name}", reason="range")
        size, filled = self.values.itemsize, starts < ends
        if filled.any():
            self.file.check_slices(self.name, self.place + starts[filled] * size, self.place + ends[filled] * size)
        if len(starts) <= _MAX_SLICES:
            slices = zip(starts.tolist(), ends.tolist(), strict=True)
            return np.concatenate([self.values[start:end] for start, end in slices])
        stops = np.cumsum(counts)
        return self.values[np.repeat(starts - stops + counts, counts) + np.arange(int(stops[-1]))]

    def _read_few(self, slices: Sequence[tuple[int, int]]) -> Array:
        parts = [self.read(start, end) for start, end in slices]
        if sum(map(len, parts)) > _MAX_REPEATS * len(self.values):
            raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {self.name}", reason="range")
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def read_bounds(self, numbers: Longs) -> tuple[Longs, Longs]:
        """Return, in an array of offsets, where the entries with these numbers begin and end.

        Raises:
            IndexStateError: there is no such entry, or its bytes are not those that were written.
        """
        if len(numbers) <= _FEW_SLICES:
            bounds = [self.read(number, number + 2).tolist() for number in numbers.tolist()]
            starts, ends = np.array(bounds, np.int64).reshape(-1, 2).T
            return starts, ends
        if not 0 <= int(numbers.min()) <= int(numbers.max()) < len(self.values) - 1:
            raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {self.name}", reason="range")
        places = self.place + numbers * self.values.itemsize
        self.file.check_slices(self.name, places, places + 2 * self.values.itemsize)
        return self.values[numbers].astype(np.int64), self.values[numbers + 1].astype(np.int64)

    def all(self) -> Array:
        """Return all numbers, a view of the file.

        Raises:
            IndexStateError: its bytes are not those that were written.
        """
        return self.read(0, len(self.values))
