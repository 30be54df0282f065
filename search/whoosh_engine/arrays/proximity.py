"""Phrases and proximity, computed on places (`search.whoosh_engine.arrays.field_terms.PLACE_BITS`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from indexer.index.codec.array_file import Longs
from search.whoosh_engine.arrays.columns import Mask

BINARY_SEARCH_RATIO = 16
"""Use binary search when one array is at least this many times longer than the other; otherwise merge."""


def phrase_places(slots: Sequence[Longs]) -> Longs:
    """Return the places at which all slots occur one directly after the other: the place of the first slot.

    The rarest slot gives the candidates; each other slot keeps those that it continues.
    """
    first, *others = sorted(range(len(slots)), key=lambda slot: len(slots[slot]))
    places = slots[first]
    for slot in others:
        places = common(places + (slot - first), slots[slot]) - (slot - first)
    return places - first


def near_windows(
    words: Sequence[str], places: dict[str, Longs], distance: int, uncounted: Longs
) -> tuple[Longs, Longs]:
    """Return the first and last places of the smallest windows that contain all ``words``, by their first places.

    A window has at most ``distance`` other words, those at places in ``uncounted`` not counted. A word that is
    asked for twice must occur in it twice. From each place of any of the words, the window is drawn that reaches every
    word soonest. Uncounted places are further parts of a word that begins before them. The first place of a window
    counts even if it is one, for the rest of its word is outside; so a word whose parts follow one another counts once
    at either end.
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
    further = np.searchsorted(uncounted, ends, "right") - np.searchsorted(uncounted, starts, "right")
    possible &= ends - starts + 1 - len(words) - further <= distance
    return starts[possible], ends[possible]


def contained_in(numbers: Longs, ascending: Longs) -> Mask:
    """Return which of ``numbers`` are in an ascending array, by binary search.

    `numpy.isin` imports modules at its first call, which a first search would wait for.
    """
    if not len(ascending):
        return np.zeros(len(numbers), dtype=bool)
    found: Mask = ascending[np.minimum(ascending.searchsorted(numbers), len(ascending) - 1)] == numbers
    return found


def united(lists: Sequence[Longs]) -> Longs:
    """Return the numbers that are in any of several ascending arrays, ascending.

    A stable sort merges them; `numpy.unique` hashes them first and takes several times as long.
    """
    filled = [numbers for numbers in lists if len(numbers)]
    if len(filled) < 2:
        return filled[0] if filled else np.zeros(0, np.int64)
    merged = np.sort(np.concatenate(filled), kind="stable")
    distinct: Longs = merged[np.concatenate([[True], merged[1:] != merged[:-1]])]
    return distinct


def common(fewer: Longs, more: Longs) -> Longs:
    """Return the intersection of two ascending arrays without duplicates, the shorter one first.

    A stable sort merges the two in one pass, which for arrays of like size takes a quarter of the time of searching.
    """
    if len(fewer) * BINARY_SEARCH_RATIO < len(more):
        return fewer[contained_in(fewer, more)]
    merged = np.sort(np.concatenate([fewer, more]), kind="stable")
    shared: Longs = merged[:-1][merged[1:] == merged[:-1]]
    return shared
