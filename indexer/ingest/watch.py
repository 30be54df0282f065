"""Index files as they arrive: wait for changes, let them settle, run, and wait again."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

from watchfiles import watch

from corpus.errors import LockedError, MissingFilesError
from corpus.messages import message
from corpus.paths import DATA_FOLDER
from indexer.ingest.folders import known_folders
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Finished, Noted

SETTLE_SECONDS = 2.0
"""Time without a change before a run begins, so that a file still being written is not read in part.

A file whose writing pauses for longer is read as it is, and again when the rest has come."""

MAX_WAIT_SECONDS = 60.0
"""Time after which a run begins although files still arrive, so that no stream of files prevents it."""

RECONNECT_SECONDS = 30.0
"""Time between two looks for files on a disk that is not connected. Each lists what there is of the folders."""


def index_and_watch(
    archive: Path, folders: Sequence[Path], options: Options, stop: Flag | None = None
) -> Generator[Event]:
    """Index folders, then index them again whenever something in them has changed and settled.

    While a disk is not connected, the watch waits, and goes on when it is back.

    Args:
        archive: the archive's folder.
        folders: as for `indexer.ingest.pipeline.index`.
        options: likewise.
        stop: ends the watch when set; without it the watch continues until the process is interrupted.

    Yields:
        The events of every run.

    Raises:
        MunimentError: as `indexer.ingest.pipeline.index`; only while another run has locked the archive, and, after
            the first run, while files are missing, it waits.
    """
    stopped = stop or Flag()
    yield from index(archive, folders, options)
    while not stopped.is_set():
        try:
            yield from _index_changes(archive, folders, options, stopped)
        except MissingFilesError as error:
            yield Noted(str(archive), str(message("run.watch-waits", problem=error.message)))
            yield from _wait_for_files(archive, folders, options, stopped)


def _index_changes(archive: Path, folders: Sequence[Path], options: Options, stopped: Flag) -> Generator[Event]:
    """Index folders whenever something in them has changed and settled, until one is another than before.

    A disk that is connected or disconnected changes no file in a watched folder, and the folder is another one then.
    """
    watched = known_folders(archive, folders)
    identities = _identities(watched)
    waiting_since, is_begun = 0.0, False
    milliseconds = int(SETTLE_SECONDS * 1000)
    batches = watch(
        *watched, watch_filter=None, stop_event=stopped, debounce=milliseconds, step=milliseconds,
        rust_timeout=milliseconds, yield_on_timeout=True, raise_interrupt=True,
    )  # fmt: skip
    for batch in batches:
        # Searches write beside the catalogue. Filtered by the library, they would let no batch without changes come.
        changes, now = any(_may_be_document(path) for _, path in batch), time.monotonic()
        is_replaced = _identities(watched) != identities
        if changes or is_replaced or not (is_begun or _is_up_to_date(archive, folders, options)):
            waiting_since = waiting_since or now
        is_begun = True
        settled = is_replaced or not changes or now - waiting_since > MAX_WAIT_SECONDS
        if waiting_since and settled and not stopped.is_set():
            try:
                yield from index(archive, folders, options)
                waiting_since = 0.0
            except LockedError:
                continue  # another run has locked the archive; what it leaves is indexed after it
            if is_replaced:
                return


def _may_be_document(path: str) -> bool:
    """Return whether a path is neither what runs and searches write themselves nor hidden, which is never indexed."""
    parts = Path(path).parts
    return DATA_FOLDER not in parts and not parts[-1].startswith(".")


def _is_up_to_date(archive: Path, folders: Sequence[Path], options: Options) -> bool:
    """Return whether a run would change nothing.

    What arrives during a run, before the watch after it begins, gives no notice.
    """
    try:
        events = list(index(archive, folders, replace(options, dry_run=True)))
    except LockedError:
        return False
    (summary,) = (event.summary for event in events if isinstance(event, Finished))
    return summary.files == summary.unchanged and not summary.removed


def _identities(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Return the device and inode of each folder; None for one that cannot be reached."""
    identities: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            status = folder.stat()
            identities.append((status.st_dev, status.st_ino))
        except OSError:
            identities.append(None)
    return identities


def _wait_for_files(archive: Path, folders: Sequence[Path], options: Options, stopped: Flag) -> Generator[Event]:
    """Try to index at intervals until a run finds the files again. A disk that is mounted gives no notice of it."""
    while not stopped.wait(RECONNECT_SECONDS):
        try:
            yield from index(archive, folders, options)
        except (MissingFilesError, LockedError):
            continue
        return
