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
        self._first, self._width = first, width
        self._first_text = ends.searchsorted(first, "right")
        own_text = ends.searchsorted(last, "right") if (first < last).any() else self._first_text
        reach = np.maximum(np.minimum(first + width, ends[own_text]), last + 1)
        # For each leaf (row) and window: the first of its matches in the window, and the first behind it.
        begins = np.stack([leaf.first.searchsorted(first) for leaf in leaves])
        counts = np.stack([leaf.last.searchsorted(reach) for leaf in leaves]) - begins
        self._parts = counts > 0
        behind = np.maximum(begins + counts, 1)
        lasts = [leaf.last.take(row - 1) for leaf, row in zip(leaves, behind, strict=True)]
        self._last: Longs = np.where(self._parts, np.stack(lasts), -1).max(axis=0)
        self._last_text = ends.searchsorted(self._last, "right")
        is_main = self._first_text < main_texts
        matches = np.minimum(np.maximum(counts, 0).sum(axis=0), MAX_COUNTED_MATCHES)
        merit = (is_main * _MAX_LEAVES + self._parts.sum(axis=0)) * (MAX_COUNTED_MATCHES + 1) + matches
        self._merit: Longs = merit.astype(np.int64)
        self._new_part_merit = 2 * _MAX_LEAVES * (MAX_COUNTED_MATCHES + 1)
        self._new = np.ones(len(leaves), bool)
        self._free: npt.NDArray[np.bool_] = np.ones(len(first), bool)

    def take_best(self) -> Window | None:
        """Return the best window that is far enough from those taken before; None where none is left."""
        new_parts = self._new @ self._parts.astype(np.int64)
        merit = np.where(self._free, self._merit + self._new_part_merit * new_parts, -1)
        best = int(merit.argmax())
        if not self._free[best]:
            return None
        window = Window(
            int(self._first[best]), int(self._last[best]), int(self._first_text[best]), int(self._last_text[best])
        )
        self._new &= ~self._parts[:, best]
        # Each passage reaches beyond its matches, so that two of them could show the same words.
        near = (self._first - window.last < self._width) & (window.first - self._last < self._width)
        near &= (self._first_text <= window.last_text) & (self._last_text >= window.first_text)
        self._free &= ~near
        return window
