"""The files of a plan, read in worker processes and recorded batch by batch, with the documents they hold inside.

A file that holds others is complete when the last of them is recorded; until then its record has no digest, so that a
run that dies in between is followed by one that reads it again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.document import EmbeddedDocument, Extraction, State
from corpus.settings import Settings
from indexer.ingest import record
from indexer.ingest.plan import Action
from indexer.ingest.run_events import Read
from indexer.metadata.selection import Context
from indexer.sandbox.pool import Job, WorkerSettings, run_jobs
from indexer.sandbox.process_count import process_count
from indexer.sandbox.tasks import FileToRead, task

BATCH_FILES = 32
"""Files recorded in one transaction."""

BATCH_SECONDS = 2.0
"""A transaction is closed after this long even when it is not full, so that slow files are not lost in heaps."""

MOST_PARTS = 100_000
"""Documents inside one file, those inside its parts included, that are read."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What reading needs to know: where the archive is, its settings, how many processes (0: as set, or one a core)."""

    archive: Path
    settings: Settings
    jobs: int = 0

    def context(self) -> Context:
        """What describing a document needs to know of its archive."""
        settings = self.settings
        return Context(settings.categories, settings.languages, settings.day_first, datetime.now(UTC).date())

    def workers(self) -> WorkerSettings:
        """The limits of the processes that read."""
        settings = self.settings
        return WorkerSettings(
            processes=process_count(self.jobs, settings), memory=settings.memory_mb << 20,
            cpu_seconds=settings.cpu_seconds, wall_seconds=settings.seconds,
        )  # fmt: skip


@dataclass(slots=True)
class _File:
    """A file in work: how many readings are still to come, and the parts met so far."""

    action: Action
    open: int = 1
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading that is done: of a file, or of a part of it; ``last`` says that nothing of the file is to come."""

    file: _File
    part: EmbeddedDocument | None
    outcome: record.ReadOutcome
    last: bool


class _Queue:
    """Jobs to be handed out: files, and the documents that turn out to be in them, which go first."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._left: deque[Job[FileToRead]] = deque()
        self._wanted: dict[int, tuple[_File, EmbeddedDocument | None]] = {}
        self.total = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Job[FileToRead]:
        if not self._left:
            raise StopIteration
        return self._left.popleft()

    def want(self, file: _File, part: EmbeddedDocument | None = None) -> None:
        """Put a file, or a part of it, in the queue."""
        present = record.present_of(file.action)
        self.total += 1
        self._wanted[self.total] = (file, part)
        source = FileToRead(str(paths.absolute(present.path, self._bench.archive)), present.path, part)
        job = Job(self.total, source)
        if part is None:
            self._left.append(job)
        else:
            self._left.appendleft(job)

    def done(self, key: int, outcome: record.ReadOutcome) -> _Reading:
        """Take note of a result; what it holds inside is queued."""
        file, part = self._wanted.pop(key)
        for inner in outcome.extraction.embedded[: MOST_PARTS - len(file.parts)]:
            file.parts.append(inner.address)
            file.open += 1
            self.want(file, inner)
        file.open -= 1
        return _Reading(file, part, outcome, file.open == 0)


def read_files(bench: Bench, catalogue: Catalogue, actions: Sequence[Action]) -> Iterator[tuple[Action | None, Read]]:
    """Read and record the files of ``actions``.

    Yields:
        For each file, and each document inside one, what became of it; with the action when it was the file itself.
    """
    queue = _Queue(bench)
    done = 0
    for batch in _batches(_readings(bench, queue, actions)):
        with catalogue.batch():
            states = [_record(catalogue, reading) for reading in batch]
        for reading, state in zip(batch, states, strict=True):
            done += 1
            path = record.present_of(reading.file.action).path
            action = reading.file.action if reading.part is None else None
            told = f"{path} > {reading.part.address}" if reading.part else path
            yield action, Read(done, max(queue.total, len(actions)), told, state, reading.outcome.extraction.reason)


def _readings(bench: Bench, queue: _Queue, actions: Sequence[Action]) -> Iterator[_Reading]:
    for action in actions:
        present = record.present_of(action)
        if present.digest:
            queue.want(_File(action))
        else:
            yield _Reading(_File(action, 0), None, _failed(present.reason), last=True)
    if not queue.total:
        return
    for outcome in run_jobs(queue, task("extract", bench.context()), bench.workers()):
        yield queue.done(outcome.key, outcome.result or _failed(outcome.failure))


def _record(catalogue: Catalogue, reading: _Reading) -> State:
    file = reading.file
    if reading.part is None:
        state = record.record(catalogue, file.action, reading.outcome, complete=reading.last)
    else:
        state = record.record_part(catalogue, file.action, reading.part, reading.outcome)
    if reading.last and file.parts:
        record.complete(catalogue, file.action, file.parts)
    return state


def _failed(reason: str) -> record.ReadOutcome:
    return record.ReadOutcome(Extraction("", "", state=State.FAILED, reason=reason), "")


def _batches(readings: Iterator[_Reading]) -> Iterator[list[_Reading]]:
    batch: list[_Reading] = []
    opened = time.monotonic()
    for reading in readings:
        batch.append(reading)
        if len(batch) >= BATCH_FILES or time.monotonic() - opened > BATCH_SECONDS:
            yield batch
            batch, opened = [], time.monotonic()
    if batch:
        yield batch
