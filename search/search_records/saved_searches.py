"""Saved searches: what is new since a search was last looked at."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.catalogue.events import LogEntry, events_since
from corpus.document import Document, Metadata
from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store import saved_search_rows as rows
from corpus.researcher_store.saved_search_rows import StoredSearch
from corpus.trust.user_text import clean_line
from search.archive import Archive
from search.request import Request
from search.search_records.found_documents import described_documents, search_whole
from search.search_records.record_changes import EVENTS_WITHOUT_EFFECT, ChangeReason, change_reason, public_reason
from search.search_records.request_values import request_of, request_values

FEED_KEY_BYTES = 32
"""Random bytes of the key in the address of a feed, as many as the token has."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search.

    Attributes:
        name: by which it is called.
        request: what it searches for.
        made: when it was saved, in UTC, ISO 8601.
        looked: when its new documents were last looked at.
        feed_key: the secret in the address of its feed; ``""`` without one.
    """

    name: str
    request: Request
    made: str
    looked: str
    feed_key: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that a saved search finds and did not find when it was last looked at.

    Attributes:
        id: of the document.
        metadata: its values; its own date says nothing about when it arrived.
        arrived: when it came into the archive, or changed so that it matches; ``""`` where nothing in the log says why.
        reason: the newest event of the log that explains it; None where there is none.
    """

    id: str
    metadata: Metadata
    arrived: str
    reason: ChangeReason | None


@dataclass(frozen=True, slots=True)
class SavedSearchNews:
    """The documents that a saved search finds now, and those that are new since it was last looked at."""

    search: SavedSearch
    understood: str
    total: int
    new: tuple[NewDocument, ...]


def save_search(archive: Archive, store: ResearcherStore, name: str, request: Request) -> SavedSearch:
    """Save a search. What it finds now counts as looked at.

    Raises:
        UsageError: the name is empty or taken, or as `Archive.search`.
        CatalogueError, IndexStateError: as `Archive.search`.
    """
    name = clean_line(name, "the name")
    if not name:
        raise UsageError("research.no-name")
    archive.refresh()
    _, document_ids = search_whole(archive, request)
    rows.add_search(store, name, json.dumps(request_values(request), ensure_ascii=False), _now(), document_ids)
    return saved_search(store, name)


def saved_search(store: ResearcherStore, name: str) -> SavedSearch:
    """Return a saved search by its name.

    Raises:
        UsageError: there is none.
    """
    return _saved(rows.saved_search(store, name))


def saved_searches(store: ResearcherStore) -> list[SavedSearch]:
    """Return all saved searches by name."""
    return [_saved(stored) for stored in rows.saved_searches(store)]


def search_of_feed(store: ResearcherStore, key: str) -> SavedSearch | None:
    """Return the saved search whose feed has a key; None where no feed has it."""
    stored = rows.search_of_feed(store, key)
    return _saved(stored) if stored else None


def search_news(archive: Archive, store: ResearcherStore, name: str, *, look: bool = False) -> SavedSearchNews:
    """Return what is new in a saved search; with ``look`` it counts as looked at from now on.

    A document is new by when it came into the archive or changed to match, never by its own date.

    Raises:
        UsageError: there is no such search, or as `Archive.search`.
        CatalogueError, IndexStateError: as `Archive.search`.
    """
    stored = rows.saved_search(store, name)
    archive.refresh()
    saved = _saved(stored)
    result, document_ids = search_whole(archive, saved.request)
    seen = rows.seen_documents(store, stored.number)
    new_ids = [document_id for document_id in document_ids if document_id not in seen]
    news = SavedSearchNews(saved, result.understood, result.total, _new_documents(archive, new_ids))
    if look:
        rows.mark_looked(store, stored.number, _now(), document_ids)
    return news


def make_feed(store: ResearcherStore, name: str) -> SavedSearch:
    """Give the feed of a saved search a key, in place of one that it has already.

    Raises:
        UsageError: there is no such search.
    """
    rows.set_feed_key(store, rows.saved_search(store, name).number, secrets.token_urlsafe(FEED_KEY_BYTES))
    return saved_search(store, name)


def revoke_feed(store: ResearcherStore, name: str) -> SavedSearch:
    """Take the key of a saved search's feed away; whoever has it is refused from now on.

    Raises:
        UsageError: there is no such search.
    """
    rows.set_feed_key(store, rows.saved_search(store, name).number, "")
    return saved_search(store, name)


def public_news(news: SavedSearchNews) -> SavedSearchNews:
    """Return what is new in a saved search as pages may show it, without what an archivist wrote of a withdrawal."""
    new = (replace(one, reason=one.reason and public_reason(one.reason)) for one in news.new)
    return replace(news, new=tuple(new))


def _new_documents(archive: Archive, document_ids: list[str]) -> tuple[NewDocument, ...]:
    """Return new documents, those that arrived last first."""
    if not document_ids:
        return ()
    known = described_documents(archive, document_ids)
    with archive.shared.use() as state:
        events = events_since(state.catalogue, 0, set(document_ids))
    new = [_new_document(known[one], events.get(one, ())) for one in document_ids if one in known]
    return tuple(sorted(new, key=lambda document: document.arrived, reverse=True))


def _new_document(document: Document, events: Sequence[LogEntry]) -> NewDocument:
    newest = next((event for event in reversed(events) if event.kind not in EVENTS_WITHOUT_EFFECT), None)
    arrived = newest.at if newest else ""
    return NewDocument(document.id, document.metadata, arrived, change_reason(newest) if newest else None)


def _saved(stored: StoredSearch) -> SavedSearch:
    return SavedSearch(stored.name, request_of(stored.request), stored.made, stored.looked, stored.feed_key)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
