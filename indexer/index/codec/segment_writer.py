"""Write a segment: runs of posting lists, columns and pages to one file of arrays (`segment_arrays`)."""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Array, ArrayFileWriter, FileDigest, Longs
from indexer.index.codec.field_lengths import Bytes
from indexer.index.codec.segment_arrays import PAGE_ARRAYS
from indexer.index.codec.term_arrays import RARE
from indexer.index.index_layout import DELETIONS_FILE, INDEX_NAME, SEGMENT_FILE

_NAME_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NAME_LENGTH = 16
_SPOOL_BYTES = 1 << 23
"""Bytes of one array that are kept in memory until the field is complete; more of them go to a temporary file."""
_COPY_BYTES = 1 << 20
_NARROW_LIMIT = 1 << 16


Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Run:
    """The posting lists of consecutive terms, end to end.

    Attributes:
        terms: in order of their bytes.
        starts: where each term's postings begin, and at the end how many there are.
        ids: the documents, ascending within a term.
        counts: occurrences of the term in each; None where each has one and positions are not stored.
        weights: weight of the term in each; None where it equals the count.
        positions: of each posting as many as it has occurrences, ascending; None where they are not stored.
    """

    terms: Sequence[bytes]
    starts: Longs
    ids: Array
    counts: Array | None = None
    weights: Floats32 | None = None
    positions: Array | None = None


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A finished segment.

    Attributes:
        id: its name in Whoosh, without that of the index.
        documents: number of its documents.
        tokens: number of tokens in all its fields, which says what merging costs.
        file: its file.
    """

    id: str
    documents: int
    tokens: int
    file: FileDigest


class SegmentWriter:
    """Writes one segment; nothing refers to it before its `SegmentFile` is entered in a manifest."""

    def __init__(self, directory: Path, documents: int, segment_id: str = "") -> None:
        self._id = segment_id or "".join(secrets.choice(_NAME_LETTERS) for _ in range(_NAME_LENGTH))
        self._directory, self._documents = directory, documents
        self._out = ArrayFileWriter(directory / f"{INDEX_NAME}_{self._id}{SEGMENT_FILE}")
        self._fields: list[str] = []
        self._tokens: dict[str, int] = {}

    def write_field(self, name: str, runs: Iterable[Run], *, wide: bool = False) -> None:
        """Write the terms of a field.

        Args:
            name: the field.
            runs: its terms in order, without those that no document contains.
            wide: whether positions may exceed 65,535.
        """
        with _FieldSpools(self._directory, wide_ids=self._documents > _NARROW_LIMIT, wide_positions=wide) as spools:
            for run in runs:
                spools.add(run)
            if spools.terms.lengths:
                spools.write(self._out, name)
                self._fields.append(name)
        if spools.tokens:
            self._tokens[name] = spools.tokens

    def write_lengths(self, field: str, lengths: Bytes) -> None:
        """Write the length byte of a field in each document, and count it as a field of running words."""
        self._out.write(f"{field}/lengths", lengths)

    def write_numbers(self, field: str, values: Longs) -> None:
        """Write a column of numbers, one a document."""
        self._out.write(f"{field}/column_numbers", _narrowed(values))

    def write_codes(self, field: str, codes: Longs, values: Sequence[bytes]) -> None:
        """Write a column of few distinct values: for each document a number into ``values``."""
        self._out.write(f"{field}/column_codes", _narrowed(codes))
        self.write_strings(field, values)

    def write_strings(self, field: str, values: Sequence[bytes]) -> None:
        """Write a column of byte strings."""
        offsets = np.zeros(len(values) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), out=offsets[1:])
        self._out.write_pieces(f"{field}/column_values", np.uint8, [b"".join(values)])
        self._out.write(f"{field}/column_offsets", _narrowed(offsets))

    def write_pages(self, texts: Longs, tokens: Longs, characters: Longs) -> None:
        """Write the number of texts of each document, of tokens in each text, and the anchors of all texts."""
        offsets = np.append(0, np.cumsum(texts))
        for name, values in zip(PAGE_ARRAYS, (offsets, tokens, characters), strict=True):
            self._out.write(f"pages/{name}", _narrowed(values))

    def write_stems(self, field: str, offsets: Longs, words: Longs) -> None:
        """Write the words of each stem of a field."""
        self._out.write(f"{field}/stem_offsets", _narrowed(offsets))
        self._out.write(f"{field}/stem_words", _narrowed(words))

    def close(self) -> SegmentFile:
        """Finish the segment and bring it to the disk."""
        metadata = {"documents": self._documents, "fields": self._fields, "tokens": self._tokens}
        return SegmentFile(self._id, self._documents, sum(self._tokens.values()), self._out.close(metadata))

    def drop(self) -> None:
        """Give the segment up."""
        self._out.drop()


def write_deletions(directory: Path, segment: str, generation: int, deleted: Longs) -> FileDigest:
    """Write the numbers of a segment's deleted documents, ascending, for one generation of the index."""
    writer = ArrayFileWriter(directory / f"{INDEX_NAME}_{segment}.{generation}{DELETIONS_FILE}")
    try:
        writer.write("deleted", _narrowed(deleted))
        return writer.close({})
    except BaseException:
        writer.drop()
        raise


def unite_codes(parts: Sequence[tuple[Longs, Sequence[bytes]]]) -> tuple[Longs, list[bytes]]:
    """Return codes and values of several columns of few values as one, its values in the order of their first use.

    Code 0 means no value.
    """
    numbers: dict[bytes, int] = {b"": 0}
    united = [np.zeros(0, np.int64)]
    for codes, values in parts:
        used, first = np.unique(codes, return_index=True)
        table = np.zeros(len(values) + 1, np.int64)
        for code in used[np.argsort(first)].tolist():
            table[code] = numbers.setdefault(values[code], len(numbers))
        united.append(table[codes])
    return np.concatenate(united), list(numbers)


class _Spool:
    """Numbers of one array, gathered until it is written."""

    def __init__(self, directory: Path, dtype: str) -> None:
        self.dtype = np.dtype(dtype)
        self._file = SpooledTemporaryFile(max_size=_SPOOL_BYTES, dir=str(directory))  # noqa: SIM115 (`_FieldSpools` closes it)

    def add(self, values: Array) -> None:
        self._file.write(np.ascontiguousarray(values, self.dtype).data.cast("B") if len(values) else b"")

    def write(self, out: ArrayFileWriter, name: str) -> None:
        self._file.seek(0)
        out.write_pieces(name, self.dtype, iter(lambda: self._file.read(_COPY_BYTES), b""))

    def close(self) -> None:
        self._file.close()


@dataclass(slots=True)
class _Terms:
    """The terms of a field, end to end, and what is known of each."""

    joined: bytearray = field(default_factory=bytearray)
    lengths: array[int] = field(default_factory=lambda: array("I"))
    postings: list[Longs] = field(default_factory=list)
    positions: list[Longs] = field(default_factory=list)


class _FieldSpools:
    """The arrays of one field in the making."""

    def __init__(self, directory: Path, *, wide_ids: bool, wide_positions: bool) -> None:
        self.terms = _Terms()
        self.tokens = 0
        self._ids = _Spool(directory, "<u4" if wide_ids else "<u2")
        self._codes = _Spool(directory, "u1")
        self._positions = _Spool(directory, "<u4" if wide_positions else "<u2")
        self._pairs = _PairTable()
        self._count = 0
        self._coded = self._positioned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for spool in (self._ids, self._codes, self._positions):
            spool.close()

    def add(self, run: Run) -> None:
        self.terms.joined += b"".join(run.terms)
        self.terms.lengths.extend(map(len, run.terms))
        self.terms.postings.append(np.diff(run.starts))
        self._ids.add(run.ids)
        if run.counts is not None:
            self._coded = True
            self.tokens += int(run.counts.sum())
            self._codes.add(self._pairs.encode(run.counts, run.weights, self._count))
        if run.positions is not None and run.counts is not None:
            self._positioned = True
            ends = np.append(0, np.cumsum(run.counts))
            self.terms.positions.append(np.diff(ends[run.starts]))
            self._positions.add(run.positions)
        self._count += len(run.ids)

    def write(self, out: ArrayFileWriter, name: str) -> None:
        out.write_pieces(f"{name}/terms", np.uint8, [self.terms.joined])
        lengths = np.frombuffer(self.terms.lengths, np.uint32)
        out.write(f"{name}/term_offsets", _offsets([lengths]))
        out.write(f"{name}/posting_offsets", _offsets(self.terms.postings))
        self._ids.write(out, f"{name}/ids")
        if self._coded:
            self._codes.write(out, f"{name}/codes")
            for part, values in self._pairs.arrays():
                out.write(f"{name}/{part}", values)
        if self._positioned:
            out.write(f"{name}/position_offsets", _offsets(self.terms.positions))
            self._positions.write(out, f"{name}/positions")


class _PairTable:
    """The pairs of count and weight that the codes of a field mean, and the postings with other pairs.

    Pairs enter the table in the order of how many postings of a run have them, until it is full.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[int, float], int] = {}
        self._plain = np.full(_NARROW_LIMIT, RARE, np.uint8)  # by count, the code where the weight equals it
        self._rare: list[tuple[Array, Array, Floats32]] = []

    def encode(self, counts: Array, weights: Floats32 | None, first: int) -> Bytes:
        """Return the code of each posting of a run; ``first`` is the number of its first posting in the field."""
        other = np.zeros(0, np.int64) if weights is None else np.flatnonzero(weights != counts)
        small = np.minimum(counts, _NARROW_LIMIT - 1)
        if len(other):
            same = np.ones(len(counts), bool)
            same[other] = False
            self._enter_counts(small[same])
        else:
            self._enter_counts(small)
        codes = self._plain[small]
        codes[counts >= _NARROW_LIMIT] = RARE
        if weights is not None and len(other):
            codes[other] = self._encode_pairs(counts[other], weights[other])
        rare = np.flatnonzero(codes == RARE)
        if len(rare):
            heavy = counts if weights is None else weights
            self._rare.append((rare + first, counts[rare], heavy[rare].astype(np.float32)))
        return codes

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """Yield the arrays of the table by their names."""
        yield "weights", np.array([weight for _, weight in self._codes], "<f4")
        yield "counts", np.array([count for count, _ in self._codes], "<u4")
        if self._rare:
            places, counts, weights = map(np.concatenate, zip(*self._rare, strict=True))
            yield "rare_postings", _narrowed(places)
            yield "rare_counts", counts.astype("<u4")
            yield "rare_weights", weights.astype("<f4")

    def _enter_counts(self, counts: Array) -> None:
        if len(self._codes) >= RARE:
            return
        frequencies = np.bincount(counts)
        known = self._plain[: len(frequencies)] != RARE
        frequencies[known] = 0
        for count in np.argsort(-frequencies, kind="stable")[: np.count_nonzero(frequencies)].tolist():
            if count and count < _NARROW_LIMIT - 1 and len(self._codes) < RARE:
                self._plain[count] = self._codes.setdefault((count, float(count)), len(self._codes))

    def _encode_pairs(self, counts: Array, weights: Floats32) -> Bytes:
        keys = counts.astype(np.uint64) << np.uint64(32) | weights.view(np.uint32)
        pairs, of_posting, frequencies = np.unique(keys, return_inverse=True, return_counts=True)
        codes = np.full(len(pairs), RARE, np.uint8)
        for number in np.argsort(-frequencies, kind="stable").tolist():
            key = int(pairs[number])
            pair = key >> 32, float(np.uint32(key & 0xFFFFFFFF).view(np.float32))
            code = self._codes.get(pair)
            if code is None and len(self._codes) < RARE:
                code = self._codes[pair] = len(self._codes)
            codes[number] = RARE if code is None else code
        encoded: Bytes = codes[of_posting]
        return encoded


def _offsets(counts: Sequence[Array]) -> Array:
    total = np.concatenate([np.zeros(1, np.int64), *counts]).astype(np.int64)
    return _narrowed(np.cumsum(total), least=4)


def _narrowed(values: Any, least: int = 1) -> Array:
    """Return unsigned numbers in as few bytes as the largest needs."""
    top = int(values.max(initial=0)) if len(values) else 0
    size = next(size for size in (1, 2, 4, 8) if size >= least and top < 1 << 8 * size)
    narrowed: Array = np.asarray(values).astype(f"<u{size}")
    return narrowed
