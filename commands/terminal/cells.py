"""Text as a terminal lays it out: in cells, of which a Chinese character takes two and an accent none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"\S+")
_NARROW = re.compile(r"[\x20-\x7e\xa1-\xac\xae-\u02ff]*")
_NONE = frozenset({"Mn", "Me", "Cf"})  # what stands above or below another, or shows nothing
OPEN, CLOSE = "\ue000", "\ue001"
"""Stand-ins for colour codes while lines are broken; they take no cell."""


def cells(text: str) -> int:
    """How many cells ``text`` takes."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_cell, text))


def _cell(char: str) -> int:
    if char in (OPEN, CLOSE) or unicodedata.category(char) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """``text`` in lines of at most ``width`` cells, words whole where they fit; white space becomes one space.

    Args:
        text: what is to be laid out.
        width: cells of a line, what stands in front included.
        first: what stands in front of the first line.
        later: what stands in front of the others.
    """
    return join([found.group() for found in _WORD.finditer(text)], " ", width, (first, later))


def join(pieces: list[str], between: str, width: int, fronts: tuple[str, str] = ("", "")) -> list[str]:
    """``pieces`` in lines of at most ``width`` cells, none broken that fits on a line; ``between`` stands inside lines.

    A line that is followed by another ends with ``between`` as far as that is not a blank.
    """
    first, later = fronts
    width -= cells(between.rstrip())
    lines: list[str] = []
    line, empty = first, True
    for piece in _fitting(pieces, width - max(cells(first), cells(later))):
        if not empty and cells(line) + cells(between) + cells(piece) > width:
            lines.append(line + between.rstrip())
            line, empty = later, True
        line += piece if empty else between + piece
        empty = False
    return [*lines, line] if not empty else lines


def _fitting(pieces: list[str], room: int) -> Iterator[str]:
    """Pieces that are too long for a line, cut into such as fit."""
    for piece in pieces:
        if cells(piece) <= room:
            yield piece
            continue
        part, taken = "", 0
        for char in piece:
            if taken + _cell(char) > room and part:
                yield part
                part, taken = "", 0
            part += char
            taken += _cell(char)
        yield part


def keep_end(text: str, width: int) -> str:
    """``text``, or as much of its end as fits into ``width`` cells behind an ellipsis."""
    if cells(text) <= width:
        return text
    at = 0
    while at < len(text) and 1 + cells(text[at:]) > width:
        at += 1
    return f"…{text[at:]}"
