"""Bring files in as they arrive: wait for changes, let them settle, run, and wait again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event as Flag

from watchfiles import Change, DefaultFilter, watch

from corpus.errors import LockedError
from corpus.folder_scan import DATA_FOLDER
from indexer.ingest.pipeline import Options, index, known_folders
from indexer.ingest.run_events import Event

SETTLE = 2.0
"""Seconds for which nothing may change before a run begins, so that a file still being written is not read by halves.

One that stalls for longer is read as it is, and again when the rest has come."""

LONGEST_WAIT = 60.0
"""Seconds after which a run begins although files still arrive: an endless stream must not hold everything back."""


class _NotOurs(DefaultFilter):
    """Leaves out what a run itself writes, and hidden files, which are never brought in."""

    def __call__(self, change: Change, path: str) -> bool:  # noqa: ARG002 (as the library calls it)
        parts = Path(path).parts
        return DATA_FOLDER not in parts and not parts[-1].startswith(".")


def index_and_watch(
    archive: Path, folders: Sequence[Path], options: Options, stop: Flag | None = None
) -> Iterator[Event]:
    """Index ``folders``, then index them again whenever something in them has changed and settled.

    Args:
        archive: the archive's folder.
        folders: as for `indexer.ingest.pipeline.index`.
        options: likewise.
        stop: ends the watch when set; without it the watch goes on until the process is interrupted.

    Yields:
        The events of every run.

    Raises:
        MunimentError: as `indexer.ingest.pipeline.index`; only a lock held by another run is waited for.
    """
    ended = stop or Flag()
    yield from index(archive, folders, options)
    where = known_folders(archive, folders)
    waiting_since = 0.0
    changes = watch(
        *where, watch_filter=_NotOurs(), stop_event=ended, debounce=int(SETTLE * 1000), step=int(SETTLE * 1000),
        rust_timeout=int(SETTLE * 1000), yield_on_timeout=True, raise_interrupt=True,
    )  # fmt: skip
    for changed in changes:
        now = time.monotonic()
        if changed:
            waiting_since = waiting_since or now
        settled = not changed or now - waiting_since > LONGEST_WAIT
        if waiting_since and settled and not ended.is_set():
            try:
                yield from index(archive, folders, options)
                waiting_since = 0.0
            except LockedError:
                continue  # another run is at work; what it leaves is brought in after it
