"""Latency: the same questions to every engine in one process, turn by turn, warm.

Milliseconds are by the clock, as whoever waits feels them; on a busy machine they come out longer for every engine.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.engines import OURS, make
from benchmarks.engines.contract import Answer, Engine
from benchmarks.questions import Question, by_class

ROUNDS = 5
"""Times each question is measured; the first round is not counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a class of questions cost one engine: milliseconds by the clock, and the median of the totals it found."""

    engine: str
    kind: str
    p50: float
    p95: float
    matches: float


def measure(base: Path, engines: Sequence[str], questions: Sequence[Question], rounds: int = ROUNDS) -> list[Asked]:
    """Ask every question of every engine over the indexes in folders of ``base`` named after them."""
    opened = {name: make(name, base / name) for name in engines}
    for engine in opened.values():
        engine.open()
    made = []
    for kind, asked in by_class(questions):
        taken: dict[str, list[float]] = {name: [] for name in engines}
        totals: dict[str, list[int]] = {name: [] for name in engines}
        for number in range(rounds + 1):
            for question in asked:
                for name, engine in opened.items():
                    milliseconds, answer = _timed(engine, question)
                    if number:
                        taken[name].append(milliseconds)
                    else:
                        totals[name].append(answer.total)
        _check(kind, totals)
        made += [
            Asked(name, kind, median(taken[name]), percentile(taken[name], 0.95), median(totals[name]))
            for name in engines
        ]
    for engine in opened.values():
        engine.close()
    return made


def _timed(engine: Engine, question: Question) -> tuple[float, Answer]:
    gc.disable()
    started = time.perf_counter()
    answer = engine.ask(question)
    milliseconds = (time.perf_counter() - started) * 1000
    gc.enable()
    return milliseconds, answer


def _check(kind: str, totals: dict[str, list[int]]) -> None:
    """Stock Whoosh has the same tokens and stems, so it must have found the same number of documents."""
    if "whoosh3" in totals:
        assert totals["whoosh3"] == totals[OURS], f"{kind}: {totals}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]
