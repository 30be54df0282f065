"""The archive that a folder lies in: looked for upwards, as far as it can only be this user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.paths import DATA_FOLDER


def enclosing_archive(folder: Path) -> Path | None:
    """Return the nearest archive above a folder whose data folder belongs to this user; None where there is none.

    The search ends at the user's home folder and at the border of the file system: what lies above may be anybody's.
    """
    for place in _places_above(folder):
        if _is_own(place / DATA_FOLDER):
            return place
    return None


def archive_of_folder(folder: Path) -> Path:
    """Return a folder that is an archive, or else the archive that it lies in, or else the folder."""
    return folder if _has_data_folder(folder) else enclosing_archive(folder) or folder


def require_not_nested(archive: Path) -> None:
    """Refuse to make an archive inside another, or around one: documents would be in both.

    Raises:
        ArchiveError: the folder is no archive yet, and lies in one or contains one.
    """
    if _has_data_folder(archive):
        return
    if outer := enclosing_archive(archive):
        raise ArchiveError("archive.nested", archive=archive, outer=outer)
    if inner := _inner_archive(archive):
        raise ArchiveError("archive.contains-archive", archive=archive, inner=inner)


def _inner_archive(folder: Path) -> Path | None:
    """Return an archive of this user below a folder; None where there is none."""
    for place, folders, _ in os.walk(folder):
        if DATA_FOLDER in folders and _is_own(Path(place, DATA_FOLDER)):
            return Path(place)
    return None


def _is_own(data_folder: Path) -> bool:
    with suppress(OSError):
        return data_folder.is_dir() and data_folder.lstat().st_uid == os.getuid()
    return False


def _has_data_folder(folder: Path) -> bool:
    """Return whether a folder is an archive, or something is in the place of its data folder."""
    return os.path.lexists(folder / DATA_FOLDER)


def _places_above(folder: Path) -> Iterator[Path]:
    """Yield the folders above one, nearest first, up to the home folder and on the same file system."""
    place, home = Path(os.path.realpath(folder)), os.path.realpath(os.environ.get("HOME") or "/")
    device = _device(place)
    while str(place) != home and place.parent != place:
        place = place.parent
        if device is not None and _device(place) != device:
            return
        device = _device(place)
        yield place


def _device(place: Path) -> int | None:
    """Return the number of the file system of a folder; None where there is no such folder yet."""
    try:
        return place.stat().st_dev
    except OSError:
        return None
