"""The event log: its kinds, appending to it, and reading back what later steps depend on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from corpus.catalogue.catalogue_tables import BLANK_DETAIL
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import ChangeNumber, State
from corpus.errors import IndexStateError


class EventKind(StrEnum):
    """The kind of an event. The values are stored and printed: they never change."""

    ADDED = "added"
    CHANGED = "changed"
    BEGUN = "begun"  # a file that contains documents was read; these follow, each with an event of its own
    RETRIED = "retried"
    REREAD = "reread"  # an unchanged file was read again, because somebody asked
    MOVED = "moved"
    RETURNED = "returned"  # a missing file is back
    REMOVED = "removed"
    DUPLICATE = "duplicate"
    COPIES = "copies"  # the document got its first copy, or lost its last
    FAILED = "failed"
    UNREADABLE = "unreadable"  # a file that was read before cannot be read now
    RECOGNISING = "recognising"  # OCR text of some pages was saved; RECOGNISED follows with the whole document
    RECOGNISED = "recognised"  # OCR was tried, with or without a result, and is not tried again until the next reading
    OCR_INTERRUPTED = "ocr-interrupted"  # the machine's fault; the next run tries once more
    LISTED = "listed"
    ARRIVED = "arrived"  # the file of a listed item was added
    IMPORTED = "imported"  # a listing; LISTED and UNLISTED follow for each document
    UNLISTED = "unlisted"  # no listing names it any more
    IMPORT_UNDONE = "import-undone"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    ERASED = "erased"  # the earlier events of the document lost their paths and details
    UNPACKED = "unpacked"  # a bag was restored


MAX_INTEGER = 2**63 - 1
"""The largest integer that SQLite takes."""

UNREAD = "unread"
"""Detail of an event `EventKind.DUPLICATE` that no reading of the copy caused, but one of its new original."""

EXTRACTION_EVENTS = (EventKind.ADDED, EventKind.CHANGED, EventKind.RETRIED, EventKind.REREAD)
"""Events that replace a document's text and state by what its reader found."""


_RECORDING_EVENTS = ", ".join(f"'{kind}'" for kind in (*EXTRACTION_EVENTS, EventKind.MOVED, EventKind.DUPLICATE))


def was_recorded_since(number: str) -> str:
    """Return SQL for whether the document ``d`` was recorded from its file's bytes after the event ``number``, as SQL.

    A correction, a first copy or becoming a duplicate of a document that was read later are no reading.
    """
    return (
        f"EXISTS (SELECT 1 FROM events e WHERE e.document = d.id AND e.number > {number}"  # noqa: S608 (constants)
        f" AND e.kind IN ({_RECORDING_EVENTS}) AND e.detail NOT LIKE '%\"{UNREAD}\"%')"
    )


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event of the log, which is only ever added to.

    Attributes:
        number: of the event, and of the change it records.
        at: time in UTC, ISO 8601.
        kind: an `EventKind`, or a kind that another version wrote.
        path: of the file it concerns, if any.
        document: id of the document it concerns, if any.
        detail: further values by name.
    """

    number: int
    at: str
    kind: str
    path: str
    document: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def log_event(
    catalogue: Catalogue, kind: EventKind, *, path: str = "", document_id: str = "", **detail: Any
) -> ChangeNumber:
    """Append an event to the log.

    Returns:
        Its number, which is also the number of the change it records.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    values = (now, kind.value, path, document_id, json.dumps(detail, ensure_ascii=False, sort_keys=True))
    return ChangeNumber(catalogue.run(
        "INSERT INTO events (at, kind, path, document, detail, record_digest)"
        " VALUES (?1, ?2, ?3, ?4, ?5, row_digest(?1, ?2, ?3, ?4, ?5))",
        *values,
    ))  # fmt: skip


def newest_events(
    catalogue: Catalogue, *, since: str, document_id: str, kinds: Collection[str], limit: int, before: int = 0
) -> list[LogEntry]:
    """Return the newest ``limit`` events that match, oldest first; an empty condition, or 0, matches all."""
    marks = ", ".join("?" * len(kinds))
    rows = catalogue.rows(
        "SELECT number, at, kind, path, document, detail FROM events WHERE at >= ?"  # noqa: S608 (question marks)
        + (" AND document = ?" if document_id else "") + (f" AND kind IN ({marks})" if kinds else "")
        + (" AND number < ?" if before else "") + " ORDER BY number DESC LIMIT ?",
        since, *([document_id] if document_id else []), *kinds, *([before] if before else []),
        min(max(limit, 0), MAX_INTEGER),
    )  # fmt: skip
    return [
        LogEntry(number, at, kind, path, document, event_detail(detail))
        for number, at, kind, path, document, detail in reversed(rows)
    ]


def event_detail(text: str) -> Mapping[str, Any]:
    """Return the detail of an event as values by name; what is none is under ``text``."""
    try:
        detail = json.loads(text)
    except (ValueError, RecursionError):
        return {"text": text}
    return detail if isinstance(detail, dict) else {"text": text}


def change_begun(catalogue: Catalogue, path: str, digest: str) -> ChangeNumber | None:
    """Return the change since which documents inside the file at ``path`` were read from the content ``digest``.

    None where the reading of that content was not the last that was begun.
    """
    rows = catalogue.rows(
        "SELECT number, detail FROM events WHERE kind = ? AND path = ? ORDER BY number DESC LIMIT 1",
        EventKind.BEGUN.value, path,
    )  # fmt: skip
    return ChangeNumber(rows[0][0]) if rows and event_detail(rows[0][1]).get("digest") == digest else None


def parts_recorded_since(catalogue: Catalogue, path: str, change: ChangeNumber) -> set[str]:
    """Return the addresses of the documents inside the file at ``path`` that were read after ``change``."""
    rows = catalogue.rows(
        "SELECT d.part FROM documents d JOIN files f ON f.key = d.file"  # noqa: S608 (constants)
        f" WHERE f.path = ? AND d.part <> '' AND d.state <> ? AND {was_recorded_since('?')}",
        path, State.MISSING.value, change,
    )  # fmt: skip
    return {part for (part,) in rows}


def lost_fields_since(catalogue: Catalogue, number: int) -> Counter[str]:
    """Count the documents that lost their value of a field by a move, by field, in events after ``number``."""
    rows = catalogue.rows(
        "SELECT detail FROM events WHERE number > ? AND kind IN (?, ?) AND detail LIKE '%\"lost\"%'",
        number, EventKind.MOVED.value, EventKind.RETURNED.value,
    )  # fmt: skip
    return Counter(field for (detail,) in rows for field in event_detail(detail).get("lost", ()))


def first_event(catalogue: Catalogue, document_id: str) -> int:
    """Return the number of a document's first event, 0 without any."""
    return int(catalogue.rows("SELECT coalesce(min(number), 0) FROM events WHERE document = ?", document_id)[0][0])


def last_event(catalogue: Catalogue) -> int:
    """Return the number of the newest event, 0 without any."""
    return int(catalogue.rows("SELECT coalesce(max(number), 0) FROM events")[0][0])


def event_fingerprint(catalogue: Catalogue, number: int) -> str:
    """Return a digest of the newest event up to ``number``, of what erasure leaves of it; ``""`` where there is none.

    Two catalogues have the same one only where the one is a copy of the other that has gone on since.
    """
    rows = catalogue.rows(
        "SELECT number, at, kind, document FROM events WHERE number <= ? ORDER BY number DESC LIMIT 1", number
    )
    return hashlib.sha256(json.dumps(rows[0]).encode()).hexdigest()[:16] if rows else ""


def require_origin(catalogue: Catalogue, change: int, origin: str) -> None:
    """Refuse an index that was not made from this catalogue, or from an earlier state of it.

    Args:
        catalogue: the catalogue beside the index.
        change: number of the last change in the index.
        origin: fingerprint of that change's event; empty in an index of an earlier version, whose number alone counts.

    Raises:
        IndexStateError: the catalogue was restored from an older copy, or index and catalogue are of two archives.
    """
    last = last_event(catalogue)
    if change > last:
        raise IndexStateError("index.ahead", archive=catalogue.archive, index_change=change, change=last)
    if origin and origin != event_fingerprint(catalogue, change):
        raise IndexStateError("index.other-catalogue", archive=catalogue.archive, change=change)


def event_time(catalogue: Catalogue, number: int) -> str:
    """Return the time in UTC of the newest event up to ``number``; ``""`` where there is none."""
    rows = catalogue.rows("SELECT at FROM events WHERE number <= ? ORDER BY number DESC LIMIT 1", number)
    return str(rows[0][0]) if rows else ""


def event_mark(catalogue: Catalogue, number: int) -> str:
    """Return a digest of what an erasure leaves of an event, which tells one log from another; ``""`` without one."""
    rows = catalogue.rows("SELECT number, at, kind, document FROM events WHERE number = ?", number)
    return hashlib.sha256(json.dumps(rows[0]).encode()).hexdigest() if rows else ""


def log_identity(catalogue: Catalogue) -> str:
    """Return the mark of the first event, which an archive keeps wherever it is moved; ``""`` of an empty log."""
    return event_mark(catalogue, int(catalogue.rows("SELECT coalesce(min(number), 0) FROM events")[0][0]))


def events_since(catalogue: Catalogue, number: int, document_ids: Collection[str]) -> dict[str, list[LogEntry]]:
    """Return the events of some documents after an event, oldest first, by the document's id."""
    rows = catalogue.stream(
        "SELECT number, at, kind, path, document, detail FROM events WHERE number > ? AND document <> ''"
        " ORDER BY number",
        number,
    )
    by_document: dict[str, list[LogEntry]] = {}
    for event_number, at, kind, path, document, detail in rows:
        if document in document_ids:
            entry = LogEntry(event_number, at, kind, path, document, event_detail(detail))
            by_document.setdefault(document, []).append(entry)
    return by_document


def correction_group(catalogue: Catalogue, group: str) -> list[LogEntry]:
    """Return the corrections that were made together under a name, oldest first."""
    return _corrections_with(catalogue, "group", group)


def group_undoing(catalogue: Catalogue, group: str) -> list[LogEntry]:
    """Return the corrections that undid those made together under a name, oldest first."""
    return _corrections_with(catalogue, "undoes", group)


def _corrections_with(catalogue: Catalogue, name: str, group: str) -> list[LogEntry]:
    """Return the corrections whose detail with this name is the name of a group, oldest first."""
    rows = catalogue.rows(
        "SELECT number, at, kind, path, document, detail FROM events WHERE kind = ? AND instr(detail, ?)"
        " ORDER BY number",
        EventKind.CORRECTED.value, json.dumps(group, ensure_ascii=False),
    )  # fmt: skip
    entries = [
        LogEntry(number, at, kind, path, document, event_detail(detail))
        for number, at, kind, path, document, detail in rows
    ]
    return [entry for entry in entries if entry.detail.get(name) == group]


def corrected_since(catalogue: Catalogue, document_id: str, field: str, number: int) -> bool:
    """Return whether a field of a document was corrected, or its correction removed, in an event after ``number``."""
    rows = catalogue.rows(
        "SELECT detail FROM events WHERE kind = ? AND document = ? AND number > ?",
        EventKind.CORRECTED.value, document_id, number,
    )  # fmt: skip
    details = (event_detail(detail) for (detail,) in rows)
    return any(field in {*detail.get("fields", ()), *detail.get("reset", ())} for detail in details)


def logged_kinds(catalogue: Catalogue) -> set[str]:
    """Return every kind that occurs in the log."""
    return {kind for (kind,) in catalogue.rows("SELECT DISTINCT kind FROM events")}


def was_ever_known(catalogue: Catalogue, document_id: str) -> bool:
    """Return whether a document with this id is, or was once, in the catalogue."""
    return bool(catalogue.rows(
        "SELECT 1 FROM documents WHERE id = ? UNION ALL SELECT 1 FROM events WHERE document = ? LIMIT 1",
        document_id, document_id,
    ))  # fmt: skip


def last_kind(catalogue: Catalogue, document_id: str) -> str:
    """Return the kind of a document's newest event, ``""`` without one."""
    rows = catalogue.rows("SELECT kind FROM events WHERE document = ? ORDER BY number DESC LIMIT 1", document_id)
    return rows[0][0] if rows else ""


def state_before_removal(catalogue: Catalogue, document_id: str) -> State:
    """Return the state of a document before its file was last found missing."""
    newest = _newest(catalogue, document_id, [EventKind.REMOVED])
    return stored_member(State, newest[1].get("before", State.INDEXED)) if newest else State.INDEXED


def was_removed_from_file(catalogue: Catalogue, document_id: str) -> bool:
    """Return whether a missing document is no longer in its file, which may itself be present."""
    newest = _newest(catalogue, document_id, [EventKind.REMOVED])
    return newest is not None and "reason" in newest[1]


def state_without_withdrawal(catalogue: Catalogue, document_id: str) -> tuple[State, str]:
    """Return the state and reason that a withdrawn document would have had it never been withdrawn.

    They are those before the withdrawal, or those of the last reading where its file was read since.
    """
    kind, detail = _newest(catalogue, document_id, [EventKind.WITHDRAWN, *EXTRACTION_EVENTS]) or ("", {})
    if kind not in EXTRACTION_EVENTS:
        return stored_member(State, detail.get("before", State.INDEXED)), str(detail.get("was", ""))
    file_reason = catalogue.rows(
        "SELECT f.reason FROM documents d JOIN files f ON f.key = d.file WHERE d.id = ? AND d.part = ''", document_id
    )
    return stored_member(State, detail.get("state", State.INDEXED)), str(
        detail.get("reason", file_reason[0][0] if file_reason else "")
    )


def _newest(
    catalogue: Catalogue, document_id: str, kinds: Collection[EventKind]
) -> tuple[str, Mapping[str, Any]] | None:
    rows = catalogue.rows(
        f"SELECT kind, detail FROM events WHERE document = ? AND kind IN ({', '.join('?' * len(kinds))})"  # noqa: S608
        " ORDER BY number DESC LIMIT 1",
        document_id, *(kind.value for kind in kinds),
    )  # fmt: skip
    return (rows[0][0], json.loads(rows[0][1])) if rows else None


def check_detail(kind: str, document_id: str, detail: str) -> None:
    """Check the stored detail of an event for all that is read back from it.

    Raises:
        TypeError: it is not a JSON object.
        ValueError, KeyError: it is not JSON, or lacks the state that the document had before.
    """
    if detail == BLANK_DETAIL:  # its document was erased
        return
    values = json.loads(detail)
    if not isinstance(values, dict):
        raise TypeError("an event's detail is not a JSON object")
    if kind in (EventKind.REMOVED, EventKind.WITHDRAWN) and document_id:
        stored_member(State, values["before"])
