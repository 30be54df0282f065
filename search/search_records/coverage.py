"""The coverage of a search: what of an archive could be searched, and what could not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.catalogue.statistics import documents_by_state, files_by_state, totals
from corpus.document import State
from corpus.fields import YEAR_FACET
from search.archive import Archive
from search.request import Request
from search.results import FacetCount

_NO_VALUE = "none"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The documents of an archive that were searched, and the files that could not be.

    Attributes:
        documents: searchable documents.
        pages: their pages.
        first_year, last_year: the years of the earliest and of the latest; ``""`` where none is dated.
        undated: searchable documents without a date.
        languages: number of searchable documents by language code; ``none`` where it is not known.
        partial: searchable documents that were read in part only.
        without_text: searchable documents without text, which are found by their metadata alone.
        failed: files that could not be read.
        listed: documents that a listing names and that the archive does not have.
        missing: documents whose file is gone.
        withdrawn: documents that were withdrawn from search or erased.
        copies: copies of documents, which are found once.
    """

    documents: int
    pages: int
    first_year: str
    last_year: str
    undated: int
    languages: Mapping[str, int]
    partial: int
    without_text: int
    failed: int
    listed: int
    missing: int
    withdrawn: int
    copies: int


def coverage(archive: Archive) -> Coverage:
    """Count what of an archive can be searched now, and what cannot.

    Raises:
        CatalogueError, IndexStateError: as `Archive.search`.
    """
    facets = archive.search(Request(limit=0, facets=(YEAR_FACET, "language"))).facets
    years = sorted(row.value for row in facets[YEAR_FACET] if row.value != _NO_VALUE and row.count)
    with archive.shared.use() as state:
        searchable = totals(state.catalogue)
        documents, files = documents_by_state(state.catalogue), files_by_state(state.catalogue)
    return Coverage(
        searchable.documents, searchable.pages, years[0] if years else "", years[-1] if years else "",
        _count(facets[YEAR_FACET], _NO_VALUE), {row.value: row.count for row in facets["language"] if row.count},
        documents[State.PARTIAL.value], documents[State.WITHOUT_TEXT.value], files[State.FAILED.value],
        documents[State.LISTED.value], documents[State.MISSING.value],
        documents[State.WITHDRAWN.value] + documents[State.ERASED.value],
        documents[State.DUPLICATE.value] + files[State.DUPLICATE.value],
    )  # fmt: skip


def _count(rows: Iterable[FacetCount], value: str) -> int:
    return next((row.count for row in rows if row.value == value), 0)
