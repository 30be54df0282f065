"""Private temporary folders for embedded documents and converters, removed even if the process is killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

_PREFIX = "muniment-"
STALE_SECONDS = 3600.0
"""Age from which the folder of a process that no longer runs is removed."""


@contextmanager
def temp_folder() -> Iterator[Path]:
    """Create a folder that only this user can read, and delete it with its content when the block ends.

    Raises:
        OSError: the folder cannot be created.
    """
    remove_stale_folders(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@cache
def remove_stale_folders(within: Path) -> None:
    """Remove, once per process, the folders that killed processes of the same user left behind."""
    if sys.platform == "win32":
        return
    for folder in within.glob(f"{_PREFIX}[0-9]*-*"):
        with suppress(OSError, ValueError):
            pid = int(folder.name.removeprefix(_PREFIX).partition("-")[0])
            status = folder.lstat()
            is_ours = status.st_uid == os.getuid()
            # Containers can share a temporary folder but not their process ids, so the age counts as well.
            if is_ours and time.time() - status.st_mtime > STALE_SECONDS and not _is_running(pid):
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
