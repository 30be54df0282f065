"""Entries gathered into arrays until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from indexer.index import index_layout
from indexer.index.entry import IndexEntry, pack_lengths
from indexer.index.term_ids import Vocabulary
from indexer.text import analysis


@dataclass(frozen=True, slots=True)
class Budget:
    """When a segment is full. What a segment in the making takes of memory grows with each of these.

    Attributes:
        words: running words; about 40 bytes each at the peak.
        vocabulary: distinct words; about 400 bytes each.
        documents: entries.
    """

    words: int = 8_000_000
    vocabulary: int = 400_000
    documents: int = 60_000


@dataclass(slots=True)
class Words:
    """The running words of one field, document after document.

    Attributes:
        numbers: of each word, into the vocabulary.
        lengths: words in each document.
        weights, tags, stretches: of each stretch of words its weight, the number of its stemmer's tag, and how many
            words it has.
    """

    numbers: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    tags: array[int] = field(default_factory=lambda: array("B"))
    stretches: array[int] = field(default_factory=lambda: array("I"))

    @property
    def weighted(self) -> bool:
        """Whether some words count for more or less than one."""
        return self.weights.count(1.0) < len(self.weights)


class Collector:
    """Entries on their way into one segment.

    Attributes:
        documents: entries so far.
        vocabulary: their words.
        words: by field of words.
        whole: by field of whole values and by term, the documents that hold it.
        columns: by field with a column, (document, value) in the column's own terms.
        stored: what is stored of each document.
        tags: of stemmers, in the order in which they were met.
    """

    def __init__(self, fields: Any) -> None:
        self.documents = 0
        self.vocabulary = Vocabulary()
        self.words = {name: Words() for name in index_layout.WORDS}
        self.whole: dict[str, defaultdict[bytes, array[int]]] = {}
        self.columns: dict[str, list[tuple[int, Any]]] = {}
        self.stored: list[dict[str, str | int]] = []
        self.tags: list[str] = []
        self._fields = dict(fields.items())

    def add(self, entry: IndexEntry) -> None:
        """Take one more document."""
        for name, words in self.words.items():
            self._add_words(name, words, entry)
        for name, value in entry.values.items():
            self._add_value(name, value)
        self.stored.append({name: value for name, value in entry.values.items() if self._fields[name].stored})
        self.documents += 1

    def full(self, budget: Budget) -> bool:
        """Whether it is time to write the segment."""
        return (
            self.documents >= budget.documents
            or len(self.vocabulary.forms) >= budget.vocabulary
            or sum(len(words.numbers) for words in self.words.values()) >= budget.words
        )

    def _add_words(self, name: str, words: Words, entry: IndexEntry) -> None:
        before, texts = len(words.numbers), entry.texts.get(name, ())
        for stretch in texts:
            found = self.vocabulary.read(stretch.text)
            words.numbers.frombytes(found.data.cast("B"))
            words.weights.append(stretch.weight)
            words.tags.append(self._tag(stretch.language or entry.language))
            words.stretches.append(len(found))
        words.lengths.append(len(words.numbers) - before)
        if name == index_layout.PAGED and len(texts) > 1:
            lengths = pack_lengths(words.stretches[-len(texts) :])
            self.columns.setdefault(index_layout.PAGES, []).append((self.documents, lengths))

    def _tag(self, language: str) -> int:
        tag = analysis.tag(language)
        if tag not in self.tags:
            self.tags.append(tag)
        return self.tags.index(tag)

    def _add_value(self, name: str, value: str | int) -> None:
        field = self._fields[name]
        lists = self.whole.setdefault(name, defaultdict(lambda: array("I")))
        terms = [value.encode()] if isinstance(value, str) else [term for term, *_ in field.index(value)]
        for term in terms:
            lists[term].append(self.documents)
        if field.column_type:
            self.columns.setdefault(name, []).append((self.documents, field.to_column_value(value)))
