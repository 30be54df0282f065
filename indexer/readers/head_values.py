"""Candidates of title, authors, date and language from the head of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.dates.date_text import find_dates
from corpus.document import Candidate, Source
from corpus.languages import language_code
from indexer.readers.property_values import iso_date, tidy

MAX_AUTHORS = 20
"""Authors taken from one head."""
MAX_HEAD_CHARACTERS = 500
"""Longest value of a head that is taken as metadata."""
MAX_DATE_CHARACTERS = 60
"""Longest value that is taken for a date: a longer one is a sentence."""

_BETWEEN_AUTHORS = re.compile(r"\s*(?:;|\s(?:and|und|et|y|и|&)\s)\s*")
_COMPACT_DATE = re.compile(r"\A(\d{4})(\d{2})(\d{2})(?=T|\Z)")
_MAIL_ADDRESS = re.compile(r"\s*[<(]\s*[^\s<>()]+@[^\s<>()]+\s*[>)]")


def head_candidates(entries: Iterable[tuple[str, str]], detail: str, confidence: float = 0.9) -> Iterator[Candidate]:
    """Yield LABELLED candidates of the (field, printed value) entries of a head.

    Args:
        entries: fields of `corpus.fields` with the values as printed; several authors may be in one value.
        detail: name of the head, shown as provenance, as ``front matter``.
        confidence: of all candidates.
    """
    authors = 0
    for field, printed in entries:
        for value in _values(field, tidy(printed)):
            authors += field == "author"
            if authors <= MAX_AUTHORS or field != "author":
                shown = tidy(printed) if tidy(printed) != value else ""
                yield Candidate(field, value, Source.LABELLED, f"{detail} {field}", shown, confidence)


def _values(field: str, printed: str) -> Iterator[str]:
    """Yield the normalised values of one entry."""
    if not printed or len(printed) > MAX_HEAD_CHARACTERS:
        return
    if field == "date":
        value = printed_date(printed)
    elif field == "language":
        value = language_code(printed) or ""
    elif field == "author":
        yield from filter(None, map(tidy, _BETWEEN_AUTHORS.split(_MAIL_ADDRESS.sub("", printed))))
        return
    else:
        value = printed
    if value:
        yield value


def printed_date(printed: str) -> str:
    """Return a date as EDTF, written in ISO 8601 or in words; ``""`` where it is none."""
    if len(printed) > MAX_DATE_CHARACTERS:
        return ""
    if value := iso_date(_COMPACT_DATE.sub(r"\1-\2-\3", printed)):
        return value
    mentions = find_dates(printed, bare_years=True)
    return mentions[0].date.edtf if mentions else ""
