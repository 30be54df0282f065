"""Documents as listings see them: what items can be matched with, and records of items without a file."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus.catalogue.documents import candidates
from corpus.catalogue.events import EventKind, event_detail, log_event
from corpus.catalogue.save_documents import ID_LENGTH, save_candidates, touch
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import Candidate, ChangeNumber, Document, Metadata, Source, State
from corpus.fields import BY_NAME
from corpus.listing import CataloguedDocument, Item, fold_title, source_listing


def catalogued_documents(catalogue: Catalogue) -> Iterator[CataloguedDocument]:
    """Yield every document, withdrawn and erased ones too, with what matching an item needs, ordered by id.

    Duplicates are left out: what a listing says belongs to their originals.
    """
    compared = _compared_metadata(catalogue)
    claims = claimed_items(catalogue)
    for key, document_id, path, state, digest, part, file_format in catalogue.rows(
        "SELECT d.key, d.id, coalesce(f.path, ''), d.state, coalesce(f.digest, d.digest), d.part, d.format"
        " FROM documents d LEFT JOIN files f ON f.key = d.file WHERE d.state <> 'duplicate' ORDER BY d.id"
    ):
        metadata = Metadata(tuple(compared.get(key, ())))
        document = Document(document_id, path, stored_member(State, state), "", "", file_format, metadata)
        known_by = {c.field: c.value for c in candidates(catalogue, key)} if not path else {}
        yield CataloguedDocument(
            document, "" if part else digest or known_by.get("digest", ""), part,
            known_by.get("link", ""), known_by.get("identifier", ""), tuple(claims.get(document_id, ())),
        )  # fmt: skip


def claimed_items(catalogue: Catalogue) -> dict[str, list[tuple[str, Item]]]:
    """Return (listing, item) of every listing that a document has candidates from, by the document's id."""
    claims: dict[str, list[tuple[str, Item]]] = defaultdict(list)
    rows = catalogue.stream(
        "SELECT d.id, c.field, c.value, c.detail FROM candidates c JOIN documents d ON d.key = c.document"
        " WHERE c.source = ? ORDER BY d.id, c.rowid",
        Source.LISTING.value,
    )
    for document_id, of_document in groupby(rows, key=lambda row: row[0]):
        values: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for _, field, value, detail in of_document:
            listing = source_listing(Candidate(field, value, Source.LISTING, detail))
            if listing:
                values[listing].append((field, value))
        claims[document_id] = [(listing, _claimed_item(pairs)) for listing, pairs in values.items()]
    return claims


def _claimed_item(values: list[tuple[str, str]]) -> Item:
    identity = dict.fromkeys(("link", "identifier", "digest"), "") | {f: v for f, v in values if f not in BY_NAME}
    metadata = tuple((field, value) for field, value in values if field in BY_NAME)
    return Item(0, metadata, identity["link"], identity["identifier"], identity["digest"])


def _compared_metadata(catalogue: Catalogue) -> dict[int, list[Candidate]]:
    """Return the chosen title, date and language of each document by key."""
    candidates_by_key: dict[int, list[Candidate]] = defaultdict(list)
    for key, field, value, source in catalogue.stream(
        "SELECT document, field, value, source FROM candidates"
        " WHERE chosen = 1 AND field IN ('title', 'date', 'language')"
    ):
        candidates_by_key[key].append(Candidate(field, value, stored_member(Source, source)))
    return candidates_by_key


def record_ids(item: Item, listing: str) -> tuple[str, str, str]:
    """Return the ids that the record of an item without a file may have, the same at every import.

    The first one that is free is its id: the second is for an item of which another listing has a record, the third
    for one that differs from another item of its listing by nothing but its date, language or digest.
    """
    seed = f"listed\n{fold_title(item.title)}\n{item.link or item.value('date')}\n{item.identifier}"
    version = "\n".join((item.value("date"), item.value("language"), item.digest))
    in_listing = f"{seed}\n{listing}"
    return _id_of(seed), _id_of(in_listing), _id_of(f"{in_listing}\n{version}")


def _id_of(seed: str) -> str:
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:ID_LENGTH]


def has_document(catalogue: Catalogue, document_id: str) -> bool:
    """Return whether any document, withdrawn ones included, has this id."""
    return bool(catalogue.rows("SELECT 1 FROM documents WHERE id = ?", document_id))


def add_listed(
    catalogue: Catalogue, document_id: str, candidates: tuple[Candidate, ...], metadata: Metadata, **detail: Any
) -> None:
    """Save a record for an item without a file, and log it."""
    key = catalogue.run("INSERT INTO documents (id, state) VALUES (?, ?)", document_id, State.LISTED.value)
    save_candidates(catalogue, key, candidates, metadata)
    touch(
        catalogue, key,
        log_event(catalogue, EventKind.LISTED, document_id=document_id, state=State.LISTED.value, **detail),
    )  # fmt: skip


def remove_listed(catalogue: Catalogue, document_id: str) -> None:
    """Delete the record of a listed item whose file was added."""
    catalogue.run("DELETE FROM documents WHERE id = ? AND state = ?", document_id, State.LISTED.value)


def ids_described_by(catalogue: Catalogue, listing: str) -> set[str]:
    """Return the ids of documents that have candidates from a listing."""
    rows = catalogue.rows(
        "SELECT DISTINCT d.id, c.detail FROM candidates c JOIN documents d ON d.key = c.document"
        " WHERE c.source = ? AND substr(c.detail, 1, ?) = ?",
        Source.LISTING.value, len(listing), listing,
    )  # fmt: skip
    return {
        document_id for document_id, detail in rows
        if source_listing(Candidate("", "", Source.LISTING, detail)) == listing
    }  # fmt: skip


def paths_with_sidecar_metadata(catalogue: Catalogue) -> list[str]:
    """Return the paths of files that have metadata from a sidecar."""
    rows = catalogue.rows(
        "SELECT DISTINCT f.path FROM candidates c JOIN documents d ON d.key = c.document JOIN files f ON f.key = d.file"
        " WHERE c.source = ? AND c.detail LIKE 'sidecar %' ORDER BY f.path",
        Source.LISTING.value,
    )
    return [path for (path,) in rows]


def document_of_path(catalogue: Catalogue, path: str) -> tuple[int, str] | None:
    """Return (key, id) of the document that the file at ``path`` itself is, or None."""
    rows = catalogue.rows(
        "SELECT d.key, d.id FROM documents d JOIN files f ON f.key = d.file"
        " WHERE f.path = ? AND d.part = '' AND f.state <> ?",
        path, State.MISSING.value,
    )  # fmt: skip
    return (int(rows[0][0]), str(rows[0][1])) if rows else None


@dataclass(frozen=True, slots=True)
class RecordedImport:
    """An import of a listing that the log has and that was not undone.

    Attributes:
        number: of its event.
        at: UTC time.
        listing: the listing's name.
        digest: SHA-256 of the listing's bytes.
        place: digest of the path that the listing was read from; empty where it is not known.
        rows: the place of items in the listing before, by document, where nothing else of them changed.
    """

    number: ChangeNumber
    at: str
    listing: str
    digest: str
    place: str
    rows: Mapping[str, str]


def recorded_imports(catalogue: Catalogue) -> list[RecordedImport]:
    """Return the imports that were not undone, oldest first."""
    kept: dict[int, RecordedImport] = {}
    for number, at, kind, text in catalogue.rows(
        "SELECT number, at, kind, detail FROM events WHERE kind IN (?, ?) ORDER BY number",
        EventKind.IMPORTED.value, EventKind.IMPORT_UNDONE.value,
    ):  # fmt: skip
        detail = event_detail(text)
        if kind == EventKind.IMPORT_UNDONE:
            undone = detail.get("import")
            kept.pop(undone if isinstance(undone, int) else 0, None)
            continue
        rows = detail.get("rows")
        listing, digest, place = (str(detail.get(key, "")) for key in ("listing", "digest", "read_from"))
        kept[number] = RecordedImport(
            ChangeNumber(number), at, listing, digest, place, rows if isinstance(rows, dict) else {}
        )
    return list(kept.values())


def import_events(catalogue: Catalogue, number: ChangeNumber) -> list[tuple[EventKind, str, Mapping[str, Any]]]:
    """Return (kind, document's id, detail) of the events of an import, in their order."""
    rows = catalogue.rows(
        "SELECT kind, document, detail FROM events WHERE number > ? AND kind IN (?, ?)"
        " AND iif(json_valid(detail), json_extract(detail, '$.import'), NULL) = ? ORDER BY number",
        number, EventKind.LISTED.value, EventKind.UNLISTED.value, number,
    )  # fmt: skip
    return [(EventKind(kind), document_id, event_detail(detail)) for kind, document_id, detail in rows]


def arrived_documents(catalogue: Catalogue) -> dict[str, str]:
    """Return the ids of documents that took over a listed record, by the record's id."""
    rows = catalogue.rows("SELECT document, detail FROM events WHERE kind = ? ORDER BY number", EventKind.ARRIVED.value)
    return {record_id: str(event_detail(detail).get("now", "")) for record_id, detail in rows}
