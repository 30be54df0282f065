"""The terms of one field in a segment: postings, weights and positions as slices of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import Array, ArrayFile, CheckedArray, Floats, Longs
from indexer.index.codec.string_arrays import StringArrays

RARE = 255
"""The code of a posting whose weight and count are not in the field's table."""

_NO_LONGS: Longs = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that contain a term, ascending, and the term's weight in each."""

    ids: Longs
    weights: Floats

    @property
    def nbytes(self) -> int:
        """Return the memory held, in bytes."""
        return self.ids.nbytes + self.weights.nbytes


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

    @cached_property
    def _table(self) -> tuple[Floats, Longs]:
        """The weights and counts that the codes mean; those of `RARE` are placeholders."""
        weights = np.zeros(RARE + 1, np.float64)
        counts = np.zeros(RARE + 1, np.int64)
        known = self._file.array(f"{self.field}/weights").all()
        weights[: len(known)], counts[: len(known)] = known, self._file.array(f"{self.field}/counts").all()
        return weights, counts

    @cached_property
    def _rare(self) -> tuple[Array, Array, Array]:
        """The postings with the code `RARE`, ascending, with their weights and counts."""
        names = ("rare_postings", "rare_weights", "rare_counts")
        places, weights, counts = (self._file.array(f"{self.field}/{name}").all() for name in names)
        return places, weights, counts

    def postings_between(self, low: int, high: int) -> tuple[Longs, Longs]:
        """Return where the postings of the terms from ``low`` up to ``high`` begin, with the end, and the documents.

        Raises:
            IndexStateError: they are damaged.
        """
        offsets = self._posting_offsets.read(low, high + 1).astype(np.int64)
        ids = self._ids.read(int(offsets[0]), int(offsets[-1]))
        if len(ids) and int(ids.max()) >= self._documents:
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

    def postings(self, number: int) -> Postings:
        """Return the posting list of one term.

        Raises:
            IndexStateError: it is damaged.
        """
        offsets, ids = self.postings_between(number, number + 1)
        return Postings(ids, self._weights(int(offsets[0]), int(offsets[1]))[0])

    def positions(self, number: int, among: Longs | None = None) -> tuple[Longs, Longs, Longs]:
        """Return every position of one term, or those in some documents.

        Args:
            number: the term.
            among: the documents, ascending; all where None.

        Returns:
            The documents, the number of positions in each, and the positions end to end.

        Raises:
            IndexStateError: they are damaged.
        """
        _, ids = self.postings_between(number, number + 1)
        _, counts = self.weights_between(number, number + 1)
        start, end = self._position_offsets.read(number, number + 2).tolist()
        ends = np.cumsum(counts)
        if (int(ends[-1]) if len(ends) else 0) != end - start:
            raise IndexStateError("index.damaged-part", part=f"the positions of {self.field}", reason="count")
        if among is None:
            return ids, counts, self._positions.read(start, end).astype(np.int64)
        places = np.searchsorted(ids, among)
        places = places[ids[np.minimum(places, len(ids) - 1)] == among] if len(ids) else _NO_LONGS
        if not len(places):
            return _NO_LONGS, _NO_LONGS, _NO_LONGS
        counts, first = counts[places], start + (ends - counts)[places]
        # Only the blocks between the first and the last of these documents are read.
        low, high = int(first[0]), int(first[-1] + counts[-1])
        spans = np.repeat(first - low - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
        return ids[places], counts, self._positions.read(low, high)[spans].astype(np.int64)

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
        weights, counts = table_weights[codes], table_counts[codes]
        places, rare_weights, rare_counts = self._rare
        low, high = places.searchsorted(start), places.searchsorted(end)
        if low < high:
            at = places[low:high].astype(np.int64) - start
            weights[at], counts[at] = rare_weights[low:high], rare_counts[low:high]
        return weights, counts


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
