"""The Whoosh index behind the engine's door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path

import numpy as np

from corpus.fields import FACETS
from search.engine import Found, Plan
from search.request import Sort
from search.whoosh_engine.columns import Mask
from search.whoosh_engine.evaluate import evaluate
from search.whoosh_engine.matched import Matched, Reading
from search.whoosh_engine.postings import Floats, Longs, reading
from search.whoosh_engine.ranking import first_ranked, sort_keys
from search.whoosh_engine.refine import CANDIDATES, bonus
from search.whoosh_engine.snapshot import Snapshot, open_snapshot

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
        matched = evaluate(plan.query, asked)
        narrowed = {name: evaluate(part, asked).mask for name, part in plan.selections.items()}
        mask = _narrow(matched.mask & self._snapshot.live, narrowed, without="")
        return Found(
            total=int(np.count_nonzero(mask)),
            hits=self._hits(mask, matched, plan),
            facets={facet: self._count(facet, matched, narrowed) for facet in plan.facets},
            notices=tuple(asked.notices.values()),
        )

    def close(self) -> None:
        """Let go of the files."""
        self._snapshot.close()

    def _hits(self, mask: Mask, matched: Matched, plan: Plan) -> tuple[tuple[str, float], ...]:
        if plan.limit <= 0:
            return ()
        found = np.flatnonzero(mask)
        if plan.sort is Sort.RELEVANCE and matched.scores is not None:
            matched = replace(matched, scores=self._refined(found, matched.scores, plan))
        keys = sort_keys(found, matched, plan.sort, self._snapshot)
        stretch = first_ranked(found, keys, self._snapshot, plan.offset + plan.limit)[plan.offset :]
        with reading("a document's id"):
            ids = [name.decode() for name in self._snapshot.strings("id")[stretch].tolist()]
        if plan.sort is not Sort.RELEVANCE or matched.scores is None:
            return tuple((name, 0.0) for name in ids)
        return tuple(zip(ids, matched.scores[stretch].tolist(), strict=True))

    def _refined(self, found: Longs, scores: Floats, plan: Plan) -> Floats:
        best = np.sort(first_ranked(found, scores[found], self._snapshot, CANDIDATES))
        refined = scores.copy()
        refined[best] += bonus(plan.query, self._snapshot, best)
        return refined

    def _count(self, facet: str, matched: Matched, narrowed: Mapping[str, Mask]) -> dict[str, int]:
        """Counts over everything that matches but for the facet's own selection."""
        field = _FIELD_OF_FACET[facet]
        mask = _narrow(matched.mask & self._snapshot.live, narrowed, without=field)
        if facet == "year":
            return self._snapshot.dates().count_years(mask)
        return self._snapshot.keywords(field).count(mask)


def open_engine(directory: Path) -> WhooshEngine:
    """Open the engine over the Whoosh index in ``directory``.

    Raises:
        IndexStateError: there is no index there, or it cannot be opened, or it was not made by this program.
    """
    return WhooshEngine(open_snapshot(directory))


def _narrow(mask: Mask, narrowed: Mapping[str, Mask], *, without: str) -> Mask:
    return reduce(np.logical_and, (part for name, part in narrowed.items() if name != without), mask)
