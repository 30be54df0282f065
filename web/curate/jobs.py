"""Long work of the archivist's pages: one job at a time, which goes on whether or not anybody looks at its page."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from threading import Event as Flag
from threading import Lock, Thread

from corpus.errors import LockedError, MunimentError
from corpus.messages import Message, message
from indexer.ingest.run_events import Digested, Event, Finished, Indexed, Noted, Read, Recognised, Summary

MAX_LINES = 200
"""Lines of a job that are kept for its page; the catalogue keeps every reason."""
MAX_JOBS = 20
"""Finished jobs that are remembered."""
MAX_SHOWN_SECONDS = 120
"""Duration of a job from which on it is said in minutes."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A line of a job: a place, what is said of it, and the document that it is about, if any.

    A sentence is a message, or as stored in English.
    """

    place: str
    sentence: Message | str
    document_id: str = ""

    def __str__(self) -> str:
        """Return the line in English."""
        return f"{self.place}: {self.sentence}"


Report = Callable[[str, int, int], None]
"""Called with the code of a stage, what is done of it, and all of it."""


class JobStoppedError(Exception):
    """The job was stopped by the archivist."""


class JobState(StrEnum):
    """The states of a job."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


FAILURES = frozenset({JobState.FAILED, JobState.INTERRUPTED})
"""States of jobs that have to be begun again, unless a later job did the same."""


@dataclass(slots=True)
class CurationJob:
    """Work in progress, and how it ended.

    Attributes:
        number: of the job.
        title: what it does.
        started, ended: when; ``ended`` is None while it runs.
        stage: code of the stage it is at.
        done, total: how far the stage is.
        lines: what it has to say, the newest last.
        error: why it ended early.
        outcome: what it came to.
        is_stopped: whether the archivist stopped it.
        is_interrupted: whether its server ended before it did.
    """

    number: int
    title: Message
    started: dt.datetime
    ended: dt.datetime | None = None
    stage: str = "web.job.waiting"
    done: int = 0
    total: int = 0
    lines: deque[JobLine] = field(default_factory=lambda: deque(maxlen=MAX_LINES))
    error: MunimentError | None = None
    outcome: tuple[Message, ...] = ()
    is_stopped: bool = False
    is_interrupted: bool = False
    stopping: Flag = field(default_factory=Flag)

    def report(self, stage: str, done: int, total: int) -> None:
        """Note how far the job is, and end it where it is to be stopped.

        Raises:
            JobStoppedError: it is.
        """
        self.stage, self.done, self.total = stage, done, total
        if self.stopping.is_set():
            raise JobStoppedError

    @property
    def percent(self) -> int:
        """Return how much of the stage is done, of a hundred."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def state(self) -> JobState:
        """Return whether it runs, or how it ended."""
        if self.ended is None:
            return JobState.RUNNING
        if self.is_interrupted:
            return JobState.INTERRUPTED
        if self.is_stopped:
            return JobState.STOPPED
        return JobState.FAILED if self.error else JobState.DONE

    @property
    def day(self) -> str:
        """Return the day on which it began as an EDTF date."""
        return self.started.date().isoformat()

    @property
    def duration(self) -> Message | None:
        """Return how long it took; None while it runs, or where nobody saw its end."""
        if self.ended is None or self.is_interrupted:
            return None
        seconds = round((self.ended - self.started).total_seconds())
        if seconds < MAX_SHOWN_SECONDS:
            return message("web.job-seconds", seconds=max(seconds, 1))
        return message("web.job-minutes", minutes=round(seconds / 60))


Work = Callable[[CurationJob], tuple[Message, ...]]
"""The work of a job; it returns what it came to."""


Keep = Callable[[Iterable[CurationJob]], None]
"""Keeps the list of jobs for a later server."""


class Jobs:
    """Runs one job at a time, each in a thread of its own, and remembers the last ones."""

    def __init__(self, earlier: Iterable[CurationJob] = (), keep: Keep = lambda _: None) -> None:
        """Begin with the jobs of earlier servers, after whose numbers the next ones are counted.

        Args:
            earlier: those jobs.
            keep: called with the list of jobs whenever one begins or ends.
        """
        self._jobs = {job.number: job for job in earlier}
        self._numbers = count(max(self._jobs, default=0) + 1)
        self._keep = keep
        self._lock = Lock()
        self._thread: Thread | None = None

    def start(self, title: Message, work: Work) -> CurationJob:
        """Begin a job.

        Raises:
            LockedError: another one is running.
        """
        with self._lock:
            running = self.running()
            if running is not None:
                raise LockedError("web.job-running", title=running.title)
            job = CurationJob(next(self._numbers), title, _now())
            self._jobs[job.number] = job
            for number in sorted(self._jobs)[:-MAX_JOBS]:
                del self._jobs[number]
            self._keep(self._jobs.values())
            self._thread = Thread(target=self._finish, args=(job, work), name=f"muniment-job-{job.number}", daemon=True)
            self._thread.start()
            return job

    def _finish(self, job: CurationJob, work: Work) -> None:
        try:
            _do(job, work)
        finally:
            with self._lock:
                job.ended = _now()
                self._keep(self._jobs.values())

    def running(self) -> CurationJob | None:
        """Return the job that runs, or None."""
        return next((job for job in self._jobs.values() if job.ended is None), None)

    def job(self, number: int) -> CurationJob | None:
        """Return the job with a number, if it is remembered."""
        return self._jobs.get(number)

    def newest(self) -> list[CurationJob]:
        """Return the jobs that are remembered: the one that runs, then unsettled failures, then the newest."""
        jobs = sorted(self._jobs.values(), key=lambda job: -job.number)
        done: set[str] = set()
        unsettled: set[int] = set()
        for job in jobs:
            if job.state is JobState.DONE:
                done.add(job.title.code)
            elif job.state in FAILURES and job.title.code not in done:
                unsettled.add(job.number)
        return sorted(jobs, key=lambda job: (job.state is not JobState.RUNNING, job.number not in unsettled))

    def close(self) -> None:
        """Stop the job that runs, and wait until it has kept what it did."""
        job, thread = self.running(), self._thread
        if job is not None and thread is not None:
            job.stopping.set()
            thread.join(timeout=30)


def _do(job: CurationJob, work: Work) -> None:
    try:
        job.outcome = work(job)
    except JobStoppedError:
        job.outcome, job.is_stopped = (message("web.job.stopped"),), True
    except MunimentError as error:
        job.error = error
    except OSError as error:
        job.error = MunimentError("web.job.failed", reason=error.strerror or str(error))
    finally:
        if not job.outcome and job.error is None:
            job.error = MunimentError("web.internal")  # the fault itself is printed on standard error


def follow_run(job: CurationJob, events: Iterator[Event]) -> Summary:
    """Follow a run to its end, noting how far it is and what cannot be read, and return its summary."""
    for event in events:
        match event:
            case Digested(done, total):
                job.report("web.job.checking", done, total)
            case Read(done, total, path, _, reason):
                if reason:
                    job.lines.append(JobLine(path, reason))
                job.report("web.job.reading", done, total)
            case Recognised(done, total):
                job.report("web.job.recognising", done, total)
            case Indexed(done, total):
                job.report("web.job.indexing", done, total)
            case Noted(path, notice):
                job.lines.append(JobLine(path, notice))
            case Finished(summary):
                return summary
    return Summary()


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
