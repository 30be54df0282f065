"""The joined words of the documents of a segment, from their texts to posting lists."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.index.codec.array_file import Longs
from indexer.index.codec.segment_writer import Run
from indexer.index.index_layout import SPAN_MARK
from indexer.index.terms.term_ids import HOLE, AnalysedTexts, MarkedTokens, Numbers, Vocabulary
from indexer.text.analysis import MAX_TOKEN_CHARACTERS
from indexer.text.code_points import CodePoints, code_points
from indexer.text.divided_words import find_compound_hyphens, find_divisions
from indexer.text.joined_words import (
    BOUNDARY_MARK,
    JUMP_MARK,
    MAX_PARTS,
    DividedPart,
    JoinedWord,
    pair_words,
    possible_forms,
    resolve_divisions,
)
from indexer.text.page_end_divisions import page_end_divisions
from indexer.text.page_end_pairs import EndPair, line_end_pairs, page_end_pairs
from indexer.text.separated_spellings import Spelling, find_spellings

NO_LONGS: Longs = np.zeros(0, np.int64)


@dataclass(slots=True)
class JoinedEntries:
    """The joined words of one field.

    Attributes:
        places: by joined word, the place of its first part among the running words of the field.
        numbers: its number in the vocabulary.
        spans: the number of its parts.
        holes: places of running words that are parts of a joined word in whose place they are not indexed.
    """

    places: array[int] = field(default_factory=lambda: array("q"))
    numbers: array[int] = field(default_factory=lambda: array("q"))
    spans: array[int] = field(default_factory=lambda: array("q"))
    holes: array[int] = field(default_factory=lambda: array("q"))

    def add(self, place: int, number: int, span: int) -> None:
        """Add a joined word."""
        self.places.append(place)
        self.numbers.append(number)
        self.spans.append(span)


@dataclass(slots=True)
class _DocumentDivisions:
    """The divisions of one document of a batch.

    Attributes:
        texts: its first text in the batch, and the one after its last.
        first_parts: the offset of the first part of each division; -1 where it is the token before the second part.
        second_parts: the offset of the second part of each.
        own_hyphens: see `indexer.text.divided_words.Division`.
        compounds: the offsets of the second parts of compounds.
    """

    texts: tuple[int, int]
    first_parts: Longs
    second_parts: Longs
    own_hyphens: list[bool]
    compounds: Longs


class WaitingJoinedWords:
    """The places of joined words in texts that wait to be analysed together, as offsets in these texts end to end."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._bounds: list[tuple[int, int, int]] = []
        self._spellings: list[Spelling] = []
        self._documents: list[_DocumentDivisions] = []
        self._pairs: list[tuple[int, EndPair]] = []
        self._offsets = NO_LONGS

    def add(self, texts: Sequence[str], continued: int) -> None:
        """Add the texts of one document, of which the first ``continued`` may end inside a word of the next."""
        self._bounds.append((len(self._texts), len(self._texts) + len(texts), continued))
        self._texts += texts

    def offsets(self) -> Longs:
        """Find the places in all texts at once, which takes little time for each.

        Returns:
            The offsets whose tokens `resolve` asks for, ascending.
        """
        joined = "\n".join(self._texts)
        points = code_points(joined)
        self._spellings = [spelling for spelling in find_spellings(joined, points) if spelling.parts <= MAX_PARTS]
        starts = np.append(0, np.cumsum([len(text) + 1 for text in self._texts])).astype(np.int64)
        inside = [
            (division.end, division.first_part(joined), division.own_hyphen)
            for division in find_divisions(joined, points)
            if _text_at(starts, division.start) == _text_at(starts, division.end)
        ]
        self._pairs = self._end_pairs(joined, points, starts)
        ends = [end for end, _, _ in inside]
        self._documents = []
        for first, last, continued in self._bounds:
            low, high = (bisect_left(ends, int(starts[text])) for text in (first, last))
            over_pages = page_end_divisions(self._texts[first:last], continued)
            found = inside[low:high]
            for number, division, apart in over_pages:
                first_part = int(starts[first + apart[0]]) + apart[1] if apart else -1
                found.append((int(starts[first + number]) + division.end, first_part, division.own_hyphen))
            if found:
                self._documents.append(_divisions((first, last), sorted(found), joined, starts))
        parts = [
            part
            for document in self._documents
            for part in (document.first_parts[document.first_parts >= 0], document.second_parts, document.compounds)
        ]
        self._offsets = np.unique(np.concatenate([_starts(self._spellings), self._pair_offsets(), *parts]))
        return self._offsets

    def resolve(
        self, analysed: AnalysedTexts, vocabulary: Vocabulary, joined: JoinedEntries, before: int
    ) -> MarkedTokens:
        """Add the joined words of the texts, and put those that replace their parts in the place of these.

        Args:
            analysed: the texts with the tokens at `offsets`.
            vocabulary: their words.
            joined: what is added to.
            before: the number of running words before these texts.

        Returns:
            The joined words with marks, each at its first part.
        """
        batch = _AnalysedBatch(self._offsets, analysed, vocabulary)
        uncounted: set[int] = set()
        marked: list[tuple[int, int]] = []
        for word in self._spelled_words(batch):
            joined.add(before + word.first, vocabulary.number(word.form), word.span)
            uncounted.update(word.uncounted)
        ends = np.append(0, np.cumsum(analysed.lengths))
        for word in self._pair_words(batch):
            joined.add(before + word.first, vocabulary.number(word.form), word.span)
        for document in self._documents:
            low, high = (int(ends[text]) for text in document.texts)
            for word in batch.resolve(document, low, high):
                number, first = vocabulary.number(word.form), low + word.first
                joined.add(before + first, number, word.span)
                marked += [(first, vocabulary.number(word.marked))] if word.marked else []
                uncounted.update(low + part for part in word.uncounted)
                if word.replaces:
                    holes = [low + part for part in word.parts[1:]]
                    analysed.numbers[[first, *holes]] = [number, *[HOLE] * len(holes)]
                    joined.holes.extend(before + hole for hole in holes)
        for mark, marked_places in ((JUMP_MARK, uncounted), (BOUNDARY_MARK, self._text_starts(ends))):
            for place in sorted(marked_places):
                joined.add(before + place, vocabulary.number(mark), 1)
        return MarkedTokens(*np.array(marked, np.int64).reshape(-1, 2).T)

    def _spelled_words(self, batch: _AnalysedBatch) -> Iterator[JoinedWord]:
        """Yield the numbers, abbreviations and the like."""
        places, count = batch.places(_starts(self._spellings)).tolist(), len(batch.analysed.numbers)
        for place, (_, parts) in zip(places, self._spellings, strict=True):
            if 0 <= place <= count - parts:
                whole = "".join(map(batch.form, range(place, place + parts)))
                yield JoinedWord(place, parts, whole[:MAX_TOKEN_CHARACTERS])

    def _text_starts(self, ends: Longs) -> set[int]:
        """Return the first tokens of texts that continue no page, from the number of tokens before each text."""
        return {
            int(ends[text])
            for first, last, continued in self._bounds
            for text in range(first + max(continued, 1), last)
            if ends[first] < ends[text] < ends[text + 1]
        }

    def _end_pairs(self, joined: str, points: CodePoints, starts: Longs) -> list[tuple[int, EndPair]]:
        """Return the pairs of characters over the ends of lines and pages, each with the offset of its second one."""
        pairs = [
            (pair.offset, pair)
            for pair in line_end_pairs(joined, points)
            if _text_at(starts, pair.offset) == _text_at(starts, joined.rindex("\n", 0, pair.offset))
        ]
        for first, last, continued in self._bounds:
            over_pages = page_end_pairs(self._texts[first:last], continued)
            pairs += [(int(starts[first + pair.text]) + pair.offset, pair) for pair in over_pages]
        return pairs

    def _pair_offsets(self) -> Longs:
        return np.fromiter((offset for offset, _ in self._pairs), np.int64, len(self._pairs))

    def _pair_words(self, batch: _AnalysedBatch) -> Iterator[JoinedWord]:
        """Yield the pairs over the ends of lines and pages as joined words."""
        places = batch.places(self._pair_offsets()).tolist()
        for place, (_, pair) in zip(places, self._pairs, strict=True):
            if place > 0:
                yield from pair_words(pair, place)


def _text_at(starts: Longs, offset: int) -> int:
    return int(starts.searchsorted(offset, "right"))


def _starts(spellings: Sequence[Spelling]) -> Longs:
    return np.fromiter((spelling.start for spelling in spellings), np.int64, len(spellings))


def _divisions(
    texts: tuple[int, int], found: Sequence[tuple[int, int, bool]], joined: str, starts: Longs
) -> _DocumentDivisions:
    """Return the divisions of a document, each found as the offsets of its second and first part and its own_hyphen."""
    begin = int(starts[texts[0]])
    hyphens = find_compound_hyphens(joined[begin : int(starts[texts[1]])])
    second_parts, first_parts = np.array([offsets[:2] for offsets in found], np.int64).T
    compounds = np.array(hyphens, np.int64) + begin + 1
    return _DocumentDivisions(texts, first_parts, second_parts, [own_hyphen for _, _, own_hyphen in found], compounds)


@dataclass(frozen=True, slots=True)
class _AnalysedBatch:
    """Texts that were analysed together, with the tokens at some offsets."""

    offsets: Longs
    analysed: AnalysedTexts
    vocabulary: Vocabulary

    def form(self, place: int) -> str:
        """Return the folded word of a token."""
        return self.vocabulary.forms[int(self.analysed.numbers[place])]

    def marked(self, place: int) -> str:
        """Return a token with the marks that folding drops, or its folded word where it drops none."""
        marked = self.analysed.marked
        index = int(marked.places.searchsorted(place))
        is_marked = index < len(marked.places) and marked.places[index] == place
        return self.vocabulary.forms[int(marked.numbers[index])] if is_marked else self.form(place)

    def places(self, offsets: Longs) -> Longs:
        """Return the tokens that begin at some of the offsets; -1 where none does."""
        return self.analysed.places[self.offsets.searchsorted(offsets)]

    def resolve(self, document: _DocumentDivisions, low: int, high: int) -> list[JoinedWord]:
        """Return the joined words of a document, which has the tokens from ``low`` up to ``high``."""
        vocabulary, numbers = self.vocabulary, self.analysed.numbers[low:high]
        seconds = self.places(document.second_parts)
        is_apart = document.first_parts >= 0
        firsts = np.where(is_apart, self.places(np.where(is_apart, document.first_parts, self.offsets[0])), seconds - 1)
        parts = zip((firsts - low).tolist(), (seconds - low).tolist(), document.own_hyphens, strict=True)
        divided = [DividedPart(first, second, own_hyphen) for first, second, own_hyphen in parts if 0 <= first < second]

        def form(place: int) -> str:
            return self.form(low + place)

        words = _count_words(numbers, possible_forms(divided, form), vocabulary)
        compound_seconds = self.places(document.compounds) - low
        compounds = _count_compounds(numbers, compound_seconds[compound_seconds > 0])

        def count_compound(first: str, second: str) -> int:
            return compounds.get(vocabulary.known(first) << 32 | vocabulary.known(second), 0)

        def marked(place: int) -> str:
            return self.marked(low + place)

        return list(resolve_divisions(divided, form, lambda whole: words.get(whole, 0), count_compound, marked))


def _count_words(numbers: Numbers, forms: set[str], vocabulary: Vocabulary) -> dict[str, int]:
    """Return how often each of some words is among the words of a document."""
    by_number = {vocabulary.known(form): form for form in forms}
    wanted = np.array(sorted(number for number in by_number if number >= 0), np.int64)
    if not len(wanted):
        return {}
    places = np.minimum(wanted.searchsorted(numbers), len(wanted) - 1)
    counts = np.bincount(places[wanted[places] == numbers], minlength=len(wanted))
    return {by_number[number]: count for number, count in zip(wanted.tolist(), counts.tolist(), strict=True)}


def _count_compounds(numbers: Numbers, seconds: Longs) -> dict[int, int]:
    """Return how often two words are joined by a hyphen, by the numbers of both."""
    keys = numbers[seconds - 1].astype(np.int64) << 32 | numbers[seconds]
    distinct, counts = np.unique(keys, return_counts=True)
    return dict(zip(distinct.tolist(), counts.tolist(), strict=True))


def joined_run(joined: JoinedEntries, ends: Longs, terms: Sequence[str]) -> Run:
    """Return the posting lists of joined words, each term with its span behind it.

    Args:
        joined: the joined words.
        ends: for each document the number of running words in it and in those before it.
        terms: the term of each joined word.
    """
    marked = [f"{term}{SPAN_MARK}{span}".encode() for term, span in zip(terms, joined.spans, strict=True)]
    distinct = sorted(set(marked))
    ranks = {term: rank for rank, term in enumerate(distinct)}
    places = np.frombuffer(joined.places, np.int64)
    of_terms = np.fromiter(map(ranks.__getitem__, marked), np.int64, len(marked))
    order = np.lexsort((places, of_terms))
    of_terms, places = of_terms[order], places[order]
    documents = ends.searchsorted(places, "right")
    first = np.append(True, (np.diff(of_terms) != 0) | (np.diff(documents) != 0))
    firsts = np.flatnonzero(first)
    counts = np.diff(firsts, append=len(places))
    begins = np.append(0, ends)
    starts = np.searchsorted(of_terms[firsts], np.arange(len(distinct) + 1))
    return Run(distinct, starts, documents[firsts], counts, positions=places - begins[documents])
