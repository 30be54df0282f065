"""The statistics of a collection by which a few of its documents are scored as all of them would be.

An engine that has only its best documents at hand takes from here what BM25 counts over the whole collection. A
document counts for a word that it contains as a token of its own; joined words (`indexer.text.joined_words`) do not
count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.index import index_layout
from indexer.text import analysis
from search import query as q
from search.ranking.query_terms import WordDocuments


@dataclass(frozen=True, slots=True)
class ExpandedWords:
    """Those words of a pattern that are searched, where it matches more than are searched.

    Attributes:
        words: the words.
        total: number of words that the pattern matches.
    """

    words: frozenset[str]
    total: int


@dataclass(frozen=True, slots=True)
class CollectionStatistics:
    """The statistics of a collection, for one query. Without any, positions are found but no scores.

    Attributes:
        documents: number of documents, those without text included.
        tags: the language tags of the stems, sorted.
        mean_lengths: by index field (``text``, ``title``, ``file``, ``stem``, ``title_stem``) the mean number of
            tokens in all documents.
        mean_passage: the mean of the number of tokens of texts, each counted as at most `search.ranking.bonus.PASSAGE`.
        words: the documents of each of `stemmed_words`.
        slots: for each of `written_leaves` the number of documents of every slot: those with one of the slot's words in
            any field of the leaf. A slot is a token of the leaf's text; of a wildcard and a fuzzy word it has all words
            that are searched, and of an exact word with marks those with the same marks.
        matching: the number of documents that each of `written_leaves` matches; it is only shown.
        expansions: by index field and pattern, which is a folded word pattern or ``word~edits``, the words that are
            searched of a pattern that matches too many; without an entry all words are.
        spellings: by index field and word as typed, the words that count as its spellings; without an entry those of
            the documents at hand.
    """

    documents: int = 0
    tags: tuple[str, ...] = ()
    mean_lengths: Mapping[str, float] = field(default_factory=dict)
    mean_passage: float = 0.0
    words: Mapping[tuple[str, str], WordDocuments] = field(default_factory=dict)
    slots: Mapping[q.TextLeaf, Sequence[int]] = field(default_factory=dict)
    matching: Mapping[q.TextLeaf, int] = field(default_factory=dict)
    expansions: Mapping[tuple[str, str], ExpandedWords] = field(default_factory=dict)
    spellings: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)


def stemmed_words(query: q.Query) -> Iterator[tuple[str, str]]:
    """Yield the words of a query that are looked up by their stems: each as typed, with its query field.

    A word that is searched in the text alone comes with ``""`` too, as the rerank weighs it by its idf in any field.
    """
    for leaf in q.leaves(query):
        if isinstance(leaf, q.Word) and is_stemmed(leaf):
            yield leaf.text, leaf.field
            if leaf.field == "text":
                yield leaf.text, ""


def written_leaves(query: q.Query) -> Iterator[q.TextLeaf]:
    """Yield the leaves of a query that look for words as written."""
    for leaf in q.leaves(query):
        if isinstance(leaf, q.TextLeaf) and not (isinstance(leaf, q.Word) and is_stemmed(leaf)):
            yield leaf


def is_stemmed(word: q.Word) -> bool:
    """Return whether a word is looked up by its stems, and not as written."""
    has_stems = not word.field or word.field in index_layout.STEMS
    return has_stems and not word.exact and len(analysis.surface(word.text)) == 1
