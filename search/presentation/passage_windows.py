"""Choose the windows of a document that best show why it matches, by the positions of its matches alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.match_positions import LeafMatches, Longs, MatchPositions

PASSAGE_CHARACTERS = 240
"""Characters of a passage: three lines of a terminal. A longer passage is one match that is longer by itself."""
MAX_COUNTED_MATCHES = 5
"""Match count at which a window's merit saturates, so that other parts of the query count more."""
MIN_WINDOW_TOKENS, MAX_WINDOW_TOKENS = 10, PASSAGE_CHARACTERS
"""Bounds on the tokens of a window, for texts that are mostly signs, or of which each character is a token."""

_MAX_LEAVES = 1 << 10
"""More than a query can have leaves; merits are numbers in which the count of leaves is one digit."""
_NEW_PART = 2 * _MAX_LEAVES
"""What a part that no better window has adds to a merit, in parts."""
_TAKEN = -1 << 62
"""The merit of a window near one that was taken: less than 0, also after more parts were taken."""


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring matches of a document that about fit into a passage.

    Attributes:
        first, last: the first token of the first match, and the last of the last.
        first_text, last_text: the texts that these tokens are in.
    """

    first: int
    last: int
    first_text: int
    last_text: int


def window_tokens(characters: int, tokens: int) -> int:
    """Return the tokens of a window in a text of so many characters and tokens: as many as fill a passage."""
    if not characters:
        return MAX_WINDOW_TOKENS
    return min(max(PASSAGE_CHARACTERS * tokens // characters, MIN_WINDOW_TOKENS), MAX_WINDOW_TOKENS)


def choose_windows(positions: MatchPositions, main_texts: int, width: int, limit: int) -> list[Window]:
    """Return the best windows of a document, best first.

    A window with parts of the query that no better window has comes first; then main text comes before headers, footers
    and boilerplate, more parts before fewer, more matches before fewer, and earlier before later. A window ends with
    its text, except where a match runs over the end of a main text.

    Args:
        positions: the matches.
        main_texts: number of texts of the main part, which are the first.
        width: tokens of a window; one match may be longer.
        limit: most windows to return.
    """
    printable = (_printable(leaf, positions.ends, main_texts) for leaf in positions.leaves)
    leaves = [leaf for leaf in printable if len(leaf.first)]
    if not leaves or limit <= 0:
        return []
    candidates = _Candidates(leaves, positions.ends, main_texts, width)
    windows: list[Window] = []
    while len(windows) < limit and (best := candidates.take_best()):
        windows.append(best)
    return windows


def _printable(leaf: LeafMatches, ends: Longs, main_texts: int) -> LeafMatches:
    """Leave out matches that run from one text into another, except within the main part."""
    if not (leaf.first < leaf.last).any():
        return leaf
    first_text, last_text = (ends.searchsorted(tokens, "right") for tokens in (leaf.first, leaf.last))
    kept = (first_text == last_text) | (last_text < main_texts)
    return LeafMatches(leaf.first[kept], leaf.last[kept])


class _Candidates:
    """A window for each match, from it on, of which the best are taken one after the other."""

    def __init__(self, leaves: Sequence[LeafMatches], ends: Longs, main_texts: int, width: int) -> None:
        first = np.concatenate([leaf.first for leaf in leaves])
        last = np.concatenate([leaf.last for leaf in leaves])
        if len(leaves) > 1:
            order = np.argsort(first, kind="stable")
            first, last = first[order], last[order]
        self._first, self._width, self._ends = first, width, ends
        own_text = ends.searchsorted(last, "right")
        reach = np.maximum(np.minimum(first + width, ends[own_text]), last + 1)
        self._last: Longs = last
        self._new_parts: list[npt.NDArray[np.bool_]] = []  # the windows with a part that no window taken has
        parts = matches = np.zeros(len(first), np.int64)
        for leaf in leaves:
            behind = leaf.last.searchsorted(reach)
            counts = np.maximum(behind - leaf.first.searchsorted(first), 0)
            has_part = counts > 0
            self._last = np.maximum(self._last, np.where(has_part, leaf.last[behind - 1], 0))
            self._new_parts.append(has_part)
            parts, matches = parts + has_part, matches + counts
        is_main = first < (ends[main_texts - 1] if main_texts else 0)
        kinds = is_main * _MAX_LEAVES + parts * (1 + _NEW_PART)
        self._merit: Longs = kinds * (MAX_COUNTED_MATCHES + 1) + np.minimum(matches, MAX_COUNTED_MATCHES)

    def take_best(self) -> Window | None:
        """Return the best window that is far enough from those taken before; None where none is left."""
        best = int(self._merit.argmax())
        if self._merit[best] < 0:
            return None
        first, last = int(self._first[best]), int(self._last[best])
        first_text, last_text = self._ends.searchsorted((first, last), "right").tolist()
        for has_part in [part for part in self._new_parts if part[best]]:
            self._merit -= has_part * (_NEW_PART * (MAX_COUNTED_MATCHES + 1))
        self._new_parts = [part for part in self._new_parts if not part[best]]
        # Each passage reaches beyond its matches, so that two of them could show the same words.
        low = max(first - self._width + 1, int(self._ends[first_text - 1]) if first_text else 0)
        high = min(last + self._width, int(self._ends[last_text]))
        self._merit[(self._first < high) & (self._last >= low)] = _TAKEN
        return Window(first, last, first_text, last_text)
