"""Read what the rerank of the best documents (`search.ranking.bonus`) goes by: idfs, positions and length norms."""

from __future__ import annotations

import numpy as np

from indexer.index.codec.array_file import Longs
from search import query as q
from search.ranking.bonus import PASSAGE, Bonus, LengthNorms, compute_bonus
from search.ranking.query_terms import Term, salient_query_terms
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import word_frequencies
from search.whoosh_engine.ranking.term_positions import read_term_positions


def bonus(query: q.Query, context: QueryContext, candidates: Longs) -> Bonus:
    """Return the bonus of each of ``candidates``, which are in ascending order.

    Raises:
        IndexStateError: the index is damaged.
    """
    terms = terms_of(query, context) if len(candidates) else []
    if not terms:
        nothing = np.zeros(len(candidates))
        return Bonus(nothing, nothing, nothing, nothing, nothing)
    positions = read_term_positions(context, terms, candidates)
    snapshot = context.snapshot
    norms = (snapshot.norms("text"), snapshot.norms("title"), snapshot.norms("text", PASSAGE))
    return compute_bonus(terms, positions, LengthNorms(*(of_all[candidates] for of_all in norms)))


def terms_of(query: q.Query, context: QueryContext) -> list[Term]:
    """Return the words of ``query`` that the rerank looks at.

    Raises:
        IndexStateError: the index is damaged.
    """

    def idf(text: str, form: str) -> float:
        return word_frequencies(context, text, form, "").counts.salient_idf(context.snapshot.documents)

    return salient_query_terms(query, idf)
