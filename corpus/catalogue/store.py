"""The SQLite file of the catalogue: opening, schema and version, transactions, and errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.catalogue.catalogue_tables import APPLICATION_ID, SCHEMA_VERSION, convert, create_tables, is_convertible
from corpus.catalogue.row_digests import add_digest_functions
from corpus.deferred import Deferred
from corpus.document import ChangeNumber
from corpus.errors import CatalogueError, ClosedArchiveError, UsageError
from corpus.messages import message
from corpus.paths import DATA_FOLDER
from corpus.trust.data_folder import check_data_folder, create_data_folder, data_names

if TYPE_CHECKING:
    from corpus.disk.disk_problems import disk_message
    from corpus.disk.sqlite_failures import sqlite_failure
else:
    sqlite_failure = Deferred("corpus.disk.sqlite_failures:sqlite_failure")
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")

_FILE_NAME = "catalogue.db"
_FILES_OF_A_NEW_ARCHIVE = (_FILE_NAME, f"{_FILE_NAME}-journal", "lock")
"""Files that a first run leaves behind when it ends before its catalogue is made."""
_NAMED_REMAINS = 5
"""Files and folders that the message about a lost catalogue names."""

_STREAMED_ROWS = 64
"""Rows of a stream that are read together. A page of text is a row, so they take little memory."""


Member = TypeVar("Member", bound=Enum)


class Catalogue:
    """An open catalogue, which executes all SQL and reports its failures as `CatalogueError`.

    One opened for reading may be read by any thread, several at once; one opened for writing belongs to its thread.

    Attributes:
        path: of the SQLite file.
        archive: folder the catalogue belongs to.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, archive: Path) -> None:
        self._connection = connection
        self._lock = Lock()
        self._file = _file_number(path)
        self.path = path
        self.archive = archive

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows that ``sql`` selects."""
        with _translated_errors(self.path), self._lock:
            return self._connection.execute(sql, values).fetchall()

    def stream(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that ``sql`` selects, without reading them all at once."""
        with _translated_errors(self.path):
            with self._lock:
                cursor = self._connection.execute(sql, values)
                batch = cursor.fetchmany(_STREAMED_ROWS)
            while batch:
                yield from batch
                with self._lock:
                    batch = cursor.fetchmany(_STREAMED_ROWS)

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

    def begin_snapshot(self) -> None:
        """Read the catalogue as it is now until `renew_snapshot` or `close`, whatever others write meanwhile."""
        self.run("BEGIN")

    def renew_snapshot(self) -> None:
        """Replace the snapshot by one of the catalogue as it is now."""
        self.run("COMMIT")
        self.run("BEGIN")

    @contextmanager
    def private_copy(self, path: Path) -> Iterator[Catalogue]:
        """Copy the catalogue to a new file for a block, for changes that the archive does not see.

        Raises:
            CatalogueError: the file cannot be written.
        """
        with _translated_errors(path):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
            connection = sqlite3.connect(path, isolation_level=None)
            try:
                with self._lock:
                    self._connection.backup(connection)
                add_digest_functions(connection)
                connection.executescript(f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {_CHECK_PAGES}")
                yield Catalogue(connection, path, self.archive)
            finally:
                connection.close()
                path.unlink()

    def last_change(self) -> ChangeNumber:
        """Return the number of the newest change to any document, 0 when there is none."""
        return ChangeNumber(self.rows("SELECT coalesce(max(changed), 0) FROM documents")[0][0])

    def is_current(self) -> bool:
        """Return whether the file is still the one that was opened, and not another that took its place."""
        return _file_number(self.path) == self._file

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def open_catalogue(archive: Path, *, write: bool = False) -> Catalogue:
    """Open the catalogue of an archive folder; with ``write`` create it when there is none.

    Raises:
        CatalogueError: there is none to read, it is damaged, lost, another program's, or of another schema version.
    """
    path = archive / DATA_FOLDER / _FILE_NAME
    check_data_folder(archive)
    with _translated_errors(path):
        connection = _connect_writing(path) if write else _connect_reading(path)
        try:
            add_digest_functions(connection)
            if write:
                create_tables(connection)
            _check_version(connection, path, write=write)
            if write:
                connection.executescript(_WRITE_PRAGMAS)
        except BaseException:
            connection.close()
            raise
    return Catalogue(connection, path, archive)


def has_catalogue(archive: Path) -> bool:
    """Return whether an archive folder has a catalogue, of whatever version.

    Raises:
        CatalogueError: it has none any more, though other data of the archive remains.
    """
    path = archive / DATA_FOLDER / _FILE_NAME
    try:
        is_there = path.stat().st_size > 0
    except OSError:
        is_there = path.exists()
    if not is_there:
        _require_nothing_left(archive)
    return is_there or path.exists()


def _require_nothing_left(archive: Path) -> None:
    """Refuse to take an archive that lost its catalogue for one that was never made.

    A catalogue made anew would know nothing of what was withdrawn or erased, and would make it public again.

    Raises:
        CatalogueError: data of the archive remains; the message names it.
    """
    names = [name for name in data_names(archive) if name not in _FILES_OF_A_NEW_ARCHIVE]
    if names:
        more = "" if len(names) <= _NAMED_REMAINS else ", …"
        raise CatalogueError("catalogue.lost", archive=archive, remains=", ".join(names[:_NAMED_REMAINS]) + more)


def require_catalogue(archive: Path) -> None:
    """Refuse a folder without a catalogue, which opening for writing would create.

    Raises:
        CatalogueError: there is no such folder, or no catalogue in it.
    """
    if has_catalogue(archive):
        return
    if not archive.is_dir():
        raise CatalogueError("archive.no-such-folder", folder=archive)
    raise CatalogueError("catalogue.none", archive=archive)


def _connect_reading(path: Path) -> sqlite3.Connection:
    require_catalogue(path.parents[1])
    try:
        return _connect_read_only(path, "mode=ro")
    except sqlite3.OperationalError:
        # On a read-only medium, SQLite cannot create the shared memory of its write-ahead log. Nobody writes there, so
        # the log is not needed, unless a writer left changes in it before the medium became read-only.
        log = path.with_name(f"{path.name}-wal")
        if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
            raise
        return _connect_read_only(path, "immutable=1")


def _connect_read_only(path: Path, option: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{option}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30, check_same_thread=False)
    try:
        connection.executescript(f"PRAGMA query_only = ON; {_CHECK_PAGES}")
        connection.execute("PRAGMA user_version")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_shared(path: Path) -> bool:
    """Return whether the folder of a file lets the group write, as that of a shared archive does."""
    return bool(path.parent.stat().st_mode & 0o020)


def _file_number(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return -1


def _connect_writing(path: Path) -> sqlite3.Connection:
    # The content of an archive may endanger people, so no other user of the machine may read the catalogue. SQLite
    # gives its other files the permissions of this one.
    create_data_folder(path.parents[1])
    if not has_catalogue(path.parents[1]):
        os.close(
            os.open(path, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o660 if _is_shared(path) else 0o600)
        )
    return sqlite3.connect(path, isolation_level=None, timeout=30)


# Makes an overwritten page an error; otherwise SQLite may return rows with NULL in a NOT NULL column.
_CHECK_PAGES = "PRAGMA cell_size_check = ON;"

# Executed after the check that the file is a catalogue, because the journal mode is written into the file.
_WRITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    # New ids and digests go to all pages of their indexes. With SQLite's own 2 MB of cache and a checkpoint every 1,000
    # pages, a document of an archive of 60,000 took 1.5 times as long as one of 10,000; with these about 1.3 times.
    " PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;"
) + _CHECK_PAGES


def _check_version(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise CatalogueError("catalogue.foreign", path=path)
    if write:
        version = convert(connection, version)
    if version != SCHEMA_VERSION:
        code = "catalogue.old-version" if is_convertible(version) else "catalogue.version"
        raise CatalogueError(code, path=path, version=version, ours=SCHEMA_VERSION)


def stored_member(kind: type[Member], value: str) -> Member:
    """Return the member of an enumeration that a column names.

    Raises:
        CatalogueError: there is none: the catalogue was changed by hand, or damaged.
    """
    try:
        return kind(value)
    except ValueError as error:
        raise CatalogueError("catalogue.unknown-value", value=value, kind=kind.__name__.lower()) from error


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """Raise what goes wrong inside as a `CatalogueError`, and misuse of it as a `UsageError`."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        for phrase, (misuse, code) in _MISUSE.items():
            if phrase in str(error):
                raise misuse(code, archive=path.parents[1]) from error
        raise
    except sqlite3.OperationalError as error:
        raise CatalogueError.of(sqlite_failure(error, path)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter of a message that quotes damaged bytes
        raise CatalogueError("catalogue.damaged", path=path, reason=error) from error
    except UnicodeEncodeError as error:  # of a command line whose bytes are not UTF-8
        raise UsageError("catalogue.not-text", text=ascii(error.object)) from error
    except OSError as error:
        reason = error.strerror or error
        what = disk_message(error, path) or message("catalogue.permissions", path=path, reason=reason)
        raise CatalogueError.of(what) from error


_MISUSE = {
    "closed database": (ClosedArchiveError, "archive.closed"),
    "created in a thread": (UsageError, "catalogue.other-thread"),
}
"""Words of SQLite's error messages for wrong use of a connection, and our errors for them with their codes."""
