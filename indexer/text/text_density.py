"""How much text is text: letters counted."""

from __future__ import annotations

import re
from itertools import islice

FEW_LETTERS = 20
"""A page with fewer letters may be the picture of one, with a stamp or a number laid over it."""

_LETTER = re.compile(r"[^\W\d_]")


def has_letters(text: str, fewest: int) -> bool:
    """Whether a text has so many letters of alphabets; where it has, its opening is all that is read."""
    return sum(islice(filter(None, map(str.isalpha, text)), fewest)) == fewest


def count_letters(text: str) -> int:
    """Letters of any script in a text."""
    return len(_LETTER.findall(text))
