"""One worker process that stays ready for single jobs, for somebody who waits for each answer."""

from __future__ import annotations

import math
from contextlib import ExitStack
from threading import Lock
from typing import Generic, TypeVar

from indexer.sandbox.pool import Job, JobOutcome, Pool, Task
from indexer.sandbox.scratch import scratch_folder
from indexer.sandbox.worker import WorkerSettings

P = TypeVar("P")
R = TypeVar("R")


class WarmPool(Generic[P, R]):
    """A pool of one process, started with the first job, within the limits and the confinement of every pool.

    Any thread may send it a job; jobs are done one after the other.
    """

    def __init__(self, task: Task[P, R], result: type[R], settings: WorkerSettings) -> None:
        self._task, self._result, self._settings = task, result, settings
        self._pool: Pool[P, R] | None = None
        self._stack = ExitStack()
        self._lock = Lock()

    def run(self, job: Job[P]) -> JobOutcome[R]:
        """Do a job, and return its outcome."""
        with self._lock:
            if self._pool is None:
                folder = self._stack.enter_context(scratch_folder())
                self._pool = Pool(self._task, self._result, self._settings, folder, lambda _: False)
            (outcome,) = (done for done in self._pool.work(iter([[job]]), math.inf) if done is not None)
            return outcome

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._stack.close()
                self._pool = None
