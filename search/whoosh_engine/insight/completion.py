"""Complete and correct words by the words of the archive."""

from __future__ import annotations

import numpy as np

from search.query_analysis import correction_edits
from search.whoosh_engine.arrays.lexicon import expand_fuzzy
from search.whoosh_engine.arrays.snapshot import Snapshot

_FIELD = "text"


def complete_word(snapshot: Snapshot, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Return the words that begin with the folded ``prefix``, with their numbers of documents, most frequent first."""
    lexicon = snapshot.field(_FIELD).lexicon(prefix)
    best = np.argsort(-lexicon.counts, kind="stable")[:limit]
    return tuple((lexicon.words[place], int(lexicon.counts[place])) for place in best.tolist())


def nearest_spelling(snapshot: Snapshot, word: str) -> str:
    """Return the likeliest correction of a folded word; ``""`` when the word occurs or no word is near enough.

    The first letter is taken to be right, as it nearly always is (Yannakoudakis and Fawthrop 1983), so that only the
    words with this letter are read.
    """
    edits = correction_edits(word)
    if not edits or any(any(snapshot.field(name).find(word)) for name in (_FIELD, "title")):
        return ""
    lexicon = snapshot.field(_FIELD).lexicon(word[0])
    tiers = expand_fuzzy(lexicon, word, edits, cap=1).tiers
    return next((lexicon.words[places[0]] for _, places in sorted(tiers.items())), "")
