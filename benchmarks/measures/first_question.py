"""Measure the first question of a new process, as wall time from start to exit."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpora.questions import Question, by_class
from benchmarks.engines import OURS
from benchmarks.engines.muniment import to_request

PROCESSES_PER_CLASS = 3
"""Processes started per class and engine; the median is reported."""

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class FirstQuestionTime:
    """Milliseconds from the start to the exit of a process that answers one question."""

    engine: str
    kind: str
    wall: float


def measure(
    archive: Path, base: Path, engines: Sequence[str], questions: Sequence[Question]
) -> list[FirstQuestionTime]:
    """Start processes in turn: ``muniment search`` over ``archive``, the peers over their indexes in ``base``."""
    rows = []
    for kind, asked in by_class(questions):
        taken: dict[str, list[float]] = {name: [] for name in engines}
        for question in asked[:PROCESSES_PER_CLASS]:
            for name in engines:
                command = _ours(archive, question) if name == OURS else _peer(name, base / name, question)
                taken[name].append(wall_ms(command))
        rows += [FirstQuestionTime(name, kind, median(taken[name])) for name in engines]
    return rows


def wall_ms(command: Sequence[str]) -> float:
    """Return the wall time of a command in milliseconds."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def _ours(archive: Path, question: Question) -> list[str]:
    asked = to_request(question)
    filters = [f"{item.field}:{item.value}" for item in asked.filters]
    return [sys.executable, "cli.py", "--archive", str(archive), "search", " ".join([asked.query, *filters])]


def _peer(name: str, folder: Path, question: Question) -> list[str]:
    return [sys.executable, "-m", "benchmarks.measures.ask_once", name, str(folder), pickle.dumps(question).hex()]
