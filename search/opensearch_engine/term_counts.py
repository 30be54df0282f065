"""The terms of an index on a cluster that most documents contain.

A search for every term of a wide pattern takes half a minute. The statistics of a text that the index does not contain
are those of its terms in one part of the index, thousands at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.opensearch_engine.cluster_reader import ClusterReader

_TERMS_AT_ONCE = 20_000


class TermCounts:
    """Compares terms of one state of an index by the number of documents that contain them.

    Args:
        reader: the index.
    """

    def __init__(self, reader: ClusterReader) -> None:
        self._reader = reader

    def most_frequent(self, field: str, terms: Sequence[str], limit: int) -> list[str]:
        """Return those terms that are in most documents, of equal ones the first.

        As on one machine, a document that was replaced counts until the index is merged.

        Args:
            field: an index field of words.
            terms: different terms of it.
            limit: most terms to return, in their order.
        """
        if len(terms) <= limit:
            return list(terms)
        counts = np.zeros(len(terms), np.int64)
        for routing in self._routings:
            for start in range(0, len(terms), _TERMS_AT_ONCE):
                some = terms[start : start + _TERMS_AT_ONCE]
                counts[start : start + len(some)] += self._reader.term_statistics(field, some, routing)
        chosen = np.sort(np.argsort(-counts, kind="stable")[:limit])
        return [terms[place] for place in chosen.tolist()]

    @cached_property
    def _routings(self) -> Sequence[str]:
        return self._reader.routings()
