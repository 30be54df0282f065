"""The stems of documents with their counts, for many documents at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from indexer.index.buffer import Words
from indexer.index.opensearch.mapping import BODY_COUNT
from indexer.index.opensearch.token_strings import cluster_term
from indexer.text import analysis

_Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StemCounts:
    """The stems of each of some documents in one field.

    Attributes:
        stems: every stem once, in no order.
        ends: by document, the end of its rows; they begin where those of the one before end.
        numbers: by row, the number of a stem in ``stems``; no stem has two rows in one document.
        counts: by row, how often the document has it, each time with `BODY_COUNT` times the weight of its text.
    """

    stems: Sequence[str]
    ends: _Longs
    numbers: _Longs
    counts: _Longs

    def spell(self, document: int, mark: str, factor: int = 1) -> str:
        """Return the stems of a document, each with ``mark`` and its count times ``factor``, separated by spaces."""
        low, high = int(self.ends[document - 1]) if document else 0, int(self.ends[document])
        counts = self.counts[low:high] * factor
        stems = map(self.stems.__getitem__, self.numbers[low:high].tolist())
        return " ".join([f"{one}{mark}{count}" for one, count in zip(stems, counts.tolist(), strict=True)])


def count_stems(words: Words, forms: Sequence[str], tags: Sequence[str]) -> StemCounts:
    """Count the stems of the running words of documents.

    Args:
        words: the words; number 0 is the place of a word that is indexed elsewhere.
        forms: the vocabulary that the words are numbered in.
        tags: the tags that the stemmers of texts are numbered in.
    """
    numbers = np.frombuffer(words.numbers, np.int32).astype(np.int64)
    lengths = np.frombuffer(words.stretches, np.uint32)
    weights = np.array([max(1, round(weight * BODY_COUNT)) for weight in words.weights], np.int64)
    of_text = np.repeat(np.frombuffer(words.tags, np.uint8).astype(np.int64), lengths)
    documents = np.repeat(np.arange(len(words.texts)), words.lengths())
    is_word = numbers > 0
    used = (of_text * len(forms) + numbers)[is_word]
    stems, by_form = _stems(used, forms, tags)
    rows = documents[is_word] * max(len(stems), 1) + by_form[used]
    keys, counts = _weighed_rows(rows, np.repeat(weights, lengths)[is_word])
    ends = keys.searchsorted(np.arange(1, len(words.texts) + 1) * max(len(stems), 1))
    return StemCounts(stems, ends, keys % max(len(stems), 1), counts)


def _stems(used: _Longs, forms: Sequence[str], tags: Sequence[str]) -> tuple[list[str], _Longs]:
    """Return every stem once, and the number of the stem of each form under each tag that occurs."""
    by_form = np.zeros(max(len(tags), 1) * len(forms), np.int64)
    by_form[used] = 1
    numbers: dict[str, int] = {}
    for place in by_form.nonzero()[0].tolist():
        tag, form = divmod(place, len(forms))
        by_form[place] = numbers.setdefault(stem_term(forms[form], tags[tag]), len(numbers))
    return list(numbers), by_form


def _weighed_rows(rows: _Longs, weights: _Longs) -> tuple[_Longs, _Longs]:
    """Return each row once, in order, with the sum of its weights."""
    keys, sums = [], []
    for weight in np.unique(weights).tolist():
        found, counts = np.unique(rows[weights == weight], return_counts=True)
        keys.append(found)
        sums.append(counts * weight)
    if len(keys) == 1:
        return keys[0], sums[0]
    every = np.concatenate(keys) if keys else np.empty(0, np.int64)
    once, places = np.unique(every, return_inverse=True)
    total = np.zeros(len(once), np.int64)
    np.add.at(total, places, np.concatenate(sums) if sums else np.empty(0, np.int64))
    return once, total


@lru_cache(1 << 18)
def stem_term(form: str, tag: str) -> str:
    """Return the stem of a form under a stemmer's tag, as a cluster stores it."""
    return cluster_term(analysis.stem(form, tag))
