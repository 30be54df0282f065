"""Count every word of the main texts of sets of documents, from the postings of all terms.

The main text of a document comes before its other texts. So all occurrences count in a document that has no other, and
of the rest those whose positions are before its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Floats, Longs, damage_reported
from indexer.index.codec.term_arrays import TermArrays
from indexer.index.index_layout import PAGED
from search.deadline import check_deadline
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.field_terms import FieldTerms
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.word_statistics.word_counts import WordCounts

CHUNK = 1 << 20
"""Positions that are counted at a time, which bounds the memory to some 50 MB."""

Numbers = npt.NDArray[np.int32]
Masks = npt.NDArray[np.bool_]
"""A row for each set: which of all documents are in it."""


@dataclass(frozen=True, slots=True)
class MainTexts:
    """The main texts of an index.

    Attributes:
        snapshot: the index.
        tokens: for each document the number of tokens of its main text; 0 for a deleted one.
        are_followed: which documents have other texts behind it.
    """

    snapshot: Snapshot
    tokens: Longs
    are_followed: Mask

    def segments(self) -> Iterator[tuple[TermArrays, slice]]:
        """Yield the terms of each segment, and the slice of its documents."""
        for part, base, documents in self.snapshot.field(PAGED).parts:
            yield part, slice(base, base + documents)


@dataclass(frozen=True, slots=True)
class RankedWords:
    """Some words of the segments of a field.

    Attributes:
        words: the words, ascending.
        ranks: for each segment, the place in ``words`` of each of its terms; -1 for a term that is none of them.
    """

    words: Sequence[str]
    ranks: Sequence[Numbers]


def count_words(texts: MainTexts, sets: Masks, min_hits: int, shares: Floats | None = None) -> WordCounts:
    """Count the words of sets of documents; see `search.word_statistics.word_counts.WordIndex`.

    Args:
        texts: the main texts.
        sets: the sets.
        min_hits: fewest hits of a word in all sets together.
        shares: for every document its share of the tokens of the first set, 0 for one outside; None where no spread is
            wanted.

    Raises:
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    with damage_reported(f"the postings of {PAGED}"):
        parts = [_count_terms(texts, part, here, sets[:, here]) for part, here in texts.segments()]
    vocabulary = _merge(texts.snapshot.field(PAGED), [np.any(hits, axis=0) for hits, _ in parts])
    hits, documents = (_sum_up(vocabulary, [counts[which] for counts in parts], len(sets)) for which in range(2))
    frequent = hits.sum(axis=0) >= max(min_hits, 1)
    kept = np.append(np.where(frequent, np.cumsum(frequent) - 1, -1), -1).astype(np.int32)
    ranks = [kept[numbers] for numbers in vocabulary.ranks]  # a term that is no word, -1, takes the last of them
    words = [word for word, wanted in zip(vocabulary.words, frequent.tolist(), strict=True) if wanted]
    hits, documents = hits[:, frequent], documents[:, frequent]
    if shares is None:
        return WordCounts(words, hits, documents, np.zeros(0))
    return WordCounts(words, hits, documents, _deviations(texts, RankedWords(words, ranks), hits[0], shares))


def hits_of_words(texts: MainTexts, words: Sequence[str], sets: Masks) -> Longs:
    """Return a row for each set: how often each of some words occurs in the main texts of its documents.

    Raises:
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    field, hits = texts.snapshot.field(PAGED), np.zeros((len(sets), len(words)), np.int64)
    for place, word in enumerate(words):
        check_deadline()
        numbers = field.find(word)
        with damage_reported(f"the postings of {PAGED}"):
            for (part, here), of_word in zip(texts.segments(), numbers, strict=True):
                for number in of_word:
                    postings = main_postings(texts, part, here, (number, number + 1))
                    hits[:, place] += (postings.hits * sets[:, here][:, postings.ids]).sum(axis=1)
    return hits


def _deviations(texts: MainTexts, vocabulary: RankedWords, hits: Longs, shares: Floats) -> Floats:
    """Return how unevenly words are spread over documents: DP.

    Args:
        texts: the main texts.
        vocabulary: the words.
        hits: how often each occurs in the documents.
        shares: for every document its share of the tokens; 0 for one that is not counted.
    """
    excess = np.zeros(len(vocabulary.words))
    with damage_reported(f"the postings of {PAGED}"):
        for (part, here), ranks in zip(texts.segments(), vocabulary.ranks, strict=True):
            for low, high in term_chunks(part.position_counts(0, len(part.terms))):
                check_deadline()
                postings = main_postings(texts, part, here, (low, high))
                owners, share = np.repeat(ranks[low:high], postings.lengths), shares[here][postings.ids]
                chosen = (owners >= 0) & (share > 0)
                owners, share = owners[chosen], share[chosen]
                # A document without the word adds its share: 1 in all, less the shares of those with it.
                differences = np.abs(postings.hits[chosen] / np.maximum(hits[owners], 1) - share)
                excess += np.bincount(owners, differences - share, len(vocabulary.words))
    deviation: Floats = np.maximum(0.5 * (1 + excess), 0)
    return deviation


def _count_terms(texts: MainTexts, part: TermArrays, here: slice, sets: Masks) -> tuple[Longs, Longs]:
    """Return a row for each set: the hits of each term of a segment, and its documents."""
    terms = len(part.terms)
    hits, documents = (np.zeros((len(sets), terms), np.int64) for _ in range(2))
    for low, high in term_chunks(part.position_counts(0, terms)):
        check_deadline()
        postings = main_postings(texts, part, here, (low, high))
        occurs = postings.hits > 0
        for row, members in enumerate(sets):
            chosen = members[postings.ids]
            hits[row, low:high] = np.add.reduceat(postings.hits * chosen, postings.starts)
            documents[row, low:high] = np.add.reduceat(occurs & chosen, postings.starts, dtype=np.int64)
    return hits, documents


@dataclass(frozen=True, slots=True)
class MainPostings:
    """The postings of consecutive terms of a segment.

    Attributes:
        lengths: the number of postings of each term.
        ids: the documents, numbered in the segment.
        hits: how often the term occurs in the main text of each.
    """

    lengths: Longs
    ids: Longs
    hits: Longs

    @property
    def starts(self) -> Longs:
        """Return where the postings of each term begin."""
        starts: Longs = np.cumsum(self.lengths) - self.lengths
        return starts


def main_postings(texts: MainTexts, part: TermArrays, here: slice, terms: tuple[int, int]) -> MainPostings:
    """Return the postings of a range of terms of a segment, whose documents are a slice of all documents."""
    offsets, ids = part.postings_between(*terms)
    _, counts = part.weights_between(*terms)
    followed = np.flatnonzero(texts.are_followed[here][ids])
    if len(followed):
        positions, sizes = positions_of_postings(part, terms, counts, followed), counts[followed]
        is_main = positions < np.repeat(texts.tokens[here][ids[followed]], sizes)
        counts[followed] = np.add.reduceat(is_main, np.cumsum(sizes) - sizes, dtype=np.int64)
    return MainPostings(np.diff(offsets), ids, counts)


def positions_of_postings(part: TermArrays, terms: tuple[int, int], counts: Longs, chosen: Longs) -> Longs:
    """Return the positions of some postings of a range of terms, which have ``counts`` positions each."""
    positions = part.positions_between(*terms)
    if len(positions) != int(counts.sum()):
        raise ValueError("positions of no posting")
    if len(chosen) < len(counts):
        wanted = np.zeros(len(counts), bool)
        wanted[chosen] = True
        positions = positions[np.repeat(wanted, counts)]
    return positions.astype(np.int64)


def term_chunks(sizes: Longs) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with some `CHUNK` positions each, from the number of those of each term."""
    ends, low = np.cumsum(sizes), 0
    while low < len(sizes):
        start = int(ends[low - 1]) if low else 0
        high = max(int(ends.searchsorted(start + CHUNK, "right")), low + 1)
        yield low, high
        low = high


def _merge(field: FieldTerms, wanted: Sequence[Masks]) -> RankedWords:
    """Return those terms of the segments that are wanted, as one list of words."""
    numbers = tuple(np.flatnonzero(mask) for mask in wanted)
    encoded = field.terms(tuple(row.tolist() for row in numbers))
    distinct = sorted(set().union(*encoded))
    places = {term: place for place, term in enumerate(distinct)}
    ranks = [np.full(len(mask), -1, np.int32) for mask in wanted]
    for row, here, terms in zip(ranks, numbers, encoded, strict=True):
        row[here] = np.fromiter(map(places.__getitem__, terms), np.int32, len(terms))
    return RankedWords([term.decode() for term in distinct], ranks)


def _sum_up(vocabulary: RankedWords, counts: Sequence[Longs], sets: int) -> Longs:
    """Return a row for each set: the counts of each word, added up over the segments."""
    summed = np.zeros((sets, len(vocabulary.words)), np.int64)
    for ranks, rows in zip(vocabulary.ranks, counts, strict=True):
        known = np.flatnonzero(ranks >= 0)
        summed[:, ranks[known]] += rows[:, known]  # a segment names a word once
    return summed
