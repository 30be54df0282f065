"""Phrases and nearness, worked out on places (see `search.whoosh_engine.arrays.snapshot.PLACE_BITS`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from indexer.index.codec.array_file import Longs
from search.whoosh_engine.arrays.columns import Mask

FEW = 16
"""Numbers are looked up by halving where they are fewer than one in so many of those they are looked up in."""

_FIRST: Longs = np.zeros(1, dtype=np.int64)


def phrase_places(slots: Sequence[Longs]) -> Longs:
    """Where all slots stand one after the other: the places of the first.

    The rarest slot names the possible places; of them those stay at which each other slot has a word where it should.
    """
    first, *others = sorted(range(len(slots)), key=lambda slot: len(slots[slot]))
    places = slots[first]
    for slot in others:
        places = common(places + (slot - first), slots[slot]) - (slot - first)
    return places - first


def near_places(words: Sequence[str], places: dict[str, Longs], distance: int) -> Longs:
    """Return the places where the smallest windows end that contain all ``words``; windows with one end are one."""
    reached, _ = count_runs(near_windows(words, places, distance)[1])
    return reached


def near_windows(words: Sequence[str], places: dict[str, Longs], distance: int) -> tuple[Longs, Longs]:
    """Return the first and last places of the smallest windows that contain all ``words``, by their first places.

    A window has at most ``distance`` other words. A word that is asked for twice must occur in it twice. From each
    place of any of the words, the window is drawn that reaches every word soonest.
    """
    wanted = Counter(words)
    starts = np.sort(np.concatenate([places[word] for word in wanted]), kind="stable")
    ends = np.zeros_like(starts)
    possible = np.ones(len(starts), dtype=bool)
    for word, times in wanted.items():
        if not len(places[word]):
            return starts[:0], starts[:0]
        at = np.searchsorted(places[word], starts) + times - 1
        possible &= at < len(places[word])
        ends = np.maximum(ends, places[word][np.minimum(at, len(places[word]) - 1)])
    # Places of different documents are further apart than any distance, so no window crosses a document's end.
    possible &= ends - starts + 1 - len(words) <= distance
    return starts[possible], ends[possible]


def count_runs(ordered: Longs) -> tuple[Longs, Longs]:
    """The different numbers of an ordered array, and how often each stands there."""
    if not len(ordered):
        return ordered, ordered
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    edges = np.concatenate([_FIRST, changes, [len(ordered)]])
    return ordered.take(edges[:-1]), edges[1:] - edges[:-1]


def standing_in(numbers: Longs, many: Longs) -> Mask:
    """Which of ``numbers`` stand in an ascending array. NumPy's own loads what a first search would wait for."""
    if not len(many):
        return np.zeros(len(numbers), dtype=bool)
    found: Mask = many[np.minimum(np.searchsorted(many, numbers), len(many) - 1)] == numbers
    return found


def common(few: Longs, many: Longs) -> Longs:
    """What stands in both of two ascending arrays, in each at most once.

    A stable sort merges the two in one pass, which for arrays of like size takes a quarter of the time of halving.
    """
    if len(few) * FEW < len(many):
        return few[standing_in(few, many)]
    merged = np.sort(np.concatenate([few, many]), kind="stable")
    shared: Longs = merged[:-1][merged[1:] == merged[:-1]]
    return shared
