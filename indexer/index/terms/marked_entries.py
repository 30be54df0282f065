"""The words of a segment that lose marks when they are folded, with their marks, from running words to posting lists.

They are terms of a field of their own, at the positions of the folded words, so that a word can be asked for exactly as
it is written and counts more where it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.index.codec.array_file import Longs
from indexer.index.codec.segment_writer import Run
from indexer.index.terms.term_ids import MarkedTokens


@dataclass(slots=True)
class MarkedEntries:
    """The words with marks of one field.

    Attributes:
        places: the places of the words among the running words of the field, ascending.
        numbers: the number of each word, with its marks, in the vocabulary.
    """

    places: array[int] = field(default_factory=lambda: array("q"))
    numbers: array[int] = field(default_factory=lambda: array("i"))

    def add(self, tokens: MarkedTokens, before: int) -> None:
        """Add the words of further texts, before which there are a number of running words."""
        self.places.frombytes((tokens.places + before).data.cast("B"))
        self.numbers.frombytes(tokens.numbers.data.cast("B"))


def marked_run(marked: MarkedEntries, ends: Longs, forms: Sequence[str]) -> Run:
    """Return the posting lists of words with marks, with positions.

    Args:
        marked: the words.
        ends: for each document the number of running words in it and in those before it.
        forms: the words of the vocabulary.
    """
    distinct, of_terms = np.unique(np.frombuffer(marked.numbers, np.int32), return_inverse=True)
    terms = [forms[number].encode() for number in distinct.tolist()]
    order_of_terms = sorted(range(len(terms)), key=terms.__getitem__)
    ranks = np.empty(len(terms), np.int64)
    ranks[order_of_terms] = np.arange(len(terms))
    places, of_terms = np.frombuffer(marked.places, np.int64), ranks[of_terms]
    order = np.argsort(of_terms, kind="stable")
    places, of_terms = places[order], of_terms[order]
    documents = ends.searchsorted(places, "right")
    firsts = np.flatnonzero(np.append(True, (np.diff(of_terms) != 0) | (np.diff(documents) != 0)))
    counts = np.diff(firsts, append=len(places))
    starts = np.searchsorted(of_terms[firsts], np.arange(len(terms) + 1))
    begins = np.append(0, ends)
    return Run(
        [terms[place] for place in order_of_terms], starts, documents[firsts], counts,
        positions=places - begins[documents],
    )  # fmt: skip
