"""The few documents a page shows, out of all that match."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs
from search.request import Sort
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import MatchSet

Keys = npt.NDArray[np.float64] | npt.NDArray[np.int64]

_LAST = -(1 << 40)  # below any day and any rank
_HEAPS = 4  # for each document wanted; the more there are, the fewer others reach the bound they give
_FEW = 1_000  # of so many ids or keys, what is simplest is soonest


def sort_keys(matched: MatchSet, sort: Sort, snapshot: Snapshot) -> Keys:
    """What each of the documents found sorts by, largest first; undated and untitled documents come last."""
    found = matched.ids
    if sort is Sort.RELEVANCE:
        return -snapshot.ranks("id")[found] if matched.scores is None else matched.scores
    if sort is Sort.TITLE:
        untitled = snapshot.strings("title_key")[found] == b""
        return np.where(untitled, _LAST, -snapshot.ranks("title_key")[found])
    days = snapshot.dates().order()[found]
    return np.where(days == 0, _LAST, days if sort is Sort.NEWEST else -days)


def first_ranked(found: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Where in ``found`` the first ``count`` by key, then id, stand, in that order."""
    if len(found) > max(count, _FEW):
        chosen = best(found, keys, snapshot, count)
        return chosen[first_ranked(found[chosen], keys[chosen], snapshot, count)]
    order = np.argsort(-keys)
    reached = keys[order[: count + 1]]
    if (reached[1:] == reached[:-1]).any():
        by_id = _by_id(found, snapshot)
        order = by_id[np.argsort(-keys[by_id], kind="stable")]
    return order[:count]


def best(found: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Where in ``found`` the first ``count`` by key, then id, stand, in ascending order."""
    if count >= len(found) or count <= 0:
        return np.arange(min(len(found), max(count, 0)))
    chosen = _largest(keys, count)
    if (surplus := len(chosen) - count) > 0:
        reached = keys[chosen]
        level = np.flatnonzero(reached == reached.min())
        kept = np.ones(len(chosen), dtype=bool)
        kept[level[_by_id(found[chosen[level]], snapshot)[-surplus:]]] = False
        chosen = chosen[kept]
    return chosen


def _largest(keys: Keys, count: int) -> Longs:
    """Where the ``count`` largest of ``keys`` stand, and all as large as the least of them, in ascending order.

    Dealt out to several times as many heaps, the count-th of what is greatest in each is a bound that as many keys
    reach and few others. To part those few takes a fraction of the time of parting all.
    """
    heaps = count * _HEAPS
    if len(keys) < max(2 * heaps, _FEW):
        return np.flatnonzero(keys >= _nth_largest(keys, count))
    greatest = keys[: len(keys) - len(keys) % heaps].reshape(-1, heaps).max(axis=0)
    among: Longs = np.flatnonzero(keys >= _nth_largest(greatest, count))
    largest: Longs = among[keys[among] >= _nth_largest(keys[among], count)]
    return largest


def _nth_largest(keys: Keys, count: int) -> Any:
    return np.partition(keys, len(keys) - count)[len(keys) - count]


def _by_id(found: Longs, snapshot: Snapshot) -> Longs:
    """The order of the documents ``found`` by id."""
    order: Longs = np.argsort(snapshot.ranks("id")[found] if len(found) > _FEW else snapshot.strings("id")[found])
    return order
