"""Explain what each part of a query adds to the score of one document."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.index import index_layout
from indexer.text import analysis
from search import query as q
from search.bm25f import inverse_frequency
from search.grammar.paraphrase import paraphrase
from search.query_analysis import is_blank
from search.ranking.bonus import Bonus
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import STEMS
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import Stems, word_frequencies, word_stems

_LABELS = {stems: field for field, stems in index_layout.STEMS.items()}
"""The field of words of each field of stems, as people know it."""


def explain_document(
    query: q.Query, context: QueryContext, document: tuple[str, int], feedback: float, gained: Bonus | None
) -> Explanation:
    """Explain the score of a document. The value of the tree's root is that score.

    Args:
        query: the query.
        context: the index.
        document: its id and its number.
        feedback: what feedback adds to its score.
        gained: the bonus of this document alone; None where it is not reranked.
    """
    document_id, number = document
    parts = tuple(explain_parts(query, context, number))
    bonuses = {"feedback": feedback}
    if gained:
        bonuses |= {"exact": float(gained.exact.sum()), "proximity": float(gained.neighbours.sum())}
        bonuses["passage"] = float(gained.passage.sum())
    added = tuple(Explanation(ExplanationKind.BONUS, name, value) for name, value in bonuses.items())
    score = sum(part.value for part in parts) + sum(bonuses.values())
    return Explanation(ExplanationKind.DOCUMENT, document_id, score, children=(*parts, *added))


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
    idf = inverse_frequency(word.counts.weighed_documents, context.total)
    detail = {"documents": word.counts.documents, "idf": idf, "factor": boost * max(factors, default=1.0), "tf": tf}
    score = boost * _score(query, context, number)
    return Explanation(ExplanationKind.PART, paraphrase(query), score, detail, fields)


def _field(snapshot: Snapshot, name: str, weight: float, stems: Stems, number: int) -> Explanation:
    lists = (snapshot.field(name).postings(numbers[name]) for numbers in stems.values())
    count = sum(float(part.weights[part.ids == number].sum()) for part in lists)
    length, norm = float(snapshot.lengths(name)[number]), float(snapshot.norms(name)[number])
    detail = {"count": count, "length": length, "norm": norm, "weight": weight}
    return Explanation(ExplanationKind.FIELD, _LABELS[name], weight * count / norm, detail)


def _other(query: q.TextLeaf, context: QueryContext, number: int, boost: float) -> Explanation:
    collection = context.snapshot.collection
    documents = collection.matching[query] if collection else len(evaluate(query, context).ids)
    detail = {"documents": documents, "idf": 0.0, "factor": boost, "tf": 0.0}
    return Explanation(ExplanationKind.PART, paraphrase(query), boost * _score(query, context, number), detail)


def _score(query: q.Query, context: QueryContext, number: int) -> float:
    matches = context.once(("explained", query), lambda: evaluate(query, context))
    return float(matches.scores_of(matches.ids[matches.ids == number]).sum())
