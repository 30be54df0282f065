"""Dates in Chinese, Japanese and Korean, also with the years of the Japanese eras and of the Republic of China."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.dates.date_patterns import DayFirst, EdtfMatch
from corpus.deferred import deferred_pattern

_HAN_DIGITS = {
    character: digit for digit, characters in enumerate(("〇零○", *"一二三四五六七八九")) for character in characters
}
_YEARS_BEFORE_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
"""Years to be added to a year of an era, whose first year is 1 or 元."""

_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ERA_YEAR = rf"(?:{'|'.join(_YEARS_BEFORE_ERA)})\s?(?:元|[0-9]{{1,3}}|[一二三四五六七八九十]{{1,4}})"
_YEAR = rf"(?:[0-9]{{4}}|[〇零○一二三四五六七八九]{{4}}|{_ERA_YEAR})"
_TO = r"(?:至|到|から|부터|에서|[-‐‑–—－~～〜])"
HAN_YEAR = rf"[〇零○一二三四五六七八九]{{4}}(?=年)|{_ERA_YEAR}(?=\s?年)"
"""Pattern of the years that are not written in four figures."""

_DATE = deferred_pattern(
    rf"(?<![0-9])(?P<y>{_YEAR})\s{{0,2}}[年년](?:[(（][^()（）]{{2,8}}[)）])?\s{{0,2}}(?P<m>{_NUMBER})\s{{0,2}}"
    rf"(?:[月월](?:\s{{0,2}}(?P<d>{_NUMBER})\s{{0,2}}(?:[日号號일]|(?=\s?{_TO})))?|(?=\s?{_TO}\s{{0,2}}{_NUMBER}\s?[月월]))"
)
_LAST_OF_SPAN = deferred_pattern(
    rf"(?:\s?[(（][月火水木金土日월화수목금토일][)）])?\s{{0,2}}{_TO}\s{{0,2}}(?:(?P<y>{_YEAR})\s{{0,2}}[年년]\s{{0,2}})?"
    rf"(?:(?P<m>{_NUMBER})\s{{0,2}}[月월]\s{{0,2}})?(?:(?P<d>{_NUMBER})\s{{0,2}}[日号號일])?"
)
BARE_HAN_YEAR = deferred_pattern(
    r"(?<![0-9])(?P<y>(?:1[5-9]|20)[0-9]{2}|[〇零○一二三四五六七八九]{4}"
    rf"|{_ERA_YEAR})\s?[年년](?!\s{{0,2}}[0-9一二三四五六七八九十])"
)


def han_dates(plain: str) -> Iterator[EdtfMatch]:
    """Yield the months, days and spans of a text; the text has ASCII figures."""
    if "年" not in plain and "년" not in plain:
        return
    for match in _DATE.finditer(plain):
        first = _edtf(_year(match["y"]), match["m"], match["d"])
        last_match = _LAST_OF_SPAN.match(plain, match.end())
        last = _last_of_span(match, last_match) if last_match else ""
        if last and last_match:
            yield EdtfMatch(match.start(), -last_match.end(), f"{first}/{last}")
        else:
            yield EdtfMatch(match.start(), -match.end(), first)


def _last_of_span(first: re.Match[str], last: re.Match[str]) -> str:
    """Return the end of a span in EDTF; ``""`` where what follows is none of the same precision."""
    if bool(first["d"]) is not bool(last["d"]) or not (last["m"] or last["d"]):
        return ""
    return _edtf(_year(last["y"] or first["y"]), last["m"] or first["m"], last["d"])


def _edtf(year: str, month: str, day: str | None) -> str:
    return f"{year}-{_number(month):02}" + (f"-{_number(day):02}" if day else "")


def _number(text: str) -> int:
    """Return a number below 100 in Chinese characters or figures."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _HAN_DIGITS[text] if len(text) == 1 else 0
    return 10 * (_HAN_DIGITS[tens] if len(tens) == 1 else not tens) + (_HAN_DIGITS.get(units, 0))


def _year(text: str) -> str:
    """Return a year in four figures."""
    if before := _YEARS_BEFORE_ERA.get(text[:2]):
        of_era = text[2:].strip()
        return f"{before + (1 if of_era == '元' else _number(of_era)):04}"
    return text if text.isdecimal() else "".join(str(_HAN_DIGITS[character]) for character in text)


def read_bare_han_year(match: re.Match[str], _: Mapping[str, int], __: DayFirst) -> str | None:
    """Return the year of a match of `BARE_HAN_YEAR`."""
    return _year(match["y"])
