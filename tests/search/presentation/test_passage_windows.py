"""The choice of windows, compared with trying every window one by one."""

from __future__ import annotations

from functools import partial
from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.match_positions import LeafMatches, MatchPositions
from search.presentation.passage_windows import (
    MAX_COUNTED_MATCHES,
    MAX_WINDOW_TOKENS,
    MIN_WINDOW_TOKENS,
    Window,
    choose_windows,
    window_tokens,
)

Match = tuple[int, int, int]
"""First token, last token, leaf."""

LEAVES = st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(0, 117), max_size=12)), min_size=1, max_size=4)
TEXTS = st.lists(st.integers(0, 30), min_size=4, max_size=8).map(lambda sizes: [*sizes, 120 - min(sum(sizes), 120)])


def text_of(token: int, ends: list[int]) -> int:
    return sum(end <= token for end in ends)


def choose_slowly(matches: list[Match], ends: list[int], main: int, width: int, limit: int) -> list[Window]:
    windows = []
    for first, last, _ in matches:
        reach = max(min(first + width, ends[text_of(last, ends)]), last + 1)
        inside = [match for match in matches if match[0] >= first and match[1] < reach]
        end = max(match[1] for match in inside)
        windows.append((Window(first, end, text_of(first, ends), text_of(end, ends)), inside))
    chosen: list[Window] = []
    shown: set[int] = set()
    while windows and len(chosen) < limit:
        best, inside = max(windows, key=partial(merit, main, frozenset(shown)))
        chosen.append(best)
        shown |= {leaf for _, _, leaf in inside}
        windows = [candidate for candidate in windows if is_apart(candidate[0], best, width)]
    return chosen


def merit(main: int, shown: frozenset[int], candidate: tuple[Window, list[Match]]) -> tuple[int, bool, int, int, int]:
    window, inside = candidate
    parts = {leaf for _, _, leaf in inside}
    counted = min(len(inside), MAX_COUNTED_MATCHES)
    return len(parts - shown), window.first_text < main, len(parts), counted, -window.first


def is_apart(window: Window, other: Window, width: int) -> bool:
    if window.first_text > other.last_text or other.first_text > window.last_text:
        return True
    return max(window.first - other.last, other.first - window.last) >= width


@given(LEAVES, TEXTS, st.integers(0, 5), st.integers(4, 40), st.integers(0, 5))
def test_the_windows_are_those_of_trying_each(
    leaves: list[tuple[int, set[int]]], sizes: list[int], main: int, width: int, limit: int
) -> None:
    ends = list(accumulate(sizes))
    matches = sorted(
        (first, first + length - 1, leaf)
        for leaf, (length, firsts) in enumerate(leaves)
        for first in firsts
        if first + length <= ends[-1]
    )
    of_leaves = [[match for match in matches if match[2] == leaf] for leaf in range(len(leaves))]
    positions = MatchPositions(
        np.array(ends),
        [
            LeafMatches(np.array([first for first, _, _ in leaf]), np.array([last for _, last, _ in leaf]))
            for leaf in of_leaves
            if leaf
        ],
    )
    printable = [
        match
        for match in matches
        if text_of(match[0], ends) == text_of(match[1], ends) or text_of(match[1], ends) < main
    ]
    assert choose_windows(positions, main, width, limit) == choose_slowly(printable, ends, main, width, limit)


def test_a_window_is_as_many_tokens_as_fill_a_passage() -> None:
    assert window_tokens(6_000, 1_000) == 40
    assert window_tokens(1_000, 1_000) == MAX_WINDOW_TOKENS
    assert window_tokens(1_000_000, 1_000) == MIN_WINDOW_TOKENS
    assert window_tokens(0, 0) == MAX_WINDOW_TOKENS
