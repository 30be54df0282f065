"""Measure indexing: each engine in a process of its own, taking turns over portions of the same corpus."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.corpora.text_rows import read_portions
from benchmarks.engines import create_engine
from benchmarks.measures.process_usage import cpu_seconds, peak_mb, reset_peak, size_mb


@dataclass(frozen=True, slots=True)
class IndexingCost:
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


def measure(corpus: Path, base: Path, engines: Sequence[str]) -> list[IndexingCost]:
    """Index ``corpus`` with every engine, each into the folder of ``base`` with its name."""
    with ExitStack() as opened:
        pipes = {name: opened.enter_context(_writer(name, corpus, base / name)) for name in engines}
        done: dict[str, IndexingCost] = {}
        while len(done) < len(pipes):
            for name in [name for name in pipes if name not in done]:
                pipes[name].send("your turn")
                written = pipes[name].recv()
                if written is not None:
                    done[name] = written
    return [done[name] for name in engines]


@contextmanager
def _writer(name: str, corpus: Path, folder: Path) -> Iterator[Connection]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write, args=(theirs, name, corpus, folder))
    process.start()
    theirs.close()
    yield ours
    process.join()


def _write(pipe: Connection, name: str, corpus: Path, folder: Path) -> None:
    """Run in the child: index a portion at each turn, and send the cost at the end."""
    reset_peak()
    engine = create_engine(name, folder)
    documents = text = 0
    before, aside = cpu_seconds(), 0.0  # an engine's own threads may go on working out of turn: that counts too
    mark = time.thread_time()
    for size, rows in read_portions(corpus):
        pipe.recv()
        aside += time.thread_time() - mark
        engine.add(rows)
        mark = time.thread_time()
        documents, text = documents + len(rows), text + size
        pipe.send(None)
    pipe.recv()
    aside += time.thread_time() - mark
    engine.finish()
    spent = cpu_seconds() - before - aside
    pipe.send(IndexingCost(name, documents, text / 1e6, spent, size_mb(folder), peak_mb()))
