"""Tell the end of a heading or an item of a list, which is a unit of its own, from the end of a line in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

MIN_COLUMN_CHARACTERS = 40
"""Characters of the narrowest column of prose; a line with room for more words in it ends where its author wanted."""
ROOM_SHARE = 0.8
"""Share of the longest line nearby that words fill before a line is broken: letters differ in width."""
ROOM_SHARE_BEFORE_NUMBERS = 0.6
"""The same where a number follows, which may be the year of a date or the number of an article in a sentence."""
NEAR_LINES = 4
"""Lines before and behind the end of a line whose lengths are compared."""
MIN_ITEMS = 5
"""Lines in a row that begin and end like items and so are items, however long. In prose so many do in no language."""
MAX_LINE_CHARACTERS = 400
"""Characters of a line that are looked at."""
MAX_NUMBER_CHARACTERS = 16
"""Characters of an item's number with the blanks before it."""

_BULLET = re.compile(r"[•◦▪●■□‣⁃∙·\uf0a7\uf0b7]\s*\w")
_NUMBER = r"\(?\d{1,3}[.)]|\([a-z]{1,4}\)|[IVXL]{2,6}[.)]"
_LABEL = re.compile(rf"(?:[-–—*]|{_NUMBER})\s+[^\W\da-z_]")
"""A dash or a number before a capital letter. One letter and a full stop may begin a name."""
_NUMBER_AT_START = re.compile(rf"[^\S\n]*(?:{_NUMBER}|[A-Z]\.)\Z")
_LEADERS = re.compile(r"(?:\. ?){4,}\D{0,3}\d[\d\s–-]*\Z")
"""Dots that lead to the number of a page."""
_OPEN_ENDS = frozenset(",;:-–—(،؛、，；：\u00ad\u2010")
"""Signs that a sentence goes on behind."""
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LINKING_WORDS = frozenset({
    "a", "al", "an", "and", "as", "at", "au", "aux", "by", "das", "de", "dei", "del", "dem", "den", "der", "des",
    "di", "die", "do", "dos", "du", "e", "el", "en", "et", "for", "from", "für", "im", "in", "la", "las", "le",
    "les", "los", "mit", "oder", "of", "on", "or", "por", "that", "the", "to", "um", "und", "une", "von", "with",
    "y", "zu", "zum", "zur", "à",
})  # fmt: skip
"""Words that no heading ends with."""
_WORDS_BEFORE_NUMBERS = frozenset({
    "Absatz", "Absätze", "Artikel", "No", "Nos", "Nr", "article", "articles", "artículo", "artículos", "chapter",
    "para", "paragraph", "paragraphe", "paragraphes", "paragraphs", "paras", "párrafo", "párrafos", "resolution",
    "rule", "rules", "section", "sections",
})  # fmt: skip
_OPENING_SIGNS = "\"'“‘«¿¡*•- \t\f"


def divides_items(text: str, line_end: int, *, begins: bool) -> bool:
    """Return whether a line of a text ends as a heading or an item does, and another one or a sentence follows.

    The line ends before its column is full, or with the number of a page, or an item with a sign or number of its own
    follows, or it is one of many lines in a row that have no signs of a sentence and begin with capitals.

    Args:
        text: the text.
        line_end: the offset of the line's end.
        begins: whether the text begins with a whole line.
    """
    following = _line_at(text, line_end + 1)
    is_labelled = bool(_BULLET.match(following) or _LABEL.match(following))
    if not (is_labelled or _may_begin(following)):
        return False
    start = text.rfind("\n", max(line_end - MAX_LINE_CHARACTERS, 0), line_end) + 1
    before = text[start or max(line_end - MAX_LINE_CHARACTERS, 0) : line_end].strip()
    if not _may_end(before, following):
        return False
    if is_labelled or _LEADERS.search(before):
        return True
    return (bool(start) or begins) and (_has_room(text, line_end, before, following) or _is_in_list(text, line_end))


def is_number_of_item(text: str, behind: int, *, begins: bool) -> bool:
    """Return whether the sign before an offset ends the number of a heading or an item, and not a sentence."""
    line_end = text.rfind("\n", max(behind - MAX_NUMBER_CHARACTERS, 0), behind)
    if line_end < 0 and (behind > MAX_NUMBER_CHARACTERS or not begins):
        return False
    if not _NUMBER_AT_START.match(text[line_end + 1 : behind]):
        return False
    return line_end < 0 or text[:line_end].endswith("\n") or divides_items(text, line_end, begins=begins)


def _may_begin(line: str) -> bool:
    """Return whether a heading, an item or a sentence may begin with a line."""
    first = line.lstrip(_OPENING_SIGNS)[:1]
    return first.isdigit() or (first.isalpha() and not first.islower())


def _may_end(line: str, following: str) -> bool:
    """Return whether a line is none of which the last word or sign says that it goes on in the one that follows."""
    if not line or line[-1] in _OPEN_ENDS:
        return False
    word = _LAST_WORD.search(line)
    going_on = _WORDS_BEFORE_NUMBERS if following[:1].isdigit() else ()
    return word is None or not (word[0] in _LINKING_WORDS or word[0] in going_on)


def _has_room(text: str, line_end: int, before: str, following: str) -> bool:
    """Return whether the first word of the next line would have fitted into a line, as its neighbours are long."""
    needed = len(before) + 1 + len(following.split(maxsplit=1)[0])
    share = ROOM_SHARE_BEFORE_NUMBERS if following[0].isdigit() else ROOM_SHARE
    if needed <= share * MIN_COLUMN_CHARACTERS:
        return True
    near = [*_lines(text, line_end, _line_before, NEAR_LINES), *_lines(text, line_end, _line_behind, NEAR_LINES)]
    return needed <= share * max(map(len, near))


def _is_in_list(text: str, line_end: int) -> bool:
    """Return whether a line and the next one are among several that begin with capitals or digits and end openly."""
    count = 0
    for step in (_line_before, _line_behind):
        for line in _lines(text, line_end, step, MIN_ITEMS):
            if not (_is_title(line) and _may_end(line, "")):
                break
            count += 1
    return count >= MIN_ITEMS


def _is_title(line: str) -> bool:
    first = line.lstrip(_OPENING_SIGNS)[:1]
    return (first.isdigit() or first.isupper()) and line[-1:] not in ".!?…。！？"


_Step = Callable[[str, int], tuple[str, int]]
"""Returns the line at one side of a line's end, and the end of a line beyond it; -1 where the text ends."""


def _lines(text: str, line_end: int, step: _Step, count: int) -> list[str]:
    """Return so many lines before or behind a line's end, the nearest first."""
    lines: list[str] = []
    place = line_end
    while place >= 0 and len(lines) < count:
        line, place = step(text, place)
        lines.append(line)
    return lines


def _line_before(text: str, line_end: int) -> tuple[str, int]:
    before = text.rfind("\n", 0, line_end)
    return text[max(before + 1, line_end - MAX_LINE_CHARACTERS) : line_end].strip(), before


def _line_behind(text: str, line_end: int) -> tuple[str, int]:
    return _line_at(text, line_end + 1), text.find("\n", line_end + 1)


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start, start + MAX_LINE_CHARACTERS)
    return text[start : end if end >= 0 else start + MAX_LINE_CHARACTERS].strip()
