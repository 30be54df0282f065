"""Count processes that end before they are ready, and give up after too many."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from corpus.errors import ArchiveError

MAX_FAILED_STARTS = 10
"""Processes, for each that works at a time, that may end before they are ready, one after the other. Then no more are
started, as when the user may not execute Python or a library is broken. A system short of memory kills fewer."""

PAUSE_SECONDS = 0.05
"""Pause after such a process, in which the one that forks the others may end, too, and is replaced."""


@dataclass(slots=True)
class FailedStarts:
    """The processes that ended before they were ready since the last one that was.

    Attributes:
        processes: number of processes that work at a time.
        count: number of those that ended.
    """

    processes: int
    count: int = 0

    def add(self) -> None:
        """Count a process that ended before it was ready.

        Raises:
            ArchiveError: too many have, so that no file can be read.
        """
        self.count += 1
        if self.count >= MAX_FAILED_STARTS * self.processes:
            raise ArchiveError("run.no-reader-starts", python=sys.executable)
        time.sleep(PAUSE_SECONDS)
