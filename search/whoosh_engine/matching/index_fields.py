"""The index fields of each query field, and the sums of BM25F over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.index.codec.term_arrays import Postings
from search.bm25f import TITLE_WEIGHT, saturate
from search.whoosh_engine.arrays.field_terms import add_up
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import MatchSet

SURFACE = {
    "": (("text", 1.0), ("title", TITLE_WEIGHT)),
    "text": (("text", 1.0),),
    "title": (("title", TITLE_WEIGHT),),
    "file": (("file", 1.0),),
}
"""The index fields of the words of each query field as written, with their weights."""

STEMS = {
    name: tuple((index_layout.STEMS[field], weight) for field, weight in fields)
    for name, fields in SURFACE.items()
    if name != "file"
}
"""The same for stems; file names have none."""


def weigh(snapshot: Snapshot, postings: Sequence[tuple[str, float, Postings]]) -> Postings:
    """Return the documents of postings in several fields, and BM25F's ``tf`` of each (`search.bm25f`).

    Args:
        snapshot: the index.
        postings: index field, its weight, and the number of occurrences in its documents.
    """
    parts = [
        Postings(part.ids, weight / snapshot.norms(name).take(part.ids) * part.weights)
        for name, weight, part in postings
        if len(part.ids)
    ]
    return parts[0] if len(parts) == 1 else add_up(snapshot.documents, parts)


def score(snapshot: Snapshot, frequencies: Postings, idf: float) -> MatchSet:
    """Return documents with their BM25F scores, from the result of `weigh`."""
    return MatchSet(snapshot.documents, ids=frequencies.ids, scores=idf * saturate(frequencies.weights))


def count_documents(snapshot: Snapshot, lists: Sequence[Longs]) -> int:
    """Return how many documents are in any of several ascending arrays of them."""
    filled = [ids for ids in lists if len(ids)]
    if len(filled) < 2:
        return len(filled[0]) if filled else 0
    return len(add_up(snapshot.documents, [Postings(ids, np.ones(len(ids))) for ids in filled]).ids)
