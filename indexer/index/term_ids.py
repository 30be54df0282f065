"""From text to numbers of words: each distinct spelling is folded once, every other time it is looked up."""

from __future__ import annotations

import unicodedata
from enum import Enum

import numpy as np
import numpy.typing as npt

from indexer.text import analysis

Numbers = npt.NDArray[np.int32]

_ASCII = bytes(range(128))
_SPACED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
"""Every byte that parts words made a space; bytes over 127 belong to letters once other signs are replaced."""
_NO_WORD = -1


class _Sign(Enum):
    LETTER = "letter"  # one of a word's signs, which all together make one token
    BREAK = "break"  # parts words
    OTHER = "other"  # a mark, or of a script without spaces: left to the analyser


class Vocabulary:
    """The words of one segment, numbered as they come.

    Attributes:
        forms: folded word of each number.
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._of_form: dict[str, int] = {}
        self._of_spelling = _Spellings(self)

    def number(self, form: str) -> int:
        """Number of a folded word, a new one when it is new."""
        number = self._of_form.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def read(self, text: str) -> Numbers:
        """Numbers of the tokens of ``text`` in order: those of `analysis.surface`, without folding each anew."""
        spaced = _spaced(text)
        if spaced is None:
            forms = analysis.surface(text)
            return np.fromiter(map(self.number, forms), np.int32, len(forms))
        words = spaced.split()
        numbers = np.fromiter(map(self._of_spelling.__getitem__, words), np.int32, len(words))
        return numbers[numbers != _NO_WORD] if self._of_spelling.some_without_form else numbers


class _Spellings(dict[bytes, int]):
    """Number by spelling, in UTF-8, found when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.some_without_form = False

    def __missing__(self, spelling: bytes) -> int:
        forms = analysis.surface(spelling.decode())
        self.some_without_form |= not forms
        number = self[spelling] = self._vocabulary.number(forms[0]) if forms else _NO_WORD
        return number


def _spaced(text: str) -> bytes | None:
    """``text`` in UTF-8 with spaces between its words and nothing else there; None where words are not that simple."""
    raw = text.encode()
    if others := raw.translate(None, _ASCII):
        for sign in set(others.decode()):
            kind = _SIGNS.get(sign) or _learn(sign)
            if kind is _Sign.OTHER:
                return None
            if kind is _Sign.BREAK:
                raw = raw.replace(sign.encode(), b" ")
    return raw.translate(_SPACED)


_SIGNS: dict[str, _Sign] = {}


def _learn(sign: str) -> _Sign:
    if sign.isalnum():
        kind = _Sign.LETTER if len(analysis.surface(sign * 3)) == 1 else _Sign.OTHER
    else:
        inside = unicodedata.category(sign)[0] == "M" or sign in analysis.JOINERS
        kind = _Sign.OTHER if inside else _Sign.BREAK
    _SIGNS[sign] = kind
    return kind
