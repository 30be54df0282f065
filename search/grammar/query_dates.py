"""Dates as people ask for them: ``2019``, ``2017..2019``, ``>=2017``, ``[2017 TO 2019]``, ``last-year``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.date_text import find_dates
from corpus.dates import Date, Precision, parse_edtf
from search.grammar.diagnostics import shorten
from search.query import DateRange

HOW = "write 2019, 2019-03, 2019-03-04, 2017..2019, >=2017 or last-year"
"""What a bad date is answered with."""


@dataclass(frozen=True, slots=True)
class ParsedQueryDate:
    """What a date in a query says.

    Attributes:
        range: the span, or None when it cannot be read.
        note: why it cannot be read; or what a person should know about how it was.
    """

    range: DateRange | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a span; ``date`` None is open, ``beside`` leaves the date itself out."""

    date: Date | None
    beside: bool = False


_COMPARISON = re.compile(r"\s*(>=|<=|>|<|=)\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"([\[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}]?)", re.IGNORECASE)
_BETWEEN = (re.compile(r"([^/]*)/([^/]*)"), re.compile(r"(.*?)(?:\.\.+|[–—])(.*)"))
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_FIGURES = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ][\d:.,+Z-]+", re.IGNORECASE)
_PREVIOUS = re.compile(r"^(?:previous|past)-")
_SPAN = re.compile(r"last-(\d{1,5})-(day|week|month|year)s?")
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_LONGEST = 60  # characters of a date in words


@lru_cache(maxsize=1 << 10)  # a narrowing stays while words are tried
def parse_query_date(text: str, today: dt.date, *, within: bool = False) -> ParsedQueryDate:
    """Read what stands behind ``date:``.

    Args:
        text: the value without its quotes; ``none`` and lists are not its business.
        today: the day that ``last-year`` and its like are counted from.
        within: whether documents must lie wholly inside the span.
    """
    ends = _ends(_plain(text), today)
    if ends is None:
        return ParsedQueryDate(None, f"“{shorten(text)}” is not a date of the calendar; {HOW}")
    first, last = ends
    note = ""
    if first.date and last.date and _begins(first.date) > _finishes(last.date):
        first, last, note = last, first, "the ends of this span were the wrong way round"
    low = _after(first.date) if first.beside and first.date else first.date
    high = _before(last.date) if last.beside and last.date else last.date
    if (first.date and not low) or (last.date and not high) or (low and high and _begins(low) > _finishes(high)):
        return ParsedQueryDate(None, f"no day lies in “{shorten(text)}”")
    return ParsedQueryDate(DateRange(low, high, within), note)


def _plain(text: str) -> str:
    """``text`` with the digits of any script as ASCII ones, and without compatibility forms."""
    if text.isascii():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text).strip()
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in folded)


def _ends(text: str, today: dt.date) -> tuple[_End, _End] | None:
    """Both ends of the span; None when it is none."""
    if comparison := _COMPARISON.fullmatch(text):
        return _compared(comparison[1], comparison[2], today)
    if brackets := _BRACKETS.fullmatch(text):
        left, start, end, right = brackets.groups()
        return _spanned(_end(start, today, beside=left == "{"), _end(end, today, beside=right == "}"))
    if years := _YEARS.fullmatch(text):
        return _spanned(_end(years[1], today), _end(years[2], today))
    if period := _period(text, today):
        return period
    for pattern in _BETWEEN:
        two = pattern.fullmatch(text)
        ends = _spanned(_end(two[1].strip(), today), _end(two[2].strip(), today)) if two else None
        if ends:
            return ends
    return None


def _compared(comparison: str, text: str, today: dt.date) -> tuple[_End, _End] | None:
    """The span that ``>2017`` and its like mean: after the whole of 2017, so from 2018-01-01."""
    period = _period(text, today)
    if period is None:
        return None
    first, last = period
    return {
        "=": (first, last),
        ">=": (first, _End(None)),
        "<=": (_End(None), last),
        ">": (_End(last.date, beside=True), _End(None)),
        "<": (_End(None), _End(first.date, beside=True)),
    }[comparison]


def _spanned(first: _End | None, last: _End | None) -> tuple[_End, _End] | None:
    return (first, last) if first and last and (first.date or last.date) else None


def _end(text: str, today: dt.date, *, beside: bool = False) -> _End | None:
    """One end of a span; nothing, ``*`` and ``..`` leave it open."""
    if text in {"", "*", ".."}:
        return _End(None)
    period = _period(text, today)
    return _End(period[0].date, beside) if period and period[0] == period[1] else None


def _period(text: str, today: dt.date) -> tuple[_End, _End] | None:
    """One date, or the span a phrase such as ``last-30-days`` means."""
    text = text.strip()
    if text[-1:].isalpha() and (relative := _relative(re.sub(r"[\s_]+", "-", text.lower()), today)):
        return _End(relative[0]), _End(relative[1])
    date = _point(text)
    return (_End(date), _End(date)) if date else None


def _point(text: str) -> Date | None:
    if instant := _INSTANT.fullmatch(text):
        text = instant[1]
    if figures := _FIGURES.fullmatch(text):
        year, _, month, day = figures.groups()
        text = f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")
    date = None if "/" in text else parse_edtf(text)
    if date:
        # 2019-21 is a season to EDTF, somewhere in 2019; who types it may as well mean 2019 to 2021.
        return None if date.precision is Precision.SEASON else date
    if len(text) > _LONGEST or not any(char.isalpha() for char in text):
        return None
    found = find_dates(text, bare_years=True)
    whole = len(found) == 1 and found[0].printed == text and "/" not in found[0].date.edtf
    return found[0].date if whole else None


def _relative(words: str, today: dt.date) -> tuple[Date, Date] | None:
    """The first and last date that ``words`` mean when spoken today."""
    words = _PREVIOUS.sub("last-", words)
    if span := _SPAN.fullmatch(words):
        first = _back(today, int(span[1]), span[2])
        return (_day(first), _day(today)) if first else None
    monday = today.toordinal() - today.weekday()
    spans = {
        "today": (today.toordinal(), today.toordinal()),
        "yesterday": (today.toordinal() - 1, today.toordinal() - 1),
        "this-week": (monday, monday + 6),
        "last-week": (monday - 7, monday - 1),
    }
    if words in spans:
        low, high = spans[words]
        in_calendar = low > 0 and high <= dt.date.max.toordinal()
        return (_day(dt.date.fromordinal(low)), _day(dt.date.fromordinal(high))) if in_calendar else None
    month = today.year * 12 + today.month - 1
    names = {
        "this-year": f"{today.year:04}",
        "last-year": f"{today.year - 1:04}",
        "this-month": _month(month),
        "last-month": _month(month - 1),
    }
    date = parse_edtf(names[words]) if words in names else None
    return (date, date) if date else None


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _back(today: dt.date, count: int, unit: str) -> dt.date | None:
    """The day ``count`` units before ``today``; a month earlier than 31 March is the last of February."""
    if unit in _DAYS:
        ordinal = today.toordinal() - count * _DAYS[unit]
        return dt.date.fromordinal(ordinal) if ordinal > 0 else None
    month = today.year * 12 + today.month - 1 - count * _MONTHS[unit]
    if month < 12:
        return None
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(today.day, calendar.monthrange(year, index + 1)[1]))


def _day(day: dt.date) -> Date:
    return Date(day.isoformat(), day, day, Precision.DAY)


def _begins(date: Date) -> dt.date:
    return date.first or dt.date.min


def _finishes(date: Date) -> dt.date:
    return date.last or dt.date.max


def _after(date: Date) -> Date | None:
    """The day after the whole of ``date``."""
    return _day(_finishes(date) + dt.timedelta(1)) if _finishes(date) < dt.date.max else None


def _before(date: Date) -> Date | None:
    """The day before the whole of ``date``."""
    return _day(_begins(date) - dt.timedelta(1)) if _begins(date) > dt.date.min else None
