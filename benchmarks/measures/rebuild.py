"""The index built from the catalogue alone, by one worker and by two: seconds by the clock, and memory of all."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measures.process_usage import forget_peak, peak_mb
from corpus.catalogue import open_catalogue
from indexer.index import writer


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What building the index took: seconds by the clock, MB of text, and MB of memory of all processes at most."""

    workers: int
    wall: float
    text_mb: float
    peak_mb: float


def measure(archive: Path, text_mb: float) -> list[Rebuilt]:
    """Build the index of ``archive`` anew with one worker and with two."""
    made = []
    for workers in (1, 2):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            wall, peak = pool.submit(_rebuild, archive, workers).result()
        made.append(Rebuilt(workers, wall, text_mb, peak))
    return made


def _rebuild(archive: Path, workers: int) -> tuple[float, float]:
    forget_peak()
    catalogue = open_catalogue(archive, write=True)
    started = time.perf_counter()
    for _ in writer.rebuild(catalogue, workers):
        pass
    wall = time.perf_counter() - started
    catalogue.close()
    return wall, peak_mb(children=workers if workers > 1 else 0)
