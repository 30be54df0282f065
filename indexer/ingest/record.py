"""The bookkeeping half of a run: steps of a plan written into the catalogue, each in its right order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import (
    DocumentRecord,
    candidates,
    documents_of_file,
    key_of_part,
    keys_of_file,
    save_candidates,
    save_document,
    set_state,
    state_before_loss,
)
from corpus.catalogue.file_records import FileRecord, delete_file_record, file_at, originals_with_digest, save_file
from corpus.document import Candidate, Document, EmbeddedDocument, Extraction, Metadata, Source, State
from indexer.ingest.plan import Action, Present, ending
from indexer.metadata.selection import choose

PATH_SOURCES = frozenset({Source.FILE_NAME, Source.FOLDER})
"""Sources whose candidates change when a file moves."""

GIVEN_SOURCES = frozenset({Source.CORRECTION, Source.LISTING})
"""Sources whose candidates no file holds: reading it again must not lose them."""

Renamed = Callable[[str, tuple[Candidate, ...]], tuple[tuple[Candidate, ...], Metadata]]
"""From a new path and the candidates that do not hang on it, to all candidates and the chosen ones."""


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What reading one file, or one document inside it, gave: its text, its candidates and the chosen ones.

    ``digest`` is that of the bytes of a document inside a file; a file's own is known beforehand.
    """

    extraction: Extraction
    format: str
    candidates: tuple[Candidate, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    digest: str = ""


def record(catalogue: Catalogue, action: Action, outcome: ReadOutcome, *, complete: bool = True) -> State:
    """Write down a file that was read: its record, and its document unless there is none to be had from it.

    A file whose very bytes cannot be had now leaves everything as it was when they could. One that is not
    ``complete``, because documents inside it are still to come, gets its digest only when they have (`complete`).
    """
    present, extraction = present_of(action), outcome.extraction
    before = action.record
    if before and before.digest and not present.digest:
        catalogue.log("unreadable", path=present.path, reason=extraction.reason)
        return State.FAILED
    file = save_file(catalogue, replace(
        _fresh(present), key=before.key if before else 0, digest=present.digest if complete else "",
        state=extraction.state, reason=extraction.reason, reader=extraction.reader,
        attempts=before.attempts + 1 if before and before.digest == present.digest else 1,
    ))  # fmt: skip
    if extraction.state is State.FAILED and not keys_of_file(catalogue, file):
        catalogue.log("failed", path=present.path, reason=extraction.reason, reader=extraction.reader)
        return extraction.state
    if extraction.text.all_texts or extraction.state in {State.FAILED, State.WITHOUT_TEXT}:
        _save(catalogue, action, DocumentRecord(file, present.digest, outcome.format, extraction, outcome.candidates,
                                         outcome.metadata))  # fmt: skip
    if complete and before:
        _drop_parts(catalogue, file, {""})
    return extraction.state


def record_part(catalogue: Catalogue, action: Action, part: EmbeddedDocument, outcome: ReadOutcome) -> State:
    """Write down a document inside a file; one that holds nothing but others leaves that to them."""
    extraction = outcome.extraction
    file = file_at(catalogue, present_of(action).path)
    if extraction.text.all_texts or extraction.state in {State.FAILED, State.WITHOUT_TEXT}:
        _save(catalogue, action, DocumentRecord(file.key, outcome.digest or part.address, outcome.format, extraction,
                                         outcome.candidates, outcome.metadata, part.address))  # fmt: skip
    return extraction.state


def complete(catalogue: Catalogue, action: Action, parts: Sequence[str]) -> None:
    """Write down that every document inside a file is recorded; those it held before and holds no more are gone."""
    present = present_of(action)
    file = file_at(catalogue, present.path)
    save_file(catalogue, replace(file, digest=present.digest))
    _drop_parts(catalogue, file.key, {"", *parts})


def _save(catalogue: Catalogue, action: Action, holding: DocumentRecord) -> None:
    """Keep a document; what no file can say of it, because somebody else did, outlives every reading."""
    key = key_of_part(catalogue, holding.file, holding.part)
    given = tuple(one for one in candidates(catalogue, key) if one.source in GIVEN_SOURCES) if key else ()
    if given:
        found = (*given, *holding.candidates)
        holding = replace(holding, candidates=found, metadata=choose(found))
    save_document(catalogue, holding, present_of(action).path, action.step.value)


def _drop_parts(catalogue: Catalogue, file: int, kept: Collection[str]) -> None:
    for key, document in documents_of_file(catalogue, file):
        if document.part not in kept and document.state not in {State.MISSING, State.WITHDRAWN}:
            before = document.state.value
            set_state(catalogue, key, State.MISSING, "no longer in its file", "removed", before=before)


def lose(catalogue: Catalogue, action: Action) -> None:
    """Write down that a file is gone. Its document stays, marked missing; a copy's record is dropped."""
    gone = _record(action)
    if not keys_of_file(catalogue, gone.key):
        delete_file_record(catalogue, gone.key)
        catalogue.log("removed", path=gone.path, digest=gone.digest, state=gone.state.value)
        return
    save_file(catalogue, replace(gone, state=State.MISSING))
    lift(catalogue, action)


def lift(catalogue: Catalogue, action: Action) -> None:
    """Write down that the documents of a file are not where they were: gone, or to be read on another path."""
    for key, document in documents_of_file(catalogue, _record(action).key):
        if document.state not in {State.MISSING, State.WITHDRAWN}:  # a tombstone stands whatever becomes of the file
            set_state(catalogue, key, State.MISSING, None, "removed", before=document.state.value)


def vacate(catalogue: Catalogue, moves: Sequence[Action]) -> None:
    """Free the paths that moving files leave, so that files may change places with each other."""
    for action in moves:
        save_file(catalogue, replace(_record(action), state=State.MISSING))


def move(catalogue: Catalogue, action: Action, renamed: Renamed) -> None:
    """Write down that a known file stands on another path, or is there again."""
    present, before = present_of(action), _record(action)
    save_file(catalogue, replace(_at(before, present), state=_former_state(catalogue, before)))
    kind = "returned" if action.returns else "moved"
    for key, document in documents_of_file(catalogue, before.key):
        kept = tuple(one for one in candidates(catalogue, key) if one.source not in PATH_SOURCES)
        save_candidates(catalogue, key, *renamed(present.path, kept))
        set_state(catalogue, key, _standing(catalogue, document), None, kind, was=before.path)


def keep(catalogue: Catalogue, action: Action) -> None:
    """Write down how an unchanged file stands now, should its times differ."""
    present, before = present_of(action), _record(action)
    now = _at(before, present)
    if now != before:
        save_file(catalogue, now)


def copy(catalogue: Catalogue, action: Action) -> State | None:
    """Write down a file that repeats another: a duplicate of its document, or failed like it.

    Nothing is written and None returned when all that is known of its bytes is that they could not be read under a
    name with another ending: such a file is to be read itself.
    """
    present = present_of(action)
    key = action.record.key if action.record else 0
    others = [one for one in originals_with_digest(catalogue, present.digest) if one.key != key]
    read = next((one for one in others if one.state is not State.FAILED), None)
    alike = next((one for one in others if ending(one.path) == ending(present.path)), None)
    made = replace(_fresh(present), key=key)
    if read:
        first = next(iter(keys_of_file(catalogue, read.key)), None)
        made = replace(made, state=State.DUPLICATE, duplicate_of=first, reason=f"the same bytes as {read.path}")
    elif alike:
        made = replace(made, reason=f"the same bytes as {alike.path}: {alike.reason}", attempts=1)
    else:
        return None
    save_file(catalogue, made)
    catalogue.log(made.state.value, path=present.path, reason=made.reason)
    return made.state


def _former_state(catalogue: Catalogue, before: FileRecord) -> State:
    if before.state is not State.MISSING:
        return before.state
    held = documents_of_file(catalogue, before.key)
    return next((_standing(catalogue, document) for _, document in held), State.FAILED)


def _standing(catalogue: Catalogue, document: Document) -> State:
    return state_before_loss(catalogue, document.id) if document.state is State.MISSING else document.state


def _at(record: FileRecord, present: Present) -> FileRecord:
    seen = present.seen
    return replace(record, path=present.path, size=seen.size, mtime_ns=seen.mtime_ns, ctime_ns=seen.ctime_ns)


def _fresh(present: Present) -> FileRecord:
    seen = present.seen
    return FileRecord(
        0, present.path, seen.size, seen.mtime_ns, seen.ctime_ns, present.digest, State.FAILED
    )  # fmt: skip


def present_of(action: Action) -> Present:
    """The file that an action is about."""
    if action.present is None:
        raise ValueError(f"{action.step} without a file")
    return action.present


def _record(action: Action) -> FileRecord:
    if action.record is None:
        raise ValueError(f"{action.step} without a record")
    return action.record
