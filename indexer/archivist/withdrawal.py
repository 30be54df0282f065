"""Tombstones: a document taken out of sight, with who did it, when and why; and the way back.

The file may stay where it is, and the catalogue keeps what was read of it. A tombstone stands whatever becomes of the
file: seen again, moved, changed or gone, the document stays withdrawn until an archivist restores it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import document as find
from corpus.catalogue.documents import key_of, set_state, state_before_loss
from corpus.document import Document, State
from corpus.errors import UsageError
from indexer.archivist.transactions import write_transaction
from indexer.archivist.user_text import clean_line


def withdraw(archive: Path, name: str, reason: str, who: str = "") -> Document:
    """Withdraw the document with the id ``name``: no search finds it any more; the document as it stands then.

    Raises:
        UnknownDocumentError: there is none.
        UsageError: it is withdrawn already, or no reason is given.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    why, person = clean_line(reason, "the reason"), clean_line(who, "the name")
    if not why:
        raise UsageError("a document is withdrawn for a reason, and none is given", "Say why with --reason.")
    with write_transaction(archive) as catalogue:
        before = find(catalogue, name)
        if before.state is State.WITHDRAWN:
            raise UsageError(f"{name} is withdrawn already: {before.reason}", "'muniment restore' brings it back.")
        by = f" by {person}" if person else ""
        text = f"withdrawn on {datetime.now(UTC).date()}{by}: {why}"
        detail = {"who": person, "why": why, "before": before.state.value, "was": before.reason}
        set_state(catalogue, key_of(catalogue, name), State.WITHDRAWN, text, "withdrawn", **detail)
        return find(catalogue, name)


def restore(archive: Path, name: str, who: str = "") -> Document:
    """Bring a withdrawn document back to the state it would be in had it never been withdrawn; the document then.

    Raises:
        UnknownDocumentError: there is none with this id.
        UsageError: it is not withdrawn.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    person = clean_line(who, "the name")
    with write_transaction(archive) as catalogue:
        if find(catalogue, name).state is not State.WITHDRAWN:
            raise UsageError(f"{name} is not withdrawn", "'muniment log --kind withdrawn' lists those that were.")
        _bring_back(catalogue, name, person)
        return find(catalogue, name)


def _bring_back(catalogue: Catalogue, name: str, who: str) -> None:
    key = key_of(catalogue, name)
    file, gone = _file(catalogue, key)
    before, reason = _standing(catalogue, name, key)
    lost = before is State.MISSING
    standing = state_before_loss(catalogue, name) if lost else before
    if file and not gone:
        # A file that came back while its document was withdrawn had no better state to take.
        catalogue.run("UPDATE files SET state = ? WHERE key = ? AND state = 'withdrawn'", standing.value, file)
    set_state(catalogue, key, State.MISSING if lost and gone else standing, reason, "restored", who=who)
    if gone and not lost:
        set_state(catalogue, key, State.MISSING, None, "removed", before=standing.value)


def _file(catalogue: Catalogue, key: int) -> tuple[int, bool]:
    """Key of the document's file, 0 for none, and whether that file is missing."""
    rows = catalogue.rows("SELECT f.key, f.state FROM documents d JOIN files f ON f.key = d.file WHERE d.key = ?", key)
    return (rows[0][0], rows[0][1] == State.MISSING.value) if rows else (0, False)


def _standing(catalogue: Catalogue, name: str, key: int) -> tuple[State, str]:
    """State and reason a withdrawn document would have: those it had, or those its file gave when last read since."""
    rows = catalogue.rows(
        "SELECT kind, detail FROM events WHERE document = ? AND kind IN ('withdrawn', 'added', 'changed', 'retried')"
        " ORDER BY number DESC LIMIT 1", name,
    )  # fmt: skip
    kind, told = (rows[0][0], json.loads(rows[0][1])) if rows else ("withdrawn", {})
    if kind == "withdrawn":
        return State(told.get("before", State.INDEXED)), str(told.get("was", ""))
    of_file = catalogue.rows(
        "SELECT f.reason FROM documents d JOIN files f ON f.key = d.file WHERE d.key = ? AND d.part = ''", key
    )
    return State(told.get("state", State.INDEXED)), str(told.get("reason", of_file[0][0] if of_file else ""))
