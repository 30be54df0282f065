"""Find the sentence and the paragraph that a place is in, and say on which side they go on."""

from __future__ import annotations

import re
from typing import NamedTuple

from search.concordance.item_edges import divides_items, is_number_of_item
from search.presentation.passages import SENTENCE_START

UNIT_START = re.compile(rf"{SENTENCE_START.pattern}|\n[^\S\n]*(?=[^\sa-z])")
"""A place where a sentence may begin, or a heading or an item of a list, which is on a line of its own."""
MARGIN_CHARACTERS = 80
"""Characters read behind the last token that is wanted: signs, and the rest of a word in a script without spaces."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_END_OF_TEXT = re.compile(r"[.!?…。！？]['\")\]’”»]*\s*\Z")
_OPENING_SIGNS = "\"'“‘«([¿¡"
_OPEN_ENDS = frozenset(",;-–—(")
"""Signs that a sentence goes on behind."""
_MARKS = frozenset(".!?…。！？'\")]’”»")
"""Signs at the end of a sentence."""
_LAST_WORD = re.compile(r"(\w+)\Z")
_WORD_CHARACTERS = 12
"""Characters before a full stop in which an abbreviation is looked for."""
_DOTS = "..."
"""Dots that lead from a title to the number of its page."""
_NEAR_CHARACTERS = 160
"""Characters before a place in which the edge of its sentence is looked for first."""
_TITLES = re.compile(
    r"mr|mrs|ms|dr|prof|st|sr|jr|gen|col|lt|capt|sgt|rev|hon|gov|sen|rep|pres|amb|cf|vs|inc|ltd|co|corp|dept|approx|"
    r"ca|mme|mlle|sra|dra",
    re.IGNORECASE,
)
"""Abbreviations that a full stop follows inside a sentence, as reports have them."""
_BEFORE_NUMBERS = re.compile(
    r"nos?|arts?|paras?|pp?|vol|eds?|fig|sec|ch|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec", re.IGNORECASE
)
"""Abbreviations before numbers."""


class ContextEdges(NamedTuple):
    """The text around a place: where it begins and ends, and whether it is cut inside a sentence on either side."""

    low: int
    high: int
    cut_before: bool
    cut_behind: bool


class ContextWindow(NamedTuple):
    """The part of a text that context is taken from, and whether the document begins and ends with it."""

    low: int
    high: int
    begins: bool
    ends: bool


def sentence_around(text: str, window: ContextWindow, start: int, end: int) -> ContextEdges:
    """Return the sentence, or sentences, that a place is in.

    A full stop behind an abbreviation ends no sentence, nor does a blank line before a small letter, as the end of a
    page leaves one. A heading, and an item of a list that has no signs of sentences, is a sentence of its own. Where
    neither edge is in the window, the context is cut with it.

    Args:
        text: the text.
        window: the part of it to stay in.
        start: where the place begins.
        end: the character behind it.
    """
    low, cut_before = window.low, not window.begins
    if window.begins:
        low, cut_before = 0, _first_letter(text, 0).islower()
    edge_before = _last_edge(text, window, start)
    if edge_before:
        low, cut_before = edge_before.end(), _goes_on(text, edge_before)
    for edge in UNIT_START.finditer(text, end, min(window.high + MARGIN_CHARACTERS, len(text))):
        if edge.start() > window.high:
            break
        if divides(text, edge, begins=window.begins):
            return ContextEdges(low, edge.start() + len(edge.group().rstrip()), cut_before, _goes_on(text, edge))
    if window.ends:
        return ContextEdges(low, len(text), cut_before, text.rstrip()[-1:] in _OPEN_ENDS)
    is_end = _END_OF_TEXT.match(text, window.high)
    return ContextEdges(low, len(text) if is_end else window.high, cut_before, not is_end)


def paragraph_around(text: str, window: ContextWindow, start: int, end: int) -> ContextEdges:
    """Return the paragraph, or paragraphs, that a place is in; see `sentence_around`."""
    low, cut_before = (0, False) if window.begins else (window.low, True)
    for edge in _BLANK_LINE.finditer(text, window.low, start):
        low, cut_before = edge.end(), False
    following = _BLANK_LINE.search(text, end, min(window.high + MARGIN_CHARACTERS, len(text)))
    if following:
        return ContextEdges(low, following.start(), cut_before, cut_behind=False)
    is_end = window.ends or _END_OF_TEXT.match(text, window.high)
    return ContextEdges(low, len(text) if is_end else window.high, cut_before, not is_end)


def _last_edge(text: str, window: ContextWindow, start: int) -> re.Match[str] | None:
    """Return the last place of a window before ``start`` where a sentence begins; None where there is none.

    The words before ``start`` are searched first. They are searched from a letter or digit on: no edge has one, so that
    edges behind it are those that a search from ``low`` finds.
    """
    low, near = window.low, start - _NEAR_CHARACTERS
    while low < near and not text[near].isalnum():
        near -= 1
    begins = [near] if low < near else []
    for begin in (*begins, max(low - len(_MARKS), 0)):
        for edge in reversed(list(UNIT_START.finditer(text, begin, min(start + 1, len(text))))):
            if low <= edge.end() <= start and divides(text, edge, begins=window.begins):
                return edge
    return None


def divides(text: str, edge: re.Match[str], *, begins: bool) -> bool:
    """Return whether a sentence ends where one may; ``begins`` says whether the document begins with the text."""
    if _is_line_end(edge):
        return divides_items(text, edge.start(), begins=begins)
    if _first_letter(text, edge.end()).islower():
        return not edge.group().strip() and text[: edge.start()].rstrip()[-1:] in _MARKS
    return not edge.group().startswith(".") or _is_full_stop(text, edge, begins=begins)


def _is_full_stop(text: str, edge: re.Match[str], *, begins: bool) -> bool:
    """Return whether a dot ends a sentence: neither an abbreviation nor a number, and no dots that lead to a page."""
    if text[edge.end()] == "." or (text[edge.end()].isdigit() and _follows_dots(text, edge)):
        return False
    if is_number_of_item(text, edge.start() + 1, begins=begins):
        return False
    found = _LAST_WORD.search(text, max(edge.start() - _WORD_CHARACTERS, 0), edge.start())
    word = found[1] if found else ""
    if (len(word) == 1 and word.isupper()) or _TITLES.fullmatch(word):
        return False
    return not (_BEFORE_NUMBERS.fullmatch(word) and text[edge.end()].isdigit())


def _follows_dots(text: str, edge: re.Match[str]) -> bool:
    """Return whether an edge is the last of the dots that lead to a number, with blanks between them or not."""
    return text[max(edge.start() - 4, 0) : edge.start() + 1].replace(" ", "").endswith(_DOTS)


def _is_line_end(edge: re.Match[str]) -> bool:
    return edge.group().count("\n") == 1 and not edge.group().strip()


def _goes_on(text: str, edge: re.Match[str]) -> bool:
    """Return whether a sentence goes on over a blank line, as a list does behind its first line."""
    if edge.group().strip() or _is_line_end(edge):
        return False
    last, following = text[: edge.start()].rstrip()[-1:], text[edge.end() : edge.end() + 1]
    if last in _MARKS or not last:
        return False
    is_new = following in _OPENING_SIGNS[:5] or (following.isalpha() and not following.islower())
    return last in _OPEN_ENDS or not is_new


def _first_letter(text: str, place: int) -> str:
    """Return the first sign behind a place that opens no quotation and no bracket."""
    return text[place : place + MARGIN_CHARACTERS].lstrip().lstrip(_OPENING_SIGNS)[:1]
