"""Counts of tokens by a table of documents and a scratch index are those of an index of all documents."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UsageError
from indexer.index.manifest import index_path
from search import Filter, Request, open_archive
from search import query as q
from search.archive import Archive
from search.concordance.concordance_values import KwicOptions, LineKey, Within
from search.concordance.kwic import kwic
from search.concordance.token_index import TokenIndex
from search.opensearch_engine.cluster_tokens import ClusterTokenIndex
from search.opensearch_engine.document_table import DocumentTable, read_document_table
from search.opensearch_engine.document_texts import CatalogueTexts
from search.opensearch_engine.scratch_index import ScratchIndex
from search.ranking.collection_statistics import CollectionStatistics
from search.trends.trend import trend
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.match_set import QueryContext
from search.word_statistics.collocates import CollocateOptions, collocates
from search.word_statistics.comparison import ComparisonOptions, compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import FrequencyOptions, frequencies
from search.word_statistics.windows import WindowUnit
from search.word_statistics.word_counts import Windows
from tests.search.opensearch_engine.collection_of_index import collection_of
from tests.search.opensearch_engine.hits_of_index import Hit, table_hits


@pytest.fixture(scope="module")
def whole(sample_folder: Path) -> Iterator[Snapshot]:
    with closing(open_snapshot(index_path(sample_folder))) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def hits(sample_folder: Path, whole: Snapshot) -> list[Hit]:
    return list(table_hits(whole, sample_folder))


@pytest.fixture(scope="module")
def table(hits: list[Hit]) -> DocumentTable:
    """The table of all documents, from hits in an order of their own."""
    shuffled = random.Random(1).sample(hits, len(hits))
    return read_document_table([shuffled[:7], shuffled[7:]])


@pytest.fixture(scope="module")
def on_one_machine(sample_folder: Path) -> Iterator[Archive]:
    with open_archive(sample_folder) as archive:
        yield archive


@pytest.fixture(scope="module")
def scratch(sample_folder: Path, whole: Snapshot) -> Iterator[ScratchIndex]:
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as index:
        yield index


@pytest.fixture(scope="module")
def tokens(table: DocumentTable, scratch: ScratchIndex, whole: Snapshot) -> ClusterTokenIndex:
    ids = [document_id.decode() for document_id in whole.strings("id").tolist()]

    def matching_ids(query: q.Query) -> list[str]:
        return [ids[number] for number in evaluate(query, QueryContext(whole)).ids.tolist()]

    def searched(query: q.Query) -> CollectionStatistics:
        return CollectionStatistics(expansions=collection_of(whole, query).expansions)

    return ClusterTokenIndex(table, scratch, matching_ids, searched)


@pytest.fixture(scope="module")
def on_a_cluster(sample_folder: Path, tokens: ClusterTokenIndex) -> Iterator[Archive]:
    """The same archive with its tokens counted by a table and a scratch index."""
    with open_archive(sample_folder) as archive:
        with archive.shared.use() as state:
            state.token_index = tokens
        yield archive


Ask = Callable[[Archive], object]

WORDS = ("detention", '"human rights"', "assembl*", "asembly~1", "rights NEAR/20 assembly", "the", "república", "=The")


def concordances() -> Iterator[tuple[str, Ask]]:
    keys = (LineKey.LEFT_1, LineKey.RIGHT_1, LineKey.TITLE)
    options = (
        KwicOptions(limit=10_000),
        KwicOptions(limit=40, offset=3, sort=keys, group=LineKey.RIGHT_1),
        KwicOptions(limit=40, sort=(LineKey.DATE,), stemmed=True, left=3, right=20),
        KwicOptions(limit=40, within=Within.PAGE),
        KwicOptions(limit=40, sample=3, seed=7),
        KwicOptions(limit=40, within=Within.TEXT, sort=(LineKey.LEFT_2,)),
        KwicOptions(limit=40, within=Within.TITLE, sort=(LineKey.LEFT_1,)),
    )
    for word in WORDS:
        for number, option in enumerate(options):
            yield f"kwic {word} {number}", partial(kwic, request=Request(word), options=option)


def asked() -> Iterator[tuple[str, Ask]]:
    yield from concordances()
    statements = Request("", filters=(Filter("category", "statement"),))
    for word in WORDS:
        for stemmed in (False, True):
            both = [Request(word), replace(statements, query="peace OR assembly")]
            yield f"trend {word} {stemmed}", partial(trend, requests=both, stemmed=stemmed)
            yield f"first use {word} {stemmed}", partial(first_use, request=Request(word), stemmed=stemmed)
            for unit in WindowUnit:
                options = CollocateOptions(window=4, within=unit, min_observed=1, stemmed=stemmed)
                yield f"collocates {word} {stemmed} {unit}", partial(collocates, request=Request(word), options=options)
    for name, request in (("all", Request("")), ("statements", statements), ("water", Request("water since:2010"))):
        for kept in (False, True):
            counted = FrequencyOptions(min_hits=1, function_words=kept)
            yield f"frequencies {name} {kept}", partial(frequencies, request=request, options=counted)
            compared = ComparisonOptions(min_hits=2, min_documents=1, function_words=kept)
            yield f"compare {name} {kept}", partial(compare, request=request, a="assembly", b=None, options=compared)


QUESTIONS = dict(asked())


def rounded(answer: object) -> str:
    """Return an answer with 12 digits of its numbers: sums over documents depend on the order of these."""
    return re.sub(r"\d+\.\d+(e-?\d+)?", lambda number: f"{float(number[0]):.12g}", repr(answer))


@pytest.mark.parametrize("question", QUESTIONS)
def test_tools_answer_as_on_one_machine(on_one_machine: Archive, on_a_cluster: Archive, question: str) -> None:
    try:
        expected = QUESTIONS[question](on_one_machine)
    except UsageError as error:  # no word in titles
        with pytest.raises(UsageError, match=re.escape(str(error))):
            QUESTIONS[question](on_a_cluster)
        return
    assert rounded(QUESTIONS[question](on_a_cluster)) == rounded(expected)


def test_codes_stay_what_they_are_when_documents_are_added(
    sample_folder: Path, table: DocumentTable, whole: Snapshot
) -> None:
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        index: TokenIndex = ClusterTokenIndex(table, scratch, lambda _: [], lambda _: CollectionStatistics())
        first = index.streams(np.array([3, 9]))
        words = index.words(first.codes)
        every = index.streams(np.arange(len(table)))
        assert index.words(first.codes) == words
        assert index.words(every.codes[every.starts[9] : every.starts[10]]) == words[first.starts[1] :]
        assert index.words(index.streams(np.array([3]), "title").codes, "title")
        assert "" in index.words(np.array([-1]))


def test_a_document_that_has_changed_since_has_no_words(
    sample_folder: Path, table: DocumentTable, tokens: ClusterTokenIndex
) -> None:
    numbers = np.arange(4)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), 0)) as empty:
        index: TokenIndex = ClusterTokenIndex(table, empty, lambda _: [], lambda _: CollectionStatistics())
        assert len(index.occurrences(q.Word("the"), numbers)) == 0
        assert len(tokens.occurrences(q.Word("the"), numbers))
        assert set(index.streams(numbers).codes.tolist()) == {-1}
        assert index.texts(2)[0].tolist() == []
        assert index.word_index.count_words([numbers], 1).words == []
        assert index.word_index.hits_of_words(["the"], [numbers]).tolist() == [[0]]
        windows = Windows(*(np.array([1]) for _ in range(5)))
        assert index.word_index.count_neighbours(windows).words == []


def test_ids_are_numbered_in_order_and_unknown_ones_left_out(table: DocumentTable) -> None:
    names = table.names(np.arange(len(table)))
    assert names == sorted(names)
    assert table.numbers([names[5], "nobody", names[2], "\ud800", names[5]]).tolist() == [2, 5]
    assert read_document_table([]).numbers(["a"]).tolist() == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no id"),
        ({"id": ["a"], "main_tokens": ["3"]}, "another type"),
        ({"id": ["a"], "main_tokens": [True]}, "another type"),
        ({"id": ["a"], "category": "report"}, "another type"),
        ({"id": ["a"], "first_day": [-1]}, "out of bounds"),
        ({"id": ["a"], "last_day": [1 << 40]}, "out of bounds"),
        ({"id": [7]}, "another type"),
    ],
)
def test_a_hit_that_the_mapping_does_not_allow_is_refused(fields: dict[str, list[object]], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_document_table([[{"fields": fields}]])


def test_two_documents_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        read_document_table([[{"fields": {"id": ["a"]}}], [{"fields": {"id": ["a"]}}]])
