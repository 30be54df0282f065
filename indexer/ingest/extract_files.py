"""Read the files of a plan in worker processes, and record them and their embedded documents in batches.

A file that contains others is complete when the last of them is recorded. Until then its record has no digest, so
that a run that dies in between is followed by one that reads it again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.document import EmbeddedDocument, Extraction, State
from indexer.ingest import record
from indexer.ingest.plan import Action
from indexer.ingest.run_config import RunConfig
from indexer.ingest.run_events import Read
from indexer.readers.reader_protocol import MAX_EMBEDDED_DOCUMENTS
from indexer.sandbox.child_process import interrupts_blocked
from indexer.sandbox.pool import Job, run_jobs_with_ticks
from indexer.sandbox.tasks import FileToRead, task

BATCH_FILES = 32
"""Files recorded in one transaction."""

BATCH_SECONDS = 2.0
"""Time after which a transaction that is not full is committed, so that a killed run loses little."""

TICK_SECONDS = 0.5
"""Time without a result after which a transaction may be committed and indexed, though a file takes long to read."""


@dataclass(slots=True)
class _FileInWork:
    """A file that is being read.

    Attributes:
        action: the action that called for it.
        pending: jobs whose result is still to come: the file's own and those of documents inside it.
        embedded_addresses: addresses of the documents found inside it so far.
    """

    action: Action
    pending: int = 1
    embedded_addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _FinishedJob:
    """A file, or a document inside it, that was read and described. The ``last`` one completes its file."""

    file: _FileInWork
    embedded: EmbeddedDocument | None
    described: record.DescribedFile
    last: bool


class _ReadQueue:
    """The jobs still to do: files, and the documents found inside them, which go first."""

    def __init__(self, run: RunConfig) -> None:
        self._run = run
        self._jobs: deque[Job[FileToRead]] = deque()
        self._subjects: dict[int, tuple[_FileInWork, EmbeddedDocument | None]] = {}
        self.total = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Job[FileToRead]:
        if not self._jobs:
            raise StopIteration
        return self._jobs.popleft()

    def add(self, file: _FileInWork, embedded: EmbeddedDocument | None = None) -> None:
        """Put a file, or a document inside it, in the queue."""
        present = record.present_file(file.action)
        self.total += 1
        self._subjects[self.total] = (file, embedded)
        source = FileToRead(str(paths.absolute(present.path, self._run.archive)), present.path, embedded)
        job = Job(self.total, source)
        if embedded is None:
            self._jobs.append(job)
        else:
            self._jobs.appendleft(job)

    def complete(self, key: int, outcome: record.DescribedFile) -> _FinishedJob:
        """Return a job's outcome as a result, and put the documents that were found inside in the queue."""
        file, embedded = self._subjects.pop(key)
        for inner in outcome.extraction.embedded[: MAX_EMBEDDED_DOCUMENTS - len(file.embedded_addresses)]:
            file.embedded_addresses.append(inner.address)
            file.pending += 1
            self.add(file, inner)
        file.pending -= 1
        return _FinishedJob(file, embedded, outcome, file.pending == 0)


def read_files(
    run: RunConfig, catalogue: Catalogue, actions: Sequence[Action]
) -> Iterator[tuple[Action | None, Read] | None]:
    """Read and record the files of actions.

    Yields:
        For each file, its action and what became of it; for each document inside one, None and what became of it.
        None alone every `TICK_SECONDS` while nothing is finished.
    """
    queue = _ReadQueue(run)
    count = 0
    for batch in _batches(_results(run, queue, actions)):
        if not batch:
            yield None
            continue
        with interrupts_blocked(), catalogue.batch():  # what was read is kept when the run is interrupted
            states = [_record(catalogue, result) for result in batch]
        for result, state in zip(batch, states, strict=True):
            count += 1
            path = record.present_file(result.file.action).path
            action = result.file.action if result.embedded is None else None
            label = f"{path} > {result.embedded.address}" if result.embedded else path
            yield action, Read(count, max(queue.total, len(actions)), label, state, result.described.extraction.reason)


def _results(run: RunConfig, queue: _ReadQueue, actions: Sequence[Action]) -> Iterator[_FinishedJob | None]:
    """Yield finished jobs, and None every `TICK_SECONDS` while none is finished."""
    for action in actions:
        present = record.present_file(action)
        if present.digest:
            queue.add(_FileInWork(action))
        else:
            yield _FinishedJob(_FileInWork(action, 0), None, _failed(present.reason), last=True)
    if not queue.total:
        return
    for outcome in run_jobs_with_ticks(queue, task("extract", run.context()), run.worker_settings(), TICK_SECONDS):
        yield None if outcome is None else queue.complete(outcome.key, outcome.result or _failed(outcome.failure))


def _record(catalogue: Catalogue, result: _FinishedJob) -> State:
    file = result.file
    if result.embedded is None:
        state = record.record_file(catalogue, file.action, result.described, complete=result.last)
    else:
        state = record.record_embedded(catalogue, file.action, result.embedded, result.described)
    if result.last and file.embedded_addresses:
        record.mark_complete(catalogue, file.action, file.embedded_addresses)
    return state


def _failed(reason: str) -> record.DescribedFile:
    return record.DescribedFile(Extraction("", "", state=State.FAILED, reason=reason), "")


def _batches(results: Iterator[_FinishedJob | None]) -> Iterator[list[_FinishedJob]]:
    """Yield results in batches, the last one also when the run is interrupted; empty ones while there is no result."""
    batch: list[_FinishedJob] = []
    opened = time.monotonic()
    try:
        for result in results:
            if result is not None:
                batch.append(result)
            if not batch or len(batch) >= BATCH_FILES or time.monotonic() - opened > BATCH_SECONDS:
                yield batch
                batch, opened = [], time.monotonic()
    except KeyboardInterrupt:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
