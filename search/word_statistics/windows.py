"""Cut the windows beside places of a query: so many words on each side, within document, page or sentence."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise

import numpy as np

from search.archive_state import ArchiveState
from search.concordance.token_index import NodePlaces, TokenIndex
from search.deadline import check_deadline
from search.match_positions import Longs
from search.word_statistics.word_counts import Windows


class WindowUnit(StrEnum):
    """The unit whose beginning and end cut a window off."""

    DOCUMENT = "document"
    PAGE = "page"
    SENTENCE = "sentence"


UnitEnds = Callable[[int, Longs], Longs]
"""A function of a document and of positions in it. It returns the ends of units around these and before them: of each
the position of the first token behind it, ascending."""


def cut_windows(index: TokenIndex, places: NodePlaces, window: int, units: UnitEnds | None) -> Windows:
    """Return the windows beside places; none reaches beyond the main text of its document.

    Args:
        index: the index.
        places: the places of a query.
        window: words on each side.
        units: returns the ends of the units that a window stays in; None for the document.
    """
    first, last = places.positions, places.positions + places.lengths - 1
    low, high = np.zeros(len(first), np.int64), index.main_tokens[places.documents] - 1
    if units:
        edges = np.flatnonzero(np.diff(places.documents, prepend=-1, append=-1)).tolist()
        for here in (slice(start, end) for start, end in pairwise(edges)):
            check_deadline()
            ends = units(int(places.documents[here][0]), first[here])
            low[here] = np.append(0, ends)[ends.searchsorted(first[here], "right")]
            last_token = high[here][0]
            following = np.append(ends, last_token + 1)[ends.searchsorted(last[here], "right")]
            high[here] = np.minimum(following - 1, last_token)
    left, right = np.maximum(first - window, low), np.minimum(last + window, high)
    return Windows(places.documents, first, last, np.minimum(left, first), np.maximum(right, last))


def ends_of(state: ArchiveState, within: WindowUnit) -> UnitEnds | None:
    """Return the function that returns the ends of units; None for the document."""
    if within is WindowUnit.PAGE:
        return lambda document, _positions: state.token_index.texts(document)[0]
    return None
