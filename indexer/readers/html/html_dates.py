"""The date of a web page: by htmldate, held to what the page really says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import htmldate

from corpus.document import Candidate, Source

_MONTH_NAMES = (
    "jan|ene|янв", "feb|fév|fev|фев", "mar|mär|мар", "apr|avr|abr|апр", "may|mai|ма[йя]", "jun|jui?n|июн",
    "jul|jui?l|июл", "aug|aoû|aou|ago|авг", "sep|set|сен", "oct|okt|out|окт", "nov|ноя", "dec|déc|dez|dic|дек",
)  # fmt: skip


def find_date(tree: Any, source: str) -> Iterator[Candidate]:
    """The date of publication: LABELLED where the markup marks it, TEXT where it only stands in the text.

    htmldate fills a bare month up to its first day and a bare year, most often that of a copyright notice, up to
    1 January. The day is taken off again where the page does not name it, the year alone is not believed, and a date
    of today counts only if the page prints it.

    Args:
        tree: the page, hidden elements included.
        source: its source text.
    """
    if value := _honest(_find(tree, extensive=False), source):
        yield Candidate("date", value, Source.LABELLED, "htmldate", confidence=0.9)
    elif value := _honest(_find(tree, extensive=True), source):
        yield Candidate("date", value, Source.TEXT, "htmldate, somewhere on the page", confidence=0.4)


def _find(tree: Any, *, extensive: bool) -> str:
    try:
        return htmldate.find_date(tree, extensive_search=extensive, original_date=True) or ""
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return ""  # its parsers trip over impossible dates


def _honest(found: str, source: str) -> str:
    if not found or (found == dt.datetime.now(tz=dt.UTC).date().isoformat() and not _names_day(found, source)):
        return ""
    if not found.endswith("-01") or _names_day(found, source):
        return found
    return found[:7] if _names_month(found, source) else ""


def _names_day(date: str, source: str) -> bool:
    year, month, day = (int(part) for part in date.split("-"))
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    forms = (
        rf"{year}[-/._]?0?{month}[-/._]?0?{day}(?!\d)",
        rf"(?<!\d)0?{day}[-/._ ]0?{month}[-/._ ]{year}",
        rf"(?<!\d)0?{month}[-/._ ]0?{day}[-/._ ]{year}",
        rf"(?<!\d)0?{day}(?:st|er|\.|º)?\s+(?:de\s+)?{name}\s+(?:de\s+)?,?\s*{year}",
        rf"{name}\s+0?{day}(?:st)?,?\s+{year}",
    )
    return any(re.search(form, source, re.IGNORECASE) for form in forms)


def _names_month(date: str, source: str) -> bool:
    year, month = int(date[:4]), int(date[5:7])
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    forms = (rf"(?<!\d){year}[-/.]0?{month}(?!\d)", rf"{name}\s+(?:de\s+)?,?\s*{year}", rf"(?<!\d)0?{month}[-/.]{year}")
    return any(re.search(form, source, re.IGNORECASE) for form in forms)
