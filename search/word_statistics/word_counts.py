"""The counts of words that an index returns, from which statistics are computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from search.match_positions import Longs

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The words of the main texts of several sets of documents.

    Attributes:
        words: the folded words, ascending.
        hits: a row for each set: how often each word occurs in it.
        documents: a row for each set: in how many of its documents each word occurs.
        deviations: how unevenly each word is spread over the documents of the first set
            (`search.word_statistics.formulas.deviation_of_proportions`); empty unless it was asked for.
    """

    words: Sequence[str]
    hits: Longs
    documents: Longs
    deviations: Floats


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows beside occurrences, an entry for each, by document and position; no two occurrences overlap.

    Attributes:
        documents: the number of its document in the index.
        first, last: its first and last token, counted from 0 through the texts of the document.
        left: the first token of the window before it; ``first`` where that is empty.
        right: the last token of the window behind it; ``last`` where that is empty.
    """

    documents: Longs
    first: Longs
    last: Longs
    left: Longs
    right: Longs

    def between(self, low: int, high: int) -> Windows:
        """Return the entries from ``low`` up to ``high``."""
        columns = (self.documents, self.first, self.last, self.left, self.right)
        return Windows(*(column[low:high] for column in columns))


@dataclass(frozen=True, slots=True)
class NeighbourCounts:
    """The words in windows.

    Attributes:
        words: the folded words, ascending.
        left: how often each occurs in a window before an occurrence; once for each window.
        right: how often in one behind.
        documents: in how many documents it does either.
    """

    words: Sequence[str]
    left: Longs
    right: Longs
    documents: Longs


class WordIndex(Protocol):
    """Counts all words of the main texts of documents, which are numbered through the index.

    Any thread may call it, several at once. Every method raises `IndexStateError` where the index is damaged, and
    `SlowAnswerError` where the answer is late.
    """

    def count_words(self, sets: Sequence[Longs], min_hits: int, *, with_deviations: bool = False) -> WordCounts:
        """Count the words of sets of documents.

        Args:
            sets: the documents of each, ascending; one in two sets counts in both.
            min_hits: fewest hits of a word in all sets together.
            with_deviations: whether the spread over the documents of the first set is wanted.
        """
        ...

    def hits_of_words(self, words: Sequence[str], sets: Sequence[Longs]) -> Longs:
        """Return a row for each set of documents: how often each of some folded words occurs in it."""
        ...

    def count_neighbours(self, windows: Windows) -> NeighbourCounts:
        """Count the words in windows of at most `MAX_WINDOW` tokens."""
        ...


MAX_WINDOW = 50
"""Widest window on each side of an occurrence. Windows that contain a token are counted in a byte."""
