"""Reading a dump back: each line is held against what a catalogue may hold before anything is made of it.

A bag comes from elsewhere, and what stands in a catalogue is believed; so nothing gets in here that the program could
not have written itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.catalogue.store import SCHEMA_VERSION
from corpus.document import Role, Source, State
from corpus.errors import ArchiveError
from indexer.archivist.bagit import dump

LONGEST_LINE = 64 << 20
"""Bytes of one line; the longest page a reader keeps comes to an eighth of that."""

AGAIN = "The bag is damaged or was changed: fetch it again, or export it anew."

_ID = re.compile(r"[a-z0-9]{1,64}")
_FIELD = re.compile(r"[a-z][a-z_-]{0,40}")
_DIGEST = re.compile(r"(?:sha256:[0-9a-f]{64})?")
_PLAIN = (str, int, float, type(None))
_LISTS: Mapping[tuple[str, str], frozenset[str]] = {
    ("files", "state"): frozenset(State),
    ("documents", "state"): frozenset(State),
    ("pages", "role"): frozenset(Role),
    ("candidates", "source"): frozenset(Source),
}
_SHAPES = {("documents", "id"): _ID, ("files", "digest"): _DIGEST, ("candidates", "field"): _FIELD}


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One row of a table; ``payload`` says where in the bag the bytes of a row of ``files`` are."""

    table: str
    values: Mapping[str, str | int | float | None]
    payload: str = ""


def read_rows(path: Path, known: Mapping[str, tuple[str, ...]]) -> Iterator[DumpRow]:
    """The rows of a dump; ``known`` gives the columns of each table of the catalogue they are meant for.

    Raises:
        ArchiveError: it cannot be read, comes from another version, or holds what no catalogue holds.
    """
    counts: dict[str, int] = {}
    with path.open("rb") as stream:
        expected = _head(path, stream.readline(LONGEST_LINE))
        number = 1
        while line := stream.readline(LONGEST_LINE):
            number += 1
            try:
                row = _row(json.loads(line), known)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                what = str(error) or type(error).__name__
                raise ArchiveError(f"{path}: line {number} is no row of a catalogue: {what}", AGAIN) from error
            counts[row.table] = counts.get(row.table, 0) + 1
            yield row
    if {table: count for table, count in expected.items() if count} != counts:
        raise ArchiveError(f"{path}: does not hold as many rows as its first line says", AGAIN)


def _head(path: Path, line: bytes) -> dict[str, int]:
    try:
        head = json.loads(line)
        made_by, schema, rows = (head["muniment"], head["format"]), head["schema"], dict(head["rows"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveError(f"{path}: is not the catalogue of an archive", AGAIN) from error
    if made_by != ("catalogue", dump.FORMAT) or schema != SCHEMA_VERSION:
        what = f"{path}: format {made_by[1]} with tables of version {schema}; this program reads {dump.FORMAT} with"
        raise ArchiveError(f"{what} {SCHEMA_VERSION}", "Use the version of Muniment that made the bag.")
    return rows


def _row(one: Mapping[str, Any], known: Mapping[str, tuple[str, ...]]) -> DumpRow:
    table, values, payload = str(one["table"]), dict(one["row"]), one.get("payload") or ""
    if table not in known:
        raise ValueError(f"no table {table!r}")
    for column, value in values.items():
        if column not in known[table]:
            raise ValueError(f"no column {column!r} in {table}")
        if not isinstance(value, _PLAIN):
            raise TypeError(f"{column} holds neither text nor number")
        _check_value(table, column, value)
    if table == "events":
        _check_event(values)
    if not isinstance(payload, str):
        raise TypeError("the payload is no path")
    return DumpRow(table, values, payload)


def _check_value(table: str, column: str, value: str | float | None) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # half a surrogate pair is no text
    if (table, column) in _LISTS and value not in _LISTS[table, column]:
        raise ValueError(f"{value!r} is no {column} of {table}")
    if (table, column) in _SHAPES and not _SHAPES[table, column].fullmatch(str(value)):
        raise ValueError(f"{value!r} is no {column} of {table}")


def _check_event(values: Mapping[str, Any]) -> None:
    detail = json.loads(values["detail"])
    if not isinstance(detail, dict):
        raise TypeError("an event's detail is no table")
    if values["kind"] in ("removed", "withdrawn") and values["document"]:
        State(detail["before"])
