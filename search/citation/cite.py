"""Cite documents of an archive in one of several formats: some by their ids, or all that a search finds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import Any

from corpus.trust.table_cells import table_line
from search.archive import Archive
from search.citation.bibtex import bibtex_entry
from search.citation.cited_work import CitedWork, cited_works
from search.citation.csl_json import csl_citation, csl_item
from search.citation.ris import ris_record
from search.citation.running_text import apa_reference, chicago_note, un_footnote
from search.request import Request
from search.results import Hit

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


RUNNING_TEXT = {
    CitationFormat.CHICAGO: chicago_note, CitationFormat.APA: apa_reference, CitationFormat.UN: un_footnote,
}  # fmt: skip
"""The formats of running text, with the function that writes each."""


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
    layout = CitationLayout(CitationFormat(file_format), today)
    yield layout.head
    for batch in _batches(document_ids):
        yield layout.works(cited_works(archive, batch, page))
    yield layout.end


def _batches(document_ids: Iterable[str]) -> Iterator[list[str]]:
    ids = iter(document_ids)
    while batch := list(islice(ids, WORKS_AT_A_TIME)):
        yield batch


class CitationLayout:
    """The file of a format, made part by part: head, works, end."""

    def __init__(self, file_format: CitationFormat, today: dt.date | None = None) -> None:
        self._format = file_format
        self._today = today or dt.datetime.now().astimezone().date()
        self._is_first = True

    @property
    def head(self) -> str:
        """Return what comes before the works."""
        return "[" if self._format is CitationFormat.CSL else ""

    @property
    def end(self) -> str:
        """Return what comes after the works."""
        return "\n]\n" if self._format is CitationFormat.CSL else ""

    def works(self, works: Sequence[CitedWork]) -> str:
        """Return some works, separated from those before them."""
        texts = [self._work(work) for work in works]
        before = "" if self._is_first else self._separator
        self._is_first = self._is_first and not texts
        return before + self._separator.join(texts) if texts else ""

    def cell(self, work: CitedWork) -> str:
        """Return the citation of a work for a table, which is on one line where it is running text."""
        citation = self._work(work).strip()
        return " ".join(citation.split()) if self._format in RUNNING_TEXT else citation

    def rows(self, archive: Archive, hits: Sequence[Hit]) -> str:
        """Return the citations of some hits."""
        return self.works(cited_works(archive, [hit.id for hit in hits]))

    def request(self, request: Request) -> Request:
        """Return the request that a part is made from: without facets and passages."""
        return replace(request, facets=(), passages=0)

    @property
    def _separator(self) -> str:
        return {CitationFormat.CSL: ",", CitationFormat.BIBTEX: "\n"}.get(self._format, "")

    def _work(self, work: CitedWork) -> str:
        match self._format:
            case CitationFormat.CSL:
                item = csl_citation(work, self._today) if work.page else csl_item(work, self._today)
                return f"\n{json.dumps(item, ensure_ascii=False, indent=2)}"
            case CitationFormat.RIS:
                return ris_record(work, self._today)
            case CitationFormat.BIBTEX:
                return bibtex_entry(work)
        return f"{RUNNING_TEXT[self._format](work)}\n"


def citation_table(
    archive: Archive, document_ids: Iterable[str], file_format: CitationFormat | str, page: int = 0
) -> Iterator[str]:
    """Yield the lines of a table of citations, a row each; the rest as for `cite`."""
    layout = CitationLayout(CitationFormat(file_format))
    yield "\ufeff" + table_line(("id", "page", "format", "citation"))
    for batch in _batches(document_ids):
        for work in cited_works(archive, batch, page):
            yield table_line((work.document_id, work.locator, str(file_format), layout.cell(work)))


def matching_ids(archive: Archive, request: Request) -> Iterator[str]:
    """Yield the ids of all documents that match a request, in the order of the hits."""
    offset, total = 0, 1
    while offset < total:
        part = replace(request, offset=offset, limit=WORKS_AT_A_TIME, facets=(), passages=0)
        result = archive.search(part)
        yield from (hit.id for hit in result.hits)
        offset, total = offset + WORKS_AT_A_TIME, result.total


def citations_json(
    archive: Archive, document_ids: Iterable[str], page: int = 0, today: dt.date | None = None
) -> list[dict[str, Any]]:
    """Return documents cited in every format, as ``cite --json`` prints them; the rest as for `cite`."""
    day = today or dt.datetime.now().astimezone().date()
    works = (work for batch in _batches(document_ids) for work in cited_works(archive, batch, page))
    return [
        {
            "id": work.document_id,
            "page": work.page or None,
            "page_label": work.page_label or None,
            "csl": csl_citation(work, day) if work.page else csl_item(work, day),
            "ris": ris_record(work, day),
            "bibtex": bibtex_entry(work),
            **{name.value: write(work) for name, write in RUNNING_TEXT.items()},
            "warnings": [str(warning) for warning in work.warnings],
        }
        for work in works
    ]
