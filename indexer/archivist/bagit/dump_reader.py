"""Reading a dump of the catalogue, checking every line before anything is restored from it.

A bag comes from elsewhere, and the rest of the program trusts the catalogue. So only rows are accepted that the
program could have written itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.catalogue.catalogue_tables import SCHEMA_VERSION, is_convertible
from corpus.catalogue.events import check_detail
from corpus.document import Role, Source, State
from corpus.errors import ArchiveError
from indexer.archivist.bagit import dump

MAX_LINE_BYTES = 64 << 20
"""Longest line that is read: eight times the longest page that a reader keeps."""

_ID = re.compile(r"[a-z0-9]{1,64}")
_FIELD = re.compile(r"[a-z][a-z_-]{0,40}")
_DIGEST = re.compile(r"(?:sha256:[0-9a-f]{64})?")
_COLUMN_TYPES = (str, int, float, type(None))
_ENUMS: Mapping[tuple[str, str], frozenset[str]] = {
    ("files", "state"): frozenset(State),
    ("documents", "state"): frozenset(State),
    ("pages", "role"): frozenset(Role),
    ("candidates", "source"): frozenset(Source),
}
_PATTERNS = {("documents", "id"): _ID, ("files", "digest"): _DIGEST, ("candidates", "field"): _FIELD}


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One row of a table; ``payload`` is the path in the bag of the bytes of a row of ``files``."""

    table: str
    values: Mapping[str, str | int | float | None]
    payload: str = ""


def read_rows(path: Path, tables: Mapping[str, tuple[str, ...]]) -> Iterator[DumpRow]:
    """Yield the rows of a dump.

    Args:
        path: of the dump.
        tables: the columns of each table of the catalogue that the rows are for.

    Raises:
        ArchiveError: it cannot be read, another version wrote it, or a row is not one of a catalogue.
    """
    counts: dict[str, int] = {}
    with path.open("rb") as stream:
        expected = _read_head(path, stream.readline(MAX_LINE_BYTES))
        number = 1
        while line := stream.readline(MAX_LINE_BYTES):
            number += 1
            try:
                row = _read_row(json.loads(line), tables)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                reason = str(error) or type(error).__name__
                raise ArchiveError("bag.bad-row", path=path, line=number, reason=reason) from error
            counts[row.table] = counts.get(row.table, 0) + 1
            yield row
    if {table: count for table, count in expected.items() if count} != counts:
        raise ArchiveError("bag.row-count", path=path)


def _read_head(path: Path, line: bytes) -> dict[str, int]:
    try:
        head = json.loads(line)
        dump_format, schema, counts = (head["muniment"], head["format"]), head["schema"], dict(head["rows"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveError("bag.no-catalogue", path=path) from error
    if dump_format != ("catalogue", dump.FORMAT) or not (schema == SCHEMA_VERSION or is_convertible(schema)):
        raise ArchiveError(
            "bag.version", path=path, format=dump_format[1], schema=schema, our_format=dump.FORMAT,
            our_schema=SCHEMA_VERSION,
        )  # fmt: skip
    return counts


def _read_row(line: Mapping[str, Any], tables: Mapping[str, tuple[str, ...]]) -> DumpRow:
    table, values, payload = str(line["table"]), dict(line["row"]), line.get("payload") or ""
    if table not in tables:
        raise ValueError(f"no table {table!r}")
    for column, value in values.items():
        if column not in tables[table]:
            raise ValueError(f"no column {column!r} in {table}")
        if not isinstance(value, _COLUMN_TYPES):
            raise TypeError(f"{column} is neither text nor a number")
        _check_value(table, column, value)
    if table == "events":
        check_detail(values["kind"], values["document"], values["detail"])
    if not isinstance(payload, str):
        raise TypeError("the payload is not a path")
    return DumpRow(table, values, payload)


def _check_value(table: str, column: str, value: str | float | None) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # raises on half a surrogate pair, which JSON can carry and SQLite cannot
    allowed, pattern = _ENUMS.get((table, column)), _PATTERNS.get((table, column))
    if (allowed and value not in allowed) or (pattern and not pattern.fullmatch(str(value))):
        raise ValueError(f"{value!r} is not a {column} of {table}")
