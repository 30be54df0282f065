"""BM25, as Lucene writes it.

score = sum over fields of ``weight * idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean length))``, with
``idf = log(1 + (N - n + 0.5) / (n + 0.5))`` (Robertson and Zaragoza 2009, with Lucene's never negative idf).
``N`` counts all documents of the index, deleted ones not yet merged away included, and so do ``n`` and the mean
length: that is what stock Whoosh does, and it keeps scores the same until the next merge.
"""

from __future__ import annotations

import math

from search.whoosh_engine.postings import Floats

K1 = 1.2
"""How slowly further occurrences of a word stop counting."""
B = 0.75
"""How much a long document is held to be long rather than rich."""
TITLE_WEIGHT = 2.5
"""How much more a word in the title counts than one in the text: enough that of two documents on a subject the one
named after it comes first, not so much that a word in passing in a title beats a text all about it."""


def inverse_frequency(documents: int, total: int) -> float:
    """How telling a word is that stands in ``documents`` of ``total``; 0 or more."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def length_norms(lengths: Floats, mean: float) -> Floats:
    """``K1 * (1 - B + B * length / mean)`` for each document."""
    norms: Floats = K1 * (1 - B + B * lengths / (mean or 1.0))
    return norms


def saturate(frequencies: Floats, norms: Floats) -> Floats:
    """``tf * (K1 + 1) / (tf + norm)``: from 0 to below ``K1 + 1``."""
    return frequencies * (K1 + 1) / (frequencies + norms)
