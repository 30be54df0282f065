"""The Whoosh index behind the engine's door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path

import numpy as np

from corpus.fields import BY_FACET, YEAR_FACET
from corpus.paths import FileIdentity, file_identity
from corpus.settings import Settings
from indexer.index.codec.array_file import Floats, damage_reported
from indexer.index.manifest import FILE_NAME, index_path
from search.engine import SearchMatches, SearchPlan
from search.query import Query
from search.request import Sort
from search.results import Explanation, ExplanationKind
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.insight.completion import nearest_word, words_beginning
from search.whoosh_engine.insight.explain import evidence
from search.whoosh_engine.insight.passage_pages import best_pages
from search.whoosh_engine.insight.salient_terms import telling_words
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext
from search.whoosh_engine.ranking.rerank import CANDIDATES, bonus
from search.whoosh_engine.ranking.top_hits import best, first_ranked, sort_keys


class WhooshEngine:
    """Answers plans over one snapshot of a Whoosh index; see `search.engine.Engine`."""

    def __init__(self, snapshot: Snapshot, manifest_path: Path, manifest_file: FileIdentity | None) -> None:
        self._snapshot = snapshot
        self._manifest_path, self._manifest_file = manifest_path, manifest_file

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Find what ``plan`` asks for.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        asked = QueryContext(self._snapshot)
        matched, narrowed = self._matching(plan, asked)
        found = _left(matched, narrowed.values())
        return SearchMatches(
            total=len(found.ids),
            hits=self._hits(found, plan),
            facets={facet: self._count(facet, matched, narrowed, found) for facet in plan.facets},
            notices=tuple(asked.notices.values()),
        )

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Of folded words with their weights, those that tell most; see `search.engine.Engine`."""
        return telling_words(self._snapshot, weights, language, limit)

    def complete_word(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Words that begin with ``prefix``; see `search.engine.Engine`."""
        return words_beginning(self._snapshot, prefix, limit)

    def nearest_spelling(self, word: str) -> str:
        """The likeliest spelling of a word that stands nowhere; see `search.engine.Engine`."""
        return nearest_word(self._snapshot, word)

    def passage_texts(self, query: Query, ids: Sequence[str], limit: int) -> Mapping[str, tuple[int, ...]]:
        """Which texts of documents to read for passages; see `search.engine.Engine`."""
        names = self._snapshot.strings("id")
        found = {name: np.flatnonzero((names == name.encode()) & self._snapshot.live) for name in ids}
        wanted = {name: int(at[0]) for name, at in found.items() if len(at)}
        return best_pages(query, QueryContext(self._snapshot), wanted, limit) if wanted else {}

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        """Why a document has the score that ``plan`` gives it.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        asked, at = QueryContext(self._snapshot), np.flatnonzero(self._snapshot.strings("id") == document_id.encode())
        matched, narrowed = self._matching(plan, asked)
        found = _left(matched, narrowed.values())
        held = np.intersect1d(at, found.ids)
        if not len(held):
            return Explanation(ExplanationKind.DOCUMENT, document_id, matches=False)
        parts = tuple(evidence(plan.query, asked, int(held[0])))
        plain = _live(evaluate(plan.query, asked), self._snapshot)
        bonuses = {"feedback": float(_feedback(plan, plain, asked)[plain.ids == held[0]].sum())}
        if found.scores is not None:
            looked_at = found.ids[best(found.ids, found.scores, self._snapshot, CANDIDATES)]
            gained = bonus(plan.query, self._snapshot, np.intersect1d(looked_at, held))
            for name, gain in (("exact", gained.exact), ("proximity", gained.neighbours), ("passage", gained.passage)):
                bonuses[name] = float(gain.sum())
        added = tuple(Explanation(ExplanationKind.BONUS, name, value) for name, value in bonuses.items())
        score = sum(part.value for part in parts) + sum(bonuses.values())
        return Explanation(ExplanationKind.DOCUMENT, document_id, score, children=(*parts, *added))

    def is_current(self) -> bool:
        """Return whether no commit has replaced the manifest; see `search.engine.Engine`."""
        return file_identity(self._manifest_path) == self._manifest_file

    def close(self) -> None:
        """Let go of the files."""
        self._snapshot.close()

    def _hits(self, found: MatchSet, plan: SearchPlan) -> tuple[tuple[str, float], ...]:
        if plan.limit <= 0:
            return ()
        numbers, keys, count = found.ids, sort_keys(found, plan.sort, self._snapshot), plan.offset + plan.limit
        scored = plan.sort is Sort.RELEVANCE and found.scores is not None
        if scored:
            # A bonus takes nothing away, so those looked at closely stay before all others.
            first = best(numbers, keys, self._snapshot, max(count, CANDIDATES))
            numbers, keys = numbers[first], keys[first]
            looked_at = best(numbers, keys, self._snapshot, CANDIDATES)
            keys[looked_at] += bonus(plan.query, self._snapshot, numbers[looked_at]).total
        stretch = first_ranked(numbers, keys, self._snapshot, count)[plan.offset :]
        with damage_reported("a document's id"):
            ids = [name.decode() for name in self._snapshot.strings("id")[numbers[stretch]].tolist()]
        scores = keys[stretch].tolist() if scored else [0.0] * len(ids)
        return tuple(zip(ids, scores, strict=True))

    def _matching(self, plan: SearchPlan, asked: QueryContext) -> tuple[MatchSet, dict[str, Mask]]:
        """What the query matches, and what each selection leaves."""
        matched = _live(evaluate(plan.query, asked), self._snapshot)
        if matched.scores is not None and plan.boost_limit > 0:
            scores = matched.scores + _feedback(plan, matched, asked)
            matched = MatchSet(matched.documents, ids=matched.ids, scores=scores)
        return matched, {name: evaluate(part, asked).mask for name, part in plan.filters.items()}

    def _count(self, facet: str, matched: MatchSet, narrowed: Mapping[str, Mask], found: MatchSet) -> dict[str, int]:
        """Counts over everything that matches but for the facet's own selection."""
        field = BY_FACET[facet].name
        if field in narrowed:
            found = _left(matched, (mask for name, mask in narrowed.items() if name != field))
        if facet == YEAR_FACET:
            return self._snapshot.dates().count_years(found.ids)
        return self._snapshot.keywords(field).count(found.ids)


def open_engine(folder: Path, settings: Settings) -> WhooshEngine:
    """Open the engine of the archive in ``folder``, whose settings Whoosh needs none of.

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


def _live(matched: MatchSet, snapshot: Snapshot) -> MatchSet:
    """Those of the documents that are not deleted."""
    return matched.within(snapshot.live) if snapshot.deleted else matched


def _feedback(plan: SearchPlan, matched: MatchSet, asked: QueryContext) -> Floats:
    """What ``plan.boost_query`` adds to the score of each document that matches."""
    if plan.boost_limit <= 0 or matched.scores is None:
        return np.zeros(len(matched.ids))
    also = evaluate(plan.boost_query, asked)
    more = np.zeros(matched.documents)
    more[also.ids] = also.scores_of(also.ids)
    more = more[matched.ids]
    most = float(more.max(initial=0.0)) or 1.0
    return plan.boost_limit * float(matched.scores.max(initial=0.0)) / most * more


def _left(matched: MatchSet, narrowed: Iterable[Mask]) -> MatchSet:
    """The documents that match and are left by selections."""
    return reduce(MatchSet.within, narrowed, matched)
