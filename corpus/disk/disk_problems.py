"""The limits of disks, accounts and processes as messages that name the place and the way out.

A run that meets one of them has lost nothing, so no advice here deletes or rebuilds anything of the archive.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from pwd import getpwuid
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.messages import Message, message
from corpus.paths import DATA_FOLDER

if TYPE_CHECKING:
    from tempfile import gettempdir
else:
    gettempdir = Deferred("tempfile:gettempdir")


class DiskLimit(StrEnum):
    """A limit of a disk, an account or a process, by the code of its message."""

    FULL = "disk.full"
    QUOTA = "disk.quota"
    READ_ONLY = "disk.read-only"
    PERMISSION = "disk.permission"
    OPEN_FILES = "disk.open-files"
    NO_LOCKS = "disk.no-locks"
    FAILED = "disk.failed"
    GONE = "disk.gone"


_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""Error numbers that a lock is refused with on a disk that has none, as some of NFS, SMB and FUSE."""

_LIMITS = {
    errno.ENOSPC: DiskLimit.FULL,
    errno.EDQUOT: DiskLimit.QUOTA,
    errno.EROFS: DiskLimit.READ_ONLY,
    errno.EACCES: DiskLimit.PERMISSION,
    errno.EPERM: DiskLimit.PERMISSION,
    errno.EMFILE: DiskLimit.OPEN_FILES,
    errno.ENFILE: DiskLimit.OPEN_FILES,
    errno.ENOLCK: DiskLimit.NO_LOCKS,
    errno.EIO: DiskLimit.FAILED,
    errno.ESTALE: DiskLimit.GONE,
    errno.ENODEV: DiskLimit.GONE,
    errno.ENOTCONN: DiskLimit.GONE,
    errno.EHOSTDOWN: DiskLimit.GONE,
}


def disk_message(error: OSError, path: Path | None = None) -> Message | None:
    """Return what to say of a limit that was met; None where the error is another, such as a missing file.

    Args:
        error: what the system reported.
        path: the file or folder in use, for errors that name none; by default where output or temporary files go.
    """
    limit = _LIMITS.get(error.errno or 0)
    if limit is None:
        return None
    place = error.filename or path or (Path(sys.argv[0]) if limit is DiskLimit.OPEN_FILES else _output_place())
    return disk_problem(limit, place)


def lock_message(error: OSError, path: Path) -> Message | None:
    """Return what to say where a lock was refused for another reason than that somebody holds it; None where unknown.

    Args:
        error: what the system reported.
        path: the file to lock.
    """
    return disk_problem(DiskLimit.NO_LOCKS, path) if error.errno in _NO_LOCKS else disk_message(error, path)


def disk_problem(limit: DiskLimit, path: Path | str) -> Message:
    """Return what to say of a limit that was met at a path."""
    place = Path(os.fsdecode(path))
    code = "disk.own-permission" if limit is DiskLimit.PERMISSION and _is_own(place) else limit.value
    return message(code, path=place, data_folder=_data_folder(place), disk=_mount_point(place), owner=_owner(place))


def _output_place() -> Path:
    """Return the file that standard output goes to, or else the folder of temporary files."""
    with suppress(OSError):
        output = Path("/proc/self/fd/1").readlink()
        if output.is_absolute() and output.exists() and not os.isatty(1):
            return output
    return Path(gettempdir())


def _existing(path: Path) -> Path:
    """Return a path, or the nearest folder above it that can be seen."""
    path = Path(os.path.realpath(path))
    return next((place for place in (path, *path.parents) if os.access(place, os.F_OK)), Path("/"))


def _mount_point(path: Path) -> Path:
    """Return the folder at which the disk of a path begins, so that it is clear on which disk to free space."""
    place = path
    with suppress(OSError):
        place = _existing(path)
        mounted = _mounted_folders()
        while place not in mounted and not place.is_mount():
            place = place.parent
    return place


def _mounted_folders() -> set[Path]:
    """Return the folders at which file systems are mounted, on Linux. Some begin on the disk that they are on."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return set()
    return {Path(re.sub(r"\\(\d{3})", _unescaped, line.split(" ")[4])) for line in lines}


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 8))


def _data_folder(path: Path) -> Path:
    """Return the archive's data folder that a path is in, or the path."""
    return next((place for place in (path, *path.parents) if place.name == DATA_FOLDER), path)


def _is_own(path: Path) -> bool:
    """Return whether a path, or the nearest folder above it, belongs to this user."""
    with suppress(OSError):
        return _existing(path).stat().st_uid == os.getuid()
    return False


def _owner(path: Path) -> str:
    """Return the name of the user whom a path, or the nearest folder above it, belongs to."""
    with suppress(OSError, KeyError):
        return getpwuid(_existing(path).stat().st_uid).pw_name
    return "another user"
