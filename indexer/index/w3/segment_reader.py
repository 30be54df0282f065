# ruff: noqa: SLF001 - what merging reads of Whoosh's private layout, beside what it writes; the tests say when it changed
"""Terms, postings and per-document data of a finished segment, whoever wrote it, read for writing them again."""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC
from whoosh.reading import SegmentReader

from indexer.index.w3.segment_writer import Bytes

_STATISTICS = 23  # bytes of a term's data before its place or its posting
_EXTENT = struct.Struct("!qi")
_BLOCK_LENGTH = struct.Struct("!i")
_FIELD_NUMBER = struct.Struct("!H")
_SIZES = struct.Struct("!ii")
_WINDOW = 1 << 18  # bytes of the term table read at a time


@dataclass(frozen=True, slots=True)
class EncodedBlock:
    """Postings as they are stored: gaps of ids, weights (None: all 1), and what the field's format keeps."""

    deltas: Sequence[int]
    weights: float | Sequence[float] | None
    values: Any


def field_names(reader: SegmentReader) -> set[str]:
    """Fields that have terms in this segment."""
    return set(reader._terms._fieldmap)


def term_data(reader: SegmentReader, field: str) -> Iterator[tuple[bytes, bytes]]:
    """Every term of ``field`` in order, and what the term table says of it."""
    number = reader._terms._fieldmap.get(field)
    if number is None:
        return
    table = reader._terms._tindex
    start = table.closest_key_pos(_FIELD_NUMBER.pack(number))
    stop = table.closest_key_pos(_FIELD_NUMBER.pack(number + 1))
    if start is None:
        return
    stop = stop or table.endofdata
    window = _WINDOW
    while start < stop:
        raw = table.dbfile.get(start, min(window, stop - start))
        read = 0
        for at, key_end, end in _whole_entries(raw):
            yield raw[at + _FIELD_NUMBER.size : key_end], raw[key_end:end]
            read = end
        start += read
        window = window if read else 2 * window  # a term longer than that


def _whole_entries(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each entry's key begins and ends, and where the entry ends, of those that ``raw`` holds whole."""
    at = _SIZES.size
    while at <= len(raw):
        key, data = _SIZES.unpack_from(raw, at - _SIZES.size)
        end = at + key + data
        if end > len(raw):
            return
        yield at, at + key, end
        at = end + _SIZES.size


def read_blocks(reader: SegmentReader, data: bytes) -> Iterator[EncodedBlock]:
    """The postings of the term with this ``data``."""
    if data[0]:
        (number,), weights, values = pickle.loads(data[_STATISTICS:])  # noqa: S301 - Whoosh pickles its own files; only ours are opened
        yield EncodedBlock((number,), weights, values)
        return
    start, length = _EXTENT.unpack_from(data, _STATISTICS)
    raw = reader._terms._postfile.get(start, length)
    at = len(WHOOSH3_HEADER_MAGIC)
    if raw[:at] != WHOOSH3_HEADER_MAGIC:
        raise ValueError("not a posting list")
    stream = io.BytesIO(raw)
    length = 0
    while length >= 0:
        (length,) = _BLOCK_LENGTH.unpack_from(raw, at)
        at += _BLOCK_LENGTH.size
        stream.seek(at)
        compressed = pickle.load(stream)[3]  # noqa: S301 - the same
        at += abs(length)
        content = raw[stream.tell() : at]
        yield EncodedBlock(*pickle.loads(zlib.decompress(content) if compressed else content))  # noqa: S301 - the same


def length_column(reader: SegmentReader, field: str) -> Bytes:
    """The length byte of ``field`` in each document; 0 where there is none."""
    made = np.zeros(reader.doc_count_all(), np.uint8)
    name = f"_{field}_len"
    if reader._perdoc.has_column(name):
        column = reader._perdoc.column_reader(name, LENGTHS_COLUMN)
        made[: column._count] = np.frombuffer(column._dbfile.get(column._basepos, column._count), np.uint8)
    return made


def live_documents(reader: SegmentReader) -> list[int]:
    """Documents of this segment that are not deleted, in order."""
    deleted = set(reader._perdoc.deleted_docs())
    return [number for number in range(reader.doc_count_all()) if number not in deleted]
