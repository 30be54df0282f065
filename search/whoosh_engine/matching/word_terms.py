"""A word of a query as terms of the index: its stems, their frequencies, and the spellings with these stems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.index import index_layout
from indexer.index.codec.term_arrays import Postings
from search.bm25f import OTHER_MARKS_WEIGHT
from search.query_analysis import stems_by_weight
from search.ranking.query_terms import WordDocuments
from search.whoosh_engine.arrays.field_terms import TermNumbers, add_up, unite_terms
from search.whoosh_engine.matching.index_fields import STEMS, weigh
from search.whoosh_engine.matching.marked_words import other_marks, reduce_other_marks
from search.whoosh_engine.matching.match_set import QueryContext

MAX_SPELLINGS = 24
"""Most spellings of one stem whose positions are read; of more, those in most documents."""

Stems = Mapping[float, Mapping[str, TermNumbers]]
"""The stems of a word by their weight in the score, then by index field."""


@dataclass(frozen=True, slots=True)
class WordFrequencies:
    """BM25F's frequencies of a word under its stems.

    Attributes:
        parts: (weight in the score, documents with their ``tf``) of the stems of each weight.
        counts: the numbers of these documents.
    """

    parts: tuple[tuple[float, Postings], ...]
    counts: WordDocuments


def word_stems(context: QueryContext, text: str, form: str) -> Stems:
    """Look up the stems of a word in the languages of the index.

    Args:
        context: the index.
        text: the word as typed.
        form: the word folded.
    """

    def look_up() -> Stems:
        return {
            weight: {
                field: unite_terms([context.find(field, stem) for stem in stems])
                for field in index_layout.STEMS.values()
            }
            for weight, stems in stems_by_weight(text, form, context.snapshot.tags).items()
        }

    return context.once(("stems", text, form), look_up)


def word_frequencies(context: QueryContext, text: str, form: str, query_field: str) -> WordFrequencies:
    """Return the documents that contain a word under any of its stems, and how often.

    Args:
        context: the index.
        text: the word as typed.
        form: the word folded.
        query_field: a query field with stems.
    """

    def read() -> WordFrequencies:
        snapshot, parts = context.snapshot, []
        for factor, numbers in word_stems(context, text, form).items():
            postings = [
                (name, weight, snapshot.field(name).postings(numbers[name])) for name, weight in STEMS[query_field]
            ]
            parts.append((factor, weigh(snapshot, postings)))
        whole = parts[0][1] if len(parts) == 1 else add_up(snapshot.documents, [part for _, part in parts])
        full = sum(len(part.ids) for factor, part in parts if factor == 1.0)
        weighed = float(len(whole.ids))
        if others := other_marks(text, form, query_field, context):
            for place, (factor, part) in enumerate(parts):
                reduced, alone = reduce_other_marks(part, others)
                parts[place] = factor, reduced
                weighed -= (1 - OTHER_MARKS_WEIGHT) * alone
        if snapshot.collection:
            return WordFrequencies(tuple(parts), snapshot.collection.words[text, query_field])
        counts = WordDocuments(len(whole.ids), full, max(round(weighed), min(len(whole.ids), 1)))
        return WordFrequencies(tuple(parts), counts)

    return context.once(("frequencies", text, form, query_field), read)


def spellings(context: QueryContext, field: str, text: str, form: str) -> TermNumbers:
    """Return the terms of a field of words that have a stem of a word, in the language of some document.

    Args:
        context: the index.
        field: an index field of words as written.
        text: the word as typed.
        form: the word folded.
    """
    terms = context.snapshot.field(field)
    if field not in index_layout.STEMS:
        return terms.find(form)
    if (collection := context.snapshot.collection) and (known := collection.spellings.get((field, text))) is not None:
        return terms.find(*sorted(known))
    stems = word_stems(context, text, form).values()
    stem_field = index_layout.STEMS[field]
    segments = zip(*(numbers[stem_field] for numbers in stems), strict=True)
    words = terms.words_of_stems(tuple([stem for part in parts for stem in part] for parts in segments))
    return words if sum(map(len, words)) <= MAX_SPELLINGS else _most_frequent(context, field, words)


def _most_frequent(context: QueryContext, field: str, words: TermNumbers) -> TermNumbers:
    """Return the `MAX_SPELLINGS` words in most documents; all where they are no more, counted through all segments."""
    terms = context.snapshot.field(field)
    spelled = terms.terms(words)
    if len(set().union(*spelled)) <= MAX_SPELLINGS:
        return words
    counts: Counter[bytes] = Counter()
    for listed, documents in zip(spelled, terms.document_counts(words), strict=True):
        for word, count in zip(listed, documents, strict=True):
            counts[word] += count
    kept = set(sorted(counts, key=lambda word: (-counts[word], word))[:MAX_SPELLINGS])
    return tuple(
        [number for number, word in zip(numbers, listed, strict=True) if word in kept]
        for numbers, listed in zip(words, spelled, strict=True)
    )
