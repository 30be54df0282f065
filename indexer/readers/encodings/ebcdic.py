"""EBCDIC, the encodings of mainframes: recognised by the bytes of its letters and its blanks."""

from __future__ import annotations

from indexer.readers.encodings.encoding_guess import guess_encoding

_SAMPLE_BYTES = 1 << 13
_MIN_BYTES = 16
_MIN_TEXT_SHARE = 0.85
"""Least share of letters a to z, digits and usual signs. The densest accents, of German and Spanish, are a tenth."""
_MIN_BLANK_SHARE, _MAX_VOWEL_SHARE, _MIN_VOWEL_SHARE = 0.03, 0.6, 0.25
"""Bounds on the blanks of a text, and on the vowels among its letters."""
_ASCII_BLANK_SHARE = 0.01
"""Share of the blanks of ASCII that a text of another encoding exceeds. In EBCDIC they are control bytes."""
_BLANK = b"\x40"
_LETTERS = bytes((*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA)))  # a to z in three runs, as on cards
_CAPITALS = bytes(code + 0x40 for code in _LETTERS)
_VOWELS = "aeiouAEIOU".encode("cp037")
_TEXT_BYTES = _BLANK + _LETTERS + _CAPITALS + "0123456789.,:;()'\"-/&%*+=?_#@$!<>|\t\r\n\x85".encode("cp037")
_PRIOR_BITS = {"cp1140": 0, "cp500": 1, "cp273": 2}
"""The code pages that are tried. They have the letters a to z alike."""


def decode_ebcdic(data: bytes) -> str | None:
    """Return a text that is in EBCDIC, or None where it is not."""
    if not is_ebcdic(data):
        return None
    return data.decode(guess_encoding(data, prior_bits=_PRIOR_BITS), "replace").replace("\x85", "\n")


def is_ebcdic(data: bytes) -> bool:
    """Return whether a text is in EBCDIC, by its beginning."""
    sample = data[:_SAMPLE_BYTES]
    size = len(sample)
    if size < _MIN_BYTES or sample.count(_BLANK) < _MIN_BLANK_SHARE * size:
        return False
    if sample.count(b" ") > _ASCII_BLANK_SHARE * size or _share(sample, _TEXT_BYTES, size) < _MIN_TEXT_SHARE:
        return False
    letters = sample.translate(None, bytes(set(range(256)) - {*_LETTERS, *_CAPITALS}))
    vowel_share = _share(letters, _VOWELS, len(letters))
    return 2 * len(letters) >= size - sample.count(_BLANK) and _MIN_VOWEL_SHARE <= vowel_share <= _MAX_VOWEL_SHARE


def _share(sample: bytes, counted: bytes, size: int) -> float:
    return 1 - len(sample.translate(None, counted)) / size if size else 0.0
