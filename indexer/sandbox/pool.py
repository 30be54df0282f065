"""A pool of worker processes that read hostile files within limits on memory, processor and wall time.

A process that dies or runs out of time fails the one job it was doing: that job is tried once more, with its task's
fallback, and the run goes on. The pool does not know what a document is. What a task needs is imported in the
processes when the first job comes.
"""

from __future__ import annotations

import math
import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from corpus.messages import message
from corpus.settings import DEFAULT_CPU_SECONDS, DEFAULT_MEMORY_MB, DEFAULT_SECONDS
from indexer.sandbox import child_process, limits
from indexer.sandbox.child_process import ChildProcess

P = TypeVar("P")
R = TypeVar("R")

Task = Callable[[P, bool], R | None]
"""The work done on a payload. The flag ``use_fallback`` is False at first, and True for a second attempt.

A task must be importable by name (a module's function, or `functools.partial` of one). It returns None when asked for
a fallback that it does not have: the first failure is then reported.
"""

OUT_OF_MEMORY = message("file.memory")

JOBS_AHEAD = 2
"""Jobs sent to a process, the one in work included, so that it never waits for the parent."""

LEAVE_SECONDS = 0.5
"""Time that a process which has announced its end gets to end by itself."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Limits of the processes.

    Attributes:
        processes: how many run side by side.
        memory: address space of each, in bytes.
        cpu_seconds: processor time one job may take.
        wall_seconds: time one job may take by the clock.
        jobs_per_process: jobs after which a process is replaced, in case its libraries leak memory. To start one,
            with its readers and its language model, takes as long as forty files.
        max_resident_bytes: resident memory beyond which it is replaced at once.
        max_result_bytes: size of a pickled result beyond which the job fails.
    """

    processes: int = 1
    memory: int = DEFAULT_MEMORY_MB << 20
    cpu_seconds: int = DEFAULT_CPU_SECONDS
    wall_seconds: float = DEFAULT_SECONDS
    jobs_per_process: int = 2000
    max_resident_bytes: int = 800 << 20
    max_result_bytes: int = 1 << 29


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """A job: the caller's key and the payload that the task gets (small, picklable)."""

    key: int
    payload: P


@dataclass(frozen=True, slots=True)
class JobOutcome(Generic[R]):
    """The outcome of a job.

    Attributes:
        key: the job's.
        result: what the task returned, or None when it failed.
        failure: why there is no result, as a sentence for the archivist; else empty.
        first_failure: why the first attempt failed, where there were two.
        seconds: time the last attempt took by the clock.
    """

    key: int
    result: R | None
    failure: str = ""
    first_failure: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class _Assignment(Generic[P]):
    """A job on its way: why its first attempt failed, if it did, and when the attempt in work began."""

    job: Job[P]
    first_failure: str = ""
    started: float = 0.0

    @property
    def use_fallback(self) -> bool:
        return bool(self.first_failure)


@dataclass(slots=True)
class _Worker(Generic[P]):
    """A process and the jobs sent to it, of which the first is in work."""

    child: ChildProcess
    assignments: deque[_Assignment[P]] = field(default_factory=deque)
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """A worker's answer to a job. ``leaving`` announces that the process ends after it."""

    key: int
    result: object
    failure: str
    seconds: float
    leaving: bool


def run_jobs(
    jobs: Iterable[Job[P]], task: Task[P, R], settings: WorkerSettings
) -> Generator[JobOutcome[R], None, None]:  # fmt: skip
    """Do jobs in limited processes and yield their outcomes as they come, in no particular order.

    Jobs are taken from their iterable only as processes come free. Closing the generator, or an exception in the
    caller, ends all processes at once.

    Args:
        jobs: what to do; keys should differ.
        task: see `Task`.
        settings: limits and number of processes.
    """
    with closing(run_jobs_with_ticks(jobs, task, settings, math.inf)) as outcomes:
        yield from (outcome for outcome in outcomes if outcome is not None)


def run_jobs_with_ticks(
    jobs: Iterable[Job[P]], task: Task[P, R], settings: WorkerSettings, tick_seconds: float
) -> Generator[JobOutcome[R] | None, None, None]:
    """Do jobs as `run_jobs` does, and yield None whenever no outcome has come for some time.

    Args:
        jobs: as for `run_jobs`.
        task: likewise.
        settings: likewise.
        tick_seconds: time without an outcome after which None is yielded.
    """
    pool: _Pool[P, R] = _Pool(task, settings)
    try:
        yield from pool.work(iter(jobs), tick_seconds)
    finally:
        pool.close()


class _Pool(Generic[P, R]):
    """The parent's side: sends jobs to workers, receives their answers and reaps those that died."""

    def __init__(self, task: Task[P, R], settings: WorkerSettings) -> None:
        self._task = pickle.dumps(task)
        self._settings = settings
        self._workers: list[_Worker[P]] = []
        self._to_repeat: deque[_Assignment[P]] = deque()

    def work(self, jobs: Iterator[Job[P]], tick_seconds: float) -> Iterator[JobOutcome[R] | None]:
        while self._assign(jobs):
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
        for worker in self._workers:
            worker.child.end()
        self._workers.clear()

    def _assign(self, jobs: Iterator[Job[P]]) -> bool:
        """Fill the workers' queues, starting workers as needed, and return False when all jobs are done."""
        for depth in range(1, JOBS_AHEAD + 1):
            for index in range(self._settings.processes):
                has_room = index >= len(self._workers) or len(self._workers[index].assignments) < depth
                if has_room and not self._assign_next(index, jobs):
                    break
        return any(worker.assignments for worker in self._workers)

    def _assign_next(self, index: int, jobs: Iterator[Job[P]]) -> bool:
        """Send the next job to a worker, and return False when there is none."""
        assignment = self._next(jobs)
        if assignment is None:
            return False
        if index >= len(self._workers):
            child = child_process.start(_serve, self._task, self._settings, memory=self._settings.memory)
            self._workers.append(_Worker(child))
            index = len(self._workers) - 1
        worker = self._workers[index]
        assignment.started = time.monotonic()
        worker.assignments.append(assignment)
        # The end of a dead worker's pipe is noticed when its answer is received; the job then comes back.
        worker.child.send((assignment.job.key, assignment.job.payload, assignment.use_fallback))
        return True

    def _next(self, jobs: Iterator[Job[P]]) -> _Assignment[P] | None:
        if self._to_repeat:
            return self._to_repeat.popleft()
        job = next(jobs, None)
        return None if job is None else _Assignment(job)

    def _receive(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        try:
            answer: _Answer = worker.child.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._reap(worker)
            return
        assignment = worker.assignments.popleft()
        assert assignment.job.key == answer.key  # noqa: S101 - answers come in the order of the jobs
        if answer.leaving:
            worker.child.end(LEAVE_SECONDS)
            self._remove(worker)
        elif worker.assignments:
            worker.assignments[0].started = time.monotonic()
        yield from self._retry_or_report(assignment, answer)

    def _reap(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        """End a worker that died or ran out of time, and fail the job it was doing."""
        worker.child.end()
        assignment = worker.assignments.popleft() if worker.assignments else None
        self._remove(worker)
        if assignment is not None:
            seconds = time.monotonic() - assignment.started
            failure = _reason(worker, self._settings)
            yield from self._retry_or_report(
                assignment, _Answer(assignment.job.key, None, failure, seconds, leaving=True)
            )

    def _retry_or_report(self, assignment: _Assignment[P], answer: _Answer) -> Iterator[JobOutcome[R]]:
        """Queue a job whose first attempt failed once more, for the fallback, and report any other."""
        result: Any = answer.result
        if answer.failure and not assignment.use_fallback:
            self._to_repeat.appendleft(_Assignment(assignment.job, answer.failure))
        elif assignment.use_fallback and result is None:
            # The fallback failed as well, or there is none: the first failure says more.
            yield JobOutcome(answer.key, None, assignment.first_failure, answer.failure, answer.seconds)
        else:
            yield JobOutcome(answer.key, result, answer.failure, assignment.first_failure, answer.seconds)

    def _remove(self, worker: _Worker[P]) -> None:
        """Remove a worker that has ended. The jobs it had not begun are assigned next."""
        self._to_repeat.extendleft(reversed(worker.assignments))
        self._workers.remove(worker)


def _seconds_until_overdue(workers: Iterable[_Worker[P]], settings: WorkerSettings) -> float:
    """Return the seconds until the first of the jobs in work runs out of time."""
    started = [worker.assignments[0].started for worker in workers if worker.assignments]
    return max(0.0, min(started) + settings.wall_seconds - time.monotonic()) if started else 0.0


def _is_overdue(worker: _Worker[P], settings: WorkerSettings) -> bool:
    late = worker.assignments and time.monotonic() - worker.assignments[0].started >= settings.wall_seconds
    # While the caller was busy an answer may have come in time and be waiting.
    return bool(late) and not worker.child.pipe.poll()


def _reason(worker: _Worker[P], settings: WorkerSettings) -> str:
    if worker.timed_out:
        return str(message("file.wall-time", seconds=settings.wall_seconds))
    return str(limits.exit_reason(worker.child.process.exitcode, settings.cpu_seconds))


def _serve(pipe: Connection, pickled_task: bytes, settings: WorkerSettings) -> None:
    """Do jobs in a worker until the pipe ends, the process must be recycled, or a limit strikes."""
    task = None
    for count in range(1, settings.jobs_per_process + 1):
        try:
            key, payload, use_fallback = pipe.recv()
        except (EOFError, OSError):
            return
        started = time.monotonic()
        limits.limit_cpu(settings.cpu_seconds)
        if task is None:
            task = pickle.loads(pickled_task)  # noqa: S301 - from our own parent
        result, failure = child_process.attempt(partial(task, payload, use_fallback), _describe)
        must_recycle = count == settings.jobs_per_process or failure == str(OUT_OF_MEMORY)
        leaving = must_recycle or limits.resident_memory() > settings.max_resident_bytes
        answer = _Answer(key, result, failure or "", time.monotonic() - started, leaving)
        with suppress(OSError):
            pipe.send_bytes(_pack(answer, settings))
        if leaving:
            return


def _describe(error: Exception) -> str:
    """Return why an attempt failed, as a sentence."""
    if isinstance(error, MemoryError):
        return str(OUT_OF_MEMORY)
    detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")
    return str(message("file.reader-failed", error=detail))


def _pack(answer: _Answer, settings: WorkerSettings) -> bytes:
    """Pickle an answer, or one that says that its result cannot be sent."""
    try:
        packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        failure = message("file.result-unsendable", error=type(error).__name__)
    else:
        if len(packed) <= settings.max_result_bytes:
            return packed
        failure = message("file.result-too-large", mib=settings.max_result_bytes >> 20)
    return pickle.dumps(_Answer(answer.key, None, str(failure), answer.seconds, answer.leaving))
