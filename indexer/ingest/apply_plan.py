"""Carry out a plan in the catalogue: removals and moves at once, then files read, then copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from corpus.catalogue import Catalogue
from corpus.document import State
from corpus.messages import message
from indexer.ingest import record
from indexer.ingest.copies.moved_metadata import redescription
from indexer.ingest.copies.settle_copies import settle_copies, settling_actions
from indexer.ingest.extract_files import read_files
from indexer.ingest.plan import Action, RunPlan, Step
from indexer.ingest.run_config import RunConfig
from indexer.ingest.run_events import Event, Noted, Read

COPY_BATCH = 1000
"""Copies recorded in one transaction: none of them is read."""

Tally = Counter[str]
"""Numbers of files by field of `indexer.ingest.run_events.Summary`."""


def apply_moves(run: RunConfig, catalogue: Catalogue, plan: RunPlan, tally: Tally) -> None:
    """Record in one transaction the actions that read no file. Paths are freed before others take them.

    A move that calls for reading leaves its record missing, so that the file is found again should the run die first.
    """
    redescribe = redescription(run.context())
    with catalogue.batch():
        for action in _of_step(plan, Step.REMOVE):
            record.mark_missing(catalogue, action)
        moves = _of_step(plan, Step.MOVE)
        record.free_paths(catalogue, moves)
        for action in moves:
            if action.reads:
                record.mark_documents_missing(catalogue, action)
            else:
                record.record_move(catalogue, action, redescribe)
                tally[Step.ADD if action.returns else Step.MOVE] += 1
        for action in _of_step(plan, Step.UNCHANGED):
            record.record_unchanged(catalogue, action)
        settle_copies(catalogue, redescribe)
    counts = plan.counts()
    tally[Step.REMOVE] += counts[Step.REMOVE]
    tally[Step.REPLACE] += counts[Step.REPLACE]
    tally[Step.UNCHANGED] += counts[Step.UNCHANGED]
    tally["files"] += counts.total() - counts[Step.REMOVE] - counts[Step.REPLACE]


def apply_reads(
    run: RunConfig, catalogue: Catalogue, plan: RunPlan, tally: Tally
) -> Generator[Event | None, None, list[Action]]:
    """Read and record the files that are to be read, then record the copies, and settle those without original.

    Yields:
        An event for each file and document, and None now and then while a file takes long to read.

    Returns:
        The actions whose file changed while it was read, and is not recorded or not as complete.
    """
    changed: list[Action] = []
    yield from _read(run, catalogue, [action for action in plan.actions if action.reads], tally, changed)
    copies = _of_step(plan, Step.COPY)
    while copies:
        unrecorded = _record_copies(catalogue, copies, tally)
        # No file with this content has been read. Read the first one, and record the others as its copies.
        first = {action.present.digest: action for action in reversed(unrecorded) if action.present}
        copies = [action for action in unrecorded if action.present and action is not first[action.present.digest]]
        yield from _read(run, catalogue, [replace(action, step=Step.ADD) for action in first.values()], tally, changed)
    tally["files"] -= len(changed)
    yield from _settle(run, catalogue)
    return changed


def _settle(run: RunConfig, catalogue: Catalogue) -> Iterator[Event | None]:
    """Give copies without an original one again. The files read for it are counted already.

    One that changes meanwhile is left to the next run.
    """
    actions = list(settling_actions(catalogue, redescription(run.context())))
    yield from _read(run, catalogue, actions, Tally(), [])


def _of_step(plan: RunPlan, step: Step) -> list[Action]:
    return [action for action in plan.actions if action.step is step]


def read_again(run: RunConfig, catalogue: Catalogue, actions: Sequence[Action], tally: Tally) -> Iterator[Event]:
    """Read files again that are unchanged, and say of those that change meanwhile that they were not."""
    changed: list[Action] = []
    read_events = _read(run, catalogue, actions, tally, changed)
    # A better reader may find fewer documents in a file, or others, whose copies then have no original.
    for event in chain(read_events, _settle(run, catalogue)):
        if event is not None:
            yield event
    for action in changed:
        tally["failed"] += 1
        yield Noted(record.present_file(action).path, str(message("reread.changed")))


def record_changing(
    run: RunConfig, catalogue: Catalogue, changed: Iterable[Action], tally: Tally
) -> Iterator[Event | None]:
    """Record files that changed each time they were read as failed. Without a digest, the next run reads them again."""
    tries: list[Action] = []
    for action in changed:
        present = record.present_file(action)
        unreadable = replace(present, digest="", reason=str(message("file.changing")))
        tries.append(replace(action, present=unreadable))
    tally["files"] += len(tries)
    yield from _read(run, catalogue, tries, tally, [])


def _read(
    run: RunConfig, catalogue: Catalogue, actions: Sequence[Action], tally: Tally, changed: list[Action]
) -> Iterator[Event | None]:
    for read_result in read_files(run, catalogue, actions, changed):
        if read_result is None:
            yield None
            continue
        action, read = read_result
        if action is not None:
            _count(tally, action, read)
        yield read


def _count(tally: Tally, action: Action, read: Read) -> None:
    state = read.state
    if state is State.FAILED or read.kept:
        tally["failed"] += 1
        return
    before = action.record
    only_parts_had_failed = action.step is Step.RETRY and before is not None and before.state is not State.FAILED
    step = Step.UNCHANGED if only_parts_had_failed else action.step
    tally[step if step in {Step.CHANGE, Step.MOVE, Step.UNCHANGED, Step.REREAD} else Step.ADD] += 1
    tally["partial"] += state is State.PARTIAL
    tally["without_text"] += state is State.WITHOUT_TEXT


def _record_copies(catalogue: Catalogue, copies: Iterable[Action], tally: Tally) -> list[Action]:
    """Record copies, and return those whose content no recorded file was read with: they have to be read."""
    unrecorded: list[Action] = []
    remaining = iter(copies)
    while batch := list(islice(remaining, COPY_BATCH)):
        with catalogue.batch():
            for action in batch:
                state = record.record_copy(catalogue, action)
                if state is None:
                    unrecorded.append(action)
                else:
                    tally["failed" if state is State.FAILED else Step.COPY] += 1
    return unrecorded
