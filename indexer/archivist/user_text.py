"""What a person typed, made fit to keep."""

from __future__ import annotations

import unicodedata

from corpus.errors import UsageError

LONGEST = 2000
"""Characters of a title or a reason beyond which something else was pasted in by mistake."""


def clean_line(text: str, what: str) -> str:
    """``text`` as one clean line: NFC, no control characters, single spaces; ``what`` names it in errors.

    Raises:
        UsageError: it holds bytes that are no text, or is longer than `LONGEST`.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError(f"{what} holds bytes that are not UTF-8 text", "Type it again, or set your terminal to UTF-8.")
    shown = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    clean = unicodedata.normalize("NFC", " ".join(shown.split()))
    if len(clean) > LONGEST:
        raise UsageError(f"{what} has {len(clean):,} characters; at most {LONGEST:,} are kept", "Make it shorter.")
    return clean
