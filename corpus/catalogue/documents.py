"""The catalogue's documents: their pages, their metadata candidates, and which of those were chosen."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.catalogue.store import Catalogue
from corpus.document import Candidate, Document, DocumentText, Extraction, Metadata, Page, Role, Source, State
from corpus.errors import UnknownDocumentError

ID_LENGTH = 10
"""Characters of a document's id: 50 bits of its first content's digest."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What is to be kept of a document: which file it came from, how it was read and described.

    Attributes:
        file: key of the file record.
        digest: ``sha256:HEX`` of the content, from which a new document's id is made.
        format: short name, e.g. ``pdf``.
        extraction: what the reader took out.
        candidates: every metadata candidate.
        metadata: the chosen ones.
        part: place inside a file that holds several documents; empty for the file itself.
    """

    file: int
    digest: str
    format: str
    extraction: Extraction
    candidates: tuple[Candidate, ...]
    metadata: Metadata
    part: str = ""


def save_document(catalogue: Catalogue, holding: DocumentRecord, path: str, kind: str) -> int:
    """Keep a document, replacing what its file and part held before (the id stays); its key.

    ``kind`` is the event to log: ``added``, ``changed`` or ``retried``.
    """
    row = catalogue.rows("SELECT key, id FROM documents WHERE file = ? AND part = ?", holding.file, holding.part)
    key, name = row[0] if row else _new_document(catalogue, holding)
    extraction = holding.extraction
    main = extraction.text.pages
    catalogue.run(
        # a tombstone stands, whatever its file says now
        "UPDATE documents SET state = iif(state = 'withdrawn', state, ?), reason = iif(state = 'withdrawn', reason, ?),"
        " media_type = ?, format = ?, pages = ?, characters = ?"
        " WHERE key = ?",
        extraction.state.value, extraction.reason, extraction.media_type, holding.format, len(main),
        sum(len(page.text) for page in main), key,
    )  # fmt: skip
    _save_texts(catalogue, key, extraction.text)
    save_candidates(catalogue, key, holding.candidates, holding.metadata)
    touch(catalogue, key, catalogue.log(kind, path=path, document=name, state=extraction.state.value))
    return int(key)


def _new_document(catalogue: Catalogue, holding: DocumentRecord) -> tuple[int, str]:
    name = _free_id(catalogue, f"{holding.digest}/{holding.part}" if holding.part else holding.digest)
    key = catalogue.run(
        "INSERT INTO documents (id, file, part, state) VALUES (?, ?, ?, ?)",
        name, holding.file, holding.part, State.FAILED.value,
    )  # fmt: skip
    return key, name


def _free_id(catalogue: Catalogue, seed: str) -> str:
    # Made from the content, an id comes out the same when an archive is indexed anew; should the id be taken by a
    # document that held this content once, the next of the sequence is used.
    while True:
        seed = hashlib.sha256(seed.encode()).hexdigest()
        name = base64.b32encode(bytes.fromhex(seed)).decode().lower()[:ID_LENGTH]
        if not catalogue.rows("SELECT 1 FROM documents WHERE id = ?", name):
            return name


def _save_texts(catalogue: Catalogue, key: int, text: DocumentText) -> None:
    catalogue.run("DELETE FROM pages WHERE document = ?", key)
    catalogue.run_many(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, ordinal, page.number, page.role.value, page.label, int(page.ocr), page.text, page.language)
            for ordinal, page in enumerate(text.all_texts)
        ),
    )


def save_candidates(catalogue: Catalogue, key: int, candidates: Sequence[Candidate], metadata: Metadata) -> None:
    """Replace a document's candidates and mark the chosen ones."""
    chosen = {id(candidate) for candidate in metadata.chosen}
    catalogue.run("DELETE FROM candidates WHERE document = ?", key)
    catalogue.run_many(
        "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, c.field, c.value, c.source.value, c.detail, c.printed, c.confidence, int(id(c) in chosen))
            for c in candidates
        ),
    )


def touch(catalogue: Catalogue, key: int, change: int) -> None:
    """Say that change number ``change`` is the last that concerned this document."""
    catalogue.run("UPDATE documents SET changed = ? WHERE key = ?", change, key)


def set_state(catalogue: Catalogue, key: int, state: State, reason: str | None, kind: str, **detail: str) -> None:
    """Give a document another state, and with ``reason`` another reason, and log the event ``kind``."""
    name, path = catalogue.rows(
        "SELECT d.id, coalesce(f.path, '') FROM documents d LEFT JOIN files f ON f.key = d.file WHERE d.key = ?",
        key,
    )[0]
    catalogue.run(
        "UPDATE documents SET state = ?, reason = coalesce(?, reason) WHERE key = ?", state.value, reason, key
    )
    if reason is not None:
        detail["reason"] = reason
    touch(catalogue, key, catalogue.log(kind, path=path, document=name, state=state.value, **detail))


def state_before_loss(catalogue: Catalogue, name: str) -> State:
    """What state a document was in when its file was last found gone, as the log has it."""
    rows = catalogue.rows(
        "SELECT detail FROM events WHERE document = ? AND kind = 'removed' ORDER BY number DESC LIMIT 1", name
    )
    return State(json.loads(rows[0][0])["before"]) if rows else State.INDEXED


def key_of_part(catalogue: Catalogue, file: int, part: str) -> int | None:
    """Key of the document that a file holds as ``part``, if there is one."""
    rows = catalogue.rows("SELECT key FROM documents WHERE file = ? AND part = ?", file, part)
    return rows[0][0] if rows else None


def keys_of_file(catalogue: Catalogue, file: int) -> list[int]:
    """Keys of the documents that a file holds."""
    return [row[0] for row in catalogue.rows("SELECT key FROM documents WHERE file = ? ORDER BY part", file)]


def documents_of_file(catalogue: Catalogue, file: int) -> list[tuple[int, Document]]:
    """(key, document) of every document that a file holds."""
    rows = catalogue.rows(f"{_DOCUMENT} WHERE d.file = ? ORDER BY d.part", file)
    return [(row[0], _document(catalogue, row)) for row in rows]


_DOCUMENT = (
    "SELECT d.key, d.id, coalesce(f.path, ''), d.part, d.state, d.reason, d.media_type, d.format, d.pages,"
    " d.characters, d.changed FROM documents d LEFT JOIN files f ON f.key = d.file "
)


def document(catalogue: Catalogue, name: str) -> Document:
    """The document with the public id ``name``.

    Raises:
        UnknownDocumentError: there is none.
    """
    found = documents(catalogue, [name])
    if not found:
        raise UnknownDocumentError(f"no document has the id {name!r}", "'muniment search' prints the id of each hit.")
    return found[name]


def documents(catalogue: Catalogue, names: Sequence[str]) -> dict[str, Document]:
    """Documents by public id; unknown ids are left out."""
    marks = ",".join("?" * len(names))
    rows = catalogue.rows(f"{_DOCUMENT} WHERE d.id IN ({marks})", *names)
    return {row[1]: _document(catalogue, row) for row in rows}


def changed_since(catalogue: Catalogue, change: int, last: int = 1 << 62) -> Iterator[tuple[int, Document]]:
    """(key, document) of every document changed after change number ``change`` and up to ``last``, in that order."""
    for row in catalogue.stream(f"{_DOCUMENT} WHERE d.changed > ? AND d.changed <= ? ORDER BY d.changed", change, last):
        yield row[0], _document(catalogue, row)


def sizes_since(catalogue: Catalogue, change: int) -> list[tuple[int, str, int]]:
    """(last change, id, characters) of every document changed after change number ``change``, in order of change."""
    found = "SELECT changed, id, characters FROM documents WHERE changed > ? ORDER BY changed"
    return [(int(changed), str(name), int(size)) for changed, name, size in catalogue.rows(found, change)]


def count_since(catalogue: Catalogue, change: int) -> int:
    """How many documents changed after change number ``change``."""
    return int(catalogue.rows("SELECT count(*) FROM documents WHERE changed > ?", change)[0][0])


def characters_since(catalogue: Catalogue, change: int) -> int:
    """Characters of text of all documents changed after change number ``change``."""
    return int(catalogue.rows("SELECT coalesce(sum(characters), 0) FROM documents WHERE changed > ?", change)[0][0])


def _document(catalogue: Catalogue, row: tuple[object, ...]) -> Document:
    key, name, path, part, state, reason, media_type, kind, pages, characters, changed = row
    metadata = Metadata(candidates(catalogue, key, chosen=True))  # type: ignore[arg-type]
    place = f"{path} > {part}" if part else str(path)
    return Document(
        str(name), place, State(str(state)), str(reason), str(media_type), str(kind), metadata,
        pages, characters, changed, str(part),  # type: ignore[arg-type]
    )  # fmt: skip


def key_of(catalogue: Catalogue, name: str) -> int:
    """Key of the document with the public id ``name``, which must exist."""
    return int(catalogue.rows("SELECT key FROM documents WHERE id = ?", name)[0][0])


_PAGE = "SELECT number, text, label, role, ocr, language FROM pages WHERE document = ?"


def document_text(catalogue: Catalogue, key: int) -> DocumentText:
    """Return the text of a document."""
    return DocumentText.of(_page(row) for row in catalogue.rows(f"{_PAGE} ORDER BY ordinal", key))


def pages_at(catalogue: Catalogue, key: int, ordinals: Sequence[int]) -> list[Page]:
    """Return the texts at these positions of the document's `DocumentText.all_texts`, in order."""
    marks = ",".join("?" * len(ordinals))
    return [_page(row) for row in catalogue.rows(f"{_PAGE} AND ordinal IN ({marks}) ORDER BY ordinal", key, *ordinals)]


def first_nonblank_page(catalogue: Catalogue, key: int) -> list[Page]:
    """The first text of a document that is not blank, if any."""
    return [_page(row) for row in catalogue.rows(f"{_PAGE} AND trim(text) <> '' ORDER BY ordinal LIMIT 1", key)]


def _page(row: tuple[Any, ...]) -> Page:
    number, text, label, role, ocr, language = row
    return Page(number, text, label, Role(role), bool(ocr), language)


def candidates(catalogue: Catalogue, key: int, *, chosen: bool = False) -> tuple[Candidate, ...]:
    """A document's metadata candidates, or only the chosen ones."""
    rows = catalogue.rows(
        "SELECT field, value, source, detail, printed, confidence FROM candidates"
        " WHERE document = ? AND chosen >= ? ORDER BY rowid",
        key, int(chosen),
    )  # fmt: skip
    return tuple(Candidate(row[0], row[1], Source(row[2]), *row[3:]) for row in rows)


def totals(catalogue: Catalogue) -> tuple[int, int, int]:
    """Documents in the index's states, their pages and their characters."""
    row = catalogue.rows(
        "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(characters), 0) FROM documents"
        " WHERE state IN (?, ?, ?)",
        State.INDEXED.value, State.PARTIAL.value, State.WITHOUT_TEXT.value,
    )[0]  # fmt: skip
    return int(row[0]), int(row[1]), int(row[2])
