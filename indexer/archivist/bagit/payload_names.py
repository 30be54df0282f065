r"""What files are called in a bag, and how its manifests are written and read (RFC 8493).

The RFC writes ``%``, CR and LF of a file's name as ``%25`` and so on in a manifest, which ``sha256sum -c`` does not
understand; and bytes that are not UTF-8 cannot stand in a manifest at all. So the files themselves get names in which
none of these occur: every such byte, controls and backslashes included, becomes ``=`` and two hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import ArchiveError

PAYLOAD = "data"
EXTERNAL = "external"
"""Folder of the payload for files that lay outside the archive's folder."""

LONGEST_NAME = 255
"""Bytes of one name that file systems take."""

_WRITTEN = re.compile(r"\\x([0-9a-f]{2})")
_LOOKS_WRITTEN = re.compile(r"=(?=[0-9A-F]{2})")
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
_PERCENT = re.compile(r"%(0A|0D|25)", re.IGNORECASE)


def payload_name(text: str, taken: set[str]) -> str:
    """Where in a bag the file lies whose path the catalogue has as ``text``: ``data/…``, `/` between the parts.

    ``taken`` holds the names given so far, without regard to case or composition, for disks that have none; the new
    name is added.
    """
    parts = [_safe(part) for part in PurePosixPath(text).parts if part != "/"]
    folders = [PAYLOAD, EXTERNAL] if text.startswith("/") else [PAYLOAD]
    name = "/".join([*folders, *parts])
    number = 1
    while _key(name) in taken:
        number += 1
        stem = PurePosixPath(parts[-1])
        name = "/".join([*folders, *parts[:-1], _short(f"{stem.stem}=~{number}{stem.suffix}", parts[-1])])
    taken.add(_key(name))
    return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _safe(part: str) -> str:
    escaped = _LOOKS_WRITTEN.sub("=3D", part)
    escaped = _WRITTEN.sub(lambda match: f"={match.group(1).upper()}", escaped).replace("%", "=25")
    return _short(escaped, part)


def _short(name: str, seed: str) -> str:
    """A name that escapes have made longer than file systems take, cut and told apart by a digest."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    tail = f"=~{hashlib.sha256(seed.encode()).hexdigest()[:16]}{PurePosixPath(name).suffix[:16]}"
    head = name.encode()[: LONGEST_NAME - len(tail.encode())].decode(errors="ignore")
    return head + tail


def manifest_line(digest: str, name: str) -> str:
    """One line of a manifest: what ``sha256sum`` prints."""
    return f"{digest}  {name}\n"


def read_manifest_lines(path: Path) -> Iterator[tuple[str, str]]:
    """(digest in lower case, name) of every line of a manifest.

    Raises:
        ArchiveError: it cannot be read, is no manifest, or names something outside of the bag.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ArchiveError(f"{path}: cannot be read: {what}", "The bag is not complete: fetch it again.") from error
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match:
            name = _PERCENT.sub(lambda found: chr(int(found.group(1), 16)), match.group(2)).removeprefix("./")
            if not is_inside(name):
                raise ArchiveError(f"{path}: line {number} names a file outside of the bag", "Do not trust this bag.")
            yield match.group(1).lower(), name
        elif line.strip():
            raise ArchiveError(f"{path}: line {number} is not of a manifest", "The bag is damaged: fetch it again.")


def is_inside(name: str) -> bool:
    """Whether a relative name stays below the folder it starts from."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\x00" not in name
