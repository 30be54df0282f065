"""Text made fit for a terminal: what comes from a document or a path is never trusted."""

from __future__ import annotations

import re

from commands.terminal.cells import cells, wrap

BOLD, DIM, MARK, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
MOST_COLUMNS = 110
"""Lines longer than this are hard to read, however wide the window."""
TALLY = 10
"""Cells of a label in front of a facet or a fact."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000\ue001]")


def safe(text: str) -> str:
    """``text`` without what could move the cursor, change colours or turn the direction of reading."""
    return _UNSAFE.sub(" ", text)


def line(text: str) -> str:
    """``text`` made safe and put on one line."""
    return " ".join(safe(text).split())


def plural(count: int, noun: str) -> str:
    """``1 document``, ``2,000 documents``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def fact(name: str, value: str, note: str, width: int) -> list[str]:
    """A label and what it labels, then a note about it, on the same line if there is room."""
    front, under = f"{name:<{TALLY}} ", " " * (TALLY + 1)
    lines = wrap(safe(value), width, front, under) or [front.rstrip()]
    told = line(note)
    if told and cells(lines[-1]) + 2 + cells(told) <= width:
        lines[-1] += f"  {DIM}{told}{PLAIN}"
    elif told:
        lines += [f"{DIM}{part}{PLAIN}" for part in wrap(told, width, under, under)]
    return lines
