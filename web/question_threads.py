"""Threads that answer questions, so that a slow one never holds up the loop that takes requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

from corpus.errors import MunimentError

T = TypeVar("T")

MAX_WAITING = 64
"""Questions that may wait for a thread; one more is refused, with advice to try again."""


class BusyError(MunimentError):
    """The error for a question that would wait too long."""


class QuestionThreads:
    """A pool of threads with a bounded queue."""

    def __init__(self, threads: int, name: str) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=f"muniment-{name}")
        self._threads = threads
        self._unfinished = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, done in one of the threads. Cancelled before it begins, it is never done.

        Raises:
            BusyError: too many others wait.
            MunimentError: as ``work`` raises.
        """
        if self._unfinished >= MAX_WAITING + self._threads:
            raise BusyError("web.busy")
        self._unfinished += 1
        self._idle.clear()
        try:
            return await asyncio.wrap_future(self._executor.submit(copy_context().run, work))
        finally:
            self._unfinished -= 1
            if not self._unfinished:
                self._idle.set()

    async def wait_until_idle(self, seconds: float) -> None:
        """Wait until nothing is asked, for so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()

    def close(self) -> None:
        """End the threads once what they do is done; what waits is not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)
