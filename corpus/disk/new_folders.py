"""Folders that a command fills: new or empty ones only, since whatever is in a folder is the user's."""

from __future__ import annotations

import shutil
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
    shutil.copytree(source, folder, copy_function=_copy_new, dirs_exist_ok=True)


def _copy_new(source: str, target: str) -> None:
    with Path(source).open("rb") as original, Path(target).open("xb") as copy:
        shutil.copyfileobj(original, copy)
    shutil.copystat(source, target)
