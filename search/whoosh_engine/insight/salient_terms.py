"""The words that tell most of a text: frequent in it and rare elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from search.query_analysis import rank_salient_terms
from search.whoosh_engine.arrays.snapshot import Snapshot


def telling_words(
    snapshot: Snapshot, weights: Mapping[str, float], language: str, limit: int
) -> tuple[tuple[str, float], ...]:
    """Folded words with weight times idf, best first; a word that stands in one document only leads nowhere."""

    def frequency(stem: str) -> int:
        return len(snapshot.postings("stem", stem).ids)

    return rank_salient_terms(weights, language, limit, frequency, snapshot.documents)
