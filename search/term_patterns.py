"""Compare words by wildcard pattern and by edit distance."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text import analysis

_WILDCARD = re.compile(r"([*?])")


def word_patterns(pattern: str) -> tuple[str, ...]:
    """Split a typed pattern into folded word patterns: ``Ill-Treat*`` into ``ill`` and ``treat*``.

    The text between wildcards is analysed like any other; a wildcard belongs to the word next to it.
    """
    words: list[str] = []
    joined = False  # whether the next piece continues the last word
    for piece in _WILDCARD.split(pattern):
        if piece in {"*", "?"}:
            words[-1:] = [words[-1] + piece] if joined else [*words[-1:], piece]
            joined = True
            continue
        for token in analysis.tokens(piece):
            continues = joined and token.start == 0
            words[-1:] = [words[-1] + token.text] if continues else [*words[-1:], token.text]
            joined = False
        joined = _touches_next(piece, joined=joined)
    return tuple(words)


def _touches_next(piece: str, *, joined: bool) -> bool:
    if not piece:
        return joined
    ends = [token.end for token in analysis.tokens(piece)]
    return bool(ends) and ends[-1] == len(piece)


def is_wild(pattern: str) -> bool:
    """Return whether a word pattern contains a wildcard."""
    return "*" in pattern or "?" in pattern


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a regular expression that fully matches the folded words of ``pattern``.

    Each piece between stars is matched at its first place only (an atomic group). That matches the same words as
    backtracking would and cannot take exponential time.
    """
    first, *rest = [re.escape(part).replace(r"\?", ".") for part in re.sub(r"\*+", "*", pattern).split("*")]
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(first + middle + (f".*{rest[-1]}" if rest else ""), re.DOTALL)


def literal_prefix(pattern: str) -> str:
    """Return the letters that every word of ``pattern`` begins with."""
    return _WILDCARD.split(pattern, maxsplit=1)[0]


def count_edits(word: str, other: str, limit: int) -> int:
    """Return the edit distance of two words, or ``limit + 1`` when it is more than ``limit``.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours, and no letter is edited twice (the optimal
    string alignment distance; Damerau 1964, restricted).
    """
    # An edit changes the set of letters by two at most, which rules out most words without counting.
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
