"""Documents, their pages and their metadata candidates, read from the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby, islice
from typing import Any

from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import (
    SEARCHABLE,
    SOURCE_ORDER,
    UNDISCLOSED,
    Candidate,
    ChangeNumber,
    Document,
    DocumentText,
    Metadata,
    Page,
    Role,
    Source,
    State,
)
from corpus.errors import UnknownDocumentError

_BATCH_DOCUMENTS = 500
"""Documents whose candidates are read by one query; SQLite allows 32,766 parameters."""

_DOCUMENT = (
    "SELECT d.key, d.id, coalesce(f.path, ''), d.part, d.state, d.reason, d.media_type, d.format, d.pages,"
    " d.characters, d.changed, (f.digest <> '' AND EXISTS (SELECT 1 FROM files c WHERE c.digest = f.digest"
    " AND c.state = 'duplicate')) OR (d.digest <> '' AND (EXISTS (SELECT 1 FROM files c WHERE c.digest = d.digest"
    " AND c.state = 'duplicate') OR EXISTS (SELECT 1 FROM documents c WHERE c.digest = d.digest"
    " AND c.state = 'duplicate'))) FROM documents d LEFT JOIN files f ON f.key = d.file "
)


def document(catalogue: Catalogue, document_id: str) -> Document:
    """Return the document with this public id.

    Raises:
        UnknownDocumentError: there is none.
    """
    by_id = documents(catalogue, [document_id])
    if not by_id:
        raise UnknownDocumentError("catalogue.unknown-document", id=document_id)
    return by_id[document_id]


def documents(catalogue: Catalogue, document_ids: Sequence[str]) -> dict[str, Document]:
    """Return documents by public id, leaving out unknown ids."""
    return {document.id: document for _, document in documents_by_key(catalogue, document_ids)}


def documents_by_key(catalogue: Catalogue, document_ids: Sequence[str]) -> list[tuple[int, Document]]:
    """Return the key and the document of each public id, in no order, leaving out unknown ids."""
    marks = ",".join("?" * len(document_ids))
    rows = catalogue.rows(f"{_DOCUMENT} WHERE d.id IN ({marks})", *document_ids)
    return list(_with_metadata(catalogue, rows))


def ids_beginning_with(catalogue: Catalogue, prefix: str, limit: int) -> list[str]:
    """Return the ids that begin with some letters, in order, at most so many."""
    sql = "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
    return [row[0] for row in catalogue.rows(sql, prefix, f"{prefix}\U0010ffff", limit)]


def documents_of_file(catalogue: Catalogue, file_key: int) -> list[tuple[int, Document]]:
    """Return (key, document) of every document in a file, ordered by part."""
    return list(_with_metadata(catalogue, catalogue.rows(f"{_DOCUMENT} WHERE d.file = ? ORDER BY d.part", file_key)))


def changed_since(catalogue: Catalogue, change: int, last: int = 1 << 62) -> Iterator[tuple[int, Document]]:
    """Yield (key, document) of those changed after ``change`` and up to ``last``, in order of change."""
    rows = catalogue.stream(f"{_DOCUMENT} WHERE d.changed > ? AND d.changed <= ? ORDER BY d.changed", change, last)
    while batch := list(islice(rows, _BATCH_DOCUMENTS)):
        yield from _with_metadata(catalogue, batch)


def sizes_since(catalogue: Catalogue, change: int) -> Iterator[tuple[int, int]]:
    """Yield (last change, characters) of documents changed after ``change``, in order."""
    return catalogue.stream("SELECT changed, characters FROM documents WHERE changed > ? ORDER BY changed", change)


def count_since(catalogue: Catalogue, change: int) -> int:
    """Count the documents changed after change number ``change``."""
    return int(catalogue.rows("SELECT count(*) FROM documents WHERE changed > ?", change)[0][0])


def characters_since(catalogue: Catalogue, change: int) -> int:
    """Count the characters of all documents changed after change number ``change``."""
    return int(catalogue.rows("SELECT coalesce(sum(characters), 0) FROM documents WHERE changed > ?", change)[0][0])


def is_undisclosed_since(catalogue: Catalogue, change: int) -> bool:
    """Return whether a document was withdrawn or erased after change number ``change``."""
    states = ", ".join(f"'{state.value}'" for state in sorted(UNDISCLOSED))
    sql = f"SELECT EXISTS (SELECT 1 FROM documents WHERE changed > ? AND state IN ({states}))"  # noqa: S608 (own states)
    return bool(catalogue.rows(sql, change)[0][0])


def last_changes(catalogue: Catalogue) -> dict[str, ChangeNumber]:
    """Return the number of the last change of every document, by id."""
    return dict(catalogue.rows("SELECT id, changed FROM documents"))


def _with_metadata(catalogue: Catalogue, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Document]]:
    """Yield (key, document) of rows of `_DOCUMENT`, reading a batch's candidates by one query."""
    for start in range(0, len(rows), _BATCH_DOCUMENTS):
        batch = rows[start : start + _BATCH_DOCUMENTS]
        chosen = _chosen_candidates(catalogue, [row[0] for row in batch])
        for key, document_id, path, part, state, reason, media_type, file_format, *rest in batch:
            place = f"{path} > {part}" if part else path
            pages, characters, changed, has_copies = rest
            yield key, Document(
                document_id, place, stored_member(State, state), reason, media_type, file_format,
                Metadata(tuple(chosen.get(key, ()))), pages, characters, changed, part,
                bool(has_copies),
            )  # fmt: skip


def key_of(catalogue: Catalogue, document_id: str) -> int:
    """Return the row number of a document, which must exist."""
    return int(catalogue.rows("SELECT key FROM documents WHERE id = ?", document_id)[0][0])


def key_of_part(catalogue: Catalogue, file_key: int, part: str) -> int | None:
    """Return the row number of the document at the address ``part`` in a file, or None."""
    rows = catalogue.rows("SELECT key FROM documents WHERE file = ? AND part = ?", file_key, part)
    return rows[0][0] if rows else None


def documents_read_before(catalogue: Catalogue, versions: Mapping[str, int]) -> list[str]:
    """Return the ids of searchable documents that were read by an earlier version of their format's readers.

    Args:
        catalogue: open for reading.
        versions: the present version of each format's readers, by the format's name.
    """
    states = sorted(SEARCHABLE)
    marks = ", ".join("?" * len(states))
    rows = catalogue.stream(
        f"SELECT id, format, reader_version FROM documents WHERE state IN ({marks}) AND file IS NOT NULL ORDER BY key",  # noqa: S608 (question marks)
        *states,
    )
    return [document_id for document_id, name, version in rows if version < versions.get(name, 0)]


def has_ocr_text(catalogue: Catalogue, file_key: int) -> bool:
    """Return whether any document in a file has text from OCR."""
    return bool(catalogue.rows(
        "SELECT 1 FROM documents d JOIN pages p ON p.document = d.key WHERE d.file = ? AND p.ocr LIMIT 1", file_key
    ))  # fmt: skip


def text_digests(catalogue: Catalogue) -> dict[str, str]:
    """Return the digest of every document's texts, by id, without duplicates, which have none."""
    return dict(catalogue.rows("SELECT id, text_digest FROM documents WHERE state <> 'duplicate'"))


def content_digests(catalogue: Catalogue) -> dict[str, str]:
    """Return the digest of every document's bytes, by id; ``""`` of one inside a file whose bytes were not digested."""
    return dict(
        catalogue.rows(
            "SELECT d.id, coalesce(nullif(d.digest, ''), iif(d.part = '', coalesce(f.digest, ''), ''))"
            " FROM documents d LEFT JOIN files f ON f.key = d.file"
        )
    )


def state_of(catalogue: Catalogue, key: int) -> State:
    """Return the state of a document."""
    return State(catalogue.rows("SELECT state FROM documents WHERE key = ?", key)[0][0])


def keys_of_file(catalogue: Catalogue, file_key: int) -> list[int]:
    """Return the row numbers of the documents in a file, ordered by part."""
    return [row[0] for row in catalogue.rows("SELECT key FROM documents WHERE file = ? ORDER BY part", file_key)]


def id_and_path(catalogue: Catalogue, key: int) -> tuple[str, str]:
    """Return a document's id and the path of its file, ``""`` without a file."""
    ((document_id, path),) = catalogue.rows(
        "SELECT d.id, coalesce(f.path, '') FROM documents d LEFT JOIN files f ON f.key = d.file WHERE d.key = ?", key
    )
    return document_id, path


def file_keys(catalogue: Catalogue) -> dict[str, int]:
    """Return the row number of each document's file, by the document's id."""
    return dict(catalogue.rows("SELECT id, file FROM documents WHERE file IS NOT NULL"))


_PAGE = "SELECT number, text, label, role, ocr, language FROM pages WHERE document = ?"


def document_text(catalogue: Catalogue, key: int) -> DocumentText:
    """Return the text of a document."""
    return DocumentText.of(_page(row) for row in catalogue.rows(f"{_PAGE} ORDER BY ordinal", key))


def page_texts(catalogue: Catalogue, key: int, number: int) -> list[Page]:
    """Return the texts of one page of a document, its main text first; none where it has no such page."""
    return [_page(row) for row in catalogue.rows(f"{_PAGE} AND number = ? ORDER BY ordinal", key, number)]


def text_pages(catalogue: Catalogue, key: int) -> list[int]:
    """Return the page of each text of a document, in the order of `corpus.document.DocumentText.all_texts`."""
    return [number for (number,) in catalogue.rows("SELECT number FROM pages WHERE document = ? ORDER BY ordinal", key)]


def main_page_counts(catalogue: Catalogue, change: int) -> dict[str, int]:
    """Return the number of main pages of each searchable document that was not changed after ``change``, by its id."""
    states = sorted(SEARCHABLE)
    marks = ", ".join("?" * len(states))
    sql = f"SELECT id, pages FROM documents WHERE state IN ({marks}) AND changed <= ?"  # noqa: S608 (question marks)
    return dict(catalogue.rows(sql, *states, change))


def _page(row: tuple[Any, ...]) -> Page:
    number, text, label, role, ocr, language = row
    return Page(number, text, label, stored_member(Role, role), bool(ocr), language)


_CANDIDATE = "SELECT document, field, value, source, detail, printed, confidence FROM candidates"


def candidates(catalogue: Catalogue, key: int) -> tuple[Candidate, ...]:
    """Return all metadata candidates of a document, in the order they were saved."""
    rows = catalogue.rows(f"{_CANDIDATE} WHERE document = ? ORDER BY rowid", key)
    return tuple(_candidate(row) for row in rows)


MIN_SURE_CONFIDENCE = 0.5
"""Confidence below which a chosen value is uncertain: that of a title from a file's name, the last resort, is 0.5."""


class CandidateSearch(Enum):
    """Documents whose candidates are worth reading for a question; a few more than it is about.

    Of 10,000 documents these are found in a tenth of the time that reading all candidates takes.
    """

    DISAGREEING = (
        "SELECT document FROM candidates WHERE value <> '' AND source IN ("  # noqa: S608 (constants)
        + ", ".join(f"'{source}'" for source in SOURCE_ORDER[: SOURCE_ORDER.index(Source.FIRST_PAGE) + 1])
        + ") GROUP BY document, field HAVING min(value) <> max(value)"
    )
    UNCERTAIN = (
        f"SELECT document FROM candidates WHERE chosen AND (source = '{Source.HINT}'"  # noqa: S608 (constants)
        f" OR confidence < {MIN_SURE_CONFIDENCE})"
    )
    DAY_AND_MONTH = (
        "SELECT document FROM candidates WHERE chosen AND field = 'date'"
        " AND iif(printed = '', value, printed) GLOB '*[0-9][-./ ]*[0-9][-./ ][0-9][0-9]*'"
    )


def searchable_candidates(
    catalogue: Catalogue, search: CandidateSearch
) -> Iterator[tuple[str, str, tuple[Candidate, ...]]]:
    """Yield id, path and all candidates of every searchable document that a search is about, ordered by path."""
    states = sorted(SEARCHABLE)
    marks = ", ".join("?" * len(states))
    rows = catalogue.stream(
        "SELECT d.id, coalesce(f.path, '') || iif(d.part = '', '', ' > ' || d.part),"  # noqa: S608 (question marks)
        " d.key, c.field, c.value, c.source, c.detail, c.printed, c.confidence"
        " FROM documents d JOIN candidates c ON c.document = d.key LEFT JOIN files f ON f.key = d.file"
        f" WHERE d.state IN ({marks}) AND d.key IN ({search.value}) ORDER BY 2, d.key, c.rowid",
        *states,
    )
    for (document_id, path), group in groupby(rows, key=lambda row: row[:2]):
        yield document_id, path, tuple(_candidate(row[2:]) for row in group)


def _chosen_candidates(catalogue: Catalogue, keys: Sequence[int]) -> Mapping[int, Sequence[Candidate]]:
    """Return the chosen candidates of several documents, by the document's key."""
    by_document: dict[int, list[Candidate]] = defaultdict(list)
    marks = ",".join("?" * len(keys))
    for row in catalogue.rows(f"{_CANDIDATE} WHERE document IN ({marks}) AND chosen ORDER BY rowid", *keys):
        by_document[row[0]].append(_candidate(row))
    return by_document


def _candidate(row: tuple[Any, ...]) -> Candidate:
    _, field, value, source, detail, printed, confidence = row
    return Candidate(field, value, stored_member(Source, source), detail, printed, confidence)
