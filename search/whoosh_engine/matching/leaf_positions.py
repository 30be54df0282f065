"""Find where a leaf of a query occurs in some documents, by the positions in the index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.text import analysis
from search import query as q
from search.whoosh_engine.arrays.field_terms import PLACE_BITS
from search.whoosh_engine.arrays.proximity import contained_in, near_windows, phrase_places
from search.whoosh_engine.matching.joined_terms import (
    NearWords,
    PhraseMatches,
    find_joined,
    in_order,
    joined_field,
    joined_places,
    joined_stem,
    phrase_edges,
    phrase_matches,
    shown_ends,
    unite_places,
)
from search.whoosh_engine.matching.marked_words import has_marked_slots, marked_places, marked_slots
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.text_boundaries import are_within_texts, within_texts
from search.whoosh_engine.matching.text_clauses import Slots, text_slots
from search.whoosh_engine.matching.word_terms import spellings

_POSITION = (1 << PLACE_BITS) - 1
_NO_LONGS: Longs = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class LeafPositions:
    """The occurrences of a query leaf in some documents: three arrays with an entry for each occurrence.

    They are ordered by document, then by position.

    Attributes:
        documents: its document, as numbered in the snapshot (through all segments).
        positions: the position of its first token in the field, counted from 0 through all texts of the document.
        lengths: its number of tokens.
    """

    documents: Longs
    positions: Longs
    lengths: Longs

    def __len__(self) -> int:
        """Return the number of occurrences."""
        return len(self.documents)

    def in_document(self, number: int) -> tuple[Longs, Longs]:
        """Return the positions and lengths of the occurrences in one document."""
        low, high = self.documents.searchsorted(number), self.documents.searchsorted(number, "right")
        return self.positions[low:high], self.lengths[low:high]


def leaf_positions(leaf: q.TextLeaf, context: QueryContext, documents: Longs, field: str = "text") -> LeafPositions:
    """Return every occurrence of a leaf in a field of ``documents``.

    A word occurs under all spellings of its stem, one token each; a phrase as the run of its tokens; a wildcard and a
    fuzzy word under each of their spellings. Of a NEAR, every word inside a smallest window is an occurrence.
    A leaf without words (``...``, ``*``) occurs nowhere.

    Args:
        leaf: a leaf that looks for words.
        context: the index.
        documents: the documents to look in, ascending; positions of no others are read.
        field: an index field with positions.

    Raises:
        IndexStateError: the index is damaged.
    """
    if isinstance(leaf, q.Wildcard) and not leaf.pattern.strip("*"):
        return LeafPositions(_NO_LONGS, _NO_LONGS, _NO_LONGS)
    if isinstance(leaf, q.Near):
        return _near_occurrences(leaf, context, documents, field)
    if isinstance(leaf, q.Word) and has_marked_slots(leaf, field):
        return _marked_occurrences(leaf, context, documents, field)
    slots = leaf_slots(leaf, context, field)
    if edges := phrase_edges(leaf, slots, field, context):
        matches = phrase_matches(edges, len(slots), field, context, documents)
        if len(slots) == 1:
            matches = in_order(matches.starts, shown_ends(matches.starts, matches.ends))
        return _occurrences(within_texts(matches, field, context))
    if not slots or not all(map(any, slots)):
        return LeafPositions(_NO_LONGS, _NO_LONGS, _NO_LONGS)
    places = phrase_places(context.snapshot.field(field).places(slots, documents))
    return _occurrences(within_texts(PhraseMatches(places, places + len(slots)), field, context))


def stem_positions(stem: str, context: QueryContext, documents: Longs, field: str = "text") -> LeafPositions:
    """Return every occurrence of a word with a language-tagged stem in some document's language.

    Raises:
        IndexStateError: the index is damaged.
    """
    terms = context.snapshot.field(field)
    words = terms.words_of_stems(context.find(index_layout.STEMS[field], stem))
    places = terms.places([words], documents)[0]
    if not any(numbers := joined_stem(context, field, stem)):
        return _occurrences(PhraseMatches(places, places + 1))
    joined = context.snapshot.field(index_layout.JOINED_STEMS[field])
    return _occurrences(unite_places(places, joined_places(joined, numbers, documents)))


def leaf_slots(leaf: q.TextLeaf, context: QueryContext, field: str) -> Slots:
    """Return the terms of a field that a leaf looks for, one slot after the other; a word by all its spellings."""
    if isinstance(leaf, q.Word) and not leaf.exact and len(forms := analysis.surface(leaf.text)) == 1:
        return [spellings(context, field, leaf.text, forms[0])]
    return text_slots(leaf, field, context)


def _marked_occurrences(leaf: q.Word, context: QueryContext, documents: Longs, field: str) -> LeafPositions:
    """Return the occurrences of an exact word with its marks, those of a divided one with all its parts."""
    slots = marked_slots(leaf, field, context)
    places = marked_places(slots, documents)
    ends = places + len(slots)
    joined = joined_field(context, field) if len(slots) == 1 else None
    if joined and len(places):
        starts, spans = joined_places(joined, find_joined(joined, analysis.surface(leaf.text)[0]), documents)
        order = np.argsort(starts)
        is_divided = contained_in(places, starts[order])
        divided = places[is_divided]
        ends[is_divided] = shown_ends(divided, divided + spans[order][starts[order].searchsorted(divided)])
    return _occurrences(PhraseMatches(places, ends))


def near_spans(leaf: q.Near, context: QueryContext, documents: Longs, field: str = "text") -> LeafPositions:
    """Return the smallest windows that contain all words of a NEAR, from their first word to the end of their last one.

    A window that contains another is left out.

    Raises:
        IndexStateError: the index is damaged.
    """
    starts, ends, every = _near_windows(leaf, context, documents, field)
    if not len(starts):
        return LeafPositions(_NO_LONGS, _NO_LONGS, _NO_LONGS)
    is_smallest = np.append(ends[1:] > ends[:-1], True)
    starts, ends = starts[is_smallest], ends[is_smallest]
    return _occurrences(PhraseMatches(starts, every.ends[every.starts.searchsorted(ends)]))


def _near_occurrences(leaf: q.Near, context: QueryContext, documents: Longs, field: str) -> LeafPositions:
    """Return the occurrences of the words of a NEAR that are inside one of its smallest windows."""
    starts, ends, every = _near_windows(leaf, context, documents, field)
    if not len(starts):
        return LeafPositions(_NO_LONGS, _NO_LONGS, _NO_LONGS)
    window = np.searchsorted(starts, every.starts, "right") - 1
    inside = (window >= 0) & (ends[window] >= every.starts)
    return _occurrences(PhraseMatches(every.starts[inside], every.ends[inside]))


def _near_windows(
    leaf: q.Near, context: QueryContext, documents: Longs, field: str
) -> tuple[Longs, Longs, PhraseMatches]:
    """Return the first and last places of the smallest windows of a NEAR, and all occurrences of its words."""
    forms = analysis.surface(leaf.text)
    words = NearWords(context, field, forms)
    if not forms or not all(map(words.occurs, forms)):
        return _NO_LONGS, _NO_LONGS, PhraseMatches(_NO_LONGS, _NO_LONGS)
    matches = words.matches(documents)
    places = {form: match.starts for form, match in matches.items()}
    starts, ends = near_windows(forms, places, leaf.distance, words.uncounted(documents))
    is_within = are_within_texts(starts, ends, field, context)
    every = in_order(
        np.concatenate([match.starts for match in matches.values()]),
        np.concatenate([match.ends for match in matches.values()]),
    )
    return starts[is_within], ends[is_within], every


def _occurrences(matches: PhraseMatches) -> LeafPositions:
    starts = matches.starts
    return LeafPositions(starts >> PLACE_BITS, starts & _POSITION, matches.ends - starts)
