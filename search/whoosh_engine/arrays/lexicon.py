"""The words of one field, and those a pattern or a near spelling stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs
from search.term_patterns import compile_pattern, count_edits

WILDCARD_CAP = 1_024
"""Words a wildcard may stand for; of more, those in most documents are kept."""
FUZZY_CAP = 128
"""Words a near spelling may stand for; of more, the nearest and then those in most documents are kept."""

_WORD_BYTES = 72  # a short str and its place in a list, near enough for the cache's bound


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in order, the number of documents of each, and what lets unlike words be passed over quickly.

    ``signatures`` has a bit for each letter of the word (its code point modulo 64).
    """

    words: Sequence[str]
    counts: Longs
    lengths: npt.NDArray[np.int32]
    signatures: npt.NDArray[np.uint64]

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes, estimated."""
        return len(self.words) * _WORD_BYTES + self.counts.nbytes + self.lengths.nbytes + self.signatures.nbytes


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words that a pattern stands for, as far as they are searched, and how many there are in all."""

    words: Sequence[str]
    total: int

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes, estimated."""
        return len(self.words) * _WORD_BYTES


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words near to one, as far as they are searched, by number of edits, and how many there are in all."""

    tiers: Mapping[int, Sequence[str]]
    total: int

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes, estimated."""
        return sum(map(len, self.tiers.values())) * _WORD_BYTES


def build_lexicon(parts: Iterable[tuple[list[str], list[int]]]) -> Lexicon:
    """Merge the lexicons of segments: the same word in two of them is in both their documents."""
    listed = list(parts)
    words, counts = listed[0] if len(listed) == 1 else _merge(listed)
    lengths = np.fromiter(map(len, words), np.int32, len(words))
    return Lexicon(words, np.array(counts, dtype=np.int64), lengths, _signatures(words, lengths))


def expand_wildcard(lexicon: Lexicon, pattern: str, cap: int = WILDCARD_CAP) -> Expansion:
    """The words that a folded word pattern stands for, at most ``cap`` of them."""
    matches = compile_pattern(pattern).fullmatch
    places = [place for place, word in enumerate(lexicon.words) if matches(word)]
    if len(places) > cap:
        ranked = sorted(places, key=lambda place: (-lexicon.counts[place], place))[:cap]
        return Expansion([lexicon.words[place] for place in sorted(ranked)], len(places))
    return Expansion([lexicon.words[place] for place in places], len(places))


def expand_fuzzy(lexicon: Lexicon, word: str, distance: int, cap: int = FUZZY_CAP) -> Spellings:
    """The words within ``distance`` edits of a folded word, at most ``cap`` of them.

    One edit changes the length by at most one and the set of letters by at most two, so most words are passed over
    without counting.
    """
    lengths = np.array([len(word)], dtype=np.int32)
    unlike = np.bitwise_count(lexicon.signatures ^ _signatures([word], lengths)[0])
    likely = (np.abs(lexicon.lengths - len(word)) <= distance) & (unlike <= 2 * distance)
    found: list[tuple[int, int, int]] = []
    for place in np.flatnonzero(likely).tolist():
        edits = count_edits(word, lexicon.words[place], distance)
        if edits <= distance:
            found.append((edits, -int(lexicon.counts[place]), place))
    found.sort()
    tiers: dict[int, list[str]] = {}
    for edits, _, place in found[:cap]:
        tiers.setdefault(edits, []).append(lexicon.words[place])
    return Spellings(tiers, len(found))


def _merge(parts: list[tuple[list[str], list[int]]]) -> tuple[list[str], list[int]]:
    totals: dict[str, int] = {}
    for words, counts in parts:
        for word, count in zip(words, counts, strict=True):
            totals[word] = totals.get(word, 0) + count
    ordered = sorted(totals)
    return ordered, [totals[word] for word in ordered]


def _signatures(words: Sequence[str], lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    if not words:
        return np.zeros(0, dtype=np.uint64)
    letters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).astype(np.uint64)
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    made: npt.NDArray[np.uint64] = np.bitwise_or.reduceat(np.uint64(1) << (letters & np.uint64(63)), starts)
    return made
