"""The tables of the catalogue, their version, and the conversion of catalogues of earlier versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from corpus.catalogue.row_digests import DOCUMENT_DIGEST, EVENT_DIGEST, FILE_DIGEST, TEXT_DIGEST
from corpus.paths import SIDECAR_SUFFIXES

SCHEMA_VERSION = 4
"""Version of the tables below. It goes up with every change of them."""

APPLICATION_ID = 0x4D554E49
"""SQLite application id, "MUNI", which distinguishes a catalogue from other SQLite files."""

BLANK_DETAIL = "{}"
"""Details of an event whose document was erased."""

_TABLES = """
CREATE TABLE files (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    reader TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    duplicate_of INTEGER REFERENCES documents (key),
    again INTEGER NOT NULL DEFAULT 0,
    record_digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX files_by_digest ON files (digest);
-- another file may take the path of a missing one, so a path is unique only among files that are present
CREATE UNIQUE INDEX files_by_path ON files (path) WHERE state <> 'missing';
-- digest is that of the content; place_digest is of an erased document, of where it was. A duplicate, which is the
-- place of a copy inside a file, has no text, candidates, media type or format: its original has them.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file INTEGER REFERENCES files (key),
    part TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    media_type TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0,
    characters INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    reader_version INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT '',
    place_digest TEXT NOT NULL DEFAULT '',
    text_digest TEXT NOT NULL DEFAULT '',
    record_digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX documents_by_file ON documents (file, part);
CREATE INDEX documents_by_change ON documents (changed);
CREATE INDEX documents_by_content ON documents (digest, state);
CREATE INDEX documents_without_text ON documents (digest) WHERE state = 'duplicate';
CREATE TABLE pages (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    number INTEGER NOT NULL,
    role TEXT NOT NULL,
    label TEXT,
    ocr INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    UNIQUE (document, ordinal)
) STRICT;
CREATE TABLE candidates (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    detail TEXT NOT NULL,
    printed TEXT NOT NULL,
    confidence REAL NOT NULL,
    chosen INTEGER NOT NULL
) STRICT;
CREATE INDEX candidates_by_document ON candidates (document);
CREATE TABLE roots (path TEXT PRIMARY KEY) STRICT;
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    document TEXT NOT NULL,
    detail TEXT NOT NULL,
    record_digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX events_by_document ON events (document);
"""

_DESCRIBED_FILES = ", ".join(
    f"iif(OLD.path LIKE '%{suffix}', substr(OLD.path, 1, length(OLD.path) - {len(suffix)}), OLD.path)"
    for suffix in SIDECAR_SUFFIXES
)
"""SQL for the paths of the files that a file may be the sidecar of, by its name."""

_ERASABLE = f"""
EXISTS (
    SELECT 1 FROM events n JOIN documents d ON d.id = n.document
    WHERE n.number = (SELECT max(number) FROM events) AND n.kind = 'erased' AND d.state = 'erased'
    AND OLD.number < n.number
    AND (OLD.document = n.document
    OR d.part = '' AND EXISTS (SELECT 1 FROM files f WHERE f.key = d.file AND f.path = OLD.path)
    OR OLD.document = '' AND OLD.path <> '' AND (
        d.digest <> '' AND instr(OLD.detail, d.digest)
        OR EXISTS (SELECT 1 FROM events e WHERE e.path IN (OLD.path, {_DESCRIBED_FILES}) AND (
            d.part = '' AND e.document = n.document
            OR d.digest <> '' AND e.document = '' AND instr(e.detail, d.digest)))
        OR EXISTS (SELECT 1 FROM files f WHERE f.path IN (OLD.path, {_DESCRIBED_FILES})
            AND d.digest <> '' AND f.digest = d.digest)
    ))
)
"""  # noqa: S608 (own columns)
"""SQL for whether an event may be blanked.

The newest event of the whole log is that a document was erased, and the event is an earlier one of this document, or of
its file, a copy of it or a sidecar beside one of them, or of a document that was in its file. The file that contains a
document beside others is not its own.
"""

_TRIGGERS = f"""
-- the one change that is allowed: the events of a document that is being erased lose their path and their details
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events WHEN NOT (
    NEW.number IS OLD.number AND NEW.at IS OLD.at AND NEW.kind IS OLD.kind AND NEW.document IS OLD.document
    AND NEW.path = '' AND NEW.detail = '{BLANK_DETAIL}' AND {_ERASABLE}
) BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN SELECT RAISE (ABORT, 'append only'); END;
-- REPLACE deletes a row without firing the trigger above
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE number = NEW.number) BEGIN SELECT RAISE (ABORT, 'append only'); END;
"""  # noqa: S608 (own columns)

FILL_DIGESTS = (
    (
        "UPDATE documents SET digest = (SELECT digest FROM files WHERE key = documents.file), record_digest = ''"
        " WHERE digest = '' AND part = '' AND file IN (SELECT key FROM files WHERE digest <> '')"
    ),
    f"UPDATE files SET record_digest = {FILE_DIGEST} WHERE record_digest = ''",  # noqa: S608 (own columns)
    f"UPDATE documents SET text_digest = {TEXT_DIGEST} WHERE text_digest = ''",  # noqa: S608 (own columns)
    f"UPDATE documents SET record_digest = {DOCUMENT_DIGEST} WHERE record_digest = ''",  # noqa: S608 (own columns)
)
"""Statements that compute the digests of files and documents which have none."""

_ADD_DIGESTS = f"""
ALTER TABLE files ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN record_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN reader_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN place_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN text_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN record_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN record_digest TEXT NOT NULL DEFAULT '';
DROP TRIGGER IF EXISTS events_are_never_changed;
UPDATE events SET record_digest = {EVENT_DIGEST};
DROP TRIGGER IF EXISTS events_are_never_removed;
DROP TRIGGER IF EXISTS events_are_never_replaced;
{_TRIGGERS}
{";".join(FILL_DIGESTS)};
"""  # noqa: S608 (own columns)

_INDEX_CONTENTS = f"""
CREATE INDEX documents_by_content ON documents (digest, state);
CREATE INDEX documents_without_text ON documents (digest) WHERE state = 'duplicate';
DROP TRIGGER IF EXISTS events_are_never_changed;
DROP TRIGGER IF EXISTS events_are_never_removed;
DROP TRIGGER IF EXISTS events_are_never_replaced;
{_TRIGGERS}
-- OCR stored the digest of the file with a document inside it
UPDATE documents SET digest = '', record_digest = '' WHERE part <> '' AND digest <> ''
    AND digest = (SELECT digest FROM files WHERE key = documents.file);
{";".join(FILL_DIGESTS)};
"""  # noqa: S608 (own columns)

_MIGRATIONS = {
    1: "ALTER TABLE pages ADD COLUMN language TEXT NOT NULL DEFAULT '';",
    2: _ADD_DIGESTS,
    3: _INDEX_CONTENTS,
}
"""SQL that brings a catalogue of an earlier version to the next, run when it is opened for writing."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file; in one with tables, do nothing."""
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} {_TRIGGERS} PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )


def is_convertible(version: int) -> bool:
    """Return whether a catalogue of an earlier version can be brought to this one."""
    return version in _MIGRATIONS


def convert(connection: sqlite3.Connection, version: int) -> int:
    """Bring a catalogue of an earlier version to this one, version by version, each in one transaction.

    Returns:
        The version that the catalogue has then, which is the one it had where it cannot be converted.
    """
    while version in _MIGRATIONS:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;"
        )
        version += 1
    return version


Execute = Callable[[str], Iterable[tuple[Any, ...]]]
"""A function that executes SQL and returns the rows."""


def schema_objects(execute: Execute) -> dict[str, str]:
    """Return the tables, with their columns, and the triggers, with their SQL, of an open catalogue by name."""
    objects: dict[str, str] = {}
    for kind, name, sql in execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"):
        quoted = "'" + str(name).replace("'", "''") + "'"
        columns = execute(f'SELECT name, type, "notnull", pk FROM pragma_table_info({quoted})')  # noqa: S608 (name)
        objects[name] = repr(list(columns)) if kind == "table" else " ".join(str(sql).split())
    return objects


def expected_objects() -> dict[str, str]:
    """Return the `schema_objects` of a new catalogue."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(f"{_TABLES} {_TRIGGERS}")
        return schema_objects(connection.execute)
    finally:
        connection.close()
