"""Read the files of a plan in worker processes, and record them and their embedded documents in batches.

A file that contains others is complete when the last of them is recorded. Until then its record has no digest, so
that a run that dies in between is followed by one that reads the rest of them.

A file whose size or times are no longer those of the scan when it has been read is not recorded: its digest and its
text may be those of different bytes. The run reads it again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.erasure.tombstones import ErasedContents, erased_contents
from corpus.catalogue.events import last_event
from corpus.document import EmbeddedDocument, Extraction, State
from corpus.folder_scan import file_times
from corpus.messages import message
from indexer.ingest import record
from indexer.ingest.copies.moved_metadata import redescription
from indexer.ingest.copies.record_duplicates import Recording
from indexer.ingest.plan import Action
from indexer.ingest.run_config import RunConfig
from indexer.ingest.run_events import Read
from indexer.readers.reader_protocol import MAX_EMBEDDED_DOCUMENTS
from indexer.sandbox.child_process import interrupts_blocked
from indexer.sandbox.pool import Job, run_jobs_with_ticks
from indexer.sandbox.tasks import FileToRead, NamedTask

BATCH_FILES = 32
"""Files recorded in one transaction."""

MAX_FILE_SECONDS = 3600.0
"""Time that the documents inside one file may take together in one run. What is left is read by the next run, so that
a file of 100,000 slow documents does not keep all others waiting for days."""

MIN_BATCH_DOCUMENTS = 16
"""Documents of one container that one process reads at least, since each process opens the container anew."""

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
        recorded: addresses of those that an earlier run recorded, which are not read again.
        erased_addresses: addresses of those whose content was erased, so that nothing of them is recorded.
        seconds: time its documents have taken so far.
        finished: whether the job that ends the work on it in this run has come back.
    """

    action: Action
    pending: int = 1
    embedded_addresses: list[str] = field(default_factory=list)
    recorded: set[str] = field(default_factory=set)
    erased_addresses: set[str] = field(default_factory=set)
    seconds: float = 0.0
    finished: bool = False

    @property
    def is_out_of_time(self) -> bool:
        return self.seconds > MAX_FILE_SECONDS


@dataclass(frozen=True, slots=True)
class _FinishedJob:
    """A file, or a document inside it, that was read and described.

    Attributes:
        file: the file.
        embedded: the document inside it; None for the file itself.
        described: what was read.
        last: whether it completes its file.
        changed: whether the file changed while it was read.
        erased: whether it is a document inside the file whose content was erased, so that nothing of it is recorded.
    """

    file: _FileInWork
    embedded: EmbeddedDocument | None
    described: record.DescribedFile
    last: bool
    changed: bool = False
    erased: bool = False


class _ReadQueue:
    """The jobs still to do, in batches: files, and the documents found inside them, which go first."""

    def __init__(self, run: RunConfig, erased: ErasedContents) -> None:
        self._run = run
        self._erased = erased
        self._processes = run.worker_settings().processes
        self._batches: deque[Sequence[Job[FileToRead]]] = deque()
        self._subjects: dict[int, tuple[_FileInWork, EmbeddedDocument | None]] = {}
        self.total = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Sequence[Job[FileToRead]]:
        if not self._batches:
            raise StopIteration
        return self._batches.popleft()

    def add(self, file: _FileInWork) -> None:
        """Put a file in the queue."""
        self._batches.append((self._job(file, None),))

    def _job(self, file: _FileInWork, embedded: EmbeddedDocument | None) -> Job[FileToRead]:
        present = record.present_file(file.action)
        self.total += 1
        self._subjects[self.total] = (file, embedded)
        source = FileToRead(str(paths.absolute(present.path, self._run.archive)), present.path, embedded)
        return Job(self.total, source, (source.file,), (present.scanned.mtime_ns, present.scanned.ctime_ns))

    def complete(self, key: int, outcome: record.DescribedFile, seconds: float) -> _FinishedJob:
        """Return a job's outcome as a result, and put the documents that were found inside in the queue."""
        file, embedded = self._subjects.pop(key)
        file.seconds += seconds
        file.pending -= 1
        erased = embedded is not None and self._is_erased(file, embedded, outcome)
        found = () if erased else outcome.extraction.embedded
        inner = found[: MAX_EMBEDDED_DOCUMENTS - len(file.embedded_addresses)]
        file.embedded_addresses += (document.address for document in inner)
        unread = [document for document in inner if document.address not in file.recorded]
        file.pending += len(unread)
        if not file.is_out_of_time:
            # Documents with the same container go to few processes, each of which opens it once.
            size = max(MIN_BATCH_DOCUMENTS, -(-len(unread) // self._processes))
            for start in reversed(range(0, len(unread), size)):
                batch = tuple(self._job(file, document) for document in unread[start : start + size])
                self._batches.appendleft(batch)
        last = not file.finished and (file.pending == 0 or file.is_out_of_time)
        file.finished |= last
        changed = last and not self._is_as_scanned(file.action)
        return _FinishedJob(file, embedded, outcome, last, changed, erased)

    def _is_erased(self, file: _FileInWork, embedded: EmbeddedDocument, outcome: record.DescribedFile) -> bool:
        path = record.present_file(file.action).path
        if not self._erased.contain(outcome.digest, path, embedded.address):
            return False
        file.erased_addresses.add(embedded.address)
        return True

    def _is_as_scanned(self, action: Action) -> bool:
        present = record.present_file(action)
        try:
            status = paths.absolute(present.path, self._run.archive).stat()
        except OSError:
            return False
        scanned = present.scanned
        return (status.st_size, *file_times(status)) == (
            scanned.size, scanned.mtime_ns, scanned.ctime_ns,
        )  # fmt: skip

    def is_cancelled(self, key: int) -> bool:
        """Return whether the file that a job belongs to has taken all of its time."""
        return self._subjects[key][0].is_out_of_time


def read_files(
    run: RunConfig, catalogue: Catalogue, actions: Sequence[Action], changed: list[Action]
) -> Iterator[tuple[Action | None, Read] | None]:
    """Read and record the files of actions.

    Args:
        run: the run.
        catalogue: open for writing.
        actions: those that call for reading.
        changed: gets the actions whose file changed while it was read. They are not recorded, or not as complete.

    Yields:
        For each file, its action and what became of it; for each document inside one, None and what became of it.
        None alone every `TICK_SECONDS` while nothing is finished.
    """
    queue = _ReadQueue(run, erased_contents(catalogue))
    recording = Recording(redescription(run.context()), last_event(catalogue))
    count = 0
    for batch in _batches(_results(run, catalogue, queue, actions)):
        if not batch:
            yield None
            continue
        changed += [result.file.action for result in batch if result.changed]
        results = [result for result in batch if not result.changed]
        with interrupts_blocked(), catalogue.batch():  # what was read is kept when the run is interrupted
            states = [_record(catalogue, result, recording) for result in results]
        for result, state in zip(results, states, strict=True):
            count += 1
            path = record.present_file(result.file.action).path
            action = result.file.action if result.embedded is None else None
            label = f"{path} > {result.embedded.address}" if result.embedded else path
            reason = "" if result.erased else result.described.extraction.reason
            kept = not result.erased and _is_kept(result, state)
            if kept:
                reason = str(message("file.not-read-again", reason=reason))
            yield action, Read(count, max(queue.total, len(actions)), label, state, reason, kept)


def _results(
    run: RunConfig, catalogue: Catalogue, queue: _ReadQueue, actions: Sequence[Action]
) -> Iterator[_FinishedJob | None]:
    """Yield finished jobs, and None every `TICK_SECONDS` while none is finished."""
    for action in actions:
        present = record.present_file(action)
        if present.digest:
            queue.add(_FileInWork(action, recorded=record.recorded_parts(catalogue, action)))
        else:
            yield _FinishedJob(_FileInWork(action, 0), None, _failed(present.reason), last=True)
    if not queue.total:
        return
    task = NamedTask("extract", run.context())
    outcomes = run_jobs_with_ticks(
        queue, task, record.DescribedFile, run.worker_settings(), TICK_SECONDS, is_cancelled=queue.is_cancelled
    )
    for outcome in outcomes:
        if outcome is None:
            yield None
            continue
        described = outcome.result or _failed(outcome.failure, machine_failure=outcome.machine_failure)
        yield queue.complete(outcome.key, described, outcome.seconds)


def _record(catalogue: Catalogue, result: _FinishedJob, recording: Recording) -> State:
    file = result.file
    if result.embedded is None:
        complete = result.last and not file.pending
        state = record.record_file(catalogue, file.action, result.described, recording, complete=complete)
    elif result.erased:
        state = State.ERASED
    else:
        state = record.record_embedded(catalogue, file.action, result.embedded, result.described, recording)
    if result.last and file.pending:
        total = len(file.embedded_addresses)
        record.mark_unfinished(catalogue, file.action, total - file.pending, total)
    elif result.last and file.embedded_addresses:
        remaining = [address for address in file.embedded_addresses if address not in file.erased_addresses]
        record.mark_complete(catalogue, file.action, remaining)
    return state


def _is_kept(result: _FinishedJob, state: State) -> bool:
    """Return whether reading failed and what was read before is kept, by the state that was recorded."""
    return result.described.extraction.state is State.FAILED and state not in {State.FAILED, State.DUPLICATE}


def _failed(reason: str, *, machine_failure: bool = False) -> record.DescribedFile:
    extraction = Extraction("", "", state=State.FAILED, reason=reason)
    return record.DescribedFile(extraction, "", machine_failure=machine_failure)


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
