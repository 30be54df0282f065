"""The terms of one field in a segment: postings, weights and positions as slices of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import Array, ArrayFile, CheckedArray, Floats, Longs, is_ascending
from indexer.index.codec.string_arrays import StringArrays

RARE = 255
"""The code of a posting whose weight and count are not in the field's table."""

_MAX_POSITION_BYTES = 4

_NO_LONGS: Longs = np.zeros(0, np.int64)
_NO_FLOATS: Floats = np.zeros(0)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that contain a term, ascending, and the term's weight in each."""

    ids: Longs
    weights: Floats

    @property
    def nbytes(self) -> int:
        """Return the memory held, in bytes."""
        return self.ids.nbytes + self.weights.nbytes


@dataclass(frozen=True, slots=True)
class TermOccurrences:
    """The occurrences of some terms in some documents: one entry for each posting.

    Attributes:
        terms: which of the terms, by its place in the list that was asked for.
        rows: the row of the document.
        weights: the weight of the term in the document.
        counts: the number of times that it occurs.
        positions: of each entry so many, end to end.
    """

    terms: Longs
    rows: Longs
    weights: Floats
    counts: Longs
    positions: Longs


NO_OCCURRENCES = TermOccurrences(_NO_LONGS, _NO_LONGS, np.zeros(0), _NO_LONGS, _NO_LONGS)


class TermArrays:
    """The terms of one field in a segment, with their postings and positions.

    Attributes:
        field: its name.
        terms: in order of their bytes.
        has_counts: whether postings may have another weight or count than one.
        has_positions: whether positions are stored.
        wide_positions: whether positions take more than two bytes.
    """

    def __init__(self, file: ArrayFile, field: str, documents: int) -> None:
        self.field = field
        self._file, self._documents = file, documents
        self.terms = StringArrays(file.array(f"{field}/terms"), file.array(f"{field}/term_offsets"))
        self._posting_offsets, self._ids = file.array(f"{field}/posting_offsets"), file.array(f"{field}/ids")
        self._codes = file.array(f"{field}/codes") if f"{field}/codes" in file else None
        self._position_offsets, self._positions = (
            file.array(f"{field}/{name}") for name in ("position_offsets", "positions")
        )
        self.has_counts = self._codes is not None
        self.has_positions = len(self._position_offsets) > 0
        self.wide_positions = self._positions.values.itemsize > 2
        if self._positions.values.itemsize > _MAX_POSITION_BYTES:
            raise IndexStateError("index.damaged-part", part=f"the positions of {field}", reason="type")

    @cached_property
    def _table(self) -> tuple[Floats, Longs]:
        """The weights and counts that the codes mean; those of `RARE` are placeholders."""
        weights = np.zeros(RARE + 1, np.float64)
        counts = np.zeros(RARE + 1, np.int64)
        known = self._file.array(f"{self.field}/weights", floats=True).all()
        known_counts = self._file.array(f"{self.field}/counts").all()
        if len(known) != len(known_counts) or len(known) > RARE or not _are_weights(known):
            raise IndexStateError("index.damaged-part", part=f"the weights of {self.field}", reason="number")
        weights[: len(known)], counts[: len(known)] = known, known_counts
        return weights, counts

    @cached_property
    def _rare(self) -> tuple[Longs, Array, Array]:
        """The postings with the code `RARE`, ascending, with their weights and counts."""
        places, counts = (self._file.array(f"{self.field}/{name}").all() for name in ("rare_postings", "rare_counts"))
        weights = self._file.array(f"{self.field}/rare_weights", floats=True).all()
        if not (len(places) == len(weights) == len(counts) and is_ascending(places) and _are_weights(weights)):
            raise IndexStateError("index.damaged-part", part=f"the weights of {self.field}", reason="number")
        return places.astype(np.int64), weights, counts

    def postings_between(self, low: int, high: int) -> tuple[Longs, Longs]:
        """Return where the postings of the terms from ``low`` up to ``high`` begin, with the end, and the documents.

        Raises:
            IndexStateError: they are damaged.
        """
        offsets = self._posting_offsets.read(low, high + 1).astype(np.int64)
        ids = self._ids.read(int(offsets[0]), int(offsets[-1]))
        if len(ids) and not (int(ids.max()) < self._documents and _are_lists(offsets - offsets[0], ids)):
            raise IndexStateError("index.damaged-part", part=f"a posting list of {self.field}", reason="document")
        return offsets, ids.astype(np.int64)

    def weights_between(self, low: int, high: int) -> tuple[Floats, Longs]:
        """Return the weight and the number of occurrences of each posting of the terms from ``low`` up to ``high``.

        Raises:
            IndexStateError: they are damaged.
        """
        start, end = (int(self._posting_offsets.read(term, term + 1)[0]) for term in (low, high))
        return self._weights(start, end)

    def positions_between(self, low: int, high: int) -> Array:
        """Return the positions of the terms from ``low`` up to ``high``, end to end.

        Raises:
            IndexStateError: they are damaged.
        """
        start, end = (int(self._position_offsets.read(term, term + 1)[0]) for term in (low, high))
        return self._positions.read(start, end)

    def postings(self, numbers: Sequence[int], *, with_weights: bool = True) -> Postings:
        """Return the posting lists of some terms end to end; the weights are empty unless they are wanted.

        Raises:
            IndexStateError: they are damaged.
        """
        weights = _NO_FLOATS
        if len(numbers) == 1 or isinstance(numbers, range):
            bounds = self._posting_offsets.read(numbers[0], numbers[-1] + 2).astype(np.int64)
            start, end = int(bounds[0]), int(bounds[-1])
            ids = self._ids.read(start, end)
            if with_weights:
                weights = self._weights(start, end)[0]
        else:
            starts, ends = self._posting_offsets.read_bounds(np.array(numbers, np.int64))
            ids = self._ids.read_slices(starts, ends)
            if with_weights:
                weights, _ = self._decode(starts, ends)
            bounds = np.append(0, np.cumsum(ends - starts))
        # Where documents ascend, the last of a list is the largest; of several lists the largest is looked for.
        largest = 0 if not len(ids) else int(ids[-1] if len(numbers) == 1 else ids.max())
        if len(ids) and not (largest < self._documents and _are_lists(bounds - bounds[0], ids)):
            raise IndexStateError("index.damaged-part", part=f"a posting list of {self.field}", reason="document")
        return Postings(ids.astype(np.int64), weights)

    def occurrences(self, numbers: Longs, rows: Array, *, with_positions: bool = True) -> TermOccurrences:
        """Return where some terms occur in some documents; positions of no other documents are read.

        Args:
            numbers: the terms.
            rows: for each document of the segment its row in the result, negative where it is not wanted.
            with_positions: whether positions are wanted.

        Raises:
            IndexStateError: they are damaged.
        """
        starts, ends = self._posting_offsets.read_bounds(numbers)
        rows_of_postings = rows[self._ids.read_slices(starts, ends)]
        chosen = np.flatnonzero(rows_of_postings >= 0)
        if not len(chosen):
            return NO_OCCURRENCES
        weights, counts = self._decode(starts, ends)
        firsts = np.cumsum(ends - starts) - (ends - starts)
        owners = firsts.searchsorted(chosen, "right") - 1
        positions: Longs = _NO_LONGS
        if with_positions:
            places = np.cumsum(counts) - counts
            # A term without postings does not occur in a segment, so each list has a first posting.
            position_starts, position_ends = self._position_offsets.read_bounds(numbers)
            if (np.add.reduceat(counts, firsts) != position_ends - position_starts).any():
                raise IndexStateError("index.damaged-part", part=f"the positions of {self.field}", reason="count")
            begins = (position_starts - places[firsts])[owners] + places[chosen]
            positions = self._positions.read_slices(begins, begins + counts[chosen]).astype(np.int64)
        return TermOccurrences(
            owners, rows_of_postings[chosen].astype(np.int64), weights[chosen], counts[chosen], positions
        )

    def document_counts(self, low: int, high: int) -> Longs:
        """Return how many documents contain each of the terms from ``low`` up to ``high``.

        Raises:
            IndexStateError: these numbers are damaged.
        """
        return _differences(self._posting_offsets.read(low, high + 1)) if low < high else _NO_LONGS

    def position_counts(self, low: int, high: int) -> Longs:
        """Return the number of positions of each of the terms from ``low`` up to ``high``; 0 where none are stored.

        Raises:
            IndexStateError: these numbers are damaged.
        """
        if not self.has_positions or low >= high:
            return np.zeros(max(high - low, 0), np.int64)
        return _differences(self._position_offsets.read(low, high + 1))

    def _weights(self, start: int, end: int) -> tuple[Floats, Longs]:
        if self._codes is None:
            return np.ones(end - start), np.ones(end - start, np.int64)
        codes, (table_weights, table_counts) = self._codes.read(start, end), self._table
        weights, counts = table_weights.take(codes), table_counts.take(codes)
        places, rare_weights, rare_counts = self._rare
        if len(places):
            low, high = places.searchsorted(start), places.searchsorted(end)
            at = places[low:high] - start
            weights[at], counts[at] = rare_weights[low:high], rare_counts[low:high]
        return weights, counts

    def _decode(self, starts: Longs, ends: Longs) -> tuple[Floats, Longs]:
        """Return the weights and counts of several slices of postings, end to end."""
        lengths = ends - starts
        total = int(lengths.sum())
        if self._codes is None:
            return np.ones(total), np.ones(total, np.int64)
        codes, (table_weights, table_counts) = self._codes.read_slices(starts, ends), self._table
        weights, counts = table_weights.take(codes), table_counts.take(codes)
        places, rare_weights, rare_counts = self._rare
        if len(places) and len(at := np.flatnonzero(codes == RARE)):
            stops = np.cumsum(lengths)
            owners = stops.searchsorted(at, "right")
            rare = places.searchsorted(starts[owners] + at - (stops - lengths)[owners])
            if int(rare.max()) >= len(places):
                raise IndexStateError("index.damaged-part", part=f"a posting list of {self.field}", reason="weight")
            weights[at], counts[at] = rare_weights[rare], rare_counts[rare]
        return weights, counts


def _are_lists(offsets: Longs, ids: Array) -> bool:
    """Report whether lists end to end, which begin at some offsets, each name every document once, in order."""
    rises = ids[1:] > ids[:-1]
    if len(offsets) > 2:  # between two lists they need not
        if (offsets[1:] <= offsets[:-1]).any():
            return False
        rises[offsets[1:-1] - 1] = True
    return bool(rises.all())


def _are_weights(numbers: Array) -> bool:
    """Report whether numbers can be weights: finite, and not negative."""
    return bool((np.isfinite(numbers) & (numbers >= 0)).all())


def _differences(offsets: Array) -> Longs:
    return offsets[1:].astype(np.int64) - offsets[:-1].astype(np.int64)


class StemArrays:
    """For each stem of a segment, the words that have it."""

    def __init__(self, offsets: CheckedArray, words: CheckedArray) -> None:
        self._offsets, self._words = offsets, words

    def __len__(self) -> int:
        """Return the number of stems."""
        return max(len(self._offsets) - 1, 0)

    def words(self, low: int, high: int) -> tuple[Longs, Longs]:
        """Return the words of the stems from ``low`` up to ``high``: where each stem's begin, with the end; the words.

        Raises:
            IndexStateError: they are damaged.
        """
        offsets = self._offsets.read(low, high + 1).astype(np.int64)
        return offsets - offsets[0], self._words.read(int(offsets[0]), int(offsets[-1])).astype(np.int64)
