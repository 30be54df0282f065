"""SQLite files: what every kind of them shares, and the catalogue's own opening, schema and version.

The other kind is a researcher's store (`corpus.researcher_store.store_file`). Both execute statements, write
transactions and report failures in the same way. That is here and not in a module of its own since every search opens
a catalogue, and each module that it loads delays its start.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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
_WAIT_SECONDS = 30
"""Time that a connection waits for another process to end its change."""

CHECK_PAGES = "PRAGMA cell_size_check = ON;"
"""Makes an overwritten page an error; otherwise SQLite may return rows with NULL in a NOT NULL column."""

Member = TypeVar("Member", bound=Enum)


@dataclass(frozen=True, slots=True)
class SqliteErrors:
    """The errors that the failures of one kind of SQLite file are reported as.

    Attributes:
        damaged: returns the error about a damaged file at a path, with SQLite's reason.
        misuse: words of SQLite's messages about wrong use of a connection, and our errors for them with their codes.
            Other misuse is a fault of the program, and is raised as it is; None takes any for damage.
    """

    damaged: Callable[[Path, Exception], CatalogueError]
    misuse: Mapping[str, tuple[type[UsageError], str]] | None = None

    @contextmanager
    def translated(self, path: Path) -> Iterator[None]:
        """Raise what goes wrong inside as a `CatalogueError`, and misuse of the file at ``path`` as a `UsageError`."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise CatalogueError.of(sqlite_failure(error, path)) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter of a message with damaged bytes
            if isinstance(error, sqlite3.ProgrammingError) and self.misuse is not None:
                for phrase, (misuse, code) in self.misuse.items():
                    if phrase in str(error):
                        raise misuse(code, archive=path.parents[1]) from error
                raise
            raise self.damaged(path, error) from error
        except UnicodeEncodeError as error:  # of a command line whose bytes are not UTF-8
            raise UsageError("catalogue.not-text", text=ascii(error.object)) from error
        except OSError as error:
            reason = error.strerror or error
            what = disk_message(error, path) or message("catalogue.permissions", path=path, reason=reason)
            raise CatalogueError.of(what) from error


class SqliteFile:
    """An open SQLite file, which executes all SQL and reports its failures as `CatalogueError`."""

    def __init__(self, connection: sqlite3.Connection, place: Path, errors: SqliteErrors) -> None:
        self._connection, self._place, self._errors = connection, place, errors
        self._lock = Lock()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows that ``sql`` selects."""
        with self._errors.translated(self._place), self._lock:
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        """Execute one statement, and return the key of the row it inserted, if it did."""
        with self._errors.translated(self._place):
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute one statement for each of ``rows``."""
        with self._errors.translated(self._place):
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

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def create_private_file(path: Path) -> None:
    """Create an empty file that this user alone can read, where there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))


def connect_file(path: Path, option: str, wait_seconds: int, *, any_thread: bool = False) -> sqlite3.Connection:
    """Connect to an SQLite file with an option of its URI, such as ``mode=ro``."""
    uri = f"{path.resolve().as_uri()}?{option}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait_seconds, check_same_thread=not any_thread)


@contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection where something inside fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def application_and_version(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the application id of an SQLite file, and the version of its tables."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]


class Catalogue(SqliteFile):
    """An open catalogue.

    One opened for reading may be read by any thread, several at once; one opened for writing belongs to its thread.

    Attributes:
        path: of the SQLite file.
        archive: folder the catalogue belongs to.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, archive: Path) -> None:
        super().__init__(connection, path, _ERRORS)
        self._file = _file_number(path)
        self.path = path
        self.archive = archive

    def stream(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that ``sql`` selects, without reading them all at once."""
        with _ERRORS.translated(self.path):
            with self._lock:
                cursor = self._connection.execute(sql, values)
                batch = cursor.fetchmany(_STREAMED_ROWS)
            while batch:
                yield from batch
                with self._lock:
                    batch = cursor.fetchmany(_STREAMED_ROWS)

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
        with _ERRORS.translated(path):
            create_private_file(path)
            connection = sqlite3.connect(path, isolation_level=None)
            try:
                with self._lock:
                    self._connection.backup(connection)
                add_digest_functions(connection)
                connection.executescript(f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {CHECK_PAGES}")
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


def open_catalogue(archive: Path, *, write: bool = False) -> Catalogue:
    """Open the catalogue of an archive folder; with ``write`` create it when there is none.

    Raises:
        CatalogueError: there is none to read, it is damaged, lost, another program's, or of another schema version.
    """
    path = archive / DATA_FOLDER / _FILE_NAME
    check_data_folder(archive)
    with _ERRORS.translated(path):
        connection = _connect_writing(path) if write else _connect_reading(path)
        with closed_on_failure(connection):
            add_digest_functions(connection)
            if write:
                create_tables(connection)
            _check_version(connection, path, write=write)
            if write:
                connection.executescript(_WRITE_PRAGMAS)
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
    connection = connect_file(path, option, _WAIT_SECONDS, any_thread=True)
    with closed_on_failure(connection):
        connection.executescript(f"PRAGMA query_only = ON; {CHECK_PAGES}")
        connection.execute("PRAGMA user_version")
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
    return sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)


# Executed after the check that the file is a catalogue, because the journal mode is written into the file.
_WRITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    # New ids and digests go to all pages of their indexes. With SQLite's own 2 MB of cache and a checkpoint every 1,000
    # pages, a document of an archive of 60,000 took 1.5 times as long as one of 10,000; with these about 1.3 times.
    " PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;"
) + CHECK_PAGES


def _check_version(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application, version = application_and_version(connection)
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


def _damaged(path: Path, reason: Exception) -> CatalogueError:
    return CatalogueError("catalogue.damaged", path=path, reason=reason)


_ERRORS = SqliteErrors(
    _damaged,
    {
        "closed database": (ClosedArchiveError, "archive.closed"),
        "created in a thread": (UsageError, "catalogue.other-thread"),
    },
)
