"""Select the documents of one page out of all that match."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs
from search.request import Sort
from search.whoosh_engine.arrays.snapshot import Snapshot, Strings
from search.whoosh_engine.matching.match_set import MatchSet

Keys = npt.NDArray[np.float64] | npt.NDArray[np.int64]

_LAST = -(1 << 40)
"""Sort key below any day and any rank."""
_GROUPS_PER_HIT = 4
"""Groups per wanted document of which the maxima give a bound; more groups let fewer other documents reach it."""
_SMALL = 1_000
"""Ids or keys up to which the simplest way takes least time."""


def sort_keys(matches: MatchSet, sort: Sort, snapshot: Snapshot) -> Keys:
    """Return the sort key of each matching document, largest first; undated and untitled documents come last."""
    ids = matches.ids
    if sort is Sort.RELEVANCE:
        return -_leading_bytes(snapshot.strings("id")[ids]) if matches.scores is None else matches.scores
    if sort is Sort.TITLE:
        untitled = snapshot.strings("title_key")[ids] == b""
        return np.where(untitled, _LAST, -snapshot.ranks("title_key")[ids])
    days = snapshot.dates().order()[ids]
    return np.where(days == 0, _LAST, days if sort is Sort.NEWEST else -days)


def first_ranked(ids: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Return the places in ``ids`` of the first ``count`` documents by key, then id, in that order."""
    if len(ids) > max(count, _SMALL):
        chosen = best(ids, keys, snapshot, count)
        return chosen[first_ranked(ids[chosen], keys[chosen], snapshot, count)]
    order = np.argsort(-keys)
    reached = keys[order[: count + 1]]
    if (reached[1:] == reached[:-1]).any():
        by_id = _by_id(ids, snapshot)
        order = by_id[np.argsort(-keys[by_id], kind="stable")]
    return order[:count]


def best(ids: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Return the places in ``ids`` of the first ``count`` documents by key, then id, in ascending order."""
    if count >= len(ids) or count <= 0:
        return np.arange(min(len(ids), max(count, 0)))
    chosen = _largest(keys, count)
    if (surplus := len(chosen) - count) > 0:
        reached = keys[chosen]
        level = np.flatnonzero(reached == reached.min())
        kept = np.ones(len(chosen), dtype=bool)
        kept[level[_by_id(ids[chosen[level]], snapshot)[-surplus:]]] = False
        chosen = chosen[kept]
    return chosen


def _largest(keys: Keys, count: int) -> Longs:
    """Return the places of the ``count`` largest keys and of all equal to the least of them, in ascending order.

    The keys are divided into several times ``count`` groups. The count-th largest of the groups' maxima is a bound that
    at least ``count`` keys reach and few others, and partitioning those few takes a fraction of the time.
    """
    groups = count * _GROUPS_PER_HIT
    if len(keys) < max(2 * groups, _SMALL):
        return np.flatnonzero(keys >= _nth_largest(keys, count))
    greatest = keys[: len(keys) - len(keys) % groups].reshape(-1, groups).max(axis=0)
    among: Longs = np.flatnonzero(keys >= _nth_largest(greatest, count))
    largest: Longs = among[keys[among] >= _nth_largest(keys[among], count)]
    return largest


def _nth_largest(keys: Keys, count: int) -> Any:
    return np.partition(keys, len(keys) - count)[len(keys) - count]


def _leading_bytes(strings: Strings) -> Longs:
    """Return the first 63 bits of strings as numbers, which are in the order of the strings except for equal ones.

    Documents with equal keys are ordered by their ids, so that only the few of one page need to be sorted as strings.
    """
    leading: Longs = (strings.astype("S8").view(">u8") >> 1).astype(np.int64)
    return leading


def _by_id(ids: Longs, snapshot: Snapshot) -> Longs:
    """Return the order of documents by id."""
    order: Longs = np.argsort(snapshot.ranks("id")[ids] if len(ids) > _SMALL else snapshot.strings("id")[ids])
    return order
