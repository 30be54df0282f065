"""Headers and footers of pages: lines that recur at the top or the bottom of a document's pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corpus.document import DocumentText, Page, Role

_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN_NUMERAL = rf"({_ROMAN}|{_ROMAN.upper()})"
_ROMAN_LINE = re.compile(rf"[-–—(\[\s]*{_ROMAN_NUMERAL}[-–—)\]\s.]*")
_ROMAN_WORD = re.compile(rf"[-–—(\[]*{_ROMAN_NUMERAL}[-–—)\].:]*")
_NUMBER_LINE = re.compile(r"[-–—(\[|\s]*(\d{1,4})[-–—)\]|\s.]*")
_SURE_NUMBER_LINE = re.compile(
    r"[-–—(\[\s]*(?:page|pages|p\.|seite|página|pagina|pág\.|стр\.|страница|صفحة)\s*(\d{1,4})(?:\s*(?:/|of|de|von|sur|di|из|من)\s*\d{1,4})?"
    r"[-–—)\]\s.]*|第\s*(\d{1,4})\s*页|[-–—]\s*(\d{1,4})\s*[-–—]",
    re.IGNORECASE,
)
_SECOND_PAGE_HEAD = re.compile(
    r".*?[\s(\[|](2)(?:\s*(?:/|of|de|von|sur|di|из|من)\s*\d+)?[-–—)\]|\s.]*|[-–—(\[|\s]*(2)[-–—)\]|.]*\s.*",
    re.IGNORECASE,
)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that can be a header or footer."""
MAX_HEAD_CHARACTERS = 160
"""Longest line that can be a header or footer."""
MIN_PAGES = 3
"""Pages that a document needs for a recurring line to be a header or footer, and pages of a chapter's own head."""
MIN_HEAD_WORDS = 2
"""Words that the head of a document of two pages has more than. "Annex 1" and "Annex 2" are headings."""
MIN_CHAPTER_SHARE = 0.7
"""Share of left or of right pages, from the first to the last with a chapter's head, that have it."""


class _EdgeLine(NamedTuple):
    """A line at the top or bottom of a page, and the key that its recurrences are counted by.

    Attributes:
        page: index of the page.
        line: index of the line in the page.
        text: of the line.
        key: the text in lower case with its numbers masked.
        numbers: in the text, in order.
        outermost: whether no other line is further out.
    """

    page: int
    line: int
    text: str
    key: str
    numbers: tuple[int, ...]
    outermost: bool


def strip_running_heads(pages: Sequence[Page]) -> DocumentText:
    """Separate headers and footers from the pages, each once, with the page where it first occurs.

    A line among the first or last two of a page is one if it recurs, except its digits, on half of the pages after the
    first and on at least two; the head of a chapter, on most left or most right pages of it. Once these are taken off,
    two more lines and page numbers further in follow. In a document of two pages it is a line with the page's number
    that both have. The first page keeps all its lines: on an official document they are its symbol, its date and its
    title. A line without letters counts only if one of its numbers is the page's, so that a table keeps its last row.

    Args:
        pages: the main pages in order.

    Returns:
        The pages without headers and footers, and those in page order.
    """
    lines = [page.text.split("\n") for page in pages]
    removed: dict[int, set[int]] = defaultdict(set)
    heads: list[_EdgeLine] = []
    is_long = len(pages) >= MIN_PAGES
    finders = (_recurring, _recurring, _page_numbers, _page_numbers) if is_long else (_heads_of_two_pages,)
    first_page, keys = (1 if is_long else 0), _Keys()
    edges = {page: _edge_lines(page, lines[page], set(), keys) for page in range(first_page, len(lines))}
    found: list[_EdgeLine] = []
    for find, before in zip(finders, (None, *finders), strict=False):
        if find is before and not found:  # it would find as little
            continue
        found = find([edge for page_edges in edges.values() for edge in page_edges], len(lines), heads)
        heads += found
        for edge in found:
            removed[edge.page].add(edge.line)
        for page in {edge.page for edge in found}:
            edges[page] = _edge_lines(page, lines[page], removed[page], keys)
    if not heads:
        return DocumentText(tuple(pages))
    stripped = (
        replace(page, text=_without_lines(lines[index], removed[index])) if index in removed else page
        for index, page in enumerate(pages)
    )
    heads.sort(key=lambda edge: (edge.page, edge.line))
    return DocumentText(tuple(stripped), tuple(_headers_footers(pages, heads)))


class _Keys(dict[str, tuple[str, tuple[int, ...]]]):
    """The key and the numbers of each line, kept since a page is looked at again once heads are taken off."""

    def __missing__(self, text: str) -> tuple[str, tuple[int, ...]]:
        key = _key(text)
        self[text] = pair = key, tuple(_numbers(text)) if "#" in key else ()
        return pair


def _edge_lines(page: int, lines: Sequence[str], removed: AbstractSet[int], keys: _Keys) -> list[_EdgeLine]:
    indexes = range(len(lines))
    top = _first_nonblank(lines, indexes, removed)
    bottom = _first_nonblank(lines, reversed(indexes), removed)
    outermost = (*top[:1], *bottom[:1])
    edges = []
    for index in dict.fromkeys((*top, *reversed(bottom))):
        text = lines[index].strip()
        if len(text) <= MAX_HEAD_CHARACTERS:
            edges.append(_EdgeLine(page, index, text, *keys[text], index in outermost))
    return edges


def _first_nonblank(lines: Sequence[str], indexes: Iterable[int], removed: AbstractSet[int]) -> list[int]:
    nonblank: list[int] = []
    for index in indexes:
        line = lines[index]
        if line and not line.isspace() and index not in removed:
            nonblank.append(index)
            if len(nonblank) == EDGE_LINES:
                break
    return nonblank


def _key(text: str) -> str:
    """Return a line in lower case with its numbers masked, equal for recurrences of one header or footer."""
    if _ROMAN_LINE.fullmatch(text):
        return "#"
    words = text.split()
    for place, _ in _roman_edges(words):
        words[place] = "#"
    return _DIGITS.sub("#", " ".join(words)).casefold()


def _roman_edges(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and last word of a line where they are Roman numerals: its index, 0 or -1, and its number."""
    matches = [(place, _ROMAN_WORD.fullmatch(words[place])) for place in (0, -1)] if words else []
    return [(place, _roman_number(match[1])) for place, match in matches if match]


def _recurring(
    edges: Sequence[_EdgeLine], document_pages: int, _heads: Sequence[_EdgeLine]
) -> list[_EdgeLine]:  # fmt: skip
    """Return the lines that recur on half of the pages, or on most left or right pages of a chapter."""
    min_pages = max(2, (document_pages - 1) // 2)
    recurring: list[_EdgeLine] = []
    for key, group in _by_key(edges).items():
        if len(group) < min_pages and len(group) < MIN_PAGES:  # most lines
            continue
        page_count = len({edge.page for edge in group})
        has_words = any(map(str.isalpha, key))
        is_rule = "#" not in key and not has_words  # a line of dashes, or the "/..." below the pages of old documents
        is_everywhere = page_count >= min_pages and (has_words or is_rule or _page_offset(group) is not None)
        if is_everywhere or (page_count >= MIN_PAGES and has_words and _is_chapter_head(group)):
            recurring += group
    return recurring


def _is_chapter_head(group: Sequence[_EdgeLine]) -> bool:
    """Return whether a line is the outermost of most left or most right pages, from its first page to its last."""
    numbers = sorted({edge.page for edge in group if edge.outermost})
    if len(numbers) < MIN_PAGES or len({number % 2 for number in numbers}) > 1:
        return False
    return len(numbers) >= MIN_CHAPTER_SHARE * ((numbers[-1] - numbers[0]) // 2 + 1)


def _page_numbers(
    edges: Sequence[_EdgeLine], _page_count: int, heads: Sequence[_EdgeLine]
) -> list[_EdgeLine]:  # fmt: skip
    """Return outermost lines that are the number of their page, by the numbering that the document has."""
    groups = [group for group in _by_key((*heads, *edges)).values() if len(group) >= MIN_PAGES]
    offsets = {_page_offset(group) for group in groups} | _front_matter_offsets(edges)
    head_keys = {edge.key for edge in heads}
    found: dict[tuple[int, int], _EdgeLine] = {}
    for edge in edges:
        if edge.outermost:
            number = _only_number(edge.text)
            if (number is not None and number - edge.page in offsets) or _is_sure_number(edge):
                found[edge.page, edge.line] = edge
    for first, second in pairwise(edges):  # a head of a page on its side may be cut in two
        are_neighbours = first.page == second.page and second.line - first.line == 1
        if are_neighbours and _only_number(first.text) is not None and _key(first.text + second.text) in head_keys:
            found |= {(edge.page, edge.line): edge for edge in (first, second)}
    return list(found.values())


def _heads_of_two_pages(
    edges: Sequence[_EdgeLine], _page_count: int, _heads: Sequence[_EdgeLine]
) -> list[_EdgeLine]:  # fmt: skip
    """Return outermost lines of a second page that name its number, alone or with the words of the first page."""
    first, second = ([edge for edge in edges if edge.outermost and edge.page == page] for page in (0, 1))
    numbered = {
        pair[1]
        for pair in (*zip(first, second, strict=False), *zip(first[-1:], second[-1:], strict=False))
        if _is_numbered_head(pair[0].text, pair[1].text)
    }
    return [edge for edge in second if _is_sure_number(edge) or edge in numbered]


def _is_numbered_head(first: str, second: str) -> bool:
    """Return whether a line of the second page has the words of one of the first page, and the page's number."""
    match = _SECOND_PAGE_HEAD.fullmatch(second)
    if match is None or len(second.split()) <= MIN_HEAD_WORDS:
        return False
    place = match.start(match.lastindex or 0)
    return first == f"{second[:place]}1{second[place + 1 :]}"


def _is_sure_number(edge: _EdgeLine) -> bool:
    match = _SURE_NUMBER_LINE.fullmatch(edge.text)
    return match is not None and int(next(filter(None, match.groups()))) == edge.page + 1


def _front_matter_offsets(edges: Iterable[_EdgeLine]) -> set[int | None]:
    """Return the offsets of numbers alone that at least three pages share, as those of a preface in Roman numerals."""
    numbers = ((edge.page, _only_number(edge.text)) for edge in edges if edge.outermost)
    counts = Counter(number - page for page, number in {*numbers} if number is not None)
    return {offset for offset, count in counts.items() if count >= MIN_PAGES}


def is_page_number(line: str) -> bool:
    """Return whether a line may be the number of a page and nothing else."""
    return _only_number(line) is not None or _SURE_NUMBER_LINE.fullmatch(line) is not None


def _only_number(text: str) -> int | None:
    """Return the number that a line consists of, in digits or Roman numerals; None where there is more, or none."""
    if match := _NUMBER_LINE.fullmatch(text):
        return int(match[1])
    return _roman_number(match[1]) if (match := _ROMAN_LINE.fullmatch(text)) else None


def _roman_number(numeral: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in numeral.casefold()]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _by_key(edges: Iterable[_EdgeLine]) -> dict[str, list[_EdgeLine]]:
    groups: dict[str, list[_EdgeLine]] = defaultdict(list)
    for edge in edges:
        groups[edge.key].append(edge)
    return groups


def _page_offset(group: Sequence[_EdgeLine]) -> int | None:
    """Return the constant by which one of the numbers in these lines differs from the page's index; None for none."""
    offsets = Counter((rank, number - edge.page) for edge in group for rank, number in enumerate(edge.numbers))
    if not offsets:
        return None
    (_, offset), count = offsets.most_common(1)[0]
    return offset if count * 3 >= len(group) * 2 else None


def _numbers(text: str) -> list[int]:
    if match := _ROMAN_LINE.fullmatch(text):
        return [_roman_number(match[1])]
    numbers = [int(run[:9]) for run in _DIGITS.findall(text)]
    for place, number in _roman_edges(text.split()):
        numbers.insert(len(numbers) if place else 0, number)
    return numbers


def _without_lines(lines: Sequence[str], removed: set[int]) -> str:
    remaining = [*lines]
    for index in sorted(removed, reverse=True):
        del remaining[index]
    return "\n".join(remaining).strip("\n")


def _headers_footers(pages: Sequence[Page], heads: Sequence[_EdgeLine]) -> Iterator[Page]:
    # Heads that differ only in the page's number are one text; those that differ in another number are not.
    numbered = {key for key, group in _by_key(heads).items() if _page_offset(group) is not None}
    first: dict[str, _EdgeLine] = {}
    for edge in heads:
        first.setdefault(edge.key if edge.key in numbered else _SPACES.sub(" ", edge.text), edge)
    by_page: dict[int, list[str]] = defaultdict(list)
    for edge in first.values():
        by_page[edge.page].append(edge.text)
    for index in sorted(by_page):
        page = pages[index]
        yield Page(page.number, "\n".join(by_page[index]), page.label, Role.HEADER_FOOTER, page.ocr)
