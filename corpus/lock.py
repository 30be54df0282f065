"""One writer at a time: a lock on the archive that ends with the process that holds it."""

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
    """Hold the archive for writing.

    Raises:
        LockedError: another run holds it; the message says which.
        ArchiveError: the archive folder cannot be written to.
    """
    path = archive / DATA_FOLDER / "lock"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        stream = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{archive}: cannot be written to: {error.strerror}", "Check the folder.") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockedError(f"{archive}: {_holder(path)}", "Wait for that run to end, then try again.") from None
        stream.truncate(0)
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": _now()}
        stream.write(json.dumps(holder))
        stream.flush()
        yield


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"process {holder['process']} on {holder['host']} has been writing here since {holder['since']}"
    except (OSError, ValueError, KeyError):
        return "another run is writing here"
