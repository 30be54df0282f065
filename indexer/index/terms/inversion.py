"""Posting lists of words and of stems from the running words of many documents, by sorting and sums of slices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index.buffer import Words
from indexer.index.codec.array_file import Longs
from indexer.index.codec.field_lengths import Bytes
from indexer.index.codec.segment_writer import Floats32, Run
from indexer.index.terms.term_ids import HOLE
from indexer.text import analysis

Ints = npt.NDArray[np.int32]
Ranks = npt.NDArray[Any]
"""Numbers of terms in order, of two bytes where these are enough, else of four."""

_CHUNK = 1 << 19
"""Running words that are made into posting lists at a time, which bounds the memory of the arrays in between."""

_SORT_BLOCK = 1 << 20
"""Running words that are sorted at a time: the sort takes 16 bytes for each of them, and 4 for each of all words."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The words of documents under the tags of their stemmers, with counts and weights; by word, then document.

    A word, document and tag may occur in several entries, where a document's texts change language and change back.
    ``weights`` is None where each equals the count.
    """

    words: Ints
    documents: Ints
    tags: Bytes
    counts: Ints
    weights: Floats32 | None


class OccurrenceColumns:
    """The occurrences of a field's words, kept until the field's stems are inverted; each column is taken once."""

    def __init__(self) -> None:
        self._columns: defaultdict[str, list[npt.NDArray[Any]]] = defaultdict(list)

    def add(self, occurrences: Occurrences) -> None:
        """Keep the occurrences of some more words."""
        for name in ("words", "documents", "tags", "counts"):
            self._columns[name].append(getattr(occurrences, name))
        if occurrences.weights is not None:
            self._columns["weights"].append(occurrences.weights)

    def take(self, name: str) -> npt.NDArray[Any]:
        """Return one column of all occurrences and forget it."""
        return np.concatenate(self._columns.pop(name))

    def take_weights(self) -> Floats32 | None:
        """Return the weights and forget them; None where each equals its count."""
        return self.take("weights") if "weights" in self._columns else None


@dataclass(frozen=True, slots=True)
class _SortedWords:
    """Running words in the order of term, then document and position.

    Attributes:
        places: the place of each word among all running words.
        numbers: the distinct words of the field in the order of their bytes, as numbers of the vocabulary.
        bounds: where the places of each term begin, and the end.
        documents, tags: by place, the document, and the number of the stemmer's tag.
        begins: by document, its first place.
    """

    places: npt.NDArray[np.uint32]
    numbers: Ints
    bounds: Longs
    documents: Ints
    tags: Bytes
    begins: Longs


class WordInversion:
    """Inverts a field of words; its occurrences are what `StemInversion` then takes.

    Attributes:
        numbers: the distinct words of the field in the order of their bytes, as numbers of the vocabulary.
        occurrences: those of the runs made so far.
    """

    def __init__(self, words: Words, forms: Sequence[str]) -> None:
        self._words, self._forms = words, forms
        self._sorted = _sort(words, forms)
        self.numbers = self._sorted.numbers
        self.occurrences = OccurrenceColumns()

    def runs(self) -> Iterator[Run]:
        """Yield the posting lists with positions, some terms at a time."""
        ordered = self._sorted
        weights = np.repeat(self._words.weights, self._words.stretches) if self._words.weighted else None
        for low, high in _chunks(ordered.bounds):
            postings, tagged, positions = _postings(ordered, low, high, weights)
            self.occurrences.add(tagged)
            terms = [self._forms[number].encode() for number in ordered.numbers[low:high].tolist()]
            starts = np.append(np.flatnonzero(np.diff(postings.words, prepend=-1)), len(postings.words))
            yield Run(terms, starts, postings.documents, postings.counts, positions=positions)


class StemInversion:
    """Inverts the stems of a field of words.

    Attributes:
        stems: the stems in order.
    """

    def __init__(self, occurrences: OccurrenceColumns, forms: Sequence[str], tags: Sequence[str]) -> None:
        """Stem the words of a field.

        Args:
            occurrences: those of the field's words; its columns are taken.
            forms: folded words, by the numbers of the occurrences.
            tags: tags of stemmers, likewise.
        """
        self._occurrences = occurrences
        words, under = occurrences.take("words"), occurrences.take("tags")
        occurs = np.zeros(len(tags) * len(forms), dtype=bool)
        for some in _slices(len(words)):
            occurs[under[some].astype(np.int64) * len(forms) + words[some]] = True
        pairs = np.flatnonzero(occurs)
        stemmed = [analysis.stem(forms[pair % len(forms)], tags[pair // len(forms)]) for pair in pairs.tolist()]
        self.stems = sorted(set(stemmed))
        ranks = {stem: rank for rank, stem in enumerate(self.stems)}
        self._pair_words = pairs % len(forms)
        self._pair_stems = np.fromiter(map(ranks.__getitem__, stemmed), np.int32, len(stemmed))
        of_pair = np.zeros(len(occurs), np.int32)
        of_pair[pairs] = self._pair_stems
        self._numbers = np.empty(len(words), np.int32)
        for some in _slices(len(words)):
            self._numbers[some] = of_pair[under[some].astype(np.int64) * len(forms) + words[some]]

    def runs(self) -> Iterator[Run]:
        """Yield the posting lists without positions, some stems at a time."""
        numbers = self._numbers
        by_stem = _stable_order(numbers.astype(np.uint16 if len(self.stems) <= 1 << 16 else np.uint32))
        documents, counts = map(self._occurrences.take, ("documents", "counts"))
        weights = self._occurrences.take_weights()
        bounds = np.append([0], np.cumsum(np.bincount(numbers, minlength=len(self.stems))))
        for low, high in _chunks(bounds):
            chosen = by_stem[bounds[low] : bounds[high]]
            keys = numbers[chosen].astype(np.int64) << 32 | documents[chosen]
            order = np.argsort(keys)
            keys, chosen = keys[order], chosen[order]
            first = np.flatnonzero(np.diff(keys, prepend=-1))
            yield Run(
                [stem.encode() for stem in self.stems[low:high]],
                np.searchsorted(keys[first] >> 32, np.arange(low, high + 1)),
                keys[first] & 0xFFFFFFFF,
                np.add.reduceat(counts[chosen], first),
                None if weights is None else _sums(weights[chosen], first),
            )

    def words_by_stem(self, numbers: Ints) -> tuple[Longs, Longs]:
        """Return the words that have each stem in the language of some document.

        Args:
            numbers: the distinct words of the field in the order of their bytes, as `WordInversion` has them.

        Returns:
            Where the words of each stem begin, with the end, and the words as ranks in ``numbers``.
        """
        ranks = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
        ranks[numbers] = np.arange(len(numbers))
        keys = np.unique(self._pair_stems.astype(np.int64) << 32 | ranks[self._pair_words])  # one word, two tags
        return np.searchsorted(keys >> 32, np.arange(len(self.stems) + 1)), keys & 0xFFFFFFFF


def _chunks(bounds: Longs) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms that are inverted at a time; ``bounds`` are where the words of each begin, and the end."""
    low = 0
    while low < len(bounds) - 1:
        high = max(int(np.searchsorted(bounds, bounds[low] + _CHUNK, "right")) - 1, low + 1)
        yield low, high
        low = high


def _sort(words: Words, forms: Sequence[str]) -> _SortedWords:
    numbers = np.frombuffer(words.numbers, np.int32)
    counts = np.bincount(numbers, minlength=len(forms))
    used = np.array(sorted(np.flatnonzero(counts).tolist(), key=forms.__getitem__), np.int32)
    is_hole = used[:1] == HOLE  # the empty word is before all others
    rank: Ranks = np.zeros(len(forms), np.uint16 if len(used) <= 1 << 16 else np.uint32)
    rank[used] = np.arange(len(used), dtype=rank.dtype)
    bounds = np.concatenate([[0], np.cumsum(counts[used])])
    lengths = words.lengths()
    documents = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    tags = np.repeat(np.frombuffer(words.tags, np.uint8), words.stretches)
    places, begins, holes = _sorted_places(numbers, rank, bounds), np.cumsum(lengths) - lengths, int(is_hole.sum())
    return _SortedWords(places, used[holes:], bounds[holes:], documents, tags, begins)


def _sorted_places(numbers: Ints, rank: Ranks, bounds: Longs) -> npt.NDArray[np.uint32]:
    """Return the places of running words by rank, then place: a radix sort of one block of words after the other.

    Args:
        numbers: the running words.
        rank: by number, the word's rank.
        bounds: where the places of each rank begin, and the end.
    """
    places = np.empty(len(numbers), np.uint32)
    cursors = bounds[:-1].copy()
    for start in range(0, len(numbers), _SORT_BLOCK):
        ranks = rank[numbers[start : start + _SORT_BLOCK]]
        order = _stable_order(ranks)
        counts = np.bincount(ranks, minlength=len(cursors))
        ranks = ranks[order]
        targets = (cursors - (np.cumsum(counts) - counts))[ranks]
        targets += np.arange(len(ranks))
        order += start
        places[targets] = order
        cursors += counts
    return places


def _stable_order(ranks: Ranks) -> Longs:
    """Return the order that sorts ranks stably; NumPy sorts numbers of two bytes by radix, several times as fast."""
    if ranks.itemsize == 2:
        return np.argsort(ranks, kind="stable")
    order = np.argsort(ranks.astype(np.uint16), kind="stable")
    return order[np.argsort((ranks >> 16).astype(np.uint16)[order], kind="stable")]


def _postings(
    ordered: _SortedWords, low: int, high: int, weights: Floats32 | None
) -> tuple[Occurrences, Occurrences, Longs]:
    """Return the postings of the terms from ``low`` up to ``high``, the same split by tag, and the positions."""
    bounds = ordered.bounds[low : high + 1]
    places = ordered.places[bounds[0] : bounds[-1]].astype(np.int64)
    documents = ordered.documents[places]
    positions = places - ordered.begins[documents]
    begins = np.empty(len(places), bool)
    np.not_equal(documents[1:], documents[:-1], out=begins[1:])
    begins[bounds[:-1] - bounds[0]] = True
    first = np.flatnonzero(begins)
    terms = np.repeat(ordered.numbers[low:high], np.diff(bounds))
    tags = ordered.tags[places]

    def occurrences(first: Longs) -> Occurrences:
        counts = np.diff(first, append=len(places)).astype(np.int32)
        summed = None if weights is None else _sums(weights[places], first)
        return Occurrences(terms[first], documents[first], tags[first], counts, summed)

    postings = occurrences(first)
    begins[1:] |= tags[1:] != tags[:-1]
    tagged = postings if np.count_nonzero(begins) == len(first) else occurrences(np.flatnonzero(begins))
    return postings, tagged, positions


def _sums(weights: Floats32, first: Longs) -> Floats32:
    """Return the sum of each slice of ``weights``, added up in double precision."""
    return np.add.reduceat(weights, first, dtype=np.float64).astype(np.float32)


def _slices(count: int) -> Iterator[slice]:
    for start in range(0, count, _CHUNK):
        yield slice(start, start + _CHUNK)
