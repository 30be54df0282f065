"""Texts for pages: safe to show, and in parts that are marked or not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]")
"""Control codes, marks that turn the direction of reading, and what no encoding can write."""


class TextPart(NamedTuple):
    """A stretch of a text, marked where a query matches."""

    text: str
    is_marked: bool


def safe_text(text: str) -> str:
    """Return a text without characters that could reorder or break what stands around it; each becomes a blank."""
    return _UNSAFE.sub(" ", text)


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
