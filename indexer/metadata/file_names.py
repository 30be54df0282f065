"""Read metadata candidates from the names of a file and its folders: date, title, country, category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from corpus.categories import Categories
from corpus.countries import country_code, country_name
from corpus.dates.edtf import Precision, parse_edtf, short_span
from corpus.document import Candidate, Source
from corpus.messages import message

MAX_FOLDERS = 6
"""Folders above a file that are read, the nearest first."""

_WHOLE_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_. ]?)(\d\d)\2(\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])(?![-_.]?\d)")
_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s?[-–—_]\s?((?:1[5-9]|20)\d\d)(?!\d)")
_SHORT_YEARS = re.compile(r"(?<![\d.])(?<!\d[-_])((?:1[5-9]|20)\d\d)\s?([-–—_])\s?(\d\d)(?![-_.]?\d)")
_FISCAL_YEAR = re.compile(r"(?<![^\W_])FY[ _’'-]?((?:20)?\d\d)(?!\d)")
# Beside these words, 2010-11 is two years and not a month.
_OF_YEARS = re.compile(
    r"annual|year|fiscal|budget|biennium|season|academic|accounts|FY|annuel|exercice|saison|scolaire|anual|ejercicio"
    r"|temporada|jahres|haushalt|годов|سنوي|年度",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SESSION = re.compile(r"([A-Z]{3})_\d{1,3}_((?:19|20)\d\d)")
# A document symbol, E/2025/22 or CRC/C/2019/07 with low lines: its last number is no month. Its parts before the year
# are capitals, the first of them the initial of an organ of the United Nations or one of its bodies.
_SYMBOL = re.compile(
    r"(?:[AEST]|ST|DP|TD|UNW|CCPR|CERD|CEDAW|CRC|CAT|CMW|CRPD|CED|HRI|UNEP|ICCD|FCCC|CBD|ECE|ESCAP|ICEF|HSP|NPT|PBC|ISBA"
    r"|LC|ID|GC|IDB|SPLOS|WFP|HS|UNFF)(?=[_-])(?:[_-][A-Z][A-Za-z0-9.]*)*[_-]((?:19|20)\d\d)[_-]\d+(?![-.]?\d)"
)
_LANGUAGE_PART = re.compile(r"[._-](?:en|fr|es|ar|ru|zh|de|pt|it)$", re.IGNORECASE)


def name_candidates(path: PurePath, categories: Categories, latest_year: int = 9999) -> Iterator[Candidate]:
    """Yield candidates from the names of a file and its folders. Years after ``latest_year`` are not dates."""
    stem = _LANGUAGE_PART.sub("", path.stem)
    detail = str(message("detail.file-name", name=path.name))
    yield from _dates(stem, Source.FILE_NAME, detail, latest_year)
    yield from _countries(stem, detail)
    yield from _title(stem, path.name, detail)
    if category := categories.recognise(_spaced(stem)):
        yield Candidate("category", category, Source.FILE_NAME, detail, stem, 0.5)
    for depth, folder in enumerate(reversed(path.parts[:-1][-MAX_FOLDERS:])):
        yield from _folder(folder, round(0.8 - 0.05 * depth, 2), categories, latest_year)


def _folder(folder: str, confidence: float, categories: Categories, latest_year: int) -> Iterator[Candidate]:
    detail = str(message("detail.folder", name=folder))
    if category := categories.match(folder):
        yield Candidate("category", category, Source.FOLDER, detail, folder, confidence)
    elif category := categories.recognise(_spaced(folder)):
        yield Candidate("category", category, Source.FOLDER, detail, folder, round(confidence - 0.3, 2))
    if code := country_code(folder) if len(folder) > 2 else None:
        yield Candidate("country", code, Source.FOLDER, detail, folder, confidence)
    for dated in _dates(folder, Source.FOLDER, detail, latest_year):
        # Documents are filed in folders by year and seldom by day, so a folder's date has less confidence.
        yield Candidate("date", dated.value, Source.FOLDER, detail, dated.printed, round(confidence - 0.2, 2))


def _dates(text: str, source: Source, detail: str, latest_year: int) -> Iterator[Candidate]:
    for edtf, printed, confidence in _edtf(text):
        date = parse_edtf(edtf)
        if date and date.first and date.first.year <= latest_year:
            adjusted = confidence if date.precision is not Precision.RANGE else confidence - 0.1
            yield Candidate("date", edtf, source, detail, printed, round(adjusted, 2))
            return


def _edtf(text: str) -> Iterator[tuple[str, str, float]]:
    if symbol := _SYMBOL.match(text):
        yield symbol[1], symbol[1], 0.6
        return
    if match := _WHOLE_DATE.search(text):
        yield f"{match[1]}-{match[3]}-{match[4]}", match[0], 0.9
    if match := _SHORT_YEARS.search(text):
        # A low line divides numbers of all kinds, so only the year after makes a span of them.
        span = short_span(match[1], match[3])
        is_next_year = (int(match[3]) - int(match[1])) % 100 == 1
        is_month = 1 <= int(match[3]) <= 12 and not _OF_YEARS.search(text)
        if span and not is_month and (is_next_year or match[2] != "_"):
            yield span, match[0], 0.7
    if match := _MONTH.search(text):
        yield f"{match[1]}-{match[2]}", match[0], 0.7
    if match := _YEARS.search(text):
        yield f"{match[1]}/{match[2]}", match[0], 0.7
    if match := _FISCAL_YEAR.search(text):
        yield f"20{match[1][-2:]}", match[0], 0.6
    years = sorted({match[0] for match in _YEAR.finditer(text)})
    if len(years) == 1:
        yield years[0], years[0], 0.6


def _countries(stem: str, detail: str) -> Iterator[Candidate]:
    if (match := _SESSION.fullmatch(stem)) and (code := country_code(match[1])):
        yield Candidate("country", code, Source.FILE_NAME, detail, match[1], 0.8)
        return
    words = re.sub(r"[\d_.-]+", " ", stem).strip()
    if len(words) > 3 and (code := country_code(words)):
        yield Candidate("country", code, Source.FILE_NAME, detail, words, 0.8)


def _title(stem: str, name: str, detail: str) -> Iterator[Candidate]:
    """Yield the words of the name as a title, even when they are junk, as every document needs a title."""
    title = _session_title(stem) or _words(stem) or name
    yield Candidate("title", title, Source.FILE_NAME, detail, name, 0.5)


def _session_title(stem: str) -> str | None:
    match = _SESSION.fullmatch(stem)
    code = country_code(match[1]) if match else None
    return f"{country_name(code)}, {match[2]}" if match and code else None


def _words(stem: str) -> str:
    without_date = _WHOLE_DATE.sub(" ", stem, count=1)
    without_date = without_date if any(map(str.isalpha, without_date)) else stem
    words = _spaced(without_date)
    place_and_year = re.fullmatch(r"([^\W\d_]{4,})\s?((?:19|20)\d\d)", words)
    if place_and_year and (code := country_code(place_and_year[1])):
        return f"{country_name(code)}, {place_and_year[2]}"
    return words[:1].upper() + words[1:]


def _spaced(stem: str) -> str:
    stem = stem.strip()
    separators = r"[_\s]+" if " " in stem else r"[_\s]+|(?<=[^\W\d_])-(?=[^\W_])|(?<=\w)-(?=[^\W\d_])"
    return " ".join(re.sub(separators, " ", stem).split()).strip(" -_.")
