"""Queries for contradictions within the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.catalogue.catalogue_tables import expected_objects, schema_objects
from corpus.catalogue.events import EventKind
from corpus.catalogue.row_digests import DOCUMENT_DIGEST, EVENT_DIGEST, FILE_DIGEST, TEXT_DIGEST
from corpus.catalogue.store import Catalogue
from corpus.document import SEARCHABLE, Role, State

_SEARCHABLE = ", ".join(f"'{state.value}'" for state in sorted(SEARCHABLE))
_STATES = ", ".join(f"'{state.value}'" for state in State)


@dataclass(frozen=True, slots=True)
class CountMismatch:
    """A document whose recorded pages and characters are not those of its stored text."""

    document_id: str
    pages: int
    characters: int
    stored_pages: int
    stored_characters: int


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that is not as it was written; ``place`` is a path, a document's id or an event's number."""

    table: str
    place: str


@dataclass(frozen=True, slots=True)
class DanglingRow:
    """A row that refers to a row of table ``parent`` that does not exist."""

    table: str
    row: int
    parent: str


@dataclass(frozen=True, slots=True)
class StateMismatch:
    """A document whose state does not go with that of its file."""

    document_id: str
    state: str
    file_state: str


@dataclass(frozen=True, slots=True)
class UnknownState:
    """A row with a state that this version does not know; ``name`` is a path or a document's id."""

    table: str
    name: str
    state: str


def database_problems(catalogue: Catalogue, limit: int) -> list[str]:
    """Return the first problems that SQLite's integrity check finds in the file."""
    return [text for (text,) in catalogue.rows(f"PRAGMA integrity_check ({limit})") if text != "ok"]


def changed_schema(catalogue: Catalogue) -> list[str]:
    """Return the names of tables, indexes and triggers that are not those of a catalogue of this version."""
    expected, present = expected_objects(), schema_objects(catalogue.rows)
    return sorted(name for name in expected.keys() | present.keys() if expected.get(name) != present.get(name))


def changed_texts(catalogue: Catalogue) -> list[str]:
    """Return the ids of documents whose texts are not those that were written."""
    rows = catalogue.rows(f"SELECT CAST(id AS BLOB) FROM documents WHERE text_digest <> {TEXT_DIGEST} ORDER BY key")  # noqa: S608 (own columns)
    return [_legible(document_id) for (document_id,) in rows]


def changed_rows(catalogue: Catalogue) -> list[ChangedRow]:
    """Return files, documents and events that are not as they were written."""
    rows = catalogue.rows(
        f"SELECT 'files', CAST(path AS BLOB) FROM files WHERE record_digest <> {FILE_DIGEST}"  # noqa: S608 (own columns)
        f" UNION ALL SELECT 'documents', CAST(id AS BLOB) FROM documents WHERE record_digest <> {DOCUMENT_DIGEST}"
        f" UNION ALL SELECT 'events', CAST(number AS TEXT) FROM events WHERE record_digest <> {EVENT_DIGEST}"
    )
    return [ChangedRow(table, _legible(place)) for table, place in rows]


def _legible(stored: object) -> str:
    """Return stored bytes as text, even where damage left no UTF-8."""
    return stored.decode("utf-8", "replace") if isinstance(stored, bytes) else str(stored)


def dangling_rows(catalogue: Catalogue) -> list[DanglingRow]:
    """Return the rows that break a foreign key."""
    return [DanglingRow(*row[:3]) for row in catalogue.rows("PRAGMA foreign_key_check")]


def count_mismatches(catalogue: Catalogue) -> list[CountMismatch]:
    """Return documents whose counts differ from the stored text, unless OCR is unfinished."""
    rows = catalogue.rows(
        "SELECT d.id, d.pages, d.characters, count(p.document) AS n, coalesce(sum(length(p.text)), 0) AS c"
        " FROM documents d LEFT JOIN pages p ON p.document = d.key AND p.role = ?"
        " GROUP BY d.key HAVING (n <> d.pages OR c <> d.characters) AND coalesce("
        " (SELECT kind FROM events e WHERE e.document = d.id AND kind <> ? ORDER BY number DESC LIMIT 1), '') <> ?",
        Role.MAIN.value, EventKind.COPIES.value, EventKind.RECOGNISING.value,
    )  # fmt: skip
    return [CountMismatch(*row) for row in rows]


def unknown_states(catalogue: Catalogue) -> list[UnknownState]:
    """Return files and documents with a state that this version does not know."""
    rows = catalogue.rows(
        f"SELECT 'files', path, state FROM files WHERE state NOT IN ({_STATES})"  # noqa: S608 (our own states)
        f" UNION ALL SELECT 'documents', id, state FROM documents WHERE state NOT IN ({_STATES})"
    )
    return [UnknownState(*row) for row in rows]


def state_mismatches(catalogue: Catalogue) -> list[StateMismatch]:
    """Return searchable documents of missing files, and missing documents of files that are present."""
    rows = catalogue.rows(
        "SELECT d.id, d.state, f.state FROM documents d JOIN files f ON f.key = d.file"  # noqa: S608 (our own states)
        f" WHERE (f.state = 'missing' AND d.state IN ({_SEARCHABLE}))"
        f" OR (f.state IN ({_SEARCHABLE}) AND d.state = 'missing' AND d.part = '')"
    )
    return [StateMismatch(*row) for row in rows]


def documents_with_unlogged_change(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Return (id, change number) of documents whose last change is not an event of theirs in the log."""
    return [(document_id, change) for document_id, change in catalogue.rows(
        "SELECT d.id, d.changed FROM documents d LEFT JOIN events e ON e.number = d.changed"
        " WHERE e.document IS NULL OR e.document <> d.id"
    )]  # fmt: skip


def missing_events(catalogue: Catalogue) -> tuple[int, int]:
    """Return the number of the newest event, and how many events before it are missing from the log."""
    ((count, first, last),) = catalogue.rows(
        "SELECT count(*), coalesce(min(number), 1), max(coalesce(max(number), 0),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)) FROM events"
    )
    return last, last - count if first == 1 else max(last - count, 1)


def files_without_document(catalogue: Catalogue) -> list[str]:
    """Return the paths of files that were read and have no document."""
    return [path for (path,) in catalogue.rows(
        f"SELECT path FROM files WHERE state IN ({_SEARCHABLE})"  # noqa: S608 (our own states)
        " AND key NOT IN (SELECT file FROM documents WHERE file IS NOT NULL)"
    )]  # fmt: skip


def documents_without_file(catalogue: Catalogue) -> list[str]:
    """Return the ids of documents that have no file although they were never merely listed."""
    return [document_id for (document_id,) in catalogue.rows(
        "SELECT id FROM documents WHERE file IS NULL AND state NOT IN ('listed', 'withdrawn', 'erased')"
    )]  # fmt: skip


def false_duplicates(catalogue: Catalogue) -> list[str]:
    """Return the paths of files recorded as duplicates of which no file and no document has the digest."""
    return [path for (path,) in catalogue.rows(
        "SELECT c.path FROM files c LEFT JOIN documents d ON d.key = c.duplicate_of"  # noqa: S608 (our own states)
        " LEFT JOIN files o ON o.key = d.file WHERE c.state = 'duplicate' AND coalesce(d.state, '') <> 'erased'"
        " AND c.digest NOT IN (coalesce(o.digest, ''), coalesce(d.digest, ''))"
        " AND (coalesce(d.part, '') = '' OR o.digest <> '') AND NOT EXISTS (SELECT 1 FROM documents s"
        f" WHERE s.digest = c.digest AND s.state IN ({_SEARCHABLE}, 'withdrawn'))"
    )]  # fmt: skip


def copies_without_text(catalogue: Catalogue) -> list[str]:
    """Return the ids of duplicates inside files whose bytes no document was read from."""
    return [document_id for (document_id,) in catalogue.rows(
        "SELECT c.id FROM documents c WHERE c.state = 'duplicate'"  # noqa: S608 (our own states)
        " AND NOT EXISTS (SELECT 1 FROM documents o"
        f" WHERE o.digest = c.digest AND o.state IN ({_SEARCHABLE}, 'withdrawn')) ORDER BY c.key"
    )]  # fmt: skip
