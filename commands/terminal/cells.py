"""Break text into lines by terminal cells, of which a Chinese character takes two and an accent none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commands.terminal.terminal_text import (
    DIM,
    HIGHLIGHT_END,
    HIGHLIGHT_START,
    LABEL_COLUMNS,
    PLAIN,
    one_line,
    sanitize,
)
from corpus.deferred import Deferred

if TYPE_CHECKING:
    from wcwidth import iter_graphemes, width
else:
    iter_graphemes, width = Deferred("wcwidth:iter_graphemes"), Deferred("wcwidth:width")

_ONE_CELL_EACH = re.compile("[ -~\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u2010-\u2027\u20ac]*")
"""Text of European languages, each character of which takes a cell, so that the tables of all others stay unread."""
_WITHOUT_HIGHLIGHTS = str.maketrans("", "", HIGHLIGHT_START + HIGHLIGHT_END)


def count_cells(text: str) -> int:
    """Return the number of terminal cells that a text takes."""
    text = text.translate(_WITHOUT_HIGHLIGHTS)
    return len(text) if _ONE_CELL_EACH.fullmatch(text) else width(text, control_codes="ignore")


def wrap(text: str, columns: int, first_prefix: str = "", later_prefix: str = "") -> list[str]:
    """Break a text into lines, keeping words whole where they fit. White space becomes one space.

    Args:
        text: what to break.
        columns: cells of a line, its prefix included.
        first_prefix: put in front of the first line.
        later_prefix: put in front of the others.
    """
    return join(text.split(), " ", columns, (first_prefix, later_prefix))


def join(pieces: list[str], separator: str, columns: int, prefixes: tuple[str, str] = ("", "")) -> list[str]:
    """Join pieces into lines, breaking only pieces that are longer than a line.

    A line that is followed by another ends with the separator, without its blanks.

    Args:
        pieces: what to join.
        separator: put between two pieces.
        columns: cells of a line, its prefix included.
        prefixes: put in front of the first line, and of the others.
    """
    first_prefix, later_prefix = prefixes
    columns -= count_cells(separator.rstrip())
    lines: list[str] = []
    line, is_empty = first_prefix, True
    for piece in pieces:
        first_part, *later_parts = _split_long(piece, columns - max(map(count_cells, prefixes)))
        if not is_empty and count_cells(line) + count_cells(separator) + count_cells(first_part) > columns:
            lines.append(line + separator.rstrip())
            line, is_empty = later_prefix, True
        line += first_part if is_empty else separator + first_part
        is_empty = False
        for part in later_parts:
            lines.append(line)
            line = later_prefix + part
    return lines if is_empty else [*lines, line]


def _split_long(piece: str, columns: int) -> list[str]:
    """Return a piece in parts of at most ``columns``, broken between words, and inside those that are wider."""
    if count_cells(piece) <= columns:
        return [piece]
    if len(piece.split()) > 1:
        return wrap(piece, columns)
    parts = [""]
    for character in iter_graphemes(piece):
        if parts[-1] and count_cells(parts[-1] + character) > columns:
            parts.append("")
        parts[-1] += character
    return parts


def keep_end(text: str, columns: int) -> str:
    """Return a text, or an ellipsis and as much of its end as fits into ``columns`` cells."""
    if count_cells(text) <= columns:
        return text
    start = 0
    while start < len(text) and 1 + count_cells(text[start:]) > columns:
        start += 1
    return f"…{text[start:]}"


def labelled(label: str, value: str, note: str, columns: int) -> list[str]:
    """Return the lines of a label and its value, with a note on the same line if there is room."""
    first, later = f"{label:<{LABEL_COLUMNS}} ", " " * (LABEL_COLUMNS + 1)
    lines = wrap(sanitize(value), columns, first, later) or [first.rstrip()]
    note = one_line(note)
    if note and count_cells(lines[-1]) + 2 + count_cells(note) <= columns:
        lines[-1] += f"  {DIM}{note}{PLAIN}"
    elif note:
        lines += [f"{DIM}{line}{PLAIN}" for line in wrap(note, columns, later, later)]
    return lines
