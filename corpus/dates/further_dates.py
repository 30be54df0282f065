"""Dates in further languages: a word beside a year is looked up among their names of months.

Patterns of all names would make every search for a date slower. Here one look-up for each year rules out most text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.dates.date_patterns import ANY_GAP, DASH, FREE, GAP, YEAR, EdtfMatch
from corpus.dates.edtf import parse_edtf
from corpus.dates.further_months import (
    CROATIAN_OCTOBER,
    fold_month,
    further_months,
    further_months_of_days,
    months_behind_year,
)
from corpus.deferred import deferred_pattern

MAX_MONTH_CHARACTERS = 32
"""Characters before and after a year among which a month is sought."""
MAX_DATE_CHARACTERS = 64
"""Characters before a year among which the days of a date are sought."""

_WORD = r"[^\W\d_][^\s\d,.;:()/‐‑–—-]{1,15}"
_DAY = (
    rf"[«\"“”„]?[ \u00a0]?(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    rf"(?:[ \u00a0]?[»\"“”]|[oºª]\b|\.(?=\s)|\.(?={DASH})|ος|η|ή|an?\b|e\b|:[ae]\b|de\b|ste\b|-(?:го|е)\b)?"
)
_TO = (
    rf"(?:{ANY_GAP}{DASH}{ANY_GAP}|{GAP}(?:do|tot(?: en met)?|till?|az|až(?: do)?|(?:până )?la|pana la|έως|ως|μέχρι|עד"
    rf"|से|تا|hingga|sampai(?: dengan)?|ile|og|och|en|i|a|y|et|al|to|and|і|и|да|по|та|և|ve|ja|și|και|ו){GAP})"
)
_DAYS_BEFORE = deferred_pattern(
    rf"(?:{FREE}|(?<=\b[בהלמ]-))(?:(?P<d1>{_DAY})(?:{GAP}(?P<m1>{_WORD})\.?(?:{GAP}(?P<y1>{YEAR})\.?)?)?{_TO})?(?P<d>{_DAY})"
    rf"(?:{GAP}(?:de|del|d[’']))?{GAP}?(?P<m>{_WORD})\.?,?(?:{GAP}(?:de|del|του))?{GAP}\Z",
    re.IGNORECASE,
)
_MONTHS_BEFORE = deferred_pattern(
    rf"(?<![\w/‐‑–—-])(?:(?P<m1>{_WORD})(?:{GAP}(?P<y1>{YEAR})\.?)?(?:{_TO}|{ANY_GAP}/{ANY_GAP}))?(?P<m>{_WORD}),?"
    rf"(?:{GAP}(?:de|del|του))?{GAP}\Z",
    re.IGNORECASE,
)
_BEHIND = deferred_pattern(
    rf"(?P<dot>\.)?{GAP}(?P<mark>(?:m\.|metų|metais|gada|g\.){GAP})?(?:(?P<d0>[0-3]?[0-9])\.{GAP})?(?P<m>{_WORD})\.?"
    rf"(?:{GAP}hó)?(?:{GAP}(?P<d>[0-3]?[0-9])(?![0-9])(?:\.?{DASH}(?P<d2>[0-3]?[0-9])(?![0-9]))?)?(?!{GAP}{YEAR})"
)


_SIGNS_BEFORE_MONTH = deferred_pattern(r"[-‐–—/(\[«\"“]")
_WORDS_FOR_YEAR = frozenset({"m", "metų", "metais", "gada", "g"})
"""Lithuanian and Latvian words between the year and the month."""
_BEFORE_HOUR = deferred_pattern(
    rf"(?<![\w/])(?P<m>{_WORD})\.?{GAP}(?P<d>{_DAY}){GAP}[0-2]?[0-9]:[0-5][0-9](?::[0-9]{{2}})?"
    rf"(?:{GAP}(?:[A-Z]{{2,5}}|[+-][0-9]{{4}}))?{GAP}\Z"
)


def further_dates(plain: str, years: Iterable[tuple[int, int]]) -> Iterator[EdtfMatch]:
    """Yield the dates of a text in the further languages.

    Args:
        plain: the text with ASCII figures.
        years: start and end of each year in it.
    """
    for start, end in years:
        if plain[start - 1 : start].isspace() and (before := _ends_in_month(plain, start, end)):
            yield before
        elif behind := _begins_with_year(plain, start, end):
            yield behind


def _ends_in_month(plain: str, start: int, end: int) -> EdtfMatch | None:
    """Return the date whose month is before a year: ``12 maja 1999``."""
    words = plain[max(start - MAX_MONTH_CHARACTERS, 0) : start].split()
    if words and words[-1] in ("de", "del", "του"):
        words.pop()
    word = words[-1].rstrip(".,") if words else ""
    name = fold_month(word if word.isalpha() else _SIGNS_BEFORE_MONTH.split(word)[-1])
    if name not in further_months_of_days():
        return _behind_hour(plain, start, end) if any(":" in word for word in words[-2:]) else None
    if days := _DAYS_BEFORE.search(plain, max(start - MAX_DATE_CHARACTERS, 0), start):
        return _days(days, plain[start:end], end)
    months = _MONTHS_BEFORE.search(plain, max(start - MAX_DATE_CHARACTERS, 0), start)
    return _months(months, plain[start:end], end) if months and name in further_months() else None


def _behind_hour(plain: str, start: int, end: int) -> EdtfMatch | None:
    """Return the date of a year that is behind the hour: ``Mon Mar  6 10:00:00 UTC 2017``."""
    match = _BEFORE_HOUR.search(plain, max(start - MAX_MONTH_CHARACTERS, 0), start)
    month = further_months_of_days().get(fold_month(match["m"]), 0) if match else 0
    return EdtfMatch(match.start(), -end, _edtf(plain[start:end], month, match["d"])) if match and month else None


def _days(match: re.Match[str], year: str, end: int) -> EdtfMatch:
    month = _month_of_day(match["m"], match["d"])
    last = _edtf(year, month, match["d"])
    month1 = _month_of_day(match["m1"], match["d1"]) if match["m1"] else month
    if not match["d1"] or not month1:
        return EdtfMatch(match.start("d"), -end, last)
    first = _edtf(match["y1"] or year, month1, match["d1"])
    if not match["y1"] and first > last:
        first = _edtf(str(int(year) - 1), month1, match["d1"])  # from December to January
    return EdtfMatch(match.start("d1"), -end, f"{first}/{last}" if parse_edtf(f"{first}/{last}") else last)


def _month_of_day(name: str, day: str) -> int:
    if fold_month(name) == CROATIAN_OCTOBER and "." in day:
        return 10
    return further_months_of_days().get(fold_month(name), 0)


def _months(match: re.Match[str], year: str, end: int) -> EdtfMatch:
    last = _edtf(year, further_months()[fold_month(match["m"])])
    month1 = further_months_of_days().get(fold_month(match["m1"]), 0) if match["m1"] else 0
    if not month1:
        return EdtfMatch(match.start("m"), -end, last)
    first = _edtf(match["y1"] or year, month1)
    if not match["y1"] and first > last:
        first = _edtf(str(int(year) - 1), month1)
    return EdtfMatch(match.start("m1"), -end, f"{first}/{last}" if parse_edtf(f"{first}/{last}") else last)


def _begins_with_year(plain: str, start: int, end: int) -> EdtfMatch | None:
    """Return the date whose month is after a year: ``1999. május 12.``; English has a capital there."""
    word = plain[end : end + MAX_MONTH_CHARACTERS].lstrip(".").split(None, 1)[:1]
    name = word[0].rstrip(".,") if word else ""
    is_small = not name.istitle() and (name in _WORDS_FOR_YEAR or fold_month(name) in months_behind_year())
    match = _BEHIND.match(plain, end) if is_small else None
    month = months_behind_year().get(fold_month(match["m"]), 0) if match else 0
    day = match and (match["d0"] or match["d"])
    if (
        not match
        or not month
        or not (day or match["dot"] or match["mark"])
        or re.match(r"[\w/]", plain[start - 1 : start])
    ):
        return None
    first = _edtf(plain[start:end], month, day)
    if match["d2"]:
        return EdtfMatch(start, -match.end(), f"{first}/{_edtf(plain[start:end], month, match['d2'])}")
    return EdtfMatch(start, -match.end(), first)


def _edtf(year: str, month: int, day: str | None = None) -> str:
    figures = re.search(r"[0-9]+", day) if day else None
    return f"{year}-{month:02}-{int(figures[0]):02}" if figures else f"{year}-{month:02}"
