"""Lists of the files and documents in a state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from corpus.catalogue.copies.content_places import original_of
from corpus.catalogue.documents import candidates, documents, key_of
from corpus.catalogue.events import EventKind
from corpus.catalogue.store import Catalogue, stored_member
from corpus.document import UNDISCLOSED, Candidate, Metadata, Source, State
from corpus.messages import message


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one document inside a file, that could not be read or not in full.

    Attributes:
        path: of the file; the address of a document inside it follows after ``>``.
        state: failed, or another state that was asked for.
        reason: one line for a person.
        reader: the reader that tried; empty without one.
        attempts: number of times reading was tried.
        document: id of its document, if it has one.
    """

    path: str
    state: State
    reason: str
    reader: str
    attempts: int
    document: str


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A file or document in a state, with what is known of it.

    Attributes:
        document: id of the document; empty for a file without one.
        path: of the file, and the address of a document inside it after ``>``; empty without a file.
        reason: one line for a person; empty where the state needs none.
        since: UTC time of the event that brought it into the state; empty where the log has none.
        metadata: the chosen values.
        listed: the candidates from listings and sidecars, of links and identifiers too.
        original: of a duplicate, the id of the document with the same bytes; else empty.

    Of a document in a state of `UNDISCLOSED`, ``path``, ``metadata`` and ``listed`` are empty.
    """

    document: str
    path: str
    reason: str = ""
    since: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    listed: tuple[Candidate, ...] = ()
    original: str = ""


_EVENTS_INTO = {
    State.MISSING: EventKind.REMOVED,
    State.LISTED: EventKind.LISTED,
    State.WITHDRAWN: EventKind.WITHDRAWN,
    State.ERASED: EventKind.ERASED,
}
"""The kind of event that brings a document into a state, where there is only one."""


_HIDDEN = ", ".join(f"'{state.value}'" for state in sorted(UNDISCLOSED))


def failures_in_states(catalogue: Catalogue, states: Collection[State]) -> list[Failure]:
    """Return the files and the documents inside files that are in one of ``states``, ordered by path."""
    values, marks = [state.value for state in states], ", ".join("?" * len(states))
    rows = catalogue.rows(
        "SELECT f.path, f.state, f.reason, f.reader, f.attempts, coalesce(d.id, '') FROM files f"  # noqa: S608 (marks)
        f" LEFT JOIN documents d ON d.file = f.key AND d.part = '' WHERE f.state IN ({marks})"
        " AND coalesce(d.state, '') <> 'withdrawn'"
        " UNION ALL SELECT coalesce(f.path, '') || ' > ' || d.part, d.state, d.reason, coalesce(f.reader, ''),"
        " coalesce(f.attempts, 0), d.id FROM documents d LEFT JOIN files f ON f.key = d.file"
        f" WHERE d.part <> '' AND d.state IN ({marks}) ORDER BY 1",
        *values, *values,
    )  # fmt: skip
    return [Failure(path, stored_member(State, state), *rest) for path, state, *rest in rows]


def entries_in_state(catalogue: Catalogue, state: State) -> list[StateEntry]:
    """Return the files and documents in a state, ordered by path, then by id."""
    if state in UNDISCLOSED:
        return _undisclosed_entries(catalogue, state)
    if state is State.DUPLICATE:
        return _duplicates(catalogue)
    rows = catalogue.rows(
        # A file counts as its document. It may be in any state while its document is undisclosed.
        "SELECT coalesce(d.id, ''), f.path, f.reason FROM files f"  # noqa: S608 (our own states)
        " LEFT JOIN documents d ON d.file = f.key AND d.part = ''"
        f" WHERE f.state = ?1 AND coalesce(d.state, '') NOT IN ({_HIDDEN})"
        " UNION ALL SELECT d.id, coalesce(f.path || iif(d.part = '', '', ' > ' || d.part), ''), d.reason"
        " FROM documents d LEFT JOIN files f ON f.key = d.file"
        " WHERE d.state = ?1 AND (d.file IS NULL OR d.part <> '') ORDER BY 2, 1",
        state.value,
    )  # fmt: skip
    times = _times_into(catalogue, state)
    entries = (StateEntry(document_id, path, reason, times.get(document_id, "")) for document_id, path, reason in rows)
    return [_with_metadata(catalogue, entry) if entry.document else entry for entry in entries]


def _duplicates(catalogue: Catalogue) -> list[StateEntry]:
    """Return the files and the documents inside files that are copies, unless their original is undisclosed."""
    rows = catalogue.rows(
        "SELECT '', f.path, f.reason, f.digest, coalesce(o.state, '') FROM files f"
        " LEFT JOIN documents o ON o.key = f.duplicate_of WHERE f.state = ?1"
        " UNION ALL SELECT d.id, f.path || ' > ' || d.part, '', d.digest, '' FROM documents d"
        " JOIN files f ON f.key = d.file WHERE d.state = ?1 ORDER BY 2, 1",
        State.DUPLICATE.value,
    )
    entries = []
    for document_id, path, reason, digest, state in rows:
        original = original_of(catalogue, digest)
        if UNDISCLOSED.isdisjoint((state, original.state if original else "")):
            same = str(message("run.copy", path=original.address)) if original else reason
            entries.append(StateEntry(document_id, path, same, original=original.id if original else ""))
    return entries


def _undisclosed_entries(catalogue: Catalogue, state: State) -> list[StateEntry]:
    times = _times_into(catalogue, state)
    rows = catalogue.rows("SELECT id, reason FROM documents WHERE state = ? ORDER BY id", state.value)
    return [StateEntry(document_id, "", reason, times.get(document_id, "")) for document_id, reason in rows]


def _with_metadata(catalogue: Catalogue, entry: StateEntry) -> StateEntry:
    document = documents(catalogue, [entry.document])[entry.document]
    known = candidates(catalogue, key_of(catalogue, entry.document))
    listed = tuple(candidate for candidate in known if candidate.source is Source.LISTING)
    return StateEntry(entry.document, entry.path, entry.reason, entry.since, document.metadata, listed)


def _times_into(catalogue: Catalogue, state: State) -> dict[str, str]:
    """Return the time of the newest event that brought each document into a state, by id."""
    if state not in _EVENTS_INTO:
        return {}
    kind = _EVENTS_INTO[state].value
    return dict(catalogue.rows("SELECT document, at FROM events WHERE kind = ? ORDER BY number", kind))
