"""Folders that a command fills: new or empty ones only, since whatever is in a folder is the user's."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from corpus.errors import ArchiveError


def require_new_folder(folder: Path) -> None:
    """Refuse a place for a command's output that is a file, or a folder with something in it.

    Raises:
        ArchiveError: there is such a thing.
        OSError: the folder cannot be looked into.
    """
    if folder.is_symlink() and not folder.exists():
        raise ArchiveError("output.not-a-folder", folder=folder)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ArchiveError("output.not-a-folder", folder=folder)
    if any(folder.iterdir()):
        raise ArchiveError("output.not-empty", folder=folder)


def copy_into_new(source: Path, folder: Path) -> None:
    """Copy what is in a folder into a new or empty one; a file that appears there meanwhile is never overwritten.

    Raises:
        ArchiveError: the folder is not empty, or is none.
        OSError: something cannot be copied.
    """
    require_new_folder(folder)
    try:
        for place, _, file_names in os.walk(source):
            target = folder / Path(place).relative_to(source)
            target.mkdir(parents=True, exist_ok=True)
            for name in file_names:
                _copy_new(Path(place, name), target / name)
    except FileExistsError:
        raise  # somebody else writes there
    except OSError:
        with suppress(OSError):
            for path in folder.iterdir():  # the folder was empty, and can be named again
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _copy_new(source: Path, target: Path) -> None:
    try:
        with source.open("rb") as original, target.open("xb") as copy:
            shutil.copyfileobj(original, copy)
    except OSError as error:  # of a write names no file
        raise OSError(error.errno, error.strerror, str(target)) from error
    shutil.copystat(source, target)
