"""Scratch folders of worker processes: private, locked by the run that uses them, and swept when that run is gone."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "muniment-scratch-"
_LOCK, _UNLOCKED = "lock", "lock.new"
STALE_SECONDS = 3600.0
"""Age from which a folder without a lock is removed: it was made by another version, or a run died while making it."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Create a folder that only this user can read, and delete it with its content when the block ends.

    It stays locked for as long as this process lives, so that `sweep` leaves it alone.

    Raises:
        OSError: the folder cannot be created.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (folder / _UNLOCKED).open("xb") as lock:
            with suppress(OSError):  # on a disk without locks, `sweep` removes no folder
                fcntl.flock(lock, fcntl.LOCK_EX)
            # Renamed when it is locked, as another process takes a lock that nobody holds for an abandoned one.
            (folder / _UNLOCKED).rename(folder / _LOCK)
            yield folder


def sweep(within: Path | None = None) -> int:
    """Remove the scratch folders that killed runs of this user left behind, and return their number.

    Args:
        within: folder with the scratch folders; the system's folder for temporary files by default.
    """
    removed = 0
    for folder in sorted((within or Path(tempfile.gettempdir())).glob(f"{PREFIX}*")):
        with suppress(OSError):
            status = folder.lstat()
            if status.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink() and _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


def _is_abandoned(folder: Path) -> bool:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return time.time() - folder.lstat().st_mtime > STALE_SECONDS
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(lock)
