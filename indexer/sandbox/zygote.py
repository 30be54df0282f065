"""A process that loads what the workers of a pool need, once, and forks each worker.

Readers and the language model take a second of processor time and 110 MB to load. Workers that are forked share both.
The process itself reads no file. It ends with the parent, and its workers end with it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import reduction
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from indexer.sandbox import child_process, confinement
from indexer.sandbox.child_process import ChildProcess, attempt
from indexer.sandbox.worker import PreparedTask, WorkerSettings, serve

_POLL_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class _ForkRequest:
    """Asks for a worker, whose end of a pipe follows as a descriptor; answered with its process id."""

    payload: Any
    scratch: Path


@dataclass(frozen=True, slots=True)
class _WaitRequest:
    """Asks for the exit code of a worker, within ``seconds``; None waits for as long as it takes."""

    pid: int
    seconds: float | None


class Zygote:
    """The parent's side of the process that forks workers."""

    def __init__(self, pickled_task: bytes, settings: WorkerSettings) -> None:
        self._child = child_process.start(_fork_workers, pickled_task, settings, memory=settings.memory)
        self._unanswered: list[ForkedProcess] = []

    def fork(self, payload: object, scratch: Path) -> ChildProcess:
        """Fork a worker that has what ``payload`` calls for loaded, and keeps temporary files in ``scratch``.

        Where the zygote has ended, so has the pipe of the worker.
        """
        parent_end, worker_end = child_process.CONTEXT.Pipe()
        process = ForkedProcess(self)
        with worker_end, suppress(OSError):
            self._child.pipe.send(_ForkRequest(payload, scratch))
            reduction.send_handle(self._child.pipe, worker_end.fileno(), self._child.process.pid)
            self._unanswered.append(process)
        return ChildProcess(process, parent_end)

    def wait(self, pid: int, seconds: float | None) -> int | None:
        """Return the exit code of a worker; None where it has not ended in time.

        Raises:
            EOFError, OSError: the zygote has ended.
        """
        self._child.pipe.send(_WaitRequest(pid, seconds))
        code: int | None = self._child.pipe.recv()
        return code

    def receive_pids(self) -> None:
        """Receive the process ids of the workers forked last.

        Raises:
            EOFError, OSError: the zygote has ended.
        """
        while self._unanswered:
            self._unanswered[0].pid = self._child.pipe.recv()
            del self._unanswered[0]

    def has_ended(self) -> bool:
        """Return whether the process is gone."""
        return self._child.process.exitcode is not None

    def end(self) -> None:
        """End the process and its workers."""
        self._child.end()


class WorkerStarter:
    """Starts workers: forked by a zygote on Linux, where a process that has loaded its libraries can safely fork."""

    def __init__(self, pickled_task: bytes, settings: WorkerSettings) -> None:
        self._task = pickled_task
        self._settings = settings
        self._zygote: Zygote | None = None

    def __call__(self, payload: object, scratch: Path) -> ChildProcess:
        """Start a worker whose first job has this payload."""
        if sys.platform != "linux":
            return child_process.start(serve, self._task, self._settings, scratch, memory=self._settings.memory)
        if self._zygote is None or self._zygote.has_ended():  # the system may have killed it, short of memory
            self.close()
            self._zygote = Zygote(self._task, self._settings)
        return self._zygote.fork(payload, scratch)

    def close(self) -> None:
        """End the process that forks workers."""
        if self._zygote is not None:
            self._zygote.end()


class ForkedProcess:
    """A worker that a zygote forked.

    Attributes:
        pid: its process id; None before it is known.
    """

    def __init__(self, zygote: Zygote) -> None:
        self._zygote = zygote
        self._exit_code: int | None = None
        self.pid: int | None = None

    @property
    def exitcode(self) -> int | None:
        """Exit code, negative for a signal; None where it has not ended. A worker is killed with its zygote."""
        if self._exit_code is None:
            self.join(0.0)
        return self._exit_code

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, for ``timeout`` seconds at most."""
        if self._exit_code is not None:
            return
        try:
            self._zygote.receive_pids()
            if self.pid is not None:
                self._exit_code = self._zygote.wait(self.pid, timeout)
        except (EOFError, OSError):
            self._exit_code = -signal.SIGKILL

    def kill(self) -> None:
        """Kill it."""
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def _fork_workers(pipe: Connection, pickled_task: bytes, settings: WorkerSettings) -> None:
    """Answer the parent's requests until the pipe is closed."""
    gc.disable()
    task = pickle.loads(pickled_task)  # noqa: S301 - from our own parent
    if settings.confined:
        confinement.can_confine()  # what it finds out is kept for every worker
    with suppress(EOFError, OSError):
        while True:
            request: _ForkRequest | _WaitRequest = pipe.recv()
            if isinstance(request, _WaitRequest):
                pipe.send(_wait(request))
                continue
            worker_end = Connection(reduction.recv_handle(pipe))
            if isinstance(task, PreparedTask):
                attempt(partial(task.prepare, request.payload), str)  # a worker meets the same fault, and reports it
            gc.freeze()  # a collection in a forked process would copy every page that it marks
            pipe.send(_fork(pipe, partial(serve, worker_end, pickled_task, settings, request.scratch)))
            worker_end.close()


def _fork(pipe: Connection, work: partial[None]) -> int:
    """Fork a process that does its work and ends, and return its process id."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _do(pipe, parent, work)
    return pid


def _do(pipe: Connection, parent: int, work: partial[None]) -> NoReturn:
    code = 1
    try:
        pipe.close()
        os.setsid()
        child_process.die_with_parent(parent)
        work()
        code = 0
    finally:
        os._exit(code)


def _wait(request: _WaitRequest) -> int | None:
    """Return the exit code of a forked process; None where it does not end in time."""
    deadline = None if request.seconds is None else time.monotonic() + request.seconds
    while True:
        pid, status = os.waitpid(request.pid, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        if deadline is not None and time.monotonic() >= deadline:
            return None
        time.sleep(_POLL_SECONDS)
