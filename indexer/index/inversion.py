"""Posting lists of words and of stems from the running words of many documents: one sort, then sums of stretches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index.buffer import Words
from indexer.index.w3 import pickles
from indexer.index.w3.pickles import Longs
from indexer.index.w3.segment_writer import Bytes, Run, length_bytes
from indexer.text import analysis

Ints = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]

_CHUNK = 1 << 19
"""Running words made into posting lists at a time: bounds what the arrays on the way take."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which word stands in which document, under which tag, how often and with what weight; by word, then document.

    The same may be said in several parts, where a document's texts are in turn in one language and another.
    """

    words: Ints
    documents: Ints
    tags: Bytes
    counts: Ints
    weights: Weights


class Kept:
    """Occurrences on their way from the words to the stems of a field; each column is given up once."""

    def __init__(self) -> None:
        self._columns: defaultdict[str, list[npt.NDArray[Any]]] = defaultdict(list)

    def add(self, found: Occurrences) -> None:
        """Keep some more."""
        for column in fields(found):
            self._columns[column.name].append(getattr(found, column.name))

    def take(self, name: str) -> npt.NDArray[Any]:
        """One column of all of them, which is then kept no longer."""
        return np.concatenate(self._columns.pop(name))


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Running words in order of term, then place.

    Attributes:
        keys: place of the word in ``numbers``, shifted by 32, plus the place in the whole row of running words.
        numbers: words of the field in order of their bytes, as the vocabulary numbers them.
        bounds: where each term's words begin in ``keys``, and the end.
        documents, tags: by place, the document it is in, and the number of the stemmer's tag.
        begins: by document, its first place.
    """

    keys: npt.NDArray[np.uint64]
    numbers: Ints
    bounds: Longs
    documents: Ints
    tags: Bytes
    begins: Longs


def word_runs(words: Words, forms: Sequence[str], kept: Kept) -> Iterator[Run]:
    """The posting lists of a field of words with positions, some terms at a time.

    What the stems of the field are made from is added to ``kept`` on the way.
    """
    ordered = _sort(words, forms)
    lengths = length_bytes(np.frombuffer(words.lengths, np.uint32).astype(np.int64))
    weights = np.repeat(words.weights, words.stretches) if words.weighted else None
    for low, high in _chunks(ordered.bounds):
        keys = ordered.keys[ordered.bounds[low] : ordered.bounds[high]]
        found, tagged, values, ends = _postings(ordered, keys, weights)
        kept.add(tagged)
        terms = [forms[number].encode() for number in ordered.numbers[low:high].tolist()]
        starts = np.append(np.flatnonzero(np.diff(found.words, prepend=-1)), len(found.words))
        ids = found.documents.astype(np.int64)
        yield Run(terms, starts, ids, found.counts.astype(np.float32), lengths[ids], values, ends)


def stem_runs(kept: Kept, terms: Sequence[str], tags: Sequence[str], lengths: Bytes) -> Iterator[Run]:
    """The posting lists of the stems of a field of words, some stems at a time; ``kept`` is emptied on the way.

    Args:
        kept: its words, numbered by ``terms`` and ``tags``.
        terms: folded words.
        tags: of stemmers.
        lengths: length byte of the field in each document.
    """
    stems, numbers = _stems(kept.take("words"), kept.take("tags"), terms, tags)
    documents, counts, weights = map(kept.take, ("documents", "counts", "weights"))
    bounds = np.append([0], np.cumsum(np.bincount(numbers, minlength=len(stems))))
    for low, high in _chunks(bounds):
        found = np.flatnonzero((numbers >= low) & (numbers < high))
        keys = numbers[found].astype(np.int64) << 32 | documents[found]
        order = np.argsort(keys)
        keys, found = keys[order], found[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        ids = keys[first] & 0xFFFFFFFF
        values = np.add.reduceat(counts[found], first).astype(">u4")
        yield Run(
            [stem.encode() for stem in stems[low:high]],
            np.searchsorted(keys[first] >> 32, np.arange(low, high + 1)),
            ids,
            np.add.reduceat(weights[found], first, dtype=np.float64).astype(np.float32),
            lengths[ids],
            values.tobytes(),
            np.arange(len(values) + 1) * values.itemsize,
        )


def _chunks(bounds: Longs) -> Iterator[tuple[int, int]]:
    """Which terms to make posting lists of at a time; ``bounds`` are where each begins in the row, and the end."""
    low = 0
    while low < len(bounds) - 1:
        high = max(int(np.searchsorted(bounds, bounds[low] + _CHUNK, "right")) - 1, low + 1)
        yield low, high
        low = high


def _sort(words: Words, forms: Sequence[str]) -> _Sorted:
    numbers = np.frombuffer(words.numbers, np.int32)
    counts = np.bincount(numbers, minlength=len(forms))
    used = np.array(sorted(np.flatnonzero(counts).tolist(), key=forms.__getitem__), np.int32)
    rank = np.zeros(len(forms), np.uint64)
    rank[used] = np.arange(len(used), dtype=np.uint64) << np.uint64(32)
    keys = rank[numbers]
    keys |= np.arange(len(numbers), dtype=np.uint64)
    keys.sort()
    lengths = np.frombuffer(words.lengths, np.uint32).astype(np.int64)
    bounds = np.concatenate([[0], np.cumsum(counts[used])])
    documents = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    tags = np.repeat(np.frombuffer(words.tags, np.uint8), words.stretches)
    return _Sorted(keys, used, bounds, documents, tags, np.cumsum(lengths) - lengths)


def _postings(
    ordered: _Sorted, keys: npt.NDArray[np.uint64], weights: Weights | None
) -> tuple[Occurrences, Occurrences, bytes, Longs]:
    """The postings of the running words ``keys``, the same by tag, and the positions of each encoded, with the ends."""
    places = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ranks = (keys >> np.uint64(32)).astype(np.int32)
    documents = ordered.documents[places]
    positions = places - ordered.begins[documents]
    tags = ordered.tags[places]
    begins = (np.diff(ranks, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0)
    first = np.flatnonzero(begins)
    deltas = np.diff(positions, prepend=0)
    deltas[first] = positions[first]

    def occurrences(first: Longs) -> Occurrences:
        counts = np.diff(first, append=len(keys)).astype(np.int32)
        summed = counts.astype(np.float32)
        if weights is not None:
            summed = np.add.reduceat(weights[places], first, dtype=np.float64).astype(np.float32)
        return Occurrences(ordered.numbers[ranks[first]], documents[first], tags[first], counts, summed)

    found = occurrences(first)
    split = np.flatnonzero(begins | (np.diff(tags, prepend=tags[:1]) != 0))
    tagged = found if len(split) == len(first) else occurrences(split)
    return found, tagged, *pickles.position_items(deltas, first)


def _stems(words: Ints, under: Bytes, terms: Sequence[str], tags: Sequence[str]) -> tuple[list[str], Ints]:
    """The stems in order, and the number of that of each word; one word has a stem for every tag it stands under."""
    seen = np.zeros(len(tags) * len(terms), dtype=bool)
    for some in _slices(len(words)):
        seen[under[some].astype(np.int64) * len(terms) + words[some]] = True
    found = np.flatnonzero(seen)
    stems = [analysis.stem(terms[pair % len(terms)], tags[pair // len(terms)]) for pair in found.tolist()]
    ordered = sorted(set(stems))
    numbers = {stem: number for number, stem in enumerate(ordered)}
    of_pair = np.zeros(len(seen), np.int32)
    of_pair[found] = np.fromiter(map(numbers.__getitem__, stems), np.int32, len(stems))
    made = np.empty(len(words), np.int32)
    for some in _slices(len(words)):
        made[some] = of_pair[under[some].astype(np.int64) * len(terms) + words[some]]
    return ordered, made


def _slices(count: int) -> Iterator[slice]:
    for start in range(0, count, _CHUNK):
        yield slice(start, start + _CHUNK)
