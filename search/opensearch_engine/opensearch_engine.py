"""The engine that searches an index on a cluster of OpenSearch.

The cluster says which documents match, how many, and with which values; it orders them by a coarse BM25. The best of
them are then scored on this machine from the catalogue's texts (`search.opensearch_engine.second_look`), as if all were
indexed here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.document import ChangeNumber
from corpus.errors import IndexStateError, UsageError
from corpus.settings import Settings
from indexer.index.manifest import Manifest
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.generations import Generations
from search import query as q
from search.bm25f import inverse_frequency
from search.concordance.token_index import TokenIndex
from search.engine import HitCoverage, SearchMatches, SearchPlan
from search.match_positions import QueryPositions, TextLanguages
from search.opensearch_engine import cluster_words
from search.opensearch_engine.cluster_reader import Body, ClusterReader
from search.opensearch_engine.cluster_tokens import ClusterTokenIndex
from search.opensearch_engine.collection_counts import CollectionSizes, read_sizes, read_statistics
from search.opensearch_engine.document_table import TABLE_FIELDS, read_document_table
from search.opensearch_engine.facet_requests import FacetLabels, facet_aggregation, read_facet, read_labels
from search.opensearch_engine.leaf_slots import LeafReader
from search.opensearch_engine.query_body import IndexFacts, QueryBodies, Question
from search.opensearch_engine.scratch_index import ScratchIndex
from search.opensearch_engine.second_look import explain_hit, hit_positions, look_again
from search.ranking.bonus import CANDIDATES
from search.ranking.collection_statistics import CollectionStatistics
from search.request import Sort
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.matching.evaluate import evaluate

MAX_WINDOW = 10_000
"""Hits that one request of the cluster reaches; those behind are read page by page."""
MAX_VERIFIED = 2_000
"""Documents that are looked into for one phrase whose words are printed in parts in too many ways."""
MAX_KEPT = 4096
_CHECKED_SECONDS = 1.0
"""For so long the cluster is not asked again whether its index has changed."""

_SORTS: dict[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}],
    Sort.NEWEST: [{"day": {"order": "desc", "missing": "_last"}}, {"id": {"order": "asc"}}],
    Sort.OLDEST: [{"day": {"order": "asc", "missing": "_last"}}, {"id": {"order": "asc"}}],
    Sort.TITLE: [{"title_key": {"order": "asc", "missing": "_last"}}, {"id": {"order": "asc"}}],
}


class OpenSearchEngine:
    """Answers plans over one state of an index on a cluster; see `search.engine.Engine`.

    Every method raises EngineError where the cluster does not answer, or not in full.

    Attributes:
        change: number of the last catalogue change that the index contains.
        origin: fingerprint of that change's event.
        is_spelled_joined: see `search.engine.Engine`; what was decided is kept.
    """

    def __init__(self, archive: Path, reader: ClusterReader, manifest: Manifest, generations: Generations) -> None:
        self.change, self.origin = ChangeNumber(manifest.change), manifest.origin
        self._reader, self._manifest, self._generations = reader, manifest, generations
        self._scratch = ScratchIndex(archive, manifest.change)
        self._counts: dict[q.Query, int] = {}
        self._checked, self._is_current = time.monotonic(), True
        self.is_spelled_joined: Callable[[str, str], bool] = lru_cache(MAX_KEPT)(
            partial(cluster_words.is_spelled_joined, reader)
        )

    @cached_property
    def _sizes(self) -> CollectionSizes:
        return read_sizes(self._reader)

    @cached_property
    def _labels(self) -> FacetLabels:
        return read_labels(self._reader)

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Return the page, the exact total and the facet counts of ``plan``; see `search.engine.Engine`."""
        question = self._question()
        filters = {name: question.bodies.body(part) for name, part in plan.filters.items()}
        is_scored, last = plan.sort is Sort.RELEVANCE, plan.offset + plan.limit
        wanted = 0 if plan.limit <= 0 else max(last, CANDIDATES) if is_scored else last
        body: Body = {
            "query": question.bodies.body(plan.query), "size": min(wanted, MAX_WINDOW), "track_total_hits": True,
            "_source": False, "docvalue_fields": ["id"], "sort": _SORTS[plan.sort],
            "aggs": {facet: facet_aggregation(facet, filters) for facet in plan.facets},
        }  # fmt: skip
        if filters:
            body["post_filter"] = {"bool": {"filter": list(filters.values())}}
        answer = self._reader.search(body, scored=is_scored and wanted > 0)
        found = _hits(answer["hits"]["hits"])
        if wanted > MAX_WINDOW and len(found) == MAX_WINDOW:
            found = self._all_hits(body, wanted, scored=is_scored)
        hits, coverages = self._ranked(plan, question, found) if is_scored else (found, ())
        return SearchMatches(
            total=int(answer["hits"]["total"]["value"]),
            hits=tuple((document_id, score if is_scored else 0.0) for document_id, score in hits[plan.offset : last]),
            facets={facet: read_facet(facet, answer["aggregations"][facet], self._labels) for facet in plan.facets},
            notices=tuple(question.leaves.notices.values()),
            coverages=tuple(coverages[: plan.limit]) if not plan.offset else (),
        )

    def counter(self) -> Callable[[q.Query], int]:
        """Return a function that counts the documents which a query matches; see `search.engine.Engine`."""
        question = self._question()

        def count(query: q.Query) -> int:
            if query not in self._counts:
                if len(self._counts) >= MAX_KEPT:
                    self._counts.clear()
                self._counts[query] = self._reader.count(question.bodies.body(query))
            return self._counts[query]

        return count

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Rank folded words by weight × idf, best first; see `search.engine.Engine`."""
        return cluster_words.rank_words(self._reader, weights, language, limit, self._sizes.documents)

    def complete_word(
        self, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
    ) -> tuple[tuple[str, int], ...]:
        """Return words that begin with ``prefix``; see `search.engine.Engine`."""
        return cluster_words.complete_word(self._reader, self._scratch, prefix, limit, field, before)

    def nearest_spelling(self, word: str) -> str:
        """Return the likeliest correction of a word that does not occur; see `search.engine.Engine`."""
        return cluster_words.nearest_spelling(self._reader, word)

    def match_positions(
        self, query: q.Query, languages: Mapping[str, TextLanguages], matches: SearchMatches | None = None
    ) -> QueryPositions:
        """Return where the leaves of ``query`` match in documents; see `search.engine.Engine`."""
        del matches
        return hit_positions(query, languages, self._expansions(query), self._scratch)

    def token_index(self, main_texts: Mapping[str, int]) -> TokenIndex:
        """Return the counts of tokens in main texts; the index has counted them when it was written."""
        del main_texts
        everything: Body = {
            "query": {"match_all": {}}, "sort": _SORTS[Sort.TITLE][1:], "_source": False,
            "docvalue_fields": list(TABLE_FIELDS),
        }  # fmt: skip
        try:
            table = read_document_table(self._reader.pages(everything))
        except ValueError as error:
            raise IndexStateError("index.damaged", directory=self._reader.index, reason=error) from error
        return ClusterTokenIndex(table, self._scratch, self._matching_ids, self._expansions)

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        """Explain the score of a document under ``plan``; see `search.engine.Engine`."""
        question = self._question()
        wanted = q.Value("id", (document_id,))
        parts = [question.bodies.body(part) for part in (plan.query, wanted, *plan.filters.values())]
        if not self._reader.count({"bool": {"filter": parts}}):
            return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
        filters = [question.bodies.body(part) for part in plan.filters.values()]
        body = {"query": {"bool": {"must": [question.bodies.body(plan.query)], "filter": filters}}, "size": CANDIDATES,
                "_source": False, "docvalue_fields": ["id"], "sort": _SORTS[Sort.RELEVANCE]}  # fmt: skip
        best = [name for name, _ in _hits(self._reader.search(body, scored=True)["hits"]["hits"])]
        statistics = self._statistics(plan, question, with_matching=True)
        return explain_hit(plan, document_id, best, statistics, self._scratch)

    def is_current(self) -> bool:
        """Return whether the index still has the state that was opened; the cluster is asked at most once a second."""
        now = time.monotonic()
        if self._is_current and now - self._checked > _CHECKED_SECONDS:
            self._checked = now
            try:
                self._is_current = self._generations.read_manifest().manifest == self._manifest
            except IndexStateError:
                self._is_current = False
        return self._is_current

    def close(self) -> None:
        """Close the connections, and let go of the documents that were looked into."""
        self._scratch.close()
        self._reader.close()

    def _question(self) -> Question:
        leaves = LeafReader(self._reader)
        facts = IndexFacts(self._manifest.tags, self._idf, self._verify)
        return Question(leaves, QueryBodies(leaves, facts), self._manifest.tags)

    def _idf(self, found: Body) -> float:
        return inverse_frequency(self._reader.count(found), self._sizes.documents)

    def _statistics(self, plan: SearchPlan, question: Question, *, with_matching: bool = False) -> CollectionStatistics:
        queries = [plan.query, plan.boost_query] if plan.boost_limit > 0 else [plan.query]
        return read_statistics(
            queries, question, self._reader, self._sizes, with_matching=with_matching,
        )  # fmt: skip

    def _expansions(self, query: q.Query) -> CollectionStatistics:
        """Return statistics of which only the words of wide patterns are known: enough for positions."""
        question = self._question()
        for leaf in q.leaves(query):
            if isinstance(leaf, q.Wildcard | q.Fuzzy):
                question.bodies.leaf(leaf)
        return CollectionStatistics(tags=self._manifest.tags, expansions=dict(question.leaves.expansions))

    def _ranked(
        self, plan: SearchPlan, question: Question, found: Sequence[tuple[str, float]]
    ) -> tuple[list[tuple[str, float]], Sequence[HitCoverage]]:
        """Return hits with the best of them scored on this machine; the others keep their order behind them."""
        best, others = found[:CANDIDATES], found[CANDIDATES:]
        if not best or not best[0][1]:
            return list(found), ()
        scored = look_again(plan, [name for name, _ in best], self._statistics(plan, question), self._scratch)
        coarse = dict(best)
        hits = [*scored.hits]
        lowest = hits[-1][1] if hits else best[-1][1]
        # Scores of the cluster are of another scale; behind the last of the best they only go on downwards.
        ratio = lowest / (best[-1][1] or 1.0)
        behind = [*((name, coarse[name]) for name in scored.unread), *others]
        hits += ((name, min(lowest, score * ratio)) for name, score in behind)
        return hits, scored.coverages

    def _all_hits(self, body: Body, wanted: int, *, scored: bool) -> list[tuple[str, float]]:
        """Return so many hits, page by page."""
        plain = {name: value for name, value in body.items() if name not in {"aggs", "size"}}
        pages = self._reader.pages({**plain, "track_total_hits": False}, scored=scored)
        return list(islice((hit for page in pages for hit in _hits(page)), wanted))

    def _matching_ids(self, query: q.Query) -> Iterator[str]:
        body: Body = {
            "query": {"bool": {"filter": [self._question().bodies.body(query)]}}, "sort": _SORTS[Sort.TITLE][1:],
            "_source": False, "docvalue_fields": ["id"], "track_total_hits": False,
        }  # fmt: skip
        for page in self._reader.pages(body):
            yield from (name for name, _ in _hits(page))

    def _verify(self, leaf: q.TextLeaf, body: Body) -> Sequence[str]:
        """Return the ids of those documents of a search that a leaf matches; see `query_body.VerifyPhrase`."""
        asked: Body = {
            "query": body, "size": MAX_VERIFIED, "track_total_hits": True, "_source": False, "docvalue_fields": ["id"],
        }  # fmt: skip
        answer = self._reader.search(asked)
        if int(answer["hits"]["total"]["value"]) > MAX_VERIFIED:
            raise UsageError("engine.phrase-limit", phrase=leaf.text if hasattr(leaf, "text") else leaf.pattern)
        found = self._scratch.documents(name for name, _ in _hits(answer["hits"]["hits"]))
        matching = set(evaluate(leaf, found.within(self._expansions(leaf))).ids.tolist())
        return [name for name, number in found.numbers.items() if number in matching]


def _hits(hits: Sequence[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """Return the ids and scores of hits."""
    return [(str(hit["fields"]["id"][0]), float(hit.get("_score") or 0.0)) for hit in hits]


def open_engine(folder: Path, settings: Settings) -> OpenSearchEngine:
    """Open the engine of the archive in ``folder``.

    Raises:
        EngineError: nobody confirmed the address on this machine, or the cluster does not answer.
        IndexStateError: there is no index of this name, or it is of another version.
    """
    client = open_client(folder, settings)
    try:
        generations = Generations(client)
        manifest = generations.read_manifest().manifest
        reader = ClusterReader(client, generations.name(manifest.generation))
        return OpenSearchEngine(folder, reader, manifest, generations)
    except BaseException:
        client.close()
        raise
