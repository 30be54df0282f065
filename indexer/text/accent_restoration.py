"""Marks put back on the endings of folded words, for stemmers that know endings by their marks.

Words are folded before they are stemmed, so that *declaracao* and *declaração* are one word. But the stemmers of some
languages know an ending by its accents: without them the Portuguese one keeps *declaracao* apart from *declarações*.
What the ending must have been is seen from the ending itself (``-cao`` is ``-ção``), or in Turkish from the vowels
before it; where both readings are words, nothing is put back. Tested by how much of the Universal Declaration's
vocabulary falls together as it does when stemmed with its accents.
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
"""By language, endings with the marks that folding takes; the longest that fits counts."""

_LEAST = 2
"""Letters that must stand before an ending."""

_VOWEL = re.compile("[aeiou]")
_FRONT = {"a": False, "e": True}
_SOFT_G = re.compile("(?<=[aeıioöuü])g(?=[aeıioöuü])")
_PAST = re.compile("(?<=m[ıiuü])s(?=$|t)")


def restore_ending(word: str, language: str, plain: dict[str, str]) -> str:
    """``word``, folded, with the marks its ending must have had; ``plain`` are the endings of `folded_endings`."""
    if language == "tr":
        return _restore_turkish(word)
    for length in range(min(7, len(word) - _LEAST), 0, -1):
        if marked := plain.get(word[-length:]):
            return word[:-length] + marked
    return word


def marked_endings(language: str) -> list[str]:
    """The endings of a language that lose marks by folding; none where its stemmer gets on without."""
    return _ENDINGS.get(language, "").split()


def _restore_turkish(word: str) -> str:
    """Vowels of one word are all of the front (e i ö ü) or all of the back (a ı o u), but for borrowed words.

    The first a or e tells for the vowels before it, the last one for those after it.
    """
    vowels = [match.start() for match in _VOWEL.finditer(word)]
    plain = (_FRONT[word[at]] for at in vowels if word[at] in _FRONT)
    front = next(plain, bool(vowels) and word[vowels[0]] == "i")
    letters = list(word)
    for number, at in enumerate(vowels):
        front = _FRONT.get(word[at], front)
        if word[at] == "i" and not front and number:
            letters[at] = "ı"
        elif front and (word[at] == "u" or (word[at] == "o" and not number)):
            letters[at] = "ü" if word[at] == "u" else "ö"
    return _PAST.sub("ş", _SOFT_G.sub("ğ", "".join(letters)))
