"""Numbers of pages to link to."""

from __future__ import annotations

from collections.abc import Iterator

NEIGHBOURS = 2
"""Pages before and after the shown one that are linked to."""


def linked_pages(here: int, last: int) -> Iterator[int]:
    """Yield the numbers of the first page, the last and those around ``here``, with 0 for a gap; none for one page."""
    if last <= 1:
        return
    before = 0
    for number in sorted({1, last, *range(max(here - NEIGHBOURS, 1), min(here + NEIGHBOURS, last) + 1)}):
        if number > before + 1:
            yield 0
        yield number
        before = number
