"""Characters of documents and paths that could rewrite a screen, reorder a page or break a file; texts without them.

A set of a regular expression is a string here, so that others can add characters of their own to it.
"""

from __future__ import annotations

import re

UNSAFE_CHARACTERS = r"\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Delete, control codes, line separators and marks that turn the direction of reading, for a set of a pattern.

JSON escapes the control codes below these itself.
"""
UNSAFE_TEXT = rf"\x00-\x08\x0b-\x1f{UNSAFE_CHARACTERS}"
"""The same with the control codes below, but for tab and line feed, for a set of a pattern."""

_UNSAFE = re.compile(rf"[{UNSAFE_TEXT}\ufffe\uffff\ud800-\udfff]")


def safe_text(text: str) -> str:
    """Return a text with a blank for each unsafe character, and for each that no encoding can write."""
    return _UNSAFE.sub(" ", text)
