"""A note of the port at which a user serves an archive, so that a second click opens the browser and no second server.

The note is locked for as long as the server runs. Whoever finds it unlocked takes it for one of a server that is gone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.trust.user_table import state_folder
from web.access.access_token import archive_digest

_MAX_NOTE_BYTES = 10


@contextmanager
def noted_port(archive: Path, port: int) -> Iterator[None]:
    """Note the port at which an archive is served for as long as the block takes, unless another server is noted."""
    path = _note(archive)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield
        return
    with os.fdopen(descriptor, "r+b", buffering=0) as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield
            return
        note.truncate()
        note.write(str(port).encode())
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()


def noted_server(archive: Path) -> int | None:
    """Return the port at which this user already serves an archive; None where nobody does."""
    with suppress(OSError, ValueError):
        descriptor = os.open(_note(archive), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb", buffering=0) as note:
            try:
                fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(note.read(_MAX_NOTE_BYTES))
    return None


def _note(archive: Path) -> Path:
    return state_folder() / "serving" / archive_digest(archive)
