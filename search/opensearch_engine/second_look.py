"""Score the best documents that a cluster finds by the rules of this program, as if all were indexed on this machine.

A cluster orders by a coarse BM25. `look_again` takes its best documents and the statistics of the whole collection
(`search.ranking.collection_statistics`), reads the documents from the catalogue, and returns their own scores, bonus of
the rerank included, in their own order. `explain_hit` and `hit_positions` read the same documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from indexer.index.codec.array_file import Floats, Longs
from search.engine import HitCoverage, SearchPlan
from search.match_positions import QueryPositions, TextLanguages
from search.opensearch_engine.scratch_index import ScratchIndex
from search.query import Query, TextLeaf
from search.ranking.collection_statistics import CollectionStatistics
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.insight.document_positions import document_positions
from search.whoosh_engine.insight.explain import explain_document
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.index_fields import SURFACE
from search.whoosh_engine.matching.leaf_positions import leaf_positions
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.ranking.rerank import bonus


@dataclass(frozen=True, slots=True)
class ScoredHits:
    """The best documents, scored.

    Attributes:
        hits: (document id, score), in order.
        coverages: how much of the query each of ``hits`` contains.
        unread: the ids of candidates whose texts are not at hand, as the catalogue has changed them since the cluster
            was written. They are not among ``hits``.
    """

    hits: tuple[tuple[str, float], ...]
    coverages: tuple[HitCoverage, ...]
    unread: tuple[str, ...]


def look_again(
    plan: SearchPlan,
    candidates: Sequence[str],
    collection: CollectionStatistics,
    texts: ScratchIndex,
    feedback_factor: float | None = None,
) -> ScoredHits:
    """Return candidates with their scores, best first, and by id where scores are equal.

    Args:
        plan: the plan; of it the query and the feedback are looked at.
        candidates: the ids of the best documents, at most `search.ranking.bonus.CANDIDATES`.
        collection: the statistics of the collection for the plan's query and its feedback.
        texts: the documents.
        feedback_factor: the number by which the scores of ``plan.boost_query`` are multiplied. Without one it is
            computed as an index on one machine does, but from the candidates alone: ``plan.boost_limit`` times the best
            score of the query through the best one of the feedback.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the texts cannot be indexed.
    """
    found = texts.documents(candidates)
    context = found.within(collection)
    ids = sorted(found.numbers, key=lambda document_id: found.numbers[document_id])
    numbers = np.array([found.numbers[document_id] for document_id in ids], np.int64)
    gained = bonus(plan.query, context, numbers)
    scores = _scores_in(evaluate(plan.query, context), numbers)
    scores = scores + feedback(plan, context, numbers, feedback_factor) + gained.total
    lengths = context.snapshot.lengths("text")[numbers].astype(np.int64)
    measured = (gained.coverage.tolist(), gained.closeness.tolist(), lengths.tolist())
    rows = zip(ids, scores.tolist(), map(HitCoverage, *measured), strict=True)
    ranked = sorted(rows, key=lambda row: (-row[1], row[0].encode()))
    unread = tuple(document_id for document_id in dict.fromkeys(candidates) if document_id not in found.numbers)
    hits = tuple((document_id, score) for document_id, score, _ in ranked)
    return ScoredHits(hits, tuple(coverage for _, _, coverage in ranked), unread)


def explain_hit(
    plan: SearchPlan,
    document_id: str,
    candidates: Iterable[str],
    collection: CollectionStatistics,
    texts: ScratchIndex,
    feedback_factor: float | None = None,
) -> Explanation:
    """Explain the score of a document that matches ``plan``. The value of the tree's root is that score.

    Args:
        plan: as for `look_again`.
        document_id: the document; a tree that matches nothing is returned for one whose text is not at hand.
        candidates: the ids of the best documents; no other document gets a bonus.
        collection: as for `look_again`, with the number of documents that each leaf matches.
        texts: as for `look_again`.
        feedback_factor: as for `look_again`.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the texts cannot be indexed.
    """
    best = list(candidates)
    found = texts.documents(dict.fromkeys([document_id, *best]))
    if document_id not in found.numbers:
        return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
    context, number = found.within(collection), found.numbers[document_id]
    numbers = np.array(sorted(found.numbers.values()), np.int64)
    of_feedback = feedback(plan, context, numbers, feedback_factor)
    gained = None
    if document_id in best and evaluate(plan.query, context).scores is not None:
        gained = bonus(plan.query, context, np.array([number]))
    return explain_document(
        plan.query, context, (document_id, number), float(of_feedback[numbers == number][0]), gained
    )


def hit_positions(
    query: Query, languages: Mapping[str, TextLanguages], collection: CollectionStatistics, texts: ScratchIndex
) -> QueryPositions:
    """Return where the leaves of ``query`` match in documents; see `search.engine.Engine.match_positions`.

    Args:
        query: the query.
        languages: the languages of the texts of each document, by its id.
        collection: of it the expansions are looked at.
        texts: the documents.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the texts cannot be indexed.
    """
    found = texts.documents(languages)
    context = found.within(collection)
    positions = document_positions(query, context, found.numbers, languages)
    return QueryPositions(positions, tuple(context.notices.values()))


def matching_documents(
    leaf: TextLeaf, ids: Iterable[str], collection: CollectionStatistics, texts: ScratchIndex
) -> list[str]:
    """Return those documents in which a leaf about words as written matches somewhere.

    Args:
        leaf: the leaf.
        ids: the documents.
        collection: of it the expansions are looked at.
        texts: the documents.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the texts cannot be indexed.
    """
    found = texts.documents(ids)
    context, numbers = found.within(collection), np.array(sorted(found.numbers.values()), np.int64)
    places = [leaf_positions(leaf, context, numbers, name).documents.tolist() for name, _ in SURFACE[leaf.field]]
    matching = set(chain.from_iterable(places))
    return [document_id for document_id, number in found.numbers.items() if number in matching]


def feedback(plan: SearchPlan, context: QueryContext, numbers: Longs, factor: float | None) -> Floats:
    """Return what ``plan.boost_query`` adds to the scores of documents; see `look_again`."""
    if plan.boost_limit <= 0 or evaluate(plan.query, context).scores is None:
        return np.zeros(len(numbers))
    gains = _scores_in(evaluate(plan.boost_query, context), numbers)
    if factor is None:
        best = float(_scores_in(evaluate(plan.query, context), numbers).max(initial=0.0))
        factor = plan.boost_limit * best / (float(gains.max(initial=0.0)) or 1.0)
    return factor * gains


def _scores_in(matches: MatchSet, numbers: Longs) -> Floats:
    """Return the scores of documents, in ascending order; 0 of those that do not match."""
    scores = np.zeros(len(numbers))
    matching = matches.contains(numbers)
    scores[matching] = matches.scores_of(numbers[matching])
    return scores
