"""Parse the dates of a query: ``2019``, ``2017..2019``, ``>=2017``, ``[2017 TO 2019]``, ``last-year``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.dates.edtf import OPEN_END, Date, Precision, parse_edtf
from corpus.dates.typed_dates import BETWEEN_ENDS, is_ambiguous, typed_date, typed_span_of_years
from corpus.deferred import deferred_pattern
from corpus.messages import Message, message
from search.grammar.diagnostics import shorten
from search.query import DateRange


@dataclass(frozen=True, slots=True)
class ParsedQueryDate:
    """The range that a date in a query means.

    Attributes:
        range: the range, or None when the date cannot be read.
        message: why it cannot be read, or how it was read where that may surprise.
    """

    range: DateRange | None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range. ``date`` None is open; ``exclusive`` leaves the date itself out."""

    date: Date | None
    exclusive: bool = False


_COMPARISON = re.compile(r"\s*(>=|<=|>|<|=)\s*(.*)", re.DOTALL)
_BRACKETED = re.compile(r"([\[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}]?)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_BEFORE_CHRIST = deferred_pattern(
    r"-\d{4,6}(?:-\d\d)*|\d{1,6} ?(?:B\.?C\.?(?:E\.?)?|v\. ?Chr\.?|av\. ?J\.?-?C\.?|a\. ?C\.?|до н\. ?э\.?)"
    r"|公元前\d{1,4}年?",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(r"^(?:previous|past)-")
_LAST_UNITS = re.compile(r"last-(\d{1,5})-(day|week|month|year)s?")
_DAYS_OF_UNIT = {"day": 1, "week": 7}
_MONTHS_OF_UNIT = {"month": 1, "year": 12}


@lru_cache(maxsize=1 << 10)  # a date filter stays the same while the reader tries other words
def parse_query_date(text: str, today: dt.date, *, within: bool = False) -> ParsedQueryDate:
    """Parse what follows ``date:``.

    Args:
        text: one value without its quotation marks, not ``none``.
        today: the day that ``last-year`` and similar dates are counted from.
        within: whether the date of a document must lie wholly inside the range.
    """
    digits = _to_ascii_digits(text)
    ends = _parse_ends(digits, today)
    if ends is None:
        is_too_early = any(_BEFORE_CHRIST.fullmatch(end.strip()) for end in re.split(r"\.\.|/|[<>=]+", digits))
        code = "query.date-before-christ" if is_too_early else "query.date-invalid"
        code = "query.date-ambiguous" if is_ambiguous(digits.lstrip("<>= ")) else code
        return ParsedQueryDate(None, message(code, text=shorten(text)))
    first, last = ends
    reversed_ends = None
    if first.date and last.date and _first_day(first.date) > _last_day(last.date):
        first, last, reversed_ends = last, first, message("query.date-reversed")
    low = _day_after(first.date) if first.exclusive and first.date else first.date
    high = _day_before(last.date) if last.exclusive and last.date else last.date
    if (first.date and not low) or (last.date and not high) or (low and high and _first_day(low) > _last_day(high)):
        return ParsedQueryDate(None, message("query.date-empty", text=shorten(text)))
    return ParsedQueryDate(DateRange(low, high, within), reversed_ends)


def _to_ascii_digits(text: str) -> str:
    """Return ``text`` with the digits of any script as ASCII digits, and without compatibility forms."""
    if text.isascii():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text).strip()
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in folded)


def _parse_ends(text: str, today: dt.date) -> tuple[_End, _End] | None:
    """Return both ends of a range; None when the text is no range."""
    if comparison := _COMPARISON.fullmatch(text):
        return _parse_comparison(comparison[1], comparison[2], today)
    if brackets := _BRACKETED.fullmatch(text):
        opening, start, end, closing = brackets.groups()
        return _range_of(
            _parse_end(start, today, exclusive=opening == "{"), _parse_end(end, today, exclusive=closing == "}")
        )
    if years := _YEARS.fullmatch(text):
        return _range_of(_parse_end(years[1], today), _parse_end(years[2], today))
    if period := _parse_short_years(text) or _parse_period(text, today):
        return period
    for pattern in BETWEEN_ENDS:
        match = pattern.fullmatch(text)
        ends = _range_of(_parse_end(match[1].strip(), today), _parse_end(match[2].strip(), today)) if match else None
        if ends:
            return ends
    return None


def _parse_short_years(text: str) -> tuple[_End, _End] | None:
    """Return the first and last year of ``2018-19``, ``2018/19`` or ``2010–11``; None for ``2010-11``, November."""
    years = parse_edtf(typed_span_of_years(text))
    return _ends_of(years) if years else None


def _parse_comparison(comparison: str, text: str, today: dt.date) -> tuple[_End, _End] | None:
    """Return the range of a comparison; ``>2017`` is after the whole of 2017, so from 2018-01-01."""
    period = _parse_period(text, today)
    if period is None:
        return None
    first, last = period
    return {
        "=": (first, last),
        ">=": (first, _End(None)),
        "<=": (_End(None), last),
        ">": (_End(last.date, exclusive=True), _End(None)),
        "<": (_End(None), _End(first.date, exclusive=True)),
    }[comparison]


def _range_of(first: _End | None, last: _End | None) -> tuple[_End, _End] | None:
    return (first, last) if first and last and (first.date or last.date) else None


def _parse_end(text: str, today: dt.date, *, exclusive: bool = False) -> _End | None:
    """Return one end of a range; an empty text, ``*`` and ``..`` leave it open."""
    if text in {"", "*", ".."}:
        return _End(None)
    period = _parse_period(text, today)
    return _End(period[0].date, exclusive) if period and period[0] == period[1] else None


def _parse_period(text: str, today: dt.date) -> tuple[_End, _End] | None:
    """Return the ends of one date, or of the range that a phrase such as ``last-30-days`` means."""
    text = text.strip()
    if text[-1:].isalpha() and (relative := _parse_relative(re.sub(r"[\s_]+", "-", text.lower()), today)):
        return _End(relative[0]), _End(relative[1])
    date = typed_date(text)
    return _ends_of(date) if date else None


def _ends_of(date: Date) -> tuple[_End, _End] | None:
    """Return the first and last date of a span, or a date as both; None for a season.

    EDTF reads 2019-24 as a season of 2019; people mean years by it, which are tried before.
    """
    first, _, last = date.edtf.partition("/")
    dates = [None if end == OPEN_END else parse_edtf(end) for end in (first, last or first)]
    if any(end and end.precision is Precision.SEASON for end in dates):
        return None
    return _End(dates[0]), _End(dates[1])


def _parse_relative(words: str, today: dt.date) -> tuple[Date, Date] | None:
    """Return the first and last date that ``words`` such as ``last-week`` mean on the day ``today``."""
    words = _PREVIOUS.sub("last-", words)
    if units := _LAST_UNITS.fullmatch(words):
        first = _subtract(today, int(units[1]), units[2])
        return (_day(first), _day(today)) if first else None
    monday = today.toordinal() - today.weekday()
    day_ranges = {
        "today": (today.toordinal(), today.toordinal()),
        "yesterday": (today.toordinal() - 1, today.toordinal() - 1),
        "this-week": (monday, monday + 6),
        "last-week": (monday - 7, monday - 1),
    }
    if words in day_ranges:
        low, high = day_ranges[words]
        in_calendar = low > 0 and high <= dt.date.max.toordinal()
        return (_day(dt.date.fromordinal(low)), _day(dt.date.fromordinal(high))) if in_calendar else None
    month = today.year * 12 + today.month - 1
    periods = {
        "this-year": f"{today.year:04}",
        "last-year": f"{today.year - 1:04}",
        "this-month": _month(month),
        "last-month": _month(month - 1),
    }
    date = parse_edtf(periods[words]) if words in periods else None
    return (date, date) if date else None


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _subtract(today: dt.date, count: int, unit: str) -> dt.date | None:
    """Return the day ``count`` units before ``today``. One month before 31 March is the last of February."""
    if unit in _DAYS_OF_UNIT:
        ordinal = today.toordinal() - count * _DAYS_OF_UNIT[unit]
        return dt.date.fromordinal(ordinal) if ordinal > 0 else None
    month = today.year * 12 + today.month - 1 - count * _MONTHS_OF_UNIT[unit]
    if month < 12:
        return None
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(today.day, calendar.monthrange(year, index + 1)[1]))


def _day(day: dt.date) -> Date:
    return Date(day.isoformat(), day, day, Precision.DAY)


def _first_day(date: Date) -> dt.date:
    return date.first or dt.date.min


def _last_day(date: Date) -> dt.date:
    return date.last or dt.date.max


def _day_after(date: Date) -> Date | None:
    """Return the day after the whole of ``date``."""
    return _day(_last_day(date) + dt.timedelta(1)) if _last_day(date) < dt.date.max else None


def _day_before(date: Date) -> Date | None:
    """Return the day before the whole of ``date``."""
    return _day(_first_day(date) - dt.timedelta(1)) if _first_day(date) > dt.date.min else None
