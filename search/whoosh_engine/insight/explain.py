"""Explain what each part of a query adds to the score of one document."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.index import index_layout
from indexer.text import analysis
from search import query as q
from search.bm25f import inverse_frequency
from search.grammar.paraphrase import paraphrase
from search.query_analysis import is_blank
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import STEMS
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import Stems, word_frequencies, word_stems

_LABELS = {stems: field for field, stems in index_layout.STEMS.items()}
"""The field of words of each field of stems, as people know it."""


def explain_parts(query: q.Query, context: QueryContext, number: int) -> Iterator[Explanation]:
    """Yield the parts of ``query`` that score, with what each adds to document ``number``, be it nothing."""
    for leaf, boost in q.boosted_leaves(query):
        match leaf:
            case _ if is_blank(leaf):
                continue
            case q.Word() if len(analysis.surface(leaf.text)) == 1 and not leaf.exact and leaf.field in STEMS:
                yield _word(leaf, context, number, boost)
            case q.Word() | q.Phrase() | q.Near() | q.Wildcard() | q.Fuzzy():
                yield _other(leaf, context, number, boost)


def _word(query: q.Word, context: QueryContext, number: int, boost: float) -> Explanation:
    form = analysis.surface(query.text)[0]
    word = word_frequencies(context, query.text, form, query.field)
    stems = word_stems(context, query.text, form)
    explained = (_field(context.snapshot, name, weight, stems, number) for name, weight in STEMS[query.field])
    fields = tuple(field for field in explained if field.detail["count"])
    # A document has words of its own language, so one of the factors is its.
    factors = [factor for factor, part in word.parts if number in part.ids]
    tf = max((float(part.weights[part.ids == number].sum()) for _, part in word.parts), default=0.0)
    idf = inverse_frequency(word.counts.weighed_documents, context.snapshot.documents)
    detail = {"documents": word.counts.documents, "idf": idf, "factor": boost * max(factors, default=1.0), "tf": tf}
    score = boost * _score(query, context, number)
    return Explanation(ExplanationKind.PART, paraphrase(query), score, detail, fields)


def _field(snapshot: Snapshot, name: str, weight: float, stems: Stems, number: int) -> Explanation:
    lists = (snapshot.field(name).postings(numbers[name]) for numbers in stems.values())
    count = sum(float(part.weights[part.ids == number].sum()) for part in lists)
    length, norm = float(snapshot.lengths(name)[number]), float(snapshot.norms(name)[number])
    detail = {"count": count, "length": length, "norm": norm, "weight": weight}
    return Explanation(ExplanationKind.FIELD, _LABELS[name], weight * count / norm, detail)


def _other(query: q.Query, context: QueryContext, number: int, boost: float) -> Explanation:
    documents = len(evaluate(query, context).ids)
    detail = {"documents": documents, "idf": 0.0, "factor": boost, "tf": 0.0}
    return Explanation(ExplanationKind.PART, paraphrase(query), boost * _score(query, context, number), detail)


def _score(query: q.Query, context: QueryContext, number: int) -> float:
    matches = context.once(("explained", query), lambda: evaluate(query, context))
    return float(matches.scores_of(matches.ids[matches.ids == number]).sum())
