"""Evaluate the leaves of a query that filter and do not score: values, dates, presence of a field."""

from __future__ import annotations

import numpy as np

from corpus.fields import BY_NAME, MISSING, FieldKind
from indexer.index import index_layout
from search import query as q
from search.query_analysis import day_bounds
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext


def match_value(query: q.Value, context: QueryContext) -> MatchSet:
    """Match documents with any of some values in a keyword field."""
    if query.field == "id":
        return _masked(context.snapshot, _by_id(context.snapshot, query.values))
    if query.field not in BY_NAME or BY_NAME[query.field].kind is not FieldKind.KEYWORD:
        return _masked(context.snapshot, np.zeros(context.snapshot.documents, dtype=bool))
    return _masked(context.snapshot, context.snapshot.keywords(query.field).matching(query.values))


def _masked(snapshot: Snapshot, mask: Mask) -> MatchSet:
    return MatchSet(snapshot.documents, mask=mask)


def _by_id(snapshot: Snapshot, document_ids: tuple[str, ...]) -> Mask:
    """Return a mask of documents by id. Only an id that is not written as stored is compared with all of them."""
    mask = np.zeros(snapshot.documents, dtype=bool)
    for document_id in document_ids:
        terms = snapshot.field("id")
        ids = terms.postings(terms.find(document_id)).ids
        if len(ids):
            mask[ids] = True
        else:
            mask |= np.char.lower(snapshot.strings("id")) == document_id.casefold().encode(errors="replace")
    return mask


def match_date_range(query: q.DateRange, context: QueryContext) -> MatchSet:
    """Match documents whose date overlaps a span or, if the query says so, is within it."""
    lower, upper = day_bounds(query)
    return _masked(context.snapshot, context.snapshot.dates().overlapping(lower, upper, within=query.within))


def match_has(query: q.Has, context: QueryContext) -> MatchSet:
    """Match documents that have a value in a field."""
    snapshot, known = context.snapshot, BY_NAME.get(query.field)
    if query.field == "date":
        return _masked(snapshot, snapshot.dates().first != index_layout.UNDATED)
    if query.field == "id" or known is None:
        return _masked(snapshot, np.full(snapshot.documents, query.field == "id"))
    if known.kind is FieldKind.TEXT:
        return _masked(snapshot, snapshot.lengths(query.field) > 0)
    return _masked(snapshot, ~snapshot.keywords(query.field).matching((MISSING,)))
