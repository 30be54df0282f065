"""The publication date of a web page, found by htmldate and checked against the text of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import htmldate

from corpus.dates.date_text import find_dates
from corpus.dates.edtf import Precision
from corpus.document import Candidate, Source
from indexer.readers.html.page_zones import (
    MAX_DETAIL_CHARACTERS,
    HeadingZones,
    beside_headings,
    class_words,
    is_elsewhere,
    shown_lines,
)

MAX_DATE_ELEMENTS = 40
"""Elements of a page that are examined as date lines."""
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|fecha|time|published|pubdate|posted|created|meta|info|details|byline|dateline|submitted)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)

_MONTH_NAMES = (
    "jan|ene|янв", "feb|fév|fev|фев", "mar|mär|мар", "apr|avr|abr|апр", "may|mai|ма[йя]", "jun|jui?n|июн",
    "jul|jui?l|июл", "aug|aoû|aou|ago|авг", "sep|set|сен", "oct|okt|out|окт", "nov|ноя", "dec|déc|dez|dic|дек",
)  # fmt: skip


def find_date(tree: Any, source: str) -> Iterator[Candidate]:
    """Yield the date of publication, if any: LABELLED where the markup marks it, TEXT where only the text has it.

    htmldate completes a bare month with its first day, and a bare year, most often that of a copyright notice, with
    1 January. Here the day is removed where the page does not name it, a year alone is rejected, and so is today's
    date unless the page prints it.

    Args:
        tree: the page, hidden elements included.
        source: the page's source text.
    """
    if value := _checked(_find(tree, extensive=False), source):
        yield Candidate("date", value, Source.LABELLED, "htmldate", confidence=0.9)
    elif value := _checked(_find(tree, extensive=True), source):
        yield Candidate("date", value, Source.TEXT, "htmldate, somewhere on the page", confidence=0.4)


def shown_date(details: Sequence[Any], headings: Sequence[Any], zones: HeadingZones) -> Iterator[Candidate]:
    """Yield the first day that an element beside the page's heading shows, where its class says date, time or the like.

    htmldate knows neither the months nor the figures of all languages.
    """
    marked = [element for element in details if _DATE_CLASS.search(class_words(element))][:MAX_DATE_ELEMENTS]
    of_page = (element for element in marked if zones.covers(element) and not is_elsewhere(element))
    texts = chain(map(shown_lines, of_page), (text for _, text in beside_headings(headings)))
    for text in texts:
        mentions = find_dates(text) if len(text) <= MAX_DETAIL_CHARACTERS else []
        days = [mention for mention in mentions if mention.date.precision is Precision.DAY]
        if days:
            yield Candidate("date", days[0].date.edtf, Source.LABELLED, "html:date", days[0].printed, 0.6)
            return


def _find(tree: Any, *, extensive: bool) -> str:
    try:
        return htmldate.find_date(tree, extensive_search=extensive, original_date=True) or ""
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return ""  # htmldate raises these for impossible dates


def _checked(date: str, source: str) -> str:
    if not date or (date == dt.datetime.now(tz=dt.UTC).date().isoformat() and not _names_day(date, source)):
        return ""
    if not date.endswith("-01") or _names_day(date, source):
        return date
    return date[:7] if _names_month(date, source) else ""


def _names_day(date: str, source: str) -> bool:
    year, month, day = (int(part) for part in date.split("-"))
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    patterns = (
        rf"{year}[-/._]?0?{month}[-/._]?0?{day}(?!\d)",
        rf"(?<!\d)0?{day}[-/._ ]0?{month}[-/._ ]{year}",
        rf"(?<!\d)0?{month}[-/._ ]0?{day}[-/._ ]{year}",
        rf"(?<!\d)0?{day}(?:st|er|\.|º)?\s+(?:de\s+)?{name}\s+(?:de\s+)?,?\s*{year}",
        rf"{name}\s+0?{day}(?:st)?,?\s+{year}",
    )
    return any(re.search(pattern, source, re.IGNORECASE) for pattern in patterns)


def _names_month(date: str, source: str) -> bool:
    year, month = int(date[:4]), int(date[5:7])
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    patterns = (
        rf"(?<!\d){year}[-/.]0?{month}(?!\d)",
        rf"{name}\s+(?:de\s+)?,?\s*{year}",
        rf"(?<!\d)0?{month}[-/.]{year}",
    )
    return any(re.search(pattern, source, re.IGNORECASE) for pattern in patterns)
