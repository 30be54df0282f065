"""Recognition of dates in running text, in nine languages and in figures.

There is one pattern per shape of date. Every repetition in them is bounded, so that the time is linear in the length of
the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from corpus.dates.edtf import Date, parse_edtf, short_span
from corpus.dates.months import LANGUAGES, months_by_spelling, months_without_day
from corpus.deferred import deferred_pattern

DayFirst: TypeAlias = bool | None
"""The order of 04/03/2019: True for 4 March, False for April 3, None for the year alone."""


class Mention(NamedTuple):
    """A date and its position in a text: ``printed`` is ``text[start:end]``."""

    date: Date
    printed: str
    start: int
    end: int


_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
_TO_ASCII = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_FOREIGN_DIGIT = deferred_pattern("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")
_HAN_DIGITS = {
    character: digit for digit, characters in enumerate(("〇零○", *"一二三四五六七八九")) for character in characters
}

_GAP = r"[ \t\n\u00a0\u202f]{1,3}"
_ANY_GAP = r"[ \t\n\u00a0\u202f]{0,3}"
_DASH = r"[-‐‑–—]"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
_ORDINAL = r"(?:st|nd|rd|th|ers?|ère|e|º|°|ª|o|\.)?"
_DAY = rf"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9]){_ORDINAL}"
_OF = rf"(?:{_GAP}(?:of|de|del|di|d[’']|من)|[,،])?"
_TO = (
    rf"(?:{_ANY_GAP}{_DASH}{_ANY_GAP}"
    rf"|{_GAP}(?:to|and|until|au|et|al|a|y|e|bis|und|و|إلى|الى|по|до|и){_GAP}(?:le{_GAP}|el{_GAP})?)"
)
_FREE = r"(?<![\w/])(?<![0-9][.,:])(?<!-)"  # not preceded by anything that makes it part of a symbol or a number


class _Shape(NamedTuple):
    """A way of writing dates: its pattern, and the conversion of a match to EDTF."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Mapping[str, int], DayFirst], str | None]


def find_dates(
    text: str,
    languages: tuple[str, ...] | None = None,
    day_first: DayFirst = None,
    *,
    latest: dt.date | None = None,
    bare_years: bool = False,
) -> list[Mention]:
    """Return the dates in ``text``, in order, none inside another.

    Args:
        text: any text.
        languages: languages of the month names; None for all of `corpus.dates.months.LANGUAGES`.
        day_first: see `DayFirst`.
        latest: dates that begin after this day are left out, because a document is not dated after it was filed.
        bare_years: whether ``2019``, ``2017-2019``, ``2018/19`` and ``FY19`` alone are dates, as they are in a title.
    """
    plain = text.translate(_TO_ASCII) if _FOREIGN_DIGIT.search(text) else text
    known = LANGUAGES if languages is None else tuple(code for code in LANGUAGES if code in languages)
    shapes = _shapes(known) + (_BARE_SHAPES if bare_years else ())
    spellings = _spellings(known)
    matches = sorted(
        (match.start(), -match.end(), shape.read(match, spellings, day_first) or "")
        for low, high in _windows(plain)
        for shape in shapes
        for match in shape.pattern.finditer(plain, low, high)
    )
    return [mention for mention in _without_overlaps(text, matches) if not latest or not _after(mention.date, latest)]


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the text around years in figures, without which there is no date."""
    low = high = 0
    years = _ANY_YEAR if "年" in text or "FY" in text else _YEAR_IN_FIGURES
    for match in years.finditer(text):
        start, end = max(match.start() - _BEFORE_YEAR, 0), min(match.end() + _AFTER_YEAR, len(text))
        if start > high:
            if high:
                yield low, high
            low = start
        high = end
    if high:
        yield low, high


def _without_overlaps(text: str, matches: list[tuple[int, int, str]]) -> Iterator[Mention]:
    """Yield the mentions outside earlier matches; an impossible day hides dates inside it."""
    free = 0
    for start, negative_end, edtf in matches:
        if start < free:
            continue
        free = -negative_end
        date = parse_edtf(edtf)
        if date is not None:
            yield Mention(date, text[start:free], start, free)


def _after(date: Date, latest: dt.date) -> bool:
    return date.first is not None and date.first > latest


@lru_cache(maxsize=64)
def _spellings(languages: tuple[str, ...]) -> Mapping[str, int]:
    return {spelling: number for language in languages for spelling, number in months_by_spelling(language).items()}


def _alternatives(spellings: Mapping[str, int]) -> str:
    words = _words(sorted(spellings, key=len, reverse=True))
    # Arabic documents often print both names of a month: the Levantine one, a slash, the other.
    return rf"{words}(?![^\W\d_])(?:{_ANY_GAP}/{_ANY_GAP}{words}(?![^\W\d_]))?"


def _words(words: Iterable[str]) -> str:
    """Return a pattern of words, grouped by their first letter: most text is ruled out by a look at one letter."""
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())
    return f"(?=[{''.join(map(re.escape, endings))}])(?:{groups})" if endings else "(?!)"


@lru_cache(maxsize=64)
def _shapes(languages: tuple[str, ...]) -> tuple[_Shape, ...]:
    month = _alternatives(_spellings(languages))
    plain = _alternatives({name: number for code in languages for name, number in months_without_day(code).items()})
    day_month = (
        rf"{_FREE}(?:(?P<d1>{_DAY})(?:{_OF}{_GAP}(?P<m1>{month})\.?(?:{_OF}{_ANY_GAP}(?P<y1>{_YEAR}))?)?{_TO})?"
        rf"(?P<d>{_DAY})(?:{_OF}{_GAP}|{_ANY_GAP}{_DASH}{_ANY_GAP})(?P<m>{month})\.?"
        rf"(?:{_OF}{_ANY_GAP}|{_ANY_GAP}{_DASH}{_ANY_GAP})(?P<y>{_YEAR})"
    )
    month_day = (
        rf"(?<![\w/])(?P<m1>{month})\.?{_GAP}(?P<d1>{_DAY})(?:,?{_ANY_GAP}(?P<y1>{_YEAR}))?"
        rf"(?:{_TO}(?:(?P<m>{month})\.?{_GAP})?(?P<d>{_DAY}))?(?:,{_ANY_GAP}|{_GAP})(?P<y>{_YEAR})"
    )
    month_year = (
        rf"(?<![\w/])(?:(?P<m1>{plain})(?:{_OF}{_GAP}(?P<y1>{_YEAR}))?{_TO})?(?P<m>{plain})\.?"
        rf"{_OF}{_GAP}(?P<y>{_YEAR})"
    )
    return (
        _Shape(re.compile(day_month, re.IGNORECASE), _read_days),
        _Shape(re.compile(month_day, re.IGNORECASE), _read_days),
        _Shape(re.compile(month_year, re.IGNORECASE), _read_months),
        _Shape(_YEAR_FIRST, _read_year_first),
        _Shape(_YEAR_LAST, _read_year_last),
        _Shape(_ABOUT_YEAR, _read_about),
        *((_Shape(_HAN_DATE, _read_han),) if "zh" in languages else ()),
    )


_YEAR_IN_FIGURES = deferred_pattern(r"(?:1[0-9]|20)[0-9]{2}(?![0-9])(?<![0-9]{5})")
_ANY_YEAR = deferred_pattern(
    r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])|[〇零○一二三四五六七八九]{4}(?=年)|\bFY[ ’']{0,2}[0-9]{2}(?![0-9])"
)
_BEFORE_YEAR = 80  # characters of the longest date before its last year
_AFTER_YEAR = 14  # characters of the rest of 2019-03-04, and of what may not follow a date
_AFTER_FIGURES = r"(?![\w/]|[-.,:][0-9])"
_YEAR_FIRST = deferred_pattern(
    rf"(?<![\w/.,:-])(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?:(?=T[0-9])|{_AFTER_FIGURES})"
)
_YEAR_LAST = deferred_pattern(
    rf"(?<![\w/.,:-])(?P<a>[0-9]{{1,2}})(?P<s>[-/.])(?P<b>[0-9]{{1,2}})(?P=s)(?P<y>{_YEAR}){_AFTER_FIGURES}"
)
_NOT_BEFORE_CHRIST = r"(?!\s{0,2}(?:BCE?\b|B\.C\.|v\.\s?Chr|av\.\s?J|a\.\s?C\.|до н\.))"
_BARE_YEAR = deferred_pattern(
    rf"(?<![\w/.,:$€£-])(?:FY\s?)?(?P<y1>(?:1[5-9]|20)[0-9]{{2}})(?P<s>{_ANY_GAP}{_DASH}{_ANY_GAP}|/)?"
    rf"(?(s)(?P<y>(?:1[5-9]|20)?[0-9]{{2}}))(?P<q>\?(?![\w?]))?(?:年度?)?(?![\w/%°]|[-–.,:][0-9]){_NOT_BEFORE_CHRIST}"
)
_FISCAL_YEAR = deferred_pattern(r"(?<![\w/])FY[ ’']{0,2}(?P<y>[0-9]{2})(?![\w/]|[-–.,][0-9])")
_ABOUT_YEAR = deferred_pattern(
    r"(?<![\w/])(?:circa|ca|c|um|vers|env|environ|hacia|около|ок|حوالي)(?:\.|\b)[ \u00a0]{0,2}"
    rf"(?P<y>{_YEAR})(?![\w/]|[-–.,:][0-9])"
    rf"|约(?P<han>{_YEAR})年",
    re.IGNORECASE,
)
_HAN_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_HAN_DATE = deferred_pattern(
    r"(?<![0-9])(?P<y>[0-9]{4}|[〇零○一二三四五六七八九]{4})\s{0,2}年"
    rf"(?:\s{{0,2}}(?P<m>{_HAN_NUMBER})\s{{0,2}}月(?:\s{{0,2}}(?P<d>{_HAN_NUMBER})\s{{0,2}}[日号號])?)"
)
_HAN_YEAR = deferred_pattern(
    r"(?<![0-9])(?P<y>(?:1[5-9]|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})\s?年(?!\s{0,2}[0-9一二三四五六七八九十])"
)
# Acts are numbered by year and number: resolution 2021/22.
_ACT = deferred_pattern(
    r"(?:resolutions?|decisions?|résolutions?|décisions?|resolución|decisión|directive|directiva|regulation|règlement"
    r"|reglamento|richtlinie|verordnung|резолюци[яию]|решени[ея]|决议|决定|القرار|no\.?|nr\.?|nº)\W{0,3}\Z",
    re.IGNORECASE,
)


def _number(printed: str, spellings: Mapping[str, int]) -> int:
    return spellings[printed.partition("/")[0].strip().lower()]


def _edtf(year: str | int, month: int, day: str | None = None) -> str:
    figures = re.match(r"[0-9]+", day) if day else None
    return f"{year}-{month:02}-{int(figures[0]):02}" if figures else f"{year}-{month:02}"


def _read_days(match: re.Match[str], spellings: Mapping[str, int], _: DayFirst) -> str | None:
    year, month1, month2 = match["y"], match["m1"], match["m"]
    last = _edtf(year, _number(month2 or month1, spellings), match["d"] or match["d1"])
    if not (match["d1"] and match["d"]):
        return last
    month = _number(month1 or month2, spellings)
    first = _edtf(match["y1"] or year, month, match["d1"])
    if not match["y1"] and first > last:
        first = _edtf(int(year) - 1, month, match["d1"])  # 26 December-6 January 2016
    return f"{first}/{last}" if parse_edtf(f"{first}/{last}") else last


def _read_months(match: re.Match[str], spellings: Mapping[str, int], _: DayFirst) -> str | None:
    last = _edtf(match["y"], _number(match["m"], spellings))
    if not match["m1"]:
        return last
    both = f"{_edtf(match['y1'] or match['y'], _number(match['m1'], spellings))}/{last}"
    return both if parse_edtf(both) else last


def _read_year_first(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return _edtf(match["y"], int(match["m"]), match["d"])


def _read_year_last(match: re.Match[str], _: Mapping[str, int], day_first: DayFirst) -> str | None:
    """Convert 04.03.2019, day first, and 04/03/2019, which is only a year unless it is unambiguous."""
    a, b, year = match["a"], match["b"], match["y"]
    if match["s"] == "." or day_first or int(a) > 12 or int(a) == int(b):
        return _edtf(year, int(b), a)
    return _edtf(year, int(a), b) if day_first is False or int(b) > 12 else year


def _read_about(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return f"{match['y'] or match['han']}~"


def _han_number(text: str) -> int:
    """Return a number below 100 in Chinese characters or figures."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _HAN_DIGITS[text] if len(text) == 1 else 0
    return 10 * (_HAN_DIGITS[tens] if len(tens) == 1 else not tens) + (_HAN_DIGITS.get(units, 0))


def _han_year(text: str) -> str:
    return text if text.isdecimal() else "".join(str(_HAN_DIGITS[character]) for character in text)


def _read_han(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    day = f"-{_han_number(match['d']):02}" if match["d"] else ""
    return f"{_han_year(match['y'])}-{_han_number(match['m']):02}{day}"


def _read_han_year(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return _han_year(match["y"])


def _read_years(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    first, separator, last = match["y1"], match["s"] or "", match["y"]
    if not last:
        return f"{first}{match['q'] or ''}"
    if len(last) == 4:
        return f"{first}/{last}"
    if separator == "/" and _ACT.search(match.string, max(match.start() - 20, 0), match.start()):
        return None
    return short_span(first, last) or (f"{first}-{last}" if separator.strip() in "-‐‑" else None)


def _read_fiscal(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return f"20{match['y']}"


_BARE_SHAPES = (
    _Shape(_BARE_YEAR, _read_years),
    _Shape(_FISCAL_YEAR, _read_fiscal),
    _Shape(_HAN_YEAR, _read_han_year),
)
