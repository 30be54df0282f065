"""BM25F: BM25 over the fields of a document taken together.

``score = idf * tf * (K1 + 1) / (tf + K1)`` with ``tf = sum over fields of weight * count / (1 - B + B * length / mean
length)``, each field with a weight and a B of its own (Robertson, Zaragoza and Taylor 2004; Robertson and Zaragoza
2009), and ``idf = log(1 + (N - n + 0.5) / (n + 0.5))``, Lucene's, which is never negative. The counts of a word in
title and text are added before they are saturated: a second field is more of the same evidence, not evidence of its
own. ``n`` is the number of documents with the word in any of the fields, ``N`` that of all documents. An index that
removes documents only when it merges segments may count those as well in ``N``, ``n`` and the mean length, as stock
Whoosh does; scores then stay the same until the next merge.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

K1 = 1.2
"""Saturation: the higher, the more further occurrences of a word count. The usual value; 1.6 to 2.5 gained on one
judged collection and lost on others (docs/ranking.md)."""
B = 0.6
"""Length normalisation of texts, from 0 (none) to 1 (in full). Less than the usual 0.75, as a long report has more to
say rather than more words for it, and the best passage is scored besides (docs/ranking.md has the figures)."""
TITLE_B = 0.5
"""Length normalisation of titles and file names."""
TITLE_WEIGHT = 3.0
"""Weight of a word in the title; in the text it is 1. Of two documents on a subject the one named after it comes first;
as counts are saturated, a title never outranks a text that is all about the subject."""
OTHER_MARKS_WEIGHT = 0.4
"""Count of a word with other marks than a word is typed with, or none; one with the same marks counts 1. So *má* comes
before *ma*, and where texts have all their marks nothing changes: of Spanish questions nDCG@10 went from 0.9646 to
0.9655. With 0.2 and 0.5 it was the same within 0.0001 (docs/ranking.md)."""
FUNCTION_WEIGHT = 0.2
"""Weight of a function word of the document's language (`indexer.text.stop_words`). Other words have 1."""


def inverse_frequency(documents: int, total: int) -> float:
    """Return the idf of a word that occurs in ``documents`` of ``total`` documents; 0 or more."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def length_norms(lengths: Floats, mean: float, b: float) -> Floats:
    """Return ``1 - b + b * length / mean`` for each document."""
    norms: Floats = 1 - b + b * lengths / (mean or 1.0)
    return norms


def saturate(frequencies: Floats) -> Floats:
    """Return ``tf * (K1 + 1) / (tf + K1)``, which grows from 0 towards ``K1 + 1``."""
    return frequencies * (K1 + 1) / (frequencies + K1)
