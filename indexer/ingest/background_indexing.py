"""Background indexing: a process that updates the index from the catalogue while files are read.

Nothing depends on it. What it has not reached, or was stopped over, is indexed at the end of the run, which also
reports why the index cannot be written.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
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
from indexer.sandbox.process_count import process_count

CHECK_SECONDS = 0.2
"""Time between two checks of how much there is to index."""

MIN_CHARACTERS = 4_000_000
"""Characters worth a segment of their own: to index them takes about as long as to start the process."""

PROCESS_NAME = "muniment background indexing"


def index_in_background(events: Iterator[Event], catalogue: Catalogue, jobs: int = 0) -> Iterator[Event]:
    """Pass on the events of a run that records documents, and index these meanwhile.

    Args:
        events: of the run; between two of them the catalogue is at rest.
        catalogue: the catalogue that the run records in.
        jobs: as for `process_count`. With one process alone, the index comes afterwards.
    """
    settings = load_settings(catalogue.archive)
    if process_count(jobs, settings) < 2:
        yield from events
        return
    # Half of what a commit may contain: while it is being written, the readers go on.
    with _BackgroundIndexing(catalogue, settings.commit_words * update_index.CHARACTERS_PER_WORD // 2) as indexing:
        for event in events:
            yield event
            indexing.note(event)
            indexing.check()


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
        self._child: ChildProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        if self._child is not None:
            self._child.end(None if kind is None else 0.0)

    def note(self, event: Event) -> None:
        """Count the documents recorded since the last request, and those still to come."""
        if isinstance(event, Read | Recognised):
            self._recorded += 1
            self._to_come = event.total - event.done

    def check(self) -> None:
        """Request that recorded documents be indexed, when they are enough and the process is idle."""
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
        """Return whether half a commit is waiting, or less towards the end, so that little is left to do."""
        waiting = characters_since(self._catalogue, self._requested_change)
        nearly_over = 2 * self._recorded >= self._to_come > 0
        return waiting >= self._batch_characters or (waiting >= MIN_CHARACTERS and nearly_over)

    def _receive(self) -> None:
        if self._child and self._busy and self._child.pipe.poll():
            self._child.pipe.recv()
            self._busy = False

    def _request(self) -> None:
        self._child = self._child or child_process.start(_serve, self._catalogue.archive, name=PROCESS_NAME)
        self._requested_change, self._recorded = self._catalogue.last_change(), 0
        self._busy = True
        self._child.pipe.send(self._requested_change)


def _serve(pipe: Connection, archive: Path) -> None:
    """Bring the index up to the catalogue at each request, until the pipe ends."""
    with suppress(EOFError, OSError), closing(open_catalogue(archive)) as catalogue:
        while change := pipe.recv():
            for _ in update_index.catch_up(catalogue, jobs=1):
                pass
            pipe.send(change)
