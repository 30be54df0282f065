"""The frequencies of all words of a set of documents, and how evenly each is spread over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from search.archive import Archive
from search.planning.check_arguments import check_count, check_flag
from search.request import Request
from search.results import Diagnostic
from search.word_statistics.counted_documents import CountedSet, choose_documents, smallest_share
from search.word_statistics.formulas import normalised_deviation, per_million
from search.word_statistics.function_words import FunctionWords, leave_out_function_words


class FrequencyOrder(StrEnum):
    """The order of a list of frequencies; equal words are ordered by hits, then alphabetically."""

    HITS = "hits"  # most frequent first
    DOCUMENTS = "documents"  # in most documents first
    EVENNESS = "evenness"  # most evenly spread first


@dataclass(frozen=True, slots=True)
class FrequencyOptions:
    """The conditions for a word of the list, and its order.

    Attributes:
        min_hits: fewest hits of a listed word: the spread of fewer hits says little.
        function_words: whether function words are listed.
        sort: the order.
    """

    min_hits: int = 5
    function_words: bool = False
    sort: FrequencyOrder = FrequencyOrder.HITS


@dataclass(frozen=True, slots=True)
class WordFrequency:
    """A word of a set of documents.

    Attributes:
        word: the word as it is indexed.
        hits: how often it occurs.
        per_million: that, per million words.
        documents: in how many documents.
        share: in what share of the documents.
        dp: Gries's deviation of proportions: 0 where every document has its proportional share of the hits, near 1
            where few documents have them all.
        dp_norm: the same on a scale that reaches 1 (`search.word_statistics.formulas.normalised_deviation`).
    """

    word: str
    hits: int
    per_million: float
    documents: int
    share: float
    dp: float
    dp_norm: float


@dataclass(frozen=True, slots=True)
class FrequencyList:
    """The words of a set of documents that occur often enough.

    Attributes:
        counted: the documents.
        diagnostics: remarks on how the request was written.
        options: which words are listed.
        function_words: the function words that are left out.
        rows: the words, in order.
    """

    counted: CountedSet
    diagnostics: tuple[Diagnostic, ...]
    options: FrequencyOptions
    function_words: FunctionWords
    rows: tuple[WordFrequency, ...]


def frequencies(archive: Archive, request: Request, options: FrequencyOptions | None = None) -> FrequencyList:
    """Return the words of the documents that a request matches, with their frequency and spread.

    Args:
        archive: the archive.
        request: the documents; its sort, limit and facets have no effect.
        options: which words are listed; the usual ones where it is None.

    Raises:
        UsageError: a part of the request or of the options is wrong.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    options = options or FrequencyOptions()
    check_count("min_hits", options.min_hits)
    check_flag("function_words", options.function_words)
    with archive.shared.use() as state:
        chosen, index = choose_documents(state, request), state.token_index
        counts = index.word_index.count_words([chosen.numbers], options.min_hits, with_deviations=True)
        kept, left_out = leave_out_function_words(index, chosen.numbers, counts, keep=options.function_words)
        smallest = smallest_share(index.main_tokens[chosen.numbers])
    counted = chosen.counted
    columns = (counts.hits[0], counts.documents[0], counts.deviations)
    rows = [
        WordFrequency(
            counts.words[place], hits, per_million(hits, counted.tokens), containing, containing / counted.documents,
            deviation, normalised_deviation(deviation, smallest),
        )
        for place, hits, containing, deviation in zip(
            np.flatnonzero(kept).tolist(), *(column[kept].tolist() for column in columns), strict=True
        )
    ]  # fmt: skip
    return FrequencyList(counted, chosen.diagnostics, options, left_out, tuple(_sorted(rows, options.sort)))


def _sorted(rows: Sequence[WordFrequency], order: FrequencyOrder) -> list[WordFrequency]:
    def key(row: WordFrequency) -> tuple[float, int, str]:
        first = {
            FrequencyOrder.HITS: -row.hits,
            FrequencyOrder.DOCUMENTS: -row.documents,
            FrequencyOrder.EVENNESS: row.dp,
        }
        return first[order], -row.hits, row.word

    return sorted(rows, key=key)
