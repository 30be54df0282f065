"""Leave function words out of lists of words, by the language of the documents in which they occur."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.index.index_layout import SEPARATOR
from indexer.text.stop_words import function_words
from search.concordance.token_index import TokenIndex
from search.match_positions import Longs
from search.word_statistics.word_counts import Mask, WordCounts


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The function words that a list of words leaves out.

    Attributes:
        languages: the languages of the documents whose function words are left out, as BCP 47 codes.
        unlisted: their languages of which the house has no list, so that function words may be left in.
        left_out: number of words left out.
    """

    languages: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    left_out: int = 0


def leave_out_function_words(
    index: TokenIndex, documents: Longs, counts: WordCounts, *, keep: bool
) -> tuple[Mask, FunctionWords]:
    """Return which of the counted words are kept, and what was left out.

    A word is left out where most of its hits are in documents of languages that have it as a function word. So the
    German *war* does not take the English *war* away.

    Args:
        index: the index.
        documents: the documents that were counted, ascending.
        counts: their words.
        keep: leave none out.
    """
    if keep:
        return np.ones(len(counts.words), bool), FunctionWords()
    by_language = _by_language(index, documents)
    listed = {language: known for language in by_language if (known := function_words(language))}
    candidates: frozenset[str] = frozenset().union(*listed.values())
    places = [place for place, word in enumerate(counts.words) if word in candidates]
    words = [counts.words[place] for place in places]
    *hits, totals = index.word_index.hits_of_words(words, [*(by_language[name] for name in listed), documents])
    as_function_words = np.zeros(len(words), np.int64)
    for row, listed_words in zip(hits, listed.values(), strict=True):
        as_function_words += row * np.array([word in listed_words for word in words], bool)
    kept = np.ones(len(counts.words), bool)
    kept[np.array(places, np.int64)[2 * as_function_words > totals]] = False
    unlisted = tuple(sorted(name for name in by_language if name and name not in listed))
    return kept, FunctionWords(tuple(sorted(listed)), unlisted, int(np.count_nonzero(~kept)))


def _by_language(index: TokenIndex, documents: Longs) -> dict[str, Longs]:
    """Return the documents of each language; those with several languages are under the first of them."""
    numbers: dict[str, list[int]] = {}
    languages = index.keywords("language", documents)
    for document, language in zip(documents.tolist(), languages, strict=True):
        primary = language.partition(SEPARATOR)[0].partition("-")[0]
        numbers.setdefault(primary, []).append(document)
    return {language: np.array(found, np.int64) for language, found in numbers.items()}
