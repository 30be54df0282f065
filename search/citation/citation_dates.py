"""Dates of citations, as precise as they are known: in CSL-JSON, RIS, BibTeX, tags of pages and running text."""

from __future__ import annotations

from typing import Any, NamedTuple

from corpus.dates.edtf import OPEN_END, Date, Precision, date_in_words
from corpus.dates.months import month_names

_QUALIFIERS = "~?%"
_MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

SEASONS = ("", "spring", "summer", "autumn", "winter")
"""Seasons by their number in EDTF, counted from 21, and in CSL-JSON."""


class DateParts(NamedTuple):
    """The known parts of one value of a date: year, month and day as far as known, and the season of a year."""

    numbers: tuple[int, ...]
    season: int = 0


def _parts(edtf: str) -> DateParts:
    year, *rest = (int(part) for part in edtf.rstrip(_QUALIFIERS).replace("-XX", "").split("-"))
    if rest and rest[0] > 12:
        return DateParts((year,), rest[0] - 20)
    return DateParts((year, *rest))


def _is_vague(date: Date) -> bool:
    """Return whether a date has no first day that a year could stand for: a decade, or a range with an open end."""
    return date.precision is Precision.DECADE or "X" in date.edtf.replace("-XX", "") or OPEN_END in date.edtf


def _is_about(date: Date) -> bool:
    return any(sign in date.edtf for sign in _QUALIFIERS)


def csl_date(date: Date) -> dict[str, Any]:
    """Return a date in CSL-JSON. What its parts cannot express, as "the 1980s", is in words."""
    if _is_vague(date):
        return {"literal": date_in_words(date)}
    parts = [_parts(value) for value in date.edtf.split("/")]
    value: dict[str, Any] = {"date-parts": [[*part.numbers] for part in parts]}
    if len(parts) == 1 and parts[0].season:
        value["season"] = parts[0].season
    return value | ({"circa": True} if _is_about(date) else {})


def ris_date(date: Date) -> tuple[str, str]:
    """Return year and date in RIS (``YYYY/MM/DD/other``) with empty parts where unknown; ``""`` for a vague date."""
    if _is_vague(date):
        return "", ""
    first = _parts(date.edtf.partition("/")[0])
    year, month, day = (*first.numbers, 0, 0)[:3]
    words = ""
    if date.precision is Precision.RANGE:
        words = date_in_words(date)
    elif _is_about(date) or first.season:
        words = f"{'circa ' if _is_about(date) else ''}{SEASONS[first.season]}".strip()
    return f"{year:04}", f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/{words}"


def bibtex_date(date: Date) -> dict[str, str]:
    """Return the fields of a date in BibTeX, with their braces; months are its own macros."""
    first = _parts(date.edtf) if date.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR} else None
    if first is None or _is_about(date):
        return {"year": f"{{{_span_words(date, '--')}}}"}
    year, *rest = first.numbers
    return {
        "year": f"{{{year:04}}}",
        **({"month": _MONTH_MACROS[rest[0] - 1]} if rest else {}),
        **({"day": f"{{{rest[1]}}}"} if len(rest) > 1 else {}),
    }


def tag_date(date: Date) -> str:
    """Return a date as the tags of a page have it: ``2019/03/04``, in words where it is not one plain date."""
    if date.precision not in {Precision.DAY, Precision.MONTH, Precision.YEAR} or _is_about(date):
        return _span_words(date, "-")
    return date.edtf.replace("-XX", "").replace("-", "/")


def iso_date(date: Date) -> str:
    """Return the first date of a value in ISO 8601, as precise as known; ``""`` where there is no first."""
    if date.first is None or _is_vague(date):
        return ""
    numbers = _parts(date.edtf.partition("/")[0]).numbers
    return "-".join(f"{number:0{4 if not place else 2}}" for place, number in enumerate(numbers))


def american_date(date: Date | None) -> str:
    """Return a date as Chicago writes it: ``March 4, 2019``, ``ca. 2019``, ``n.d.``."""
    if date is None:
        return "n.d."
    if date.precision is Precision.DAY and not _is_about(date):
        year, month, day = _parts(date.edtf).numbers
        return f"{month_names('en')[month - 1]} {day}, {year}"
    return _span_words(date, "–")


def apa_date(date: Date | None) -> str:
    """Return a date as APA writes it: ``2019, March 4``, ``2019, March``, ``ca. 2019``, ``n.d.``."""
    if date is None:
        return "n.d."
    if date.precision in {Precision.DAY, Precision.MONTH} and not _is_about(date):
        year, month, *day = _parts(date.edtf).numbers
        return f"{year}, {month_names('en')[month - 1]}{f' {day[0]}' if day else ''}"
    return _span_words(date, "–")


def year_of(date: Date | None) -> str:
    """Return the year of a date as a short reference in a text has it."""
    if date is None:
        return "n.d."
    if date.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.SEASON}:
        return f"{'ca. ' if _is_about(date) else ''}{_parts(date.edtf).numbers[0]}"
    return _span_words(date, "–")


def day_first_date(date: Date | None) -> str:
    """Return a date as the United Nations write it: ``4 March 2019``, ``circa 2019``, ``undated``."""
    return _span_words(date, "–").replace("ca. ", "circa ") if date else "undated"


def _span_words(date: Date, dash: str) -> str:
    """Return a date in English words, with a dash of one's own in a span and ``ca.`` for an uncertain value."""
    start, slash, end = date.edtf.partition("/")
    if not slash or OPEN_END in {start, end}:
        return _with_circa(date_in_words(date))
    if not (start.isdigit() and end.isdigit()):
        return _with_circa(date_in_words(date).replace("-", dash))
    return start if start == end else f"{start}{dash}{end}"


def _with_circa(words: str) -> str:
    return words.replace("about ", "ca. ").replace("perhaps ", "ca. ").replace("ca. ca. ", "ca. ")
