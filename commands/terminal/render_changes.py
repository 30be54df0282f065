"""Render changes to documents: corrections, withdrawals, and the events of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from commands.terminal.terminal_text import NONE, plain_screen, state_label
from corpus.catalogue.events import LogEntry
from corpus.document import SEARCHABLE, Document, State
from indexer.archivist.corrections import Edited
from indexer.archivist.erasure import Erasure

UNCHANGED = "nothing changed: the values are as before"
SEARCHABLE_AGAIN = "is restored, and searches find it again"
STILL_NOT_SEARCHABLE = "is restored, but no search finds it"
FILE_STAYS = "is still where it was; Muniment deletes no files"
CONTAINER_STAYS = "still contains it, and is copied by exports"
NO_EVENTS = "No matching events."
HIDDEN_DETAILS = ("digest", "read_from", "replaced", "rows")
"""Details of an event that only JSON has."""


def render_edit(edited: Edited) -> str:
    """Render which values of a document an edit changed."""
    rows = [f"{change.field}: {_old_and_new(change.old, change.new)}" for change in edited.changes]
    return plain_screen(rows or [f"{edited.document.id}: {UNCHANGED}"])


def render_state(document: Document) -> str:
    """Render which state a document is in after it was withdrawn or restored."""
    if document.state is State.WITHDRAWN:
        return plain_screen([f"{document.id} was {document.reason}"])
    reason = f" ({document.reason})" if document.reason else ""
    outcome = SEARCHABLE_AGAIN if document.state in SEARCHABLE else STILL_NOT_SEARCHABLE
    return plain_screen([f"{document.id} {outcome}: {state_label(document.state)}{reason}"])


def render_erasure_plan(erasure: Erasure) -> str:
    """Render which documents an erasure is going to erase."""
    return plain_screen([f"{document.id}  {document.path}" for document in erasure.documents])


def render_erasure(erasure: Erasure) -> str:
    """Render which documents were erased, and where their content still is."""
    rows = [f"{document.id} was {document.reason}" for document in erasure.documents]
    rows += [f"{path} {FILE_STAYS}" for path in erasure.files]
    return plain_screen([*rows, *(f"{path} {CONTAINER_STAYS}" for path in erasure.containers)])


def render_event(entry: LogEntry) -> str:
    """Render one event of the log: when, what, to which document, and its details."""
    try:
        moment = datetime.fromisoformat(entry.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):  # a damaged catalogue, which `verify` finds
        moment = entry.at
    subject = " ".join(part for part in (entry.document, entry.path) if part)
    details = ", ".join(_details(entry))
    return plain_screen([f"{moment}  {entry.kind:<12} {subject}{'  ' if details else ''}{details}"])


def _details(entry: LogEntry) -> Iterator[str]:
    """Yield the details that neither repeat the event's kind nor are for programs alone."""
    details = {
        name: value for name, value in entry.detail.items() if value not in ("", [], {}) and name not in HIDDEN_DETAILS
    }
    if details.get("state") == entry.kind:
        del details["state"]
    if "why" in details:
        details.pop("reason", None)  # it is the same sentence with who and when
    for name, value in details.items():
        if name == "fields" and isinstance(value, dict):
            yield from (f"{field}: {_field_change(change)}" for field, change in value.items())
        else:
            yield f"{name}: {_as_text(value)}"


def _field_change(change: Any) -> str:
    return _old_and_new(change.get("old"), change.get("new")) if isinstance(change, dict) else _as_text(change)


def _old_and_new(old: str | None, new: str | None) -> str:
    return f"{old or NONE} → {new or NONE}"


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_as_text(inner)}" for name, inner in value.items())
    return ", ".join(map(_as_text, value)) if isinstance(value, list) else str(value)
