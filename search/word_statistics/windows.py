"""Cut the windows beside places of a query: so many words on each side, within document, page or sentence."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise

import numpy as np

from search.archive_state import ArchiveState
from search.concordance.concordance_values import ContextUnit, KwicOptions
from search.concordance.kwic import context_tokens
from search.concordance.token_index import NodePlaces, TokenIndex
from search.deadline import check_deadline
from search.match_positions import Longs
from search.word_statistics.word_counts import Windows

_LINES_AT_A_TIME = 500
"""Places whose sentences are read together."""


class WindowUnit(StrEnum):
    """The unit whose beginning and end cut a window off."""

    DOCUMENT = "document"
    PAGE = "page"
    SENTENCE = "sentence"


Progress = Callable[[int, int], object]
"""A function that is called with the number of places that were looked at, and of all."""


def no_progress(_done: int, _total: int) -> None:
    """Show no progress."""


def cut_windows(
    state: ArchiveState, places: NodePlaces, window: int, unit: WindowUnit, progress: Progress = no_progress
) -> Windows:
    """Return the windows beside places; none reaches beyond the main text of its document.

    Args:
        state: the archive.
        places: the places of a query.
        window: words on each side.
        unit: the unit that a window stays in.
        progress: told how many sentences have been read.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    index = state.token_index
    first, last = places.positions, places.positions + places.lengths - 1
    low, high = np.zeros(len(first), np.int64), index.main_tokens[places.documents] - 1
    if unit is WindowUnit.PAGE:
        _keep_in_pages(index, places, low, high)
    elif unit is WindowUnit.SENTENCE:
        _keep_in_sentences(state, places, low, high, progress)
    left, right = np.maximum(first - window, low), np.minimum(last + window, high)
    return Windows(places.documents, first, last, np.minimum(left, first), np.maximum(right, last))


def _keep_in_pages(index: TokenIndex, places: NodePlaces, low: Longs, high: Longs) -> None:
    """Raise the least and lower the greatest positions that windows reach to those of the pages of their places."""
    edges = np.flatnonzero(np.diff(places.documents, prepend=-1, append=-1)).tolist()
    for here in (slice(start, end) for start, end in pairwise(edges)):
        check_deadline()
        first = places.positions[here]
        starts = np.append(0, index.texts(int(places.documents[here][0]))[0])
        low[here] = starts[starts.searchsorted(first, "right") - 1]
        ends = starts[starts.searchsorted(first + places.lengths[here] - 1, "right")]
        high[here] = np.minimum(high[here], ends - 1)


def _keep_in_sentences(state: ArchiveState, places: NodePlaces, low: Longs, high: Longs, progress: Progress) -> None:
    """Do the same for the sentences of places, whose texts are read; a document that has changed keeps its windows."""
    options = KwicOptions(unit=ContextUnit.SENTENCE)
    for start in range(0, len(places), _LINES_AT_A_TIME):
        check_deadline()
        part = range(start, min(start + _LINES_AT_A_TIME, len(places)))
        for place, tokens in zip(part, context_tokens(state, places, part, options), strict=True):
            if tokens:
                low[place], high[place] = tokens[0], min(int(high[place]), tokens[1] - 1)
        progress(part.stop, len(places))
