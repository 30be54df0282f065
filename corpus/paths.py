r"""Paths as text: printable, exact and reversible, whatever bytes a file system allows.

A path inside the archive is kept relative to it, so that an archive can be moved or mounted elsewhere; any other is
kept absolute. Bytes that are not UTF-8, control characters and the backslash itself are written ``\xNN``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_ODD = re.compile(r"[\x00-\x1f\x7f\\]|[\udc80-\udcff]|[\u2028\u2029\x80-\x9f]")
_WRITTEN = re.compile(rb"\\x([0-9a-f]{2})")


def to_text(path: str | os.PathLike[str]) -> str:
    """Write a path as printable text; `to_path` gives back the very same bytes."""
    return _ODD.sub(_escape, os.fsdecode(os.fspath(path)))


def to_path(text: str) -> Path:
    """The path that `to_text` wrote as ``text``."""
    raw = _WRITTEN.sub(lambda match: bytes([int(match.group(1), 16)]), text.encode("utf-8"))
    return Path(os.fsdecode(raw))


def relative(path: Path, archive: Path) -> str:
    """``path`` as kept in the catalogue of ``archive``; both absolute."""
    return to_text(path.relative_to(archive) if path.is_relative_to(archive) else path)


def absolute(text: str, archive: Path) -> Path:
    """Where the file kept as ``text`` is, for an archive that is now at ``archive``."""
    return archive / to_path(text)


def _escape(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(match.group()))
