"""Compare the words of two sets of documents: which are more frequent in one than in the other, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from corpus.messages import message
from search.archive import Archive
from search.archive_state import ArchiveState
from search.match_positions import Longs
from search.planning.check_arguments import check_count, check_flag
from search.query import Query
from search.request import Request
from search.results import Diagnostic
from search.word_statistics.counted_documents import ChosenDocuments, CountedSet, choose_documents, count_set
from search.word_statistics.formulas import bayes_factor, corpus_likelihood, log_ratio, per_million
from search.word_statistics.function_words import FunctionWords, leave_out_function_words
from search.word_statistics.word_counts import Mask, WordCounts

MIN_BAYES_FACTOR = 2.0
"""Least BIC of a listed word: from here on it is evidence for a difference (Wilson 2013)."""


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """The conditions for a word that is compared.

    Attributes:
        min_hits: fewest hits of a word in both sets together; a ratio of fewer is mostly chance.
        min_documents: fewest documents with it in both sets together: what one or two documents say a hundred times
            is no feature of a set.
        function_words: whether function words are compared.
    """

    min_hits: int = 10
    min_documents: int = 3
    function_words: bool = False


@dataclass(frozen=True, slots=True)
class WordComparison:
    """A word that one set uses more than the other.

    Attributes:
        word: the word as it is indexed.
        a, b: how often it occurs in each set.
        per_million_a, per_million_b: that, per million words of the set.
        log_ratio: log₂ of how many times as frequent it is in A as in B; above 0 it is more frequent in A.
        g2: the log-likelihood of a difference.
        bic: the same with a price for the size of the sets; 2 or more is evidence for a difference.
        documents_a, documents_b: in how many documents of each set it occurs.
    """

    word: str
    a: int
    b: int
    per_million_a: float
    per_million_b: float
    log_ratio: float
    g2: float
    bic: float
    documents_a: int
    documents_b: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words that two sets of documents use differently often.

    Attributes:
        a, b: the sets.
        diagnostics: remarks on how the request and the queries were written.
        options: which words are compared.
        shared: number of documents that are in both, and count in both.
        function_words: the function words that are left out.
        compared: number of words that occur often enough to be compared.
        rows: those of them with enough evidence for a difference, from the most characteristic of A to that of B.
    """

    a: CountedSet
    b: CountedSet
    diagnostics: tuple[Diagnostic, ...]
    options: ComparisonOptions
    shared: int
    function_words: FunctionWords
    compared: int
    rows: tuple[WordComparison, ...]

    @property
    def more_in_a(self) -> tuple[WordComparison, ...]:
        """Return the words that are more frequent in A, the most characteristic first."""
        return tuple(row for row in self.rows if row.log_ratio > 0)

    @property
    def more_in_b(self) -> tuple[WordComparison, ...]:
        """Return the words that are more frequent in B, the most characteristic first."""
        return tuple(row for row in reversed(self.rows) if row.log_ratio < 0)

    def first(self, count: int | None) -> tuple[WordComparison, ...]:
        """Return so many words that are most characteristic of A, then as many of B; all of both for None."""
        return (*self.more_in_a[:count], *self.more_in_b[:count][::-1])


def compare(
    archive: Archive, request: Request, a: str, b: str | None = None, options: ComparisonOptions | None = None
) -> Comparison:
    """Return the words that two sets of documents use differently often.

    Args:
        archive: the archive.
        request: the documents that both sets are taken from; its sort, limit and facets have no effect.
        a: a query that chooses set A from them.
        b: one that chooses set B; None is all that are not in A.
        options: which words are compared; the usual ones where it is None.

    Raises:
        UsageError: a part of the request, of the queries or of the options is wrong.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    options = options or ComparisonOptions()
    check_count("min_hits", options.min_hits)
    check_count("min_documents", options.min_documents)
    check_flag("function_words", options.function_words)
    with archive.shared.use() as state:
        index = state.token_index
        sets = _sets(state, request, a, b)
        counts = index.word_index.count_words([chosen.numbers for chosen in sets], options.min_hits)
        both = np.union1d(*(chosen.numbers for chosen in sets))
        kept, left_out = leave_out_function_words(index, both, counts, keep=options.function_words)
    kept &= counts.documents.sum(axis=0) >= options.min_documents
    set_a, set_b = (chosen.counted for chosen in sets)
    rows = list(_compared(counts, kept, set_a.tokens, set_b.tokens))
    rows.sort(key=lambda row: (-row.log_ratio, -row.g2 if row.log_ratio > 0 else row.g2, row.word))
    return Comparison(
        set_a, set_b, tuple(dict.fromkeys(remark for chosen in sets for remark in chosen.diagnostics)), options,
        set_a.documents + set_b.documents - len(both), left_out, int(np.count_nonzero(kept)), tuple(rows),
    )  # fmt: skip


def _sets(state: ArchiveState, request: Request, a: str, b: str | None) -> tuple[ChosenDocuments, ChosenDocuments]:
    """Return the two sets of documents."""
    base = choose_documents(state, request)

    def chosen_by(query: str) -> ChosenDocuments:
        chosen = choose_documents(state, Request(query))
        return _chosen_from(state, chosen, np.intersect1d(base.numbers, chosen.numbers), chosen.counted.query or "")

    set_a = chosen_by(a)
    if b is not None:
        return replace(set_a, diagnostics=(*base.diagnostics, *set_a.diagnostics)), chosen_by(b)
    rest = np.setdiff1d(base.numbers, set_a.numbers)
    return set_a, _chosen_from(state, base, rest, str(message("research.all-others")))


def _chosen_from(
    state: ArchiveState, chosen: ChosenDocuments, numbers: Longs, chosen_by: Query | str
) -> ChosenDocuments:
    return replace(chosen, numbers=numbers, counted=count_set(state.token_index, numbers, chosen_by))


def _compared(counts: WordCounts, kept: Mask, tokens_a: int, tokens_b: int) -> Iterator[WordComparison]:
    """Yield the words with enough evidence for a difference."""
    for place in np.flatnonzero(kept).tolist():
        (hits_a, hits_b), (documents_a, documents_b) = (
            rows[:, place].tolist() for rows in (counts.hits, counts.documents)
        )
        likelihood = corpus_likelihood(hits_a, tokens_a, hits_b, tokens_b)
        evidence = bayes_factor(likelihood, tokens_a + tokens_b)
        if evidence >= MIN_BAYES_FACTOR:
            yield WordComparison(
                counts.words[place], hits_a, hits_b, per_million(hits_a, tokens_a), per_million(hits_b, tokens_b),
                log_ratio(hits_a, tokens_a, hits_b, tokens_b), likelihood, evidence, documents_a, documents_b,
            )  # fmt: skip
