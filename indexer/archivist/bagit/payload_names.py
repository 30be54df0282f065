r"""Names of files in a bag, and the lines of its manifests (RFC 8493).

In a manifest, the RFC writes ``%``, CR and LF of a file's name as ``%25`` and so on, which ``sha256sum -c`` does not
understand, and bytes that are not UTF-8 are not allowed. So the files are given names without any of these: each such
byte, each control character and each backslash becomes ``=`` and two hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import ArchiveError
from corpus.messages import message

PAYLOAD = "data"
EXTERNAL = "external"
"""Folder of the payload for files from outside the archive's folder."""

MAX_NAME_BYTES = 255
"""Longest file name that file systems accept."""

_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")
_LOOKS_ESCAPED = re.compile(r"=(?=[0-9A-F]{2})")
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
_PERCENT = re.compile(r"%(0A|0D|25)", re.IGNORECASE)


def payload_name(text: str, taken: set[str]) -> str:
    """Return the path in a bag, ``data/…``, of a file whose path in the catalogue is ``text``.

    Args:
        text: path as in `corpus.paths`.
        taken: the names given so far, in NFC and case-folded because some disks do not distinguish them; the new name
            is added.
    """
    parts = [_safe(part) for part in PurePosixPath(text).parts if part != "/"]
    folders = [PAYLOAD, EXTERNAL] if text.startswith("/") else [PAYLOAD]
    name = "/".join([*folders, *parts])
    number = 1
    while _folded(name) in taken:
        number += 1
        stem = PurePosixPath(parts[-1])
        name = "/".join([*folders, *parts[:-1], _shorten(f"{stem.stem}=~{number}{stem.suffix}", parts[-1])])
    taken.add(_folded(name))
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _safe(part: str) -> str:
    escaped = _LOOKS_ESCAPED.sub("=3D", part)
    escaped = _ESCAPED.sub(lambda match: f"={match.group(1).upper()}", escaped).replace("%", "=25")
    return _shorten(escaped, part)


def _shorten(name: str, seed: str) -> str:
    """Truncate a name that escaping made too long for file systems, and append a digest to keep it unique."""
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    tail = f"=~{hashlib.sha256(seed.encode()).hexdigest()[:16]}{PurePosixPath(name).suffix[:16]}"
    head = name.encode()[: MAX_NAME_BYTES - len(tail.encode())].decode(errors="ignore")
    return head + tail


def manifest_line(digest: str, name: str) -> str:
    """Return one line of a manifest, as ``sha256sum`` prints it."""
    return f"{digest}  {name}\n"


def read_manifest_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (digest in lower case, name) of every line of a manifest.

    Raises:
        ArchiveError: it cannot be read, is not a manifest, or names a file outside the bag.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else message("bag.not-utf8")
        raise ArchiveError("bag.unreadable", path=path, reason=reason) from error
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match:
            name = _PERCENT.sub(lambda escape: chr(int(escape.group(1), 16)), match.group(2)).removeprefix("./")
            if not is_inside(name):
                raise ArchiveError("bag.outside", path=path, line=number)
            yield match.group(1).lower(), name
        elif line.strip():
            raise ArchiveError("bag.bad-manifest-line", path=path, line=number)


def is_inside(name: str) -> bool:
    """Return whether a relative name stays below the folder it is relative to."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\x00" not in name
