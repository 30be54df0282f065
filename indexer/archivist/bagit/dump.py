"""The catalogue as text: every row of every table, one JSON object a line.

The first line describes the rest; each further line is ``{"table": NAME, "row": {COLUMN: VALUE, …}}``. A row of
``files`` also has ``"payload"``, the path of its bytes in the bag, or null when they are not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.catalogue import Catalogue
from corpus.catalogue.catalogue_tables import SCHEMA_VERSION
from corpus.catalogue.events import EventKind
from corpus.catalogue.row_digests import event_digest
from corpus.catalogue.table_rows import columns_by_table, row_count, rows_of_table

FILE_NAME = "catalogue.jsonl"
FORMAT = 1
"""Version of the dump format. It goes up when a reader of the version before could not read the new one."""


def dump_lines(catalogue: Catalogue, payload: Mapping[int, str], tombstones: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the dump.

    Args:
        catalogue: of the archive, or the copy that the bag gets.
        payload: path in the bag, by key of the file.
        tombstones: sentence in place of the reason, by id of each erased document whose reason stays out of the bag.
    """
    tables = columns_by_table(catalogue)
    counts = {table: row_count(catalogue, table) for table in tables}
    yield _line({"muniment": "catalogue", "format": FORMAT, "schema": SCHEMA_VERSION, "rows": counts})
    for table, columns in tables.items():
        for row in rows_of_table(catalogue, table, columns):
            line: dict[str, Any] = {"table": table, "row": _without_reason(table, row, tombstones)}
            if table == "files":
                line["payload"] = payload.get(row["key"])
            yield _line(line)


def _without_reason(table: str, row: Mapping[str, Any], tombstones: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a row without what somebody wrote as the reason for erasing a document; restoring seals it anew."""
    if table == "documents" and row["id"] in tombstones:
        return {**row, "reason": tombstones[row["id"]], "record_digest": ""}
    if table == "events" and row["kind"] == EventKind.ERASED and row["document"] in tombstones:
        detail = {**json.loads(row["detail"]), "why": "", "reason": tombstones[row["document"]]}
        changed = {**row, "detail": json.dumps(detail, ensure_ascii=False)}
        return {**changed, "record_digest": event_digest(changed)}
    return row


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
