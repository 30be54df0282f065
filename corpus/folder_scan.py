"""From folders to files: what is there, how it stands, and what could not be looked at."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

DATA_FOLDER = ".muniment"
"""The folder inside an archive where catalogue and index live; never scanned."""

SETTINGS_NAMES = frozenset({"muniment.toml"})


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file as the file system describes it; times in nanoseconds."""

    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class BlockedPath:
    """Something that could not be looked at, and why. What lies below it is unknown, not gone."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedPath:
    """Something left out on purpose: hidden, a link, excluded or not a regular file."""

    path: Path
    reason: str


def scan_folders(
    folders: Iterable[Path], exclude: tuple[str, ...] = ()
) -> Iterator[ScannedFile | BlockedPath | SkippedPath]:
    """Walk ``folders`` (absolute; a plain file stands for itself) in order of name, each path once.

    Links are not followed: what they point to inside the folder is found anyway, and what lies outside is not
    part of it. Patterns in ``exclude`` are matched with an entry's name, its whole path, and its path below the folder.
    """
    for folder in _outermost(folders):
        if folder.is_dir():
            yield from _walk(folder, exclude)
        else:
            yield _look(folder, follow=True)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, written ``sha256:HEX``.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


def _outermost(folders: Iterable[Path]) -> list[Path]:
    chosen: list[Path] = []
    for folder in sorted(set(folders)):
        if not any(folder.is_relative_to(outer) for outer in chosen):
            chosen.append(folder)
    return chosen


def _walk(folder: Path, exclude: tuple[str, ...]) -> Iterator[ScannedFile | BlockedPath | SkippedPath]:
    # A stack, not recursion: folders can be nested deeper than Python's own stack allows.
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield BlockedPath(here, error.strerror or "cannot be read")
            continue
        below: list[Path] = []
        for entry in found:
            path = here / entry.name
            if reason := _left_out(entry, folder, exclude):
                if entry.name != DATA_FOLDER:
                    yield SkippedPath(path, reason)
            elif entry.is_dir(follow_symlinks=False):
                below.append(path)
            else:
                yield _look(path)
        stack.extend(reversed(below))


def _left_out(entry: os.DirEntry[str], folder: Path, exclude: tuple[str, ...]) -> str:
    if entry.name.startswith("."):
        return "hidden"
    if entry.name in SETTINGS_NAMES:
        return "settings"
    if entry.is_symlink():
        return "a link"
    if not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
        return "not a regular file"
    places = (entry.name, entry.path, os.path.relpath(entry.path, folder)) if exclude else ()
    if any(fnmatch(place, pattern) for pattern in exclude for place in places):
        return "excluded by muniment.toml"
    return ""


def _look(path: Path, *, follow: bool = False) -> ScannedFile | BlockedPath | SkippedPath:
    # A link that was named is meant, and its bytes are those it points to; so are its size and times.
    try:
        status = path.stat(follow_symlinks=follow)
    except OSError as error:
        return BlockedPath(path, error.strerror or "cannot be read")
    if not stat.S_ISREG(status.st_mode):
        return SkippedPath(path, "not a regular file")
    return ScannedFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
