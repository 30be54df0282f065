"""Find what is in quotation marks, of all the kinds that languages have, and pass over apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_CLOSING = {
    "“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", '"': '"', "‘": "’", "‚": "‘’", "'": "'",
    "»": "«", "›": "‹", "”": "”",
}  # fmt: skip
"""The marks that close what each mark opens: of English, German, French, Chinese, Danish and Finnish."""
_AMBIGUOUS = "\"'»›”‘"
"""Marks that open a quotation only where no word is right before them; elsewhere they close one, or are no marks."""
_APOSTROPHES = "'’‘"
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_LEFT_OUT = re.compile(r"(?:[0-9]{2}s?|tis|twas|em|til|cause|n)\b", re.IGNORECASE)
"""What is written behind an apostrophe that looks as if it opened a quotation: ‘90s, ‘tis."""
MAX_QUOTED_CHARACTERS = 300
"""Characters behind a possessive plural in which the mark is looked for that closes the quotation instead."""
_POSSESSIVE = re.compile(r"s[’']\s+[a-z]")


def marked_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each quotation in marks begins and ends, marks included; two paragraphs are never one quotation."""
    start = 0
    for gap in chain(_PARAGRAPH_END.finditer(text), [None]):
        end = gap.start() if gap else len(text)
        yield from _in_paragraph(text, start, end)
        start = gap.end() if gap else end


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the quotations of a paragraph. A mark without its pair is looked for once, so the time is linear."""
    unpaired: set[str] = set()
    place = start
    while match := _OPENING.search(text, place, end):
        opening, place = match[0], match.end()
        if opening in unpaired or not _opens(text, match.start()):
            continue
        closing = _closing(text, opening, place, end)
        if closing < 0:
            unpaired.add(opening)
        elif closing > place:
            yield match.start(), closing + 1
            place = closing + 1


def _opens(text: str, place: int) -> bool:
    """Return whether a mark may open a quotation."""
    sign, before, after = text[place], text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if sign not in _AMBIGUOUS:
        return True
    if sign == '"':
        return not before.isalnum()
    if before.isalnum() or before in {*".,;:!?)]", *_APOSTROPHES} or after.isspace() or not after:
        return not before and after.isalnum()
    return sign not in _APOSTROPHES or not _LEFT_OUT.match(text, place + 1)


def _closing(text: str, opening: str, start: int, end: int) -> int:
    """Return where a quotation is closed, or -1."""
    marks = re.compile(f"[{_CLOSING[opening]}]")
    possessive = -1
    for match in marks.finditer(text, start, end):
        place = match.start()
        if possessive >= 0 and place > possessive + MAX_QUOTED_CHARACTERS:
            break
        if opening not in {'"', "'", "‘", "‚"}:
            return place
        if place > start and (text[place - 1].isspace() or text[place + 1 : place + 2].isalnum()):
            continue
        if opening == '"' or not _POSSESSIVE.match(text, place - 1):
            return place if possessive < 0 or opening not in text[possessive:place] else possessive
        possessive = place if possessive < 0 else possessive
    return possessive
