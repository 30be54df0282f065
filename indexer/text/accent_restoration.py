"""Restore accents on the endings of folded words, for stemmers that recognise endings by accents.

Words are folded before they are stemmed, so that *declaracao* and *declaração* are one word. But the stemmers of some
languages need the accents of an ending: without them the Portuguese one separates *declaracao* from *declarações*. The
accents follow from the ending itself (``-cao`` is ``-ção``), or in Turkish from the vowels before it (vowel harmony);
where both forms are words, none is restored. A test counts how much of the vocabulary of the Universal Declaration is
conflated as it is with its accents.
"""

from __future__ import annotations

import re

_ENDINGS: dict[str, str] = {
    "ar": "ة ته",
    "ca": "ció sió ància ència ícia",
    "fr": "ité ités ée ées èrent ière ières",
    "hu": "ból tól ról nál nél ért ként ját ján",
    "lt": "ėms ėmis ėse ėti ėjo ių cijų ų",
    "pt": "ção ções ão ões ância ência âncias ências ável ível",
    "ro": "ția ție ții ției țiile țiilor ități ității itățile ităților ește ești ească",
}
"""Endings with the accents that folding removes, by language; the longest match is used."""

_MIN_STEM_LETTERS = 2
"""Letters that a word needs before an ending."""

_VOWEL = re.compile("[aeiou]")
_FRONT = {"a": False, "e": True}
_SOFT_G = re.compile("(?<=[aeıioöuü])g(?=[aeıioöuü])")
_PAST = re.compile("(?<=m[ıiuü])s(?=$|t)")


def restore_ending(word: str, language: str, plain: dict[str, str]) -> str:
    """Return the folded ``word`` with an accented ending. ``plain`` maps folded endings to accented ones."""
    if language == "tr":
        return _restore_turkish(word)
    for length in range(min(7, len(word) - _MIN_STEM_LETTERS), 0, -1):
        if marked := plain.get(word[-length:]):
            return word[:-length] + marked
    return word


def marked_endings(language: str) -> list[str]:
    """Return the endings of a language that lose accents its stemmer needs by folding."""
    return _ENDINGS.get(language, "").split()


def _restore_turkish(word: str) -> str:
    """Restore Turkish vowels by vowel harmony: a word has either front (e i ö ü) or back ones (a ı o u).

    Borrowed words can mix both: the first a or e decides for the vowels before it, the last one for those after it.
    """
    vowels = [match.start() for match in _VOWEL.finditer(word)]
    plain = (_FRONT[word[index]] for index in vowels if word[index] in _FRONT)
    front = next(plain, bool(vowels) and word[vowels[0]] == "i")
    letters = list(word)
    for number, index in enumerate(vowels):
        front = _FRONT.get(word[index], front)
        if word[index] == "i" and not front and number:
            letters[index] = "ı"
        elif front and (word[index] == "u" or (word[index] == "o" and not number)):
            letters[index] = "ü" if word[index] == "u" else "ö"
    return _PAST.sub("ş", _SOFT_G.sub("ğ", "".join(letters)))
