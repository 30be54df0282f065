"""Count the words beside the occurrences of a query, from the positions of all terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs, damage_reported
from indexer.index.codec.term_arrays import TermArrays
from indexer.index.index_layout import PAGED
from search.deadline import check_deadline
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.field_terms import row_table
from search.whoosh_engine.insight.counted_words import MainTexts, positions_of_postings, term_chunks
from search.word_statistics.word_counts import NeighbourCounts, Windows

BATCH_TOKENS = 1 << 25
"""Tokens of the documents whose windows are marked at a time, with two bytes each: 64 MB. More documents read the index
once more."""

_Marks = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _MarkedTexts:
    """Documents whose tokens are marked with the number of windows that contain them.

    Attributes:
        documents: the documents, ascending.
        starts: where the marks of each begin, and the end.
        left, right: for each token the number of windows before an occurrence that contain it, and of those behind one.
        either: which tokens are in a window.
    """

    documents: Longs
    starts: Longs
    left: _Marks
    right: _Marks
    either: Mask


class _Sums:
    """The sums of words, which grow from segment to segment."""

    def __init__(self) -> None:
        self._ranks: dict[bytes, int] = {}
        self._sums = np.zeros((3, 1 << 10), np.int64)

    def add(self, terms: Sequence[bytes], sums: Longs) -> None:
        """Add to the sums of some terms; ``sums`` has a row for left, for right and for documents."""
        ranks = [self._ranks.setdefault(term, len(self._ranks)) for term in terms]
        while len(self._ranks) > self._sums.shape[1]:
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)], axis=1)
        self._sums[:, ranks] += sums  # a segment names a term once

    def counts(self) -> NeighbourCounts:
        """Return the sums by word, the words ascending."""
        ordered = sorted(self._ranks)
        rows = self._sums[:, [self._ranks[term] for term in ordered]]
        return NeighbourCounts([term.decode() for term in ordered], *rows)


def count_neighbours(texts: MainTexts, windows: Windows) -> NeighbourCounts:
    """Count the words in the windows beside occurrences; a word in two windows counts twice.

    Args:
        texts: the main texts.
        windows: the windows, by document and position.

    Raises:
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    sums = _Sums()
    for batch in _batches(windows, texts.tokens):
        marked = _mark(batch, texts.tokens)
        rows = row_table(marked.documents, texts.snapshot.documents)
        for part, here in texts.segments():
            with damage_reported(f"the positions of {PAGED}"):
                for terms, counts in _count_in_windows(part, rows[here], marked):
                    sums.add(part.terms.read_many(terms), counts)
    return sums.counts()


def _batches(windows: Windows, main_tokens: Longs) -> Iterator[Windows]:
    """Yield the windows of some documents at a time."""
    documents = np.unique(windows.documents)
    ends = np.cumsum(main_tokens[documents])
    low = 0
    while low < len(documents):
        limit = (int(ends[low - 1]) if low else 0) + BATCH_TOKENS
        high = max(int(ends.searchsorted(limit, "right")), low + 1)
        first, last = windows.documents.searchsorted([documents[low], documents[high - 1] + 1]).tolist()
        yield windows.between(first, last)
        low = high


def _mark(windows: Windows, main_tokens: Longs) -> _MarkedTexts:
    documents = np.unique(windows.documents)
    starts = np.concatenate([[0], np.cumsum(main_tokens[documents])])
    begins = starts[documents.searchsorted(windows.documents)]
    left, right = (np.zeros(int(starts[-1]) + 1, np.int8) for _ in range(2))
    for marks, edges in ((left, (windows.left, windows.first)), (right, (windows.last + 1, windows.right + 1))):
        np.add.at(marks, begins + edges[0], 1)
        np.add.at(marks, begins + edges[1], -1)
        np.cumsum(marks, dtype=np.int8, out=marks)
    return _MarkedTexts(documents, starts, left, right, (left | right) != 0)


def _count_in_windows(part: TermArrays, rows: Longs, marked: _MarkedTexts) -> Iterator[tuple[Longs, Longs]]:
    """Yield terms of a segment that are in windows, with three rows: left, right, and documents."""
    lengths = np.diff(marked.starts)
    for low, high in term_chunks(part.position_counts(0, len(part.terms))):
        check_deadline()
        offsets, ids = part.postings_between(low, high)
        _, counts = part.weights_between(low, high)
        row = rows[ids].astype(np.int64)
        chosen = np.flatnonzero(row >= 0)
        if not len(chosen):
            continue
        positions = positions_of_postings(part, (low, high), counts, chosen)
        row, counts = row[chosen], counts[chosen]
        places = np.repeat(marked.starts[row], counts) + positions
        places[positions >= np.repeat(lengths[row], counts)] = marked.starts[-1]  # behind the main text
        beside = np.flatnonzero(marked.either[places])
        owners = np.cumsum(counts).searchsorted(beside, "right")
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        if not len(firsts):
            continue
        places = places[beside]
        sides = [np.add.reduceat(marks[places], firsts, dtype=np.int64) for marks in (marked.left, marked.right)]
        terms = offsets.searchsorted(offsets[0] + chosen[owners[firsts]], "right") - 1
        begins = np.flatnonzero(np.diff(terms, prepend=-1))
        yield low + terms[begins], np.add.reduceat(np.array([*sides, np.ones(len(terms), np.int64)]), begins, axis=1)
