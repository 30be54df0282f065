"""The positions of a query's matches in the texts of one document, as engines and the analysis of a text give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]

_FIRST: Longs = np.zeros(1, np.int64)


@dataclass(frozen=True, slots=True)
class TextLanguages:
    """The languages that the texts of one document are stemmed in, as BCP 47 codes.

    Attributes:
        document: of every text without one of its own.
        texts: by position in `corpus.document.DocumentText.all_texts`, those of texts in another language.
    """

    document: str
    texts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeafMatches:
    """The matches of one leaf of a query: for each its first and last token; both ascending."""

    first: Longs
    last: Longs


@dataclass(frozen=True, slots=True)
class MatchPositions:
    """The matches of a query in one document.

    Tokens are counted from 0 through all texts of the document, in the order of
    `corpus.document.DocumentText.all_texts`.

    Attributes:
        ends: for each text the number of tokens in it and in those before it.
        leaves: the matches of each leaf that has any.
        anchors: for each text the first character of every n-th token (`indexer.index.index_layout.ANCHOR_TOKENS`);
            none where the texts have been analysed, which need no anchors.
    """

    ends: Longs
    leaves: Sequence[LeafMatches]
    anchors: Sequence[Longs] = ()

    def first_token(self, text: int) -> int:
        """Return the number of the first token of a text."""
        return int(self.ends[text - 1]) if text else 0


@dataclass(frozen=True, slots=True)
class QueryPositions:
    """The matches of a query in several documents.

    Attributes:
        documents: by document id. Texts of a document that is left out must be analysed for its passages.
        notices: sentences for the reader, such as that a wildcard matches more words than passages show.
    """

    documents: Mapping[str, MatchPositions] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def first_tokens_of_matches(positions: MatchPositions) -> Longs:
    """Return the first token of each match in order; of overlapping ones that of the first alone."""
    if not positions.leaves:
        return np.zeros(0, np.int64)
    starts, reached = positions.leaves[0].first, positions.leaves[0].last
    if len(positions.leaves) > 1:
        starts = np.concatenate([leaf.first for leaf in positions.leaves])
        last = np.concatenate([leaf.last for leaf in positions.leaves])
        order = starts.argsort(kind="stable")
        starts, reached = starts[order], np.maximum.accumulate(last[order])
    begins_anew = np.ones(len(starts), bool)
    begins_anew[1:] = starts[1:] > reached[:-1]
    merged: Longs = starts[begins_anew]
    return merged


def count_runs(ordered: Longs) -> tuple[Longs, Longs]:
    """Return the distinct numbers of an ordered array, and how often each occurs in it."""
    if not len(ordered):
        return ordered, ordered
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    edges = np.concatenate([_FIRST, changes, [len(ordered)]])
    return ordered.take(edges[:-1]), edges[1:] - edges[:-1]
