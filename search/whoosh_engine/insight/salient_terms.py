"""Rank words by how salient they are in a text: frequent in it and rare elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from search.query_analysis import rank_salient_terms
from search.whoosh_engine.arrays.snapshot import Snapshot


def rank_words(
    snapshot: Snapshot, weights: Mapping[str, float], language: str, limit: int
) -> tuple[tuple[str, float], ...]:
    """Rank folded words by weight × idf, best first; a word of a single document is left out."""
    stems = snapshot.field("stem")

    def frequency(stem: str) -> int:
        return sum(map(sum, stems.document_counts(stems.find(stem))))

    return rank_salient_terms(weights, language, limit, frequency, snapshot.documents)
