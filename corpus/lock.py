"""The write lock of an archive, which ends with its process."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import ArchiveError, LockedError
from corpus.folder_scan import DATA_FOLDER


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
        stream = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError("lock.not-writable", archive=archive, reason=error.strerror) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _locked(archive, path) from None
        stream.truncate(0)
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": _now()}
        stream.write(json.dumps(holder))
        stream.flush()
        yield


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _locked(archive: Path, path: Path) -> LockedError:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        process, host, since = holder["process"], holder["host"], holder["since"]
    except (OSError, ValueError, KeyError):
        return LockedError("lock.locked", archive=archive)
    return LockedError("lock.locked-by", archive=archive, process=process, host=host, since=since)
