"""The number of processes that work side by side: as asked for, as set, or one for each core."""

from __future__ import annotations

import os

from corpus.settings import Settings


def available_cores() -> int:
    """Return the number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_count(jobs: int, settings: Settings) -> int:
    """Return the number of processes to run side by side.

    Args:
        jobs: the number asked for; 0 for none in particular.
        settings: its ``jobs`` counts where none is asked for; where that is 0 too, there is one a core.
    """
    return jobs or settings.jobs or available_cores()
