"""Frequencies, collocates and comparisons are those of reading every token of the main texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UsageError
from indexer.ingest.run_events import Summary
from search import Filter, Request, open_archive
from search.archive import Archive
from search.concordance.counted_node import count_node
from search.word_statistics.collocates import CollocateMeasure, CollocateOptions, collocates
from search.word_statistics.comparison import ComparisonOptions, compare
from search.word_statistics.formulas import deviation_of_proportions, log_dice
from search.word_statistics.frequencies import FrequencyOptions, FrequencyOrder, frequencies
from search.word_statistics.windows import WindowUnit
from tests.search.concordance.plain_counts import PlainText
from tests.search.concordance.test_counted_node import plain_texts, random_queries

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

ALL_WORDS = FrequencyOptions(min_hits=1, function_words=True)


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    with open_archive(sample_folder) as archive:
        yield archive


def texts_of(archive: Archive) -> dict[str, PlainText]:
    with archive.shared.use() as state:
        return plain_texts(state)


def words_of(text: PlainText) -> Counter[str]:
    return Counter(token for token in text.tokens if token)


def ids_of(archive: Archive, request: Request) -> set[str]:
    with archive.shared.use() as state:
        query, _ = state.interpret(request)
        return set(state.token_index.document_ids(state.token_index.matching(query)))


def check_frequencies(archive: Archive, texts: Mapping[str, PlainText], request: Request) -> None:
    found = frequencies(archive, request, ALL_WORDS)
    chosen = [words_of(texts[document_id]) for document_id in sorted(ids_of(archive, request))]
    sizes = [len(texts[document_id].tokens) for document_id in sorted(ids_of(archive, request))]
    total: Counter[str] = sum(chosen, Counter())
    assert {row.word: row.hits for row in found.rows} == total
    assert found.counted.tokens == sum(sizes)
    for row in found.rows[:20]:
        parts = [words[row.word] for words in chosen]
        assert row.documents == np.count_nonzero(parts)
        assert row.dp == pytest.approx(deviation_of_proportions(parts, sizes))


def check_collocates(archive: Archive, texts: Mapping[str, PlainText], queries: Iterable[str], width: int) -> None:
    frequency: Counter[str] = Counter(token for text in texts.values() for token in text.tokens if token)
    tokens = sum(len(text.tokens) for text in texts.values())
    options = CollocateOptions(width, min_observed=1, function_words=True)
    for query in queries:
        found = {row.word: row for row in collocates(archive, Request(query), options).rows}
        with archive.shared.use() as state:
            node = count_node(state, Request(query))
        left: Counter[str] = Counter()
        right: Counter[str] = Counter()
        hits = 0
        for text in texts.values():
            for start, end in text.places(node.query):
                hits += 1
                left.update(filter(None, text.tokens[max(start - width, 0) : start]))
                right.update(filter(None, text.tokens[end : end + width]))
        both = left + right
        expected = {word for word in both if both[word] >= hits * frequency[word] * 2 * width / tokens}
        assert found.keys() == expected, query
        for word, row in found.items():
            assert (row.left, row.right, row.frequency) == (left[word], right[word], frequency[word]), (query, word)
            assert row.logdice == pytest.approx(log_dice(both[word], hits, frequency[word]))


def test_frequencies_are_those_of_reading_every_token(sample: Archive) -> None:
    texts = texts_of(sample)
    for request in (Request(), Request(filters=(Filter("category", "statement"),)), Request("detention")):
        check_frequencies(sample, texts, request)


def test_collocates_are_those_of_reading_every_token(sample: Archive) -> None:
    texts = texts_of(sample)
    check_collocates(sample, texts, random_queries(texts, 5, 3), 3)


@pytest.mark.slow
def test_200_queries_on_real_reports_have_the_collocates_of_brute_force(
    all_reports_archive: tuple[Path, Summary],
) -> None:
    with open_archive(all_reports_archive[0]) as archive:
        texts = texts_of(archive)
        check_frequencies(archive, texts, Request())
        check_collocates(archive, texts, random_queries(texts, 200, 5), 5)


def test_windows_end_with_the_page_where_that_is_asked_for(sample: Archive) -> None:
    query = Request('"the" OR "of"')
    whole, paged = (
        collocates(sample, query, CollocateOptions(20, within, 1, function_words=True))
        for within in (WindowUnit.DOCUMENT, WindowUnit.PAGE)
    )
    observed = [{row.word: row.observed for row in found.rows} for found in (whole, paged)]
    assert sum(observed[1].values()) < sum(observed[0].values())
    assert all(observed[0].get(word, 0) >= count for word, count in observed[1].items() if word in observed[0])


def test_comparison_counts_both_sets_and_the_rest(sample: Archive) -> None:
    texts, options = texts_of(sample), ComparisonOptions(2, 1, function_words=True)
    found = compare(sample, Request(), "category:statement", None, options)
    a = ids_of(sample, Request("category:statement"))
    counts = [
        sum((words_of(text) for document_id, text in texts.items() if (document_id in a) is inside), Counter[str]())
        for inside in (True, False)
    ]
    assert found.rows
    assert found.a.documents + found.b.documents == len(texts)
    for row in found.rows:
        assert (row.a, row.b) == (counts[0][row.word], counts[1][row.word])
        assert row.bic >= 2
    assert [row.word for row in found.more_in_a + found.more_in_b[::-1]] == [row.word for row in found.rows]
    swapped = compare(sample, Request(), "-category:statement", "category:statement", options)
    ratios = {row.word: row.log_ratio for row in found.rows}
    assert {row.word: -row.log_ratio for row in swapped.rows} == pytest.approx(ratios)
    assert compare(sample, Request(), "", "", options).shared == len(texts)


def test_function_words_are_left_out_by_the_language_of_documents(sample: Archive) -> None:
    everything, without = frequencies(sample, Request(), ALL_WORDS), frequencies(sample, Request())
    assert {"the", "of", "les"} <= {row.word for row in everything.rows}
    listed = {row.word for row in without.rows}
    assert not {"the", "of", "and", "les", "des"} & listed
    assert {"en", "fr"} <= set(without.function_words.languages)
    assert without.function_words.left_out > 20
    assert all(row.hits >= 5 for row in without.rows)


def test_lists_are_in_the_order_that_is_asked_for(sample: Archive) -> None:
    rows = frequencies(sample, Request(), FrequencyOptions(sort=FrequencyOrder.EVENNESS)).rows
    assert [row.dp for row in rows] == sorted(row.dp for row in rows)
    found = collocates(sample, Request("detention"), CollocateOptions(sort=CollocateMeasure.T)).rows
    assert [row.t for row in found] == sorted((row.t for row in found), reverse=True)


def test_what_matches_nothing_has_empty_lists(sample: Archive) -> None:
    assert frequencies(sample, Request("category:none -category:none")).rows == ()
    assert compare(sample, Request(), "qqqqq").rows == ()
    assert collocates(sample, Request("qqqqq")).rows == ()
    with pytest.raises(UsageError):
        collocates(sample, Request("detention"), CollocateOptions(window=51))
    with pytest.raises(UsageError):
        collocates(sample, Request("category:statement"))
