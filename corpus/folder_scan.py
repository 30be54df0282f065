"""Scanning folders for files, skipped paths and paths that cannot be read."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from corpus.messages import message, render
from corpus.paths import DATA_FOLDER

MAX_GROWTH_BYTES = 64 << 20
"""Bytes that a file may have beyond its size, since it may grow while it is read. Files of /proc and /sys have the size
0, and some of them never end."""

MIN_SPARSE_BYTES, MAX_SPARSENESS = 16 << 30, 1000
"""Files larger than this that take less than this share of their size on the disk are not read: a file of exabytes is
made in a moment, and reading its zeros takes centuries."""

MAX_NANOSECONDS = 2**63 - 1
_CHUNK_BYTES = 1 << 20

LOCK_FILE_PREFIX, MAX_LOCK_FILE_BYTES, _MAX_USER_NAME_BYTES = "~$", 256, 54
"""A lock file of Office: its name's beginning, the most bytes it has, and those of the user's name in it."""

SETTINGS_NAMES = frozenset({"muniment.toml"})

_MAIL_SERVER_FILE = re.compile(
    r"dovecot(?:[.-](?:index|uidlist|keywords|uidvalidity|acl|mailbox)\S*)|maildirfolder|maildirsize"
)
"""Names of the files in which a mail server keeps its own lists inside the folders of mails (Maildir)."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file with its size and times, in nanoseconds, as the file system reports them."""

    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class BlockedPath:
    """A path that cannot be read, and why. Files below it are unknown, not missing."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedPath:
    """A path that is skipped on purpose: hidden, a link, excluded, or not a regular file."""

    path: Path
    reason: str


def scan_folders(
    folders: Iterable[Path], exclude: tuple[str, ...] = ()
) -> Iterator[ScannedFile | BlockedPath | SkippedPath]:
    """Walk folders in order of name, yielding each path once.

    Links are not followed: their targets inside the folder are found anyway, and those outside are not part of it.

    Args:
        folders: absolute paths of folders, or of single files.
        exclude: patterns matched with an entry's name, its whole path, and its path below the folder.
    """
    for folder in _outermost(folders):
        if folder.is_dir():
            yield from _walk(folder, exclude)
        else:
            yield _status(folder, follow=True)


def is_lock_file(path: Path) -> bool:
    """Return whether a file is one in which Office notes who has a document open, for as long as it is.

    Raises:
        OSError: the file cannot be read.
    """
    if not path.name.startswith(LOCK_FILE_PREFIX) or path.stat().st_size > MAX_LOCK_FILE_BYTES:
        return False
    with path.open("rb") as file:
        length = file.read(1)
    return b"\0" < length <= bytes([_MAX_USER_NAME_BYTES])


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, written ``sha256:HEX``.

    Raises:
        OSError: the file cannot be read.
    """
    # A pipe that took the place of the file would be waited for without O_NONBLOCK.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, render(message("archive.not-regular")))
        if status.st_size > MIN_SPARSE_BYTES and status.st_size > MAX_SPARSENESS * status.st_blocks * 512:
            raise OSError(errno.EFBIG, render(message("archive.sparse")))
        digest = hashlib.sha256()
        excess = status.st_size + MAX_GROWTH_BYTES
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            excess -= len(chunk)
            if excess < 0:
                raise OSError(errno.EFBIG, render(message("archive.endless")))
        return f"sha256:{digest.hexdigest()}"


def file_times(status: os.stat_result) -> tuple[int, int]:
    """Return modification and inode change time in nanoseconds, none of them larger than the catalogue can store.

    File systems allow times until the year 2446 and beyond; 64 bits of nanoseconds end in 2262.
    """
    modified, changed = (
        max(-MAX_NANOSECONDS, min(time, MAX_NANOSECONDS)) for time in (status.st_mtime_ns, status.st_ctime_ns)
    )
    return modified, changed


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Return the folders that are not inside another of them."""
    outermost: list[Path] = []
    for folder in sorted(set(folders)):
        if not any(folder.is_relative_to(outer) for outer in outermost):
            outermost.append(folder)
    return outermost


def _walk(folder: Path, exclude: tuple[str, ...]) -> Iterator[ScannedFile | BlockedPath | SkippedPath]:
    # A stack, not recursion: folders can be nested deeper than Python's own stack allows.
    stack = [folder]
    while stack:
        current = stack.pop()
        try:
            with os.scandir(current) as entries:
                sorted_entries = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield BlockedPath(current, error.strerror or render(message("archive.unreadable")))
            continue
        subfolders: list[Path] = []
        for entry in sorted_entries:
            path = current / entry.name
            if reason := _skip_reason(entry, folder, exclude):
                if entry.name != DATA_FOLDER:
                    yield SkippedPath(path, reason)
            elif entry.is_dir(follow_symlinks=False):
                subfolders.append(path)
            else:
                yield _status(path)
        stack.extend(reversed(subfolders))


def _skip_reason(entry: os.DirEntry[str], folder: Path, exclude: tuple[str, ...]) -> str:
    """Return why an entry is skipped, or ``""``."""
    if code := _program_file(entry):
        return render(message(code))
    if entry.is_symlink():
        return render(message("archive.link"))
    if not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
        return render(message("archive.not-regular"))
    names = (entry.name, entry.path, os.path.relpath(entry.path, folder)) if exclude else ()
    if any(fnmatch(_composed(name), _composed(pattern)) for pattern in exclude for name in names):
        return render(message("archive.excluded"))
    return ""


def _program_file(entry: os.DirEntry[str]) -> str:
    """Return the message on an entry that is a program's own, or ``""``."""
    if entry.name.startswith("."):
        return "archive.hidden"
    if entry.name in SETTINGS_NAMES:
        return "archive.settings-file"
    if _MAIL_SERVER_FILE.fullmatch(entry.name):
        return "archive.mail-server-file"
    try:
        is_lock = entry.is_file(follow_symlinks=False) and is_lock_file(Path(entry.path))
    except OSError:  # which reading it will report
        is_lock = False
    return "archive.lock-file" if is_lock else ""


def _composed(text: str) -> str:
    """Return text in NFC. macOS writes names of files decomposed, and people type patterns composed."""
    return unicodedata.normalize("NFC", text)


def _status(path: Path, *, follow: bool = False) -> ScannedFile | BlockedPath | SkippedPath:
    # A link is followed only if it was named itself; then size and times are those of its target.
    try:
        status = path.stat(follow_symlinks=follow)
    except OSError as error:
        return BlockedPath(path, error.strerror or render(message("archive.unreadable")))
    if not stat.S_ISREG(status.st_mode):
        return SkippedPath(path, render(message("archive.not-regular")))
    return ScannedFile(path, status.st_size, *file_times(status))
