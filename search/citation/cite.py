"""Cite documents of an archive in one of several formats: some by their ids, or all that a search finds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import Any

from search.archive import Archive
from search.citation.bibtex import bibtex_entry
from search.citation.cited_work import CitedWork, cited_works
from search.citation.csl_json import csl_citation, csl_item
from search.citation.ris import ris_record
from search.citation.running_text import apa_reference, chicago_note, un_footnote
from search.request import Request

WORKS_AT_A_TIME = 200
"""Documents that are read from the catalogue at a time."""


class CitationFormat(StrEnum):
    """The formats of citations."""

    CSL = "csl"
    RIS = "ris"
    BIBTEX = "bibtex"
    CHICAGO = "chicago"
    APA = "apa"
    UN = "un"


_RUNNING_TEXT = {
    CitationFormat.CHICAGO: chicago_note, CitationFormat.APA: apa_reference, CitationFormat.UN: un_footnote,
}  # fmt: skip


def cite(
    archive: Archive,
    document_ids: Iterable[str],
    file_format: CitationFormat | str = CitationFormat.CSL,
    *,
    page: int = 0,
    today: dt.date | None = None,
) -> Iterator[str]:
    """Yield the citations of documents in parts, which together are a file of the format.

    Args:
        archive: the archive.
        document_ids: the documents, in the order in which they are cited.
        file_format: the format, or its name.
        page: the page that is cited; 0 for whole documents.
        today: the day on which web pages are looked at.

    Raises:
        UnknownDocumentError: there is no such document.
        UsageError: a document was withdrawn or erased, or has no such page.
    """
    ids = iter(document_ids)
    first = True
    day = today or dt.datetime.now().astimezone().date()
    while batch := list(islice(ids, WORKS_AT_A_TIME)):
        yield format_works(cited_works(archive, batch, page), CitationFormat(file_format), day, is_first=first)
        first = False
    yield format_end(CitationFormat(file_format), is_empty=first)


def format_works(
    works: Sequence[CitedWork], file_format: CitationFormat, today: dt.date, *, is_first: bool = True
) -> str:
    """Return works in a format: a part of a file, whose beginning it is with ``is_first``; `format_end` follows."""
    match file_format:
        case CitationFormat.CSL:
            rows = [csl_citation(work, today) if work.page else csl_item(work, today) for work in works]
            text = ",\n".join(json.dumps(row, ensure_ascii=False, indent=2) for row in rows)
            return f"{'[' if is_first else ','}\n{text}"
        case CitationFormat.RIS:
            return "".join(ris_record(work, today) for work in works)
        case CitationFormat.BIBTEX:
            return ("" if is_first else "\n") + "\n".join(bibtex_entry(work) for work in works)
    return "".join(f"{_RUNNING_TEXT[file_format](work)}\n" for work in works)


def format_end(file_format: CitationFormat, *, is_empty: bool = False) -> str:
    """Return what ends a file of a format, whether or not there is anything in it."""
    if file_format is CitationFormat.CSL:
        return "[]\n" if is_empty else "\n]\n"
    return ""


def matching_ids(archive: Archive, request: Request) -> Iterator[str]:
    """Yield the ids of all documents that match a request, in the order of the hits."""
    offset, total = 0, 1
    while offset < total:
        part = replace(request, offset=offset, limit=WORKS_AT_A_TIME, facets=(), passages=0)
        result = archive.search(part)
        yield from (hit.id for hit in result.hits)
        offset, total = offset + WORKS_AT_A_TIME, result.total


def citations_json(works: Iterable[CitedWork], today: dt.date) -> list[dict[str, Any]]:
    """Return works in every format, as ``cite --json`` prints them."""
    return [
        {
            "id": work.document_id,
            "page": work.page or None,
            "page_label": work.page_label or None,
            "csl": csl_citation(work, today) if work.page else csl_item(work, today),
            "ris": ris_record(work, today),
            "bibtex": bibtex_entry(work),
            **{name.value: write(work) for name, write in _RUNNING_TEXT.items()},
            "warnings": [str(warning) for warning in work.warnings],
        }
        for work in works
    ]
