"""The words of one field, and the expansion of patterns and fuzzy words to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs
from search.term_patterns import compile_pattern, count_edits

if TYPE_CHECKING:
    from search.ranking.collection_statistics import ExpandedWords

Ints = npt.NDArray[np.int32]

WILDCARD_CAP = 1_024
"""Most words that a wildcard is expanded to; of more, those in most documents."""
FUZZY_CAP = 128
"""Most words that a fuzzy word is expanded to; of more, the nearest, then those in most documents."""

_WORD_BYTES = 72
"""Memory of a short string and its place in a list, near enough for the bound of a cache."""

SegmentWords = tuple[range, Sequence[str], Sequence[int]]
"""Consecutive terms of one segment: their numbers, their words, and how many documents contain each."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a field in order, through all segments.

    Attributes:
        words: the words.
        counts: the number of documents that contain each.
        numbers: for each segment a row: the number of each word in it, -1 where it lacks the word.
        lengths: the number of letters of each.
        signatures: for each word a bit for each of its letters (its code point modulo 64).
    """

    words: Sequence[str]
    counts: Longs
    numbers: Ints
    lengths: Ints
    signatures: npt.NDArray[np.uint64]

    @property
    def nbytes(self) -> int:
        """Return the memory held, in bytes, estimated."""
        arrays = self.counts.nbytes + self.numbers.nbytes + self.lengths.nbytes + self.signatures.nbytes
        return len(self.words) * _WORD_BYTES + arrays

    def numbers_of(self, places: Sequence[int]) -> tuple[list[int], ...]:
        """Return the numbers that the words at some places have, segment by segment, ascending."""
        rows = np.sort(self.numbers[:, np.array(places, np.int64)], axis=1)
        return tuple(row[row >= 0].tolist() for row in rows)


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words that a pattern stands for: places in a lexicon of those that are searched, and how many there are."""

    places: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class FuzzyExpansion:
    """The words near to one: places in a lexicon by number of edits, of those that are searched; how many there are."""

    tiers: Mapping[int, Sequence[int]]
    total: int


def build_lexicon(parts: Sequence[SegmentWords]) -> Lexicon:
    """Merge the words of segments; a word of several is in the documents of all."""
    if len(parts) == 1:
        numbers, words, counts = parts[0]
        table = np.arange(numbers.start, numbers.stop, dtype=np.int32)[None]
        return _lexicon(words, np.array(counts, np.int64), table)
    words = sorted({word for _, listed, _ in parts for word in listed})
    ranks = {word: rank for rank, word in enumerate(words)}
    summed = np.zeros(len(words), np.int64)
    table = np.full((len(parts), len(words)), -1, np.int32)
    for row, (numbers, listed, counts) in enumerate(parts):
        places = np.fromiter(map(ranks.__getitem__, listed), np.int64, len(listed))
        summed[places] += np.array(counts, np.int64)
        table[row, places] = np.arange(numbers.start, numbers.stop)
    return _lexicon(words, summed, table)


def _lexicon(words: Sequence[str], counts: Longs, numbers: Ints) -> Lexicon:
    lengths = np.fromiter(map(len, words), np.int32, len(words))
    return Lexicon(words, counts, numbers, lengths, _signatures(words, lengths))


def expand_wildcard(
    lexicon: Lexicon, pattern: str, cap: int = WILDCARD_CAP, searched: ExpandedWords | None = None
) -> Expansion:
    """Return the words that a folded word pattern stands for, at most ``cap`` of them or those chosen, by place."""
    matches = compile_pattern(pattern).fullmatch
    places = [place for place, word in enumerate(lexicon.words) if matches(word)]
    if searched:
        return Expansion([place for place in places if lexicon.words[place] in searched.words], searched.total)
    if len(places) > cap:
        listed = np.array(places, np.int64)
        ranked = np.argsort(-lexicon.counts[listed], kind="stable")[:cap]  # of equal counts the first places
        return Expansion(np.sort(listed[ranked]).tolist(), len(places))
    return Expansion(places, len(places))


def expand_fuzzy(
    lexicon: Lexicon, word: str, distance: int, cap: int = FUZZY_CAP, searched: ExpandedWords | None = None
) -> FuzzyExpansion:
    """Return the words within ``distance`` edits of a folded word, at most ``cap`` of them or those chosen.

    One edit changes the length by at most one and the set of letters by at most two, which rules out most words
    without counting.
    """
    lengths = np.array([len(word)], dtype=np.int32)
    unlike = np.bitwise_count(lexicon.signatures ^ _signatures([word], lengths)[0])
    likely = (np.abs(lexicon.lengths - len(word)) <= distance) & (unlike <= 2 * distance)
    ranked: list[tuple[int, int, int]] = []
    for place in np.flatnonzero(likely).tolist():
        edits = count_edits(word, lexicon.words[place], distance)
        if edits <= distance and (not searched or lexicon.words[place] in searched.words):
            ranked.append((edits, -int(lexicon.counts[place]), place))
    ranked.sort()
    tiers: dict[int, list[int]] = {}
    for edits, _, place in ranked[:cap]:
        tiers.setdefault(edits, []).append(place)
    return FuzzyExpansion(tiers, searched.total if searched else len(ranked))


def _signatures(words: Sequence[str], lengths: Ints) -> npt.NDArray[np.uint64]:
    if not words:
        return np.zeros(0, dtype=np.uint64)
    letters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).astype(np.uint64)
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    signatures: npt.NDArray[np.uint64] = np.bitwise_or.reduceat(np.uint64(1) << (letters & np.uint64(63)), starts)
    return signatures
