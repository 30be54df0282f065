"""Background indexing: a process that updates the index from the catalogue while files are read.

The first documents can be searched a few seconds after they were read, and later ones at growing intervals, so that
commits take a small share of the run. Nothing depends on the process: what it has not reached, or was stopped over, is
indexed at the end of the run, which also reports why the index cannot be written.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import characters_since
from corpus.settings import load_settings
from indexer.index import update_index
from indexer.ingest.run_events import Event, Read, Recognised
from indexer.sandbox import child_process
from indexer.sandbox.child_process import ChildProcess

CHECK_SECONDS = 0.2
"""Time between two checks of how much there is to index."""

FIRST_COMMIT_SECONDS = 2.0
"""Time from a run's first recorded document to its indexing. A document waits up to two seconds to be recorded, and the
process takes one or two to start: so the first documents can be searched within ten seconds."""

MAX_INTERVAL_SECONDS = 300.0
"""Longest time between two commits while documents are recorded; the first interval is doubled until then."""

COMMIT_SHARE = 0.04
"""Largest share of the time that commits before the end of a run may take, unless their segments are of full size."""

MIN_CHARACTERS = 4_000_000
"""Characters worth a segment of their own: to index them takes about as long as to start the process."""

PROCESS_NAME = "muniment background indexing"


def index_in_background(events: Generator[Event | None], catalogue: Catalogue) -> Iterator[Event]:
    """Pass on the events of a run that records documents, and index these meanwhile.

    Args:
        events: of the run, and None now and then while there is none; after each of them the catalogue is at rest.
        catalogue: the catalogue that the run records in.
    """
    settings = load_settings(catalogue.archive)
    # Half of what a commit may contain: while it is being written, the readers go on.
    batch_characters = settings.commit_words * update_index.CHARACTERS_PER_WORD // 2
    with _BackgroundIndexing(catalogue, batch_characters) as indexing, closing(events):
        for event in events:
            if event is not None:
                yield event
                indexing.note(event)
            indexing.check()


class _CommitTimer:
    """Says when the documents recorded so far should be indexed: soon at first, then at growing intervals."""

    def __init__(self) -> None:
        self._interval = FIRST_COMMIT_SECONDS
        self._due = math.inf

    def start(self) -> None:
        """Start with the first document; later calls have no effect."""
        if self._due == math.inf:
            self._due = time.monotonic() + self._interval

    def restart(self, commit_seconds: float) -> None:
        """Start the next interval, after a commit that took some seconds."""
        self._interval = min(2 * self._interval, MAX_INTERVAL_SECONDS)
        self._due = time.monotonic() + max(self._interval, commit_seconds / COMMIT_SHARE)

    def is_due(self) -> bool:
        """Return whether the interval is over."""
        return time.monotonic() >= self._due


class _BackgroundIndexing:
    """The process that indexes, and the change it was last asked to index up to.

    On leaving the context it finishes the commit in work, unless an error ends the run.
    """

    def __init__(self, catalogue: Catalogue, batch_characters: int) -> None:
        self._catalogue = catalogue
        self._batch_characters = batch_characters
        self._requested_change = update_index.indexed_change(catalogue) or 0
        self._checked = 0.0
        self._recorded = self._to_come = 0
        self._busy = self._lost = False
        self._timer = _CommitTimer()
        self._child: ChildProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        if self._child is not None:
            self._child.end(None if kind in {None, KeyboardInterrupt, GeneratorExit} else 0.0)

    def note(self, event: Event) -> None:
        """Count the documents recorded since the last request, and those still to come."""
        if isinstance(event, Read | Recognised):
            self._timer.start()
            self._recorded += 1
            self._to_come = event.total - event.done

    def check(self) -> None:
        """Request that recorded documents be indexed, when they are enough or due and the process is idle."""
        now = time.monotonic()
        if self._lost or now - self._checked < CHECK_SECONDS:
            return
        self._checked = now
        try:
            self._receive()
            if not self._busy and self._is_enough():
                self._request()
        except (EOFError, OSError):
            self._lost = True

    def _is_enough(self) -> bool:
        """Return whether half a commit is waiting, or less towards the end or when it is time for a commit."""
        waiting = characters_since(self._catalogue, self._requested_change)
        nearly_over = 2 * self._recorded >= self._to_come > 0
        return (
            waiting >= self._batch_characters
            or (waiting >= MIN_CHARACTERS and nearly_over)
            or (waiting > 0 and self._timer.is_due())
        )

    def _receive(self) -> None:
        if self._child and self._busy and self._child.pipe.poll():
            self._timer.restart(self._child.pipe.recv())
            self._busy = False

    def _request(self) -> None:
        self._child = self._child or child_process.start(_serve, self._catalogue.archive, name=PROCESS_NAME)
        self._requested_change, self._recorded = self._catalogue.last_change(), 0
        self._busy = True
        self._child.pipe.send(self._requested_change)


def _serve(pipe: Connection, archive: Path) -> None:
    """Bring the index up to the catalogue at each request, until the pipe ends, and answer how long it took."""
    with suppress(EOFError, OSError), closing(open_catalogue(archive)) as catalogue:
        while pipe.recv():
            started = time.monotonic()
            for _ in update_index.catch_up(catalogue, jobs=1):
                pass
            pipe.send(time.monotonic() - started)
