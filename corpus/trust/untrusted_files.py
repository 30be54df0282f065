"""Reading of files from anybody: regular files only, of limited size, and TOML that is cheap to parse."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from corpus.deferred import Deferred
from corpus.messages import message, render

if TYPE_CHECKING:
    from tomllib import loads as load_toml
else:
    load_toml = Deferred("tomllib:loads")

MAX_TOML_BYTES = 64 << 10
"""Largest TOML file that is parsed. The parser's time grows with the square of the length of a dotted key."""
MAX_KEY_PARTS = 32
"""Parts of a dotted key that are accepted; with them the largest file is parsed in a tenth of a second."""

_KEY_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?<![\w-])(?:{_KEY_PART}\.[ \t]*){{{MAX_KEY_PARTS}}}")


def open_regular(path: Path, *, follow: bool = False) -> BinaryIO:
    """Open a regular file for reading; nothing else is opened, since a pipe or a device may never answer.

    Args:
        path: the file.
        follow: whether the path may be a link to the file.

    Raises:
        OSError: there is no such file, it is a link, or it is not a regular file.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, render(message("archive.link"))) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, render(message("archive.not-regular")))
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, limit: int, *, follow: bool = False) -> bytes:
    """Return the bytes of a regular file, at most one more than ``limit``.

    Raises:
        OSError: as `open_regular`, or the file cannot be read.
    """
    with open_regular(path, follow=follow) as file:
        return file.read(limit + 1)


def parse_toml(data: bytes) -> dict[str, Any]:
    """Parse TOML within limits that keep the parser's time small.

    Raises:
        ValueError: it is too large, has a key of too many parts, is nested too deep, or is not TOML.
    """
    if len(data) > MAX_TOML_BYTES:
        raise ValueError(message("settings.toml-too-large", limit=MAX_TOML_BYTES >> 10))
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if _LONG_KEY.search(text):
        raise ValueError(message("settings.toml-long-key", limit=MAX_KEY_PARTS))
    try:
        return load_toml(text)
    except RecursionError as error:
        raise ValueError(message("settings.toml-too-deep")) from error
