r"""Paths as text: printable, exact and reversible, for any bytes that a file system allows.

A path inside the archive is stored relative to it, so that an archive can be moved or mounted elsewhere; any other is
absolute. Bytes that are not UTF-8, control characters and the backslash are written ``\xNN``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from corpus.deferred import deferred_pattern
from corpus.errors import CatalogueError

DATA_FOLDER = ".muniment"
"""The folder inside an archive with its catalogue and index, which is never scanned."""

SIDECAR_SUFFIXES = (".toml", ".json")
"""Endings that the name of a sidecar adds to that of its file. If a file has both, only the first is read."""

_ESCAPED_CHARACTERS = deferred_pattern(r"[\x00-\x1f\x7f\\]|[\udc80-\udcff]|[\u2028\u2029\x80-\x9f]")
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")


def file_of_sidecar(path: str) -> str:
    """Return the path, as text, of the file that a file would be the sidecar of, by its name; else the path itself."""
    return path[: path.rindex(".")] if path.lower().endswith(SIDECAR_SUFFIXES) else path


def to_text(path: str | os.PathLike[str]) -> str:
    """Return a path as printable text, from which `to_path` restores the same bytes."""
    return _ESCAPED_CHARACTERS.sub(_escape, os.fsdecode(os.fspath(path)))


def to_path(text: str) -> Path:
    """Return the path that `to_text` wrote as ``text``.

    Raises:
        CatalogueError: no path can have that text: the catalogue was changed by hand, or damaged.
    """
    raw = _ESCAPE.sub(lambda match: bytes([int(match.group(1), 16)]), text.encode("utf-8"))
    if b"\0" in raw:
        raise CatalogueError("catalogue.unknown-value", value=text, kind="path")
    return Path(os.fsdecode(raw))


def relative(path: Path, archive: Path) -> str:
    """Return an absolute path as text for the catalogue: relative to ``archive`` when inside it."""
    return to_text(path.relative_to(archive) if path.is_relative_to(archive) else path)


def absolute(text: str, archive: Path) -> Path:
    """Return the absolute path of a path that `relative` wrote, for an archive that is now at ``archive``."""
    return archive / to_path(text)


FileIdentity = tuple[int, int, int]
"""A file's inode, size and time of change, which differ when another file has taken its place."""


def file_identity(path: Path) -> FileIdentity | None:
    """Return what tells a file from an earlier one of the same name; None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _escape(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(match.group()))
