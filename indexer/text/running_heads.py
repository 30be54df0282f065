"""Headers and footers of pages: lines that recur at the top or the bottom of a document's pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.document import DocumentText, Page, Role

_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")

EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that can be a header or footer."""
MAX_HEAD_CHARACTERS = 160
"""Longest line that can be a header or footer."""
MIN_PAGES = 3
"""Pages that a document needs for a recurring line to be a header or footer."""


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line at the top or bottom of a page, and the key that its recurrences are counted by."""

    page: int  # index of the page
    line: int  # index of the line in the page
    text: str
    key: str


def strip_running_heads(pages: Sequence[Page]) -> DocumentText:
    """Separate headers and footers from the pages, each once, with the page where it first occurs.

    A line among the first or last two of a page is one if it recurs, except its digits, on half of the pages
    after the first and on at least two. The first page keeps all its lines: on an official document they are its
    symbol, its date and its title. A line without letters counts only if one of its numbers is the page's, so that
    the last row of a table is kept.

    Args:
        pages: the main pages in order.

    Returns:
        The pages without headers and footers, and those in page order.
    """
    if len(pages) < MIN_PAGES:
        return DocumentText(tuple(pages))
    lines = [page.text.split("\n") for page in pages]
    recurring = _recurring(lines)
    if not recurring:
        return DocumentText(tuple(pages))
    removed: dict[int, set[int]] = defaultdict(set)
    for edge in recurring:
        removed[edge.page].add(edge.line)
    stripped = (
        replace(page, text=_without_lines(lines[index], removed[index])) if index in removed else page
        for index, page in enumerate(pages)
    )
    return DocumentText(tuple(stripped), tuple(_headers_footers(pages, recurring)))


def _recurring(lines: Sequence[Sequence[str]]) -> list[_EdgeLine]:
    groups = _by_key(_edge_lines(lines))
    min_pages = max(2, (len(lines) - 1) // 2)
    recurring = [
        edge
        for key, group in groups.items()
        if len({edge.page for edge in group}) >= min_pages and (any(map(str.isalpha, key)) or _numbers_pages(group))
        for edge in group
    ]
    return sorted(recurring, key=lambda edge: (edge.page, edge.line))


def _by_key(edges: Iterable[_EdgeLine]) -> dict[str, list[_EdgeLine]]:
    groups: dict[str, list[_EdgeLine]] = defaultdict(list)
    for edge in edges:
        groups[edge.key].append(edge)
    return groups


def _edge_lines(lines: Sequence[Sequence[str]]) -> Iterator[_EdgeLine]:
    for page, page_lines in enumerate(lines):
        if page == 0:
            continue
        top = list(islice(_nonblank(page_lines, range(len(page_lines))), EDGE_LINES))
        bottom = list(islice(_nonblank(page_lines, reversed(range(len(page_lines)))), EDGE_LINES))
        for index in dict.fromkeys((*top, *reversed(bottom))):
            text = page_lines[index].strip()
            if len(text) <= MAX_HEAD_CHARACTERS:
                yield _EdgeLine(page, index, text, _key(text))


def _nonblank(lines: Sequence[str], indexes: Iterable[int]) -> Iterator[int]:
    return (index for index in indexes if lines[index].strip())


def _key(text: str) -> str:
    """Return a line in lower case with its numbers masked, equal for recurrences of one header or footer."""
    return _DIGITS.sub("#", _SPACES.sub(" ", text)).casefold()


def _numbers_pages(group: Iterable[_EdgeLine]) -> bool:
    """Return whether one of the numbers in these lines is the page's number plus a constant."""
    entries = [(edge.page, [int(run[:9]) for run in _DIGITS.findall(edge.text)]) for edge in group]
    offsets = Counter((rank, number - page) for page, numbers in entries for rank, number in enumerate(numbers))
    return bool(offsets) and max(offsets.values()) * 3 >= len(entries) * 2


def _without_lines(lines: Sequence[str], removed: set[int]) -> str:
    return "\n".join(line for index, line in enumerate(lines) if index not in removed).strip("\n")


def _headers_footers(pages: Sequence[Page], recurring: Sequence[_EdgeLine]) -> Iterator[Page]:
    # Heads that differ only in the page's number are one text; those that differ in another number are not.
    numbered = {key for key, group in _by_key(recurring).items() if _numbers_pages(group)}
    first: dict[str, _EdgeLine] = {}
    for edge in recurring:
        first.setdefault(edge.key if edge.key in numbered else _SPACES.sub(" ", edge.text), edge)
    by_page: dict[int, list[str]] = defaultdict(list)
    for edge in first.values():
        by_page[edge.page].append(edge.text)
    for index in sorted(by_page):
        page = pages[index]
        yield Page(page.number, "\n".join(by_page[index]), page.label, Role.HEADER_FOOTER, page.ocr)
