"""Documents written to the catalogue: text, candidates, state and the event that records the change."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.catalogue.documents import id_and_path
from corpus.catalogue.events import UNREAD, EventKind, log_event
from corpus.catalogue.row_digests import DOCUMENT_DIGEST, TEXT_DIGEST
from corpus.catalogue.store import Catalogue
from corpus.document import SEARCHABLE, Candidate, ChangeNumber, DocumentText, Extraction, Metadata, State

ID_LENGTH = 10
"""Characters of a document's id: 50 bits of the SHA-256 of its first content, so that ids survive a new catalogue."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document to be saved: the file it comes from, its text and its metadata.

    Attributes:
        file: key of the file record.
        digest: ``sha256:HEX`` of the content, from which a new document's id is made; of a document inside a file whose
            bytes were not digested, its address.
        format: short name, e.g. ``pdf``.
        extraction: text and state from the reader.
        candidates: every metadata candidate.
        metadata: the chosen ones.
        part: address inside a file that contains several documents; empty for the file itself.
        reader_version: version of the format's readers; 0 where no reader knew the format.
    """

    file: int
    digest: str
    format: str
    extraction: Extraction
    candidates: tuple[Candidate, ...]
    metadata: Metadata
    part: str = ""
    reader_version: int = 0

    @property
    def content_digest(self) -> str:
        """Return the digest; ``""`` where only the address of a document inside a file is known."""
        return self.digest if self.digest.startswith("sha256:") else ""


def save_document(catalogue: Catalogue, record: DocumentRecord, path: str, kind: EventKind, **detail: Any) -> int:
    """Save a document and log it, replacing what its file and part contained before.

    Returns:
        The document's row number.
    """
    rows = catalogue.rows("SELECT key, id FROM documents WHERE file = ? AND part = ?", record.file, record.part)
    key, document_id = rows[0] if rows else _insert_document(catalogue, record)
    extraction = record.extraction
    pages = extraction.text.pages
    catalogue.run(
        # a withdrawn document stays withdrawn, whatever its file contains now
        "UPDATE documents SET state = iif(state = 'withdrawn', state, ?), reason = iif(state = 'withdrawn', reason, ?),"
        " media_type = ?, format = ?, pages = ?, characters = ?, reader_version = ?, digest = ?"
        " WHERE key = ?",
        extraction.state.value, extraction.reason, extraction.media_type, record.format, len(pages),
        sum(len(page.text) for page in pages), record.reader_version, record.content_digest, key,
    )  # fmt: skip
    _save_texts(catalogue, key, extraction.text)
    save_candidates(catalogue, key, record.candidates, record.metadata)
    change = log_event(catalogue, kind, path=path, document_id=document_id, state=extraction.state.value, **detail)
    touch(catalogue, key, change)
    return int(key)


def save_duplicate(
    catalogue: Catalogue, record: DocumentRecord, path: str, original: str, *, is_read: bool = True
) -> int:
    """Save that the bytes at an address inside a file are those of another document, and log it.

    What was read of them before is dropped: the original has it.

    Args:
        catalogue: open for writing.
        record: the document, of which file, address and digest are saved.
        path: of the file.
        original: id of the document that has the text; ``""`` where that is saved next.
        is_read: whether the bytes at the address have just been read.

    Returns:
        The row number.
    """
    rows = catalogue.rows("SELECT key, id FROM documents WHERE file = ? AND part = ?", record.file, record.part)
    key, document_id = rows[0] if rows else _insert_document(catalogue, record)
    catalogue.run(
        "UPDATE documents SET state = ?, reason = '', media_type = '', format = '', pages = 0, characters = 0,"
        " reader_version = 0, digest = ? WHERE key = ?",
        State.DUPLICATE.value, record.content_digest, key,
    )  # fmt: skip
    _save_texts(catalogue, key, DocumentText())
    save_candidates(catalogue, key, (), Metadata())
    detail: dict[str, Any] = {"state": State.DUPLICATE.value, "original": original, UNREAD: not is_read}
    detail = {name: value for name, value in detail.items() if value}
    touch(catalogue, key, log_event(catalogue, EventKind.DUPLICATE, path=path, document_id=document_id, **detail))
    return int(key)


def _insert_document(catalogue: Catalogue, record: DocumentRecord) -> tuple[int, str]:
    document_id = _free_id(catalogue, f"{record.digest}/{record.part}" if record.part else record.digest)
    key = catalogue.run(
        "INSERT INTO documents (id, file, part, state) VALUES (?, ?, ?, ?)",
        document_id, record.file, record.part, State.FAILED.value,
    )  # fmt: skip
    return key, document_id


def _free_id(catalogue: Catalogue, seed: str) -> str:
    # An id made from the content is the same when an archive is indexed anew. If another document that once had this
    # content has taken it, the hash is hashed again.
    while True:
        seed = hashlib.sha256(seed.encode()).hexdigest()
        document_id = base64.b32encode(bytes.fromhex(seed)).decode().lower()[:ID_LENGTH]
        if not catalogue.rows("SELECT 1 FROM documents WHERE id = ?", document_id):
            return document_id


def _save_texts(catalogue: Catalogue, key: int, text: DocumentText) -> None:
    catalogue.run("DELETE FROM pages WHERE document = ?", key)
    catalogue.run_many(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, ordinal, page.number, page.role.value, page.label, int(page.ocr), page.text, page.language)
            for ordinal, page in enumerate(text.all_texts)
        ),
    )
    seal_texts(catalogue, key)


def seal_texts(catalogue: Catalogue, key: int) -> None:
    """Record the digest of a document's texts, after they were written."""
    catalogue.run(f"UPDATE documents SET text_digest = {TEXT_DIGEST} WHERE key = ?", key)  # noqa: S608 (own columns)


def seal_document(catalogue: Catalogue, key: int) -> None:
    """Record the digest of a document's row and candidates, after one of them was written."""
    catalogue.run(f"UPDATE documents SET record_digest = {DOCUMENT_DIGEST} WHERE key = ?", key)  # noqa: S608 (own columns)


def save_candidates(catalogue: Catalogue, key: int, candidates: Sequence[Candidate], metadata: Metadata) -> None:
    """Replace a document's candidates and mark the chosen ones."""
    chosen = set(metadata.chosen)
    catalogue.run("DELETE FROM candidates WHERE document = ?", key)
    catalogue.run_many(
        "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, c.field, c.value, c.source.value, c.detail, c.printed, c.confidence, int(c in chosen))
            for c in dict.fromkeys(candidates)
        ),
    )
    seal_document(catalogue, key)


def touch(catalogue: Catalogue, key: int, change: ChangeNumber) -> None:
    """Record that change number ``change`` is the last that concerned a document."""
    catalogue.run("UPDATE documents SET changed = ? WHERE key = ?", change, key)
    seal_document(catalogue, key)


def set_state(catalogue: Catalogue, key: int, state: State, reason: str | None, kind: EventKind, **detail: Any) -> None:
    """Set a document's state, and its reason unless that is None, and log the event ``kind``."""
    document_id, path = id_and_path(catalogue, key)
    catalogue.run(
        "UPDATE documents SET state = ?, reason = coalesce(?, reason) WHERE key = ?", state.value, reason, key
    )
    if reason is not None:
        detail["reason"] = reason
    change = log_event(catalogue, kind, path=path, document_id=document_id, state=state.value, **detail)
    touch(catalogue, key, change)


def is_copied(catalogue: Catalogue, digest: str) -> bool:
    """Return whether a file, or a document inside one, is recorded as a copy of the content ``digest``."""
    return bool(catalogue.rows(
        "SELECT 1 FROM files WHERE digest = ?1 AND state = ?2"
        " UNION ALL SELECT 1 FROM documents WHERE digest = ?1 AND state = ?2 LIMIT 1",
        digest, State.DUPLICATE.value,
    ))  # fmt: skip


def _count_copies(catalogue: Catalogue, digest: str) -> int:
    ((copies,),) = catalogue.rows(
        "SELECT (SELECT count(*) FROM files WHERE digest = ?1 AND state = ?2)"
        " + (SELECT count(*) FROM documents WHERE digest = ?1 AND state = ?2)",
        digest, State.DUPLICATE.value,
    )  # fmt: skip
    return int(copies)


def log_copies(catalogue: Catalogue, digest: str) -> None:
    """Log that documents got their first copy or lost their last, so that the index follows.

    Args:
        catalogue: open for writing; the copy is recorded, or its record deleted.
        digest: of the copy.
    """
    copies = _count_copies(catalogue, digest)
    searchable = sorted(state.value for state in SEARCHABLE)
    marks = ", ".join("?" * len(searchable))
    rows = catalogue.rows(
        "SELECT d.key FROM documents d JOIN files f ON f.key = d.file WHERE f.digest = ? AND f.state NOT IN (?, ?)"  # noqa: S608 (question marks)
        f" AND d.state IN ({marks}) UNION SELECT key FROM documents WHERE digest = ? AND state IN ({marks})",
        digest, State.DUPLICATE.value, State.MISSING.value, *searchable, digest, *searchable,
    )  # fmt: skip
    for (key,) in rows:
        document_id, path = id_and_path(catalogue, key)
        touch(catalogue, key, log_event(catalogue, EventKind.COPIES, path=path, document_id=document_id, copies=copies))
