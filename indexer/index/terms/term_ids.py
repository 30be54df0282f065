"""Text to numbers of folded words: each distinct spelling is folded once and looked up from then on."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text import analysis

Numbers = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

_SPACE = 32
_NO_WORD = -1
HOLE = 0
"""The number of the empty word: the position of a part of a word that is indexed in one piece."""
_FIRST_MARKED = -2
"""The first of the negative numbers for words with marks: each is a pair of the folded word and the one with marks."""
_FIRST_UNMARKED = "\u2000"
"""Behind all letters of Latin, Greek and Cyrillic that have marks."""
_NO_OFFSETS = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class MarkedTokens:
    """Tokens by their places, ascending, each with the number of its word with the marks that folding drops."""

    places: Longs
    numbers: Numbers

    def where(self, mask: npt.NDArray[np.bool_]) -> MarkedTokens:
        """Return those of the tokens that are in a mask."""
        return MarkedTokens(self.places[mask], self.numbers[mask])

    def with_further(self, other: MarkedTokens) -> MarkedTokens:
        """Return the tokens of both."""
        if not len(other.places):
            return self
        places = np.concatenate([self.places, other.places])
        order = np.argsort(places, kind="stable")
        return MarkedTokens(places[order], np.concatenate([self.numbers, other.numbers]).astype(np.int32)[order])

    def after(self, other: MarkedTokens, tokens: int) -> MarkedTokens:
        """Return the tokens behind those of ``other``, whose text has a number of tokens."""
        return MarkedTokens(
            np.concatenate([other.places, self.places + tokens]), np.concatenate([other.numbers, self.numbers])
        )


@dataclass(frozen=True, slots=True)
class AnalysedTexts:
    """The tokens of texts, end to end.

    Attributes:
        numbers: their numbers.
        lengths: the number of tokens of each text.
        anchors: in each text, the first character of every n-th of its tokens.
        marked: the tokens whose words lose marks when they are folded, and the numbers of these words with their marks.
        places: for each offset that was asked for, the token that begins there; -1 where none does.
    """

    numbers: Numbers
    lengths: npt.NDArray[np.int64]
    anchors: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    marked: MarkedTokens


NO_MARKED_TOKENS = MarkedTokens(np.zeros(0, np.int64), np.zeros(0, np.int32))


class Vocabulary:
    """The words of one segment, numbered in the order in which they come.

    Attributes:
        forms: the folded word of each number.
    """

    def __init__(self) -> None:
        self.forms: list[str] = [""]
        self._of_form: dict[str, int] = {"": HOLE}
        self._of_spelling = _Spellings(self)
        self.marked = array("i")
        self._of_marked = array("i")

    def number(self, form: str) -> int:
        """Return the number of a folded word, a new one when the word is new."""
        number = self._of_form.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def known(self, form: str) -> int:
        """Return the number of a folded word; -1 where it is none of these words."""
        return self._of_form.get(form, _NO_WORD)

    def read(self, texts: Sequence[str], every: int, offsets: Longs = _NO_OFFSETS) -> AnalysedTexts:
        """Return the tokens of texts: those of `analysis.surface`, though few words are folded and looked at singly.

        Args:
            texts: many short ones are read together, which costs little more than one of their length.
            every: number of tokens from one anchor to the next; the first token of each text is one.
            offsets: characters of the texts, joined by one character each, whose tokens are asked for; ascending.
        """
        joined = "\n".join(texts)
        spaced = analysis.space_words(joined)
        if spaced is not None:
            return self._read_spaced(joined, spaced, texts, every, offsets)
        if len(texts) == 1:
            return self._read_singly(joined, every, offsets)
        half = len(texts) // 2
        middle = sum(len(text) + 1 for text in texts[:half])
        split = int(offsets.searchsorted(middle))
        first = self.read(texts[:half], every, offsets[:split])
        second = self.read(texts[half:], every, offsets[split:] - middle)
        later = np.where(second.places < 0, -1, second.places + len(first.numbers))
        return AnalysedTexts(
            np.concatenate([first.numbers, second.numbers]),
            np.concatenate([first.lengths, second.lengths]),
            np.concatenate([first.anchors, second.anchors]),
            np.concatenate([first.places, later]),
            second.marked.after(first.marked, len(first.numbers)),
        )

    def _read_singly(self, text: str, every: int, offsets: Longs) -> AnalysedTexts:
        tokens = list(analysis.tokens(text))
        numbers = np.fromiter((self.number(token.text) for token in tokens), np.int32, len(tokens))
        starts = np.fromiter((token.start for token in tokens), np.int64, len(tokens))
        marked = [
            (place, self.number(form))
            for place, token in enumerate(tokens)
            if text[token.start] < _FIRST_UNMARKED and (form := analysis.marked_form(text[token.start : token.end]))
        ]
        return AnalysedTexts(
            numbers, np.array([len(tokens)]), starts[::every], _tokens_at(starts, offsets),
            MarkedTokens(
                np.array([place for place, _ in marked], np.int64), np.array([number for _, number in marked], np.int32)
            ),
        )  # fmt: skip

    def _read_spaced(
        self, joined: str, spaced: bytes, texts: Sequence[str], every: int, offsets: Longs
    ) -> AnalysedTexts:
        """Read texts, joined by single characters, in which spaces alone separate words."""
        numbers = self._look_up(spaced)
        is_space = np.frombuffer(spaced, np.uint8) == _SPACE
        begins = ~is_space
        begins[1:] &= is_space[:-1]
        starts = np.flatnonzero(begins)
        if self._of_spelling.some_without_form:
            kept = numbers != _NO_WORD
            numbers, starts = numbers[kept], starts[kept]
        marked = self._take_marked(numbers)
        ascii_only = len(spaced) == len(joined)
        sizes = np.fromiter((len(text if ascii_only else text.encode()) + 1 for text in texts), np.int64, len(texts))
        first_bytes = np.cumsum(sizes) - sizes
        first_tokens = np.searchsorted(starts, np.append(first_bytes, len(spaced)))
        lengths = np.diff(first_tokens)
        counts = -(-lengths // every)
        anchored = np.repeat(first_tokens[:-1] - every * (np.cumsum(counts) - counts), counts)
        anchors = starts[anchored + every * np.arange(len(anchored))]
        if not ascii_only:
            characters = np.cumsum((np.frombuffer(joined.encode(), np.uint8) & 0xC0) != 0x80)
            offsets = characters.searchsorted(offsets + 1)
            anchors = characters[anchors] - 1
            first_bytes = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        return AnalysedTexts(
            numbers, lengths, anchors - np.repeat(first_bytes, counts), _tokens_at(starts, offsets), marked
        )

    def pair_marked(self, number: int, marked: int) -> int:
        """Return a number below all others that stands for a folded word until `_take_marked`.

        Args:
            number: the folded word.
            marked: the word with its marks.
        """
        self._of_marked.append(number)
        self.marked.append(marked)
        return _FIRST_MARKED - len(self.marked) + 1

    def _take_marked(self, numbers: Numbers) -> MarkedTokens:
        """Put the numbers of folded words in the place of those of pairs, and return the words with marks."""
        if not self.marked:
            return NO_MARKED_TOKENS
        places = np.flatnonzero(numbers <= _FIRST_MARKED)
        pairs = _FIRST_MARKED - numbers[places]
        numbers[places] = np.array(self._of_marked, np.int32)[pairs]
        return MarkedTokens(places, np.array(self.marked, np.int32)[pairs])

    def _look_up(self, spaced: bytes) -> Numbers:
        words = spaced.split()
        return np.fromiter(map(self._of_spelling.__getitem__, words), np.int32, len(words))


def _tokens_at(starts: Longs, offsets: Longs) -> Longs:
    """Return the token that begins at each of some ascending offsets; -1 where none does."""
    if not len(offsets) or not len(starts):
        return np.full(len(offsets), -1, np.int64)
    places = starts.searchsorted(offsets)
    begins = starts[np.minimum(places, len(starts) - 1)] == offsets
    return np.where(begins, places, -1)


class _Spellings(dict[bytes, int]):
    """The number of each spelling, in UTF-8, found when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.some_without_form = False

    def __missing__(self, spelling: bytes) -> int:
        word = spelling.decode()
        forms = [word[: analysis.MAX_TOKEN_CHARACTERS]] if spelling.isascii() else analysis.surface(word)
        self.some_without_form |= not forms
        number = self._vocabulary.number(forms[0]) if forms else _NO_WORD
        if forms and (marked := analysis.marked_form(word)):
            number = self._vocabulary.pair_marked(number, self._vocabulary.number(marked))
        self[spelling] = number
        return number
