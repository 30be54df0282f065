"""What each part of a query adds to the score of one document."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.index import index_layout
from indexer.text import analysis
from search import query as q
from search.grammar.paraphrase import paraphrase
from search.query_analysis import is_blank, stems_by_weight
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import STEMS, add_up, inverse_frequency_of, unite
from search.whoosh_engine.matching.match_set import QueryContext

_LABELS = {stems: field for field, stems in index_layout.STEMS.items()}
"""Fields as people know them, by the index field of their stems."""


def evidence(query: q.Query, context: QueryContext, number: int) -> Iterator[Explanation]:
    """The parts of ``query`` that score, with what they add to document ``number``; those that add nothing too."""
    for leaf, boost in q.boosted_leaves(query):
        match leaf:
            case _ if is_blank(leaf):
                continue
            case q.Word() if len(analysis.surface(leaf.text)) == 1 and not leaf.exact and leaf.field in STEMS:
                yield _word(leaf, context, number, boost)
            case q.Word() | q.Phrase() | q.Near() | q.Wildcard() | q.Fuzzy():
                yield _other(leaf, context, number, boost)


def _word(query: q.Word, context: QueryContext, number: int, boost: float) -> Explanation:
    snapshot = context.snapshot
    stems = stems_by_weight(query.text, analysis.surface(query.text)[0], snapshot.tags)
    every = sorted({stem for found in stems.values() for stem in found})
    fields = (_field(snapshot, name, weight, every, number) for name, weight in STEMS[query.field])
    held = tuple(found for found in fields if found.detail["count"])
    whole = add_up(snapshot.documents, [unite(snapshot, name, every) for name, _ in STEMS[query.field]])
    idf = inverse_frequency_of(snapshot, whole)
    # A document has words of its own language, so one of the factors is its.
    here = [factor for factor, found in stems.items() if _stands(snapshot, query.field, found, number)]
    tf = sum(found.value for found in held)
    detail = {"documents": len(whole.ids), "idf": idf, "factor": boost * max(here, default=1.0), "tf": tf}
    score = boost * _score(query, context, number)
    return Explanation(ExplanationKind.PART, paraphrase(query), score, detail, held)


def _field(snapshot: Snapshot, name: str, weight: float, stems: list[str], number: int) -> Explanation:
    found = unite(snapshot, name, stems)
    count = float(found.weights[found.ids == number].sum())
    length, norm = float(snapshot.lengths(name)[number]), float(snapshot.norms(name)[number])
    detail = {"count": count, "length": length, "norm": norm, "weight": weight}
    return Explanation(ExplanationKind.FIELD, _LABELS[name], weight * count / norm, detail)


def _stands(snapshot: Snapshot, field: str, stems: list[str], number: int) -> bool:
    return any(bool(np.isin(number, unite(snapshot, name, stems).ids)) for name, _ in STEMS[field])


def _other(query: q.Query, context: QueryContext, number: int, boost: float) -> Explanation:
    documents = len(evaluate(query, context).ids)
    detail = {"documents": documents, "idf": 0.0, "factor": boost, "tf": 0.0}
    return Explanation(ExplanationKind.PART, paraphrase(query), boost * _score(query, context, number), detail)


def _score(query: q.Query, context: QueryContext, number: int) -> float:
    matched = evaluate(query, context)
    return float(matched.scores_of(matched.ids[matched.ids == number]).sum())
