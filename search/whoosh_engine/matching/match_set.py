"""What evaluation goes by and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from indexer.index.codec.array_file import Floats, Longs
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.proximity import FEW
from search.whoosh_engine.arrays.snapshot import Snapshot


class MatchSet:
    """Which documents match, and their scores; None when nothing scores.

    Held as numbers in ascending order, as arrays over all documents, or both: each is made of the other when it is
    asked for. What is found by words is few of many, what narrows is mostly many. Arrays are shared: never change them.

    Attributes:
        documents: how many the index holds.
        scores: one for each of ``ids``, or None.
    """

    __slots__ = ("_everywhere", "_ids", "_mask", "documents", "scores")

    def __init__(
        self, documents: int, *, ids: Longs | None = None, mask: Mask | None = None, scores: Floats | None = None
    ) -> None:
        self.documents = documents
        self.scores = scores
        self._ids = ids
        self._mask = mask
        self._everywhere: Floats | None = None

    @property
    def nbytes(self) -> int:
        """Memory it may come to hold, in bytes."""
        held = self.ids.nbytes + self.documents
        return held if self.scores is None else held + self.scores.nbytes + 8 * self.documents * self._is_common

    @property
    def ids(self) -> Longs:
        """The documents' numbers, ascending."""
        if self._ids is None:
            self._ids = np.flatnonzero(self.mask)
        return self._ids

    @property
    def mask(self) -> Mask:
        """Which of all documents match."""
        if self._mask is None:
            mask = np.zeros(self.documents, dtype=bool)
            mask[self._ids] = True
            self._mask = mask  # whole, as other threads may be waiting for it
        return self._mask

    @property
    def _is_common(self) -> bool:
        return len(self.ids) * FEW >= self.documents

    @property
    def _scores_everywhere(self) -> Floats:
        """A score for each of all documents, 0 for those that do not match."""
        if self._everywhere is None:
            everywhere = np.zeros(self.documents)
            if self.scores is not None:
                everywhere[self.ids] = self.scores
            self._everywhere = everywhere
        return self._everywhere

    def scores_of(self, wanted: Longs) -> Floats:
        """Scores of documents, all of which match; 0 when nothing scores."""
        if self.scores is None:
            return np.zeros(len(wanted))
        if wanted is self.ids:
            return self.scores
        if self._is_common:
            return self._scores_everywhere[wanted]
        return self.scores[np.searchsorted(self.ids, wanted)]

    def add_to(self, mask: Mask, scores: Floats) -> None:
        """Add what matches to ``mask`` and ``scores``, which are over all documents."""
        if self._is_common or self.scores is None:
            mask |= self.mask
        else:
            mask[self.ids] = True
        if self.scores is not None and self._is_common:
            scores += self._scores_everywhere
        elif self.scores is not None:
            scores[self.ids] += self.scores

    def within(self, kept: Mask) -> MatchSet:
        """Those of them that ``kept``, a mask over all documents, has."""
        chosen = kept[self.ids]
        scores = None if self.scores is None else self.scores[chosen]
        return MatchSet(self.documents, ids=self.ids[chosen], scores=scores)


@dataclass(frozen=True, slots=True)
class QueryContext:
    """What evaluation goes by: the index, and what the reader should be told, one notice a pattern."""

    snapshot: Snapshot
    notices: dict[str, str] = field(default_factory=dict)
