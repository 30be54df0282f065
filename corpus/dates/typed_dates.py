"""Dates as people type them in a query or a correction: as documents print them, and in shorter forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.dates.edtf import Date, date_range, parse_edtf, short_span
from corpus.deferred import Deferred, deferred_pattern

if TYPE_CHECKING:
    from corpus.dates.date_patterns import DayFirst
    from corpus.dates.printed_date import printed_date
else:
    printed_date = Deferred("corpus.dates.printed_date:printed_date")

MAX_DATE_CHARACTERS = 60
"""Characters of a date in words. Longer text is no date, and finding dates in it would take long."""

BETWEEN_ENDS = (
    re.compile(r"([^/]*)/([^/]*)"),
    re.compile(r"(.*?)(?:\.\.+|[–—])(.*)"),
    re.compile(r"(.+?) (?:-|to|until|bis|à|au|al|по) (.+)", re.IGNORECASE),
)
"""Ways of writing a range between two dates, in the order in which they are tried."""
_FIGURES = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ][\d:.,+Z-]+", re.IGNORECASE)
_YEAR_BEHIND = deferred_pattern(r"(\d{1,2})([-/]|\. ?)(\d{1,2})\2(\d{4})")
_EARLY_YEAR = deferred_pattern(r"(?:A\.?D\.? ?)?(\d{3})(?: ?(?:A\.?D\.?|C\.?E\.?))?", re.IGNORECASE)
_DECADE = deferred_pattern(r"(?:the )?(\d{3})0['\u2019]?s", re.IGNORECASE)
_SHORT_YEARS = deferred_pattern(r"(?:FY ?)?(\d{4}) ?[-/–—‐‑] ?(\d\d)", re.IGNORECASE)


def typed_date(text: str, day_first: DayFirst = None) -> Date | None:
    """Return the date or span that a text is, with nothing beside it but a weekday or a word for "year".

    Args:
        text: what was typed, with ASCII figures or those of any script.
        day_first: see `corpus.dates.date_patterns.DayFirst`.

    Returns:
        None also where the order of day and month is not known; see `is_ambiguous`.
    """
    text = text.strip()
    if len(text) > MAX_DATE_CHARACTERS:
        return None
    if figures := _YEAR_BEHIND.fullmatch(text):
        return parse_edtf(_day_of_figures(figures, day_first))
    if date := parse_edtf(_short_form(text)):
        return date
    return printed_date(text, day_first)


def typed_range(text: str, day_first: DayFirst = None) -> Date | None:
    """Return a typed date, or the range between two: ``2017..2019``, ``2017..``, ``2010 to 2012``."""
    if date := typed_date(text, day_first) or parse_edtf(typed_span_of_years(text)):
        return date
    for pattern in BETWEEN_ENDS:
        if match := pattern.fullmatch(text.strip()):
            ends = [typed_date(end, day_first) for end in match.groups()]
            is_open = [not end.strip() and pattern is BETWEEN_ENDS[1] for end in match.groups()]
            if all(date or open_end for date, open_end in zip(ends, is_open, strict=True)):
                return date_range(*(date.edtf if date else None for date in ends))
    return None


def typed_span_of_years(text: str) -> str:
    """Return the years of ``2018-19``, ``2018/19`` or ``2010–11`` in EDTF; ``""`` for ``2010-11``, November."""
    years = _SHORT_YEARS.fullmatch(text.strip())
    may_be_month = years and "–" not in text and "—" not in text and int(years[2]) in range(1, 13)
    return (short_span(years[1], years[2]) or "") if years and not may_be_month else ""


def is_ambiguous(text: str) -> bool:
    """Return whether a text is a day in figures of which two may be the month."""
    figures = _YEAR_BEHIND.fullmatch(text.strip())
    return figures is not None and not _day_of_figures(figures, None)


def readings_of_ambiguous(text: str) -> tuple[str, str] | None:
    """Return the two days in EDTF that 04/03/2019 may be, the day first and the month first; None for other texts."""
    figures = _YEAR_BEHIND.fullmatch(text.strip())
    if figures is None or not is_ambiguous(text):
        return None
    return _day_of_figures(figures, day_first=True), _day_of_figures(figures, day_first=False)


def _short_form(text: str) -> str:
    """Return a date in figures, an instant, an early year or a decade as EDTF; any other text as it is."""
    if instant := _INSTANT.fullmatch(text):
        return instant[1]
    if figures := _FIGURES.fullmatch(text):
        year, _, month, day = figures.groups()
        return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")
    if early := _EARLY_YEAR.fullmatch(text):
        return f"0{early[1]}"
    decade = _DECADE.fullmatch(text)
    return f"{decade[1]}X" if decade else text


def _day_of_figures(figures: re.Match[str], day_first: DayFirst) -> str:
    """Return the day of 04.03.2019 or 25/03/2019 in EDTF; ``""`` for 04/03/2019, which may be two days."""
    first, separator, second, year = figures.groups()
    if separator[0] == "." or day_first or int(first) > 12 or int(first) == int(second):
        return f"{year}-{second:0>2}-{first:0>2}"
    return f"{year}-{first:0>2}-{second:0>2}" if day_first is False or int(second) > 12 else ""
