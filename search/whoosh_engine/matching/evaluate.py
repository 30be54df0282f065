"""Query trees to matching documents and their scores: one function a kind of node, each over whole arrays.

What no analyser can read (``"--"``, ``...``) is *blank*: an And or Not around it goes on without it, elsewhere it
matches nothing. A word that comes apart into several (``ill-treatment``, ``A/HRC/47/1``, Chinese) is those words one
after the other, as written. Near, wildcards, near spellings and exact words look at the words as written too.

Scores are BM25 (`search.bm25f`) with these readings of its terms:

* a stemmed word is one word under all its language-tagged stems: their weights are summed, documents counted once;
* a wildcard is one word under all its spellings, likewise;
* a phrase or Near has as frequency its number of places and as idf the sum of its words' idfs;
* a near spelling ranks first by its fewest edits e, then by BM25 of those spellings: with at most d edits the score is
  ``idf * ((K1 + 1) * (d - e) + saturated tf) / (d + 1)``, so one exact word beats any number of near ones;
* And and Or add the scores of their parts; what narrows (values, dates, Has, Not, All) scores 0.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from search import query as q
from search.query_analysis import is_blank
from search.whoosh_engine.matching.filter_clauses import match_date_range, match_has, match_value
from search.whoosh_engine.matching.index_fields import NOWHERE
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.matching.text_clauses import match_fuzzy, match_near, match_phrase, match_wildcard, match_word


def evaluate(query: q.Query, context: QueryContext) -> MatchSet:
    """Documents that ``query`` matches, deleted ones included.

    What a leaf finds is the same in every query and kept: whoever turns pages, narrows or sorts asks it again. Patterns
    and near spellings are not, as they may have something to tell the reader.
    """
    if isinstance(query, _KEPT):
        return context.snapshot.kept(("found", query), lambda: _NODES[type(query)](query, context))
    return _NODES[type(query)](query, context)


def _all(_query: q.All, context: QueryContext) -> MatchSet:
    return MatchSet(context.snapshot.documents, mask=np.ones(context.snapshot.documents, dtype=bool))


def _nothing(_query: q.Nothing, context: QueryContext) -> MatchSet:
    return MatchSet(context.snapshot.documents, ids=NOWHERE.ids)


def _not(query: q.Not, context: QueryContext) -> MatchSet:
    if is_blank(query):
        return _nothing(q.Nothing(), context)
    return MatchSet(context.snapshot.documents, mask=~evaluate(query.part, context).mask)


def _and(query: q.And, context: QueryContext) -> MatchSet:
    """The rarest of what scores names the possible documents, and each other part is asked whether it has them."""
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
            ids = ids[part.mask[ids]]
    scores = reduce(np.add, (part.scores_of(ids) for part in scored))
    return MatchSet(context.snapshot.documents, ids=ids, scores=scores)


def _or(query: q.Or, context: QueryContext) -> MatchSet:
    parts = [evaluate(part, context) for part in query.parts]
    if all(part.scores is None for part in parts):
        return MatchSet(context.snapshot.documents, mask=reduce(np.logical_or, (part.mask for part in parts)))
    mask, scores = np.zeros(context.snapshot.documents, dtype=bool), np.zeros(context.snapshot.documents)
    for part in parts:
        part.add_to(mask, scores)
    found = np.flatnonzero(mask)
    return MatchSet(context.snapshot.documents, ids=found, mask=mask, scores=scores.take(found))


def _boost(query: q.Boost, context: QueryContext) -> MatchSet:
    part = evaluate(query.part, context)
    if part.scores is None:
        return part
    return MatchSet(part.documents, ids=part.ids, scores=part.scores * query.factor)


_KEPT = (q.Word, q.Phrase, q.Near, q.Value, q.DateRange, q.Has)

_NODES: dict[type, Callable[[Any, QueryContext], MatchSet]] = {
    q.All: _all, q.Nothing: _nothing, q.Not: _not, q.And: _and, q.Or: _or, q.Boost: _boost,
    q.Word: match_word, q.Phrase: match_phrase, q.Near: match_near, q.Wildcard: match_wildcard, q.Fuzzy: match_fuzzy,
    q.Value: match_value, q.DateRange: match_date_range, q.Has: match_has,
}  # fmt: skip
