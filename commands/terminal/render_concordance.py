"""Render a concordance: its words in one column, by terminal cells, with counts above and groups before the lines."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

from commands.output import is_quiet
from commands.terminal.cells import count_cells, keep_end
from commands.terminal.terminal_text import (
    BOLD,
    DIM,
    HIGHLIGHT,
    MAX_ROWS_OF_A_GROUP,
    PLAIN,
    count_hidden,
    one_line,
    plural,
)
from search.concordance.concordance_values import Concordance, ConcordanceLine

_MIN_CONTEXT_CELLS = 12
"""Cells of context on either side, however narrow the terminal."""
_WIDE_COLUMNS = 100
"""Cells of a terminal in which a line has its document's date as well."""
_MAX_COLUMNS = 160
_GAP = "  "


def render_concordance(concordance: Concordance, columns: int) -> str:
    """Render a page of a concordance."""
    rows = [] if is_quiet() else [*_counts(concordance), ""]
    rows += [*_groups(concordance), *([""] if concordance.groups else [])]
    return "\n".join([*rows, *_lines(concordance.lines, min(columns, _MAX_COLUMNS))]).rstrip("\n")


def _counts(concordance: Concordance) -> list[str]:
    options = concordance.options
    counted = "in all forms" if options.stemmed else "as written"
    first = (
        f"{BOLD}{plural(concordance.total, 'place')}{PLAIN} in {concordance.documents_with:,} of "
        f"{plural(concordance.documents, 'document')}, {concordance.per_million:,.1f} in a million words"
    )
    where = "titles" if options.within == "title" else "main text"
    second = f"{one_line(concordance.understood)}; counted {counted} among {concordance.tokens:,} words of {where}"
    rows = [first, f"{DIM}{second}{PLAIN}"]
    if options.sample and options.sample < concordance.total:
        rows.append(f"{DIM}sample of {options.sample:,} with seed {options.seed}{PLAIN}")
    shown = len(concordance.lines)
    if shown and shown < concordance.chosen:
        first_number = concordance.lines[0].number
        rows.append(f"{DIM}lines {first_number:,} to {concordance.lines[-1].number:,} of {concordance.chosen:,}{PLAIN}")
    if any(_is_right_to_left(line.node) for line in concordance.lines):
        rows.append(
            f"{DIM}some lines are written from right to left, which terminals show differently: "
            f"use --csv, or the page in the browser{PLAIN}"
        )
    return rows


def _groups(concordance: Concordance) -> list[str]:
    shown = concordance.groups[:MAX_ROWS_OF_A_GROUP]
    labels = [one_line(group.label) or "(edge of the text)" for group in shown]
    rows = [
        f"{group.lines:>8,}  in {plural(group.documents, 'document'):<16} {label}"
        for group, label in zip(shown, labels, strict=True)
    ]
    return [*rows, *count_hidden(len(concordance.groups), MAX_ROWS_OF_A_GROUP)]


def _lines(lines: tuple[ConcordanceLine, ...], columns: int) -> list[str]:
    places = [_place(line, has_date=columns >= _WIDE_COLUMNS) for line in lines]
    width = max(map(count_cells, places), default=0)
    nodes = [one_line(line.node) for line in lines]
    widest = max(map(count_cells, nodes), default=0)
    context = max((columns - width - len(_GAP) - min(widest, columns // 3) - 2) // 2, _MIN_CONTEXT_CELLS)
    rows = []
    for line, place, node in zip(lines, places, nodes, strict=True):
        blank = " " if line.blank_before else ""
        left = f"{keep_end(one_line(line.left).rstrip(), context)}{blank}"
        right = _keep_start(one_line(line.right).lstrip(), context)
        padding = " " * (width - count_cells(place))
        gap = " " if line.blank_behind else ""
        room = " " * (context + 1 - count_cells(left))
        rows.append(f"{DIM}{place}{PLAIN}{padding}{_GAP}{room}{left}{HIGHLIGHT}{node}{PLAIN}{gap}{right}".rstrip())
    return rows


def _place(line: ConcordanceLine, *, has_date: bool) -> str:
    page = "" if line.page is None else f":{line.page}"
    return f"{line.id}{page}" + (f" {one_line(line.date) or '(undated)'}" if has_date else "")


def _keep_start(text: str, columns: int) -> str:
    """Return a text, or as much of its beginning as fits into ``columns`` cells, and an ellipsis."""
    if count_cells(text) <= columns:
        return text
    lengths = takewhile(lambda length: count_cells(text[:length]) < columns, range(len(text)))
    return f"{text[: max(lengths, default=0)]}…"


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
