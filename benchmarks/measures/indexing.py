"""Index speed: each engine in a process of its own, taking turns portion by portion of the same corpus."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.corpora.text_rows import portions
from benchmarks.engines import make
from benchmarks.measures.process_usage import cpu_seconds, forget_peak, peak_mb, size_mb


@dataclass(frozen=True, slots=True)
class Written:
    """What indexing a corpus cost one engine: seconds of processor, MB of text, of index and of memory."""

    engine: str
    documents: int
    text_mb: float
    cpu: float
    index_mb: float
    peak_mb: float

    @property
    def speed(self) -> float:
        """MB of text a second of processor."""
        return self.text_mb / self.cpu


def measure(corpus: Path, base: Path, engines: Sequence[str]) -> list[Written]:
    """Index ``corpus`` with every engine, into folders of ``base`` named after them."""
    with ExitStack() as opened:
        pipes = {name: opened.enter_context(_writer(name, corpus, base / name)) for name in engines}
        done: dict[str, Written] = {}
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
    """In the child: a portion each time it is its turn, and when all is written what it took."""
    forget_peak()
    engine = make(name, folder)
    documents = text = 0
    before, aside = cpu_seconds(), 0.0  # an engine's own threads may go on working out of turn: that counts too
    mark = time.thread_time()
    for size, rows in portions(corpus):
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
    pipe.send(Written(name, documents, text / 1e6, spent, size_mb(folder), peak_mb()))
