"""Count runs of equal numbers in ordered arrays."""

from __future__ import annotations

import numpy as np

from search.match_positions import Longs

_FIRST: Longs = np.zeros(1, np.int64)


def count_runs(ordered: Longs) -> tuple[Longs, Longs]:
    """Return the distinct numbers of an ordered array, and how often each occurs in it."""
    if not len(ordered):
        return ordered, ordered
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    edges = np.concatenate([_FIRST, changes, [len(ordered)]])
    return ordered.take(edges[:-1]), edges[1:] - edges[:-1]
