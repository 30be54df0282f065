"""Detection of garbled text: letters that a PDF's font shows and its encoding does not name rightly.

Such a page looks well and its text is useless. The signs are independent of the language: characters that are no text,
words of one letter, letters in places where a script never has them, and words of no language. The thresholds were
chosen on half of the PDFs and languages of the tests' data and confirmed on the other half; formulas, references with
initials, tables, lists of names and programs stay below them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus.messages import message
from indexer.text.code_points import CodePoints, code_points
from indexer.text.garbled.odd_words import MAX_BITS, has_odd_words, mean_bits
from indexer.text.text_density import count_letters

MIN_LETTERS = 40
"""Printed characters of a page that is judged. A shorter text says too little."""
MIN_WORDS = 25
"""Words that a sign needs to be counted on."""
MAX_ALIEN_SHARE = 0.08
"""Highest share of characters that are no text, of all that are printed. Bullets of symbol fonts reach 0.04."""
MAX_BROKEN_SHARE = 0.1
"""Highest share of words with a character inside that is no text."""
MAX_SINGLE_SHARE = 0.4
"""Highest share of letters that are words of their own between words. Pages of formulas reach 0.2."""
MIN_SINGLE_KINDS = 10
"""Different letters among the words of one letter; a table of a few marks has fewer."""
MAX_SINGLE_ARABIC_SHARE = 0.08
"""Highest share of Arabic words of one letter, except waw ("and") and Pashto's dal ("of"), of all words."""
MAX_MISPLACED_SHARE = 0.03
"""Highest share of Arabic words with a final letter in the middle."""
MAX_MIXED_SHARE = 0.15
"""Highest share of words with a symbol between letters, or with a capital after a small letter and before none. Names
in programs, as ``getValue`` and ``max_size``, do not count; tables of measurements with pH reach 0.16."""
MIN_MIXED_VARIETY = 0.75
"""Lowest product of that share and the number of different symbols or capitals in these places. In some languages one
symbol is written for a letter."""
MAX_MEAN_LENGTH = 40
"""Highest mean of characters without a blank between them. Lines of encoded data are longer."""
MAX_ACCENTED_SHARE = 0.3
"""Highest share of Latin words of which most letters have accents, as other alphabets have in a wrong encoding."""
MIN_FUNCTION_WORDS = 5
"""Function words of a page that is taken for Latin text in order."""
MIN_FUNCTION_WORD_KINDS = 2
"""Different ones among them: a frequent word in the letters of another alphabet can be a function word by chance."""

_SPACE, _ALIEN, _ARABIC, _SMALL, _CAPITAL, _SIGN, _ACCENT = 1, 2, 4, 8, 16, 32, 64
_TRAIT_RANGES = {
    _SPACE: (
        (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
        (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
    ),
    _ALIEN: (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xE000, 0xF8FF), (0xFFFD, 0xFFFD),
    ),
    _ARABIC: ((0x0620, 0x064A), (0x0671, 0x06D3)),
    _SMALL: ((0x61, 0x7A), (0xDF, 0xF6), (0xF8, 0xFF)),
    _CAPITAL: ((0x41, 0x5A), (0xC0, 0xD6), (0xD8, 0xDE)),
    _SIGN: (
        (0x21, 0x26), (0x2A, 0x2B), (0x3C, 0x3F), (0x5B, 0x5E), (0x60, 0x60), (0x7B, 0x7E), (0xA1, 0xAC), (0xAE, 0xBF),
    ),
    _ACCENT: ((0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0xFF)),
}  # fmt: skip
"""First and last code points with a trait: white space, characters that are no text, Arabic letters, and for Latin
words small letters, capitals, the signs of `_MIXED` and the letters of `_ACCENTED`."""
_ORDINARY_BYTES = bytes({
    *(code for code in range(128) if chr(code).isprintable() or chr(code) in "\t\n\r"), *range(0x80, 0xD8),
    *range(0xDC, 0xEE), *range(0xF0, 0xF3),
})  # fmt: skip
"""Bytes of UTF-8 in which no Arabic letter and no character that is no text begins, except for C1 controls."""
_LINE_HYPHEN = "\ufffe".encode()
_ASCII_LETTERS = bytes(chr(code) in string.ascii_letters for code in range(256))
_C1_CONTROL = re.compile(b"\xc2[\x80-\x9f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = re.compile(
    r"[^\W_][\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]+[^\W_]"
)
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile("[\u0620-\u064a\u0671-\u06d3]+")
_SINGLE_ARABIC = re.compile("(?<!\\S)[\u0620-\u062e\u0630-\u0647\u0649\u064a](?!\\S)")
_MISPLACED_ARABIC = re.compile("\u0629[\u0621-\u064a]|([\u0621-\u064a])\\1\\1")  # teh marbuta, or a letter thrice
_MIXED = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ](?![a-zß-öø-ÿ])|[^\W\d_][!-&*+<-?\[-^`{-~¡-¬®-¿][^\W\d_]")
_ACCENTED = re.compile(r"(?<![^\W_])[À-ÖØ-öø-ÿ]{3,}")
_FUNCTION_WORDS = (
    " the ", " of ", " and ", " de ", " la ", " que ", " et ", " les ", " der ", " die ", " und ", " di ",
)  # fmt: skip


def garbled_reason(texts: Iterable[str]) -> str:
    """Return why a document with these pages is only partly read; ``""`` where none of them looks garbled."""
    count = sum(map(looks_garbled, texts))
    return str(message("file.garbled", count=count)) if count else ""


def mark_lost_characters(text: str) -> str:
    """Return a text with U+FFFD in the place of control characters, so that cleaning does not join what is around."""
    return _CONTROL.sub("\ufffd", text)


def looks_garbled(text: str) -> bool:
    """Return whether the text of a page, cleaned or not, looks as if its fonts had a wrong encoding."""
    if _is_ordinary_latin(text):
        return False
    points = code_points(text)
    traits = _traits(points)
    is_space = np.ones(len(text) + 2, np.bool_)
    np.equal(traits & _SPACE, _SPACE, out=is_space[1:-1])
    printed = len(is_space) - int(np.count_nonzero(is_space))
    if printed < MIN_LETTERS:
        return False
    aliens = int(np.count_nonzero(traits & _ALIEN))
    if aliens and (aliens > MAX_ALIEN_SHARE * printed or _is_broken(text)):
        return True
    one_letter_words = np.count_nonzero(is_space[:-2] & is_space[2:] & ~is_space[1:-1])
    if one_letter_words > MIN_WORDS and _is_split(text):
        return True
    if np.count_nonzero(traits & _ARABIC) >= MIN_WORDS and _is_garbled_arabic(text):
        return True
    return not _has_function_words(text) and (_is_garbled_latin(text, traits) or has_odd_words(text, points))


def _is_ordinary_latin(text: str) -> bool:
    """Return whether a text is surely in order, without a look at its words: so are most pages of Latin script.

    It has no Arabic letters and no characters that are no text, too few blanks for many words of one letter, and
    function words.
    """
    raw = text.encode("utf-8", "surrogatepass")
    unusual = raw.translate(None, _ORDINARY_BYTES)
    if unusual and len(unusual) != raw.count(_LINE_HYPHEN):
        return False
    letters = np.count_nonzero(np.frombuffer(raw.translate(_ASCII_LETTERS), np.bool_))
    if letters < MIN_LETTERS or len(raw) - letters >= MAX_SINGLE_SHARE * letters:
        return False
    return not _C1_CONTROL.search(raw) and _has_function_words(text)


def _traits(points: CodePoints) -> npt.NDArray[np.uint8]:
    """Return the traits of each character: `_SPACE`, `_ALIEN` and `_ARABIC`, which are looked up for whole pages."""
    if points.itemsize > 2:  # the planes beyond the first are text, except those for private use
        points = np.where(points >= 0xF0000, 0xE000, np.minimum(points, 0xFFFF)).astype(np.uint16)
    return _trait_table().take(points)


@cache
def _trait_table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for trait, ranges in _TRAIT_RANGES.items():
        for first, last in ranges:
            table[first : last + 1] |= trait
    return table


def _is_broken(text: str) -> bool:
    return len(_BROKEN.findall(text)) > MAX_BROKEN_SHARE * len(text.split())


def _is_split(text: str) -> bool:
    """Return whether many letters between words are words of their own, and all together read like a language.

    Letters of formulas have operators beside them, and those of lists do not follow one another in words.
    """
    words = text.split()
    singles = [
        word
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
        if len(word) == 1 and _is_of_alphabet(word) and before.isalpha() and after.isalpha()
    ]
    if len(singles) <= MIN_WORDS or len({*singles}) < MIN_SINGLE_KINDS:
        return False
    return len(singles) > MAX_SINGLE_SHARE * count_letters(text) and mean_bits("".join(words)) <= MAX_BITS


def _has_function_words(text: str) -> bool:
    count = kinds = 0
    for word in _FUNCTION_WORDS:
        if occurrences := text.count(word):
            count += occurrences
            kinds += 1
            if count >= MIN_FUNCTION_WORDS and kinds >= MIN_FUNCTION_WORD_KINDS:
                return True
    return False


def _is_of_alphabet(letter: str) -> bool:
    """Return whether a character is a letter of a script whose words have several: with capitals, Hebrew or Arabic."""
    return letter.upper() != letter.lower() or "\u05d0" <= letter <= "\u064a"


def _is_garbled_arabic(text: str) -> bool:
    words = len(_ARABIC_WORD.findall(text))
    if words < MIN_WORDS:
        return False
    return (
        len(_SINGLE_ARABIC.findall(text)) > MAX_SINGLE_ARABIC_SHARE * words
        or len(_MISPLACED_ARABIC.findall(text)) > MAX_MISPLACED_SHARE * words
    )


def _is_garbled_latin(text: str, traits: npt.NDArray[np.uint8]) -> bool:
    if not _has_latin_oddities(traits):
        return False
    words = len(_WORD.findall(text))
    if words < MIN_WORDS or len(text) > MAX_MEAN_LENGTH * len(text.split()):
        return False
    mixed = _MIXED.findall(text)
    kinds = len({place[1] for place in mixed})
    if len(mixed) > MAX_MIXED_SHARE * words and len(mixed) * kinds > MIN_MIXED_VARIETY * words:
        return True
    return len(_ACCENTED.findall(text)) > MAX_ACCENTED_SHARE * words


def _has_latin_oddities(traits: npt.NDArray[np.uint8]) -> bool:
    """Return whether `_MIXED` or `_ACCENTED` can match at all; to search for them takes ten times as long."""
    capital_inside = (traits[:-1] & _SMALL > 0) & (traits[1:] & _CAPITAL > 0)
    sign_inside = (traits[1:-1] & _SIGN > 0) & (traits[:-2] & _SPACE == 0) & (traits[2:] & _SPACE == 0)
    has_accent = traits & _ACCENT > 0
    return bool(
        capital_inside.any() or sign_inside.any() or (has_accent[:-2] & has_accent[1:-1] & has_accent[2:]).any()
    )
