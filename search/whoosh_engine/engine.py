"""The Whoosh index behind the engine's door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

import numpy as np

from corpus.fields import FACETS
from search.engine import Found, Plan
from search.query import Query
from search.request import Sort
from search.results import Explanation
from search.whoosh_engine.columns import Mask
from search.whoosh_engine.evaluate import evaluate
from search.whoosh_engine.explain import evidence
from search.whoosh_engine.matched import Matched, Reading
from search.whoosh_engine.pages import best_pages
from search.whoosh_engine.postings import Floats, Longs, reading
from search.whoosh_engine.ranking import Keys, best, first_ranked, sort_keys
from search.whoosh_engine.refine import CANDIDATES, bonus
from search.whoosh_engine.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.telling import telling_words
from search.whoosh_engine.vocabulary import nearest_word, words_beginning

_FIELD_OF_FACET = {field.facet: field.name for field in FACETS}


class WhooshEngine:
    """Answers plans over one snapshot of a Whoosh index; see `search.engine.Engine`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def find(self, plan: Plan) -> Found:
        """Find what ``plan`` asks for.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        asked = Reading(self._snapshot)
        matched, narrowed, found = self._matching(plan, asked)
        return Found(
            total=len(found),
            hits=self._hits(found, matched, plan),
            facets={facet: self._count(facet, matched, narrowed, found) for facet in plan.facets},
            notices=tuple(asked.notices.values()),
        )

    def telling(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Of folded words with their weights, those that tell most; see `search.engine.Engine`."""
        return telling_words(self._snapshot, weights, language, limit)

    def words(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Words that begin with ``prefix``; see `search.engine.Engine`."""
        return words_beginning(self._snapshot, prefix, limit)

    def nearest(self, word: str) -> str:
        """The likeliest spelling of a word that stands nowhere; see `search.engine.Engine`."""
        return nearest_word(self._snapshot, word)

    def pages(self, query: Query, ids: Sequence[str], limit: int) -> Mapping[str, tuple[int, ...]]:
        """Which texts of documents to read for passages; see `search.engine.Engine`."""
        names = self._snapshot.strings("id")
        found = {name: np.flatnonzero((names == name.encode()) & self._snapshot.live) for name in ids}
        wanted = {name: int(at[0]) for name, at in found.items() if len(at)}
        return best_pages(query, Reading(self._snapshot), wanted, limit) if wanted else {}

    def explain(self, plan: Plan, id: str) -> Explanation:  # noqa: A002 (the name every hit uses)
        """Why a document has the score that ``plan`` gives it.

        Raises:
            IndexStateError: a part of the index is damaged.
        """
        asked, at = Reading(self._snapshot), np.flatnonzero(self._snapshot.strings("id") == id.encode())
        matched, _, found = self._matching(plan, asked)
        held = np.intersect1d(at, found)
        if not len(held):
            return Explanation(id, matches=False)
        parts = tuple(evidence(plan.query, asked, int(held[0])))
        plain = evaluate(plan.query, asked)
        bonuses = {"feedback": float(self._more(plan, plain, asked)[held[0]]) if plan.share > 0 else 0.0}
        if matched.scores is not None:
            looked_at = found[_candidates(self._snapshot, found, matched.scores[found])]
            gained = bonus(plan.query, self._snapshot, np.intersect1d(looked_at, held))
            for name, gain in (("exact", gained.exact), ("neighbours", gained.neighbours), ("passage", gained.passage)):
                bonuses[name] = float(gain.sum())
        score = sum(part.score for part in parts) + sum(bonuses.values())
        return Explanation(id, matches=True, score=score, parts=parts, bonuses=bonuses)

    def _more(self, plan: Plan, matched: Matched, asked: Reading) -> Floats:
        """What ``plan.also`` adds to the scores of the documents that match."""
        more = evaluate(plan.also, asked).scores
        mask = matched.mask & self._snapshot.live
        if matched.scores is None or more is None or not (best := float(more.max(where=mask, initial=0.0))):
            return np.zeros(self._snapshot.documents)
        most = float(matched.scores.max(where=mask, initial=0.0))
        return plan.share * most / best * more * matched.mask

    def close(self) -> None:
        """Let go of the files."""
        self._snapshot.close()

    def _hits(self, found: Longs, matched: Matched, plan: Plan) -> tuple[tuple[str, float], ...]:
        if plan.limit <= 0:
            return ()
        scored = plan.sort is Sort.RELEVANCE and matched.scores is not None
        keys = sort_keys(found, matched, plan.sort, self._snapshot)
        if scored:
            looked_at = _candidates(self._snapshot, found, keys)
            keys[looked_at] += bonus(plan.query, self._snapshot, found[looked_at]).total
        stretch = first_ranked(found, keys, self._snapshot, plan.offset + plan.limit)[plan.offset :]
        with reading("a document's id"):
            ids = [name.decode() for name in self._snapshot.strings("id")[found[stretch]].tolist()]
        scores = keys[stretch].tolist() if scored else [0.0] * len(ids)
        return tuple(zip(ids, scores, strict=True))

    def _matching(self, plan: Plan, asked: Reading) -> tuple[Matched, dict[str, Mask], Longs]:
        """What the query matches, what each selection leaves, and the documents that are left by all."""
        matched = evaluate(plan.query, asked)
        if matched.scores is not None and plan.share > 0:
            matched = replace(matched, scores=matched.scores + self._more(plan, matched, asked))
        narrowed = {name: evaluate(part, asked).mask for name, part in plan.selections.items()}
        return matched, narrowed, _left(self._snapshot, matched, narrowed, without="")

    def _count(self, facet: str, matched: Matched, narrowed: Mapping[str, Mask], found: Longs) -> dict[str, int]:
        """Counts over everything that matches but for the facet's own selection."""
        field = _FIELD_OF_FACET[facet]
        counted = _left(self._snapshot, matched, narrowed, without=field) if field in narrowed else found
        if facet == "year":
            return self._snapshot.dates().count_years(counted)
        return self._snapshot.keywords(field).count(counted)


def open_engine(directory: Path) -> WhooshEngine:
    """Open the engine over the Whoosh index in ``directory``.

    Raises:
        IndexStateError: there is no index there, or it cannot be opened, or it was not made by this program.
    """
    return WhooshEngine(open_snapshot(directory))


def _left(snapshot: Snapshot, matched: Matched, narrowed: Mapping[str, Mask], *, without: str) -> Longs:
    """The documents that match and are left by all selections but one."""
    parts = (part for name, part in narrowed.items() if name != without)
    return np.flatnonzero(reduce(np.logical_and, parts, matched.mask & snapshot.live))


def _candidates(snapshot: Snapshot, found: Longs, scores: Keys) -> Longs:
    """Where in ``found`` the documents stand that are looked at closely."""
    return np.sort(best(found, scores, snapshot, CANDIDATES))
