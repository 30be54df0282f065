"""The documents that match a part of a query, and the context in which a query is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np

from indexer.index.codec.array_file import Floats, Longs
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.field_terms import TermNumbers
from search.whoosh_engine.arrays.proximity import BINARY_SEARCH_RATIO, contained_in
from search.whoosh_engine.arrays.snapshot import Snapshot

Result = TypeVar("Result")


class MatchSet:
    """The documents that match, and their scores; None where nothing scores.

    It is stored as ascending numbers, as a mask over all documents, or both: each is made from the other at its first
    use, since words match few documents of many, and filters mostly many.

    Attributes:
        documents: number of documents in the index.
        scores: one for each of ``ids``, or None.
    """

    __slots__ = ("_ids", "_mask", "documents", "scores")

    def __init__(
        self, documents: int, *, ids: Longs | None = None, mask: Mask | None = None, scores: Floats | None = None
    ) -> None:
        self.documents = documents
        self.scores = scores
        self._ids = ids
        self._mask = mask

    @property
    def ids(self) -> Longs:
        """Return the documents' numbers, ascending."""
        if self._ids is None:
            self._ids = np.flatnonzero(self.mask)
        return self._ids

    @property
    def mask(self) -> Mask:
        """Return which of all documents match."""
        if self._mask is None:
            mask = np.zeros(self.documents, dtype=bool)
            mask[self._ids] = True
            self._mask = mask
        return self._mask

    def contains(self, ids: Longs) -> Mask:
        """Return which of some documents, in ascending order, match."""
        if self._mask is None and len(ids) * BINARY_SEARCH_RATIO < self.documents:
            return contained_in(ids, self.ids)
        contained: Mask = self.mask[ids]
        return contained

    def scores_of(self, ids: Longs) -> Floats:
        """Return the scores of documents, all of which match; 0 where nothing scores."""
        if self.scores is None:
            return np.zeros(len(ids))
        return self.scores if ids is self.ids else self.scores[self.ids.searchsorted(ids)]

    def within(self, mask: Mask) -> MatchSet:
        """Return the matching documents that are in a mask over all documents."""
        chosen = mask[self.ids]
        scores = None if self.scores is None else self.scores[chosen]
        return MatchSet(self.documents, ids=self.ids[chosen], scores=scores)


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The index that a query is evaluated on, and what one evaluation leaves for the next in the same request.

    Attributes:
        snapshot: the index.
        notices: sentences for the reader, by the pattern that they are about.
        hit_numbers: the numbers of the documents of the page, by id.
    """

    snapshot: Snapshot
    notices: dict[str, str] = field(default_factory=dict)
    hit_numbers: dict[str, int] = field(default_factory=dict)
    _results: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return what ``make`` returned for ``key`` in this request. One key always has results of one type."""
        if key not in self._results:
            self._results[key] = make()
        return cast("Result", self._results[key])

    @property
    def total(self) -> int:
        """Return the number of documents that idfs are computed from."""
        collection = self.snapshot.collection
        return collection.documents if collection else self.snapshot.documents

    def find(self, field: str, term: str) -> TermNumbers:
        """Return the numbers of a term of an index field, which is looked up once in this request."""
        return self.once(("term", field, term), lambda: self.snapshot.field(field).find(term))
