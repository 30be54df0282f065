"""The archive's own words: those that a beginning may become, and the one that a misspelling is likely to be."""

from __future__ import annotations

import numpy as np

from search.query_analysis import correction_edits
from search.whoosh_engine.arrays.lexicon import expand_fuzzy
from search.whoosh_engine.arrays.snapshot import Snapshot

_FIELD = "text"


def words_beginning(snapshot: Snapshot, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Words that begin with the folded ``prefix``, with their numbers of documents, most first."""
    lexicon = snapshot.lexicon(_FIELD, prefix)
    best = np.argsort(-lexicon.counts, kind="stable")[:limit]
    return tuple((lexicon.words[place], int(lexicon.counts[place])) for place in best.tolist())


def nearest_word(snapshot: Snapshot, word: str) -> str:
    """The likeliest spelling of a folded word that stands nowhere: ``""`` when it stands somewhere or none is near.

    The first letter is taken to be right, as it nearly always is (Yannakoudakis and Fawthrop 1983), which keeps this
    from reading the whole lexicon.
    """
    edits = correction_edits(word)
    if not edits or any(len(snapshot.postings(name, word).ids) for name in (_FIELD, "title")):
        return ""
    found = snapshot.kept(
        ("nearest", word), lambda: expand_fuzzy(snapshot.lexicon(_FIELD, word[0]), word, edits, cap=1)
    )
    return next((words[0] for _, words in sorted(found.tiers.items())), "")
