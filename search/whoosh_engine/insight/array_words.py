"""Count all words of documents in one snapshot of an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.index.codec.array_file import Longs
from search.whoosh_engine.arrays.snapshot import Snapshot, leading_tokens
from search.whoosh_engine.insight.counted_words import MainTexts, Masks, count_words, hits_of_words
from search.whoosh_engine.insight.neighbour_counts import count_neighbours
from search.word_statistics.word_counts import NeighbourCounts, Windows, WordCounts


class ArrayWordIndex:
    """Counts words in one snapshot; see `search.word_statistics.word_counts.WordIndex`."""

    def __init__(self, snapshot: Snapshot, main_tokens: Longs) -> None:
        self._texts = MainTexts(
            snapshot, main_tokens, main_tokens < leading_tokens(snapshot, np.full(snapshot.documents, -1))
        )

    def count_words(self, sets: Sequence[Longs], min_hits: int, *, with_deviations: bool = False) -> WordCounts:
        """Count the words of sets of documents; see `WordIndex`."""
        masks, shares = self._masks(sets), None
        if with_deviations:
            tokens = np.where(masks[0], self._texts.tokens, 0)
            shares = tokens / max(int(tokens.sum()), 1)
        return count_words(self._texts, masks, min_hits, shares)

    def hits_of_words(self, words: Sequence[str], sets: Sequence[Longs]) -> Longs:
        """Return how often words occur in sets of documents; see `WordIndex`."""
        return hits_of_words(self._texts, words, self._masks(sets))

    def count_neighbours(self, windows: Windows) -> NeighbourCounts:
        """Count the words in windows; see `WordIndex`."""
        return count_neighbours(self._texts, windows)

    def _masks(self, sets: Sequence[Longs]) -> Masks:
        masks = np.zeros((len(sets), len(self._texts.tokens)), bool)
        for row, documents in zip(masks, sets, strict=True):
            row[documents] = True
        return masks
