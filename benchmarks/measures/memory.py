"""Measure opening an archive, and the memory of a process that has answered many different questions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpora.questions import Question
from benchmarks.engines import OURS
from benchmarks.engines.engine_process import EngineProcess
from benchmarks.measures.process_usage import ROOT

_OPENINGS = 3
_BARE = "from benchmarks.measures.process_usage import resident_mb; print(resident_mb())"


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """The cost of an open archive.

    Attributes:
        open_cpu: milliseconds of processor time for opening it, modules loaded.
        open_wall: the same in wall time.
        opened_mb: resident memory after opening, beyond that of a bare Python.
        questions: number of different questions that were asked.
        asked_mb: memory after them beside mapped files.
    """

    open_cpu: float
    open_wall: float
    opened_mb: float
    questions: int
    asked_mb: float


def measure(archive: Path, questions: Sequence[Question]) -> list[MemoryUse]:
    """Open the archive in several new processes, and ask the last one every question."""
    command = [sys.executable, "-c", _BARE]
    bare = float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    cpu, wall, resident, anonymous = [], [], [], 0.0
    for opening in range(_OPENINGS):
        with EngineProcess(OURS, archive) as process:
            opened = process.call("open")
            cpu.append(opened["cpu"])
            wall.append(opened["wall"])
            resident.append(process.call("memory")["resident"])
            if opening == _OPENINGS - 1:
                for question in questions:
                    process.ask(question)
                anonymous = process.call("memory")["anonymous"]
    return [MemoryUse(median(cpu), median(wall), median(resident) - bare, len(questions), anonymous)]
