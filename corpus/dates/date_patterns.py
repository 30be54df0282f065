"""Pieces of the patterns of dates, which the modules of single languages share. Every repetition is bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

DayFirst: TypeAlias = bool | None
"""The order of 04/03/2019: True for 4 March, False for April 3, None for the year alone."""

GAP = r"[ \t\n\u00a0\u202f]{1,3}"
ANY_GAP = r"[ \t\n\u00a0\u202f]{0,3}"
DASH = r"[-‐‑–—]"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
ORDINAL = r"(?:st|nd|rd|th|ers?|ère|e|º|°|ª|o|\.)?"
DAY = rf"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9]){ORDINAL}"
OF = rf"(?:{GAP}(?:of|de|del|di|d[’']|من)|[,،])?"
TO = (
    rf"(?:{ANY_GAP}{DASH}{ANY_GAP}"
    rf"|{GAP}(?:to|and|until|au|et|al|a|y|e|bis|und|و|إلى|الى|по|до|и){GAP}(?:le{GAP}|el{GAP})?)"
)
FREE = r"(?<![\w/])(?<![0-9][.,:])(?<!-)"  # not preceded by anything that makes it part of a symbol or a number


class Shape(NamedTuple):
    """A way of writing dates: its pattern, and the conversion of a match to EDTF."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Mapping[str, int], DayFirst], str | None]


class EdtfMatch(NamedTuple):
    """The place of a date and its EDTF; the date is impossible where that is ``""``."""

    start: int
    negative_end: int
    edtf: str
