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
        codes: npt.NDArray[np.unsignedinteger] = np.frombuffer(text.encode(), np.uint8)
    elif not _OTHER_THAN_SPACED.search(text):
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    else:
        spans = [(token.start, token.end) for token in analysis.tokens(text)]
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        return starts, ends
    inside = np.zeros(len(codes) + 2, np.int8)
    inside[1:-1] = _letters_and_digits()[codes]
    changes = np.flatnonzero(inside[1:] != inside[:-1])
    return changes[::2], changes[1::2]


@cache
def _letters_and_digits() -> npt.NDArray[np.int8]:
    characters = map(chr, range(_LAST_SPACED + 1))
    inside = (character.isalnum() and character not in analysis.APOSTROPHE_LETTERS for character in characters)
    return np.fromiter(inside, np.int8, _LAST_SPACED + 1)
