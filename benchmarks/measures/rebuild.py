"""Measure building the index of an archive from its catalogue alone, as ``muniment reindex`` does."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_index
from benchmarks.measures.process_usage import cpu_seconds, peak_mb, reset_peak, size_mb
from indexer.index.manifest import index_path


@dataclass(frozen=True, slots=True)
class RebuildCost:
    """One rebuild: seconds, MB of text and of the index, and peak memory of all processes in MB."""

    documents: int
    workers: int
    text_mb: float
    wall: float
    cpu: float
    index_mb: float
    peak_mb: float


def measure(archive: Path, documents: int, text_mb: float, workers: int) -> RebuildCost:
    """Rebuild the index of ``archive`` with a number of workers, in a new process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        wall, cpu, peak = pool.submit(_rebuild, archive, workers).result()
    return RebuildCost(documents, workers, text_mb, wall, cpu, size_mb(index_path(archive)), peak)


def _rebuild(archive: Path, workers: int) -> tuple[float, float, float]:
    reset_peak()
    wall, cpu = time.perf_counter(), cpu_seconds()
    fill_index(archive, workers)
    children = workers if workers > 1 else 0
    return time.perf_counter() - wall, cpu_seconds() - cpu, peak_mb(children)
