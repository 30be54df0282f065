"""The search records of a store: they are added and removed, and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.errors import CatalogueError, UsageError
from corpus.researcher_store.store_file import ResearcherStore


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document that a recorded search found.

    Attributes:
        id: its public id.
        content: digest of its file's bytes; ``""`` where it has none of its own.
        text: digest of its texts; ``""`` of an erased document.
        metadata: digest of its metadata; ``""`` of an erased document.
    """

    id: str
    content: str
    text: str
    metadata: str


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A search record as it is stored.

    Attributes:
        number: from 1, never used twice.
        made: time in UTC, ISO 8601.
        body: what was asked, understood and counted, by name.
        digest: SHA-256 of the body and of the ids of the documents.
        is_intact: whether that digest is still theirs.
        documents: those that the search found, in the order of the search.
    """

    number: int
    made: str
    body: dict[str, Any]
    digest: str
    is_intact: bool
    documents: tuple[RecordedDocument, ...]


def add_record(store: ResearcherStore, made: str, body: dict[str, Any], documents: Iterable[RecordedDocument]) -> int:
    """Append a record, and return its number."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    rows = list(documents)
    with store.batch():
        number = store.run(
            "INSERT INTO records (made, body, digest) VALUES (?, ?, ?)",
            made, text, _digest(made, text, [row.id for row in rows]),
        )  # fmt: skip
        store.run_many(
            "INSERT INTO recorded_documents VALUES (?, ?, ?, ?, ?, ?)",
            [(number, place, row.id, row.content, row.text, row.metadata) for place, row in enumerate(rows)],
        )
    return number


def records(store: ResearcherStore) -> list[StoredRecord]:
    """Return all records, oldest first."""
    return [_record(store, row) for row in store.rows("SELECT number, made, body, digest FROM records ORDER BY number")]


def record(store: ResearcherStore, number: int) -> StoredRecord:
    """Return a record by its number.

    Raises:
        UsageError: there is none.
    """
    rows = store.rows("SELECT number, made, body, digest FROM records WHERE number = ?", number)
    if not rows:
        raise UsageError("research.no-such-record", number=number)
    return _record(store, rows[0])


def remove_record(store: ResearcherStore, number: int) -> None:
    """Remove a record for good: what it said is overwritten in the file.

    Raises:
        UsageError: there is none.
    """
    record(store, number)
    with store.batch():
        store.run("DELETE FROM recorded_documents WHERE record = ?", number)
        store.run("DELETE FROM records WHERE number = ?", number)
    store.purge()


def _record(store: ResearcherStore, row: tuple[Any, ...]) -> StoredRecord:
    number, made, text, digest = row
    documents = tuple(
        RecordedDocument(*values)
        for values in store.rows(
            "SELECT document, content_digest, text_digest, metadata_digest FROM recorded_documents WHERE record = ?"
            " ORDER BY place",
            number,
        )
    )
    is_intact = digest == _digest(made, text, [document.id for document in documents])
    return StoredRecord(number, made, stored_values(text, store), digest, is_intact, documents)


def stored_values(text: str, store: ResearcherStore) -> dict[str, Any]:
    """Return a JSON object that a store has.

    Raises:
        CatalogueError: it is none: the store was changed by hand, or damaged.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CatalogueError("research.store-damaged", path=store.path, reason=error) from error
    if not isinstance(values, dict):
        raise CatalogueError("research.store-damaged", path=store.path, reason=text[:40])
    return values


def _digest(made: str, text: str, document_ids: list[str]) -> str:
    return hashlib.sha256(json.dumps([made, text, document_ids]).encode()).hexdigest()
