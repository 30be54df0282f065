"""One state of an index on a cluster, and what questions to it have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from corpus.errors import UsageError
from indexer.index.manifest import Manifest
from indexer.index.opensearch.answer import ClusterAnswer
from search import query as q
from search.bm25f import inverse_frequency
from search.engine import HitCoverage, SearchPlan
from search.opensearch_engine.cluster_reader import Body, ClusterReader
from search.opensearch_engine.collection_counts import CollectionSizes, read_sizes, read_statistics
from search.opensearch_engine.facet_requests import FacetLabels, read_labels
from search.opensearch_engine.leaf_slots import LeafReader
from search.opensearch_engine.query_body import IndexFacts, PreparedQuery, QueryBodies
from search.opensearch_engine.scratch_index import ScratchIndex
from search.opensearch_engine.second_look import look_again, matching_documents
from search.opensearch_engine.term_listing import TermListing
from search.ranking.bonus import CANDIDATES
from search.ranking.collection_statistics import CollectionStatistics
from search.request import Sort
from search.whoosh_engine.matching.index_fields import SURFACE

MAX_VERIFIED = 2_000
"""Documents that are looked into for one phrase whose words are printed in parts in too many ways."""

SORTS: dict[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}],
    Sort.NEWEST: [{"day": {"order": "desc", "missing": "_last"}}, {"id": {"order": "asc"}}],
    Sort.OLDEST: [{"day": {"order": "asc", "missing": "_last"}}, {"id": {"order": "asc"}}],
    Sort.TITLE: [{"title_key": {"order": "asc", "missing": "_last"}}, {"id": {"order": "asc"}}],
}
BY_ID = SORTS[Sort.TITLE][1:]


class ClusterState:
    """Asks one state of an index on a cluster, with the documents of the catalogue that are looked into.

    Attributes:
        scratch: these documents.
    """

    def __init__(self, reader: ClusterReader, manifest: Manifest, scratch: ScratchIndex) -> None:
        self.scratch = scratch
        self._reader, self._tags = reader, manifest.tags
        self._listing = TermListing(reader)

    @cached_property
    def sizes(self) -> CollectionSizes:
        """The number of documents, and the mean lengths of their texts."""
        return read_sizes(self._reader)

    @cached_property
    def labels(self) -> FacetLabels:
        """The spellings of values, and the known years."""
        return read_labels(self._reader)

    def question(self) -> PreparedQuery:
        """Return a question in which nothing was looked up yet."""
        leaves = LeafReader(self._reader, self._listing)
        facts = IndexFacts(self._tags, self._idf, self.verify)
        return PreparedQuery(leaves, QueryBodies(leaves, facts), self._tags)

    def _idf(self, found: Body) -> float:
        return inverse_frequency(self._reader.count(found), self.sizes.documents)

    def statistics(
        self, plan: SearchPlan, question: PreparedQuery, *, with_matching: bool = False
    ) -> CollectionStatistics:
        """Return the statistics that the scores of a plan go by; see `read_statistics`."""
        queries = [plan.query, plan.boost_query] if plan.boost_limit > 0 else [plan.query]
        return read_statistics(
            queries, question, self._reader, self.sizes, with_matching=with_matching,
        )  # fmt: skip

    def expansions(self, query: q.Query) -> CollectionStatistics:
        """Return statistics of which only the words of wide patterns are known: enough for positions."""
        question = self.question()
        for leaf in q.leaves(query):
            if isinstance(leaf, q.Wildcard | q.Fuzzy):
                for name, _ in SURFACE[leaf.field]:
                    question.leaves.slots(leaf, name)
        return CollectionStatistics(tags=self._tags, expansions=dict(question.leaves.expansions))

    def rank(
        self, plan: SearchPlan, question: PreparedQuery, found: Sequence[tuple[str, float]]
    ) -> tuple[list[tuple[str, float]], Sequence[HitCoverage]]:
        """Return hits with the best of them scored on this machine; the others keep their order behind them."""
        best, others = found[:CANDIDATES], found[CANDIDATES:]
        if not best or not best[0][1]:
            return list(found), ()
        scored = look_again(plan, [name for name, _ in best], self.statistics(plan, question), self.scratch)
        coarse = dict(best)
        hits = [*scored.hits]
        lowest = hits[-1][1] if hits else best[-1][1]
        # Scores of the cluster are of another scale; behind the last of the best they only go on downwards.
        ratio = lowest / (best[-1][1] or 1.0)
        behind = [*((name, coarse[name]) for name in scored.unread), *others]
        hits += ((name, min(lowest, score * ratio)) for name, score in behind)
        return hits, scored.coverages

    def all_hits(self, body: Body, wanted: int, *, scored: bool) -> list[tuple[str, float]]:
        """Return so many hits, page by page."""
        plain = {name: value for name, value in body.items() if name not in {"aggs", "size"}}
        pages = self._reader.pages({**plain, "track_total_hits": False}, scored=scored)
        return list(islice((hit for page in pages for hit in read_hits(page)), wanted))

    def matching_ids(self, query: q.Query) -> Iterator[str]:
        """Yield the ids of all documents that a query matches."""
        body: Body = {
            "query": {"bool": {"filter": [self.question().bodies.body(query)]}}, "sort": BY_ID,
            "_source": False, "docvalue_fields": ["id"], "track_total_hits": False,
        }  # fmt: skip
        for page in self._reader.pages(body):
            yield from (name for name, _ in read_hits(page))

    def verify(self, leaf: q.TextLeaf, body: Body) -> Sequence[str]:
        """Return the ids of those documents of a search that a leaf matches; see `query_body.VerifyPhrase`."""
        asked: Body = {
            "query": body, "size": MAX_VERIFIED, "track_total_hits": True, "_source": False, "docvalue_fields": ["id"],
        }  # fmt: skip
        answer = self._reader.search(asked)
        if answer.integer("hits", "total", "value") > MAX_VERIFIED:
            raise UsageError("engine.phrase-limit", phrase=leaf.text if hasattr(leaf, "text") else leaf.pattern)
        ids = [name for name, _ in read_hits(answer.tables("hits", "hits"))]
        return matching_documents(leaf, ids, self.expansions(leaf), self.scratch)


def read_hits(hits: Sequence[ClusterAnswer]) -> list[tuple[str, float]]:
    """Return the ids and scores of hits."""
    return [(hit.text("fields", "id", 0), hit.number("_score") if hit.has("_score") else 0.0) for hit in hits]
