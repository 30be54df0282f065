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
from typing import TYPE_CHECKING, TextIO

from corpus.deferred import Deferred
from corpus.errors import ArchiveError, LockedError, SettingsError
from corpus.messages import Message
from corpus.paths import DATA_FOLDER
from corpus.settings import load_settings
from corpus.settings.setting_table import GROUP
from corpus.trust.data_folder import check_data_folder, create_data_folder, private_files
from corpus.trust.untrusted_files import open_regular, read_regular

if TYPE_CHECKING:
    from corpus.disk.disk_problems import disk_message, lock_message
else:
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")
    lock_message = Deferred("corpus.disk.disk_problems:lock_message")

LOCK_FILE = "lock"
"""File in the data folder that a run locks."""
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
    path = archive / DATA_FOLDER / LOCK_FILE
    check_data_folder(archive)
    group = is_shared(archive)
    with private_files(group=group):
        try:
            create_data_folder(archive, group=group)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            stream = os.fdopen(os.open(path, flags, 0o666), "a+", encoding="utf-8")
        except OSError as error:
            raise _not_writable(archive, error, disk_message(error, archive)) from error
        with stream:
            try:
                _lock(stream)
            except BlockingIOError as error:
                raise _locked(archive, path) from error
            except OSError as error:
                raise _not_writable(archive, error, lock_message(error, path)) from error
            _write_holder(archive, stream)
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
        with open_regular(archive / DATA_FOLDER / LOCK_FILE) as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # there is no lock file, or the disk has no locks
    return False


def _lock(stream: TextIO) -> None:
    """Lock a file for this process alone.

    Raises:
        BlockingIOError: another process has locked it.
        OSError: the disk has no locks, or fails.
    """
    for attempt in range(_LOCK_ATTEMPTS):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt + 1 == _LOCK_ATTEMPTS:
                raise
            time.sleep(_LOCK_WAIT_SECONDS)
        else:
            return


def _write_holder(archive: Path, stream: TextIO) -> None:
    """Write into a lock who holds it."""
    holder = {"process": os.getpid(), "host": os.uname().nodename, "since": _now()}
    try:
        stream.truncate(0)
        os.write(stream.fileno(), json.dumps(holder).encode())  # what is buffered would fail again when it is closed
    except OSError as error:
        raise _not_writable(archive, error, disk_message(error, archive / DATA_FOLDER / LOCK_FILE)) from error


def _not_writable(archive: Path, error: OSError, limit: Message | None) -> ArchiveError:
    if limit:
        return ArchiveError.of(limit)
    return ArchiveError("lock.not-writable", archive=archive, reason=error.strerror or error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _locked(archive: Path, path: Path) -> LockedError:
    try:
        holder = json.loads(read_regular(path, MAX_HOLDER_BYTES))
        process, host, since = holder["process"], holder["host"], holder["since"]
    except (OSError, ValueError, KeyError, TypeError):
        return LockedError("lock.locked", archive=archive)
    return LockedError("lock.locked-by", archive=archive, process=process, host=host, since=since)
