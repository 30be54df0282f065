"""Decide by the words of the archive whether a word that a line's end divides is spelt with a hyphen."""

from __future__ import annotations

import numpy as np

from search.whoosh_engine.arrays.field_terms import PLACE_BITS, FieldTerms, TermNumbers
from search.whoosh_engine.arrays.proximity import common, contained_in, phrase_places
from search.whoosh_engine.arrays.snapshot import Snapshot

_FIELD = "text"
MAX_COMPARED_DOCUMENTS = 64
"""Documents with both parts whose spellings are compared where the parts are words, too; it takes 0.3 ms."""


def is_spelled_joined(snapshot: Snapshot, first: str, second: str) -> bool:
    """Return whether two folded parts are more often one word than two; see `search.engine.Engine`."""
    terms = snapshot.field(_FIELD)
    whole, before, after = (terms.find(part) for part in (first + second, first, second))
    joined = _count(terms, whole)
    if not joined or not any(before) or not any(after):
        return joined > 0
    # A word with a hyphen is in no more documents than either of its parts, which are words of the text themselves.
    if joined >= min(_count(terms, before), _count(terms, after)):
        return True
    ids = sorted((terms.postings(part).ids for part in (before, after)), key=len)
    documents = common(*ids)[:MAX_COMPARED_DOCUMENTS]
    apart = np.unique(phrase_places(terms.places([before, after], documents)) >> PLACE_BITS)
    return int(np.count_nonzero(contained_in(documents, terms.postings(whole).ids))) > len(apart)


def _count(terms: FieldTerms, numbers: TermNumbers) -> int:
    """Return in how many documents a word is printed in one piece, deleted ones included."""
    return sum(map(sum, terms.document_counts(numbers)))
