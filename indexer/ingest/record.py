"""The recording half of a run: each action of a plan written into the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.catalogue import Catalogue
from corpus.catalogue.copies.content_places import original_of, place_of_key
from corpus.catalogue.documents import (
    candidates,
    documents_of_file,
    key_of_part,
    keys_of_file,
    state_of,
)
from corpus.catalogue.events import (
    EventKind,
    change_begun,
    log_event,
    parts_recorded_since,
    state_before_removal,
    was_removed_from_file,
)
from corpus.catalogue.file_records import FileRecord, delete_file_record, file_at, originals_with_digest, save_file
from corpus.catalogue.save_documents import (
    DocumentRecord,
    is_copied,
    log_copies,
    save_candidates,
    save_document,
    set_state,
)
from corpus.document import SEARCHABLE, Candidate, Document, EmbeddedDocument, Extraction, Metadata, Source, State
from corpus.messages import message
from indexer.ingest.copies.moved_metadata import PATH_SOURCES, Redescribe, metadata_change
from indexer.ingest.copies.record_duplicates import (
    GIVEN_SOURCES,
    Recording,
    drop_copy,
    record_if_duplicate,
    return_to_file,
)
from indexer.ingest.plan import REREADING, Action, PresentFile, Step, ending
from indexer.metadata.selection import choose_metadata, former_candidates


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A file, or a document inside it, that was read, with its metadata chosen.

    Attributes:
        extraction: its text.
        format: short name of its format.
        candidates: for its metadata.
        metadata: the chosen ones.
        digest: of the bytes of a document inside a file; a file's own is known beforehand.
        reader_version: version of the format's readers; 0 where no reader knew the format.
        machine_failure: whether the machine may be to blame that it could not be read, not the file.
    """

    extraction: Extraction
    format: str
    candidates: tuple[Candidate, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    digest: str = ""
    reader_version: int = 0
    machine_failure: bool = False


MAX_UNASKED_READINGS = 2
"""Readings of a file that fails for the machine's sake: that of one run and of the next. Then it waits to be asked."""


def record_file(
    catalogue: Catalogue, action: Action, outcome: DescribedFile, recording: Recording, *, complete: bool = True
) -> State:
    """Record a file that was read, and its document.

    A file that was read before and whose bytes cannot be read now leaves its record and document as they were.

    Args:
        catalogue: open for writing.
        action: the action that called for reading.
        outcome: what was read.
        recording: the circumstances.
        complete: whether no document inside it is still to come. Otherwise the record gets its digest only when
            `mark_complete` is called.

    Returns:
        The state of the file.
    """
    present, extraction = present_file(action), outcome.extraction
    before = action.record
    attempts = before.attempts + 1 if before and before.digest == present.digest else 1
    again = int(outcome.machine_failure and attempts < MAX_UNASKED_READINGS)
    if before and before.digest and not present.digest:
        log_event(catalogue, EventKind.UNREADABLE, path=present.path, reason=extraction.reason)
        return State.FAILED
    if before and _keeps_text(action, before.state, extraction):
        save_file(catalogue, replace(before, attempts=attempts, again=again))
        log_event(catalogue, EventKind.UNREADABLE, path=present.path, reason=extraction.reason)
        return before.state
    file = save_file(catalogue, replace(
        _new_record(present), key=before.key if before else 0, digest=present.digest if complete else "",
        state=extraction.state, reason=extraction.reason, reader=extraction.reader, attempts=attempts, again=again,
    ))  # fmt: skip
    if not complete and ((before and before.digest) or not change_begun(catalogue, present.path, present.digest)):
        log_event(catalogue, EventKind.BEGUN, path=present.path, digest=present.digest)
    _record_document(catalogue, action, outcome, file, recording)
    if complete and before:
        _mark_embedded_missing(catalogue, file, {""})
    return extraction.state


def _record_document(
    catalogue: Catalogue, action: Action, outcome: DescribedFile, file: int, recording: Recording
) -> None:
    """Record the document of a file, unless there is none: the file failed, or only contains others."""
    present, extraction = present_file(action), outcome.extraction
    if extraction.state is State.FAILED and not keys_of_file(catalogue, file):
        log_event(catalogue, EventKind.FAILED, path=present.path, reason=extraction.reason,
                  reader=extraction.reader)  # fmt: skip
    elif extraction.text.all_texts or extraction.state in {State.FAILED, State.WITHOUT_TEXT}:
        document = DocumentRecord(
            file, present.digest, outcome.format, extraction, outcome.candidates, outcome.metadata,
            reader_version=outcome.reader_version,
        )  # fmt: skip
        record_if_duplicate(catalogue, document, present.path, recording)  # never of a file, but it makes room
        _save(catalogue, action, document)


def _keeps_text(action: Action, state: State, extraction: Extraction) -> bool:
    """Return whether a failed attempt to read the same bytes again leaves what was read of them before."""
    return action.step in REREADING and state in SEARCHABLE and extraction.state is State.FAILED


def record_embedded(
    catalogue: Catalogue, action: Action, embedded: EmbeddedDocument, outcome: DescribedFile, recording: Recording
) -> State:
    """Record a document inside a file, unless it only contains others, and return its state."""
    extraction = outcome.extraction
    file = file_at(catalogue, present_file(action).path)
    if outcome.machine_failure and file.attempts < MAX_UNASKED_READINGS:
        save_file(catalogue, replace(file, again=1))
    known = key_of_part(catalogue, file.key, embedded.address)
    if known is not None and _keeps_text(action, state_of(catalogue, known), extraction):
        log_event(catalogue, EventKind.UNREADABLE, path=present_file(action).path, reason=extraction.reason)
        return state_of(catalogue, known)
    if extraction.text.all_texts or extraction.state in {State.FAILED, State.WITHOUT_TEXT}:
        document = DocumentRecord(
            file.key, outcome.digest or embedded.address, outcome.format, extraction, outcome.candidates,
            outcome.metadata, embedded.address, outcome.reader_version,
        )  # fmt: skip
        if record_if_duplicate(catalogue, document, file.path, recording):
            return State.DUPLICATE
        _save(catalogue, action, document)
    return extraction.state


def mark_complete(catalogue: Catalogue, action: Action, addresses: Sequence[str]) -> None:
    """Mark a file as completely recorded, and the documents as missing that it no longer contains.

    Args:
        catalogue: open for writing.
        action: the action that called for reading.
        addresses: of the documents inside the file, without those that were erased.
    """
    present = present_file(action)
    file = file_at(catalogue, present.path)
    is_emptied = not addresses and not keys_of_file(catalogue, file.key)
    state = State.ERASED if is_emptied else file.state
    save_file(catalogue, replace(file, digest=present.digest, state=state))
    _mark_embedded_missing(catalogue, file.key, {"", *addresses})
    if is_copied(catalogue, present.digest):
        # While its file had no digest, a document may have been indexed as one without copies.
        log_copies(catalogue, present.digest)


def recorded_parts(catalogue: Catalogue, action: Action) -> set[str]:
    """Return the addresses of the documents inside a file that an earlier run, which did not finish it, recorded."""
    present, before = present_file(action), action.record
    if before is None or before.digest:
        return set()
    begun = change_begun(catalogue, present.path, present.digest)
    return parts_recorded_since(catalogue, present.path, begun) if begun else set()


def mark_unfinished(catalogue: Catalogue, action: Action, read: int, total: int) -> None:
    """Mark a file as read in part, because its time is up; the next run continues."""
    reason = str(message("run.unfinished", read=read, total=total))
    file = file_at(catalogue, present_file(action).path)
    save_file(catalogue, replace(file, state=State.PARTIAL, reason=reason))


def _save(catalogue: Catalogue, action: Action, document: DocumentRecord) -> None:
    """Save a document. Corrections and what listings say, which are not in the file, are kept."""
    key = key_of_part(catalogue, document.file, document.part)
    earlier = candidates(catalogue, key) if key else ()
    given = tuple(candidate for candidate in earlier if candidate.source in GIVEN_SOURCES)
    # Bytes that were read under another name keep what that name said.
    names = PATH_SOURCES if action.step is Step.MOVE else frozenset[Source]()
    former = former_candidates(earlier, document.candidates, names)
    if given or former:
        all_candidates = (*given, *document.candidates, *former)
        document = replace(document, candidates=all_candidates, metadata=choose_metadata(all_candidates))
    moved = key is not None and action.step is Step.MOVE
    change = metadata_change(choose_metadata(earlier), document.metadata) if moved else {}
    save_document(catalogue, document, present_file(action).path, EventKind(action.step.value), **change)


def _mark_embedded_missing(catalogue: Catalogue, file: int, remaining: Collection[str]) -> None:
    for key, document in documents_of_file(catalogue, file):
        if document.part not in remaining:
            _mark_document_missing(catalogue, key, document, str(message("run.embedded-removed")))


def _mark_document_missing(catalogue: Catalogue, key: int, document: Document, reason: str | None) -> None:
    """Record that a document is no longer at its place; a tombstone stays whatever becomes of the file."""
    if document.state is State.DUPLICATE:
        drop_copy(catalogue, place_of_key(catalogue, key), reason)
    elif document.state not in {State.MISSING, State.WITHDRAWN}:
        set_state(catalogue, key, State.MISSING, reason, EventKind.REMOVED, before=document.state.value)


def mark_missing(catalogue: Catalogue, action: Action) -> None:
    """Record that a file is gone. Its document stays, marked missing; a copy's record is deleted."""
    record = _record_of(action)
    if not keys_of_file(catalogue, record.key):
        delete_file_record(catalogue, record.key)
        log_event(catalogue, EventKind.REMOVED, path=record.path, digest=record.digest, state=record.state.value)
        if record.state is State.DUPLICATE and not is_copied(catalogue, record.digest):
            log_copies(catalogue, record.digest)
        return
    save_file(catalogue, replace(record, state=State.MISSING))
    mark_documents_missing(catalogue, action)


def mark_documents_missing(catalogue: Catalogue, action: Action) -> None:
    """Record that the documents of a file are no longer at its path: gone, or to be read at another."""
    for key, document in documents_of_file(catalogue, _record_of(action).key):
        _mark_document_missing(catalogue, key, document, None)


def free_paths(catalogue: Catalogue, moves: Sequence[Action]) -> None:
    """Free the paths that moving files leave, so that files can change places with each other."""
    for action in moves:
        save_file(catalogue, replace(_record_of(action), state=State.MISSING))


def record_move(catalogue: Catalogue, action: Action, redescribe: Redescribe) -> None:
    """Record that a known file is at another path, or has returned to its own."""
    present, before = present_file(action), _record_of(action)
    return_to_file(catalogue, before.key)
    save_file(catalogue, replace(_with_status(before, present), state=_former_state(catalogue, before)))
    kind = EventKind.RETURNED if action.returns else EventKind.MOVED
    for key, document in documents_of_file(catalogue, before.key):
        if (state := _state_when_present(catalogue, document)) is State.MISSING:
            continue
        redescribed, metadata = redescribe(present.path, document.part, candidates(catalogue, key))
        save_candidates(catalogue, key, redescribed, metadata)
        change = metadata_change(document.metadata, metadata)
        digest = place_of_key(catalogue, key).digest
        is_first = state is State.DUPLICATE and not is_copied(catalogue, digest)
        set_state(catalogue, key, state, None, kind, was=before.path, **change)
        if is_first:
            log_copies(catalogue, digest)


def record_unchanged(catalogue: Catalogue, action: Action) -> None:
    """Record the times of a file whose content is unchanged, where they differ."""
    before = _record_of(action)
    now = _with_status(before, present_file(action))
    if now != before:
        save_file(catalogue, now)


def record_copy(catalogue: Catalogue, action: Action) -> State | None:
    """Record a file that repeats another, or a document inside one: a duplicate of the document, or failed like it.

    Returns:
        The state of the file. None when the same bytes failed before, but under names with other endings: another
        reader may succeed, so the file must be read, and nothing is recorded.
    """
    present = present_file(action)
    key = action.record.key if action.record else 0
    originals = [original for original in originals_with_digest(catalogue, present.digest) if original.key != key]
    readable = next((original for original in originals if original.state is not State.FAILED), None)
    failed_alike = next((original for original in originals if ending(original.path) == ending(present.path)), None)
    copy = replace(_new_record(present), key=key)
    is_first, detail = not is_copied(catalogue, present.digest), {}
    if readable:
        document = next(iter(keys_of_file(catalogue, readable.key)), None)
        reason = str(message("run.copy", path=readable.path))
        copy = replace(copy, state=State.DUPLICATE, duplicate_of=document, reason=reason)
    elif inside := original_of(catalogue, present.digest):
        reason = str(message("run.copy", path=inside.address))
        copy = replace(copy, state=State.DUPLICATE, duplicate_of=inside.key, reason=reason)
        detail = {"digest": present.digest}  # by which the event is found when the document is erased
    elif failed_alike:
        reason = str(message("run.copy-of-failed", path=failed_alike.path, reason=failed_alike.reason))
        copy = replace(copy, reason=reason, attempts=1, again=failed_alike.again)
    else:
        return None
    save_file(catalogue, copy)
    log_event(catalogue, EventKind(copy.state.value), path=present.path, reason=copy.reason, **detail)
    if copy.state is State.DUPLICATE and is_first:
        log_copies(catalogue, copy.digest)
    return copy.state


def _former_state(catalogue: Catalogue, record: FileRecord) -> State:
    if record.state is not State.MISSING:
        return record.state
    states = (_state_when_present(catalogue, document) for _, document in documents_of_file(catalogue, record.key))
    state = next((state for state in states if state is not State.MISSING), State.FAILED)
    return State.INDEXED if state is State.DUPLICATE else state  # only what is inside the file is a copy


def _state_when_present(catalogue: Catalogue, document: Document) -> State:
    if document.state is not State.MISSING or was_removed_from_file(catalogue, document.id):
        return document.state
    return state_before_removal(catalogue, document.id)


def _with_status(record: FileRecord, present: PresentFile) -> FileRecord:
    status = present.scanned
    return replace(record, path=present.path, size=status.size, mtime_ns=status.mtime_ns, ctime_ns=status.ctime_ns)


def _new_record(present: PresentFile) -> FileRecord:
    status = present.scanned
    return FileRecord(
        0, present.path, status.size, status.mtime_ns, status.ctime_ns, present.digest, State.FAILED
    )  # fmt: skip


def present_file(action: Action) -> PresentFile:
    """Return the file that an action is about.

    Raises:
        ValueError: the action is about a file that is gone.
    """
    if action.present is None:
        raise ValueError(f"{action.step} without a file")
    return action.present


def _record_of(action: Action) -> FileRecord:
    if action.record is None:
        raise ValueError(f"{action.step} without a record")
    return action.record
