"""Detection of words of no language, as a font has them whose every letter is named as another one.

The text of such a page has the blanks and the lengths of words, and letters after one another that hardly follow one
another in any language. The measure is the mean information of pairs of letters, over all languages of a script: 3.4
to 5.1 bits a pair in a page of any language, also of one that was not counted, and 5.1 to 7.2 bits in nearly all pages
whose letters are shifted or exchanged (``python -m benchmarks.garbled_pages``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.text.code_points import CodePoints, code_points
from indexer.text.garbled.letter_pairs import PAIR_BITS, SCRIPTS
from indexer.text.text_density import count_letters

MIN_PAGE_BITS = 4.6
"""Bits a pair from which a page's words are looked at one by one. 99 % of pages in order have fewer."""
MAX_BITS = 5.2
"""Bits a pair that words of any language stay below. Only short lists of Welsh or Polish names reach 5.4."""
MIN_EXCESS_BITS = 40
"""Bits above `MAX_BITS` that all pairs together need, so that a short page is judged by odder words than a long one.
Lists of Welsh or Polish names reach 33."""
MIN_WORDS = 8
"""Different words that are judged together."""
MIN_LETTER_KINDS = 10
"""Different letters of words that are judged. Roman numerals and genes have fewer."""
MIN_WORD_SHARE = 0.2
"""Lowest share of a page's letters in the words that are judged. Lists of codes have their letters beside digits."""
MAX_EQUAL_LENGTH_SHARE = 0.75
"""Highest share of words of one length, which codes, groups of ciphers and sequences of proteins have."""

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{4,24}(?![^\W_])")
"""A word that is judged. Shorter ones may be abbreviations, longer ones data, and those beside digits codes."""
_PALOCHKA = re.compile("[Ӏӏ]|[а-яА-Я][I1l|]")
"""A letter of Caucasian languages, and what is typed for it. Few of them were counted, and the pairs of the others,
such as Kabardian, are as odd as garbled ones."""
MIN_PALOCHKAS = 3
"""Such letters of a page that is not judged."""
_BLOCKS = {
    "latin": ((0x41, 0x2AF), (0x1E00, 0x1EFF)),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F),),
    "armenian": ((0x531, 0x587),),
    "hebrew": ((0x5D0, 0x5F2),),
    "arabic": ((0x620, 0x64A), (0x671, 0x6D3)),
    "georgian": ((0x10D0, 0x10FF), (0x1C90, 0x1CBF)),
}
"""First and last code points of the blocks of each script."""
_FOREIGN_BITS = 15
"""Bits of a letter beside a letter of another script."""


def has_odd_words(text: str, points: CodePoints) -> bool:
    """Return whether the words of a page are of no language, where its script is counted.

    Args:
        text: of the page.
        points: the code points of the text.
    """
    return _mean(_bits(_classes_of(points))) >= MIN_PAGE_BITS and _are_odd(text)


def mean_bits(text: str) -> float:
    """Return the mean information of the pairs of letters of a text, in bits; 0 for a text of other scripts."""
    return _mean(_bits(letter_classes(text)))


def letter_classes(text: str) -> npt.NDArray[np.uint8]:
    """Return the number of each character's letter, without accents and case; 0 for what is no letter of a script."""
    return _classes_of(code_points(text))


def script_classes(script: str) -> range:
    """Return the numbers of the letters of a script, the last of which is any other letter."""
    first = 1
    for name, letters in SCRIPTS.items():
        if name == script:
            break
        first += len(letters) + 1
    return range(first, first + len(SCRIPTS[script]) + 1)


def _are_odd(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    kinds = {*words}
    lengths = Counter(map(len, kinds))
    if (
        len(kinds) < MIN_WORDS
        or len({*"".join(kinds)}) < MIN_LETTER_KINDS
        or max(lengths.values()) > MAX_EQUAL_LENGTH_SHARE * len(kinds)
        or sum(map(len, words)) < MIN_WORD_SHARE * count_letters(text)
        or len(_PALOCHKA.findall(text)) >= MIN_PALOCHKAS
    ):
        return False
    bits = _bits(letter_classes(f" {' '.join(kinds)} "))
    return int(bits.sum()) - MAX_BITS * len(bits) > MIN_EXCESS_BITS


def _classes_of(points: CodePoints) -> npt.NDArray[np.uint8]:
    return _class_table().take(np.minimum(points, 0xFFFF) if points.itemsize > 2 else points)


def _mean(bits: npt.NDArray[np.uint8]) -> float:
    return float(bits.mean()) if len(bits) else 0.0


def _bits(classes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the bits of each pair of letters, and of the first and last letter of each word."""
    table = _pair_table()
    pairs = classes[:-1] * np.uint16(len(table)) + classes[1:]
    bits: npt.NDArray[np.uint8] = table.reshape(-1).take(pairs[pairs > 0])
    return bits


@cache
def _pair_table() -> npt.NDArray[np.uint8]:
    size = script_classes([*SCRIPTS][-1]).stop
    table = np.full((size, size), _FOREIGN_BITS, np.uint8)
    for script, rows in PAIR_BITS.items():
        classes = [0, *script_classes(script)]
        table[np.ix_(classes, classes)] = [[int(digit, 16) for digit in row] for row in rows]
    return table


@cache
def _class_table() -> npt.NDArray[np.uint8]:
    """Return the number of the letter of each code point of the Basic Multilingual Plane."""
    table = np.zeros(0x10000, np.uint8)
    for script, blocks in _BLOCKS.items():
        classes = script_classes(script)
        numbers = dict(zip(SCRIPTS[script], classes, strict=False))
        for first, last in blocks:
            for code in range(first, last + 1):
                if chr(code).isalpha():
                    table[code] = numbers.get(_base_letter(chr(code)), classes[-1])
    return table


def _base_letter(letter: str) -> str:
    small = letter if letter in "ςև" else letter.casefold()
    return small if small == "й" else unicodedata.normalize("NFD", small)[0]
