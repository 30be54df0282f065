"""Search records: make one of a search, keep it in the researcher's store, and read it back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from corpus import VERSION
from corpus.catalogue.events import log_identity
from corpus.errors import CatalogueError
from corpus.messages import load_table
from corpus.paths import to_text
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.record_rows import RecordedDocument, StoredRecord, add_record
from corpus.researcher_store.record_rows import record as stored_record
from corpus.researcher_store.record_rows import records as stored_records
from corpus.settings import Settings
from indexer.text.analysis import VERSION as ANALYSER_VERSION
from search.archive import Archive
from search.grammar.paraphrase import paraphrase
from search.request import DEFAULT_FACETS, Request
from search.results import IndexState, SearchResult
from search.search_records.coverage import Coverage, coverage
from search.search_records.found_documents import digested_documents, search_whole
from search.search_records.request_values import request_of, request_values

LANGUAGES = ("en", "fr", "es", "ar")
"""Languages that a record can be told in: those of the interface."""

_BODY = {
    "muniment": str, "archive": str, "archive_log": str, "request": dict, "address": str, "understood": dict,
    "remarks": list, "reason": str, "note": str, "total": int, "facets": dict, "coverage": dict, "index": dict,
    "analysis": dict,
}  # fmt: skip
"""The names in the body of a record, with the type of each value."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A search on record.

    Attributes:
        number: in the store, from 1.
        made: time in UTC, ISO 8601.
        version: of Muniment.
        archive: its name, or that of its folder.
        archive_log: identity of its log, which tells it from any other.
        request: what was searched for.
        address: of the search in the pages, without host; ``""`` where it was not given.
        understandings: the query in words, by language.
        remarks: on how the query was written, and on limits that were met.
        reason: why the search was limited as it was.
        note: of the researcher.
        total: number of documents that were found.
        facets: number of them by value, for each facet.
        coverage: what could be searched.
        index: number and time of the last change in the index, and changes that waited to be indexed.
        analysis: version of the analyser, and the thesaurus.
        documents: those that were found, in the order of the search.
        is_intact: whether the record is as it was made.
    """

    number: int
    made: str
    version: str
    archive: str
    archive_log: str
    request: Request
    address: str
    understandings: Mapping[str, str]
    remarks: tuple[str, ...]
    reason: str
    note: str
    total: int
    facets: Mapping[str, Mapping[str, int]]
    coverage: Coverage
    index: Mapping[str, Any]
    analysis: Mapping[str, Any]
    documents: tuple[RecordedDocument, ...]
    is_intact: bool = True

    @property
    def understood(self) -> str:
        """Return the query in English words."""
        return self.understandings.get("en", "")


def make_record(
    archive: Archive,
    store: ResearcherStore,
    request: Request,
    *,
    address: str = "",
    reason: str = "",
    note: str = "",
) -> SearchRecord:
    """Search, and put the search on record.

    Args:
        archive: the archive.
        store: open for writing.
        request: what to search for; its limit and offset count for nothing.
        address: of the search in the pages.
        reason: why the search is limited as it is.
        note: of the researcher.

    Raises:
        UsageError, CatalogueError, IndexStateError: as `Archive.search`.
    """
    archive.refresh()
    result, document_ids = search_whole(archive, replace(request, facets=DEFAULT_FACETS))
    body = _found(archive, result) | {
        "request": request_values(request), "address": address, "reason": reason, "note": note,
    }  # fmt: skip
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return record(store, add_record(store, now, body, digested_documents(archive, document_ids)))


def _found(archive: Archive, result: SearchResult) -> dict[str, Any]:
    """Return what a record says of the answer to a search and of the archive that gave it."""
    with archive.shared.use() as state:
        log, folder_name = log_identity(state.catalogue), to_text(state.catalogue.archive.name)
    return {
        "muniment": VERSION,
        "archive": archive.settings.name or folder_name,
        "archive_log": log,
        "understood": _in_words(result),
        "remarks": [str(row.message) for row in result.diagnostics],
        "total": result.total,
        "facets": {name: {row.value: row.count for row in rows if row.count} for name, rows in result.facets.items()},
        "coverage": asdict(coverage(archive)),
        "index": asdict(archive.index_state()),
        "analysis": _analysis(archive.settings),
    }


def record(store: ResearcherStore, number: int) -> SearchRecord:
    """Return a record by its number.

    Raises:
        UsageError: there is none.
        CatalogueError: the store is damaged.
    """
    return _record(store, stored_record(store, number))


def records(store: ResearcherStore) -> list[SearchRecord]:
    """Return all records, oldest first.

    Raises:
        CatalogueError: the store is damaged.
    """
    return [_record(store, stored) for stored in stored_records(store)]


def _in_words(result: SearchResult) -> dict[str, str]:
    """Return how a query was understood, in every language of the interface."""
    if result.query is None:
        return {"en": result.understood}
    for language in LANGUAGES:
        load_table(language)
    return {language: str(paraphrase(result.query, language)) for language in LANGUAGES}


def _analysis(settings: Settings) -> dict[str, Any]:
    groups = settings.thesaurus.groups
    return {
        "analyser": ANALYSER_VERSION,
        "engine": settings.engine,
        "thesaurus_groups": len(groups),
        "thesaurus_digest": hashlib.sha256(repr(groups).encode(errors="replace")).hexdigest(),
    }


def _record(store: ResearcherStore, stored: StoredRecord) -> SearchRecord:
    """Return a stored record, which may come from anybody."""
    body = stored.body
    if {name: type(value) for name, value in body.items()} != _BODY:
        raise _damaged(store, stored)
    try:
        covered = Coverage(**{name: kind(body["coverage"][name]) for name, kind in _COVERAGE.items()})
        facets = {name: {value: int(count) for value, count in rows.items()} for name, rows in body["facets"].items()}
        understandings = {str(language): str(text) for language, text in body["understood"].items()}
        index = {name: kind(body["index"][name]) for name, kind in _INDEX.items()}
        analysis = {name: kind(body["analysis"][name]) for name, kind in _ANALYSIS.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(store, stored) from error
    return SearchRecord(
        stored.number, stored.made, body["muniment"], body["archive"], body["archive_log"],
        request_of(body["request"]), body["address"], understandings, tuple(map(str, body["remarks"])),
        body["reason"], body["note"], body["total"], facets, covered, index, analysis, stored.documents,
        stored.is_intact,
    )  # fmt: skip


def _language_counts(value: dict[str, int]) -> Mapping[str, int]:
    return {str(language): int(count) for language, count in value.items()}


_CONVERSIONS: Mapping[str, Callable[[Any], Any]] = {
    "int": int, "str": str, "Mapping[str, int]": _language_counts,
}  # fmt: skip
_COVERAGE = {field.name: _CONVERSIONS[str(field.type)] for field in fields(Coverage)}
_INDEX = {field.name: _CONVERSIONS[str(field.type)] for field in fields(IndexState)}
_ANALYSIS: Mapping[str, Callable[[Any], Any]] = {
    "analyser": int, "engine": str, "thesaurus_groups": int, "thesaurus_digest": str,
}  # fmt: skip
"""The names in parts of a body, with a function that takes a value of the right type and refuses others."""


def _damaged(store: ResearcherStore, stored: StoredRecord) -> CatalogueError:
    return CatalogueError("research.record-damaged", path=store.path, number=stored.number)
