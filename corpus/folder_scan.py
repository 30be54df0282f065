"""Scanning folders for files, skipped paths and paths that cannot be read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from corpus.messages import message, render
from corpus.paths import DATA_FOLDER

SETTINGS_NAMES = frozenset({"muniment.toml"})


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


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, written ``sha256:HEX``.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


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
    if entry.name.startswith("."):
        return render(message("archive.hidden"))
    if entry.name in SETTINGS_NAMES:
        return render(message("archive.settings-file"))
    if entry.is_symlink():
        return render(message("archive.link"))
    if not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
        return render(message("archive.not-regular"))
    names = (entry.name, entry.path, os.path.relpath(entry.path, folder)) if exclude else ()
    if any(fnmatch(name, pattern) for pattern in exclude for name in names):
        return render(message("archive.excluded"))
    return ""


def _status(path: Path, *, follow: bool = False) -> ScannedFile | BlockedPath | SkippedPath:
    # A link is followed only if it was named itself; then size and times are those of its target.
    try:
        status = path.stat(follow_symlinks=follow)
    except OSError as error:
        return BlockedPath(path, error.strerror or render(message("archive.unreadable")))
    if not stat.S_ISREG(status.st_mode):
        return SkippedPath(path, render(message("archive.not-regular")))
    return ScannedFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
