"""The SQLite file of a researcher's store: opening one that may come from a stranger."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Self

from corpus.catalogue.store import (
    CHECK_PAGES,
    SqliteErrors,
    SqliteFile,
    application_and_version,
    closed_on_failure,
    connect_file,
    create_private_file,
)
from corpus.errors import CatalogueError, UsageError
from corpus.researcher_store.store_tables import (
    STORE_APPLICATION_ID,
    STORE_VERSION,
    create_store_tables,
    is_researcher_store,
)
from corpus.trust.untrusted_files import open_regular

STORE_FILE = "research.db"

MAX_STORE_BYTES = 1 << 30
"""Largest file that is opened: some 400 records of 10,000 documents each."""
MAX_VALUE_BYTES = 8 << 20
"""Largest single value, and largest statement, that SQLite handles on a store."""
_WAIT_SECONDS = 10
"""Time that a command waits for another one, or for the pages in the browser, to end its change."""


def _damaged(path: Path, reason: Exception) -> CatalogueError:
    return CatalogueError("research.store-damaged", path=path, reason=reason)


_ERRORS = SqliteErrors(_damaged)


class ResearcherStore(SqliteFile):
    """An open store. It belongs to its thread.

    Attributes:
        path: of the SQLite file; None of an empty store in memory, for an archive that nothing is stored about.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        super().__init__(connection, path or Path(STORE_FILE), _ERRORS)
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def purge(self) -> None:
        """Write the file anew, so that nothing of what was deleted remains in it."""
        self.run("VACUUM")


def create_store_file(path: Path, archive_log: str) -> ResearcherStore:
    """Create a store that this user alone can read, for the archive whose log has this identity.

    Raises:
        CatalogueError: the file cannot be written.
    """
    with _ERRORS.translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_private_file(path)
        connection = _connect(path, write=True)
        with closed_on_failure(connection):
            create_store_tables(connection)
            connection.execute("INSERT INTO owner VALUES (?)", (archive_log,))
    return ResearcherStore(connection, path)


def open_store_file(path: Path, archive_log: str, *, write: bool) -> ResearcherStore:
    """Open a store, which may come from anybody: its size and its tables are checked, and nothing in it is executed.

    Raises:
        CatalogueError: it is too large, no store, damaged, or of another version.
        UsageError: it is another archive's, or another user's.
    """
    with _ERRORS.translated(path):
        with open_regular(path) as file:
            status = os.fstat(file.fileno())
        if status.st_uid != os.geteuid():
            raise UsageError("research.store-of-another-user", path=path)
        if status.st_size > MAX_STORE_BYTES:
            raise CatalogueError("research.store-too-large", path=path, most=MAX_STORE_BYTES >> 20)
        connection = _connect(path, write=write)
        with closed_on_failure(connection):
            _check(connection, path, archive_log)
    return ResearcherStore(connection, path)


def empty_store() -> ResearcherStore:
    """Return a store in memory without anything in it, so that looking at none leaves no trace."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_store_tables(connection)
    return ResearcherStore(connection, None)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    connection = connect_file(path, f"mode={'rw' if write else 'ro'}", _WAIT_SECONDS)
    with closed_on_failure(connection):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        # VACUUM needs the one attached file, and writes its copy to memory, not to a file of the system. A schema from
        # a stranger may call no function, a damaged page is an error, and what is deleted is overwritten.
        connection.executescript(
            f"PRAGMA trusted_schema = OFF; {CHECK_PAGES} PRAGMA foreign_keys = ON;"
            " PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
        )
    return connection


def _check(connection: sqlite3.Connection, path: Path, archive_log: str) -> None:
    application, version = application_and_version(connection)
    if application != STORE_APPLICATION_ID:
        raise CatalogueError("research.store-foreign", path=path)
    if version != STORE_VERSION:
        raise CatalogueError("research.store-version", path=path, version=version, ours=STORE_VERSION)
    if not is_researcher_store(connection):
        raise CatalogueError("research.store-foreign", path=path)
    if connection.execute("SELECT archive_log FROM owner LIMIT 2").fetchall() != [(archive_log,)]:
        raise UsageError("research.store-of-another", path=path)
