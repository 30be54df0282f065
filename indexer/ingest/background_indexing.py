"""The index follows the catalogue while files are still being read: a process beside the readers brings it up to date.

Nothing depends on it. What it has not reached, or was stopped over, is left to the catching up at the end of the run,
which also says what is wrong where the index cannot be written.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import characters_since
from corpus.settings import load
from indexer.index import writer
from indexer.index.parallel_build import CHARACTERS_A_WORD, cores
from indexer.ingest.run_events import Event, Read, Recognised
from indexer.sandbox import limits
from indexer.sandbox.pool import undisturbed

PAUSE = 0.2
"""Seconds between two looks at how much there is to index."""

LEAST = 4_000_000
"""Characters that are worth a segment of their own: to index them takes about as long as to start the process."""

NAME = "muniment follower"


def followed(events: Iterator[Event], catalogue: Catalogue, jobs: int = 0) -> Iterator[Event]:
    """Pass on the events of a run that records documents, and have the index follow meanwhile.

    Args:
        events: of the run; between two of them the catalogue is at rest.
        catalogue: what it records in.
        jobs: processes that may work; 0 takes the setting, or one a core. With one alone, the index comes afterwards.
    """
    settings = load(catalogue.archive)
    if (jobs or settings.jobs or cores()) < 2:
        yield from events
        return
    # Half of what a commit may hold: while it is being written, the readers go on.
    with _Follower(catalogue, settings.commit_words * CHARACTERS_A_WORD // 2) as follower:
        for event in events:
            yield event
            follower.note(event)
            follower.look()


class _Follower:
    """The process, and how far it has been asked to go. It ends with its parent, killed unless all went well."""

    def __init__(self, catalogue: Catalogue, stretch: int) -> None:
        self._catalogue = catalogue
        self._stretch = stretch
        self._asked = writer.indexed_change(catalogue) or 0
        self._looked = 0.0
        self._recorded = self._to_come = 0
        self._busy = self._lost = False
        self._running: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._running is None:
            return
        process, pipe = self._running
        pipe.close()
        if kind is not None:
            limits.kill(process)
        process.join()

    def note(self, event: Event) -> None:
        """Keep count of what has been recorded since the last asking, and of what is still to come."""
        if isinstance(event, Read | Recognised):
            self._recorded += 1
            self._to_come = event.total - event.done

    def look(self) -> None:
        """Ask for what has been recorded to be indexed, when it is enough and nothing else is being indexed."""
        now = time.monotonic()
        if self._lost or now - self._looked < PAUSE:
            return
        self._looked = now
        try:
            self._receive()
            if not self._busy and self._is_enough():
                self._ask()
        except (EOFError, OSError):
            self._lost = True

    def _is_enough(self) -> bool:
        """Half a commit's worth; towards the end less and less, so that little is left to do when all is read."""
        waiting = characters_since(self._catalogue, self._asked)
        return waiting >= self._stretch or (waiting >= LEAST and 2 * self._recorded >= self._to_come > 0)

    def _receive(self) -> None:
        if self._running and self._busy and self._running[1].poll():
            self._running[1].recv()
            self._busy = False

    def _ask(self) -> None:
        self._running = self._running or _start(self._catalogue.archive)
        self._asked, self._recorded = self._catalogue.last_change(), 0
        self._busy = True
        self._running[1].send(self._asked)


def _start(archive: Path) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_follow, args=(theirs, archive, os.getpid()), name=NAME, daemon=True)
    with undisturbed():
        process.start()
    theirs.close()
    return process, ours


def _follow(pipe: Connection, archive: Path, parent: int) -> None:
    """The process's side: bring the index up to the catalogue whenever asked, until the pipe ends."""
    limits.confine(limits.UNBOUNDED, parent)
    with suppress(EOFError, OSError), closing(open_catalogue(archive)) as catalogue:
        while change := pipe.recv():
            for _ in writer.catch_up(catalogue, jobs=1):
                pass
            pipe.send(change)
