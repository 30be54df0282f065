"""Phrases and nearness, worked out on places (see `search.whoosh_engine.snapshot.PLACE_BITS`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.whoosh_engine.postings import Longs


def phrase_places(slots: Sequence[Longs]) -> Longs:
    """Where all slots stand one after the other: the places of the first.

    The rarest slot names the possible places; each other slot is asked whether it has a word where it should.
    """
    order = sorted(range(len(slots)), key=lambda slot: len(slots[slot]))
    starts = slots[order[0]] - order[0]
    for slot in order[1:]:
        starts = starts[_holds(slots[slot], starts + slot)]
    return starts


def near_places(words: Sequence[str], places: dict[str, Longs], distance: int) -> Longs:
    """Where the smallest windows end that hold all ``words``, with at most ``distance`` other words inside.

    A word that is asked for twice must stand there twice. From each place of any of the words the window is drawn
    that reaches every word soonest; windows with the same end are one.
    """
    wanted = Counter(words)
    starts = np.sort(np.concatenate([places[word] for word in wanted]), kind="stable")
    ends = np.zeros_like(starts)
    possible = np.ones(len(starts), dtype=bool)
    for word, times in wanted.items():
        at = np.searchsorted(places[word], starts) + times - 1
        possible &= at < len(places[word])
        if not len(places[word]):
            return starts[:0]
        ends = np.maximum(ends, places[word][np.minimum(at, len(places[word]) - 1)])
    # Places of different documents are further apart than any distance, so no window crosses a document's end.
    reached, _ = count_runs(ends[possible & (ends - starts + 1 - len(words) <= distance)])
    return reached


def count_runs(ordered: Longs) -> tuple[Longs, Longs]:
    """The different numbers of an ordered array, and how often each stands there."""
    edges = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[edges], np.diff(edges, append=len(ordered))


def _holds(places: Longs, wanted: Longs) -> npt.NDArray[np.bool_]:
    at = np.searchsorted(places, wanted)
    if not len(places):
        return np.zeros(len(wanted), dtype=bool)
    found: npt.NDArray[np.bool_] = places[np.minimum(at, len(places) - 1)] == wanted
    return found
