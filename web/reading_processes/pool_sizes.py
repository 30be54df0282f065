"""The kinds of work that reading processes do, and the size of the pool for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from web.site import MAX_ANSWER_SECONDS, SEARCH_THREADS

MAX_READY = 8
"""Processes that are ready, however many cores there are: each takes some 20 MB."""
MAX_HELD_UP = 6
"""Processes beyond those that are ready, for those who wait longest while slow questions hold up the others. More would
only share the processor, and fewer of them would answer in time."""
MAX_RESERVE = 10
"""Processes beyond those, for whoever came last. With 16 more than are ready a server with slow searches alone takes
some 400 MB, and 20 of them at once still leave some to quick ones."""
MAX_COUNTING = 4
"""Processes that count over the whole archive: more of them would each have less of the processor in the same time."""


class ReadingWork(Enum):
    """A kind of work, which has a pool of its own, so that none waits for another."""

    QUESTION = "question"
    """A search, a document, a suggestion: most are answered in some milliseconds."""
    COUNT = "count"
    """A researcher's tool, which reads the positions of words in all documents that match."""
    EXPORT = "export"
    """All that a search finds, and all lines of a concordance."""


@dataclass(frozen=True, slots=True)
class PoolSize:
    """The bounds of a pool.

    Attributes:
        ready: processes that answer beside one another before another is forked for one that is held up.
        most: the most that there are at once for those who wait longest, those that slow questions hold up included.
        has_low_priority: whether its processes take only the processor time that others leave. They are not kept when
            there is nothing to do; of the others, those that are ready are.
        reserve: processes beyond those for whoever came last.
        max_wait_seconds: time after which a request that still waits for a process is refused.
    """

    ready: int
    most: int
    has_low_priority: bool = False
    reserve: int = 0
    max_wait_seconds: float = MAX_ANSWER_SECONDS


_READY = min(SEARCH_THREADS, MAX_READY)
_COUNTING = min(SEARCH_THREADS, MAX_COUNTING)

POOL_SIZES = {
    ReadingWork.QUESTION: PoolSize(_READY, _READY + MAX_HELD_UP, reserve=MAX_RESERVE),
    ReadingWork.COUNT: PoolSize(_COUNTING, _COUNTING, has_low_priority=True),
    ReadingWork.EXPORT: PoolSize(4, 4, has_low_priority=True, max_wait_seconds=math.inf),
}
"""The size of each pool. A stalled client may keep an export's process, and whoever downloads much may wait long."""
