"""Recognition of dates in running text, in words and in figures.

The nine languages that dates are written out in have one pattern per shape of date. Every repetition in them is
bounded, so that the time is linear in the length of the text. Other languages have modules of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.dates.date_patterns import ANY_GAP, DASH, DAY, FREE, GAP, OF, TO, YEAR, DayFirst, EdtfMatch, Shape
from corpus.dates.edtf import Date, parse_edtf, short_span
from corpus.dates.further_dates import further_dates
from corpus.dates.han_dates import BARE_HAN_YEAR, HAN_YEAR, han_dates, read_bare_han_year
from corpus.dates.months import LANGUAGES, months_by_spelling, months_without_day
from corpus.dates.southeast_asian_dates import (
    BARE_BUDDHIST_YEAR,
    has_thai_letters,
    read_bare_buddhist_year,
    southeast_asian_dates,
)
from corpus.deferred import deferred_pattern


class Mention(NamedTuple):
    """A date and its position in a text: ``printed`` is ``text[start:end]``."""

    date: Date
    printed: str
    start: int
    end: int


_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
_TO_ASCII = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_FOREIGN_DIGIT = deferred_pattern("[" + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS) + "]")


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
    years = [match.span() for match in _years(plain).finditer(plain)]
    if not years and not bare_years and not has_thai_letters(plain):
        return []
    matches = list(_shape_matches(plain, _windows(plain, years), known, day_first, bare_years=bare_years))
    if languages is None:
        matches += further_dates(plain, years)
    if not plain.isascii():
        matches += han_dates(plain) if "zh" in known else ()
        matches += southeast_asian_dates(plain) if languages is None else ()
    mentions = _without_overlaps(text, sorted(matches))
    return [mention for mention in mentions if not latest or not _after(mention.date, latest)]


def _years(plain: str) -> re.Pattern[str]:
    return _ANY_YEAR if "年" in plain or "FY" in plain else _YEAR_IN_FIGURES


def _windows(text: str, years: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the text around years in figures, without which there is no date."""
    low = high = 0
    for year_start, year_end in years:
        start, end = max(year_start - _BEFORE_YEAR, 0), min(year_end + _AFTER_YEAR, len(text))
        if start > high:
            if high:
                yield low, high
            low = start
        high = end
    if high:
        yield low, high


def _shape_matches(
    plain: str,
    windows: Iterable[tuple[int, int]],
    languages: tuple[str, ...],
    day_first: DayFirst,
    *,
    bare_years: bool,
) -> Iterator[EdtfMatch]:
    """Yield the matches of all shapes in the languages with patterns of their own."""
    spellings = _spellings(languages)
    shapes = _shapes(languages) + (_BARE_SHAPES if bare_years else ())
    searches = [(shape, low, high) for low, high in windows for shape in shapes]
    if bare_years and not plain.isascii():
        searches += [(shape, 0, len(plain)) for shape in _BARE_FOREIGN_SHAPES]
    for shape, low, high in searches:
        for match in shape.pattern.finditer(plain, low, high):
            yield EdtfMatch(match.start(), -match.end(), shape.read(match, spellings, day_first) or "")


def _without_overlaps(text: str, matches: Iterable[EdtfMatch]) -> Iterator[Mention]:
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
    return rf"{words}(?![^\W\d_])(?:{ANY_GAP}/{ANY_GAP}{words}(?![^\W\d_]))?"


def _words(words: Iterable[str]) -> str:
    """Return a pattern of words, grouped by their first letter: most text is ruled out by a look at one letter."""
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())
    return f"(?=[{''.join(map(re.escape, endings))}])(?:{groups})" if endings else "(?!)"


@lru_cache(maxsize=64)
def _shapes(languages: tuple[str, ...]) -> tuple[Shape, ...]:
    month = _alternatives(_spellings(languages))
    plain = _alternatives({name: number for code in languages for name, number in months_without_day(code).items()})
    day_month = (
        rf"{FREE}(?:(?P<d1>{DAY})(?:{OF}{GAP}(?P<m1>{month})\.?(?:{OF}{ANY_GAP}(?P<y1>{YEAR}))?)?{TO})?"
        rf"(?P<d>{DAY})(?:{OF}{GAP}|{ANY_GAP}{DASH}{ANY_GAP})(?P<m>{month})\.?"
        rf"(?:{OF}{ANY_GAP}|{ANY_GAP}{DASH}{ANY_GAP})(?P<y>{YEAR})"
    )
    month_day = (
        rf"(?<![\w/])(?P<m1>{month})\.?{GAP}(?P<d1>{DAY})(?:,?{ANY_GAP}(?P<y1>{YEAR}))?"
        rf"(?:{TO}(?:(?P<m>{month})\.?{GAP})?(?P<d>{DAY}))?(?:,{ANY_GAP}|{GAP})(?P<y>{YEAR})"
    )
    month_year = (
        rf"(?<![\w/])(?:(?P<m1>{plain})\.?(?:{OF}{GAP}(?P<y1>{YEAR}))?(?:{TO}|/))?(?P<m>{plain})\.?"
        rf"{OF}{GAP}(?P<y>{YEAR})"
    )
    return (
        Shape(re.compile(day_month, re.IGNORECASE), _read_days),
        Shape(re.compile(month_day, re.IGNORECASE), _read_days),
        Shape(re.compile(month_year, re.IGNORECASE), _read_months),
        Shape(_YEAR_FIRST, _read_year_first),
        Shape(_YEAR_LAST, _read_year_last),
        Shape(_ABOUT_YEAR, _read_about),
    )


_YEAR_IN_FIGURES = deferred_pattern(r"(?:1[0-9]|20)[0-9]{2}(?![0-9])(?<![0-9]{5})")
_ANY_YEAR = deferred_pattern(
    rf"(?<![0-9])(?:1[0-9]|20)[0-9]{{2}}(?![0-9])|{HAN_YEAR}|\bFY[ ’']{{0,2}}[0-9]{{2}}(?![0-9])"
)
_BEFORE_YEAR = 80  # characters of the longest date before its last year
_AFTER_YEAR = 14  # characters of the rest of 2019-03-04, and of what may not follow a date
_AFTER_FIGURES = r"(?![\w/]|[-.,:][0-9])"
_YEAR_FIRST = deferred_pattern(
    rf"(?<![\w/.,:-])(?P<y>{YEAR})(?P<s>[-/]|\.(?P<blank> )?)(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?(blank)\.)"
    rf"(?:(?=T[0-9])|{_AFTER_FIGURES})"
)
_YEAR_LAST = deferred_pattern(
    rf"(?<![\w/.,:-])(?P<a>[0-9]{{1,2}})(?P<s>[-/]|\. ?)(?P<b>[0-9]{{1,2}})(?P=s)(?P<y>{YEAR}){_AFTER_FIGURES}"
)
_NOT_BEFORE_CHRIST = r"(?!\s{0,2}(?:BCE?\b|B\.C\.|v\.\s?Chr|av\.\s?J|a\.\s?C\.|до н\.))"
_BARE_YEAR = deferred_pattern(
    rf"(?<![\w/.,:$€£-])(?:FY\s?)?(?P<y1>(?:1[5-9]|20)[0-9]{{2}})(?P<s>{ANY_GAP}{DASH}{ANY_GAP}|/)?"
    rf"(?(s)(?P<y>(?:1[5-9]|20)?[0-9]{{2}}))(?P<q>\?(?![\w?]))?(?:年度?|년도?)?(?![\w/%°]|[-–.,:][0-9]){_NOT_BEFORE_CHRIST}"
)
_FISCAL_YEAR = deferred_pattern(r"(?<![\w/])FY[ ’']{0,2}(?P<y>[0-9]{2})(?![\w/]|[-–.,][0-9])")
_ABOUT_YEAR = deferred_pattern(
    r"(?<![\w/])(?:circa|ca|c|um|vers|env|environ|hacia|около|ок|حوالي)(?:\.|\b)[ \u00a0]{0,2}"
    rf"(?P<y>{YEAR})(?![\w/]|[-–.,:][0-9])"
    rf"|约(?P<han>{YEAR})年",
    re.IGNORECASE,
)
_VERSION = deferred_pattern(r"\b(?:versi[oó]n|ver|v|rev(?:ision)?|release|build|версия)[. ]{1,2}\Z", re.IGNORECASE)
# Acts are numbered by year and number: resolution 2021/22.
_ACT = deferred_pattern(
    r"(?:resolutions?|decisions?|résolutions?|décisions?|resolución|decisión|directive|directiva|regulation|règlement"
    r"|reglamento|richtlinie|verordnung|резолюци[яию]|решени[ея]|决议|决定|القرار|no\.?|nr\.?|nº)\W{0,3}\Z",
    re.IGNORECASE,
)


def _number(printed: str, spellings: Mapping[str, int]) -> int:
    """Return the number of a month, also of one with two names, as the Arabic ones; 0 for two months."""
    numbers = {spellings[name.strip().lower()] for name in printed.split("/")}
    return numbers.pop() if len(numbers) == 1 else 0


def _first_and_last(printed: str, spellings: Mapping[str, int]) -> tuple[int, int]:
    """Return the numbers of the months in ``May/June``; the same number twice for one month."""
    first, _, last = printed.partition("/")
    return spellings[first.strip().lower()], spellings[(last or first).strip().lower()]


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
    year = match["y"]
    first_month, last_month = _first_and_last(match["m"], spellings)
    if match["m1"]:
        first_month = _first_and_last(match["m1"], spellings)[0]
    last = _edtf(year, last_month)
    if first_month == last_month and not match["y1"]:
        return last
    first_year = match["y1"] or (year if first_month < last_month else int(year) - 1)  # December/January 2000
    both = f"{_edtf(first_year, first_month)}/{last}"
    return both if parse_edtf(both) else last


def _read_year_first(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return _edtf(match["y"], int(match["m"]), match["d"])


def _read_year_last(match: re.Match[str], _: Mapping[str, int], day_first: DayFirst) -> str | None:
    """Convert 04.03.2019, day first, and 04/03/2019, which is only a year unless it is unambiguous."""
    a, b, year = match["a"], match["b"], match["y"]
    is_padded = len(a) == len(b) == 2 and "0" in (a[0], b[0])
    if match["s"] == "." and not is_padded and _VERSION.search(match.string, max(match.start() - 12, 0), match.start()):
        return None
    if match["s"][0] == "." or day_first or int(a) > 12 or int(a) == int(b):
        return _edtf(year, int(b), a)
    return _edtf(year, int(a), b) if day_first is False or int(b) > 12 else year


def _read_about(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    return f"{match['y'] or match['han']}~"


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
    Shape(_BARE_YEAR, _read_years),
    Shape(_FISCAL_YEAR, _read_fiscal),
)
_BARE_FOREIGN_SHAPES = (
    Shape(BARE_HAN_YEAR, read_bare_han_year),
    Shape(BARE_BUDDHIST_YEAR, read_bare_buddhist_year),
)
