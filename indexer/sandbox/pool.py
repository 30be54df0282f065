"""A pool of worker processes that read hostile files within limits on memory, processor and wall time.

A process that dies or runs out of time fails the one job it was doing: that job is tried once more, with its task's
fallback, and the run goes on. Where the machine may be to blame (the process was killed from outside, or the time on
the clock ran out), the job is tried once more as before first. Where no process can start, no job fails, and the work
ends with an error. The pool does not know what a document is. What a task
needs is imported in the processes when the first job comes. What comes back is decoded as a value of the type asked
for, and nothing else.
"""

from __future__ import annotations

import math
import pickle
import shutil
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from corpus.messages import message
from indexer.sandbox import limits, typed_json
from indexer.sandbox.answers import MAX_HEAD_BYTES, AnswerKind, WorkerAnswer, unpack
from indexer.sandbox.child_process import ChildProcess
from indexer.sandbox.failed_starts import FailedStarts
from indexer.sandbox.scratch import scratch_folder
from indexer.sandbox.worker import SentJob, WorkerSettings
from indexer.sandbox.zygote import WorkerStarter

P = TypeVar("P")
R = TypeVar("R")

Task = Callable[[P, bool], R | None]
"""The work done on a payload. The flag ``use_fallback`` is False at first, and True for a second attempt.

A task must be importable by name (a module's function, or `functools.partial` of one). It returns None when asked for
a fallback that it does not have: the first failure is then reported.
"""

BATCHES_AHEAD = 2
"""Batches sent to a process, the one in work included, so that it never waits for the parent."""

START_SECONDS = 60.0
"""Time that a process gets to start, on a loaded machine, before the time of its first job begins."""

LEAVE_SECONDS = 0.5
"""Time that a process which has announced its end gets to end by itself."""


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """A job.

    Attributes:
        key: the caller's.
        payload: what the task gets; small and picklable.
        files: locations of the files that the task reads; a confined process can read no others.
        times: modification and inode change time that the files have, in nanoseconds. A confined process cannot read
            what has others, such as a file that takes the place of the one meant. None allows any.
    """

    key: int
    payload: P
    files: tuple[str, ...] = ()
    times: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class JobOutcome(Generic[R]):
    """The outcome of a job.

    Attributes:
        key: the job's.
        result: what the task returned, or None when it failed.
        failure: why there is no result, as a sentence for the archivist; else empty.
        first_failure: why the first attempt failed, where there were two.
        seconds: time the last attempt took by the clock.
        machine_failure: whether the machine may be to blame that there is no result, not the payload.
    """

    key: int
    result: R | None
    failure: str = ""
    first_failure: str = ""
    seconds: float = 0.0
    machine_failure: bool = False


@dataclass(frozen=True, slots=True)
class _Assignment(Generic[P]):
    """A job on its way.

    Attributes:
        job: the job.
        first_failure: why its first attempt failed, if it did.
        use_fallback: whether it is the fallback's turn.
        machine_deaths: attempts of this turn that failed for the machine's sake.
        machine_failure: whether the first turn ended in such a failure.
    """

    job: Job[P]
    first_failure: str = ""
    use_fallback: bool = False
    machine_deaths: int = 0
    machine_failure: bool = False


@dataclass(slots=True)
class _Worker(Generic[P]):
    """A process and the batches sent to it; the first job of the first batch is in work since ``started``.

    Attributes:
        child: the process.
        scratch: its scratch folder.
        batches: the jobs sent to it.
        started: when the job in work began.
        timed_out, garbled: why the parent ended the process, where it did.
        progressed: whether a job of the batch in work has been answered.
        is_ready: whether it has started; before, no job of it was begun.
    """

    child: ChildProcess
    scratch: Path
    batches: deque[deque[_Assignment[P]]] = field(default_factory=deque)
    started: float = 0.0
    timed_out: bool = False
    garbled: bool = False
    progressed: bool = False
    is_ready: bool = False


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a job failed, and whether the machine may be to blame."""

    reason: str
    by_machine: bool = False


def run_jobs(
    batches: Iterable[Sequence[Job[P]]],
    task: Task[P, R],
    result: type[R],
    settings: WorkerSettings,
    *,
    is_cancelled: Callable[[int], bool] = lambda _: False,
) -> Generator[JobOutcome[R], None, None]:
    """Do jobs in limited processes and yield their outcomes as they come, in no particular order.

    The jobs of a batch concern the same files. They are done in their order in one process, which may keep a file open
    from one to the next. Batches are taken from their iterable only as processes come free. Closing the generator, or
    an exception in the caller, ends all processes at once.

    Args:
        batches: what to do; the keys of the jobs should differ.
        task: see `Task`.
        result: the type of what the task returns, which `indexer.sandbox.typed_json` can decode.
        settings: limits and number of processes.
        is_cancelled: whether the job of this key is no longer wanted. It then has no outcome.
    """
    running = run_jobs_with_ticks(batches, task, result, settings, math.inf, is_cancelled=is_cancelled)
    with closing(running) as outcomes:
        yield from (outcome for outcome in outcomes if outcome is not None)


def run_jobs_with_ticks(
    batches: Iterable[Sequence[Job[P]]],
    task: Task[P, R],
    result: type[R],
    settings: WorkerSettings,
    tick_seconds: float,
    *,
    is_cancelled: Callable[[int], bool] = lambda _: False,
) -> Generator[JobOutcome[R] | None, None, None]:
    """Do jobs as `run_jobs` does, and yield None whenever no outcome has come for some time.

    Args:
        batches: as for `run_jobs`.
        task: likewise.
        result: likewise.
        settings: likewise.
        tick_seconds: time without an outcome after which None is yielded.
        is_cancelled: as for `run_jobs`.
    """
    with scratch_folder() as scratch:
        pool: Pool[P, R] = Pool(task, result, settings, scratch, is_cancelled)
        try:
            yield from pool.work(iter(batches), tick_seconds)
        finally:
            pool.close()


class Pool(Generic[P, R]):
    """The parent's side: sends jobs to workers, receives their answers and reaps those that died."""

    def __init__(
        self,
        task: Task[P, R],
        result: type[R],
        settings: WorkerSettings,
        scratch: Path,
        is_cancelled: Callable[[int], bool],
    ) -> None:
        self._start = WorkerStarter(pickle.dumps(task), settings)
        self._result = result
        self._settings = settings
        self._scratch = scratch
        self._workers: list[_Worker[P]] = []
        self._is_cancelled = is_cancelled
        self._started = 0
        self._failed_starts = FailedStarts(settings.processes)
        self._to_repeat: deque[deque[_Assignment[P]]] = deque()

    def work(self, batches: Iterator[Sequence[Job[P]]], tick_seconds: float) -> Iterator[JobOutcome[R] | None]:
        """Do jobs and yield their outcomes; None whenever none has come for some time."""
        while self._assign(batches):
            pipes: list[Any] = [worker.child.pipe for worker in self._workers]
            ready = wait(pipes, timeout=min(_seconds_until_overdue(self._workers, self._settings), tick_seconds))
            if not ready:
                yield None
            for worker in [worker for worker in self._workers if worker.child.pipe in ready]:
                yield from self._receive(worker)
            for worker in [worker for worker in self._workers if _is_overdue(worker, self._settings)]:
                worker.timed_out = True
                yield from self._reap(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.child.end()
        self._workers.clear()
        self._start.close()

    def _assign(self, batches: Iterator[Sequence[Job[P]]]) -> bool:
        """Fill the workers' queues, starting workers as needed, and return False when all jobs are done."""
        for depth in range(1, BATCHES_AHEAD + 1):
            for index in range(self._settings.processes):
                has_room = index >= len(self._workers) or len(self._workers[index].batches) < depth
                if has_room and not self._assign_next(index, batches):
                    break
        return any(worker.batches for worker in self._workers)

    def _assign_next(self, index: int, batches: Iterator[Sequence[Job[P]]]) -> bool:
        """Send the next batch to a worker, and return False when there is none."""
        batch = self._next(batches)
        if batch is None:
            return False
        if len(batch) > 1 and index < len(self._workers) and self._workers[index].batches:
            # It may not fit into the pipe, and a worker that waits to be read from does not read.
            self._to_repeat.appendleft(batch)
            return True
        if index >= len(self._workers):
            self._started += 1
            scratch = self._scratch / f"reader-{self._started}"
            scratch.mkdir(mode=0o700)
            child = self._start(batch[0].job.payload, scratch)
            self._workers.append(_Worker(child, scratch, started=time.monotonic() + START_SECONDS))
            index = len(self._workers) - 1
        worker = self._workers[index]
        if not worker.batches:
            worker.started = max(worker.started, time.monotonic())
        worker.batches.append(batch)
        # The end of a dead worker's pipe is noticed when its answer is received; the jobs then come back.
        jobs = [(sent.job, sent.use_fallback) for sent in batch]
        worker.child.send([SentJob(job.key, job.payload, job.files, job.times, again) for job, again in jobs])
        return True

    def _next(self, batches: Iterator[Sequence[Job[P]]]) -> deque[_Assignment[P]] | None:
        while self._to_repeat:
            batch = deque(sent for sent in self._to_repeat.popleft() if not self._is_cancelled(sent.job.key))
            if batch:
                return batch
        jobs = next(batches, None)
        return None if jobs is None else deque(_Assignment(job) for job in jobs)

    def _receive(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        try:
            answer = unpack(worker.child.pipe.recv_bytes(self._settings.max_result_bytes + MAX_HEAD_BYTES))
        except (EOFError, OSError, ValueError) as error:
            worker.garbled = isinstance(error, ValueError)
            yield from self._reap(worker)
            return
        batch = worker.batches[0]
        if answer.kind is AnswerKind.READY:
            worker.started = min(worker.started, time.monotonic())
            worker.is_ready, self._failed_starts.count = True, 0
        elif answer.kind is AnswerKind.END and (worker.progressed or not batch):
            self._end_batch(worker, leaving=answer.leaving)
        elif answer.kind is AnswerKind.END or not batch or batch[0].job.key != answer.key:
            worker.garbled = True  # it answers what was not asked
            yield from self._reap(worker)
        else:
            assignment = batch.popleft()
            seconds = time.monotonic() - worker.started
            worker.progressed, worker.started = True, time.monotonic()
            yield from self._settle(assignment, answer, seconds)
            if batch and self._is_cancelled(batch[0].job.key):
                batch.clear()
                worker.child.end()
                self._remove(worker)

    def _end_batch(self, worker: _Worker[P], *, leaving: bool) -> None:
        """Take back the jobs of a batch that were not begun, and end a worker that leaves."""
        if not_begun := worker.batches.popleft():
            self._to_repeat.appendleft(not_begun)
        worker.progressed, worker.started = False, time.monotonic()
        if leaving:
            worker.child.end(LEAVE_SECONDS)
            self._remove(worker)

    def _reap(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        """End a worker that died or ran out of time, and fail the job it was doing."""
        worker.child.end()
        if not (worker.is_ready or worker.timed_out or worker.garbled):
            self._remove(worker)  # its jobs are assigned again
            self._failed_starts.add()
            return
        assignment = worker.batches[0].popleft() if worker.batches and worker.batches[0] else None
        self._remove(worker)
        if assignment is not None:
            seconds = time.monotonic() - worker.started
            yield from self._retry_or_report(assignment, None, _failure_of_worker(worker, self._settings), seconds)

    def _settle(self, assignment: _Assignment[P], answer: WorkerAnswer, seconds: float) -> Iterator[JobOutcome[R]]:
        """Retry or report a job that was answered."""
        result: R | None = None
        failure = _failure_of_job(answer, self._settings)
        if answer.kind is AnswerKind.RESULT:
            try:
                result = typed_json.decode(self._result, answer.body)
            except typed_json.DecodeError:
                failure = _Failure(str(message("file.result-invalid")))
        yield from self._retry_or_report(assignment, result, failure, seconds)

    def _retry_or_report(
        self, assignment: _Assignment[P], result: R | None, failure: _Failure | None, seconds: float
    ) -> Iterator[JobOutcome[R]]:
        """Queue a failed job once more, as before or for the fallback, and report any other.

        It is queued as before where the machine may be to blame, and for the fallback after its first turn.
        """
        job, reason = assignment.job, failure.reason if failure else ""
        by_machine = bool(failure and failure.by_machine)
        if by_machine and not assignment.machine_deaths:
            self._to_repeat.appendleft(deque([replace(assignment, machine_deaths=1)]))
        elif failure and not assignment.use_fallback:
            self._to_repeat.appendleft(deque([_Assignment(job, reason, use_fallback=True, machine_failure=by_machine)]))
        elif assignment.use_fallback and result is None:
            # The fallback failed as well, or there is none: the first failure says more.
            by_machine |= assignment.machine_failure
            yield JobOutcome(job.key, None, assignment.first_failure, reason, seconds, by_machine)
        else:
            yield JobOutcome(job.key, result, reason, assignment.first_failure, seconds)

    def _remove(self, worker: _Worker[P]) -> None:
        """Remove a worker that has ended. The jobs it had not begun are assigned next."""
        self._to_repeat.extendleft(batch for batch in reversed(worker.batches) if batch)
        self._workers.remove(worker)
        shutil.rmtree(worker.scratch, ignore_errors=True)


def _seconds_until_overdue(workers: Iterable[_Worker[P]], settings: WorkerSettings) -> float:
    """Return the seconds until the first of the jobs in work runs out of time."""
    started = [worker.started for worker in workers if worker.batches]
    return max(0.0, min(started) + settings.wall_seconds - time.monotonic()) if started else 0.0


def _is_overdue(worker: _Worker[P], settings: WorkerSettings) -> bool:
    late = worker.batches and time.monotonic() - worker.started >= settings.wall_seconds
    # While the caller was busy an answer may have come in time and be waiting.
    return bool(late) and not worker.child.pipe.poll()


def _failure_of_job(answer: WorkerAnswer, settings: WorkerSettings) -> _Failure | None:
    """Return why a job failed that was answered; None where it did not."""
    if answer.kind is AnswerKind.FAILURE:
        return _Failure(answer.sentence)
    return _failure_of_process(answer.exit_code, settings) if answer.kind is AnswerKind.DIED else None


def _failure_of_worker(worker: _Worker[P], settings: WorkerSettings) -> _Failure:
    """Return why a job has no answer whose worker ended."""
    if worker.timed_out:
        return _Failure(str(message("file.wall-time", seconds=settings.wall_seconds)), by_machine=True)
    if worker.garbled:
        return _Failure(str(message("file.result-invalid")))
    return _failure_of_process(worker.child.process.exitcode, settings)


def _failure_of_process(exit_code: int | None, settings: WorkerSettings) -> _Failure:
    reason = str(limits.exit_reason(exit_code, settings.cpu_seconds))
    return _Failure(reason, limits.is_ended_from_outside(exit_code))
