"""Entries gathered into arrays until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from indexer.index import index_layout
from indexer.index.entry import IndexEntry
from indexer.index.index_layout import ANCHOR_TOKENS
from indexer.index.term_ids import Numbers, Vocabulary
from indexer.text import analysis


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
        lengths: the number of words in each document.
        weights, tags, stretches: for each stretch its weight, the number of its stemmer's tag, and its number of words.
    """

    numbers: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    tags: array[int] = field(default_factory=lambda: array("B"))
    stretches: array[int] = field(default_factory=lambda: array("I"))

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
        texts: for each document, the number of its texts (pages); `Words.stretches` has their lengths.
        anchors: the first character of every `ANCHOR_TOKENS` th token of each text, end to end.
        tags: tags of stemmers, in the order in which they came.
    """

    def __init__(self, fields: Any) -> None:
        self.documents = 0
        self.vocabulary = Vocabulary()
        self.words = {name: Words() for name in index_layout.WORDS}
        self.keywords: dict[str, defaultdict[bytes, array[int]]] = {}
        self.columns: dict[str, list[tuple[int, Any]]] = {}
        self.texts, self.anchors = array("I"), array("I")
        self.tags: list[str] = []
        self._fields = dict(fields.items())

    def add(self, entry: IndexEntry) -> None:
        """Add one more document."""
        for name, words in self.words.items():
            self._add_words(name, words, entry)
        for name, value in entry.values.items():
            self._add_value(name, value)
        self.documents += 1

    def is_full(self, budget: Budget) -> bool:
        """Report whether the segment should be written."""
        return (
            self.documents >= budget.documents
            or len(self.vocabulary.forms) >= budget.vocabulary
            or sum(len(words.numbers) for words in self.words.values()) >= budget.words
        )

    def _add_words(self, name: str, words: Words, entry: IndexEntry) -> None:
        before, texts = len(words.numbers), entry.texts.get(name, ())
        for stretch in texts:
            numbers = self._read(name, stretch.text)
            words.numbers.frombytes(numbers.data.cast("B"))
            words.weights.append(stretch.weight)
            words.tags.append(self._tag(stretch.language or entry.language))
            words.stretches.append(len(numbers))
        words.lengths.append(len(words.numbers) - before)
        if name == index_layout.PAGED:
            self.texts.append(len(texts))

    def _read(self, name: str, text: str) -> Numbers:
        if name != index_layout.PAGED:
            return self.vocabulary.read(text)
        analysed = self.vocabulary.read_with_anchors(text, ANCHOR_TOKENS)
        self.anchors.extend(analysed.anchors.tolist())
        return analysed.numbers

    def _tag(self, language: str) -> int:
        tag = analysis.tag(language)
        if tag not in self.tags:
            self.tags.append(tag)
        return self.tags.index(tag)

    def _add_value(self, name: str, value: str | int) -> None:
        field = self._fields[name]
        lists = self.keywords.setdefault(name, defaultdict(lambda: array("I")))
        terms = [value.encode()] if isinstance(value, str) else [term for term, *_ in field.index(value)]
        for term in terms:
            lists[term].append(self.documents)
        if field.column_type:
            self.columns.setdefault(name, []).append((self.documents, field.to_column_value(value)))
