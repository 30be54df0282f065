"""The index fields behind a query field, and the score of what is found in them together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.index.codec.array_file import Longs
from indexer.index.codec.term_arrays import Postings
from search.bm25f import TITLE_WEIGHT, inverse_frequency, saturate
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import MatchSet

SURFACE = {
    "": (("text", 1.0), ("title", TITLE_WEIGHT)),
    "text": (("text", 1.0),),
    "title": (("title", TITLE_WEIGHT),),
    "file": (("file", 1.0),),
}
"""Index fields, and their weights, that hold the words as written of each query field."""

STEMS = {
    "": (("stem", 1.0), ("title_stem", TITLE_WEIGHT)),
    "text": (("stem", 1.0),),
    "title": (("title_stem", TITLE_WEIGHT),),
}
"""The same for stems; file names have none."""

NOWHERE = Postings(np.zeros(0, dtype=np.int64), np.zeros(0))

Frequencies = Sequence[tuple[str, float, Postings]]
"""What was found: index field, its weight, and how often in which documents."""


def weigh(snapshot: Snapshot, found: Frequencies) -> Postings:
    """The documents found in any of the fields, and BM25F's ``tf`` of each (`search.bm25f`)."""
    parts = [
        Postings(part.ids, weight / snapshot.norms(name)[part.ids] * part.weights)
        for name, weight, part in found
        if len(part.ids)
    ]
    return add_up(snapshot.documents, parts)


def add_up(documents: int, parts: Sequence[Postings]) -> Postings:
    """The documents of any of ``parts``, their weights summed."""
    if len(parts) < 2:
        return parts[0] if parts else NOWHERE
    ids = np.concatenate([part.ids for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    summed = np.bincount(ids, weights, documents).astype(np.float64)
    united = np.flatnonzero(summed > 0)
    return Postings(united, summed[united])


def unite(snapshot: Snapshot, name: str, terms: Sequence[str]) -> Postings:
    """The postings of ``terms`` as if they were one term."""
    return snapshot.postings(name, *terms)


def score(snapshot: Snapshot, frequencies: Postings, idf: float) -> MatchSet:
    """Documents with their BM25F scores; ``frequencies`` are those `weigh` gave."""
    return MatchSet(snapshot.documents, ids=frequencies.ids, scores=idf * saturate(frequencies.weights))


def count_documents(snapshot: Snapshot, parts: Sequence[tuple[str, Sequence[str]]]) -> int:
    """In how many documents any of some words of any of some index fields stand; ``parts`` are fields with words."""

    def make() -> Longs:
        found = add_up(snapshot.documents, [unite(snapshot, name, words) for name, words in parts])
        return np.array([len(found.ids)])

    return int(snapshot.kept(("documents", *(word for name, words in parts for word in (name, "", *words))), make)[0])


def inverse_frequency_of(snapshot: Snapshot, postings: Postings) -> float:
    """How telling it is to be found at all."""
    return inverse_frequency(len(postings.ids), snapshot.documents)
