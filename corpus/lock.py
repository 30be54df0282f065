"""The write lock of an archive, which ends with its process."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from corpus.errors import ArchiveError, LockedError
from corpus.paths import DATA_FOLDER

_LOCK_ATTEMPTS = 3
"""Attempts to lock an archive: `is_locked` in another process holds a lock for some microseconds."""
_LOCK_WAIT_SECONDS = 0.01


@contextmanager
def write_lock(archive: Path) -> Iterator[None]:
    """Lock the archive for writing.

    Raises:
        LockedError: another run has locked it; the message says which.
        ArchiveError: the archive folder cannot be written to.
    """
    path = archive / DATA_FOLDER / "lock"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not through a link: an archive may come from somebody else, and the lock's text replaces that of the file.
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), "r+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError("lock.not-writable", archive=archive, reason=error.strerror or error) from error
    with stream:
        if not _lock(stream):
            raise _locked(archive, path)
        stream.truncate(0)
        holder = {"process": os.getpid(), "host": os.uname().nodename, "since": _now()}
        stream.write(json.dumps(holder))
        stream.flush()
        yield


def is_locked(archive: Path) -> bool:
    """Return whether a run is writing to the archive."""
    try:
        with (archive / DATA_FOLDER / "lock").open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # there is no lock file, or the disk has no locks
    return False


def _lock(stream: TextIO) -> bool:
    """Lock a file for this process alone, and return whether that succeeded."""
    for attempt in range(_LOCK_ATTEMPTS):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(_LOCK_WAIT_SECONDS if attempt + 1 < _LOCK_ATTEMPTS else 0)
        else:
            return True
    return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _locked(archive: Path, path: Path) -> LockedError:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        process, host, since = holder["process"], holder["host"], holder["since"]
    except (OSError, ValueError, KeyError):
        return LockedError("lock.locked", archive=archive)
    return LockedError("lock.locked-by", archive=archive, process=process, host=host, since=since)
