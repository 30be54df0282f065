"""The catalogue as text: every row of every table, one JSON object a line, for any program that can read JSON.

The first line says what follows; each further line is ``{"table": NAME, "row": {COLUMN: VALUE, …}}``, a row of
``files`` with ``"payload"``, the place of its bytes in the bag, or null when they are not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.store import SCHEMA_VERSION

FILE_NAME = "catalogue.jsonl"
FORMAT = 1
"""Of this dump; goes up when a reader of the one before could not read it."""


def tables(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Every table of the catalogue with its columns; what SQLite keeps for itself left out."""
    names = catalogue.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
    )
    return {name: tuple(row[1] for row in catalogue.rows(f'PRAGMA table_info("{name}")')) for (name,) in names}


def lines(catalogue: Catalogue, payload: Mapping[int, str]) -> Iterator[str]:
    """The lines of the dump; ``payload`` gives the place in the bag by key of the file."""
    known = tables(catalogue)
    counts = {name: catalogue.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in known}  # noqa: S608 (own tables)
    yield _line({"muniment": "catalogue", "format": FORMAT, "schema": SCHEMA_VERSION, "rows": counts})
    for name, columns in known.items():
        chosen = ", ".join(f'"{column}"' for column in columns)
        for row in catalogue.stream(f'SELECT {chosen} FROM "{name}" ORDER BY rowid'):  # noqa: S608 (own tables)
            one: dict[str, Any] = {"table": name, "row": dict(zip(columns, row, strict=True))}
            if name == "files":
                one["payload"] = payload.get(one["row"]["key"])
            yield _line(one)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
