"""Evaluate query trees: one function for each kind of node, each over whole arrays.

A leaf that no analyser can read (``"--"``, ``...``) is *blank*: an And or Not around it ignores it, elsewhere it
matches nothing. A word of several tokens (``ill-treatment``, ``A/HRC/47/1``, Chinese) is those tokens one after the
other, as written. Near, wildcards, fuzzy words and exact words look at words as written too.

Scores are BM25 (`search.bm25f`) with these definitions of its terms:

* a stemmed word is one word under all its language-tagged stems: their weights are summed, documents counted once;
* a wildcard is one word under all its spellings, likewise;
* a phrase or Near has as frequency its number of occurrences, and as idf the sum of its words' idfs;
* a fuzzy word ranks first by its fewest edits e, then by BM25 of those spellings: with at most d edits the score is
  ``idf * ((K1 + 1) * (d - e) + saturated tf) / (d + 1)``, so that one exact word outranks any number of near ones;
* And and Or add the scores of their parts; filters (values, dates, Has, Not, All) score 0.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from search import query as q
from search.deadline import check_deadline
from search.query_analysis import is_blank
from search.whoosh_engine.arrays.field_terms import NO_POSTINGS, SPARSE
from search.whoosh_engine.matching.filter_clauses import match_date_range, match_has, match_value
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.matching.text_clauses import match_fuzzy, match_near, match_phrase, match_wildcard, match_word


def evaluate(query: q.Query, context: QueryContext) -> MatchSet:
    """Return the documents that ``query`` matches, deleted ones included.

    Raises:
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    check_deadline()
    if isinstance(query, q.And | q.Or):
        return _NODES[type(query)](query, context)
    return context.once(query, lambda: _NODES[type(query)](query, context))


def _all(_query: q.All, context: QueryContext) -> MatchSet:
    return MatchSet(context.snapshot.documents, mask=np.ones(context.snapshot.documents, dtype=bool))


def _nothing(_query: q.Nothing, context: QueryContext) -> MatchSet:
    return MatchSet(context.snapshot.documents, ids=NO_POSTINGS.ids)


def _not(query: q.Not, context: QueryContext) -> MatchSet:
    if is_blank(query):
        return _nothing(q.Nothing(), context)
    return MatchSet(context.snapshot.documents, mask=~evaluate(query.part, context).mask)


def _and(query: q.And, context: QueryContext) -> MatchSet:
    """Intersect the parts, beginning with the rarest one that scores; the scores of what is left are added."""
    parts = [evaluate(part, context) for part in query.parts if not is_blank(part)]
    if not parts:
        return _nothing(q.Nothing(), context)
    scored = [part for part in parts if part.scores is not None]
    if not scored:
        return MatchSet(context.snapshot.documents, mask=reduce(np.logical_and, (part.mask for part in parts)))
    rarest = min(scored, key=lambda part: len(part.ids))
    ids = rarest.ids
    for part in parts:
        if part is not rarest:
            ids = ids[part.contains(ids)]
    scores = reduce(np.add, (part.scores_of(ids) for part in scored))
    return MatchSet(context.snapshot.documents, ids=ids, scores=scores)


def _or(query: q.Or, context: QueryContext) -> MatchSet:
    """Unite the parts and add their scores: sorted where they are few, else in arrays over all documents."""
    parts, total = [evaluate(part, context) for part in query.parts], context.snapshot.documents
    if all(part.scores is None for part in parts):
        return MatchSet(total, mask=reduce(np.logical_or, (part.mask for part in parts)))
    ids = np.concatenate([part.ids for part in parts])
    scores = np.concatenate([part.scores_of(part.ids) for part in parts])
    if len(ids) * SPARSE < total:
        order = np.argsort(ids, kind="stable")
        ids, scores = ids[order], scores[order]
        firsts = np.flatnonzero(np.diff(ids, prepend=-1))
        return MatchSet(total, ids=ids[firsts], scores=np.add.reduceat(scores, firsts) if len(firsts) else scores)
    mask = np.zeros(total, dtype=bool)
    mask[ids] = True  # a score may be 0
    matching = np.flatnonzero(mask)
    summed = np.bincount(ids, scores, total).astype(np.float64, copy=False)
    return MatchSet(total, ids=matching, mask=mask, scores=summed.take(matching))


def _boost(query: q.Boost, context: QueryContext) -> MatchSet:
    part = evaluate(query.part, context)
    if part.scores is None:
        return part
    return MatchSet(part.documents, ids=part.ids, scores=part.scores * query.factor)


_NODES: dict[type, Callable[[Any, QueryContext], MatchSet]] = {
    q.All: _all, q.Nothing: _nothing, q.Not: _not, q.And: _and, q.Or: _or, q.Boost: _boost,
    q.Word: match_word, q.Phrase: match_phrase, q.Near: match_near, q.Wildcard: match_wildcard, q.Fuzzy: match_fuzzy,
    q.Value: match_value, q.DateRange: match_date_range, q.Has: match_has,
}  # fmt: skip
