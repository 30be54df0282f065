"""Letter counts, by which blank and scanned pages are distinguished from pages with text."""

from __future__ import annotations

import re
from itertools import islice

MIN_TYPED_LETTERS = 20
"""Letters below which a page may be a scan whose only text is a stamp or a page number."""

_LETTER = re.compile(r"[^\W\d_]")


def has_letters(text: str, minimum: int) -> bool:
    """Return whether a text has at least so many letters. Reads no further than the last letter needed."""
    return sum(islice(filter(None, map(str.isalpha, text)), minimum)) == minimum


def count_letters(text: str) -> int:
    """Return the number of letters, of any script, in a text."""
    return len(_LETTER.findall(text))
