"""Texts for pages, in parts that are marked or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MAX_QUOTE_CHARACTERS = 300
"""Characters of a quotation, about three lines."""

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
