"""Dates as EDTF, as their first and last possible day with a precision, and in words.

The subset of the Extended Date/Time Format (ISO 8601-2:2019, levels 0 and part of 1) is: years of four digits, months,
days, ``201X`` for a decade, ``2019-XX`` for a month not known, seasons ``2019-21`` to ``-24``, a qualifier ``~``
(about), ``?`` (perhaps) or ``%`` (both) at the end of a value, and ranges ``a/b`` with ``..`` for an open end.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.dates.months import DATE_WORDINGS, DateWording, month_names


class Precision(StrEnum):
    """The precision of a date."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Date:
    """A date with its first and last possible day.

    Attributes:
        edtf: canonical EDTF string (`2019`, `2019-03`, `2019-03-04`, `2017/2019`, `2017/..`, `../2019`, `2019~`).
        first: first possible day, or None when the start is open.
        last: last possible day, or None when the end is open.
        precision: of the value as a whole.
    """

    edtf: str
    first: dt.date | None
    last: dt.date | None
    precision: Precision


OPEN_END = ".."
MAX_SHORT_SPAN_YEARS = 30
"""Longest span of years whose last year is written with two digits. Beyond it, the two digits number something."""
MAX_EDTF_CHARACTERS = 24
"""Longest string of the subset: two qualified days and the slash between them come to 23 characters."""

_VALUE = re.compile(r"([0-9]{3}[0-9X])(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")


def parse_edtf(text: str) -> Date | None:
    """Parse an EDTF string; return None when it is outside the subset or names a day that does not exist.

    A season may be any part of its year, because its months depend on the hemisphere.
    """
    text = text.strip()
    if len(text) > MAX_EDTF_CHARACTERS:
        return None
    start, slash, end = text.partition("/")
    return _range(start, end) if slash else _value(text)


def date_range(first: str | None, last: str | None) -> Date | None:
    """Return the range between two EDTF values, None for an open end; None when it is not a range."""
    return parse_edtf(f"{first or OPEN_END}/{last or OPEN_END}")


def _range(start: str, end: str) -> Date | None:
    a = None if start == OPEN_END else _value(start)
    b = None if end == OPEN_END else _value(end)
    if (a is None) is not (start == OPEN_END) or (b is None) is not (end == OPEN_END) or (a is None and b is None):
        return None
    first, last = a.first if a else None, b.last if b else None
    if first and last and last < first:
        return None
    return Date(f"{start}/{end}", first, last, Precision.RANGE)


def _value(text: str) -> Date | None:
    match = _VALUE.fullmatch(text)
    if match is None or match[1] in ("0000", "000X"):
        return None
    year, month, day, _ = match.groups()
    if year.endswith("X"):
        return None if month else _decade(text, int(year[:3]) * 10)
    if month is None or month == "XX":
        return _year(text, int(year)) if day in (None, "XX") else None
    if 21 <= int(month) <= 24:
        return None if day else _bounded(text, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31), Precision.SEASON)
    return _month_or_day(text, int(year), int(month), day)


def _month_or_day(text: str, year: int, month: int, day: str | None) -> Date | None:
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if day is None or day == "XX":
        return _bounded(text, dt.date(year, month, 1), dt.date(year, month, length), Precision.MONTH)
    if not 1 <= int(day) <= length:
        return None
    only = dt.date(year, month, int(day))
    return _bounded(text, only, only, Precision.DAY)


def _decade(text: str, year: int) -> Date:
    return _bounded(text, dt.date(year, 1, 1), dt.date(year + 9, 12, 31), Precision.DECADE)


def _year(text: str, year: int) -> Date:
    return _bounded(text, dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR)


def _bounded(text: str, first: dt.date, last: dt.date, precision: Precision) -> Date:
    return Date(text, first, last, precision)


def short_span(first: str, last: str) -> str | None:
    """Return the span of years that ``2018-19`` means, as EDTF.

    Args:
        first: the first year in four digits.
        last: the last two digits of the last year. 01 to 12 are the year after the first, or else a month.

    Returns:
        None when ``last`` may be a month, or is no year of the next `MAX_SHORT_SPAN_YEARS`.
    """
    years = (int(last) - int(first)) % 100
    if not 1 <= years <= MAX_SHORT_SPAN_YEARS or (years > 1 and 1 <= int(last) <= 12):
        return None
    return f"{first}/{int(first) + years:04}"


def dates_overlap(a: Date, b: Date) -> bool:
    """Return whether some day may belong to both dates."""
    return _not_after(a.first, b.last) and _not_after(b.first, a.last)


def _not_after(first: dt.date | None, last: dt.date | None) -> bool:
    return first is None or last is None or first <= last


def is_within(inner: Date, outer: Date) -> bool:
    """Return whether every possible day of ``inner`` belongs to ``outer``."""
    starts = outer.first is None or (inner.first is not None and outer.first <= inner.first)
    ends = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return starts and ends


def years_of(date: Date) -> range:
    """Return the years of a date, in order; for a range with an open end only the known year."""
    first, last = date.first or date.last, date.last or date.first
    return range(first.year, last.year + 1) if first and last else range(0)


def date_in_words(date: Date, language: str = "en") -> str:
    """Return a date in words, at its own precision: ``4 March 2019``, ``March 2019``, ``since 2017``.

    Args:
        date: the date.
        language: BCP 47 code; English where the language is not one of `corpus.dates.months.LANGUAGES`.
    """
    language = language if language in DATE_WORDINGS else "en"
    wording = DATE_WORDINGS[language]
    start, slash, end = date.edtf.partition("/")
    if not slash:
        return _qualified(start, language, wording)
    if end == OPEN_END:
        return wording.since.format(x=_qualified(start, language, wording))
    if start == OPEN_END:
        return wording.until.format(x=_qualified(end, language, wording))
    return _span_words(start, end, language, wording)


def _qualified(edtf: str, language: str, wording: DateWording) -> str:
    plain = _words(edtf.rstrip("~?%"), language, wording)
    if edtf[-1] in "~%":
        plain = wording.about.format(x=plain)
    return wording.perhaps.format(x=plain) if edtf[-1] in "?%" else plain


def _words(edtf: str, language: str, wording: DateWording) -> str:
    year, *rest = edtf.replace("-XX", "").split("-")
    if not rest:
        return wording.decade.format(x=f"{int(year[:3])}0") if year.endswith("X") else str(int(year))
    number = int(rest[0])
    name = wording.seasons[number - 21] if number > 12 else month_names(language)[number - 1]
    if number <= 12 and len(rest) == 2:
        day = wording.first_day if int(rest[1]) == 1 else str(int(rest[1]))
        if wording.months_of_days:
            name = wording.months_of_days[number - 1]
        name = wording.day.format(d=day, m=name)
    return wording.month.format(m=name, y=int(year))


def _span_words(start: str, end: str, language: str, wording: DateWording) -> str:
    if start[-1] in "~?%" or end[-1] in "~?%" or "X" in start + end:
        return f"{_qualified(start, language, wording)} - {_qualified(end, language, wording)}"
    a, b = start.split("-"), end.split("-")
    if a == b:
        return _words(start, language, wording)
    if len(a) == len(b) == 1:
        return f"{int(a[0])}-{int(b[0])}"
    last = _words(end, language, wording)
    year_first = wording.month.startswith("{y}")
    if a[0] != b[0] or len(a) != len(b) or int(a[1]) > 12 or int(b[1]) > 12 or year_first:
        return f"{_words(start, language, wording)} - {last}"
    dot = "." if wording.day.startswith("{d}.") else ""
    if len(a) == 3 and a[1] == b[1]:
        return f"{int(a[2])}{dot}-{last}"
    months = wording.months_of_days if len(a) == 3 and wording.months_of_days else month_names(language)
    month = months[int(a[1]) - 1]
    return f"{wording.day.format(d=int(a[2]), m=month) if len(a) == 3 else month}-{last}"
