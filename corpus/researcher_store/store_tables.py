"""The tables of a researcher's store, and the check that a file has these and nothing else."""

from __future__ import annotations

import sqlite3

STORE_VERSION = 1
"""Version of the tables below. It goes up with every change of them."""

STORE_APPLICATION_ID = 0x4D555253
"""SQLite application id, "MURS", which distinguishes a researcher's store from other SQLite files."""

# No title, path or text of a document is stored: all of them come from the archive when they are shown. The words that
# a store has are the researcher's own: queries, names, reasons and notes.
TABLES = """
CREATE TABLE owner (archive_log TEXT NOT NULL) STRICT;
CREATE TABLE records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE recorded_documents (
    record INTEGER NOT NULL REFERENCES records (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    document TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    metadata_digest TEXT NOT NULL,
    PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE saved_searches (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL,
    made TEXT NOT NULL,
    looked TEXT NOT NULL,
    feed_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE seen_documents (
    search INTEGER NOT NULL REFERENCES saved_searches (number) ON DELETE CASCADE,
    document TEXT NOT NULL,
    PRIMARY KEY (search, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL
) STRICT;
CREATE TABLE review_reasons (
    review INTEGER NOT NULL REFERENCES reviews (number) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    PRIMARY KEY (review, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_searches (
    review INTEGER NOT NULL REFERENCES reviews (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    request TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (review, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_documents (
    review INTEGER NOT NULL REFERENCES reviews (number) ON DELETE CASCADE,
    document TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (review, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_origins (
    review INTEGER NOT NULL REFERENCES reviews (number) ON DELETE CASCADE,
    document TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (review, document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
    review INTEGER NOT NULL REFERENCES reviews (number) ON DELETE CASCADE,
    document TEXT NOT NULL,
    reader TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    decided TEXT NOT NULL,
    PRIMARY KEY (review, document, reader)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER records_are_never_changed BEFORE UPDATE ON records
BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER recorded_documents_only_lose_digests BEFORE UPDATE ON recorded_documents WHEN NOT (
    NEW.record IS OLD.record AND NEW.place IS OLD.place AND NEW.document IS OLD.document
    AND NEW.content_digest IS OLD.content_digest AND NEW.text_digest = '' AND NEW.metadata_digest = ''
) BEGIN SELECT RAISE (ABORT, 'append only'); END;
"""


def create_store_tables(connection: sqlite3.Connection) -> None:
    """Create the tables in a new file."""
    connection.executescript(
        f"BEGIN; {TABLES} PRAGMA application_id = {STORE_APPLICATION_ID};"
        f" PRAGMA user_version = {STORE_VERSION}; COMMIT;"
    )


def store_objects(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return every table, index, view and trigger of a file as (type, name, table, SQL), in alphabetical order."""
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()


def is_researcher_store(connection: sqlite3.Connection) -> bool:
    """Return whether a file has our tables and nothing else: no view and no trigger that a stranger put into it."""
    with_tables = sqlite3.connect(":memory:")
    try:
        create_store_tables(with_tables)
        return store_objects(connection) == store_objects(with_tables)
    finally:
        with_tables.close()
