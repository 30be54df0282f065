"""The worker's side of the pool: do batches of jobs, each batch in a confined process of its own where possible.

A worker that can confine processes reads no file itself. It loads what libraries it was not forked with, and forks a
process for each batch, which is confined to the batch's files. Its answers are passed on as bytes that the worker does
not look into.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn, Protocol, runtime_checkable

from corpus.messages import message
from corpus.settings.setting_table import DEFAULT_CPU_SECONDS, DEFAULT_MEMORY_MB, DEFAULT_SECONDS
from indexer.sandbox import child_process, confinement, limits, typed_json
from indexer.sandbox.answers import MAX_HEAD_BYTES, AnswerKind, WorkerAnswer, unpack

OUT_OF_MEMORY = message("file.memory")

_MAX_DESCRIPTORS = 1 << 16
"""Number below which a forked process closes the descriptors that it inherits."""

END_SECONDS = 1.0
"""Time that a process which has closed its pipe gets to end by itself."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Limits of the processes.

    Attributes:
        processes: how many run side by side.
        memory: address space of each, in bytes.
        cpu_seconds: processor time one job may take.
        wall_seconds: time one job may take by the clock.
        jobs_per_process: jobs after which a process is replaced, in case its libraries leak memory.
        max_resident_bytes: resident memory beyond which it is replaced at once.
        max_result_bytes: size of an encoded result beyond which the job fails.
        max_file_bytes: size of a file that a confined process may write.
        confined: whether jobs are done in confined processes where the system can confine them.
    """

    processes: int = 1
    memory: int = DEFAULT_MEMORY_MB << 20
    cpu_seconds: int = DEFAULT_CPU_SECONDS
    wall_seconds: float = DEFAULT_SECONDS
    jobs_per_process: int = 2000
    max_resident_bytes: int = 800 << 20
    max_result_bytes: int = 1 << 28
    max_file_bytes: int = 1 << 31
    confined: bool = True


@dataclass(frozen=True, slots=True)
class SentJob:
    """A job as it is sent to a worker.

    Attributes:
        key: the caller's.
        payload: what the task gets.
        files: locations of the files that the task reads.
        times: those that the files have, as `Job` has them.
        use_fallback: whether this is the second attempt.
    """

    key: int
    payload: Any
    files: tuple[str, ...]
    times: tuple[int, int] | None
    use_fallback: bool


@runtime_checkable
class PreparedTask(Protocol):
    """A task that can load what it needs beforehand."""

    def prepare(self, payload: Any, /) -> None:
        """Load the libraries that a payload calls for, and read nothing of it: this happens outside confinement."""
        ...


def serve(pipe: Connection, pickled_task: bytes, settings: WorkerSettings, scratch: Path) -> None:
    """Do batches of jobs until the pipe ends or the process must be replaced."""
    worker = _Worker(pipe, settings, scratch)
    _use_scratch(scratch)
    with suppress(OSError):
        pipe.send_bytes(WorkerAnswer(AnswerKind.READY).pack())
    task: Callable[[Any, bool], object] | None = None
    while not worker.leaving:
        try:
            batch: Sequence[SentJob] = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            task = pickle.loads(pickled_task)  # noqa: S301 - from our own parent
        try:
            worker.work(task, batch)
        except (
            OSError
        ):  # the parent is gone, or the machine lacks something; an unanswered batch must not be passed over
            os._exit(limits.MACHINE_EXIT_CODE)


def _use_scratch(scratch: Path) -> None:
    """Have libraries and programs keep their temporary files, and look for settings, in the scratch folder alone."""
    tempfile.tempdir = str(scratch)
    for variable in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[variable]
    os.environ |= {"TMPDIR": str(scratch), "HOME": str(scratch)}


class _Worker:
    """A worker: its pipe to the parent, its limits, and the jobs it has done."""

    def __init__(self, pipe: Connection, settings: WorkerSettings, scratch: Path) -> None:
        self._pipe = pipe
        self._settings = settings
        self._scratch = scratch
        self._jobs_done = 0
        self.leaving = False
        self._confines = settings.confined and confinement.can_confine()
        if self._confines:
            child_process.adopt_orphans()

    def work(self, task: Callable[[Any, bool], object], batch: Sequence[SentJob]) -> None:
        """Do the jobs of a batch and send their answers, then the end of the batch."""
        if self._confines:
            gc.disable()  # this process only loads what those that it forks need
            if isinstance(task, PreparedTask):
                for job in batch:
                    task.prepare(job.payload)
            gc.freeze()  # a collection in a forked process would copy every page that it marks
            self._work_confined(task, batch)
        else:
            self._work_here(task, batch)
        self.leaving |= self._jobs_done >= self._settings.jobs_per_process
        self._pipe.send_bytes(WorkerAnswer(AnswerKind.END, leaving=self.leaving).pack())

    def _work_here(self, task: Callable[[Any, bool], object], batch: Sequence[SentJob]) -> None:
        for job in batch:
            answer = _answer(task, job, self._settings)
            self._jobs_done += 1
            self._pipe.send_bytes(answer.pack())
            if _must_end(answer, self._settings):
                self.leaving = True
                return

    def _work_confined(self, task: Callable[[Any, bool], object], batch: Sequence[SentJob]) -> None:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._do_confined(sender, parent, partial(self._do_batch, task, batch, sender), batch[0])
        sender.close()
        with receiver:
            answered = self._pass_on(receiver, batch)
            complete = answered == len(batch)
            exit_code = child_process.end_forked(pid, 0.0 if complete else END_SECONDS)
        child_process.end_orphans()
        _empty(self._scratch)
        self._jobs_done += answered
        # A process that ends on its own between two jobs has used too much memory; the rest goes to another.
        if not complete and (exit_code or not answered):
            self._pipe.send_bytes(WorkerAnswer(AnswerKind.DIED, batch[answered].key, str(exit_code).encode()).pack())
            self._jobs_done += 1

    def _do_confined(self, sender: Connection, parent: int, work: Callable[[], None], first: SentJob) -> NoReturn:
        """Do the work in this process, which was forked for it, and end it."""
        code = 1
        try:
            kept = sender.fileno()
            os.closerange(3, kept)
            os.closerange(kept + 1, _MAX_DESCRIPTORS)
            child_process.die_with_parent(parent)
            gc.enable()
            limits.limit_files(self._settings.max_file_bytes)
            confinement.confine(first.files, self._scratch, first.times)
            work()
            code = 0
        finally:
            os._exit(code)

    def _do_batch(self, task: Callable[[Any, bool], object], batch: Sequence[SentJob], sender: Connection) -> None:
        for job in batch:
            answer = _answer(task, job, self._settings)
            sender.send_bytes(answer.pack())
            if _must_end(answer, self._settings):
                return

    def _pass_on(self, receiver: Connection, batch: Sequence[SentJob]) -> int:
        """Pass the answers to a batch on to the parent, and return their number."""
        for count, job in enumerate(batch):
            try:
                data = receiver.recv_bytes(self._settings.max_result_bytes + MAX_HEAD_BYTES)
                answer = unpack(data)
            except (EOFError, OSError, ValueError):
                return count
            if answer.key != job.key or answer.kind > AnswerKind.FAILURE:
                return count
            self._pipe.send_bytes(data)
        return len(batch)


def _answer(task: Callable[[Any, bool], object], job: SentJob, settings: WorkerSettings) -> WorkerAnswer:
    limits.limit_cpu(settings.cpu_seconds)
    body, failure = child_process.attempt(partial(_encoded_result, task, job, settings), _describe)
    if failure:
        return WorkerAnswer(AnswerKind.FAILURE, job.key, failure.encode("utf-8", "replace"))
    return WorkerAnswer(AnswerKind.NOTHING if body is None else AnswerKind.RESULT, job.key, body or b"")


class _UnsendableError(Exception):
    """A result cannot be sent; the message says why."""


def _encoded_result(task: Callable[[Any, bool], object], job: SentJob, settings: WorkerSettings) -> bytes | None:
    result = task(job.payload, job.use_fallback)
    if result is None:
        return None
    try:
        body = typed_json.encode(result)
    except (TypeError, UnicodeEncodeError, OverflowError, RecursionError) as error:
        raise _UnsendableError(message("file.result-unsendable", error=type(error).__name__)) from error
    if len(body) > settings.max_result_bytes:
        raise _UnsendableError(message("file.result-too-large", mib=settings.max_result_bytes >> 20))
    return body


def _describe(error: Exception) -> str:
    """Return why an attempt failed, as a sentence."""
    if isinstance(error, _UnsendableError):
        return str(error)
    if isinstance(error, MemoryError):
        return str(OUT_OF_MEMORY)
    detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")
    return str(message("file.reader-failed", error=detail))


def _must_end(answer: WorkerAnswer, settings: WorkerSettings) -> bool:
    out_of_memory = answer.kind is AnswerKind.FAILURE and answer.sentence == str(OUT_OF_MEMORY)
    return out_of_memory or limits.resident_memory() > settings.max_resident_bytes


def _empty(scratch: Path) -> None:
    """Remove what a killed reader left in the scratch folder."""
    with suppress(OSError), os.scandir(scratch) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 - called for each document
