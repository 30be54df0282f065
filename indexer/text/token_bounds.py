"""Find where the tokens of a text begin and end, without their forms."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.text import analysis

Longs = npt.NDArray[np.int64]

_LAST_SPACED = 0x20CF
_OTHER_THAN_SPACED = re.compile("[^\x00-\xac\xae-\u024f\u0370-\u0482\u048a-\u052f\u2010-\u205f\u20a0-\u20cf]")
"""A character that is neither of a script in which a token is a run of letters and digits, nor punctuation."""


def token_bounds(text: str) -> tuple[Longs, Longs]:
    """Return the start and the end of each token of ``text``, in order: those of `analysis.tokens`."""
    if text.isascii():
        inside = np.frombuffer(b"\0%b\0" % text.encode().translate(_ascii_letters_and_digits()), np.int8)
    elif not _OTHER_THAN_SPACED.search(text):
        inside = np.zeros(len(text) + 2, np.int8)
        inside[1:-1] = _letters_and_digits().take(np.frombuffer(text.encode("utf-32-le"), np.uint32))
    else:
        spans = [(token.start, token.end) for token in analysis.tokens(text)]
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        return starts, ends
    changes = (inside[1:] != inside[:-1]).nonzero()[0]
    return changes[::2], changes[1::2]


@cache
def _ascii_letters_and_digits() -> bytes:
    """Return the table by which bytes of ASCII become 1 inside a token, else 0."""
    return _letters_and_digits()[:256].tobytes()


@cache
def _letters_and_digits() -> npt.NDArray[np.int8]:
    characters = map(chr, range(_LAST_SPACED + 1))
    inside = (character.isalnum() and character not in analysis.APOSTROPHE_LETTERS for character in characters)
    return np.fromiter(inside, np.int8, _LAST_SPACED + 1)
