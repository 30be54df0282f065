"""Text to numbers of folded words: each distinct spelling is folded once and looked up from then on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from indexer.text import analysis

Numbers = npt.NDArray[np.int32]

_ASCII = bytes(range(128))
_SPACED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
"""Translation of every byte that separates words to a space; bytes over 127 belong to letters when it is applied."""
_SPACE = 32
_NO_WORD = -1


class _Character(Enum):
    LETTER = "letter"  # part of a word; any number of such characters make one token
    BREAK = "break"  # separates words
    OTHER = "other"  # a mark, or of a script without spaces: left to the analyser


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """The tokens of a text: their numbers, and the first character of every n-th of them."""

    numbers: Numbers
    anchors: npt.NDArray[np.int64]


class Vocabulary:
    """The words of one segment, numbered in the order in which they come.

    Attributes:
        forms: the folded word of each number.
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._of_form: dict[str, int] = {}
        self._of_spelling = _Spellings(self)

    def number(self, form: str) -> int:
        """Return the number of a folded word, a new one when the word is new."""
        number = self._of_form.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def read(self, text: str) -> Numbers:
        """Return the numbers of the tokens of ``text`` in order: those of `analysis.surface`, folding few of them."""
        spaced = _spaced(text)
        if spaced is None:
            forms = analysis.surface(text)
            return np.fromiter(map(self.number, forms), np.int32, len(forms))
        numbers = self._look_up(spaced)
        return numbers[numbers != _NO_WORD] if self._of_spelling.some_without_form else numbers

    def read_with_anchors(self, text: str, every: int) -> AnalysedText:
        """Return the numbers of the tokens, and the first character of every ``every`` th token from the first on."""
        spaced = _spaced(text)
        if spaced is None:
            tokens = list(analysis.tokens(text))
            numbers = np.fromiter((self.number(token.text) for token in tokens), np.int32, len(tokens))
            return AnalysedText(numbers, np.array([token.start for token in tokens[::every]], np.int64))
        numbers = self._look_up(spaced)
        is_space = np.frombuffer(spaced, np.uint8) == _SPACE
        begins = ~is_space
        begins[1:] &= is_space[:-1]
        starts = np.flatnonzero(begins)
        if self._of_spelling.some_without_form:
            kept = numbers != _NO_WORD
            numbers, starts = numbers[kept], starts[kept]
        anchors = starts[::every]
        if len(spaced) != len(text) and len(anchors):
            first_bytes = np.cumsum((np.frombuffer(text.encode(), np.uint8) & 0xC0) != 0x80)
            anchors = first_bytes[anchors] - 1
        return AnalysedText(numbers, anchors)

    def _look_up(self, spaced: bytes) -> Numbers:
        words = spaced.split()
        return np.fromiter(map(self._of_spelling.__getitem__, words), np.int32, len(words))


class _Spellings(dict[bytes, int]):
    """The number of each spelling, in UTF-8, found when it is first asked for."""

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
    """Return ``text`` in UTF-8 with a space for each byte between words; None where words are not that simple."""
    raw = text.encode()
    if others := raw.translate(None, _ASCII):
        for character in set(others.decode()):
            kind = _CHARACTERS.get(character) or _classify(character)
            if kind is _Character.OTHER:
                return None
            if kind is _Character.BREAK:
                encoded = character.encode()
                raw = raw.replace(encoded, b" " * len(encoded))
    return raw.translate(_SPACED)


_CHARACTERS: dict[str, _Character] = {}


def _classify(character: str) -> _Character:
    if character.isalnum():
        kind = _Character.LETTER if len(analysis.surface(character * 3)) == 1 else _Character.OTHER
    else:
        inside = unicodedata.category(character)[0] == "M" or character in analysis.JOINERS
        kind = _Character.OTHER if inside else _Character.BREAK
    _CHARACTERS[character] = kind
    return kind
