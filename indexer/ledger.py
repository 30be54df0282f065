"""The bookkeeping half of a run: steps of a plan written into the catalogue, each in its right order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import (
    Holding,
    candidates,
    documents_of_file,
    keys_of_file,
    save_candidates,
    save_document,
    set_state,
)
from corpus.catalogue.files import FileRecord, file_holding, forget_file, save_file
from corpus.document import Candidate, Document, Extraction, Metadata, Source, State
from indexer.plan import Action, Present, Step

PATH_SOURCES = frozenset({Source.FILE_NAME, Source.FOLDER})
"""Sources whose candidates change when a file moves."""

Renamed = Callable[[str, tuple[Candidate, ...]], tuple[tuple[Candidate, ...], Metadata]]
"""From a new path and the candidates that do not hang on it, to all candidates and the chosen ones."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file gave: its text, its candidates and the chosen ones."""

    extraction: Extraction
    format: str
    candidates: tuple[Candidate, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)


def record(catalogue: Catalogue, action: Action, outcome: Outcome) -> State:
    """Write down a file that was read: its record, and its document unless it is a file that never could be read."""
    present, extraction = _present(action), outcome.extraction
    before = action.record
    file = save_file(catalogue, replace(
        _fresh(present), key=before.key if before else 0, state=extraction.state, reason=extraction.reason,
        reader=extraction.reader, attempts=before.attempts + 1 if before and before.digest == present.digest else 1,
    ))  # fmt: skip
    if extraction.state is State.FAILED and not keys_of_file(catalogue, file):
        catalogue.log("failed", path=present.path, reason=extraction.reason, reader=extraction.reader)
    else:
        holding = Holding(
            file, present.digest, outcome.format, extraction, outcome.candidates, outcome.metadata
        )  # fmt: skip
        save_document(catalogue, holding, present.path, action.step.value)
    return extraction.state


def lose(catalogue: Catalogue, action: Action) -> None:
    """Write down that a file is gone. Its document stays, marked missing; a copy's record is dropped."""
    gone = _record(action)
    keys = keys_of_file(catalogue, gone.key)
    if not keys:
        forget_file(catalogue, gone.key)
        catalogue.log("removed", path=gone.path, digest=gone.digest, state=gone.state.value)
        return
    save_file(catalogue, replace(gone, state=State.MISSING))
    for key in keys:
        set_state(catalogue, key, State.MISSING, None, "removed")


def vacate(catalogue: Catalogue, moves: Sequence[Action]) -> None:
    """Free the paths that moving files leave, so that files may change places with each other."""
    for action in moves:
        save_file(catalogue, replace(_record(action), state=State.MISSING))


def move(catalogue: Catalogue, action: Action, renamed: Renamed) -> Step:
    """Write down that a known file stands on another path, or is there again; which of the two it was."""
    present, before = _present(action), _record(action)
    save_file(catalogue, replace(_at(before, present), state=_former_state(catalogue, before)))
    returned = before.state is State.MISSING and before.path == present.path
    for key, document in documents_of_file(catalogue, before.key):
        kept = tuple(one for one in candidates(catalogue, key) if one.source not in PATH_SOURCES)
        save_candidates(catalogue, key, *renamed(present.path, kept))
        state = _state_of(document) if document.state is State.MISSING else document.state
        set_state(catalogue, key, state, None, "returned" if returned else "moved", was=before.path)
    return Step.ADD if returned else Step.MOVE


def keep(catalogue: Catalogue, action: Action) -> None:
    """Write down how an unchanged file stands now, should its times differ."""
    present, before = _present(action), _record(action)
    now = _at(before, present)
    if now != before:
        save_file(catalogue, now)


def copy(catalogue: Catalogue, action: Action) -> State:
    """Write down a file that repeats another: a duplicate of its document, or failed like it."""
    present = _present(action)
    original = file_holding(catalogue, present.digest)
    key = action.record.key if action.record else 0
    documents = keys_of_file(catalogue, original.key) if original else []
    if original and documents and original.state is not State.FAILED:
        made = replace(_fresh(present), key=key, state=State.DUPLICATE, duplicate_of=documents[0])
        made = replace(made, reason=f"the same bytes as {original.path}")
    else:
        reason = f"the same bytes as {original.path}: {original.reason}" if original else "its original was not read"
        made = replace(_fresh(present), key=key, state=State.FAILED, reason=reason, attempts=1)
    save_file(catalogue, made)
    catalogue.log(made.state.value, path=present.path, reason=made.reason)
    return made.state


def _former_state(catalogue: Catalogue, before: FileRecord) -> State:
    if before.state is not State.MISSING:
        return before.state
    return next((_state_of(document) for _, document in documents_of_file(catalogue, before.key)), State.FAILED)


def _state_of(document: Document) -> State:
    # What a missing document was follows from what was read of it.
    if document.pages == 0:
        return State.FAILED
    if document.characters == 0:
        return State.WITHOUT_TEXT
    return State.PARTIAL if document.reason else State.INDEXED


def _at(record: FileRecord, present: Present) -> FileRecord:
    seen = present.seen
    return replace(record, path=present.path, size=seen.size, mtime_ns=seen.mtime_ns, ctime_ns=seen.ctime_ns)


def _fresh(present: Present) -> FileRecord:
    seen = present.seen
    return FileRecord(
        0, present.path, seen.size, seen.mtime_ns, seen.ctime_ns, present.digest, State.FAILED
    )  # fmt: skip


def _present(action: Action) -> Present:
    if action.present is None:
        raise ValueError(f"{action.step} without a file")
    return action.present


def _record(action: Action) -> FileRecord:
    if action.record is None:
        raise ValueError(f"{action.step} without a record")
    return action.record
