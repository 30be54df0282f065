"""Parts that all screens share: safe text, colours, counted nouns, notes and errors.

What comes from a document or a path is never trusted: control characters in it could rewrite the reader's screen.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from datetime import datetime

from corpus.messages import TABLES, message
from corpus.trust.unsafe_characters import UNSAFE_TEXT

NONE = "(none)"
"""Shown in place of an empty value."""
NOTE, PROGRAM = "note:", "muniment:"
"""The first words of a note and of an error."""

BOLD, DIM, RED, YELLOW, HIGHLIGHT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[1;33m", "\x1b[0m"
"""ANSI codes. click drops them where the output is no terminal."""
HIGHLIGHT_START, HIGHLIGHT_END = "\ue000", "\ue001"
"""Stand-ins for colour codes while lines are broken. They take no cell; `colour_highlights` replaces them."""
MAX_COLUMNS = 110
"""Cells of the longest line: longer ones are hard to read, however wide the window."""
LABEL_COLUMNS = 10
"""Cells of a label in front of a facet or a value."""
MAX_ROWS_OF_A_GROUP = 20
"""Rows of one group on a screen; JSON has them all."""

_UNSAFE = re.compile(f"[{UNSAFE_TEXT}{HIGHLIGHT_START}{HIGHLIGHT_END}]")


def sanitize(text: str) -> str:
    """Replace characters that could move the cursor, change colours or turn the direction of reading."""
    return _UNSAFE.sub(" ", text)


def one_line(text: str) -> str:
    """Return a text sanitized and on one line."""
    return " ".join(sanitize(text).split())


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 document``, ``2,000 documents``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def local_moment(moment: str) -> str:
    """Return a stored time in UTC as local time for people; what is none stays as it is."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return moment


def megabytes(size: int) -> str:
    """Return a number of bytes in megabytes: ``1.5 MB``."""
    return f"{size / 1_000_000:.1f} MB"


def state_label(state: str) -> str:
    """Return the name of a state of files or documents for people; a state that is none is only made safe."""
    code = f"state.{state}"
    return str(message(code)) if code in TABLES["en"] else one_line(state)


def plain_screen(rows: Iterable[str]) -> str:
    """Join rows without colours to a screen. Each is sanitized; a line break inside one becomes a blank."""
    return "\n".join(sanitize(row.replace("\n", " ")) for row in rows)


def count_hidden(total: int, limit: int) -> list[str]:
    """Return a row that counts those of a group beyond ``limit``, or no row."""
    return [f"    and {total - limit:,} more; --json lists them all"] if total > limit else []


def mark_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a sanitized text with its spans between placeholders that `colour_highlights` replaces."""
    pieces, end_of_last = [], 0
    for start, end in spans:
        pieces += [sanitize(text[end_of_last:start]), HIGHLIGHT_START, sanitize(text[start:end]), HIGHLIGHT_END]
        end_of_last = end
    return "".join([*pieces, sanitize(text[end_of_last:])])


def colour_highlights(text: str) -> str:
    """Replace the placeholders of highlights by colour codes, once lines are broken."""
    return text.replace(HIGHLIGHT_START, HIGHLIGHT).replace(HIGHLIGHT_END, PLAIN)


def render_note(text: str) -> str:
    """Render something worth knowing, for standard error."""
    return f"{YELLOW}{NOTE}{PLAIN} {one_line(text)}"


def render_error(message: str, hint: str) -> str:
    """Render what went wrong and, on a second line, what to do."""
    lines = [f"{RED}{PROGRAM}{PLAIN} {one_line(message)}"]
    return "\n".join([*lines, f"  {one_line(hint)}"] if hint else lines)


def render_prompt(*arguments: str, spaced: bool = False) -> str:
    """Render a call of the program as typed in a shell, with empty lines around it if ``spaced``."""
    prompt = f"$ muniment {shlex.join(arguments)}"
    return f"\n{prompt}\n" if spaced else prompt
