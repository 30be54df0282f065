"""The first question of a fresh process, by the clock from start to exit: ours is ``muniment search`` itself."""

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
from benchmarks.engines.muniment import request

TIMES = 3
"""Processes started for each class and engine; the median counts."""

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Started:
    """Milliseconds from the start of a process to its end with one question answered."""

    engine: str
    kind: str
    wall: float


def measure(archive: Path, base: Path, engines: Sequence[str], questions: Sequence[Question]) -> list[Started]:
    """Start processes in turn: ours over ``archive``, the peers over their indexes in ``base``."""
    made = []
    for kind, asked in by_class(questions):
        taken: dict[str, list[float]] = {name: [] for name in engines}
        for question in asked[:TIMES]:
            for name in engines:
                command = _ours(archive, question) if name == OURS else _peer(name, base / name, question)
                taken[name].append(wall_ms(command))
        made += [Started(name, kind, median(taken[name])) for name in engines]
    return made


def wall_ms(command: Sequence[str]) -> float:
    """Milliseconds a command takes by the clock."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def _ours(archive: Path, question: Question) -> list[str]:
    asked = request(question)
    narrowed = [f"{one.field}:{one.value}" for one in asked.filters]
    return [sys.executable, "cli.py", "--archive", str(archive), "search", " ".join([asked.query, *narrowed])]


def _peer(name: str, folder: Path, question: Question) -> list[str]:
    return [sys.executable, "-m", "benchmarks.measures.ask_once", name, str(folder), pickle.dumps(question).hex()]
