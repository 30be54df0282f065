"""The terms of one field through all segments: looked up, and read as arrays over all documents.

A term has a number in each segment that contains it. Everything below takes and returns such numbers, segment by
segment, so that a term is looked up once in a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.index.codec.array_file import Array, Longs, damage_reported
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.term_arrays import NO_OCCURRENCES, Postings, TermArrays, TermOccurrences
from search.whoosh_engine.arrays.lexicon import Lexicon, build_lexicon

PLACE_BITS = 32
"""A place is a document's number shifted by this, plus the position in it: places sort by document, then position."""

TermNumbers = tuple[Sequence[int], ...]
"""The numbers of some terms of one field, segment by segment."""

SPARSE = 16
"""Postings are added up in an array over all documents unless they are fewer than one in so many documents."""

_NO_LONGS: Longs = np.zeros(0, np.int64)
NO_POSTINGS = Postings(_NO_LONGS, np.zeros(0))


class FieldTerms:
    """The terms of one field in the segments of a snapshot.

    Attributes:
        name: the field.
        parts: the terms of each segment, with the number of its first document and of its documents.
    """

    def __init__(self, name: str, segments: Sequence[tuple[SegmentArrays, int]], documents: int) -> None:
        """Open the terms of field ``name``; each of ``segments`` comes with the number of its first document."""
        self.name, self._documents = name, documents
        self.parts: Sequence[tuple[TermArrays, int, int]] = [
            (segment.terms(name), base, segment.documents) for segment, base in segments
        ]
        self._stem_words = [segment.stems(name) for segment, _ in segments]

    def find(self, *terms: str) -> TermNumbers:
        """Return the numbers of terms; a segment that lacks a term has none for it.

        Raises:
            IndexStateError: the terms are damaged.
        """
        encoded = [term.encode(errors="replace") for term in terms]
        with damage_reported(f"the words of {self.name}"):
            return tuple(
                [number for term in encoded if (number := part.terms.find(term)) >= 0] for part, _, _ in self.parts
            )

    def beginning_with(self, prefix: str) -> tuple[range, ...]:
        """Return the numbers of the terms that begin with ``prefix``.

        Raises:
            IndexStateError: the terms are damaged.
        """
        encoded = prefix.encode(errors="replace")
        with damage_reported(f"the words of {self.name}"):
            return tuple(part.terms.beginning_with(encoded) for part, _, _ in self.parts)

    def tags(self) -> set[str]:
        """Return the tags that terms begin with, up to a colon: the languages of a field of stems.

        Terms are in order and ``;`` follows ``:``, so that each tag takes one look-up.

        Raises:
            IndexStateError: the terms are damaged.
        """
        tags = set()
        with damage_reported(f"the words of {self.name}"):
            for part, _, _ in self.parts:
                number = 0
                while number < len(part.terms):
                    tag, _, _ = part.terms[number].partition(b":")
                    tags.add(tag.decode())
                    number = part.terms.lower_bound(tag + b";")
        return tags

    def words_of_stems(self, stems: TermNumbers) -> TermNumbers:
        """Return the terms of this field that have any of some stems, which are numbered as in the field of stems.

        Raises:
            IndexStateError: the table of stems is damaged.
        """
        with damage_reported(f"the stems of {self.name}"):
            return tuple(
                sorted({word for stem in here for word in table.words(stem, stem + 1)[1].tolist()} if here else ())
                for table, here in zip(self._stem_words, stems, strict=True)
            )

    def terms(self, numbers: TermNumbers) -> list[list[bytes]]:
        """Return the bytes of terms, segment by segment.

        Raises:
            IndexStateError: the terms are damaged.
        """
        with damage_reported(f"the words of {self.name}"):
            return [
                part.terms.read(here.start, here.stop)
                if isinstance(here, range)
                else part.terms.read_many(np.array(here, np.int64))
                for (part, _, _), here in zip(self.parts, numbers, strict=True)
            ]

    def find_among(self, numbers: TermNumbers, term: str) -> TermNumbers:
        """Return those of some ascending numbers that are a term's.

        Raises:
            IndexStateError: the terms are damaged.
        """
        encoded = term.encode(errors="replace")
        with damage_reported(f"the words of {self.name}"):
            return tuple(
                [number] if (number := part.terms.find_among(here, encoded)) >= 0 else []
                for (part, _, _), here in zip(self.parts, numbers, strict=True)
            )

    def document_counts(self, numbers: TermNumbers) -> list[list[int]]:
        """Return how many documents contain each term, segment by segment.

        Raises:
            IndexStateError: these numbers are damaged.
        """
        with damage_reported(f"the words of {self.name}"):
            return [
                part.document_counts(here.start, here.stop).tolist()
                if isinstance(here, range)
                else [int(part.document_counts(number, number + 1)[0]) for number in here]
                for (part, _, _), here in zip(self.parts, numbers, strict=True)
            ]

    def lexicon(self, prefix: str = "") -> Lexicon:
        """Return the words that begin with ``prefix``, with their numbers of documents.

        Raises:
            IndexStateError: the terms are damaged.
        """
        numbers = self.beginning_with(prefix)
        with damage_reported(f"the words of {self.name}"):
            words = [[term.decode() for term in terms] for terms in self.terms(numbers)]
        return build_lexicon(list(zip(numbers, words, self.document_counts(numbers), strict=True)))

    def postings(self, numbers: TermNumbers) -> Postings:
        """Return the posting list of some terms as if they were one.

        Raises:
            IndexStateError: a posting list is damaged.
        """
        lists = []
        with damage_reported(f"a posting list of {self.name}"):
            for (part, base, _), here in zip(self.parts, numbers, strict=True):
                if here:
                    postings = part.postings(here)
                    np.add(postings.ids, base, out=postings.ids)
                    lists.append(postings)
        if not any(len(here) > 1 for here in numbers):
            return concatenate(lists)
        return add_up(self._documents, lists)

    def occurrences(
        self, groups: Sequence[TermNumbers], rows: Array, documents: Longs, *, with_positions: bool = True
    ) -> TermOccurrences:
        """Return where the terms of each group occur in some documents; the ``terms`` of the result are groups.

        Args:
            groups: sets of terms.
            rows: for each document of the snapshot its row in the result, negative where it is not wanted.
            documents: the documents that are wanted, ascending.
            with_positions: whether positions are wanted.

        Raises:
            IndexStateError: postings or positions are damaged.
        """
        parts = []
        edges = [*documents.searchsorted([base for _, base, _ in self.parts]).tolist(), len(documents)]
        with damage_reported(f"the positions of {self.name}"):
            for segment, (part, base, count) in enumerate(self.parts):
                if edges[segment] == edges[segment + 1]:
                    continue
                for numbers, owners in _without_repeats(groups, segment):
                    entries = part.occurrences(
                        np.array(numbers, np.int64), rows[base : base + count], with_positions=with_positions
                    )
                    terms = np.array(owners, np.int64)[entries.terms]
                    parts.append(
                        TermOccurrences(terms, entries.rows, entries.weights, entries.counts, entries.positions)
                    )
        if len(parts) < 2:
            return parts[0] if parts else NO_OCCURRENCES
        return TermOccurrences(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.weights for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.positions for part in parts]),
        )

    def places(self, groups: Sequence[TermNumbers], documents: Longs) -> list[Longs]:
        """Return for each group of terms its places in some documents, ascending; see `PLACE_BITS`.

        Raises:
            IndexStateError: postings or positions are damaged.
        """
        keys = [tuple(map(tuple, group)) for group in groups]
        distinct = list(dict.fromkeys(keys))
        found = self.occurrences(distinct, row_table(documents, self._documents), documents)
        places = np.repeat(documents[found.rows] << PLACE_BITS, found.counts) + found.positions
        if len(distinct) == 1:
            return [np.sort(places, kind="stable")] * len(groups)
        owners = np.repeat(found.terms, found.counts)
        by_key = {key: np.sort(places[owners == owner], kind="stable") for owner, key in enumerate(distinct)}
        return [by_key[key] for key in keys]


def document_lists(field: FieldTerms, numbers: TermNumbers) -> list[Longs]:
    """Return the documents of some terms, an ascending list for each term in each segment.

    Raises:
        IndexStateError: a posting list is damaged.
    """
    with damage_reported(f"a posting list of {field.name}"):
        return [
            part.postings([number], with_weights=False).ids + base
            for (part, base, _), here in zip(field.parts, numbers, strict=True)
            for number in here
        ]


def unite_terms(lists: Sequence[TermNumbers]) -> TermNumbers:
    """Return the numbers of several terms of one field as those of one set of terms."""
    if len(lists) == 1:
        return lists[0]
    return tuple([number for here in segment for number in here] for segment in zip(*lists, strict=True))


def _without_repeats(groups: Sequence[TermNumbers], segment: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the terms of all groups in a segment with their groups, in rounds that name no term twice.

    An index that reads one posting list many times over is refused as damaged, whoever asks for it.
    """
    waiting = [(number, owner) for owner, group in enumerate(groups) for number in group[segment]]
    while waiting:
        first: dict[int, int] = {}
        repeated = []
        for number, owner in waiting:
            if first.setdefault(number, owner) != owner:
                repeated.append((number, owner))
        yield list(first), list(first.values())
        waiting = repeated


def row_table(documents: Longs, total: int) -> Array:
    """Return for each of ``total`` documents its row in the ascending array ``documents``, -1 where it is not in it."""
    rows = np.full(total, -1, np.int16 if len(documents) < 1 << 15 else np.int32)
    rows[documents] = np.arange(len(documents))
    return rows


def concatenate(lists: Sequence[Postings]) -> Postings:
    """Return posting lists, each of later documents than the one before, as one."""
    if len(lists) < 2:
        return lists[0] if lists else NO_POSTINGS
    return Postings(np.concatenate([part.ids for part in lists]), np.concatenate([part.weights for part in lists]))


def add_up(documents: int, lists: Iterable[Postings]) -> Postings:
    """Return the documents of any of several posting lists, each with the sum of its weights."""
    parts = [part for part in lists if len(part.ids)]
    if not parts:
        return NO_POSTINGS
    joined = concatenate(parts)
    if len(joined.ids) * SPARSE < documents:
        order = np.argsort(joined.ids, kind="stable")
        ids, weights = joined.ids[order], joined.weights[order]
        firsts = np.flatnonzero(np.diff(ids, prepend=-1))
        return Postings(ids[firsts], np.add.reduceat(weights, firsts))
    summed = np.bincount(joined.ids, joined.weights, documents).astype(np.float64, copy=False)
    united = np.flatnonzero(summed)
    return Postings(united, summed[united])
