"""The engine that searches a Whoosh index through arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.deferred import Deferred
from corpus.document import ChangeNumber
from corpus.fields import BY_FACET, YEAR_FACET
from corpus.paths import FileIdentity, file_identity
from corpus.settings import Settings
from indexer.index.codec.array_file import Floats, damage_reported
from indexer.index.manifest import FILE_NAME, index_path
from search.engine import HitCoverage, SearchMatches, SearchPlan
from search.match_positions import QueryPositions, TextLanguages
from search.query import Query
from search.ranking.bonus import CANDIDATES
from search.request import Sort
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.insight.completion import complete_word, nearest_spelling
from search.whoosh_engine.insight.divided_spelling import is_spelled_joined
from search.whoosh_engine.insight.document_positions import document_positions
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.ranking.rerank import bonus
from search.whoosh_engine.ranking.top_hits import best, first_ranked, sort_keys

if TYPE_CHECKING:
    from search.concordance.token_index import TokenIndex
    from search.whoosh_engine.insight.array_tokens import array_token_index
    from search.whoosh_engine.insight.explain import explain_document
    from search.whoosh_engine.insight.salient_terms import rank_words
    from search.whoosh_engine.matching.matching_documents import matching_documents
else:
    array_token_index = Deferred("search.whoosh_engine.insight.array_tokens:array_token_index")
    explain_document = Deferred("search.whoosh_engine.insight.explain:explain_document")
    rank_words = Deferred("search.whoosh_engine.insight.salient_terms:rank_words")
    matching_documents = Deferred("search.whoosh_engine.matching.matching_documents:matching_documents")


MAX_KEPT_COUNTS = 4096
"""Queries whose number of documents is kept: with every letter that is typed, most suggestions are those of before.
As many divided words whose spelling was decided are kept."""


class WhooshEngine:
    """Answers plans over one snapshot of a Whoosh index; see `search.engine.Engine`.

    Attributes:
        change: number of the last catalogue change that the index contains.
        origin: fingerprint of that change's event in the catalogue that the index was made from.
        is_spelled_joined: see `search.engine.Engine`; what was decided is kept.
    """

    def __init__(self, snapshot: Snapshot, manifest_path: Path, manifest_file: FileIdentity | None) -> None:
        self._snapshot = snapshot
        self.change, self.origin = ChangeNumber(snapshot.change), snapshot.origin
        self._manifest_path, self._manifest_file = manifest_path, manifest_file
        self._counts: dict[Query, int] = {}
        self.is_spelled_joined: Callable[[str, str], bool] = lru_cache(MAX_KEPT_COUNTS)(
            partial(is_spelled_joined, snapshot)
        )

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Return the page, the exact total and the facet counts of ``plan``.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        context = QueryContext(self._snapshot)
        matches, filters = _match(plan, context)
        filtered = _apply(filters.values(), matches)
        hits, coverages = self._hits(filtered, plan, context)
        return SearchMatches(
            total=len(filtered.ids),
            hits=hits,
            facets={facet: _count(self._snapshot, facet, matches, filters, filtered) for facet in plan.facets},
            notices=tuple(context.notices.values()),
            coverages=coverages,
            evaluation=context,
        )

    def counter(self) -> Callable[[Query], int]:
        """Return a function that counts the documents which a query matches; see `search.engine.Engine`."""
        context, live = QueryContext(self._snapshot), self._snapshot.live

        def count(query: Query) -> int:
            documents = self._counts.get(query)
            if documents is None:
                ids = matching_documents(query, context)
                documents = int(np.count_nonzero(live[ids])) if self._snapshot.deleted else len(ids)
                if len(self._counts) >= MAX_KEPT_COUNTS:
                    self._counts.clear()
                self._counts[query] = documents
            return documents

        return count

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Rank folded words by weight × idf, best first; see `search.engine.Engine`."""
        return rank_words(self._snapshot, weights, language, limit)

    def complete_word(
        self, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
    ) -> tuple[tuple[str, int], ...]:
        """Return words that begin with ``prefix``; see `search.engine.Engine`."""
        return complete_word(self._snapshot, prefix, limit, field, before)

    def nearest_spelling(self, word: str) -> str:
        """Return the likeliest correction of a word that does not occur; see `search.engine.Engine`."""
        return nearest_spelling(self._snapshot, word)

    def match_positions(
        self, query: Query, languages: Mapping[str, TextLanguages], matches: SearchMatches | None = None
    ) -> QueryPositions:
        """Return where the leaves of ``query`` match in documents; see `search.engine.Engine`.

        Raises:
            IndexStateError: the index is damaged.
        """
        kept = matches.evaluation if matches else None
        context = kept if isinstance(kept, QueryContext) else QueryContext(self._snapshot)
        numbers = {document_id: _number_of(context, document_id) for document_id in languages}
        present = {document_id: number for document_id, number in numbers.items() if number is not None}
        positions = document_positions(query, context, present, languages)
        return QueryPositions(positions, tuple(context.notices.values()))

    def token_index(self, main_texts: Mapping[str, int]) -> TokenIndex:
        """Return the counts of tokens in main texts; see `search.engine.Engine`."""
        return array_token_index(self._snapshot, main_texts)

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        """Explain the score of a document under ``plan``; see `search.engine.Engine`.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        context, number = QueryContext(self._snapshot), _live_number(self._snapshot, document_id)
        matches, filters = _match(plan, context)
        filtered = _apply(filters.values(), matches)
        if number is None or not filtered.contains(np.array([number]))[0]:
            return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
        plain = _without_deleted(evaluate(plan.query, context), self._snapshot)
        feedback = float(_feedback(plan, plain, context)[plain.ids == number].sum())
        gained = None
        if filtered.scores is not None:
            candidates = filtered.ids[best(filtered.ids, filtered.scores, self._snapshot, CANDIDATES)]
            gained = bonus(plan.query, context, candidates[candidates == number])
        return explain_document(plan.query, context, (document_id, number), feedback, gained)

    def is_current(self) -> bool:
        """Return whether no commit has replaced the manifest; see `search.engine.Engine`."""
        return file_identity(self._manifest_path) == self._manifest_file

    def close(self) -> None:
        """Close the index's files."""
        self._snapshot.close()

    def _hits(
        self, matches: MatchSet, plan: SearchPlan, context: QueryContext
    ) -> tuple[tuple[tuple[str, float], ...], tuple[HitCoverage, ...]]:
        """Return the ids and scores of the page, and how much of the query its reranked hits contain."""
        if plan.limit <= 0:
            return (), ()
        numbers, keys, count = matches.ids, sort_keys(matches, plan.sort, self._snapshot), plan.offset + plan.limit
        is_scored = plan.sort is Sort.RELEVANCE and matches.scores is not None
        if is_scored:
            # A bonus is never negative, so the candidates stay before all other documents.
            first = best(numbers, keys, self._snapshot, max(count, CANDIDATES))
            numbers, keys = numbers[first], keys[first]
            candidates = best(numbers, keys, self._snapshot, CANDIDATES)
            gained = bonus(plan.query, context, numbers[candidates])
            keys[candidates] += gained.total
        page = first_ranked(numbers, keys, self._snapshot, count)[plan.offset :]
        with damage_reported("a document's id"):
            ids = [document_id.decode() for document_id in self._snapshot.strings("id")[numbers[page]].tolist()]
        context.hit_numbers.update(zip(ids, numbers[page].tolist(), strict=True))
        scores = keys[page].tolist() if is_scored else [0.0] * len(ids)
        coverages: tuple[HitCoverage, ...] = ()
        if is_scored and not plan.offset:
            reranked = page[: len(candidates)]
            places = candidates.searchsorted(reranked)
            lengths = self._snapshot.lengths("text")[numbers[reranked]].astype(np.int64)
            measured = (gained.coverage[places], gained.closeness[places], lengths)
            coverages = tuple(map(HitCoverage, *(values.tolist() for values in measured)))
        return tuple(zip(ids, scores, strict=True)), coverages


def open_engine(folder: Path, settings: Settings) -> WhooshEngine:
    """Open the engine of the archive in ``folder``; it needs none of the settings.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    del settings
    return open_index(index_path(folder))


def open_index(directory: Path) -> WhooshEngine:
    """Open the engine over the index in ``directory``.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    manifest_path = directory / FILE_NAME
    manifest_file = file_identity(manifest_path)  # first, so that a commit during opening is seen later
    return WhooshEngine(open_snapshot(directory), manifest_path, manifest_file)


def _match(plan: SearchPlan, context: QueryContext) -> tuple[MatchSet, dict[str, Mask]]:
    """Return the documents that the query matches, with feedback in their scores, and the mask of each filter."""
    matches = _without_deleted(evaluate(plan.query, context), context.snapshot)
    if matches.scores is not None and plan.boost_limit > 0:
        scores = matches.scores + _feedback(plan, matches, context)
        matches = MatchSet(matches.documents, ids=matches.ids, scores=scores)
    return matches, {name: evaluate(part, context).mask for name, part in plan.filters.items()}


def _count(
    snapshot: Snapshot, facet: str, matches: MatchSet, filters: Mapping[str, Mask], filtered: MatchSet
) -> dict[str, int]:
    """Count documents by the values of a facet; the facet's own filter is ignored."""
    field = BY_FACET[facet].name
    if field in filters:
        filtered = _apply((mask for name, mask in filters.items() if name != field), matches)
    if facet == YEAR_FACET:
        return snapshot.dates().count_years(filtered.ids)
    return snapshot.keywords(field).count(filtered.ids)


def _number_of(context: QueryContext, document_id: str) -> int | None:
    """Return the number of a hit or of another document that is not deleted."""
    number = context.hit_numbers.get(document_id)
    return _live_number(context.snapshot, document_id) if number is None else number


def _live_number(snapshot: Snapshot, document_id: str) -> int | None:
    """Return the number of a document that is not deleted, by the posting list of its id."""
    terms = snapshot.field("id")
    numbers = terms.postings(terms.find(document_id)).ids.tolist()
    return next((number for number in numbers if snapshot.live[number]), None)


def _without_deleted(matches: MatchSet, snapshot: Snapshot) -> MatchSet:
    return matches.within(snapshot.live) if snapshot.deleted else matches


def _feedback(plan: SearchPlan, matches: MatchSet, context: QueryContext) -> Floats:
    """Return what ``plan.boost_query`` adds to the score of each matching document."""
    if plan.boost_limit <= 0 or matches.scores is None:
        return np.zeros(len(matches.ids))
    boosted = evaluate(plan.boost_query, context)
    gains = np.zeros(matches.documents)
    gains[boosted.ids] = boosted.scores_of(boosted.ids)
    gains = gains[matches.ids]
    largest = float(gains.max(initial=0.0)) or 1.0
    return plan.boost_limit * float(matches.scores.max(initial=0.0)) / largest * gains


def _apply(filters: Iterable[Mask], matches: MatchSet) -> MatchSet:
    """Return the matching documents that every filter lets through."""
    return reduce(MatchSet.within, filters, matches)
