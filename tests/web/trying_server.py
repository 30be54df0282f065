"""A server for tests of its processes: ``python -m tests.web.trying_server`` and the arguments of `muniment`.

Its searches and tools are slow or deadly with some words, and its times and numbers of processes are small.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable

from cli import run
from search.archive import Archive
from search.archive_state import ArchiveState
from search.deadline import check_deadline
from search.query import Query
from search.quote_check import check_quotes
from search.quote_check.quote_values import Quotation, QuoteReport
from search.request import Request
from search.results import Diagnostic
from web import site
from web.reading_processes import forwarding, process_pool, reading_process, reading_zygote
from web.reading_processes.pool_sizes import PoolSize, ReadingWork
from web.research import quote_page, whole_results

READY, MOST, MAX_WAITING = 1, 3, 2
MAX_RESTARTS = 2
ANSWER_SECONDS = 1.0
_interpret = ArchiveState.interpret


def answer_slowly() -> None:
    """Go on until the answer is late, or nobody waits for it any more."""
    while True:
        check_deadline()
        time.sleep(0.002)


def interpret(state: ArchiveState, request: Request, *, expand: bool = True) -> tuple[Query, tuple[Diagnostic, ...]]:
    """Interpret a query, as every search and every tool does first, at first as slowly as it wants."""
    if "slow" in request.query or ("half" in request.query and request.offset):
        answer_slowly()
    if "stuck" in request.query:
        time.sleep(60)
    if "busy" in request.query:
        end = time.process_time() + 1.2 * reading_process.SLOW_SECONDS
        while time.process_time() < end:
            check_deadline()
    if "deadly" in request.query:
        os.kill(os.getpid(), signal.SIGBUS)
    return _interpret(state, request, expand=expand)


def check(archive: Archive, quotations: Iterable[Quotation], most: int) -> QuoteReport:
    """Check quotations, of which some are slow or deadly."""
    rows = list(quotations)
    texts = " ".join(row.text for row in rows)
    if "slow" in texts:
        answer_slowly()
    if "deadly" in texts:
        os.kill(os.getpid(), signal.SIGBUS)
    return check_quotes.check_quotes(archive, rows, most)


SMALL_SIZES = {
    ReadingWork.QUESTION: PoolSize(READY, MOST),
    ReadingWork.COUNT: PoolSize(1, 1, has_low_priority=True, max_wait_seconds=0.3),
    ReadingWork.EXPORT: PoolSize(1, 1, has_low_priority=True),
}
SMALL = (
    (forwarding, "POOL_SIZES", SMALL_SIZES),
    (forwarding, "MAX_ANSWER_SECONDS", ANSWER_SECONDS),
    (forwarding, "GRACE_SECONDS", 0.3),
    (site, "MAX_ANSWER_SECONDS", ANSWER_SECONDS),
    (whole_results, "ROWS_AT_A_TIME", 1),
    (process_pool, "GIVE_UP_SECONDS", 0.6),
    (process_pool, "MAX_WAITING", MAX_WAITING),
    (process_pool, "PATIENCE_SECONDS", 0.01),
    (process_pool, "HELD_UP_SECONDS", 0.02),
    (process_pool, "IDLE_SECONDS", 0.2),
    (process_pool, "SWEEP_SECONDS", 0.05),
    (reading_process, "SLOW_SECONDS", 0.2),
    (reading_zygote, "MAX_RESTARTS", MAX_RESTARTS),
)
AS_INSTALLED = "MUNIMENT_TRYING_AS_INSTALLED"
"""The environment variable with which times and numbers are those of an installed server."""
WITHOUT_PYTHON = "MUNIMENT_TRYING_WITHOUT_PYTHON"
"""The environment variable with which no further interpreter can be started."""

if __name__ == "__main__":
    setattr(ArchiveState, "interpret", interpret)  # noqa: B010 (mypy allows no assignment to a method)
    setattr(quote_page, "check_quotes", check)  # noqa: B010 (the same)
    for place, name, value in () if AS_INSTALLED in os.environ else SMALL:
        setattr(place, name, value)
    if WITHOUT_PYTHON in os.environ:
        sys.executable = "/no-such/python"
    run(prog_name="muniment")
