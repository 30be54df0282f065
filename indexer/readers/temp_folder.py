"""Private temporary folders for the bytes of parts and for converters, removed even after a process was killed."""

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
STALE = 3600.0
"""Seconds after which the folder of a process that is gone is removed."""


@contextmanager
def temp_folder() -> Iterator[Path]:
    """A folder that only this user can look into, deleted with all in it when the block ends.

    Raises:
        OSError: there is no room for one.
    """
    sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@cache
def sweep(within: Path) -> None:
    """Remove, once a process, what killed processes of the same user have left behind."""
    if sys.platform == "win32":
        return
    for folder in within.glob(f"{_PREFIX}[0-9]*-*"):
        with suppress(OSError, ValueError):
            pid = int(folder.name.removeprefix(_PREFIX).partition("-")[0])
            status = folder.lstat()
            ours = status.st_uid == os.getuid()
            # Containers may share a temporary folder and not their process ids: hence the age.
            if ours and time.time() - status.st_mtime > STALE and not _alive(pid):
                shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
