"""Style, script and icon: a fixed table of names with digests in them, so that browsers keep them for good."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

MEDIA_TYPES = {
    "muniment.css": "text/css; charset=utf-8",
    "document.css": "text/css; charset=utf-8",
    "facet.css": "text/css; charset=utf-8",
    "start.css": "text/css; charset=utf-8",
    "help.css": "text/css; charset=utf-8",
    "research.css": "text/css; charset=utf-8",
    "curate.css": "text/css; charset=utf-8",
    "records.css": "text/css; charset=utf-8",
    "screening.js": "text/javascript; charset=utf-8",
    "muniment.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""Names of the files with their media types. Nothing else of the folder is served."""

_LAYOUT = re.compile(r";?\s*(})\s*|\s*([{;])\s*|(?<=[:,])\s+(?=\S)")
"""Blanks of a style sheet that are there for whoever reads its source, a fifth of its bytes."""
_INDENTS = re.compile(r"^[ ]+(?://.*\n)?|^//.*\n", re.MULTILINE)
"""Indents and lines of comment of a script, which has no text of several lines."""


def static_address(name: str) -> str:
    """Return the address of a static file, which changes with its content.

    Raises:
        KeyError: there is no such file.
    """
    return f"/static/{_digest(name)}/{name}"


def static_file(digest: str, name: str) -> tuple[bytes, str] | None:
    """Return the content and the media type of a static file; None where its address is not of today."""
    if name not in MEDIA_TYPES or digest != _digest(name):
        return None
    return _content(name), MEDIA_TYPES[name]


@cache
def _content(name: str) -> bytes:
    content = files(__package__).joinpath("static", name).read_text(encoding="utf-8")
    if name.endswith(".js"):
        return _INDENTS.sub("", content).encode()
    return (_LAYOUT.sub(r"\1\2", content) if name.endswith(".css") else content).encode()


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]
