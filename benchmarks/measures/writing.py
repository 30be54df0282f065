"""Measure writing: each engine in a process of its own, taking turns over portions of the same corpus."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.text_rows import read_portions
from benchmarks.engines.engine_process import EngineProcess
from benchmarks.measures.process_usage import size_mb

FLOOR = "tokenising alone"
"""Splitting the folded text into words by one regular expression: no writer in Python can be faster."""

_FLOOR_PORTIONS = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WritingCost:
    """The cost of indexing a corpus for one engine: processor time in seconds, MB of text, index and memory."""

    engine: str
    documents: int
    text_mb: float
    cpu: float
    index_mb: float
    peak_mb: float

    @property
    def speed(self) -> float:
        """Return MB of text per second of processor time."""
        return self.text_mb / self.cpu


def measure(corpus: Path, indexes: Mapping[str, Path], snippets: int = 0) -> list[WritingCost]:
    """Index the corpus with every engine into its folder, which is emptied first."""
    with ExitStack() as running:
        processes = {}
        for name, folder in indexes.items():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            processes[name] = running.enter_context(EngineProcess(name, folder, snippets, corpus))
        unfinished = set(processes)
        while unfinished:
            unfinished = {name for name in processes if name in unfinished and processes[name].call("add")["more"]}
        costs = {name: process.call("finish") for name, process in processes.items()}
    return [
        WritingCost(name, int(cost["documents"]), cost["text_mb"], cost["cpu"], size_mb(indexes[name]), cost["peak_mb"])
        for name, cost in costs.items()
    ]


def measure_floor(corpus: Path) -> WritingCost:
    """Measure the time that only splitting the first portions of the corpus into words takes."""
    documents, size, cpu = 0, 0, 0.0
    for (portion_bytes, rows), _ in zip(read_portions(corpus), range(_FLOOR_PORTIONS), strict=False):
        documents, size = documents + len(rows), size + portion_bytes
        started = time.process_time()
        for row in rows:
            _WORD.findall(row.text.lower())
        cpu += time.process_time() - started
    return WritingCost(FLOOR, documents, size / 1e6, cpu, 0.0, 0.0)
