"""Turn the errors of SQLite on a file into messages: a limit of the disk, or a held lock.

SQLite says "database is locked" of a disk without locks too, and "unable to open" of one file too many, so the cause is
looked for at the folder of the file. The file itself must not be opened for that: closing it would end SQLite's locks.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from pathlib import Path

from corpus.disk.disk_problems import DiskLimit, disk_message, disk_problem, lock_message
from corpus.lock import LOCK_FILE
from corpus.messages import Message, message

_LOCK_FAILURES = frozenset({
    sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_UNLOCK,
    sqlite3.SQLITE_IOERR_RDLOCK, sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK, sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_SHMOPEN,
})  # fmt: skip
"""Failures of locks, and of memory shared between processes, which disks of other machines often lack as well."""
_COMPANIONS = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a database."""
_MIN_FREE_BYTES = 1 << 20
"""Free bytes below which a failed write is taken for one on a full disk."""


def sqlite_failure(error: sqlite3.OperationalError, path: Path) -> Message:
    """Return what to say of a failure of SQLite on the file at a path."""
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    for file in (path, *(path.with_name(path.name + ending) for ending in _COMPANIONS)):
        if file.exists() and not file.is_file():
            return message("catalogue.not-a-file", path=file)
    failure = message("catalogue.failed", path=path, reason=error)
    if code in _LOCK_FAILURES or primary in _LOCK_FAILURES:
        failure = disk_problem(DiskLimit.NO_LOCKS, path)
    elif primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        failure = _refused_lock(path) or message("catalogue.locked", path=path, reason=error)
    elif primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path.parent)):
        failure = disk_problem(DiskLimit.FULL, path)
    elif primary == sqlite3.SQLITE_IOERR:
        failure = disk_problem(DiskLimit.FAILED, path)
    elif primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        failure = _refused_file(path) or message("catalogue.not-accessible", path=path, reason=error)
    return failure


def _refused_lock(path: Path) -> Message | None:
    """Return what to say where the disk has no locks; None where somebody holds one."""
    try:
        with (path.parent / LOCK_FILE).open("rb") as lock:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return None if error.errno in {errno.EAGAIN, errno.EACCES, errno.ENOENT} else lock_message(error, path)
    return None


def _refused_file(path: Path) -> Message | None:
    """Return why the system refuses to open a file, or to write to it; None where it does not."""
    try:
        os.close(os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC))
        if os.statvfs(path.parent).f_flag & os.ST_RDONLY:
            return disk_problem(DiskLimit.READ_ONLY, path)
    except OSError as error:
        return disk_message(error, path)
    needed = (path, os.R_OK | os.W_OK) if path.exists() else (path.parent, os.W_OK | os.X_OK)
    return None if os.access(*needed) else disk_problem(DiskLimit.PERMISSION, needed[0])


def _is_full(folder: Path) -> bool:
    try:
        status = os.statvfs(folder)
    except OSError:
        return False
    return status.f_bavail * status.f_frsize < _MIN_FREE_BYTES
