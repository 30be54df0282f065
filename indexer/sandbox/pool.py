"""The limited processes that readers run in.

Every job is done in a process of its own group with a cap on memory, on processor time and on wall time. A process
that dies or runs out of time fails the one job it held: that job is tried once more, its task told to take the second
way, and the run goes on. Nothing here knows what a document is.

Processes are spawned, so they share neither threads nor open files with the parent; what a task needs is imported in
them when the first job comes. They end when the parent does, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from indexer.sandbox import limits

P = TypeVar("P")
R = TypeVar("R")

Task = Callable[[P, bool], R | None]
"""What is done with a payload. The flag is False at first; True asks for the second way after the first has died.

A task must be importable by name (a module's function, or `functools.partial` of one). It returns None when told to
take the second way and there is none: the first failure then stands.
"""

OUT_OF_MEMORY = "needed more memory than a document may take"

AHEAD = 2
"""Jobs a process has at hand, the one it does included, so that it never waits for the parent."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Limits of the processes.

    Attributes:
        processes: how many run side by side.
        memory: address space of each, in bytes.
        cpu_seconds: processor time one job may take.
        wall_seconds: time one job may take by the clock.
        jobs: jobs after which a process is replaced by a fresh one, whatever its libraries may have kept by then. To
            start one, with its readers and its language model, takes as long as forty files.
        resident: resident memory in bytes beyond which it is replaced at once.
        result_bytes: size of a pickled result beyond which the job fails.
    """

    processes: int = 1
    memory: int = 2 << 30
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    jobs: int = 2000
    resident: int = 800 << 20
    result_bytes: int = 1 << 29


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """Something to do: the caller's key and what the task is given (small, picklable)."""

    key: int
    payload: P


@dataclass(frozen=True, slots=True)
class JobOutcome(Generic[R]):
    """What became of a job.

    Attributes:
        key: the job's.
        result: what the task returned, or None when it failed.
        failure: why there is no result, in words for the archivist; else empty.
        earlier: why the first attempt failed, where there were two.
        seconds: time the last attempt took by the clock.
    """

    key: int
    result: R | None
    failure: str = ""
    earlier: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class _Held(Generic[P]):
    """A job on its way: how often it has been begun, and what happened then."""

    job: Job[P]
    failure: str = ""
    started: float = 0.0

    @property
    def again(self) -> bool:
        return bool(self.failure)


@dataclass(slots=True)
class _Worker(Generic[P]):
    """A process, the pipe to it, and the jobs it has, the first of them in work."""

    process: BaseProcess
    pipe: Connection
    held: deque[_Held[P]] = field(default_factory=deque)
    timed_out: bool = False


def run(jobs: Iterable[Job[P]], task: Task[P, R], settings: WorkerSettings) -> Generator[JobOutcome[R], None, None]:
    """Do jobs in limited processes and yield outcomes as they come, in no particular order.

    Jobs are taken from their iterable only as processes come free. Closing the generator, or an exception in the
    caller, ends all processes at once.

    Args:
        jobs: what to do; keys should differ.
        task: see `Task`.
        settings: limits and number of processes.
    """
    pool: _Pool[P, R] = _Pool(task, settings)
    try:
        yield from pool.work(iter(jobs))
    finally:
        pool.close()


class _Pool(Generic[P, R]):
    """The parent's side: feeds workers, collects what they send, buries those that died."""

    def __init__(self, task: Task[P, R], settings: WorkerSettings) -> None:
        self._task = pickle.dumps(task)
        self._settings = settings
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[P]] = []
        self._waiting: deque[_Held[P]] = deque()

    def work(self, jobs: Iterator[Job[P]]) -> Iterator[JobOutcome[R]]:
        while self._feed(jobs):
            pipes: list[Any] = [worker.pipe for worker in self._workers]
            ready = wait(pipes, timeout=_patience(self._workers, self._settings))
            for worker in [worker for worker in self._workers if worker.pipe in ready]:
                yield from self._receive(worker)
            for worker in [worker for worker in self._workers if _overdue(worker, self._settings)]:
                worker.timed_out = True
                yield from self._bury(worker)

    def close(self) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def _feed(self, jobs: Iterator[Job[P]]) -> bool:
        """Give every worker what it may hold, starting workers as needed; False when all is done."""
        for depth in range(1, AHEAD + 1):
            for place in range(self._settings.processes):
                short = place >= len(self._workers) or len(self._workers[place].held) < depth
                if short and not self._give(place, jobs):
                    break
        return any(worker.held for worker in self._workers)

    def _give(self, place: int, jobs: Iterator[Job[P]]) -> bool:
        held = self._next(jobs)
        if held is None:
            return False
        if place >= len(self._workers):
            self._workers.append(self._start())
            place = len(self._workers) - 1
        worker = self._workers[place]
        held.started = time.monotonic()
        worker.held.append(held)
        # A worker that has just died is found out by its pipe's end, and the job comes back.
        with suppress(OSError):
            worker.pipe.send((held.job.key, held.job.payload, held.again))
        return True

    def _next(self, jobs: Iterator[Job[P]]) -> _Held[P] | None:
        if self._waiting:
            return self._waiting.popleft()
        job = next(jobs, None)
        return None if job is None else _Held(job)

    def _start(self) -> _Worker[P]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._task, self._settings, os.getpid()), daemon=True
        )
        with undisturbed():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _receive(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        try:
            key, result, failure, seconds, leaving = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._bury(worker)
            return
        held = worker.held.popleft()
        assert held.job.key == key  # noqa: S101 - answers come in the order of the jobs
        if leaving:
            _end(worker, patient=True)
            self._forget(worker)
        elif worker.held:
            worker.held[0].started = time.monotonic()
        yield from self._judge(held, result, failure, seconds)

    def _judge(self, held: _Held[P], result: R | None, failure: str, seconds: float) -> Iterator[JobOutcome[R]]:
        if failure and not held.again:
            self._waiting.appendleft(_Held(held.job, failure))
        elif held.again and result is None:
            # The second way failed as well, or there is none: what happened first says more.
            yield JobOutcome(held.job.key, None, held.failure, failure, seconds)
        else:
            yield JobOutcome(held.job.key, result, failure, held.failure, seconds)

    def _bury(self, worker: _Worker[P]) -> Iterator[JobOutcome[R]]:
        """A worker is gone, or must go: the job in work has failed, the others go back."""
        _end(worker)
        held = worker.held.popleft() if worker.held else None
        self._forget(worker)
        if held is not None:
            seconds = time.monotonic() - held.started
            yield from self._judge(held, None, _cause(worker, self._settings), seconds)

    def _forget(self, worker: _Worker[P]) -> None:
        """Take a worker that has ended off the list; the jobs it had not begun go back to the front."""
        self._waiting.extendleft(reversed(worker.held))
        self._workers.remove(worker)


def _patience(workers: Iterable[_Worker[P]], settings: WorkerSettings) -> float:
    """Seconds until the first of the jobs in work is overdue."""
    started = [worker.held[0].started for worker in workers if worker.held]
    return max(0.0, min(started) + settings.wall_seconds - time.monotonic()) if started else 0.0


def _overdue(worker: _Worker[P], settings: WorkerSettings) -> bool:
    late = worker.held and time.monotonic() - worker.held[0].started >= settings.wall_seconds
    # While the caller was busy an answer may have come in time and be waiting.
    return bool(late) and not worker.pipe.poll()


def _cause(worker: _Worker[P], settings: WorkerSettings) -> str:
    if worker.timed_out:
        return f"ran longer than {settings.wall_seconds:g} s"
    return limits.cause(worker.process.exitcode, settings.cpu_seconds)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Ctrl-C from a process that is being born: it inherits the mask and leaves the parent to end it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


GRACE = 0.5
"""Seconds a process that has said it is leaving gets to do so."""


def _end(worker: _Worker[Any], *, patient: bool = False) -> None:
    """End a process and all it started, and reap it."""
    worker.pipe.close()
    if patient:
        worker.process.join(GRACE)
    limits.kill(worker.process)
    worker.process.join()


def _serve(pipe: Connection, packed: bytes, settings: WorkerSettings, parent: int) -> None:
    """The worker's side: do jobs until the pipe ends, the process is worn, or a limit strikes."""
    limits.confine(settings.memory, parent)
    task = None
    for done in range(1, settings.jobs + 1):
        try:
            key, payload, again = pipe.recv()
        except (EOFError, OSError):
            return
        started = time.monotonic()
        limits.allow_cpu(settings.cpu_seconds)
        if task is None:
            task = pickle.loads(packed)  # noqa: S301 - from our own parent
        result, failure = _attempt(task, payload, again)
        worn = done == settings.jobs or failure == OUT_OF_MEMORY
        leaving = worn or limits.resident() > settings.resident
        answer = _pack((key, result, failure, time.monotonic() - started, leaving), settings)
        try:
            pipe.send_bytes(answer)
        except OSError:
            return
        if leaving:
            return


def _attempt(task: Task[Any, Any], payload: object, again: bool) -> tuple[object, str]:  # noqa: FBT001 - as in Task
    try:
        return task(payload, again), ""
    except MemoryError:
        return None, OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - the one broad except: any fault of a library on one file is that file's
        return None, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")


def _pack(answer: tuple[int, object, str, float, bool], settings: WorkerSettings) -> bytes:
    key, _, _, seconds, leaving = answer
    try:
        packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        return pickle.dumps((key, None, f"its result cannot be sent ({type(error).__name__})", seconds, leaving))
    if len(packed) > settings.result_bytes:
        text = f"its result is larger than {settings.result_bytes >> 20} MiB"
        return pickle.dumps((key, None, text, seconds, leaving))
    return packed
