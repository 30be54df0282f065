"""Reading the log: what happened to the archive, to one document, since a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue
from corpus.errors import UnknownDocumentError, UsageError
from indexer.archivist.transactions import read_transaction

LIMIT = 1000
"""Entries given where no other number is asked for."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event of the log, which is only ever added to.

    Attributes:
        number: of the event; also the number of the change it tells of.
        at: when, in UTC, ISO 8601.
        kind: ``added``, ``changed``, ``moved``, ``removed``, ``corrected``, ``withdrawn`` …
        path: of the file it concerns, if any.
        document: id of the document it concerns, if any.
        detail: what else there is to say, by name.
    """

    number: int
    at: str
    kind: str
    path: str
    document: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def read_log(
    archive: Path, *, since: str = "", document: str = "", kinds: Collection[str] = (), limit: int = LIMIT
) -> tuple[LogEntry, ...]:
    """The newest ``limit`` events that fit, the newest last.

    Args:
        archive: the archive's folder.
        since: a day or a moment in ISO 8601; without a time zone it is local time.
        document: only of the document with this id.
        kinds: only of these kinds.
        limit: most events to give.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
        UnknownDocumentError: no document has that id, and none ever had.
        UsageError: ``since`` is no moment, or the log knows no such kind.
    """
    moment = _moment(since) if since else ""
    with read_transaction(archive) as catalogue:
        _check(catalogue, document, kinds)
        marks = ", ".join("?" * len(kinds))
        rows = catalogue.rows(
            "SELECT number, at, kind, path, document, detail FROM events WHERE at >= ?"  # noqa: S608 (question marks)
            + (" AND document = ?" if document else "") + (f" AND kind IN ({marks})" if kinds else "")
            + " ORDER BY number DESC LIMIT ?",
            moment, *([document] if document else []), *kinds, max(limit, 0),
        )  # fmt: skip
    return tuple(
        LogEntry(number, at, kind, path, name, _detail(detail))
        for number, at, kind, path, name, detail in reversed(rows)
    )


def _moment(since: str) -> str:
    try:
        return dt.datetime.fromisoformat(since).astimezone(dt.UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        raise UsageError(f"{since!r} is not a day or a moment", "Write it as 2026-03-04 or 2026-03-04T15:30.") from None


def _check(catalogue: Catalogue, document: str, kinds: Collection[str]) -> None:
    if document and not catalogue.rows(
        "SELECT 1 FROM documents WHERE id = ? UNION ALL SELECT 1 FROM events WHERE document = ? LIMIT 1",
        document, document,
    ):  # fmt: skip
        raise UnknownDocumentError(
            f"no document has the id {document!r}", "'muniment search' prints the id of each hit."
        )
    known = {row[0] for row in catalogue.rows("SELECT DISTINCT kind FROM events")} if kinds else set()
    if wrong := sorted(set(kinds) - known):
        hint = f"It holds: {', '.join(sorted(known))}." if known else "It is empty."
        raise UsageError(f"the log holds no event of the kind {wrong[0]!r}", hint)


def _detail(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}
