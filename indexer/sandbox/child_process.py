"""Start child processes tied to their parent and shielded from Ctrl-C, and end them as a group.

Processes are spawned, so they share neither threads nor open files with their parent. On systems without process
groups, signal masks or death signals (Windows) what is missing is left out.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from indexer.sandbox import limits

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext  # the former is not on every system

R = TypeVar("R")
E = TypeVar("E")

CONTEXT: SpawnContext | ForkServerContext = multiprocessing.get_context("spawn")
"""The way processes start. Tests fork them from a process that has the readers loaded, as spawning takes 0.5 s."""

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # of <sys/prctl.h>
_POLL_SECONDS = 0.002


class Process(Protocol):
    """The operations on a child process, whoever forked it."""

    @property
    def pid(self) -> int | None:
        """Process id; None before it has started."""

    @property
    def exitcode(self) -> int | None:
        """Exit code, negative for a signal; None before it has ended."""

    def join(self, timeout: float | None = None, /) -> None:
        """Wait until it has ended, for ``timeout`` seconds at most."""

    def kill(self) -> None:
        """Kill it."""


@dataclass(frozen=True, slots=True)
class ChildProcess:
    """A child process and the parent's end of the pipe to it."""

    process: Process
    pipe: Connection

    def send(self, request: object) -> None:
        """Send a request. A child that has died is noticed when its answer is received."""
        with suppress(OSError):
            self.pipe.send(request)

    def receive(self) -> Any:
        """Return the answer to the oldest request, from a child that runs `answer_requests`.

        Raises:
            ChildProcessError: the child died.
            Exception: whatever answering the request raised in the child.
        """
        try:
            result, error = self.pipe.recv()
        except (EOFError, OSError) as lost:
            self.end()
            raise ChildProcessError(f"a child process ended with code {self.process.exitcode}") from lost
        if error is not None:
            raise error
        return result

    def end(self, grace: float | None = 0.0) -> None:
        """Close the pipe, which asks the child to end, then kill it with every process it started.

        Args:
            grace: seconds it is given to end by itself; None waits for as long as it takes.
        """
        self.pipe.close()
        self.process.join(grace)
        self._kill()
        self.process.join()

    def _kill(self) -> None:
        if self.process.pid is None:
            return
        if sys.platform != "win32":
            # The group outlives its leader as long as a child of the leader runs; it may also not exist yet.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.exitcode is None:
            self.process.kill()


def start(
    serve: Callable[..., None], *arguments: object, memory: int = limits.UNLIMITED_MEMORY, name: str | None = None
) -> ChildProcess:
    """Start a child process that calls ``serve(pipe, *arguments)`` and ends with it or with the parent.

    Args:
        serve: a module's function, which the child imports by name.
        arguments: what it gets after the child's end of the pipe; they must be picklable.
        memory: bytes of address space the child may take.
        name: name of the process.
    """
    parent_end, child_end = CONTEXT.Pipe()
    process = CONTEXT.Process(
        target=_run, args=(child_end, os.getpid(), memory, serve, arguments), name=name, daemon=True
    )
    with interrupts_blocked(), _safe_path(), _without_main_module():
        process.start()
    child_end.close()
    return ChildProcess(process, parent_end)


def answer_requests(pipe: Connection, handle: Callable[[Any], object]) -> None:
    """Answer the parent's requests with the result or error of ``handle`` until the pipe is closed."""
    with suppress(EOFError, OSError):
        while True:
            pipe.send(attempt(partial(handle, pipe.recv()), _with_traceback))


def attempt(function: Callable[[], R], describe: Callable[[Exception], E]) -> tuple[R | None, E | None]:
    """Call a function and return (result, None), or (None, description of the exception it raised)."""
    try:
        return function(), None
    except Exception as error:  # noqa: BLE001 - the one broad except: any fault of a library on one file is that file's
        return None, describe(error)


def _with_traceback(error: Exception) -> Exception:
    """Note the traceback in an exception, which is lost when the exception is sent to another process."""
    error.add_note(traceback.format_exc())
    return error


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Put off Ctrl-C until the block ends; a process started in it inherits the signal mask, and is spared."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Keep processes started in the block from running the caller's program again.

    A new process would import it to find functions defined there, which none of ours is. A program that is typed into
    Python cannot be imported at all, and one without a guard would start its work anew.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keep processes started in the block from importing modules of the current folder, which may be a sent archive."""
    if CONTEXT.get_start_method() != "spawn":  # a server that forks is given the path of the tests
        yield
        return
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _run(
    pipe: Connection, parent: int, memory: int, serve: Callable[..., None], arguments: tuple[object, ...]
) -> None:  # fmt: skip
    """Isolate this process, which is a new child, and let it serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _discard_output()
    if sys.platform != "win32":
        with suppress(OSError):
            os.setsid()
    limits.limit_memory(memory)
    die_with_parent(parent)
    serve(pipe, *arguments)


def _discard_output() -> None:
    """Discard what libraries print: standard output belongs to the program."""
    with Path(os.devnull).open("w") as null_device:
        for stream in (1, 2):
            with suppress(OSError):
                os.dup2(null_device.fileno(), stream)


def die_with_parent(parent: int) -> None:
    """Have this process killed when its parent, process ``parent``, ends."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)  # the parent died before the signal was asked for


def adopt_orphans() -> None:
    """Make this process the parent of every process below it whose own parent ends, so that it can end them."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_forked(pid: int, grace: float) -> int:
    """End a forked process that does not end by itself within ``grace`` seconds.

    Returns:
        Its exit code, negative for a signal.
    """
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_POLL_SECONDS)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def end_orphans() -> None:
    """Kill the processes that a forked process left behind, which this one has adopted."""
    with suppress(OSError):
        while True:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
                for pid in map(int, children):
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(-1, 0)
