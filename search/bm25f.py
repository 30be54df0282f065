"""BM25F: BM25 over the fields of a document taken together.

``score = idf * tf * (K1 + 1) / (tf + K1)`` with ``tf = sum over fields of weight * count / (1 - B + B * length / mean
length)``, each field with a weight and B of its own (Robertson, Zaragoza and Taylor 2004; Robertson and Zaragoza 2009),
and ``idf = log(1 + (N - n + 0.5) / (n + 0.5))``, Lucene's, which is never negative. The counts of a word in title and
text are added before they are saturated: a second field is more of the same evidence, not evidence of its own.
``n`` counts documents with the word in any of the fields. ``N`` counts all documents of the index, deleted ones not yet
merged away included, and so do ``n`` and the mean length: that is what stock Whoosh does, and it keeps scores the same
until the next merge.
"""

from __future__ import annotations

import math

from indexer.index.w3.postings import Floats

K1 = 1.2
"""How slowly further occurrences of a word stop counting."""
B = 0.6
"""How much a long document is held to be long rather than rich; less than the usual 0.75, as the reports of an archive
are long for having much to say, and the best passage has its own say (`search.whoosh_engine.ranking.rerank`)."""
TITLE_B = 0.5
"""The same for titles, which are long for better reasons."""
TITLE_WEIGHT = 3.0
"""How many times in the text a word in the title is worth: enough that of two documents on a subject the one named
after it comes first; as counts are saturated, never so much that a title beats a text all about it."""
FUNCTION_WEIGHT = 0.2
"""What a function word of the document's language counts beside other words (`indexer.text.stop_words`)."""


def inverse_frequency(documents: int, total: int) -> float:
    """How telling a word is that stands in ``documents`` of ``total``; 0 or more."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def length_norms(lengths: Floats, mean: float, b: float) -> Floats:
    """``1 - b + b * length / mean`` for each document."""
    norms: Floats = 1 - b + b * lengths / (mean or 1.0)
    return norms


def saturate(frequencies: Floats) -> Floats:
    """``tf * (K1 + 1) / (tf + K1)``: from 0 to below ``K1 + 1``."""
    return frequencies * (K1 + 1) / (frequencies + K1)
