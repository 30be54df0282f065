"""Search for the gutters of a page: wide gaps that several lines have in the same place."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

SAMPLED_LINES = 6
"""Lines of a page, at even distances, of which one must cross a gutter. Reading all of them takes six times as long."""
MIN_PAGE_CHARACTERS = 120
"""Characters of a page that can have columns of three lines."""
MIN_LINE_CHARACTERS = 24
"""Characters of a line that can have two columns."""
MAX_LINE_CHARACTERS = 200
"""Characters of a sampled line that are examined."""
NEARBY_CHARACTERS = 600
"""Characters before and after a sampled line that crosses a gutter in which more lines must do so."""
MAX_LINE_OBJECTS = 400
"""Text objects of a line that are examined."""
MIN_GUTTER = 8.0
"""Narrowest gutter, in points. Words of justified lines are rarely further apart."""
MIN_COLUMN_WIDTH = 50.0
"""Narrowest column, in points: ten letters."""
MIN_JOINTS = 3
"""Places where a gutter is crossed inside a line, of columns whose lines are mixed."""
_LINE = re.compile(r"(?:(?!\r\n).)+", re.DOTALL)
_EDGES = tuple(ctypes.c_double() for _ in range(4))
_EDGE_POINTERS = tuple(map(ctypes.byref, _EDGES))


def may_mix_columns(textpage: pdfium.PdfTextPage, text: str) -> bool:
    """Return whether one of the sampled lines, and then enough lines, cross a gutter."""
    if len(text) < MIN_PAGE_CHARACTERS:
        return False
    handle = textpage.raw  # a PdfTextPage is converted to it at each call
    step = len(text) // SAMPLED_LINES
    for offset in range(step // 2, len(text), step):
        start = text.find("\r\n", offset) + 2
        if start < 2:
            start = offset
        end = text.find("\r\n", start, start + MAX_LINE_CHARACTERS)
        length = (end if end >= 0 else min(start + MAX_LINE_CHARACTERS, len(text))) - start
        if length >= MIN_LINE_CHARACTERS and _gaps(handle, start, length):
            lines = _LINE.finditer(text, max(start - NEARBY_CHARACTERS, 0), start + NEARBY_CHARACTERS)
            gaps = [gap for line in lines for gap in _gaps(handle, line.start(), line.end() - line.start())]
            if commonest_gap(gaps) is not None:
                return True
    return False


def _gaps(textpage: object, start: int, length: int) -> list[tuple[float, float]]:
    """Return the wide gaps between two wide pieces of a line, measured at the objects that the line consists of."""
    count = raw.FPDFText_CountRects(textpage, start, length)
    if count < 2:
        return []
    gaps: list[tuple[float, float]] = []
    before: tuple[float, float] | None = None
    left = right = object_left = object_right = 0.0
    edge_left, _, edge_right, _ = _EDGES
    for index in range(min(count, MAX_LINE_OBJECTS) + 1):
        if index < count:
            raw.FPDFText_GetRect(textpage, index, *_EDGE_POINTERS)
            object_left, object_right = edge_left.value, edge_right.value
        if index == 0:
            left, right = object_left, object_right
        elif index == count or max(left, object_left) - min(right, object_right) >= MIN_GUTTER:
            if right - left >= MIN_COLUMN_WIDTH:
                if before and (before[1] < left or right < before[0]):
                    gaps.append((min(before[1], right), max(before[0], left)))
                before = left, right
            left, right = object_left, object_right
        else:
            left, right = min(left, object_left), max(right, object_right)
    return gaps


def commonest_gap(gaps: Sequence[tuple[float, float]]) -> float | None:
    """Return the middle of the place that most gaps share, by a sweep over their ends; None where too few share one."""
    ends = sorted([(start, 1) for start, _ in gaps] + [(end, -1) for _, end in gaps])
    best = count = 0
    middle: float | None = None
    for (place, step), (following, _) in pairwise(ends):
        count += step
        if count > best and count >= MIN_JOINTS:
            best, middle = count, (place + following) / 2
    return middle
