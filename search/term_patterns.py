"""What counts as the same: keyword values by their key, words by wildcard patterns and by near spellings."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text import analysis

MISSING = "none"
"""What a query writes for documents without a value."""

_WILD = re.compile(r"([*?])")
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_]+")
"""Runs of spaces, hyphens, dashes and underscores, which are alike in keyword values."""


def value_key(value: str) -> str:
    """What keyword values are compared by: folded, with hyphens, underscores and spaces alike.

    ``none`` and nothing at all have the same key, since a query cannot tell them apart.
    """
    key = " ".join(analysis.fold(piece) for piece in SEPARATORS.split(value) if piece)
    return "" if key == MISSING else key


def word_patterns(pattern: str) -> tuple[str, ...]:
    """The folded word patterns a typed pattern consists of, in order: ``Ill-Treat*`` gives ``ill`` and ``treat*``.

    The pieces between wildcards are analysed like any text; a wildcard belongs to the word it touches.
    """
    words: list[str] = []
    joined = False  # whether the next piece continues the word begun
    for piece in _WILD.split(pattern):
        if piece in {"*", "?"}:
            words[-1:] = [words[-1] + piece] if joined else [*words[-1:], piece]
            joined = True
            continue
        for token in analysis.tokens(piece):
            glued = joined and token.start == 0
            words[-1:] = [words[-1] + token.text] if glued else [*words[-1:], token.text]
            joined = False
        joined = _touches_next(piece, joined=joined)
    return tuple(words)


def _touches_next(piece: str, *, joined: bool) -> bool:
    if not piece:
        return joined
    ends = [token.end for token in analysis.tokens(piece)]
    return bool(ends) and ends[-1] == len(piece)


def is_wild(pattern: str) -> bool:
    """Whether a word pattern has a wildcard in it."""
    return "*" in pattern or "?" in pattern


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A regular expression that fully matches the folded words ``pattern`` stands for.

    Each piece between stars is taken at its first place for good (an atomic group), which finds the same words as
    trying all places and cannot take exponential time.
    """
    first, *rest = [re.escape(part).replace(r"\?", ".") for part in re.sub(r"\*+", "*", pattern).split("*")]
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(first + middle + (f".*{rest[-1]}" if rest else ""), re.DOTALL)


def literal_prefix(pattern: str) -> str:
    """What every word of ``pattern`` starts with."""
    return _WILD.split(pattern, maxsplit=1)[0]


def count_edits(word: str, other: str, limit: int) -> int:
    """Edits between two words; ``limit + 1`` when more than ``limit``.

    An edit inserts, drops or replaces a letter, or swaps two neighbours, no letter being edited twice (the optimal
    string alignment distance; Damerau 1964, restricted).
    """
    # An edit changes the set of letters by two at most, which parts most words without counting.
    if abs(len(word) - len(other)) > limit or len(set(word) ^ set(other)) > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, previous, row = row, before, [i]
        for j, candidate in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != candidate))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == candidate:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
