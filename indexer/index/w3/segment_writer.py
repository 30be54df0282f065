# ruff: noqa: SLF001 - this is the one module that writes Whoosh's private layout; the tests say when it changed
"""Files of one segment as `whoosh.codec.whoosh3` lays them out, and the table of contents that names the segments.

What is private to the W3 codec and written here; what Whoosh's own classes write fast enough is left to them:

* ``.pst``: for each term ``W3Bl`` and its blocks: a big-endian int with the block's length, negative on the last; a
  pickled tuple (postings, last id, top weight, compression, shortest, longest); a pickled tuple (id deltas, weights,
  values), zlib'd when compression is not 0. Deltas start anew in each block. Weights are None where all are 1, one
  float where all are equal.
* ``.trm``: an ordered hash file (`whoosh.filedb.filetables`): key and data lengths, key, data; then 256 hash tables by
  the lowest byte of the key's hash; their places; a pickled dictionary, the places of all keys in order, and the
  length of those two. A key is a field's number and the term; data are statistics, then where the postings lie, or
  for a term in one document alone the posting itself.
* all of it in one ``.seg`` file, columns too, with a pickled directory at the end.
"""

from __future__ import annotations

import os
import pickle
import struct
import time
import zlib
from array import array
from binascii import crc32
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import formats
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, STORED_COLUMN, WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import StructFile
from whoosh.util.numeric import byte_to_length

from indexer.index.w3 import pickles
from indexer.index.w3.pickles import Longs

Bytes = npt.NDArray[np.uint8]

BLOCK = 8192
"""Postings a block holds. Whoosh makes them of 128; a list is read whole here, so larger ones cost less."""
COMPRESSION = 1
"""Level of zlib on blocks that hold positions; a posting without them is a few bytes and read far more often."""
_COMPRESS_FROM = 256  # bytes; below, starting zlib costs more than the file gains

LENGTH_OF_BYTE: Longs = np.array([byte_to_length(byte) for byte in range(256)])
"""The field length that each length byte stands for."""

_STATISTICS = np.dtype([
    ("inlined", "u1"), ("weight", ">f4"), ("documents", ">u4"), ("shortest", "u1"), ("longest", "u1"),
    ("top", ">f4"), ("first", ">u4"), ("last", ">u4"),
])  # fmt: skip
_EXTENT = struct.Struct("!qi")
_BLOCK_LENGTH = struct.Struct("!i")
_SIZES = struct.Struct("!ii")
_FIELD_NUMBER = struct.Struct("!H")
_HASH_HEAD = b"HSH3" + bytes([1]) + bytes(8)  # magic, hash function 1: crc32, two unused ints
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])
_TABLE = struct.Struct("!qi")


@dataclass(frozen=True, slots=True)
class Run:
    """Posting lists of consecutive terms, end to end.

    Attributes:
        terms: in order of their bytes.
        starts: where each term's postings begin, and at the end how many there are.
        ids: documents, ascending within a term.
        weights: of the term in each.
        lengths: length byte of the field in each.
        values: what the field's format keeps of each posting, end to end: opcodes of byte strings for positions.
        ends: where in ``values`` each posting's part ends; the first end is 0. Empty where nothing is kept.
    """

    terms: list[bytes]
    starts: Longs
    ids: Longs
    weights: npt.NDArray[np.float32]
    lengths: Bytes
    values: bytes = b""
    ends: Longs = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A run as Python's numbers, which are faster than arrays a few at a time."""

    ids: list[int]
    deltas: list[int]
    weights: list[int] | list[float]
    values: bytes
    ends: list[int]


class SegmentFile:
    """One segment in the making, written front to back; nothing refers to it before `close` has given it."""

    def __init__(self, storage: Any, index_name: str, fields: Iterable[str]) -> None:
        """Begin a segment; ``fields`` are all that terms will be added to."""
        self._segment = W3Segment(W3Codec(), index_name)
        self._storage = storage
        self._name = self._segment.make_filename(W3Segment.COMPOUND_EXT)
        self._file = storage.create_file(self._name, mode="w+b")
        self._file.write_long(0)  # where the directory will be, and its length
        self._file.write_int(0)
        self._directory: dict[str, dict[str, Any]] = {}
        self._base: int = self._file.tell()
        self._posted = 0
        self._terms = _TermTable(sorted(fields))

    def start_field(self, name: str, kind: formats.Format) -> None:
        """What is added next are terms of field ``name``."""
        self._terms.start_field(name)
        self._kind = kind

    def add(self, run: Run) -> None:
        """Add the posting lists of some terms."""
        if not run.terms:
            return
        statistics = _statistics(run)
        told, size = statistics.tobytes(), _STATISTICS.itemsize
        postings = _listed(run)
        spans = zip(pairwise(run.starts.tolist()), statistics["shortest"].tolist(), statistics["longest"].tolist())  # noqa: B905 - of one length
        for number, (term, ((start, end), low, high)) in enumerate(zip(run.terms, spans, strict=True)):
            if end - start == 1:
                data = self._inlined(postings, start)
            elif end - start <= BLOCK:
                data = self._write_blocks([self._block(postings, (start, end), (low, high))])
            else:
                data = self._write_blocks(self._blocks(postings, run.lengths, start, end))
            self._terms.add(term, told[number * size : (number + 1) * size] + data)

    def close(self, documents: int, columns: Iterable[tuple[str, bytes]], totals: dict[str, int]) -> Any:
        """Finish the file; the segment it makes, which a table of contents may now name."""
        self._end_part(W3Codec.POSTS_EXT)
        self._terms.write(self._file)
        self._end_part(W3Codec.TERMS_EXT)
        for name, raw in columns:
            self._file.write(raw)
            self._end_part(f".{name}{W3Codec.COLUMN_EXT}")
        CompoundStorage.write_dir(self._file, 0, self._directory)
        with (Path(self._storage.folder) / self._name).open("rb") as written:
            os.fsync(written.fileno())
        self._segment.compound = True
        self._segment.set_doc_count(documents)
        self._segment._fieldlengths = {name: total for name, total in totals.items() if total}
        return self._segment

    def drop(self) -> None:
        """Give the segment up."""
        if not self._file.is_closed:
            self._file.close()
        self._storage.delete_file(self._name)

    def _end_part(self, extension: str) -> None:
        length = self._file.tell() - self._base
        part = {"offset": self._base, "length": length, "modified": time.time()}
        self._directory[self._segment.make_filename(extension)] = part
        self._base += length

    def _write_blocks(self, blocks: list[bytes]) -> bytes:
        at = self._posted
        parts = [WHOOSH3_HEADER_MAGIC]
        for block in blocks:
            parts += (_BLOCK_LENGTH.pack(-len(block) if block is blocks[-1] else len(block)), block)
        self._posted += self._file.write(b"".join(parts))
        return _EXTENT.pack(at, self._posted - at)

    def _blocks(self, postings: _Listed, lengths: Bytes, start: int, end: int) -> list[bytes]:
        made = []
        for low in range(start, end, BLOCK):
            high = min(low + BLOCK, end)
            held = lengths[low:high]
            made.append(self._block(postings, (low, high), (int(held.min()), int(held.max()))))
        return made

    def _block(self, postings: _Listed, span: tuple[int, int], lengths: tuple[int, int]) -> bytes:
        low, high = span
        deltas, weights = postings.deltas[low:high], postings.weights[low:high]
        parts = (pickles.numbers(deltas), pickles.weights(weights), self._section(postings, low, high))
        data = b"".join((pickles.PROTOCOL, *parts, pickles.END))
        level = COMPRESSION if self._kind.posting_size < 0 and len(data) >= _COMPRESS_FROM else 0
        told = (high - low, postings.ids[high - 1], max(weights), level, *lengths)
        return pickle.dumps(told, 2) + (zlib.compress(data, level) if level else data)

    def _inlined(self, postings: _Listed, at: int) -> bytes:
        told = pickles.single(postings.ids[at]) + pickles.single(postings.weights[at])
        size = self._kind.posting_size
        raw = postings.values[postings.ends[at] : postings.ends[at + 1]] if size else b""
        values = pickles.items(raw if size < 0 else pickles.byte_string(raw))
        return b"".join((pickles.PROTOCOL, told, values, pickles.END))

    def _section(self, postings: _Listed, low: int, high: int) -> bytes:
        size = self._kind.posting_size
        if size == 0:
            return pickles.NONE
        raw = postings.values[postings.ends[low] : postings.ends[high]]
        return pickles.byte_string(raw) if size > 0 else pickles.items(raw)


class _TermTable:
    """Terms in order of their field's name, whatever the order the fields come in."""

    def __init__(self, fields: list[str]) -> None:
        self._numbers = {name: number for number, name in enumerate(fields)}
        self._parts = [(bytearray(), array("Q"), array("I")) for _ in fields]

    def start_field(self, name: str) -> None:
        number = self._numbers[name]
        self._prefix = _FIELD_NUMBER.pack(number)
        self._out, self._places, self._hashes = self._parts[number]

    def add(self, term: bytes, data: bytes) -> None:
        key = self._prefix + term
        self._places.append(len(self._out))
        self._hashes.append(crc32(key))
        self._out += _SIZES.pack(len(key), len(data))
        self._out += key
        self._out += data

    def write(self, file: Any) -> None:
        """Write the whole part; places in it count from its own beginning."""
        file.write(_HASH_HEAD)
        at = len(_HASH_HEAD)
        found = [np.zeros(0, np.uint64)]
        for out, within, _ in self._parts:
            file.write(out)
            found.append(np.frombuffer(within, np.uint64) + np.uint64(at))
            at += len(out)
        places = np.concatenate(found)
        hashes = np.concatenate([np.zeros(0, np.uint32), *(np.frombuffer(part[2], np.uint32) for part in self._parts)])
        _write_hashes(file, hashes, places, at)
        code = "i" if at < 1 << 31 else "q"
        extras = pickle.dumps({"fieldmap": self._numbers, "indextype": code, "indexlen": len(places)}, 2)
        index = places.astype(np.dtype(code).newbyteorder(">")).tobytes()
        file.write(b"".join((extras, index, _BLOCK_LENGTH.pack(len(extras) + len(index)))))


def _write_hashes(file: Any, hashes: npt.NDArray[np.uint32], places: npt.NDArray[np.uint64], at: int) -> None:
    buckets = hashes & 0xFF
    order = np.argsort(buckets, kind="stable")
    bounds = np.searchsorted(buckets[order], np.arange(257)).tolist()
    tables = []
    for low, high in pairwise(bounds):
        rows = order[low:high]
        table = _hash_table(hashes[rows], places[rows])
        file.write(table.tobytes())
        tables.append(_TABLE.pack(at, len(table)))
        at += table.nbytes
    file.write(b"".join(tables))


def _hash_table(hashes: npt.NDArray[np.uint32], places: npt.NDArray[np.uint64]) -> npt.NDArray[Any]:
    """Open addressing, as readers look: from the slot of the hash on, round the end, to the first free one."""
    size = 2 * len(hashes)
    table = np.zeros(size, _SLOT)
    if not size:
        return table
    wanted = ((hashes >> 8) % size).astype(np.int64)
    order = np.argsort(wanted, kind="stable")
    steps = np.arange(len(order))
    slots = steps + np.maximum.accumulate(wanted[order] - steps)
    fits = slots < size
    free = np.setdiff1d(np.arange(size), slots[fits])
    slots[~fits] = free[: int((~fits).sum())]
    table["hash"][slots], table["place"][slots] = hashes[order], places[order]
    return table


def _statistics(run: Run) -> npt.NDArray[Any]:
    made = np.empty(len(run.terms), _STATISTICS)
    starts = run.starts[:-1]
    made["documents"] = np.diff(run.starts)
    made["inlined"] = made["documents"] == 1
    made["weight"] = np.add.reduceat(run.weights, starts, dtype=np.float64)
    made["top"] = np.maximum.reduceat(run.weights, starts)
    made["shortest"] = np.minimum.reduceat(run.lengths, starts)
    made["longest"] = np.maximum.reduceat(run.lengths, starts)
    made["first"], made["last"] = run.ids[starts], run.ids[run.starts[1:] - 1]
    return made


def _listed(run: Run) -> _Listed:
    whole = bool((run.weights == np.trunc(run.weights)).all())
    weights = run.weights.astype(np.int64) if whole else run.weights
    return _Listed(run.ids.tolist(), _deltas(run).tolist(), weights.tolist(), run.values, run.ends.tolist())


def _deltas(run: Run) -> Longs:
    """Gaps between ids; the first of each block is the id itself."""
    deltas = np.diff(run.ids, prepend=0)
    deltas[run.starts[:-1]] = run.ids[run.starts[:-1]]
    for number in np.flatnonzero(np.diff(run.starts) > BLOCK).tolist():
        heads = np.arange(run.starts[number], run.starts[number + 1], BLOCK)
        deltas[heads] = run.ids[heads]
    return deltas


def length_bytes(lengths: Longs) -> Bytes:
    """The byte that stands for each length, as coarse as `whoosh.util.numeric.length_to_byte`."""
    return np.minimum(np.searchsorted(LENGTH_OF_BYTE, lengths), 255).astype(np.uint8)


def column_bytes(column: Any, rows: Iterable[tuple[int, Any]], documents: int) -> bytes:
    """A column, written by Whoosh's own writer for it."""
    stream = BytesIO()
    writer = column.writer(StructFile(stream))
    for number, value in rows:
        writer.add(number, value)
    writer.finish(documents)
    return stream.getvalue()


def common_columns(
    stored: Iterable[dict[str, Any]], lengths: Mapping[str, Bytes], documents: int
) -> Iterator[tuple[str, bytes]]:
    """The columns Whoosh keeps beside those of the schema: stored fields, and the lengths of scored fields."""
    yield "_stored", column_bytes(STORED_COLUMN, ((n, row) for n, row in enumerate(stored) if row), documents)
    for name, found in lengths.items():
        if found.any():
            yield f"_{name}_len", column_bytes(LENGTHS_COLUMN, enumerate(found.tolist()), documents)
