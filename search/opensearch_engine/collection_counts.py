"""The statistics of the collection on a cluster that the scores of a query go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.index import index_layout
from indexer.index.opensearch.mapping import TEXT_LENGTH
from indexer.index.opensearch.token_strings import cluster_term, marked_term
from indexer.text import analysis
from search import query as q
from search.bm25f import OTHER_MARKS_WEIGHT
from search.opensearch_engine.cluster_reader import Body, ClusterReader
from search.opensearch_engine.query_body import PreparedQuery, QueryBodies, either
from search.ranking.bonus import PASSAGE
from search.ranking.collection_statistics import CollectionStatistics, stemmed_words, written_leaves
from search.ranking.query_terms import WordDocuments
from search.whoosh_engine.matching.index_fields import SURFACE


@dataclass(frozen=True, slots=True)
class CollectionSizes:
    """The sizes that are the same for all questions to one state of an index.

    Attributes:
        documents: their number.
        mean_lengths, mean_passage: see `search.ranking.collection_statistics.CollectionStatistics`.
    """

    documents: int
    mean_lengths: Mapping[str, float]
    mean_passage: float


def read_sizes(reader: ClusterReader) -> CollectionSizes:
    """Read the number of documents and the mean lengths of their texts."""
    asked: Body = {name: {"sum": {"field": f"{name}_tokens"}} for name in index_layout.WORDS}
    asked["short"] = {
        "filter": {"range": {TEXT_LENGTH: {"lt": PASSAGE}}},
        "aggs": {"tokens": {"sum": {"field": TEXT_LENGTH}}},
    }
    answer = reader.search({"size": 0, "track_total_hits": True, "aggs": asked})
    found, documents = answer.table("aggregations"), answer.integer("hits", "total", "value")
    means = {name: found.number(name, "value") / max(documents, 1) for name in index_layout.WORDS}
    means |= {stems: means[name] for name, stems in index_layout.STEMS.items()}
    passages = found.number("short", "tokens", "value") + PASSAGE * (documents - found.integer("short", "doc_count"))
    return CollectionSizes(documents, means, passages / max(documents, 1))


class _Counts:
    """Counts that are asked together, each by a number in the order in which they were added."""

    def __init__(self) -> None:
        self.queries: list[Body] = []

    def add(self, query: Body) -> int:
        self.queries.append(query)
        return len(self.queries) - 1


def read_statistics(
    queries: Sequence[q.Query],
    question: PreparedQuery,
    reader: ClusterReader,
    sizes: CollectionSizes,
    *,
    with_matching: bool = False,
) -> CollectionStatistics:
    """Return the statistics for some queries, counted in one request or few.

    Args:
        queries: the queries.
        question: what was looked up for them.
        reader: the index.
        sizes: those of the collection.
        with_matching: whether the documents of every leaf are counted too, which only explanations show.
    """
    counts, bodies = _Counts(), question.bodies
    words = {word: _ask_word(counts, bodies, *word) for query in queries for word in stemmed_words(query)}
    written = dict.fromkeys(leaf for query in queries for leaf in written_leaves(query))
    slots = {leaf: [counts.add(body) for body in bodies.slot_bodies(leaf)] for leaf in written}
    matching = {leaf: counts.add(bodies.leaf(leaf)) for leaf in written} if with_matching else {}
    found = reader.counts(counts.queries)
    return CollectionStatistics(
        documents=sizes.documents, tags=tuple(question.tags), mean_lengths=sizes.mean_lengths,
        mean_passage=sizes.mean_passage,
        words={word: _word_documents(asked, found) for word, asked in words.items()},
        slots={leaf: [found[number] for number in numbers] for leaf, numbers in slots.items()},
        matching={leaf: found[number] for leaf, number in matching.items()},
        expansions=dict(question.leaves.expansions),
    )  # fmt: skip


def _ask_word(counts: _Counts, bodies: QueryBodies, text: str, field: str) -> dict[str, Any]:
    form = analysis.surface(text)[0]
    parts = bodies.word_bodies(text, form, field)
    asked = {"any": counts.add(either(parts.values())), "full": counts.add(parts[1.0]) if 1.0 in parts else None}
    if marked := analysis.typed_marks(text):
        names = [name for name, _ in SURFACE[field]]
        folded = either({"term": {name: cluster_term(form)}} for name in names)
        same = either({"term": {name: marked_term(marked)}} for name in names)
        asked["alone"] = counts.add({"bool": {"filter": [folded], "must_not": [same]}})
    return asked


def _word_documents(asked: Mapping[str, Any], found: Sequence[int]) -> WordDocuments:
    documents = found[asked["any"]]
    full = 0 if asked["full"] is None else found[asked["full"]]
    # A document that has the word with other marks alone counts less; of one with other forms besides, this is near.
    alone = found[asked["alone"]] if "alone" in asked else 0
    weighed = round(documents - (1 - OTHER_MARKS_WEIGHT) * min(alone, documents))
    return WordDocuments(documents, full, max(weighed, min(documents, 1)))
