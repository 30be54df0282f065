"""How much text is text: letters counted."""

from __future__ import annotations

import re

FEW_LETTERS = 20
"""A page with fewer letters may be the picture of one, with a stamp or a number laid over it."""

_LETTER = re.compile(r"[^\W\d_]")


def count_letters(text: str) -> int:
    """Letters of any script in a text."""
    return len(_LETTER.findall(text))
