"""Where a word stands, document by document, and all of the closer look that is the same in every query.

It is made once of the posting lists and positions of a word and kept, so that a query only takes out the rows of the
documents it looks at (`search.whoosh_engine.ranking.rerank`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Floats, Longs
from indexer.index.codec.term_arrays import Postings
from search import bm25f
from search.bm25f import TITLE_WEIGHT, saturate
from search.whoosh_engine.arrays.proximity import count_runs, standing_in
from search.whoosh_engine.arrays.snapshot import PLACE_BITS, READ_WHOLE, Snapshot
from search.whoosh_engine.matching.index_fields import SURFACE, weigh
from search.whoosh_engine.ranking.query_terms import spellings

PASSAGE = 300
"""Tokens of a passage, about a page. One begins every half passage, so that each half is in two."""

Ints = npt.NDArray[np.int32]

IN_TITLE = 1 << 30
"""Added to a position in the title, so that it comes behind all in the text and is near none of them."""

_LOCAL = (1 << PLACE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the words stand that share a stem with one word, under all their spellings.

    The last row is of no document: its number is beyond all, and everything else in it is 0.

    Attributes:
        ids: the documents, ascending.
        rows: for each of them eight numbers: its own; BM25F's saturated tf of the word as typed, unstemmed; that of the
            title alone within a passage, which every passage has; the number behind its last passage; where its
            ``places`` begin, where its ``passages`` begin, how many places it has, and how many passages.
        places: positions, in each document ascending; see `IN_TITLE`.
        passages: in each document the numbers of those in which the words stand, ascending.
        gains: for each of them how much more it has than the title alone.
    """

    ids: Longs
    rows: Floats
    places: Ints
    passages: Ints
    gains: Floats

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(array.nbytes for array in (self.ids, self.rows, self.places, self.passages, self.gains))


def as_typed(snapshot: Snapshot, form: str, documents: Longs) -> Floats:
    """BM25F's saturated tf of the folded word ``form``, unstemmed, in each of ``documents``; no positions are read."""
    typed = _typed(snapshot, form)
    at = np.searchsorted(typed.ids, documents)
    found: Floats = typed.weights[at] * (typed.ids[at] == documents)
    return found


def whereabouts(snapshot: Snapshot, form: str, documents: Longs) -> Whereabouts:
    """Where the folded word ``form`` stands, and those that share a stem with it, in ``documents`` at least.

    The first time only these are read, which for a common word takes a fraction of the time: most words are asked for
    once. When others are asked for, so may be any.
    """
    if len(documents) * READ_WHOLE < len(_typed(snapshot, form).ids):
        found = snapshot.kept(("whereabouts of some", form), lambda: _find(snapshot, form, documents))
        if standing_in(documents, found.ids).all():
            return found
    return snapshot.kept(("whereabouts", form), lambda: _find(snapshot, form))


def _typed(snapshot: Snapshot, form: str) -> Postings:
    """The documents of a word as typed, and its saturated tf in them; the last is beyond all."""

    def make() -> Postings:
        found = weigh(snapshot, [(name, weight, snapshot.postings(name, form)) for name, weight in SURFACE[""]])
        return Postings(np.append(found.ids, snapshot.documents), np.append(saturate(found.weights), 0.0))

    return snapshot.kept(("typed", form), make)


def _find(snapshot: Snapshot, form: str, documents: Longs | None = None) -> Whereabouts:
    """Of some documents, which all get a row, or of all that have the words."""
    owners, places = _places(snapshot, form, documents)
    if documents is None:
        documents, _ = count_runs(np.sort(np.concatenate([owners, _typed(snapshot, form).ids[:-1]]), kind="stable"))
    ids = np.append(documents, snapshot.documents)
    rows, named = np.searchsorted(ids, owners), places >= IN_TITLE
    named_times = np.bincount(rows[named], minlength=len(ids))
    title: Floats = np.append(TITLE_WEIGHT / snapshot.norms("title")[ids[:-1]], 0.0) * named_times
    held, passages, counts = _passages(rows[~named], places[~named])
    norms = _passage_norms(snapshot)[ids[:-1]]
    table = np.zeros((len(ids), 8))
    table[:, 0] = ids
    table[:, 1] = as_typed(snapshot, form, ids)
    table[:, 2] = saturate(title)
    table[held, 3] = passages + 1  # of several, the last stays
    table[:, 4::2], table[:, 5::2] = _spans(rows, len(ids)), _spans(held, len(ids))
    gains = saturate(counts / norms[held] + title[held]) - table[held, 2]
    return Whereabouts(ids, table, places.astype(np.int32), passages.astype(np.int32), gains)


def _places(snapshot: Snapshot, form: str, documents: Longs | None) -> tuple[Longs, Longs]:
    """The document and the position of each, in order; of some documents, or of all."""
    text, title = (
        snapshot.places(field, *spellings(snapshot, field, form), among=documents) for field in ("text", "title")
    )
    places = np.sort(np.concatenate([text, title + IN_TITLE]), kind="stable")
    if documents is not None:
        places = places[standing_in(places >> PLACE_BITS, documents)]
    return places >> PLACE_BITS, places & _LOCAL


def _passages(rows: Longs, positions: Longs) -> tuple[Longs, Longs, Longs]:
    """The passages that have any of ``positions``, as row and number, and how many each has.

    A passage begins every half passage, the first of them before the text: passage n has the halves n - 1 and n. So
    each half that has any gives the passage of its number, and the next one where the next half has none.
    """
    halves, counts = count_runs((rows << PLACE_BITS) + positions // (PASSAGE // 2))
    beside = np.diff(halves, append=halves[-1:]) == 1
    at = np.arange(len(halves)) + np.cumsum(~beside) - ~beside
    cells, held = np.empty((2, len(halves) + int(np.count_nonzero(~beside))), dtype=np.int64)
    cells[at], held[at] = halves, counts
    held[at[1:]] += counts[:-1] * beside[:-1]
    cells[at[~beside] + 1], held[at[~beside] + 1] = halves[~beside] + 1, counts[~beside]
    return cells >> PLACE_BITS, cells & _LOCAL, held


def _spans(rows: Longs, count: int) -> Longs:
    """Where the entries of each row begin, and how many they are."""
    counts = np.bincount(rows, minlength=count)
    return np.stack([np.cumsum(counts) - counts, counts], axis=1)


def _passage_norms(snapshot: Snapshot) -> Floats:
    """BM25's norm of a passage of each document: texts of less than a page are held to be as long as they are."""

    def make() -> Floats:
        lengths = np.minimum(snapshot.lengths("text"), PASSAGE)
        return bm25f.length_norms(lengths, float(lengths.mean()), bm25f.B)

    return snapshot.kept(("passage norms",), make)
