"""Withdrawal: hide a document from search, recording who did it, when and why; and restore it.

The file may stay where it is, and the catalogue keeps its text and metadata. Whatever happens to the file (it is
found again, moved, changed or removed), the document stays withdrawn until an archivist restores it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import original_of_copy
from corpus.catalogue.documents import document, key_of
from corpus.catalogue.events import EventKind, state_before_removal, state_without_withdrawal
from corpus.catalogue.file_records import file_of_document, save_file
from corpus.catalogue.save_documents import set_state
from corpus.document import Document, State
from corpus.errors import UsageError
from corpus.messages import message, render
from corpus.trust.user_text import clean_line
from indexer.archivist.transactions import write_transaction


def withdraw(archive: Path, document_id: str, reason: str, who: str = "") -> Document:
    """Withdraw a document, so that no search finds it any more, and return it as it is then.

    Raises:
        UnknownDocumentError: no document has this id.
        UsageError: it is withdrawn already, or no reason is given.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    why, person = clean_line(reason, "the reason"), clean_line(who, "the name")
    if not why:
        raise UsageError("edit.no-reason")
    with write_transaction(archive) as catalogue:
        before = document(catalogue, document_id)
        if before.state is State.ERASED:
            raise UsageError("erase.is-erased", id=document_id, reason=before.reason)
        if original := original_of_copy(catalogue, document_id):
            raise UsageError("edit.duplicate", id=document_id, original=original.id)
        if before.state is State.WITHDRAWN:
            raise UsageError("edit.withdrawn-already", id=document_id, reason=before.reason)
        day = datetime.now(UTC).date()
        withdrawn = message("edit.withdrawn-by" if person else "edit.withdrawn", day=day, person=person, why=why)
        detail = {"who": person, "why": why, "before": before.state.value, "was": before.reason}
        key = key_of(catalogue, document_id)
        set_state(catalogue, key, State.WITHDRAWN, render(withdrawn), EventKind.WITHDRAWN, **detail)
        return document(catalogue, document_id)


def restore(archive: Path, document_id: str, who: str = "") -> Document:
    """Restore a withdrawn document to the state it would be in had it never been withdrawn, and return it.

    Raises:
        UnknownDocumentError: no document has this id.
        UsageError: it is not withdrawn.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    person = clean_line(who, "the name")
    with write_transaction(archive) as catalogue:
        before = document(catalogue, document_id)
        if before.state is State.ERASED:
            raise UsageError("erase.is-erased", id=document_id, reason=before.reason)
        if original := original_of_copy(catalogue, document_id):
            raise UsageError("edit.duplicate", id=document_id, original=original.id)
        if before.state is not State.WITHDRAWN:
            raise UsageError("edit.not-withdrawn", id=document_id)
        _restore_state(catalogue, document_id, person)
        return document(catalogue, document_id)


def _restore_state(catalogue: Catalogue, document_id: str, who: str) -> None:
    key = key_of(catalogue, document_id)
    file = file_of_document(catalogue, key)
    before, reason = state_without_withdrawal(catalogue, document_id)
    file_missing = file is not None and file.state is State.MISSING
    was_missing = before is State.MISSING
    state = state_before_removal(catalogue, document_id) if was_missing else before
    if file and file.state is State.WITHDRAWN:
        # When a file comes back, it takes the state of its document, which was withdrawn then.
        save_file(catalogue, replace(file, state=state))
    restored = State.MISSING if was_missing and file_missing else state
    set_state(catalogue, key, restored, reason, EventKind.RESTORED, who=who)
    if file_missing and not was_missing:
        set_state(catalogue, key, State.MISSING, None, EventKind.REMOVED, before=state.value)
