"""File records: every file ever seen, its path, size, times and digest, and its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.catalogue.row_digests import FILE_DIGEST
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import State


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as last recorded.

    Attributes:
        key: row number, for use inside the catalogue only; 0 for a record that is not saved yet.
        path: as text, see `corpus.paths`.
        size, mtime_ns, ctime_ns: size and times that the file system reported.
        digest: ``sha256:HEX`` of the bytes; empty while the file cannot be read.
        state: see `State`.
        reason: one line for a person, when the state is not INDEXED.
        reader: the reader that read it last.
        attempts: number of times reading was tried.
        duplicate_of: key of the document with the same content, for state DUPLICATE.
        again: 1 when the next run reads the file again although it is unchanged, else 0.
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
    again: int = 0


COLUMNS = "key, path, size, mtime_ns, ctime_ns, digest, state, reason, reader, attempts, duplicate_of, again"
"""The columns of ``files`` that `file_record` takes."""


def all_files(catalogue: Catalogue) -> list[FileRecord]:
    """Return every file record, ordered by path."""
    rows = catalogue.stream(f"SELECT {COLUMNS} FROM files ORDER BY path")  # noqa: S608 (constant columns)
    return [file_record(row) for row in rows]


def sizes_of_present_files(catalogue: Catalogue) -> dict[str, int]:
    """Return the sizes of the files that are there and could be read, by path."""
    return dict(catalogue.rows("SELECT path, size FROM files WHERE digest <> '' AND state <> ?", State.MISSING.value))


def missing_paths(catalogue: Catalogue) -> set[str]:
    """Return the paths of the files that are recorded and not there."""
    return {path for (path,) in catalogue.rows("SELECT path FROM files WHERE state = ?", State.MISSING.value)}


def files_to_retry(catalogue: Catalogue, *, ocr: bool) -> set[int]:
    """Return the keys of files read in part, and of files that contain documents which failed or were read in part.

    Args:
        catalogue: open for reading.
        ocr: whether OCR follows. Without it, documents with text from OCR are left out, which reading would lose.
    """
    return {key for (key,) in catalogue.rows(
        "SELECT file FROM documents d WHERE (part <> '' AND state = 'failed') OR (state = 'partial' AND (? OR NOT"
        " (reason LIKE 'OCR %' OR EXISTS (SELECT 1 FROM pages p WHERE p.document = d.key AND p.ocr))))", ocr,
    )}  # fmt: skip


def files_to_read_again(catalogue: Catalogue) -> set[int]:
    """Return the keys of files that the last run could not read for the machine's sake, not the files'."""
    return {key for (key,) in catalogue.rows("SELECT key FROM files WHERE again")}


def file_record(row: tuple[Any, ...]) -> FileRecord:
    """Return the record of a row of `COLUMNS`."""
    key, path, size, mtime_ns, ctime_ns, digest, state, *rest = row
    return FileRecord(key, path, size, mtime_ns, ctime_ns, digest, stored_member(State, state), *rest)


def save_file(catalogue: Catalogue, record: FileRecord) -> int:
    """Insert a record whose key is 0, or update the row of its key.

    Returns:
        The key.
    """
    values = (record.path, record.size, record.mtime_ns, record.ctime_ns, record.digest, record.state.value,
              record.reason, record.reader, record.attempts, record.duplicate_of, record.again)  # fmt: skip
    key = record.key
    if key:
        catalogue.run(
            "UPDATE files SET path = ?, size = ?, mtime_ns = ?, ctime_ns = ?, digest = ?, state = ?, reason = ?,"
            " reader = ?, attempts = ?, duplicate_of = ?, again = ? WHERE key = ?", *values, key,
        )  # fmt: skip
    else:
        key = catalogue.run(
            "INSERT INTO files (path, size, mtime_ns, ctime_ns, digest, state, reason, reader, attempts, duplicate_of,"
            " again) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values,
        )  # fmt: skip
    seal_file(catalogue, key)
    return key


def seal_file(catalogue: Catalogue, key: int) -> None:
    """Record the digest of a file's row, after it was written."""
    catalogue.run(f"UPDATE files SET record_digest = {FILE_DIGEST} WHERE key = ?", key)  # noqa: S608 (own columns)


def file_at(catalogue: Catalogue, path: str) -> FileRecord:
    """Return the record of the file at ``path``, which must not be missing."""
    row = catalogue.rows(f"SELECT {COLUMNS} FROM files WHERE path = ? AND state <> ?", path, State.MISSING.value)[0]  # noqa: S608 (constant columns)
    return file_record(row)


def originals_with_digest(catalogue: Catalogue, digest: str) -> list[FileRecord]:
    """Return present, non-duplicate files with this digest, readable ones first."""
    rows = catalogue.rows(
        f"SELECT {COLUMNS} FROM files WHERE digest = ? AND state NOT IN (?, ?)"  # noqa: S608 (constant columns)
        " ORDER BY state = ?, key",
        digest, State.DUPLICATE.value, State.MISSING.value, State.FAILED.value,
    )  # fmt: skip
    return [file_record(row) for row in rows]


def delete_file_record(catalogue: Catalogue, key: int) -> None:
    """Delete the record of a file that has no document; its events stay in the log."""
    catalogue.run("DELETE FROM files WHERE key = ?", key)


def roots(catalogue: Catalogue) -> list[str]:
    """Return the folders that were indexed so far, as text."""
    return [row[0] for row in catalogue.rows("SELECT path FROM roots ORDER BY path")]


def add_roots(catalogue: Catalogue, paths: list[str]) -> None:
    """Record folders as indexed."""
    catalogue.run_many("INSERT OR IGNORE INTO roots VALUES (?)", ((path,) for path in paths))


def remove_roots(catalogue: Catalogue, paths: Iterable[str]) -> None:
    """Forget folders, so that later runs do not look at them."""
    catalogue.run_many("DELETE FROM roots WHERE path = ?", ((path,) for path in paths))


def file_of_document(catalogue: Catalogue, key: int) -> FileRecord | None:
    """Return the record of a document's file; None for a document that was only listed."""
    rows = catalogue.rows(
        f"SELECT {COLUMNS} FROM files WHERE key = (SELECT file FROM documents WHERE key = ?)",  # noqa: S608 (constant)
        key,
    )
    return file_record(rows[0]) if rows else None
