"""Texts with the lines of each printed paragraph as one, so that a column narrower than the paper breaks them once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from indexer.text.divided_words import DIVISION_SIGNS, join_divided_words
from search.presentation.line_ends import GAP, printed_gap

MIN_LINES, MIN_LINE_CHARACTERS, MAX_LINE_CHARACTERS = 5, 40, 160
"""Lines of a page, and characters of its longer lines, of printed paragraphs. Where lines are longer, each is one."""
FULL_LINE_SHARE = 0.75
"""Length of a line that goes on in the next, as a share of the page's longer lines. The last line of a paragraph, a
heading, an address and a row of a table are shorter."""

_ITEM = re.compile(r"[^\w\s]\s|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]\s")
"""The beginning of an item of a list, which is a line of its own."""
_DIVIDED = re.compile(rf"[^\W\d_]+[{re.escape(''.join(DIVISION_SIGNS))}]\Z")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 40
"""Characters of the part of a word before the end of a line."""
_BETWEEN = "\n\n"

Span = tuple[int, int]


class _Gap(NamedTuple):
    """A gap between two lines of a paragraph: its start and end, and what is printed for it."""

    start: int
    end: int
    printed: str


def joined_lines(text: str, spans: Sequence[Span], language: str) -> tuple[str, tuple[Span, ...]]:
    """Return a text with the lines of each printed paragraph as one, and the spans in it.

    Lines of verse, tables and headings stay, and so does a text whose paragraphs are lines already.
    """
    pieces, moves, done = [], [(0, 0)], 0
    for start, end, printed in _without_divisions(text, list(_gaps(text, language))):
        pieces += [text[done:start], printed]
        done = end
        moves.append((done, moves[-1][1] + len(printed) - (end - start)))
    return "".join([*pieces, text[done:]]), tuple((_moved(start, moves), _moved(end, moves)) for start, end in spans)


def _gaps(text: str, language: str) -> Iterator[_Gap]:
    """Yield the gaps between lines of one paragraph."""
    lines = text.split("\n")
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    longer = lengths[-max(len(lines) // 4, 1) :]
    if len(lines) < MIN_LINES or not longer or longer[0] < MIN_LINE_CHARACTERS or longer[-1] > MAX_LINE_CHARACTERS:
        return
    start = 0
    for line in lines[:-1]:
        words = line.rstrip()
        gap = GAP.search(text, start + len(words))
        is_full = len(words) >= FULL_LINE_SHARE * longer[0] or words[-1:] in {*DIVISION_SIGNS}
        if words and gap and is_full and _goes_on(text, *gap.span()):
            yield _Gap(*gap.span(), printed_gap(text, *gap.span(), language))
        start += len(line) + 1


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph goes on behind the end of a line: no blank line and no item of a list follows."""
    return end < len(text) and text.count("\n", start, end) == 1 and not _ITEM.match(text, end)


def _without_divisions(text: str, gaps: Sequence[_Gap]) -> Iterator[_Gap]:
    """Yield gaps, each with the hyphen before it where that is of the line's end and not of the word."""
    parts: dict[int, tuple[str, str]] = {}
    for gap in gaps:
        before = None if gap.printed else _DIVIDED.search(text, max(gap.start - _REACH, 0), gap.start)
        after = _WORD.match(text, gap.end) if before else None
        if before and after:
            parts[gap.start] = before[0], after[0]
    divided = _BETWEEN.join(map("\n".join, parts.values()))
    words = join_divided_words(divided, [text]).split(_BETWEEN) if parts else []
    joined = dict(zip(parts, words, strict=True)) if len(words) == len(parts) else {}
    for gap in gaps:
        first, second = parts.get(gap.start, ("", ""))
        drops_sign = bool(first) and joined.get(gap.start) == first[:-1] + second
        yield gap._replace(start=gap.start - 1) if drops_sign else gap


def _moved(place: int, moves: Sequence[tuple[int, int]]) -> int:
    return place + moves[bisect_right(moves, place, key=itemgetter(0)) - 1][1]
