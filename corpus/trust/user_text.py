"""Cleaning of text that a person typed."""

from __future__ import annotations

import unicodedata

from corpus.errors import UsageError

MAX_LINE_CHARACTERS = 2000
"""Longest title, name or reason that is accepted. A longer one was pasted in by mistake."""


def clean_line(text: str, what: str) -> str:
    """Return ``text`` as one line in NFC without control characters, words separated by single spaces.

    Args:
        text: as typed.
        what: name of the value in error messages, e.g. "the title".

    Raises:
        UsageError: it contains bytes that are not UTF-8, or is longer than `MAX_LINE_CHARACTERS`.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("edit.not-utf-8", what=what)
    printable = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    line = unicodedata.normalize("NFC", " ".join(printable.split()))
    if len(line) > MAX_LINE_CHARACTERS:
        raise UsageError("edit.too-long", what=what, characters=len(line), limit=MAX_LINE_CHARACTERS)
    return line
