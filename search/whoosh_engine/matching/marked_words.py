"""Match words with the marks that they are typed with, by the field of words that lose marks when they are folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Floats, Longs
from indexer.index.codec.term_arrays import Postings
from indexer.text import analysis
from search import query as q
from search.bm25f import OTHER_MARKS_WEIGHT
from search.match_positions import count_runs
from search.whoosh_engine.arrays.field_terms import PLACE_BITS, FieldTerms, TermNumbers
from search.whoosh_engine.arrays.proximity import common, phrase_places
from search.whoosh_engine.matching.index_fields import SURFACE, weigh
from search.whoosh_engine.matching.match_set import QueryContext

MarkedSlots = Sequence[tuple[FieldTerms, TermNumbers]]
"""Positions one after the other, each with an index field and the terms of it that may be there."""


def has_marked_slots(leaf: q.TextLeaf, field: str) -> bool:
    """Return whether a leaf asks for a word with exactly its marks in a field of words or of a query."""
    return isinstance(leaf, q.Word) and leaf.exact and field != "file" and analysis.has_marks(leaf.text)


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


def marked_postings(slots: MarkedSlots) -> Postings:
    """Return how often slots occur one after the other in each document."""
    if len(slots) == 1:
        field, numbers = slots[0]
        return field.postings(numbers)
    ids, counts = count_runs(marked_places(slots) >> PLACE_BITS)
    return Postings(ids, counts.astype(np.float64))


def without_other_marks(leaf: q.TextLeaf, name: str, found: Postings, context: QueryContext) -> Postings:
    """Return the postings of a phrase or a word as written, occurrences with other marks than its own counting less.

    Args:
        leaf: the phrase or word.
        name: an index field of words.
        found: the postings of its folded form.
        context: the index.
    """
    if name not in index_layout.MARKED or not isinstance(leaf, q.Word | q.Phrase) or not analysis.has_marks(leaf.text):
        return found
    with_marks = _weights_at(marked_postings(marked_slots(leaf, name, context)), found.ids)
    others = np.maximum(found.weights - with_marks, 0)
    return Postings(found.ids, found.weights - (1 - OTHER_MARKS_WEIGHT) * others)


def other_marks(text: str, form: str, query_field: str, context: QueryContext) -> Postings | None:
    """Return BM25F's ``tf`` of a word with other marks than it is typed with; None where it is typed without.

    Args:
        text: the word as typed.
        form: the word folded.
        query_field: a query field with stems.
        context: the index.
    """
    marked = analysis.typed_marks(text)
    if not marked:
        return None
    snapshot, postings = context.snapshot, []
    for name, weight in SURFACE[query_field]:
        words, with_marks = snapshot.field(name), snapshot.field(index_layout.MARKED[name])
        every = words.postings(words.find(form))
        same = _weights_at(with_marks.postings(with_marks.find(marked)), every.ids)
        postings.append((name, weight, Postings(every.ids, np.maximum(every.weights - same, 0))))
    return weigh(snapshot, postings)


def reduce_other_marks(part: Postings, others: Postings) -> tuple[Postings, int]:
    """Let occurrences with other marks count less.

    Args:
        part: documents with the ``tf`` of a word under its stems.
        others: documents with the ``tf`` of its spellings with other marks.

    Returns:
        The documents with their new ``tf``, and the number of those that have no other spelling.
    """
    reduced = part.weights - (1 - OTHER_MARKS_WEIGHT) * _weights_at(others, part.ids)
    least = OTHER_MARKS_WEIGHT * part.weights  # words of running heads count less among the stems
    has_only_others = reduced <= least * (1 + 1e-9)
    return Postings(part.ids, np.maximum(reduced, least)), int(np.count_nonzero(has_only_others))


def _weights_at(postings: Postings, ids: Longs) -> Floats:
    """Return the weights that documents, in ascending order, have in postings; 0 where they have none."""
    if not len(postings.ids):
        return np.zeros(len(ids))
    places = np.minimum(postings.ids.searchsorted(ids), len(postings.ids) - 1)
    weights: Floats = np.where(postings.ids[places] == ids, postings.weights[places], 0.0)
    return weights
