"""The SQLite file itself: opening it, its schema and version, transactions, and what can go wrong with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import CatalogueError
from corpus.folder_scan import DATA_FOLDER

SCHEMA_VERSION = 2
"""Of the tables below; goes up with every change of them."""

APPLICATION_ID = 0x4D554E49  # "MUNI": tells our file from any other SQLite file

_SCHEMA = """
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
    duplicate_of INTEGER REFERENCES documents (key)
) STRICT;
CREATE INDEX files_by_digest ON files (digest);
-- a path that is gone may be taken by another file, so only what is there must be alone on its path
CREATE UNIQUE INDEX files_by_path ON files (path) WHERE state <> 'missing';
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
    changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX documents_by_file ON documents (file, part);
CREATE INDEX documents_by_change ON documents (changed);
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
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_document ON events (document);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN SELECT RAISE (ABORT, 'append only'); END;
-- REPLACE removes a row without asking the trigger above
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE number = NEW.number) BEGIN SELECT RAISE (ABORT, 'append only'); END;
"""

_STEPS = {1: "ALTER TABLE pages ADD COLUMN language TEXT NOT NULL DEFAULT '';"}
"""What brings a catalogue of an earlier version one version on; done when it is next opened for writing."""

_MEND = (
    "Your documents are untouched. Restore the catalogue from a backup, or move the .muniment folder away "
    "and run 'muniment index' to build it anew."
)


class Catalogue:
    """An open catalogue. All SQL of the house goes through it, so that every failure has one shape.

    Attributes:
        path: of the SQLite file.
        archive: folder the catalogue belongs to.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, archive: Path) -> None:
        self._connection = connection
        self.path = path
        self.archive = archive

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that ``sql`` selects."""
        with _explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    def stream(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Rows that ``sql`` selects, one at a time."""
        with _explained(self.path):
            yield from self._connection.execute(sql, values)

    def run(self, sql: str, *values: Any) -> int:
        """Carry out one statement; the key of the row it inserted, if it did."""
        with _explained(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry out one statement for each of ``rows``."""
        with _explained(self.path):
            self._connection.executemany(sql, rows)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All that is written inside becomes durable together, or not at all."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    def log(self, kind: str, *, path: str = "", document: str = "", **detail: Any) -> int:
        """Append an event; its number, which is also the number of the change it tells of."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return self.run(
            "INSERT INTO events (at, kind, path, document, detail) VALUES (?, ?, ?, ?, ?)",
            now, kind, path, document, json.dumps(detail, ensure_ascii=False, sort_keys=True),
        )  # fmt: skip

    def last_change(self) -> int:
        """Number of the newest change to any document; 0 when there is none."""
        return int(self.rows("SELECT coalesce(max(changed), 0) FROM documents")[0][0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_catalogue(archive: Path, *, write: bool = False) -> Catalogue:
    """Open the catalogue of an archive folder; with ``write`` make it first when there is none.

    Raises:
        CatalogueError: there is none to read, it is damaged, not ours, or of another schema version.
    """
    path = archive / DATA_FOLDER / "catalogue.db"
    with _explained(path):
        connection = _connect_writing(path) if write else _connect_reading(path)
        try:
            if write:
                _found(connection)
            _check(connection, path, write=write)
            if write:
                connection.executescript(_WRITING)
        except BaseException:
            connection.close()
            raise
    return Catalogue(connection, path, archive)


def _connect_reading(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise CatalogueError(
            f"{path.parents[1]}: not an archive yet: nothing has been indexed here",
            "Run 'muniment --archive DIR index FOLDER' first, or name another folder with --archive.",
        )
    try:
        return _connect_asking(path, "mode=ro")
    except sqlite3.OperationalError:
        # On a medium that cannot be written, readers cannot keep the books they share with a writer, and need not:
        # nobody writes. Only what a writer left unfinished there could not be seen.
        left = path.with_name(f"{path.name}-wal")
        if os.access(path.parent, os.W_OK) or (left.exists() and left.stat().st_size):
            raise
        return _connect_asking(path, "immutable=1")


def _connect_asking(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=30)
    try:
        connection.executescript(f"PRAGMA query_only = ON; {_DOUBTING}")
        connection.execute("PRAGMA user_version")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_writing(path: Path) -> sqlite3.Connection:
    # What an archive holds may endanger people, so nobody else on the machine gets to read the catalogue.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None, timeout=30)


# A page that was written over is then an error, not rows with nothing where a value must be.
_DOUBTING = "PRAGMA cell_size_check = ON;"

# Set once the file is known to be ours: the journal mode is written into it.
_WRITING = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;" + _DOUBTING


def _found(connection: sqlite3.Connection) -> None:
    """Make the tables in a file that holds nothing yet."""
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )


def _check(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise CatalogueError(f"{path}: not a Muniment catalogue", _MEND)
    while write and version in _STEPS:
        connection.executescript(f"BEGIN IMMEDIATE; {_STEPS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
        version += 1
    if version != SCHEMA_VERSION:
        hint = "Use the version of Muniment that wrote it, or move the .muniment folder away and index anew."
        if version in _STEPS:
            hint = "Run 'muniment index' once: it brings the catalogue up to this version, and nothing is read again."
        raise CatalogueError(f"{path}: catalogue version {version}, this program reads version {SCHEMA_VERSION}", hint)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CatalogueError(f"{path}: {error}", _advice(error)) from error
    except sqlite3.DatabaseError as error:
        raise CatalogueError(f"{path}: the catalogue is damaged: {error}", _MEND) from error
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror or error}", "Check the folder and its permissions.") from error


def _advice(error: sqlite3.OperationalError) -> str:
    text = str(error)
    if "locked" in text:
        return "Another program is writing to it; wait for that to end and try again."
    if "full" in text:
        return "The disk is full: make room and run the command again; nothing already recorded is lost."
    if "readonly" in text or "unable to open" in text:
        return "Check that the archive folder is there and may be written to."
    return _MEND
