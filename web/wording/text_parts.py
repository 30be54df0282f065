"""Texts for pages, in parts that are marked or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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
