"""Reading the event log: what happened to the archive, to one document, since a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.catalogue.events import EventKind, LogEntry, logged_kinds, newest_events, was_ever_known
from corpus.catalogue.listed_documents import arrived_documents
from corpus.document import State
from corpus.errors import UnknownDocumentError, UsageError
from indexer.archivist.transactions import read_transaction

DEFAULT_EVENTS = 1000
"""Number of events returned when no other limit is given."""


def read_log(  # noqa: PLR0913 (conditions on events, each by its name)
    archive: Path,
    *,
    since: str = "",
    document: str = "",
    kinds: Collection[str] = (),
    limit: int = DEFAULT_EVENTS,
    before: int = 0,
    withdrawn: bool = False,
) -> tuple[LogEntry, ...]:
    """Return the newest ``limit`` events that match, oldest first.

    Those of withdrawn documents have no values of metadata. Paths stay: the log proves what became of each file.

    Args:
        archive: the archive's folder.
        since: a day or a time in ISO 8601; without a time zone it is local time.
        document: only events of the document with this id.
        kinds: only events of these kinds.
        limit: greatest number of events to return.
        before: only events with a smaller number; 0 for all.
        withdrawn: return the events of withdrawn documents in full.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
        UnknownDocumentError: no document has that id, and none ever had.
        UsageError: ``since`` is not a time, or a kind is no `EventKind` and not in the log.
    """
    moment = _moment(since) if since else ""
    with read_transaction(archive) as catalogue:
        _check(catalogue, document, kinds)
        entries = newest_events(catalogue, since=moment, document_id=document, kinds=kinds, limit=limit, before=before)
        return tuple(entries if withdrawn else _disclosed(catalogue, entries))


_VALUES = frozenset({"fields", "replaced", "before", "values"})
"""Details of an event with values that a document's metadata had before it, or has after it."""


def _disclosed(catalogue: Catalogue, entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """Yield events, those of withdrawn documents, and of records that became such, without values of metadata."""
    withdrawn = set(ids_in_state(catalogue, State.WITHDRAWN))
    withdrawn |= {record for record, now in arrived_documents(catalogue).items() if now in withdrawn}
    for entry in entries:
        hides = entry.document in withdrawn
        yield replace(entry, detail=dict(_without_values(entry.detail))) if hides else entry


def _without_values(detail: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in detail.items():
        if name not in _VALUES or isinstance(value, str):  # a string names fields, and has none of their values
            yield name, value


def _moment(since: str) -> str:
    try:
        return dt.datetime.fromisoformat(since).astimezone(dt.UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        raise UsageError("log.not-a-time", since=since) from None


def _check(catalogue: Catalogue, document_id: str, kinds: Collection[str]) -> None:
    if document_id and not was_ever_known(catalogue, document_id):
        raise UnknownDocumentError("catalogue.unknown-document", id=document_id)
    known = {*EventKind, *logged_kinds(catalogue)} if kinds else set()
    if unknown := sorted(set(kinds) - known):
        raise UsageError("log.unknown-kind", kind=unknown[0], known=", ".join(sorted(known)))
