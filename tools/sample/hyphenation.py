"""Places where a long word may be broken at a line end, marked by soft hyphens.

A few rules of thumb are enough for a sample: a break before a common ending, between two consonants that stand
between vowels, or before a single one. Real typesetting uses patterns by language.
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"
SHORTEST = 7
"""Words of fewer letters are never broken."""

_ENDING = re.compile(r"(?<=[a-z]{4})(?=(?:tion|sion|ment|ness|ship|less|ling|ning|ting)s?\b)")
_PAIR = re.compile(r"(?<=[a-z]{2}[aeiou][bdflmnprst])(?=(?![hlr])[bcdfgmnpstv][aeiou][a-z]{2})")
_SINGLE = re.compile(r"(?<=[a-z]{2}[aeiou])(?=[bcdfgklmnpstv][aeiou][a-z]{2})")
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")


def mark_breaks(text: str) -> str:
    """The text with soft hyphens where its long words may be broken."""
    return _WORD.sub(lambda match: _mark_word(match.group()), text)


def _mark_word(word: str) -> str:
    for pattern in (_ENDING, _PAIR, _SINGLE):
        word = pattern.sub(SOFT_HYPHEN, word)
    return word
