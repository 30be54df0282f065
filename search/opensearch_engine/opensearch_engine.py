"""The engine that searches an index on a cluster of OpenSearch.

The cluster says which documents match, how many, and with which values; it orders them by a coarse BM25. The best of
them are then scored on this machine from the catalogue's texts (`search.opensearch_engine.second_look`), as if all were
indexed here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import ChangeNumber
from corpus.engine_address import parse_engine_address
from corpus.errors import IndexStateError
from corpus.settings import Settings
from indexer.index.manifest import Manifest
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.cluster_manifest import ClusterManifest
from indexer.index.opensearch.generations import Generations
from search import query as q
from search.concordance.token_index import TokenIndex
from search.deadline import seconds_left
from search.engine import SearchMatches, SearchPlan
from search.match_positions import QueryPositions, TextLanguages
from search.opensearch_engine import cluster_words
from search.opensearch_engine.cluster_reader import Body, ClusterReader
from search.opensearch_engine.cluster_state import BY_ID, SORTS, ClusterState, read_hits
from search.opensearch_engine.cluster_tokens import ClusterTokenIndex
from search.opensearch_engine.document_table import TABLE_FIELDS, read_document_table
from search.opensearch_engine.document_texts import CatalogueTexts, ClusterTexts, DocumentTexts
from search.opensearch_engine.facet_requests import facet_aggregation, read_facet
from search.opensearch_engine.scratch_index import ScratchIndex
from search.opensearch_engine.second_look import explain_hit, hit_positions
from search.ranking.bonus import CANDIDATES
from search.request import Sort
from search.results import Explanation, ExplanationKind

MAX_WINDOW = 10_000
"""Hits that one request of the cluster reaches; those behind are read page by page."""
MAX_KEPT = 4096
_CHECKED_SECONDS = 1.0
"""For so long the cluster is not asked again whether its index has changed."""


class OpenSearchEngine:
    """Answers plans over one state of an index on a cluster; see `search.engine.Engine`.

    Every method raises EngineError where the cluster does not answer, or not in full.

    Attributes:
        change: number of the last catalogue change that the index contains.
        origin: fingerprint of that change's event.
        is_spelled_joined: see `search.engine.Engine`; what was decided is kept.
    """

    def __init__(
        self, texts: DocumentTexts, reader: ClusterReader, manifest: Manifest, generations: Generations
    ) -> None:
        self.change, self.origin = ChangeNumber(manifest.change), manifest.origin
        self._texts, self._reader, self._manifest, self._generations = texts, reader, manifest, generations
        self._state = ClusterState(reader, manifest, ScratchIndex(texts, manifest.change))
        self._counts: dict[q.Query, int] = {}
        self._checked, self._is_current = time.monotonic(), True
        self.is_spelled_joined: Callable[[str, str], bool] = lru_cache(MAX_KEPT)(
            partial(cluster_words.is_spelled_joined, reader)
        )

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Return the page, the exact total and the facet counts of ``plan``; see `search.engine.Engine`."""
        question = self._state.question()
        filters = {name: question.bodies.body(part) for name, part in plan.filters.items()}
        is_scored, last = plan.sort is Sort.RELEVANCE, plan.offset + plan.limit
        wanted = 0 if plan.limit <= 0 else max(last, CANDIDATES) if is_scored else last
        body: Body = {
            "query": question.bodies.body(plan.query), "size": min(wanted, MAX_WINDOW), "track_total_hits": True,
            "_source": False, "docvalue_fields": ["id"], "sort": SORTS[plan.sort],
            "aggs": {facet: facet_aggregation(facet, filters) for facet in plan.facets},
        }  # fmt: skip
        if filters:
            body["post_filter"] = {"bool": {"filter": list(filters.values())}}
        answer = self._reader.search(body, scored=is_scored and wanted > 0)
        found = read_hits(answer.tables("hits", "hits"))
        if wanted > MAX_WINDOW and len(found) == MAX_WINDOW:
            found = self._state.all_hits(body, wanted, scored=is_scored)
        hits, coverages = self._state.rank(plan, question, found) if is_scored else (found, ())
        shown = tuple((document_id, score if is_scored else 0.0) for document_id, score in hits[plan.offset : last])
        self._texts.require([document_id for document_id, _ in shown])
        return SearchMatches(
            total=answer.integer("hits", "total", "value"),
            hits=shown,
            facets={
                facet: read_facet(facet, answer.table("aggregations", facet), self._state.labels)
                for facet in plan.facets
            },
            notices=tuple(question.leaves.notices.values()),
            coverages=tuple(coverages[: plan.limit]) if not plan.offset else (),
        )

    def counter(self) -> Callable[[q.Query], int]:
        """Return a function that counts the documents which a query matches; see `search.engine.Engine`."""
        question = self._state.question()

        def count(query: q.Query) -> int:
            if query not in self._counts:
                if len(self._counts) >= MAX_KEPT:
                    self._counts.clear()
                self._counts[query] = self._reader.count(question.bodies.body(query))
            return self._counts[query]

        return count

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Rank folded words by weight × idf, best first; see `search.engine.Engine`."""
        return cluster_words.rank_words(self._reader, weights, language, limit, self._state.sizes.documents)

    def complete_word(
        self, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
    ) -> tuple[tuple[str, int], ...]:
        """Return words that begin with ``prefix``; see `search.engine.Engine`."""
        return cluster_words.complete_word(self._reader, self._state.scratch, prefix, limit, field, before)

    def nearest_spelling(self, word: str) -> str:
        """Return the likeliest correction of a word that does not occur; see `search.engine.Engine`."""
        return cluster_words.nearest_spelling(self._reader, word)

    def match_positions(
        self, query: q.Query, languages: Mapping[str, TextLanguages], matches: SearchMatches | None = None
    ) -> QueryPositions:
        """Return where the leaves of ``query`` match in documents; see `search.engine.Engine`."""
        del matches
        return hit_positions(query, languages, self._state.expansions(query), self._state.scratch)

    def token_index(self, main_texts: Mapping[str, int]) -> TokenIndex:
        """Return the counts of tokens in main texts; the index has counted them when it was written."""
        del main_texts
        everything: Body = {
            "query": {"match_all": {}}, "sort": BY_ID, "_source": False,
            "docvalue_fields": list(TABLE_FIELDS),
        }  # fmt: skip
        try:
            table = read_document_table(self._reader.pages(everything))
        except ValueError as error:
            self._reader.refuse(error)
        return ClusterTokenIndex(table, self._state.scratch, self._state.matching_ids, self._state.expansions)

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        """Explain the score of a document under ``plan``; see `search.engine.Engine`."""
        question = self._state.question()
        wanted = q.Value("id", (document_id,))
        parts = [question.bodies.body(part) for part in (plan.query, wanted, *plan.filters.values())]
        if not self._reader.count({"bool": {"filter": parts}}):
            return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
        filters = [question.bodies.body(part) for part in plan.filters.values()]
        body = {"query": {"bool": {"must": [question.bodies.body(plan.query)], "filter": filters}}, "size": CANDIDATES,
                "_source": False, "docvalue_fields": ["id"], "sort": SORTS[Sort.RELEVANCE]}  # fmt: skip
        best = [name for name, _ in read_hits(self._reader.search(body, scored=True).tables("hits", "hits"))]
        statistics = self._state.statistics(plan, question, with_matching=True)
        return explain_hit(plan, document_id, best, statistics, self._state.scratch)

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
        self._state.scratch.close()
        self._reader.close()


def open_engine(folder: Path, settings: Settings) -> OpenSearchEngine:
    """Open the engine of the archive in ``folder``.

    Raises:
        EngineError: nobody confirmed the address on this machine, or the cluster does not answer.
        IndexStateError: there is no index of this name, or it is of another version.
    """
    with _connected(folder, settings) as (reader, manifest, generations):
        return OpenSearchEngine(CatalogueTexts(folder), reader, manifest.manifest, generations)


def open_stored(folder: Path, settings: Settings) -> tuple[OpenSearchEngine, Catalogue, str]:
    """Open the engine for a folder without a catalogue, with one of the documents that the cluster stores.

    The catalogue has the documents of the hits that were found last. The archive's name there is returned too.

    Raises:
        EngineError: as `open_engine`.
        IndexStateError: as `open_engine`, or the cluster stores no documents.
    """
    with _connected(folder, settings) as (reader, manifest, generations):
        if not manifest.stores_documents:
            raise IndexStateError("engine.no-documents", address=parse_engine_address(settings.engine).text)
        texts = ClusterTexts(folder, reader)
        return OpenSearchEngine(texts, reader, manifest.manifest, generations), texts.catalogue, manifest.name


@contextmanager
def _connected(folder: Path, settings: Settings) -> Iterator[tuple[ClusterReader, ClusterManifest, Generations]]:
    """Lend what asks the index in use, and close it where something inside fails."""
    client = open_client(folder, settings, seconds_left)
    try:
        generations = Generations(client)
        manifest = generations.read_manifest()
        yield ClusterReader(client, generations.name(manifest.manifest.generation)), manifest, generations
    except BaseException:
        client.close()
        raise
