"""Dates in Vietnamese, whose months are numbers, and in Thai, most of which have Buddhist years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.dates.date_patterns import YEAR, DayFirst, EdtfMatch
from corpus.dates.further_months import further_month_names
from corpus.deferred import deferred_pattern

BUDDHIST_YEARS_AHEAD = 543
LAST_YEAR_FROM_APRIL = 2483
"""Buddhist year up to which the Thai year began in April, so that January to March are of the year after."""

_SPACE = r"[\s\u00a0]"
_VIETNAMESE_NUMBERS = {
    name: number
    for number, names in enumerate(
        ("một|giêng", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai|chạp"), 1
    )
    for name in names.split("|")
}
_VIETNAMESE_MONTH = rf"(?:1[0-2]|0?[1-9]|{'|'.join(sorted(_VIETNAMESE_NUMBERS, key=len, reverse=True))})(?!\w)"
_VIETNAMESE = deferred_pattern(
    rf"(?<!\w)(?:(?:(?P<d1>[0-3]?[0-9])(?:{_SPACE}{{1,3}}tháng{_SPACE}{{1,3}}(?P<m1>{_VIETNAMESE_MONTH}))?"
    rf"(?:{_SPACE}{{1,3}}đến{_SPACE}{{1,3}}|{_SPACE}?[-–]{_SPACE}?)(?:ngày{_SPACE}{{1,3}})?)?(?P<d>[0-3]?[0-9]){_SPACE}{{1,3}})?"
    rf"tháng{_SPACE}{{1,3}}(?P<m>{_VIETNAMESE_MONTH})(?:,?{_SPACE}{{1,3}}(?:năm{_SPACE}{{1,3}})?|[/-])(?P<y>{YEAR})",
    re.IGNORECASE,
)
_VIETNAMESE_FIGURES = deferred_pattern(
    rf"(?<!\w)ngày{_SPACE}{{1,3}}(?P<d>[0-3]?[0-9])(?P<s>[/.-])(?P<m>[01]?[0-9])(?P=s)(?P<y>{YEAR})(?![\w/-])",
    re.IGNORECASE,
)
_THAI_SHORT_NAMES = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_THAI_MONTHS = {
    name: number
    for names in (*further_month_names("th"), tuple(_THAI_SHORT_NAMES.split()))
    for number, name in enumerate(names, 1)
}
_BUDDHIST = rf"พ\.{_SPACE}?ศ\.|พุทธศักราช"
_CHRISTIAN = rf"ค\.{_SPACE}?ศ\.|คริสต์ศักราช"
_THAI = deferred_pattern(
    rf"(?:(?:(?<![0-9.,/-])(?P<d1>[0-3]?[0-9]){_SPACE}?(?:[-–]|ถึง){_SPACE}?)?(?<![0-9.,/])(?P<d>[0-3]?[0-9]){_SPACE}{{0,3}})?"
    rf"(?:เดือน{_SPACE}?)?(?P<m>{'|'.join(map(re.escape, _THAI_MONTHS))}){_SPACE}{{0,3}}"
    rf"(?P<era>{_BUDDHIST}|{_CHRISTIAN})?{_SPACE}{{0,3}}(?P<y>[12][0-9]{{3}})(?![0-9])"
)
BARE_BUDDHIST_YEAR = deferred_pattern(rf"(?:{_BUDDHIST}|ปี){_SPACE}{{0,3}}(?P<y>2[3-6][0-9]{{2}})(?![0-9])")
"""Pattern of a Buddhist year alone, behind a word that says so."""


def has_thai_letters(plain: str) -> bool:
    """Return whether a text has one of the letters that are in every name of a month in Thai."""
    return not plain.isascii() and any(letter in plain for letter in "คยพ")


def southeast_asian_dates(plain: str) -> Iterator[EdtfMatch]:
    """Yield the dates of a text in Thai or Vietnamese; the text has ASCII figures."""
    if "háng" in plain or "HÁNG" in plain:
        for match in _VIETNAMESE.finditer(plain):
            yield _match(match, match["y"], _vietnamese_month(match["m"]), _vietnamese_month(match["m1"] or match["m"]))
    if "gày" in plain or "GÀY" in plain:
        for match in _VIETNAMESE_FIGURES.finditer(plain):
            yield EdtfMatch(match.start(), -match.end(), f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}")
    if has_thai_letters(plain):
        for match in _THAI.finditer(plain):
            month = _THAI_MONTHS[match["m"]]
            yield _match(match, str(_thai_year(match["y"], month, match["era"] or "")), month, month)


def _match(match: re.Match[str], year: str, month: int, first_month: int) -> EdtfMatch:
    """Return a match as a day, a month or a span of days."""
    day, first_day = match["d"], match["d1"]
    last = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    edtf = f"{year}-{first_month:02}-{int(first_day):02}/{last}" if first_day else last
    return EdtfMatch(match.start(), -match.end(), edtf)


def _vietnamese_month(text: str) -> int:
    return int(text) if text.isdecimal() else _VIETNAMESE_NUMBERS[text.lower()]


def _thai_year(printed: str, month: int, era: str) -> int:
    """Return the year of a Thai date in the Christian era; a high number is a Buddhist year without a word for it."""
    year = int(printed)
    if era.startswith("ค") or (not era and year < 2100):
        return year
    is_next_year = year <= LAST_YEAR_FROM_APRIL and month < 4
    return year - BUDDHIST_YEARS_AHEAD + is_next_year


def read_bare_buddhist_year(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    """Return the year of a match of `BARE_BUDDHIST_YEAR`."""
    return str(int(match["y"]) - BUDDHIST_YEARS_AHEAD)
