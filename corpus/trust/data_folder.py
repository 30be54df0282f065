"""The folder ``.muniment`` of an archive: what may be in it, and who may read it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.errors import ArchiveError
from corpus.messages import Message, message
from corpus.paths import DATA_FOLDER

if TYPE_CHECKING:
    from corpus.trust.confirmed_places import ConfirmedPlaces
else:  # of a link alone is asked what the user named
    ConfirmedPlaces = Deferred("corpus.trust.confirmed_places:ConfirmedPlaces")

_FORMER_INDEX = re.compile(r"index-\d{1,19}")
"""Folder that ``index`` was a link to in versions before 3. Such a link stays until the index is rebuilt."""

_PRIVATE, _SHARED = 0o700, 0o2770


def check_data_folder(archive: Path) -> None:
    """Refuse a data folder with anything but regular files and folders in it: links, pipes and devices lead elsewhere.

    Raises:
        ArchiveError: there is such a thing, or the folder itself is a link that this user has not confirmed.
    """
    folder = archive / DATA_FOLDER
    if folder.is_symlink() and not ConfirmedPlaces(archive).allow(folder):
        raise ArchiveError("archive.data-folder-link", archive=archive, target=os.path.realpath(folder))
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise ArchiveError("archive.planted", path=folder)
    for path in _entries(folder):
        if not _is_former_index(path):
            raise ArchiveError("archive.planted", path=path)


def _entries(folder: Path) -> Iterator[Path]:
    """Yield the paths below a folder that are neither regular files nor folders."""
    folders = [os.fspath(folder)]  # not by recursion: a planted folder may be nested deeper than Python calls
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                found = list(entries)
        except OSError:
            continue  # opening what is in it says why
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _is_former_index(path: Path) -> bool:
    return path.name == "index" and path.is_symlink() and bool(_FORMER_INDEX.fullmatch(str(path.readlink())))


def data_names(archive: Path) -> list[str]:
    """Return the names of what an archive's data folder contains, without hidden files and empty folders."""
    folder = archive / DATA_FOLDER
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    return [path.name for path in paths if not path.name.startswith(".") and not _is_empty_folder(path)]


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


@contextmanager
def private_files(*, group: bool = False) -> Iterator[None]:
    """Have files that the block creates readable by this user alone, or by the user's group as well."""
    before = os.umask(0o007 if group else 0o077)
    try:
        yield
    finally:
        os.umask(before)


def create_data_folder(archive: Path, *, group: bool = False) -> None:
    """Create the data folder where there is none.

    Raises:
        OSError: it cannot be created.
    """
    folder = archive / DATA_FOLDER
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if group:
            folder.chmod(_SHARED)


def readable_by_others(archive: Path, *, group: bool) -> Message | None:
    """Return the notice that others can read the archive's data; None where they cannot.

    Args:
        archive: its folder.
        group: whether the settings share the archive with the group.
    """
    folder = archive / DATA_FOLDER
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except OSError:
        return None
    if not mode & (0o007 if group else 0o077):
        return None
    return message("archive.readable-by-others", folder=folder)


def make_private(archive: Path, *, group: bool) -> None:
    """Take the permissions of others away from everything in the data folder.

    Raises:
        OSError: a file belongs to somebody else.
    """
    folder = archive / DATA_FOLDER
    for current, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(current, name)
            if not path.is_symlink():
                path.chmod(stat.S_IMODE(path.stat().st_mode) & (0o2770 if group else 0o700))
    folder.chmod(_SHARED if group else _PRIVATE)
