"""Texts for pages, in parts that are marked or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from search.presentation.line_ends import GAP, printed_gap

MAX_QUOTE_CHARACTERS = 300
"""Characters of a quotation, about three lines."""

MIN_LINES, MIN_LINE_CHARACTERS, MAX_LINE_CHARACTERS = 5, 40, 160
"""Lines of a page, and characters of its longer lines, of printed paragraphs. Where lines are longer, each is one."""
FULL_LINE_SHARE = 0.8
"""Length of a line that goes on in the next, as a share of the page's longer lines. The last line of a paragraph, a
heading, an address and a row of a table are shorter."""

_ITEM = re.compile(r"[^\w\s]\s|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]\s")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\S)|[。！？]|\n\s*\n")


class TextPart(NamedTuple):
    """A stretch of a text, marked where a query matches."""

    text: str
    is_marked: bool


def text_parts(text: str, spans: Iterable[tuple[int, int]]) -> list[TextPart]:
    """Return a text in parts by the (start, end) offsets of its matches, which do not overlap."""
    parts, end_of_last = [], 0
    for start, end in spans:
        if start > end_of_last:
            parts.append(TextPart(text[end_of_last:start], is_marked=False))
        parts.append(TextPart(text[start:end], is_marked=True))
        end_of_last = end
    if end_of_last < len(text):
        parts.append(TextPart(text[end_of_last:], is_marked=False))
    return parts


def joined_lines(text: str, spans: Sequence[tuple[int, int]], language: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text with the lines of each printed paragraph as one, so that a narrow column breaks them once.

    Returns:
        The text, and the spans in it. Lines of verse, tables and headings are left as they are.
    """
    lines = text.split("\n")
    longer = sorted(map(len, filter(None, map(str.strip, lines))))[-max(len(lines) // 4, 1) :]
    if (
        len(lines) < MIN_LINES
        or not longer
        or not MIN_LINE_CHARACTERS <= longer[0] <= longer[-1] <= MAX_LINE_CHARACTERS
    ):
        return text, tuple(spans)
    pieces, moves, done, start = [], [(0, 0)], 0, 0
    for line in lines[:-1]:
        line_end = start + len(line)
        gap = GAP.search(text, start + len(line.rstrip()))
        if gap and len(line) >= FULL_LINE_SHARE * longer[0] and _goes_on(text, gap.start(), gap.end()):
            printed = printed_gap(text, gap.start(), gap.end(), language)
            pieces += [text[done : gap.start()], printed]
            done = gap.end()
            moves.append((done, moves[-1][1] + len(printed) - (gap.end() - gap.start())))
        start = line_end + 1
    joined = "".join([*pieces, text[done:]])
    return joined, tuple((_moved(start, moves), _moved(end, moves)) for start, end in spans)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph goes on behind the end of a line: no blank line and no item of a list follows."""
    return end < len(text) and text.count("\n", start, end) == 1 and not _ITEM.match(text, end)


def _moved(place: int, moves: Sequence[tuple[int, int]]) -> int:
    return place + moves[bisect_right(moves, place, key=itemgetter(0)) - 1][1]


def quoted_sentence(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the sentence with the first match on one line; what is longer than a quotation is cut between words."""
    if not spans:
        return ""
    start, end = spans[0]
    low = max((gap.end() for gap in _SENTENCE.finditer(text, 0, start)), default=0)
    gap = _SENTENCE.search(text, end)
    high = gap.start() if gap else len(text)
    if high - low > MAX_QUOTE_CHARACTERS:
        room = max(MAX_QUOTE_CHARACTERS - (end - start), 0) // 2
        low, high = max(low, _after_blank(text, start - room, start)), min(high, _before_blank(text, end, end + room))
    return " ".join(text[low:high].split())


def _after_blank(text: str, low: int, high: int) -> int:
    """Return the first place in a stretch that a word begins at; its end where there is none."""
    gap = re.compile(r"\s").search(text, max(low, 0), high)
    return 0 if low <= 0 else gap.end() if gap else high


def _before_blank(text: str, low: int, high: int) -> int:
    """Return the last place in a stretch that a word ends at; its beginning where there is none."""
    if high >= len(text):
        return len(text)
    gaps = [gap.start() for gap in re.compile(r"\s").finditer(text, low, high)]
    return gaps[-1] if gaps else low
