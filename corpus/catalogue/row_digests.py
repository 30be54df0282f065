"""Digests of the catalogue's rows and texts, by which a byte that changed on the disk is found.

SQLite keeps no checksums of its pages. So each file, document and event has a digest of its row, which for a document
includes the metadata candidates, and each document has a digest of its texts. Two functions of ours compute them in
SQL, from the bytes as they are stored.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

_EVENT_COLUMNS = ("at", "kind", "path", "document", "detail")

Value = str | bytes | int | float | None


def add_digest_functions(connection: sqlite3.Connection) -> None:
    """Make the functions ``row_digest`` and ``rows_digest`` known to a connection."""
    connection.create_function("row_digest", -1, _row_digest, deterministic=True)
    aggregate: Any = _RowsDigest  # its type is declared for one value
    connection.create_aggregate("rows_digest", -1, aggregate)


def event_digest(event: Mapping[str, Value]) -> str:
    """Return the digest of a row of ``events``, given by column."""
    return _row_digest(*(event[column] for column in _EVENT_COLUMNS))


def _row_digest(*values: Value) -> str:
    return hashlib.sha256(_encode(values)).hexdigest()


def _encode(values: Iterable[Value]) -> bytes:
    """Return values as bytes of which no two rows have the same."""
    encoded = bytearray()
    for value in values:
        if isinstance(value, str | bytes):
            text = value.encode() if isinstance(value, str) else value
            encoded += b"t%d:" % len(text) + text
        else:
            encoded += b"n;" if value is None else f"{value!r};".encode()
    return bytes(encoded)


class _RowsDigest:
    """An aggregate: the digest of several rows, sorted by their first value, which itself is not part of it."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, bytes]] = []

    def step(self, order: int, *values: Value) -> None:
        self._rows.append((order, hashlib.sha256(_encode(values)).digest()))

    def finalize(self) -> str:
        self._rows.sort()
        return hashlib.sha256(b"".join(row for _, row in self._rows)).hexdigest()


def _stored(table: str, *columns: str) -> str:
    # As bytes: text that is damaged need not be UTF-8, and is then refused before a function sees it.
    return ", ".join(
        f"iif(typeof({table}.{column}) = 'text', CAST({table}.{column} AS BLOB), {table}.{column})"
        for column in columns
    )


_FILE = _stored(
    "files", "path", "size", "mtime_ns", "ctime_ns", "digest", "state", "reason", "reader", "attempts", "duplicate_of",
    "again",
)  # fmt: skip
_DOCUMENT = _stored(
    "documents", "id", "file", "part", "state", "reason", "media_type", "format", "pages", "characters", "changed",
    "reader_version", "digest", "place_digest",
)  # fmt: skip
_CANDIDATE = _stored("c", "field", "value", "source", "detail", "printed", "confidence", "chosen")
_PAGE = _stored("p", "number", "role", "label", "ocr", "text", "language")
_EVENT = _stored("events", *_EVENT_COLUMNS)

FILE_DIGEST = f"row_digest({_FILE})"
"""SQL for the digest of a row of ``files``."""

DOCUMENT_DIGEST = (
    f"row_digest({_DOCUMENT}, (SELECT rows_digest(c.rowid, {_CANDIDATE}) FROM candidates c"  # noqa: S608 (own columns)
    " WHERE c.document = documents.key))"
)
"""SQL for the digest of a row of ``documents`` with its candidates."""

TEXT_DIGEST = f"coalesce((SELECT rows_digest(p.ordinal, {_PAGE}) FROM pages p WHERE p.document = documents.key), '')"  # noqa: S608 (own columns)
"""SQL for the digest of all texts of a document."""

EVENT_DIGEST = f"row_digest({_EVENT})"
"""SQL for the digest of a row of ``events``."""
