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

from corpus.errors import ArchiveError, LockedError, SettingsError
from corpus.paths import DATA_FOLDER
from corpus.settings import GROUP, load_settings
from corpus.trust.data_folder import check_data_folder, create_data_folder, private_files
from corpus.trust.untrusted_files import open_regular, read_regular

MAX_HOLDER_BYTES = 4096
"""Bytes that are read of a lock, to say who holds it."""
_LOCK_ATTEMPTS = 3
"""Attempts to lock an archive: `is_locked` in another process holds a lock for some microseconds."""
_LOCK_WAIT_SECONDS = 0.01


@contextmanager
def write_lock(archive: Path) -> Iterator[None]:
    """Lock the archive for writing. Files that are created meanwhile are private, or the group's where it shares them.

    Raises:
        LockedError: another run has locked it; the message says which.
        ArchiveError: the archive folder cannot be written to, or something was planted in its data folder.
    """
    path = archive / DATA_FOLDER / "lock"
    check_data_folder(archive)
    group = is_shared(archive)
    with private_files(group=group):
        try:
            create_data_folder(archive, group=group)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            stream = os.fdopen(os.open(path, flags, 0o666), "a+", encoding="utf-8")
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


def is_shared(archive: Path) -> bool:
    """Return whether the archive's settings share it with the user's group; False where they cannot be read."""
    try:
        return load_settings(archive).share == GROUP
    except SettingsError:
        return False


def is_locked(archive: Path) -> bool:
    """Return whether a run is writing to the archive."""
    try:
        with open_regular(archive / DATA_FOLDER / "lock") as stream:
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
        holder = json.loads(read_regular(path, MAX_HOLDER_BYTES))
        process, host, since = holder["process"], holder["host"], holder["since"]
    except (OSError, ValueError, KeyError, TypeError):
        return LockedError("lock.locked", archive=archive)
    return LockedError("lock.locked-by", archive=archive, process=process, host=host, since=since)
