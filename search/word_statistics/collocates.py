"""The collocates of a query: the words that occur beside it more often than chance would have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.index.index_layout import PAGED
from search.archive import Archive
from search.concordance.counted_node import CountedNode, count_node, narrowing
from search.concordance.token_index import TokenIndex
from search.grammar.normal_form import normalise
from search.match_positions import Longs
from search.planning.check_arguments import check_count, check_flag
from search.request import Request
from search.results import Diagnostic
from search.word_statistics.counted_documents import CountedSet, count_set
from search.word_statistics.formulas import (
    collocation_likelihood,
    expected_cooccurrences,
    log_dice,
    mutual_information,
    t_score,
)
from search.word_statistics.function_words import FunctionWords, leave_out_function_words
from search.word_statistics.windows import Progress, WindowUnit, cut_windows, no_progress
from search.word_statistics.word_counts import MAX_WINDOW, NeighbourCounts, WordCounts

MIN_RATIO = 1.0
"""Least O / E of a listed word. logDice alone ranks frequent words high that occur beside the node less often than by
chance (RKorAPClient 1.4.0)."""


class CollocateMeasure(StrEnum):
    """A measure by which collocates are ordered, the highest first. The values are names of columns."""

    LOG_DICE = "logdice"
    MI = "mi"
    T = "t"
    G2 = "g2"
    OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class CollocateOptions:
    """The conditions for a collocate, and the order of the list.

    Attributes:
        window: words on each side of the query that are looked at, at most `MAX_WINDOW`.
        within: the unit whose beginning and end cut a window off.
        min_observed: fewest co-occurrences of a listed word.
        function_words: whether function words are listed.
        sort: the measure that they are ordered by.
        stemmed: whether single words of the query count in all their forms.
    """

    window: int = 5
    within: WindowUnit = WindowUnit.DOCUMENT
    min_observed: int = 3
    function_words: bool = False
    sort: CollocateMeasure = CollocateMeasure.LOG_DICE
    stemmed: bool = False


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word beside the places of a query.

    Attributes:
        word: the word as it is indexed.
        left, right: how often it occurs before and behind a place, inside the window.
        observed: both together, O. A word between two places counts for each of them.
        expected: how often it would by chance, E.
        frequency: how often it occurs in all the documents.
        logdice, mi, t, g2: the measures of `search.word_statistics.formulas`.
        documents: in how many documents it occurs beside the query.
    """

    word: str
    left: int
    right: int
    observed: int
    expected: float
    frequency: int
    logdice: float
    mi: float
    t: float
    g2: float
    documents: int


@dataclass(frozen=True, slots=True)
class CollocateList:
    """The collocates of a query.

    Attributes:
        counted: the documents that were counted: those that filters and exclusions leave.
        understood: the query in words.
        diagnostics: remarks on how it was written, and on limits.
        options: which words are listed.
        node_hits: how often the query occurs.
        node_documents: in how many documents.
        function_words: the function words that are left out.
        rows: the collocates, in order.
    """

    counted: CountedSet
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    options: CollocateOptions
    node_hits: int
    node_documents: int
    function_words: FunctionWords
    rows: tuple[Collocate, ...]


def collocates(
    archive: Archive, request: Request, options: CollocateOptions | None = None, *, progress: Progress = no_progress
) -> CollocateList:
    """Return the words that occur beside a query more often than by chance.

    Args:
        archive: the archive.
        request: the query, any with words; its sort, limit and facets have no effect.
        options: which words are listed; the usual ones where it is None.
        progress: called with the number of places whose sentences have been read, and of all, where windows end there.

    Raises:
        UsageError: the request has no word, or a part of it or of the options is wrong.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    options = options or CollocateOptions()
    check_count("window", options.window, MAX_WINDOW)
    check_count("min_observed", options.min_observed)
    check_flag("function_words", options.function_words)
    with archive.shared.use() as state:
        index, node = state.token_index, count_node(state, request, stemmed=options.stemmed)
        windows = cut_windows(state, node.occurrences, options.window, options.within, progress)
        beside = _often(index.word_index.count_neighbours(windows), options.min_observed)
        counts = _counts_of(beside.words, index, node.documents)
        kept, left_out = leave_out_function_words(index, node.documents, counts, keep=options.function_words)
        counted = count_set(index, node.documents, normalise(narrowing(node.query, PAGED)))
    rows = _measured(node, beside, counts, np.flatnonzero(kept).tolist(), 2 * options.window)
    ordered = sorted(rows, key=lambda row: (-getattr(row, options.sort.value), -row.observed, row.word))
    return CollocateList(
        counted, node.understood, node.diagnostics, options, len(node.occurrences), len(node.documents_with), left_out,
        tuple(ordered),
    )  # fmt: skip


def _often(beside: NeighbourCounts, min_observed: int) -> NeighbourCounts:
    """Return the words that occur often enough beside the query."""
    often = np.flatnonzero(beside.left + beside.right >= max(min_observed, 1))
    words = [beside.words[place] for place in often.tolist()]
    return NeighbourCounts(words, beside.left[often], beside.right[often], beside.documents[often])


def _counts_of(words: Sequence[str], index: TokenIndex, documents: Longs) -> WordCounts:
    """Return the counts of some words. All are counted, which takes less time than to look some thousands up."""
    counts = index.word_index.count_words([documents], 1)
    places = {word: place for place, word in enumerate(counts.words)}
    chosen = np.array([places[word] for word in words], np.int64)
    return WordCounts(words, counts.hits[:, chosen], counts.documents[:, chosen], counts.deviations)


def _measured(
    node: CountedNode, beside: NeighbourCounts, counts: WordCounts, places: Sequence[int], positions: int
) -> Iterator[Collocate]:
    """Yield those of some words that occur beside the query as often as by chance, or more often."""
    hits, tokens = len(node.occurrences), node.total_tokens
    for place in places:
        left, right, frequency = int(beside.left[place]), int(beside.right[place]), int(counts.hits[0, place])
        observed, expected = left + right, expected_cooccurrences(hits, frequency, tokens, positions)
        if observed >= MIN_RATIO * expected:
            yield Collocate(
                counts.words[place], left, right, observed, expected, frequency,
                log_dice(observed, hits, frequency), mutual_information(observed, expected),
                t_score(observed, expected), collocation_likelihood(observed, hits * positions, frequency, tokens),
                int(beside.documents[place]),
            )  # fmt: skip
