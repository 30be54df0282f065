# ruff: noqa: SLF001 - this is the one module that reads Whoosh's private layout; the tests say when it changed
"""Whole posting lists, lengths, columns and lexicons of one segment, as arrays.

What is private to Whoosh's W3 codec (`whoosh.codec.whoosh3`) and read here:

* a posting list is ``W3Bl``, then blocks: a big-endian int with the block's length, negative on the last; a pickled
  tuple (postings, last id, top weight, compression, shortest, longest); a pickled tuple (id deltas, weights, values),
  zlib'd when compression is not 0. Weights are None (all 1), one float, or one a posting.
* a positions value is a big-endian unsigned count and a pickled list of deltas.
* the terms of a field lie in order in one stretch of the ``.trm`` file, each as key length, data length, key, data.
* a field's lengths are a column of bytes, each standing for a length (`whoosh.util.numeric.byte_to_length`).
* columns: see the readers below. A column may end early; its missing rows are the default.
"""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length

from corpus.errors import IndexStateError

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.bytes_]

LENGTH_OF_BYTE: Floats = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float64)
"""The field length, in tokens, that each length byte stands for."""

_BLOCK_LENGTH = struct.Struct("!i")
_TERM_SIZES = struct.Struct("!ii")
_TERM_COUNT = struct.Struct("!I")
_TERM_COUNT_AT = 5  # in a term's data: a flag byte and a float come before the number of documents
_FIELD_NUMBER = struct.Struct("!H")
_PICKLE_HEAD = 2  # opcode PROTO and its number
_VALUE_HEAD = 4  # the count before a positions pickle
DAMAGE = (
    pickle.UnpicklingError, zlib.error, struct.error, EOFError, OSError,
    ValueError, TypeError, LookupError, AttributeError, OverflowError, ImportError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a posting list as stored: per posting an id delta, a weight and an encoded value."""

    size: int
    deltas: Sequence[int]
    weights: float | Sequence[float] | None
    values: Any


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents that hold a term, ascending, and the term's weight in each."""

    ids: Longs
    weights: Floats

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self.ids.nbytes + self.weights.nbytes


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever damaged bytes make Whoosh, pickle or zlib say into an error a person can act on.

    Raises:
        IndexStateError: the bytes read inside the block are not what the layout promises.
    """
    try:
        yield
    except DAMAGE as error:
        raise IndexStateError("index.damaged-part", part=what, reason=type(error).__name__) from error


def read_postings(reader: SegmentReader, field: str, terms: Iterable[bytes]) -> Postings | None:
    """The posting lists of ``terms`` in this segment, one after the other; None when none of them is there."""
    with reading(f"a posting list of {field}"):
        blocks = [block for term in terms for block in _blocks(reader, field, term)]
        return Postings(_ids(blocks, reader), _weights(blocks)) if blocks else None


def read_positions(
    reader: SegmentReader, field: str, term: bytes, among: Longs | None = None
) -> tuple[Longs, Longs, Longs] | None:
    """Every place of ``term`` in this segment: (documents, places in each, all positions end to end).

    None when the term is not there. The field must store positions. Of documents that are not ``among`` some, which are
    ascending, nothing is decoded.
    """
    with reading(f"the positions of {field}"):
        blocks = _blocks(reader, field, term)
        if not blocks:
            return None
        ids, values = _ids(blocks, reader), list(chain.from_iterable(block.values for block in blocks))
        if among is not None:
            held = np.searchsorted(ids, among)
            held = held[ids[np.minimum(held, len(ids) - 1)] == among]
            ids, values = ids[held], [values[place] for place in held.tolist()]
        return ids, *_decode_positions(values)


def read_lengths(reader: SegmentReader, field: str) -> Floats:
    """Length of ``field`` in each document, in tokens, as coarse as the stored byte; 0 where there is none."""
    name = f"_{field}_len"
    count = reader.doc_count_all()
    with reading(f"the lengths of {field}"):
        if not reader._perdoc.has_column(name):
            return np.zeros(count, dtype=np.float64)
        column = reader._perdoc.column_reader(name, LENGTHS_COLUMN)
        lengths: Floats = LENGTH_OF_BYTE[_fixed(column, count)]
        return lengths


def read_numbers(reader: SegmentReader, field: str) -> Longs:
    """A numeric column; documents without a value have the column's default."""
    with reading(f"the column {field}"):
        return _fixed(reader.column_reader(field, translate=False), reader.doc_count_all()).astype(np.int64)


def read_codes(reader: SegmentReader, field: str) -> tuple[Ints, list[str]]:
    """A reference column: per document a number into the list of distinct values; number 0 is no value."""
    count = reader.doc_count_all()
    with reading(f"the column {field}"):
        column: Any = reader.column_reader(field, translate=False)
        if not hasattr(column, "_uniques"):
            return np.zeros(count, dtype=np.int32), [""]
        kind = np.dtype(column._typecode).newbyteorder(">")
        raw = column._dbfile.get(column._basepos, count * kind.itemsize)
        codes = np.frombuffer(raw, kind).astype(np.int32)
        _check_range(codes, len(column._uniques))
        return codes, [value.decode() for value in column._uniques]


def read_strings(reader: SegmentReader, field: str) -> Bytes:
    """A column of byte strings of any length; UTF-8, ``b""`` where there is no value."""
    count = reader.doc_count_all()
    with reading(f"the column {field}"):
        column: Any = reader.column_reader(field, translate=False)
        if not hasattr(column, "_lengths"):
            return np.zeros(count, dtype="S1")
        lengths = np.array(column._lengths, dtype=np.int64)
        ends = np.cumsum(lengths)
        raw = column._dbfile.get(column._basepos, int(ends[-1]) if count else 0)
        if count and lengths[0] > 0 and (lengths == lengths[0]).all():
            return np.frombuffer(raw, f"S{lengths[0]}")
        starts = (ends - lengths).tolist()
        return np.array([raw[a:b] for a, b in zip(starts, ends.tolist(), strict=True)] or [b""][:count], dtype=bytes)


def open_column(reader: SegmentReader, field: str) -> Sequence[bytes]:
    """A column of byte strings that is read a document at a time; ``b""`` where there is no value."""
    with reading(f"the column {field}"):
        column: Sequence[bytes] = reader.column_reader(field, translate=False)
        return column


def read_terms(reader: SegmentReader, field: str, prefix: str = "") -> tuple[list[str], list[int]]:
    """Terms of ``field`` that start with ``prefix``, in order of their bytes, and in how many documents each stands."""
    with reading(f"the words of {field}"):
        number = reader._terms._fieldmap.get(field)
        if number is None:
            return [], []
        table = reader._terms._tindex
        low = _FIELD_NUMBER.pack(number) + prefix.encode()
        start = table.closest_key_pos(low)
        stop = table.closest_key_pos(low + b"\xff")  # no byte of UTF-8 is 0xff
        if start is None:
            return [], []
        return _decode_terms(table.dbfile.get(start, (stop or table.endofdata) - start))


def next_term(reader: SegmentReader, field: str, low: str) -> str | None:
    """The first term of ``field`` from ``low`` on, in order of their bytes; None when there is none."""
    with reading(f"the words of {field}"):
        name, term = next(iter(reader.terms_from(field, low.encode())), ("", b""))
        return term.decode() if name == field else None


def read_deleted(reader: SegmentReader) -> list[int]:
    """Documents of this segment that are deleted but still in its lists."""
    return sorted(reader._perdoc.deleted_docs())


def total_length(reader: SegmentReader, field: str) -> int:
    """Exact number of tokens of ``field`` in this segment, deleted documents included."""
    return int(reader.field_length(field))


def _decode_terms(raw: bytes) -> tuple[list[str], list[int]]:
    words: list[str] = []
    counts: list[int] = []
    at, end = 0, len(raw)
    while at < end:
        key, data = _TERM_SIZES.unpack_from(raw, at)
        at += _TERM_SIZES.size
        words.append(raw[at + _FIELD_NUMBER.size : at + key].decode())
        at += key
        counts.append(_TERM_COUNT.unpack_from(raw, at + _TERM_COUNT_AT)[0])
        at += data
    return words, counts


def _blocks(reader: SegmentReader, field: str, term: bytes) -> list[Block]:
    try:
        info: Any = reader.term_info(field, term)
    except TermNotFound:
        return []
    if info.is_inlined():
        ids, weights, values = info.inlined_postings()
        return [Block(len(ids), np.diff(ids, prepend=0).tolist(), weights, values)]
    start, length = info.extent()
    size = length[0] if isinstance(length, tuple) else length  # Whoosh hands the unpacked tuple on as it is
    return list(_decode_blocks(reader._terms._postfile.get(start, size)))


def _decode_blocks(raw: bytes) -> Iterator[Block]:
    magic = len(WHOOSH3_HEADER_MAGIC)
    if raw[:magic] != WHOOSH3_HEADER_MAGIC:
        raise ValueError("not a posting list")
    stream = io.BytesIO(raw)
    at, last = magic, False
    while not last:
        (length,) = _BLOCK_LENGTH.unpack_from(raw, at)
        last, at = length < 0, at + _BLOCK_LENGTH.size
        stream.seek(at)
        size, _, _, compression, _, _ = pickle.load(stream)  # noqa: S301 - Whoosh pickles its own files; only ours are opened
        at += abs(length)
        data = raw[stream.tell() : at]
        content = pickle.loads(zlib.decompress(data) if compression else data)  # noqa: S301 - the same
        yield Block(size, *content)


def _ids(blocks: list[Block], reader: SegmentReader) -> Longs:
    """Deltas start again in each block, so what came before is taken off the running sum."""
    sizes = np.array([block.size for block in blocks])
    deltas = np.fromiter(chain.from_iterable(block.deltas for block in blocks), np.int64, int(sizes.sum()))
    sums = np.cumsum(deltas)
    starts = np.cumsum(sizes) - sizes
    ids: Longs = sums - np.repeat(sums[starts] - deltas[starts], sizes)
    _check_range(ids, reader.doc_count_all())
    return ids


def _weights(blocks: list[Block]) -> Floats:
    return np.concatenate([
        np.full(block.size, 1.0 if block.weights is None else block.weights)
        if block.weights is None or isinstance(block.weights, float)
        else np.fromiter(block.weights, np.float64, block.size)
        for block in blocks
    ])  # fmt: skip


def _decode_positions(values: Sequence[bytes]) -> tuple[Longs, Longs]:
    """Read all lists with one call: their pickles, without head and stop, between the marks of one tuple."""
    counts = np.frombuffer(b"".join([value[:_VALUE_HEAD] for value in values]), ">u4").astype(np.int64)
    inner = [value[_VALUE_HEAD + _PICKLE_HEAD :].removesuffix(b".") for value in values]
    lists = pickle.loads(b"".join((b"\x80\x02(", *inner, b"t.")))  # noqa: S301 - as above
    deltas = np.fromiter(chain.from_iterable(lists), np.int64)
    if len(lists) != len(values) or len(deltas) != counts.sum():
        raise ValueError("positions are not stored as expected")
    sums = np.cumsum(deltas)
    starts = np.cumsum(counts) - counts
    return counts, sums - np.repeat(sums[starts] - deltas[starts], counts)


def _check_range(numbers: Ints | Longs, end: int) -> None:
    if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < end:
        raise ValueError("a number that should name something names nothing")


def _fixed(column: Any, count: int) -> npt.NDArray[Any]:
    if not hasattr(column, "_typecode"):
        return np.zeros(count, dtype=np.uint8)
    kind = np.dtype(column._typecode).newbyteorder(">")
    made: npt.NDArray[Any] = np.full(count, column._default, dtype=kind.newbyteorder("="))
    stored = min(column._count, count)
    made[:stored] = np.frombuffer(column._dbfile.get(column._basepos, stored * kind.itemsize), kind)
    return made
