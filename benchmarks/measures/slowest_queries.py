"""Measure random queries with passages: none may be very slow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpora.questions import Question, Session
from benchmarks.engines import OURS
from benchmarks.engines.engine_process import EngineProcess
from benchmarks.measures import answering

PASSAGES = 3
SLOWEST = 3
"""Slowest queries that are asked once more in a new process; the shorter time counts, since the machine may pause."""

YARDSTICK = "or of 5"
"""The class of questions whose median in tantivy is the measure of slowness."""


@dataclass(frozen=True, slots=True)
class TypedQueryTimes:
    """Milliseconds of processor time of random queries, and of tantivy's median OR of 5 in the same run."""

    queries: int
    p50: float
    p99: float
    worst: float
    worst_query: str
    yardstick: float
    anonymous_mb: float


def measure(
    indexes: Mapping[str, Path], queries: Sequence[Question], sessions: Sequence[Session]
) -> list[TypedQueryTimes]:
    """Ask every query once, with passages, and the peer's questions of the yardstick class; empty without the peer."""
    with EngineProcess(OURS, indexes[OURS], PASSAGES) as process:
        process.call("open")
        times = {query: process.ask(query).cpu for query in queries}
        anonymous = process.call("memory")["anonymous"]
    for query in sorted(times, key=times.__getitem__)[-SLOWEST:]:
        with EngineProcess(OURS, indexes[OURS], PASSAGES) as process:
            process.call("open")
            for other in sessions[0].warm_up:
                process.ask(other)
            times[query] = min(times[query], process.ask(query).cpu)
    slowest = max(times, key=times.__getitem__)
    return [
        TypedQueryTimes(
            len(times), median(times.values()), answering.percentile(list(times.values()), 0.99), times[slowest],
            slowest.words[0], _yardstick(indexes, sessions), anonymous,
        )
    ]  # fmt: skip


def _yardstick(indexes: Mapping[str, Path], sessions: Sequence[Session]) -> float:
    peer = {name: folder for name, folder in indexes.items() if name == "tantivy"}
    rows = answering.measure(peer, sessions, PASSAGES, 1) if peer else []
    return next((row.first for row in rows if row.kind == YARDSTICK), 0.0)
