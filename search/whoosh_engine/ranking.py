"""The few documents a page shows, out of all that match."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.request import Sort
from search.whoosh_engine.matched import Matched
from search.whoosh_engine.postings import Bytes, Longs
from search.whoosh_engine.snapshot import Snapshot

Keys = npt.NDArray[np.float64] | npt.NDArray[np.int64]

_LAST = -(1 << 40)  # below any day and any rank
_FEW = 1_000  # so many ids are put in order sooner than all the ids of the index


def sort_keys(matched: Matched, sort: Sort, snapshot: Snapshot) -> Keys:
    """What each of the documents found sorts by, largest first; undated and untitled documents come last."""
    found = matched.ids
    if sort is Sort.RELEVANCE:
        return -_ranks(snapshot, "id")[found] if matched.scores is None else matched.scores
    if sort is Sort.TITLE:
        untitled = snapshot.strings("title_key")[found] == b""
        return np.where(untitled, _LAST, -_ranks(snapshot, "title_key")[found])
    days = snapshot.dates().order()[found]
    return np.where(days == 0, _LAST, days if sort is Sort.NEWEST else -days)


def first_ranked(found: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Where in ``found`` the first ``count`` by key, then id, stand, in that order."""
    chosen = best(found, keys, snapshot, count)
    keys = keys[chosen]
    order = np.argsort(-keys)
    if (np.diff(keys[order]) == 0).any():
        order = np.lexsort((_id_order(found[chosen], snapshot), -keys))
    return chosen[order]


def best(found: Longs, keys: Keys, snapshot: Snapshot, count: int) -> Longs:
    """Where in ``found`` the first ``count`` by key, then id, stand, in ascending order."""
    if count >= len(found) or count <= 0:
        return np.arange(min(len(found), max(count, 0)))
    edge = np.partition(keys, len(keys) - count)[len(keys) - count]
    chosen = np.flatnonzero(keys >= edge)
    if len(chosen) > count:
        level = chosen[keys[chosen] == edge]
        last = np.argpartition(-_id_order(found[level], snapshot), len(chosen) - count)[: len(chosen) - count]
        chosen = np.setdiff1d(chosen, level[last], assume_unique=True)
    return chosen


def _id_order(found: Longs, snapshot: Snapshot) -> Longs:
    if len(found) > _FEW:
        return _ranks(snapshot, "id")[found]
    return _places(snapshot.strings("id")[found])


def _ranks(snapshot: Snapshot, field: str) -> Longs:
    """Place of each document's string in the order of all of them; equal strings have equal ranks."""
    return snapshot.kept(("ranks", field), lambda: _places(snapshot.strings(field)))


def _places(strings: Bytes) -> Longs:
    """Place of each string in the order of the different ones."""
    order = np.argsort(strings, kind="stable")
    ordered = strings[order]
    places = np.zeros(len(strings), dtype=np.int64)
    places[order[1:]] = np.cumsum(ordered[1:] != ordered[:-1])
    return places
