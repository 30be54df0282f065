"""Documents as listings see them: what items can be matched with, and records of items without a file."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator

from corpus.catalogue.documents import candidates
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.save_documents import ID_LENGTH, save_candidates, touch
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import Candidate, Document, Metadata, Source, State
from corpus.listing import CataloguedDocument, Item, fold_title


def catalogued_documents(catalogue: Catalogue) -> Iterator[CataloguedDocument]:
    """Yield every document, withdrawn and erased ones too, with what matching an item needs, ordered by id."""
    compared = _compared_metadata(catalogue)
    for key, document_id, path, state, digest, part, file_format in catalogue.rows(
        "SELECT d.key, d.id, coalesce(f.path, ''), d.state, coalesce(f.digest, d.digest), d.part, d.format"
        " FROM documents d LEFT JOIN files f ON f.key = d.file ORDER BY d.id"
    ):
        metadata = Metadata(tuple(compared.get(key, ())))
        document = Document(document_id, path, stored_member(State, state), "", "", file_format, metadata)
        only_listed = {c.field: c.value for c in candidates(catalogue, key)} if not path else {}
        yield CataloguedDocument(
            document, "" if part else digest or only_listed.get("digest", ""), part,
            only_listed.get("link", ""), only_listed.get("identifier", ""),
        )  # fmt: skip


def _compared_metadata(catalogue: Catalogue) -> dict[int, list[Candidate]]:
    """Return the chosen title, date and language of each document by key."""
    candidates_by_key: dict[int, list[Candidate]] = defaultdict(list)
    for key, field, value, source in catalogue.stream(
        "SELECT document, field, value, source FROM candidates"
        " WHERE chosen = 1 AND field IN ('title', 'date', 'language')"
    ):
        candidates_by_key[key].append(Candidate(field, value, stored_member(Source, source)))
    return candidates_by_key


def listed_id(item: Item) -> str:
    """Return the id of an item without a file, the same at every import."""
    seed = f"listed\n{fold_title(item.title)}\n{item.link or item.value('date')}\n{item.identifier}"
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:ID_LENGTH]


def has_document(catalogue: Catalogue, document_id: str) -> bool:
    """Return whether any document, withdrawn ones included, has this id."""
    return bool(catalogue.rows("SELECT 1 FROM documents WHERE id = ?", document_id))


def add_listed(
    catalogue: Catalogue, document_id: str, candidates: tuple[Candidate, ...], metadata: Metadata, **detail: str
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


def ids_described_by(catalogue: Catalogue, prefix: str) -> set[str]:
    """Return the ids of documents with listing metadata whose detail has this prefix."""
    rows = catalogue.rows(
        "SELECT DISTINCT d.id FROM candidates c JOIN documents d ON d.key = c.document"
        " WHERE c.source = ? AND substr(c.detail, 1, ?) = ?",
        Source.LISTING.value, len(prefix), prefix,
    )  # fmt: skip
    return {document_id for (document_id,) in rows}


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
