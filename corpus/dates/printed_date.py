"""A text that is one date as documents print it, with nothing beside it but a weekday or a word for "on" or "year"."""

from __future__ import annotations

import re

from corpus.dates.date_patterns import DayFirst
from corpus.dates.date_text import find_dates
from corpus.dates.edtf import Date
from corpus.dates.weekdays import WEEKDAY
from corpus.deferred import deferred_pattern

_BESIDE = deferred_pattern(
    r"(?:[\s,]|(?<!\.)\.(?!\.)|\b(?:the|on|from|le|du|el|del|am|den|vom|od|dnia|dne|ngày|от|с|г|года?|році?|року|р|r|roku|god(?:ine)?|d)\b"
    r"|까지|まで)*",
    re.IGNORECASE,
)
"""Words for "on", "from" and "year" that may be typed with a date."""


def printed_date(text: str, day_first: DayFirst = None) -> Date | None:
    """Return the only date of a text; None where the text says more.

    Args:
        text: at most a line.
        day_first: see `corpus.dates.date_patterns.DayFirst`.
    """
    mentions = find_dates(text, day_first=day_first, bare_years=True)
    if len(mentions) != 1:
        return None
    beside = f"{text[: mentions[0].start]} {text[mentions[0].end :]}"
    return mentions[0].date if _BESIDE.fullmatch(WEEKDAY.sub(" ", beside)) else None
