"""The SQLite file of a researcher's store: opening one that may come from a stranger, transactions, and errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.disk.disk_problems import disk_message
from corpus.disk.sqlite_failures import sqlite_failure
from corpus.errors import CatalogueError, UsageError
from corpus.messages import message
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


class ResearcherStore:
    """An open store, which executes all SQL and reports its failures as `CatalogueError`. It belongs to its thread.

    Attributes:
        path: of the SQLite file; None of an empty store in memory, for an archive that nothing is stored about.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows that ``sql`` selects."""
        with _translated_errors(self.path):
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        """Execute one statement, and return the key of the row it inserted, if it did."""
        with _translated_errors(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute one statement for each of ``rows``."""
        with _translated_errors(self.path):
            self._connection.executemany(sql, rows)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write everything inside in one transaction."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    def purge(self) -> None:
        """Write the file anew, so that nothing of what was deleted remains in it."""
        self.run("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def create_store_file(path: Path, archive_log: str) -> ResearcherStore:
    """Create a store that this user alone can read, for the archive whose log has this identity.

    Raises:
        CatalogueError: the file cannot be written.
    """
    with _translated_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        connection = _connect(path, write=True)
        try:
            create_store_tables(connection)
            connection.execute("INSERT INTO owner VALUES (?)", (archive_log,))
        except BaseException:
            connection.close()
            raise
    return ResearcherStore(connection, path)


def open_store_file(path: Path, archive_log: str, *, write: bool) -> ResearcherStore:
    """Open a store, which may come from anybody: its size and its tables are checked, and nothing in it is executed.

    Raises:
        CatalogueError: it is too large, no store, damaged, or of another version.
        UsageError: it is another archive's, or another user's.
    """
    with _translated_errors(path):
        with open_regular(path) as file:
            status = os.fstat(file.fileno())
        if status.st_uid != os.geteuid():
            raise UsageError("research.store-of-another-user", path=path)
        if status.st_size > MAX_STORE_BYTES:
            raise CatalogueError("research.store-too-large", path=path, most=MAX_STORE_BYTES >> 20)
        connection = _connect(path, write=write)
        try:
            _check(connection, path, archive_log)
        except BaseException:
            connection.close()
            raise
    return ResearcherStore(connection, path)


def empty_store() -> ResearcherStore:
    """Return a store in memory without anything in it, so that looking at none leaves no trace."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_store_tables(connection)
    return ResearcherStore(connection, None)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={'rw' if write else 'ro'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
    # VACUUM needs the one attached file, and writes its copy to memory, not to a file of the system. A schema from
    # a stranger may call no function, a damaged page is an error, and what is deleted is overwritten.
    connection.executescript(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
        " PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
    )
    return connection


def _check(connection: sqlite3.Connection, path: Path, archive_log: str) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != STORE_APPLICATION_ID:
        raise CatalogueError("research.store-foreign", path=path)
    if version != STORE_VERSION:
        raise CatalogueError("research.store-version", path=path, version=version, ours=STORE_VERSION)
    if not is_researcher_store(connection):
        raise CatalogueError("research.store-foreign", path=path)
    if connection.execute("SELECT archive_log FROM owner LIMIT 2").fetchall() != [(archive_log,)]:
        raise UsageError("research.store-of-another", path=path)


@contextmanager
def _translated_errors(path: Path | None) -> Iterator[None]:
    """Raise what goes wrong inside as a `CatalogueError`."""
    shown = path or Path(STORE_FILE)
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CatalogueError.of(sqlite_failure(error, shown)) from error
    except (sqlite3.DatabaseError, sqlite3.DataError, UnicodeDecodeError) as error:
        raise CatalogueError("research.store-damaged", path=shown, reason=error) from error
    except UnicodeEncodeError as error:
        raise UsageError("catalogue.not-text", text=ascii(error.object)) from error
    except OSError as error:
        reason = error.strerror or error
        raise CatalogueError.of(
            disk_message(error, shown) or message("catalogue.permissions", path=shown, reason=reason)
        ) from error
