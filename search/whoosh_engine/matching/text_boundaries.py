"""Matches inside the texts of documents: none begins on a page and ends in a note, an annotation or a running head."""

from __future__ import annotations

import numpy as np

from indexer.index.codec.array_file import Longs
from indexer.text.joined_words import BOUNDARY_MARK
from search.match_positions import count_runs
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.field_terms import PLACE_BITS
from search.whoosh_engine.matching.joined_terms import PhraseMatches, find_joined, joined_field
from search.whoosh_engine.matching.match_set import QueryContext


def within_texts(matches: PhraseMatches, name: str, context: QueryContext) -> PhraseMatches:
    """Return the matches in an index field that run over no end of a text, except from page to page."""
    is_within = are_within_texts(matches.starts, matches.ends - 1, name, context)
    return matches if is_within.all() else PhraseMatches(matches.starts[is_within], matches.ends[is_within])


def are_within_texts(first: Longs, last: Longs, name: str, context: QueryContext) -> Mask:
    """Return which matches run over no end of a text, except from page to page.

    Args:
        first: the place of the first word of each match, ascending.
        last: the place of the last word of each.
        name: the index field.
        context: the index.
    """
    joined = joined_field(context, name)
    numbers = find_joined(joined, BOUNDARY_MARK) if joined and len(first) else ()
    if not joined or not any(numbers):
        return np.ones(len(first), bool)
    documents, _ = count_runs(first >> PLACE_BITS)
    boundaries = joined.places([numbers], documents)[0]
    is_within: Mask = boundaries.searchsorted(first, "right") == boundaries.searchsorted(last, "right")
    return is_within
