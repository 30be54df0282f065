"""Measure rebuilding the index from the catalogue with one worker and with two."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measures.process_usage import peak_mb, reset_peak
from corpus.catalogue import open_catalogue
from indexer.index import update_index


@dataclass(frozen=True, slots=True)
class RebuildTime:
    """One rebuild: wall time in seconds, MB of text, and peak memory of all processes in MB."""

    workers: int
    wall: float
    text_mb: float
    peak_mb: float


def measure(archive: Path, text_mb: float) -> list[RebuildTime]:
    """Rebuild the index of ``archive`` with one worker and with two."""
    times = []
    for workers in (1, 2):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            wall, peak = pool.submit(_rebuild, archive, workers).result()
        times.append(RebuildTime(workers, wall, text_mb, peak))
    return times


def _rebuild(archive: Path, workers: int) -> tuple[float, float]:
    reset_peak()
    catalogue = open_catalogue(archive, write=True)
    started = time.perf_counter()
    for _ in update_index.rebuild(catalogue, workers):
        pass
    wall = time.perf_counter() - started
    catalogue.close()
    return wall, peak_mb(children=workers if workers > 1 else 0)
