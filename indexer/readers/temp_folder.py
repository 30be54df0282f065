"""Private temporary folders for embedded documents and converters."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "muniment-"


@contextmanager
def temp_folder() -> Iterator[Path]:
    """Create a folder that only this user can read, and delete it with its content when the block ends.

    In a worker it is created in the worker's scratch folder, which is removed even if the process is killed.

    Raises:
        OSError: the folder cannot be created.
    """
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
