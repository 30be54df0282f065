"""The catalogue's file records: every file ever seen, where it stands and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.catalogue.store import Catalogue
from corpus.document import State


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as last recorded.

    Attributes:
        key: row number, for use inside the catalogue only.
        path: as text, see `corpus.paths`.
        size, mtime_ns, ctime_ns: as the file system gave them.
        digest: ``sha256:HEX`` of the bytes.
        state: what became of it.
        reason: why, when it is not simply indexed.
        reader: which reader read it last.
        attempts: how many times reading was tried.
        duplicate_of: key of the document whose content it repeats, for state DUPLICATE.
    """

    key: int
    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    digest: str
    state: State
    reason: str = ""
    reader: str = ""
    attempts: int = 0
    duplicate_of: int | None = None


_COLUMNS = "key, path, size, mtime_ns, ctime_ns, digest, state, reason, reader, attempts, duplicate_of"


def all_files(catalogue: Catalogue) -> list[FileRecord]:
    """Every file record, in order of path."""
    rows = catalogue.stream(f"SELECT {_COLUMNS} FROM files ORDER BY path")  # noqa: S608 (constant columns)
    return [_record(row) for row in rows]


def files_with_failures(catalogue: Catalogue) -> set[int]:
    """Keys of the files that hold documents which could not be read."""
    return {key for (key,) in catalogue.rows("SELECT file FROM documents WHERE part <> '' AND state = 'failed'")}


def _record(row: tuple[Any, ...]) -> FileRecord:
    key, path, size, mtime_ns, ctime_ns, digest, state, *rest = row
    return FileRecord(key, path, size, mtime_ns, ctime_ns, digest, State(state), *rest)


def save_file(catalogue: Catalogue, record: FileRecord) -> int:
    """Write a record, new when its key is 0; its key."""
    values = (record.path, record.size, record.mtime_ns, record.ctime_ns, record.digest, record.state.value,
              record.reason, record.reader, record.attempts, record.duplicate_of)  # fmt: skip
    if record.key:
        catalogue.run(
            "UPDATE files SET path = ?, size = ?, mtime_ns = ?, ctime_ns = ?, digest = ?, state = ?, reason = ?,"
            " reader = ?, attempts = ?, duplicate_of = ? WHERE key = ?", *values, record.key,
        )  # fmt: skip
        return record.key
    return catalogue.run(
        "INSERT INTO files (path, size, mtime_ns, ctime_ns, digest, state, reason, reader, attempts, duplicate_of)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values,
    )  # fmt: skip


def file_at(catalogue: Catalogue, path: str) -> FileRecord:
    """The record of the file that stands on ``path``, which must be there."""
    row = catalogue.rows(f"SELECT {_COLUMNS} FROM files WHERE path = ? AND state <> ?", path, State.MISSING.value)[0]  # noqa: S608 (constant columns)
    return _record(row)


def originals_with_digest(catalogue: Catalogue, digest: str) -> list[FileRecord]:
    """The files that are there, whose bytes have this digest and which are no copies: one that was read, or failed."""
    rows = catalogue.rows(
        f"SELECT {_COLUMNS} FROM files WHERE digest = ? AND state NOT IN (?, ?)"  # noqa: S608 (constant columns)
        " ORDER BY state = ?, key",
        digest, State.DUPLICATE.value, State.MISSING.value, State.FAILED.value,
    )  # fmt: skip
    return [_record(row) for row in rows]


def delete_file_record(catalogue: Catalogue, key: int) -> None:
    """Drop the record of a file that holds no document; the log still tells of it."""
    catalogue.run("DELETE FROM files WHERE key = ?", key)


def roots(catalogue: Catalogue) -> list[str]:
    """The folders brought in so far, as text."""
    return [row[0] for row in catalogue.rows("SELECT path FROM roots ORDER BY path")]


def add_roots(catalogue: Catalogue, paths: list[str]) -> None:
    """Remember folders as brought in."""
    catalogue.run_many("INSERT OR IGNORE INTO roots VALUES (?)", ((path,) for path in paths))


def counts_by_state(catalogue: Catalogue) -> dict[State, int]:
    """How many files are in each state; states without files left out."""
    rows = catalogue.rows("SELECT state, count(*) FROM files GROUP BY state ORDER BY state")
    return {State(state): count for state, count in rows}
