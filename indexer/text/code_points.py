"""Texts as arrays of code points, in which single characters are found many times as fast as by patterns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
CodePoints = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]


_ZEROS = (
    (0x660, 0x6F0),
    (0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66),
    (0xE50, 0xED0, 0x1040, 0x17E0),
    (0xFF10,),
)
"""The digits zero of Arabic and Persian, of India, of South-East Asia, and of full width."""


def code_points(text: str) -> CodePoints:
    """Return the code point of each character, in as few bytes as all of them need."""
    if text.isascii():
        return np.frombuffer(text.encode(), np.uint8)
    pairs = text.encode("utf-16-le", "surrogatepass")
    if len(pairs) == 2 * len(text):
        return np.frombuffer(pairs, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def find_any(points: CodePoints, characters: str) -> Longs:
    """Return the offsets of any of some characters, ascending."""
    codes = [ord(character) for character in characters if ord(character) < 128 or points.itemsize > 1]
    found = points == points.dtype.type(codes[0])
    for code in codes[1:]:
        found |= points == points.dtype.type(code)
    offsets: Longs = np.flatnonzero(found)
    return offsets


def find_digits(points: CodePoints) -> Longs:
    """Return the offsets of digits, ascending: of the European ones and of those in `_ZEROS`."""
    is_digit = points - points.dtype.type(0x30) < 10  # wraps around below zero
    for zeros in _ZEROS if points.itemsize > 1 else ():
        if bool((points - points.dtype.type(zeros[0]) < zeros[-1] + 10 - zeros[0]).any()):
            for zero in zeros:
                is_digit |= points - points.dtype.type(zero) < 10
    offsets: Longs = np.flatnonzero(is_digit)
    return offsets


def are_any(points: CodePoints, codes: Longs) -> npt.NDArray[np.bool_]:
    """Return which of some code points are among ``codes``, which ascend."""
    found: npt.NDArray[np.bool_] = codes[np.minimum(codes.searchsorted(points), len(codes) - 1)] == points
    return found
