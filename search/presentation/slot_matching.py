"""Match the leaves of a query, taken apart into slots, on the tokens of a text that pass their tests."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A token of the text, or a joined word, that passes tests of the query: ``tests`` has a bit for each.

    Attributes:
        position, last: the positions of its first and last part.
        start, end: its place in the text.
        tests: the tests.
        jumps: whether it only leads a phrase over the foot of a page, to the next part of a word.
    """

    position: int
    last: int
    start: int
    end: int
    tests: int
    jumps: bool = False


SlotEdge = tuple[int, int, int]
"""The slot before and the slot behind a token of a phrase, and the bit of the test that the token must pass."""


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """A leaf of the query as slots, each the bit of the test that its token must pass.

    The slots are one directly after the other, or with ``distance`` in any order with at most so many other words
    between. ``edges`` are other ways through the former: tokens that take the place of several slots.
    """

    slots: tuple[int, ...]
    distance: int | None = None
    edges: tuple[SlotEdge, ...] = ()

    def matches(
        self, occurrences: list[Occurrence], uncounted: Sequence[int] = ()
    ) -> Iterable[tuple[Occurrence, Occurrence]]:
        """Return the first and the last token of each match, in order.

        Args:
            occurrences: the tokens, by position.
            uncounted: positions, ascending, that do not count as words between others.
        """
        if self.distance is None:
            edges = [(place, place + 1, slot) for place, slot in enumerate(self.slots)]
            return _phrases([*edges, *self.edges], len(self.slots), occurrences)
        return _words_near(self.slots, self.distance, [token for token in occurrences if not token.jumps], uncounted)


def _phrases(
    edges: Sequence[SlotEdge], count: int, occurrences: list[Occurrence]
) -> list[tuple[Occurrence, Occurrence]]:
    """Return the first and last token of each run of tokens that pass the tests on a way through ``count`` slots."""
    by_position: dict[int, list[Occurrence]] = {}
    for occurrence in occurrences:
        by_position.setdefault(occurrence.position, []).append(occurrence)
    runs = []
    for first in occurrences:
        reached = [(0, first)]
        while reached:
            node, occurrence = reached.pop()
            for begin, end, test in edges:
                if begin == node and occurrence.tests & test:
                    if end == count:
                        if occurrence.jumps:
                            continue
                        runs.append((first, occurrence))
                    else:
                        reached += ((end, following) for following in by_position.get(occurrence.last + 1, ()))
    return _outermost(runs)


def _outermost(runs: Iterable[tuple[Occurrence, Occurrence]]) -> list[tuple[Occurrence, Occurrence]]:
    """Return runs by their first positions, without those inside another, as the index counts them."""
    kept: list[tuple[Occurrence, Occurrence]] = []
    for first, last in sorted(runs, key=lambda run: (run[0].position, -run[1].last)):
        if not kept or last.last > kept[-1][1].last:
            kept.append((first, last))
    return kept


def _words_near(
    slots: tuple[int, ...], distance: int, occurrences: list[Occurrence], uncounted: Sequence[int]
) -> list[tuple[Occurrence, Occurrence]]:
    """Return the tokens, each as first and last, of minimal windows with all slots and ``distance`` other words."""
    slot_counts = Counter(slots)
    by_slot = {slot: _outermost((token, token) for token in occurrences if token.tests & slot) for slot in slot_counts}
    tests: dict[Occurrence, int] = {}
    for slot, runs in by_slot.items():
        for token, _ in runs:
            tests[token] = tests.get(token, 0) | slot
    candidates = sorted(tests, key=lambda token: (token.position, token.last))
    inside: set[Occurrence] = set()
    for index, first in enumerate(candidates):
        missing, window = Counter(slot_counts), []
        for occurrence in candidates[index:]:
            further = bisect_right(uncounted, occurrence.position) - bisect_right(uncounted, first.position)
            if occurrence.position - first.position + 1 - len(slots) - further > distance:
                break
            window.append(occurrence)
            missing -= Counter(slot for slot in slot_counts if tests[occurrence] & slot)
            if not missing:
                inside.update(window)
                break
    return [run for run in _outermost((token, token) for token in candidates) if run[0] in inside]
