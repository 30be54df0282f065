"""Words divided at the end of a page, also above its footnotes, its page number and the head of the next page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from indexer.text.divided_words import DIVISION_SIGNS, Division, division_between, find_divisions, word_start
from indexer.text.running_heads import is_page_number

MAX_FOOT_CHARACTERS = 4_000
"""Most characters below the last line of a page's body: a page of footnotes has about 3,500."""
MAX_HEAD_LINES = 3
"""Most lines above the first line of a page's body."""
MAX_FURNITURE_CHARACTERS = 60
"""Longest line that may be a symbol, a job number or a date printed on every page."""
_LINE = re.compile(r"[ \t]*(\S[^\n]*)")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NOTE = re.compile(
    r"[_\u2014\u2013\u2015-]{3}|[*\u2020\u2021\u00a7]|[\u00b9\u00b2\u00b3\u2070-\u2079]|[(\[](?:\d{1,3}|[a-z])[)\]]|[a-z]{1,2}/\s"
    r"|(?:\d{1,3}[.)\]/]?|[a-z])\s*(?P<first>[^\W\d_])|\d{1,3}[.)]?\s+[^\w\s]"
)
"""The beginning of a footnote, or the rule above it."""


class PlacedDivision(NamedTuple):
    """A division in one of the texts of a document.

    Attributes:
        text: the number of the text that the word's next part is in.
        division: the division; its `start` is in the text of the part before.
        first_part: where other words are between the parts, the text and the offset of the part before.
    """

    text: int
    division: Division
    first_part: tuple[int, int] | None = None


def document_divisions(texts: Sequence[str], continued: int) -> list[PlacedDivision]:
    """Return the divisions of a document in the order of the words' next parts.

    Args:
        texts: the texts.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    inside = (
        PlacedDivision(number, division, (number, first) if (first := division.first_part(text)) >= 0 else None)
        for number, text in enumerate(texts)
        for division in find_divisions(text)
    )
    return sorted([*inside, *page_end_divisions(texts, continued)], key=lambda place: (place.text, place.division.end))


def page_end_divisions(texts: Sequence[str], continued: int) -> Iterator[PlacedDivision]:
    """Yield the divisions between the end of a page and the next one with words."""
    before = -1
    for number in range(continued):
        text = texts[number]
        if not text or text.isspace():
            continue
        if before >= 0 and (division := division_over_page_end(texts[before], text)):
            first = word_start(texts[before], division.start)
            is_apart = _LETTER_OR_DIGIT.search(texts[before], division.start) or _LETTER_OR_DIGIT.search(
                text, 0, division.end
            )
            yield PlacedDivision(number, division, (before, first) if is_apart else None)
        before = number


def division_over_page_end(text: str, following: str) -> Division | None:
    """Return the division between the last line of a page's body and the first one of the next; None for none."""
    start = len(text.rstrip(" \t\n")) - 1
    if (
        start < 1
        or text[start] not in DIVISION_SIGNS
        or is_page_number(text[text.rfind("\n", 0, start) + 1 : start + 1])
    ):
        start = _sign_above_foot(text)
    end = _body_start(following) if start > 0 else -1
    return division_between(text, start, following, end) if end >= 0 else None


def _sign_above_foot(text: str) -> int:
    """Return the offset of the sign at the end of the last line above footnotes or a page number; -1 for none."""
    end, lowest = len(text), max(len(text) - MAX_FOOT_CHARACTERS, 0)
    signs = [sign for sign in DIVISION_SIGNS if sign in text]
    while signs:
        line_end = max(text.rfind(f"{sign}\n", lowest, end) for sign in signs) + 1
        if not line_end:
            break
        if _is_foot(text[line_end:].strip()):
            return line_end - 1
        end = line_end
    return -1


def _is_foot(text: str) -> bool:
    """Return whether a text at the end of a page is no part of its body."""
    line = text.partition("\n")[0].rstrip()
    is_last = text.count("\n") < MAX_HEAD_LINES
    if is_last and (is_page_number(line) or (_is_furniture(line) and any(map(str.isdigit, line)))):
        return True
    note = _NOTE.match(line)
    if not note or not (first := note["first"]):
        return note is not None
    return first.isupper() if line[0].isalpha() else not first.islower()


def _is_furniture(line: str) -> bool:
    """Return whether a line may be printed on every page: it is short, and none of its words is in small letters."""
    return len(line) <= MAX_FURNITURE_CHARACTERS and not any(word[0].islower() for word in line.split())


def _body_start(text: str) -> int:
    """Return the offset of the line of a page that may begin inside a word; -1 for none.

    It is the first one with letters, or one that begins with a small letter below lines printed on every page.
    """
    first: int | None = None
    for match in islice(_LINE.finditer(text), MAX_HEAD_LINES + 1):
        line = match[1].rstrip()
        if is_page_number(line):
            continue
        if line[0].isalpha() and not line[0].isupper():
            return match.start(1)
        if first is None:
            first = match.start(1) if line[0].isalpha() else -1
        if not _is_furniture(line):
            break
    return -1 if first is None else first
