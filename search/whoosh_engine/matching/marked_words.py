"""Match words with the marks that they are typed with, by the field of words that lose marks when they are folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.index.codec.term_arrays import Postings
from indexer.text import analysis
from search import query as q
from search.bm25f import MARKED_WEIGHT, inverse_frequency, saturate
from search.whoosh_engine.arrays.field_terms import NO_POSTINGS, PLACE_BITS, FieldTerms, TermNumbers
from search.whoosh_engine.arrays.proximity import common, contained_in, count_runs, phrase_places
from search.whoosh_engine.matching.index_fields import SURFACE, weigh
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import WordFrequencies

MarkedSlots = Sequence[tuple[FieldTerms, TermNumbers]]
"""Positions one after the other, each with an index field and the terms of it that may be there."""


def has_marked_slots(leaf: q.TextLeaf, field: str) -> bool:
    """Return whether a leaf asks for a word with exactly its marks in a field of words or of a query."""
    return isinstance(leaf, q.Word) and leaf.exact and field != "file" and analysis.has_marks(leaf.text)


def run_gains(
    leaf: q.TextLeaf, field: str, slots_idf: Callable[[Sequence[Sequence[Longs]]], float], context: QueryContext
) -> Postings:
    """Return what documents gain that contain a phrase, or a word of several tokens, with exactly its marks."""
    if field == "file" or not isinstance(leaf, q.Word | q.Phrase) or not analysis.has_marks(leaf.text):
        return NO_POSTINGS
    marked, lists = marked_frequencies(leaf, field, context)
    return Postings(marked.ids, MARKED_WEIGHT * slots_idf(lists) * saturate(marked.weights))


def marked_slots(leaf: q.TextLeaf, name: str, context: QueryContext) -> MarkedSlots:
    """Return the terms of an exact word in a field of words: of each token with marks, the word with these marks."""
    words, marked = context.snapshot.field(name), context.snapshot.field(index_layout.MARKED[name])
    return [
        (marked, marked.find(spelling.marked)) if spelling.marked else (words, words.find(spelling.folded))
        for spelling in analysis.spellings(getattr(leaf, "text", ""))
    ]


def marked_places(slots: MarkedSlots, documents: Longs | None = None) -> Longs:
    """Return the places where slots occur one after the other, in some documents or in all."""
    lists = [field.postings(numbers).ids for field, numbers in slots]
    if documents is not None:
        lists.append(documents)
    within = reduce(common, sorted(lists, key=len))
    if not len(within):
        return within
    return phrase_places([field.places([numbers], within)[0] for field, numbers in slots])


def marked_frequencies(leaf: q.TextLeaf, query_field: str, context: QueryContext) -> tuple[Postings, list[list[Longs]]]:
    """Return the documents that contain a leaf with exactly its marks.

    Returns:
        BM25F's ``tf`` in each document, and for each index field the documents of each slot.
    """
    frequencies, lists = [], []
    for name, weight in SURFACE[query_field]:
        slots = marked_slots(leaf, name, context)
        postings = [field.postings(numbers) for field, numbers in slots]
        lists.append([part.ids for part in postings])
        if len(slots) == 1:
            frequencies.append((name, weight, postings[0]))
        else:
            ids, counts = count_runs(marked_places(slots) >> PLACE_BITS)
            frequencies.append((name, weight, Postings(ids, counts.astype(np.float64))))
    return weigh(context.snapshot, frequencies), lists


def marked_gains(query: q.Word, word: WordFrequencies, context: QueryContext) -> list[Postings]:
    """Return what documents gain that contain a word with the marks that it is typed with.

    Args:
        query: a word of one token.
        word: the documents that contain it with any marks.
        context: the index.
    """
    (spelling,) = analysis.spellings(query.text)
    if not spelling.marked:
        return []
    marked, _ = marked_frequencies(query, query.field, context)
    idf, gains = inverse_frequency(len(marked.ids), context.snapshot.documents), []
    remaining = np.ones(len(marked.ids), dtype=bool)
    for factor, part in word.parts:
        chosen = remaining & contained_in(marked.ids, part.ids)
        remaining &= ~chosen
        gained = MARKED_WEIGHT * factor * idf * saturate(marked.weights[chosen])
        gains.append(Postings(marked.ids[chosen], gained))
    return gains
