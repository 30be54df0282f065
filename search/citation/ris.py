"""Citations in RIS, which EndNote, Mendeley, RefWorks and Zotero read: one record a work, one field a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from corpus.dates.edtf import date_in_words
from search.citation.citation_dates import ris_date
from search.citation.cited_work import CitedWork, Creator, WorkKind

_TYPES = {WorkKind.REPORT: "RPRT", WorkKind.SPEECH: "SLIDE", WorkKind.WEB_PAGE: "ELEC", WorkKind.DOCUMENT: "RPRT"}
"""Types of records. GEN would become an article of a journal in Zotero, so a statement is a report of its own kind."""
LINE_END = "\r\n"


def ris_record(work: CitedWork, today: dt.date) -> str:
    """Return the record of a work, with its line ends."""
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in _fields(work, today)) + f"ER  - {LINE_END}"


def _fields(work: CitedWork, today: dt.date) -> Iterable[tuple[str, str]]:
    """Yield the fields of a record, its type first."""
    year, date = ris_date(work.date) if work.date else ("", "")
    is_online = work.kind is WorkKind.WEB_PAGE and work.public_url
    kind = "Speech" if work.kind is WorkKind.SPEECH else work.category[:1].upper() + work.category[1:]
    fields = [
        ("TY", _TYPES[work.kind]),
        ("M3", kind or ("" if work.kind is WorkKind.WEB_PAGE else "Document")),
        *(("AU", _name(creator)) for creator in work.creators),
        ("TI", work.title),
        ("PY", year),
        ("DA", date),
        ("PB", ", ".join(work.bodies) if work.kind is WorkKind.REPORT else ""),
        ("SN", work.symbol),
        ("LA", work.language),
        ("UR", work.public_url),
        ("Y2", today.strftime("%Y/%m/%d/") if is_online else ""),
        ("AN", work.location),
        ("DB", work.archive),
        ("N1", "; ".join(_notes(work, has_date=bool(year)))),
    ]
    return ((tag, value) for tag, value in fields if value)


def _notes(work: CitedWork, *, has_date: bool) -> Iterable[str]:
    if work.date and not has_date:
        yield f"date: {date_in_words(work.date)}"
    if work.locator:
        yield f"cited page: {work.locator}"
    yield from map(str, work.warnings)


def _name(creator: Creator) -> str:
    """Return an author; a comma after a whole name says that it is not to be taken apart."""
    return f"{creator.family}, {creator.given}" if creator.family else f"{creator.name},"
