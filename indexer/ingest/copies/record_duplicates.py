"""Decide whether a document that was read is a duplicate, and keep one original for each content.

Content decides. The first document with some bytes is their original, and all others are its duplicates. Of several
that are new in one run, it is the file, then the first by path and address, in whatever order they were read. Where an
original's bytes leave its place, it takes the place of a copy, so that its id and its corrections stay with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import (
    DocumentPlace,
    copy_to_replace,
    exchange_places,
    missing_original,
    original_of,
    place_of,
    place_of_key,
)
from corpus.catalogue.documents import candidates
from corpus.catalogue.events import UNREAD, EventKind, first_event, state_before_removal, was_removed_from_file
from corpus.catalogue.save_documents import (
    DocumentRecord,
    is_copied,
    log_copies,
    save_candidates,
    save_duplicate,
    set_state,
)
from corpus.document import SEARCHABLE, Source, State
from corpus.messages import message
from indexer.ingest.copies.moved_metadata import Redescribe, metadata_change
from indexer.metadata.selection import choose_metadata

GIVEN_SOURCES = frozenset({Source.CORRECTION, Source.LISTING})
"""Sources whose candidates are not in any file: reading it again must not lose them."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The circumstances in which documents are recorded.

    Attributes:
        redescribe: describes documents at new places.
        since: number of the last event before. Documents that were added later are new, and may become duplicates of
            others that are.
    """

    redescribe: Redescribe
    since: int


def record_if_duplicate(catalogue: Catalogue, document: DocumentRecord, path: str, recording: Recording) -> bool:
    """Record a document that was read as a duplicate, if it is one; otherwise make room for it at its place.

    A document that an archivist or a listing describes is never made a duplicate, so its id and values stay.

    Returns:
        Whether it is a duplicate, and recorded.
    """
    own = place_of(catalogue, document.file, document.part)
    if own and own.digest != document.content_digest:
        if own.state is State.DUPLICATE:
            drop_copy(catalogue, own, None)
        elif leave_place(catalogue, own, recording.redescribe):
            own = place_of(catalogue, document.file, document.part)
    original = original_of(catalogue, document.content_digest, besides=own.key if own else 0)
    readable = document.extraction.state in SEARCHABLE
    if original is None:
        if readable and not (own and own.has_text):
            _take_over_missing(catalogue, document, path, recording)
        return False
    if own and (own.state is State.WITHDRAWN or _is_described(catalogue, own)):
        return False
    if document.part and not (readable and _precedes(catalogue, document, path, original, recording)):
        _save_as_duplicate(catalogue, document, path, original)
        return True
    if readable and original.part:
        _become_original(catalogue, document, path, own, original, recording)
    return False


def drop_copy(catalogue: Catalogue, copy: DocumentPlace, reason: str | None) -> None:
    """Record that a copy inside a file is gone."""
    set_state(catalogue, copy.key, State.MISSING, reason, EventKind.REMOVED, before=State.DUPLICATE.value)
    if not is_copied(catalogue, copy.digest):
        log_copies(catalogue, copy.digest)


def leave_place(catalogue: Catalogue, own: DocumentPlace, redescribe: Redescribe) -> bool:
    """Have an original whose bytes leave its place take that of a copy, and return whether there is one.

    The row that is at the place then is that of the copy, which is missing.
    """
    is_only_original = own.has_text and not original_of(catalogue, own.digest, besides=own.key)
    if not is_only_original or own.state is State.FAILED:
        return False
    copy = copy_to_replace(catalogue, own.digest)
    if copy is None:
        return False
    state = state_before_removal(catalogue, own.id) if own.state is State.MISSING else own.state
    replace_copy(catalogue, own, copy, state, redescribe)
    return True


def replace_copy(
    catalogue: Catalogue, original: DocumentPlace, copy: DocumentPlace, state: State, redescribe: Redescribe
) -> None:
    """Have an original take the place of a copy, in a state; the copy's row is at the former place, and missing."""
    is_gone_from_file = original.state is State.MISSING and was_removed_from_file(catalogue, original.id)
    _move_original(catalogue, original, copy, state, redescribe)
    reason = str(message("run.embedded-removed")) if is_gone_from_file else None
    set_state(catalogue, copy.key, State.MISSING, reason, EventKind.REMOVED, before=State.DUPLICATE.value)


def _move_original(
    catalogue: Catalogue, original: DocumentPlace, copy: DocumentPlace, state: State, redescribe: Redescribe
) -> None:
    exchange_places(catalogue, original, copy)
    earlier = candidates(catalogue, original.key)
    redescribed, metadata = redescribe(copy.path, copy.part, earlier)
    save_candidates(catalogue, original.key, redescribed, metadata)
    change = metadata_change(choose_metadata(earlier), metadata)
    # The reason of a missing document says why it is missing.
    reason = "" if original.state is State.MISSING else None
    set_state(catalogue, original.key, state, reason, EventKind.MOVED, copy=copy.id, **change)


def return_to_file(catalogue: Catalogue, file: int) -> None:
    """Have the document of a file that returns come back to it from the copy inside a file whose place it took."""
    row = place_of(catalogue, file, "")
    if row is None or row.has_text or not row.digest:
        return
    original = original_of(catalogue, row.digest) or missing_original(catalogue, row.digest)
    if original is None:
        return
    exchange_places(catalogue, original, row)
    if original.state is not State.MISSING:
        set_state(
            catalogue, row.key, State.DUPLICATE, None, EventKind.DUPLICATE, original=original.id, **{UNREAD: True}
        )


def _is_described(catalogue: Catalogue, own: DocumentPlace) -> bool:
    return any(candidate.source in GIVEN_SOURCES for candidate in candidates(catalogue, own.key))


def _precedes(
    catalogue: Catalogue, document: DocumentRecord, path: str, original: DocumentPlace, recording: Recording
) -> bool:
    """Return whether a document inside a file comes before an original that is new as well."""
    if not original.part or (path, document.part) >= (original.path, original.part):
        return False
    return first_event(catalogue, original.id) > recording.since


def _save_as_duplicate(catalogue: Catalogue, document: DocumentRecord, path: str, original: DocumentPlace) -> int:
    is_first = not is_copied(catalogue, document.content_digest)
    key = save_duplicate(catalogue, document, path, original.id)
    if is_first:
        log_copies(catalogue, document.content_digest)
    return key


def _take_over_missing(catalogue: Catalogue, document: DocumentRecord, path: str, recording: Recording) -> None:
    """Have the missing original of some bytes, if there is one, take the place where they have been found."""
    missing = missing_original(catalogue, document.content_digest)
    if missing:
        key = _save_as_duplicate(catalogue, document, path, missing)
        state = document.extraction.state
        replace_copy(catalogue, missing, place_of_key(catalogue, key), state, recording.redescribe)


def _become_original(
    catalogue: Catalogue,
    document: DocumentRecord,
    path: str,
    own: DocumentPlace | None,
    original: DocumentPlace,
    recording: Recording,
) -> None:
    """Make the original of some bytes a duplicate of a document that goes before it."""
    is_new = first_event(catalogue, original.id) > recording.since
    if own and own.has_text:
        if not (original.state is State.WITHDRAWN or _is_described(catalogue, original)):
            _make_duplicate(catalogue, document, original, own.id)
    elif is_new and not own and original.part != document.part:
        _make_duplicate(catalogue, document, original, "")
    else:
        # The original keeps its id, which nobody else may get: it comes here, and leaves a copy where it was.
        key = _save_as_duplicate(catalogue, document, path, original)
        _move_original(catalogue, original, place_of_key(catalogue, key), original.state, recording.redescribe)
        set_state(catalogue, key, State.DUPLICATE, None, EventKind.DUPLICATE, original=original.id, **{UNREAD: True})


def _make_duplicate(catalogue: Catalogue, document: DocumentRecord, original: DocumentPlace, document_id: str) -> None:
    """Make the original of a document's bytes a duplicate of it; its id is ``""`` where it has none yet."""
    copy = replace(document, file=original.file, part=original.part)
    save_duplicate(catalogue, copy, original.path, document_id, is_read=False)
