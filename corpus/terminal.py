"""Text made fit for a terminal: what comes from a document or a path is never trusted."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000\ue001]")


def safe(text: str) -> str:
    """``text`` without what could move the cursor, change colours or turn the direction of reading."""
    return _UNSAFE.sub(" ", text)


def line(text: str) -> str:
    """``text`` made safe and put on one line."""
    return " ".join(safe(text).split())
