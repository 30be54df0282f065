"""Five words in a row, as numbers: what two texts have in common without comparing them word by word.

Everything is done on arrays over the whole text: code points, where words begin, a number for each word, a number for
each five words. In scripts without spaces every character is a word.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

WORDS = 5
"""Words of a shingle."""

LONGEST = 2_000_000
"""Characters of a text that are looked at, some 800 pages: it bounds memory, and decides no likeness that matters."""

SLOTS = 64
"""Minima of a signature; the estimate's standard error at a likeness of 0.8 is 0.05."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_ALONE = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
          (0x20000, 0x3FFFF))  # fmt: skip
_SEED = 20_261_122


def shingles(text: str) -> Numbers:
    """The distinct shingles of a text, ascending; fewer than five words have none."""
    words = _words(text[:LONGEST].casefold())
    if len(words) < WORDS:
        return np.zeros(0, dtype=np.uint64)
    last = len(words) - WORDS + 1
    places = np.arange(WORDS, dtype=np.uint64) * _BASE
    rows = [_mixed(words[place : place + last] + places[place]) for place in range(WORDS)]
    return np.unique(_mixed(np.bitwise_xor.reduce(rows)))


def signature(found: Numbers) -> npt.NDArray[np.uint32]:
    """The smallest of all shingles under each of `SLOTS` orders (minhash, Broder 1997); ``found`` must not be empty."""
    factors, terms = _orders()
    low = (found & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    made, turned = np.empty(SLOTS, dtype=np.uint32), np.empty_like(low)
    for slot in range(SLOTS):  # an odd factor and a term, modulo 2^32, put the numbers in another order
        np.multiply(low, factors[slot], out=turned)
        np.add(turned, terms[slot], out=turned)
        made[slot] = turned.min()
    return made


def jaccard(a: Numbers, b: Numbers) -> float:
    """How much two sets of shingles share: the size of what is in both over the size of what is in either."""
    both = len(np.intersect1d(a, b, assume_unique=True))
    either = len(a) + len(b) - both
    return both / either if either else 0.0


def _words(text: str) -> Numbers:
    """A number for each word of a text."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    letters, alone = _tables()
    inside, single = letters[points], alone[points]
    before = np.zeros(len(points), dtype=bool)
    before[1:] = inside[:-1] & ~single[:-1]
    starts = np.flatnonzero(inside & (single | ~before))
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    within = np.arange(len(points), dtype=np.uint64)
    offset = within - starts.astype(np.uint64)[_number(points, starts)]
    weighed = np.where(inside, _mixed(points.astype(np.uint64) + (offset + np.uint64(1)) * _BASE), np.uint64(0))
    return np.add.reduceat(weighed[starts[0] :], starts - starts[0])


def _number(points: npt.NDArray[np.uint32], starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """For each character the number of the word that began last; what stands before the first belongs to it."""
    marks = np.zeros(len(points), dtype=np.intp)
    marks[starts[1:]] = 1
    return np.cumsum(marks)


def _mixed(numbers: Numbers) -> Numbers:
    """Spread numbers evenly over 64 bits (the finisher of SplitMix64, Steele et al. 2014)."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@cache
def _orders() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    chance = np.random.default_rng(_SEED)
    factors = chance.integers(1, 1 << 32, SLOTS, dtype=np.uint32) | np.uint32(1)
    return factors, chance.integers(0, 1 << 32, SLOTS, dtype=np.uint32)


@cache
def _tables() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """For every code point, whether it is of a word, and whether it is a word by itself."""
    letters = np.fromiter((chr(point).isalnum() for point in range(sys.maxunicode + 1)), dtype=bool)
    alone = np.zeros(sys.maxunicode + 1, dtype=bool)
    for first, last in _ALONE:
        alone[first : last + 1] = True
    return letters, alone & letters
