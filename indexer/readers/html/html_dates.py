"""The publication date of a web page, found by htmldate and checked against the text of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import chain, islice
from typing import Any

import htmldate
from lxml import etree

from corpus.dates.date_text import find_dates
from corpus.dates.edtf import Precision
from corpus.document import Candidate, Source
from corpus.messages import message
from indexer.readers.html.page_zones import (
    MAX_DETAIL_CHARACTERS,
    HeadingZones,
    beside_headings,
    class_words,
    is_elsewhere,
    is_part_about_other,
    shown_lines,
)

MAX_DATE_ELEMENTS = 40
"""Elements of a page that are examined as date lines."""
MAX_SOURCE_CHARACTERS = 200_000
"""Characters of a page that are searched for a day in languages that htmldate's patterns lack."""
MAX_YEAR_PLACES = 500
"""Places of a year on a page at which its day is sought."""
CHARACTERS_BEFORE_YEAR = 160
CHARACTERS_AFTER_YEAR = 40
MAX_BEGINNING_PIECES = 40
"""Pieces of text at the beginning of a page among which a day is sought."""
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

    htmldate completes a bare month with its first day or with today's, and a bare year, most often that of a copyright
    notice, with 1 January. Here a day that the page does not name is removed, and a year alone is rejected. Parts of
    the page about something else and scripts, which `read_json_ld` reads, are not searched. The day of the last change
    is found only where no other is.

    Args:
        tree: the page, hidden elements included.
        source: the page's source text.
    """
    own = _own_parts(tree)
    value = _checked(_find(own, extensive=False), source)
    is_labelled = bool(value)
    value = value or _checked(_find(own, extensive=True), source)
    if value and _is_day_of_change(value, source):
        yield from _first_day(own)
        yield Candidate("date", value, Source.TEXT, str(message("detail.last-change")), confidence=0.4)
    elif is_labelled:
        yield Candidate("date", value, Source.LABELLED, "htmldate", confidence=0.9)
    elif value:
        yield Candidate("date", value, Source.TEXT, str(message("detail.somewhere")), confidence=0.4)


def _first_day(tree: Any) -> Iterator[Candidate]:
    """Yield the day among the first words of a page."""
    body = tree.find("body")
    beginning = "" if body is None else " ".join(islice(body.itertext("*"), MAX_BEGINNING_PIECES))
    for mention in find_dates(beginning[:MAX_DETAIL_CHARACTERS]):
        if mention.date.precision is Precision.DAY and not _CHANGE.search(beginning[: mention.start]):
            yield Candidate(
                "date", mention.date.edtf, Source.TEXT, str(message("detail.first-words")), mention.printed, 0.5
            )
            return


_MAYBE_APART = etree.XPath("//*[@class or @id or self::script or not(self::p or self::a or self::span or self::div)]")


def _own_parts(tree: Any) -> Any:
    """Return a copy of a page without its scripts of JSON-LD, teasers, margins and other parts about something else."""
    own = deepcopy(tree)
    about_other: dict[tuple[str, str], bool] = {}
    for element in _MAYBE_APART(own):
        kind = (element.tag, class_words(element))
        if kind not in about_other:
            about_other[kind] = is_part_about_other(element)
        is_apart = about_other[kind] if element.tag != "script" else "ld+json" in (element.get("type") or "").lower()
        if is_apart and element.getparent() is not None:
            element.drop_tree()
    return own


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
    """Return a date as exact as the page names it: the day, else the month, else ``""``."""
    if not date or _names_day(date, source):
        return date
    return date[:7] if _names_month(date, source) else ""


def _names_day(date: str, source: str) -> bool:
    return next(_day_places(date, source), None) is not None or any(
        mention.date.edtf == date for mention in find_dates(source[:MAX_SOURCE_CHARACTERS])
    )


def _day_places(date: str, source: str) -> Iterator[str]:
    """Yield the text before each place that names a day, those in ISO 8601 first, for which no pattern is needed."""
    for around in _around_year(date, source):
        if (offset := around.find(date, CHARACTERS_BEFORE_YEAR - 1)) >= 0:
            yield around[:offset]
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in _day_patterns(date)]
    for around in _around_year(date, source):
        for pattern in patterns:
            for match in pattern.finditer(around):
                yield around[: match.start()]


def _around_year(date: str, source: str) -> Iterator[str]:
    """Yield the text around each place with a date's year, which is faster to search than the page."""
    for place in islice(re.finditer(date[:4], source), MAX_YEAR_PLACES):
        yield source[max(place.start() - CHARACTERS_BEFORE_YEAR, 0) : place.end() + CHARACTERS_AFTER_YEAR]


def _day_patterns(date: str) -> tuple[str, ...]:
    year, month, day = (int(part) for part in date.split("-"))
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    ordinal = r"(?:st|nd|rd|th|er|ère|re|\.|º|ª)?(?:</?\w+>){0,2}"
    return (
        rf"{year}[-/._年]?\s?0?{month}[-/._月]?\s?0?{day}(?!\d)",
        rf"(?<!\d)0?{day}[-/._ ]0?{month}[-/._ ]{year}",
        rf"(?<!\d)0?{month}[-/._ ]0?{day}[-/._ ]{year}",
        rf"(?<!\d)0?{day}(?:<sup>)?{ordinal}\s+(?:of\s+|de\s+)?{name},?\s+(?:de\s+)?,?\s*{year}",
        rf"{name}\s+0?{day}(?:<sup>)?{ordinal},?\s+{year}",
    )


_CHANGE = re.compile(
    r"(?:modif|updat|revis|revid|chang|edit|mise? à jour|actualiz|atualiz|geänder|aktualis|aggiorn|обновл|измен|修改"
    r"|更新|تحديث)"
    r"[^<>\n]{0,12}\W(?:<[^>]{0,80}>|[^<>]){0,60}$",
    re.IGNORECASE,
)
_EVENT = re.compile(r"publi|issued|created|posted|опублик|发布|نشر", re.IGNORECASE)


def _is_day_of_change(date: str, source: str) -> bool:
    """Return whether each place that names a day says before it that the page was changed then."""
    places = _day_places(date, source) if len(date) == len("2000-01-01") else iter(())
    first = next(places, None)
    return first is not None and all(map(_says_changed, chain((first,), places)))


def _says_changed(text: str) -> bool:
    change = _CHANGE.search(text)
    return change is not None and not _EVENT.search(change[0])


def _names_month(date: str, source: str) -> bool:
    year, month = int(date[:4]), int(date[5:7])
    name = rf"(?:{_MONTH_NAMES[month - 1]})\w*\.?"
    patterns = (
        rf"(?<!\d){year}[-/.]0?{month}(?!\d)",
        rf"{name}\s+(?:de\s+)?,?\s*{year}",
        rf"(?<!\d)0?{month}[-/.]{year}",
    )
    texts = _around_year(date, source)
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts for pattern in patterns)
