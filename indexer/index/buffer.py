"""Entries gathered into arrays until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index import index_layout
from indexer.index.entry import IndexEntry
from indexer.index.index_layout import ANCHOR_TOKENS
from indexer.index.terms.joined_entries import NO_LONGS, JoinedEntries, WaitingJoinedWords
from indexer.index.terms.marked_entries import MarkedEntries
from indexer.index.terms.term_ids import NO_MARKED_TOKENS, Vocabulary
from indexer.text import analysis

BATCH_CHARACTERS = 1 << 18
"""Characters of texts that are analysed together: short ones cost no more for each word than long ones."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The size at which a segment is full; its memory while it is being made grows with each of these.

    Attributes:
        words: running words; about 40 bytes each at the peak.
        vocabulary: distinct words; about 400 bytes each.
        documents: number of documents.
    """

    words: int = 8_000_000
    vocabulary: int = 400_000
    documents: int = 60_000


@dataclass(slots=True)
class Words:
    """The running words of one field, document after document.

    Attributes:
        numbers: the number of each word in the vocabulary.
        texts: the number of stretches of each document.
        weights, tags, stretches: for each stretch its weight, the number of its stemmer's tag, and its number of words.
        joined: the joined words.
        marked: the words with marks.
    """

    numbers: array[int] = field(default_factory=lambda: array("i"))
    texts: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    tags: array[int] = field(default_factory=lambda: array("B"))
    stretches: array[int] = field(default_factory=lambda: array("I"))
    joined: JoinedEntries = field(default_factory=JoinedEntries)
    marked: MarkedEntries = field(default_factory=MarkedEntries)

    def lengths(self) -> npt.NDArray[np.int64]:
        """Return the number of words of each document."""
        texts, stretches = (np.frombuffer(counts, np.uint32) for counts in (self.texts, self.stretches))
        text_ends, word_ends = (np.append(0, np.cumsum(counts, dtype=np.int64)) for counts in (texts, stretches))
        lengths: npt.NDArray[np.int64] = np.diff(word_ends[text_ends])
        return lengths

    @property
    def weighted(self) -> bool:
        """Report whether some words count more or less than one."""
        return self.weights.count(1.0) < len(self.weights)


class Collector:
    """Entries on their way into one segment.

    Attributes:
        documents: number of entries so far.
        vocabulary: their words.
        words: by field of words, the running words.
        keywords: by field of whole values and by term, the documents that have it.
        columns: by field with a column, (document, value) as the column stores it.
        anchors: the first character of every `ANCHOR_TOKENS` th token of each text, end to end.
        tags: tags of stemmers, in the order in which they came.
    """

    def __init__(self, fields: Any) -> None:
        self.documents = 0
        self.vocabulary = Vocabulary()
        self.words = {name: Words() for name in index_layout.WORDS}
        self.keywords: dict[str, defaultdict[bytes, array[int]]] = {}
        self.columns: dict[str, list[tuple[int, Any]]] = {}
        self.anchors = array("I")
        self.tags: list[str] = []
        self._fields = dict(fields.items())
        self._waiting: dict[str, list[str]] = {name: [] for name in self.words}
        self._waiting_joined = {name: WaitingJoinedWords() for name in index_layout.JOINED}
        self._waiting_characters = 0
        self._number_terms: dict[tuple[str, int], tuple[list[bytes], Any]] = {}

    def add(self, entry: IndexEntry) -> None:
        """Add one more document."""
        for name, words in self.words.items():
            self._add_words(name, words, entry)
        for name, value in entry.values.items():
            self._add_value(name, value)
        self.documents += 1
        if self._waiting_characters >= BATCH_CHARACTERS:
            self.analyse()

    def analyse(self) -> None:
        """Analyse the texts that were added and wait to be analysed together."""
        for name, texts in self._waiting.items():
            if not texts:
                continue
            waiting = self._waiting_joined.get(name)
            offsets = waiting.offsets() if waiting else NO_LONGS
            analysed = self.vocabulary.read(texts, ANCHOR_TOKENS, offsets)
            folded = analysed.numbers[analysed.marked.places]
            words, joined_marked = self.words[name], NO_MARKED_TOKENS
            if waiting:
                joined_marked = waiting.resolve(analysed, self.vocabulary, words.joined, len(words.numbers))
                self._waiting_joined[name] = WaitingJoinedWords()
            if name in index_layout.MARKED:
                whole = analysed.numbers[analysed.marked.places] == folded  # not a part of a joined word
                words.marked.add(analysed.marked.where(whole).with_further(joined_marked), len(words.numbers))
            self.words[name].numbers.frombytes(analysed.numbers.data.cast("B"))
            self.words[name].stretches.extend(analysed.lengths.tolist())
            if name == index_layout.PAGED:
                self.anchors.frombytes(analysed.anchors.astype(np.uint32).data.cast("B"))
            texts.clear()
        self._waiting_characters = 0

    def is_full(self, budget: Budget) -> bool:
        """Report whether the segment should be written."""
        waiting_words = (self._waiting_characters + 1) // 2  # at most
        if self._is_full(budget, waiting_words) and waiting_words:
            self.analyse()
        return self._is_full(budget, 0)

    def _is_full(self, budget: Budget, waiting_words: int) -> bool:
        return (
            self.documents >= budget.documents
            or len(self.vocabulary.forms) + waiting_words >= budget.vocabulary
            or sum(len(words.numbers) for words in self.words.values()) + waiting_words >= budget.words
        )

    def _add_words(self, name: str, words: Words, entry: IndexEntry) -> None:
        texts, waiting = entry.texts.get(name, ()), self._waiting[name]
        if name in self._waiting_joined:
            continued = sum(stretch.continued for stretch in texts)
            self._waiting_joined[name].add([stretch.text for stretch in texts], continued)
        for stretch in texts:
            waiting.append(stretch.text)
            self._waiting_characters += len(stretch.text) + 1
            words.weights.append(stretch.weight)
            words.tags.append(self._tag(stretch.language or entry.language))
        words.texts.append(len(texts))

    def _tag(self, language: str) -> int:
        tag = analysis.tag(language)
        if tag not in self.tags:
            self.tags.append(tag)
        return self.tags.index(tag)

    def _add_value(self, name: str, value: str | int) -> None:
        lists = self.keywords.setdefault(name, defaultdict(lambda: array("I")))
        if isinstance(value, str):
            terms, column_value = [value.encode()], self._column_value(name, value)
        else:
            terms, column_value = self._terms_of_number(name, value)
        for term in terms:
            lists[term].append(self.documents)
        if self._fields[name].column_type:
            self.columns.setdefault(name, []).append((self.documents, column_value))

    def _terms_of_number(self, name: str, value: int) -> tuple[list[bytes], Any]:
        """Return the terms and the column value of a number; Whoosh takes as long for them as a page of text."""
        known = self._number_terms.get((name, value))
        if known is None:
            terms = [term for term, *_ in self._fields[name].index(value)]
            known = self._number_terms[name, value] = terms, self._column_value(name, value)
        return known

    def _column_value(self, name: str, value: str | int) -> Any:
        field = self._fields[name]
        return field.to_column_value(value) if field.column_type else None
