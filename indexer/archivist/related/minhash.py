"""Shingles and minhash signatures, which estimate the similarity of two texts.

Everything is computed on arrays over the whole text: code points, starts of words, a hash of each word, a hash of each
five successive words. In scripts without spaces every character is a word.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

SHINGLE_WORDS = 5
"""Successive words of a shingle."""

MAX_TEXT_CHARACTERS = 2_000_000
"""Characters of a text that are compared, some 800 pages. It bounds memory; two texts equal so far are alike."""

SIGNATURE_LENGTH = 64
"""Minima of a signature. With 64, the standard error of the estimate at a similarity of 0.8 is 0.05."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SPACELESS_RANGES = (
    (0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip
"""Code points of scripts written without spaces: Thai, Lao, Tibetan, Burmese, Khmer, kana and Han."""

_SEED = 20_261_122


def shingles(text: str) -> Hashes:
    """Return the distinct shingles of a text, ascending; a text of fewer than five words has none."""
    words = _word_hashes(text[:MAX_TEXT_CHARACTERS].casefold())
    if len(words) < SHINGLE_WORDS:
        return np.zeros(0, dtype=np.uint64)
    count = len(words) - SHINGLE_WORDS + 1
    offsets = np.arange(SHINGLE_WORDS, dtype=np.uint64) * _MULTIPLIER
    rows = [_mixed(words[slot : slot + count] + offsets[slot]) for slot in range(SHINGLE_WORDS)]
    return np.unique(_mixed(np.bitwise_xor.reduce(rows)))


def signature(hashes: Hashes) -> npt.NDArray[np.uint32]:
    """Return the minhash signature of a set of shingles that is not empty (Broder 1997).

    It is the smallest hash under each of `SIGNATURE_LENGTH` permutations.
    """
    factors, terms = _permutations()
    low = (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    minima, permuted = np.empty(SIGNATURE_LENGTH, dtype=np.uint32), np.empty_like(low)
    for slot in range(SIGNATURE_LENGTH):
        np.multiply(low, factors[slot], out=permuted)
        np.add(permuted, terms[slot], out=permuted)
        minima[slot] = permuted.min()
    return minima


def jaccard(first: Hashes, second: Hashes) -> float:
    """Return the Jaccard similarity of two sets of shingles: intersection over union."""
    both = len(np.intersect1d(first, second, assume_unique=True))
    either = len(first) + len(second) - both
    return both / either if either else 0.0


def _word_hashes(text: str) -> Hashes:
    """Return a hash of each word of a text, in order."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    letters, spaceless = _character_tables()
    inside, single = letters[points], spaceless[points]
    before = np.zeros(len(points), dtype=bool)
    before[1:] = inside[:-1] & ~single[:-1]
    starts = np.flatnonzero(inside & (single | ~before))
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    indexes = np.arange(len(points), dtype=np.uint64)
    offset = indexes - starts.astype(np.uint64)[_word_numbers(points, starts)]
    hashes = np.where(inside, _mixed(points.astype(np.uint64) + (offset + np.uint64(1)) * _MULTIPLIER), np.uint64(0))
    return np.add.reduceat(hashes[starts[0] :], starts - starts[0])


def _word_numbers(points: npt.NDArray[np.uint32], starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return for each character the number of the word that began last, 0 before the first."""
    marks = np.zeros(len(points), dtype=np.intp)
    marks[starts[1:]] = 1
    return np.cumsum(marks)


def _mixed(hashes: Hashes) -> Hashes:
    """Spread hashes evenly over 64 bits by the finisher of SplitMix64 (Steele et al. 2014)."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@cache
def _permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return odd factors and terms: multiplying and adding modulo 2^32 permutes the numbers of 32 bits."""
    random = np.random.default_rng(_SEED)
    factors = random.integers(1, 1 << 32, SIGNATURE_LENGTH, dtype=np.uint32) | np.uint32(1)
    return factors, random.integers(0, 1 << 32, SIGNATURE_LENGTH, dtype=np.uint32)


@cache
def _character_tables() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return for every code point whether it belongs to a word, and whether it is a word by itself."""
    letters = np.fromiter((chr(point).isalnum() for point in range(sys.maxunicode + 1)), dtype=bool)
    spaceless = np.zeros(sys.maxunicode + 1, dtype=bool)
    for first, last in _SPACELESS_RANGES:
        spaceless[first : last + 1] = True
    return letters, spaceless & letters
