"""The words that tell most of a text: frequent in it and rare elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.text import analysis
from indexer.text.stop_words import is_function_word
from search.bm25f import inverse_frequency
from search.whoosh_engine.arrays.snapshot import Snapshot

LOOKED_UP = 150
"""Stems whose documents are counted; of more, those that weigh most."""


def telling_words(
    snapshot: Snapshot, weights: Mapping[str, float], language: str, limit: int
) -> tuple[tuple[str, float], ...]:
    """Folded words with weight times idf, best first; a word that stands in one document only leads nowhere."""
    tag = analysis.tag(language)
    summed: dict[str, float] = {}
    spelling: dict[str, str] = {}
    for word, weight in weights.items():
        if is_function_word(word, language) or (word.isascii() and len(word) < 2):
            continue
        stem = analysis.stem(word, tag)
        summed[stem] = summed.get(stem, 0.0) + weight
        if weight > weights.get(spelling.get(stem, ""), 0.0):
            spelling[stem] = word
    found = []
    for stem in sorted(summed, key=lambda stem: (-summed[stem], stem))[:LOOKED_UP]:
        holding = len(snapshot.postings("stem", stem).ids)
        if holding > 1:
            found.append((spelling[stem], summed[stem] * inverse_frequency(holding, snapshot.documents)))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit])
