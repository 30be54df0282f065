"""Many documents, of which many are equal: what is sorted or read in part, held to sorting or reading all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index import index_layout, schema
from indexer.index.buffer import Collector
from indexer.index.codec.array_file import Longs
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from search import query as q
from search.engine import SearchPlan
from search.request import Sort
from search.whoosh_engine.array_engine import WhooshEngine, open_index
from search.whoosh_engine.arrays.field_terms import PLACE_BITS
from search.whoosh_engine.arrays.snapshot import open_snapshot
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.ranking.rerank import bonus

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

DOCUMENTS = 3_000
WORDS = ["report", "treaty", "water", "lamp"]
FIRST_DAY = 730_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd")
    rng, names = random.Random(5), [f"d{number:05}" for number in range(DOCUMENTS)]
    rng.shuffle(names)
    for part in (names[:1_000], names[1_000:]):
        collected = Collector(schema.schema())
        for name in part:
            text = " ".join(rng.choices(WORDS, [8, 4, 2, 1], k=rng.randint(1, 4)))
            day = rng.choice([index_layout.UNDATED, FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 400])
            values: dict[str, str | int] = {"id": name, "title_key": rng.choice(["", "alpha", "beta"])}
            collected.add(IndexEntry("en", {"text": [Stretch(text)]}, values | {"first_day": day, "last_day": day}))
        commit(folder, collected, set())
    return folder


@pytest.fixture(scope="module")
def crowd(folder: Path) -> Iterator[WhooshEngine]:
    engine = open_index(folder)
    yield engine
    engine.close()


QUERIES = st.one_of(
    st.sampled_from([q.All(), *map(q.Word, WORDS)]),
    st.builds(q.Or, st.lists(st.sampled_from(WORDS).map(q.Word), min_size=2, max_size=3).map(tuple)),
    st.builds(q.Wildcard, st.sampled_from(["re*", "w?ter"])),
)


@settings(deadline=None, max_examples=150)
@given(QUERIES, st.sampled_from(Sort), st.integers(0, DOCUMENTS), st.integers(1, 120))
def test_a_page_of_many_equal_documents_is_a_stretch_of_the_whole_order(
    crowd: WhooshEngine, query: q.Query, sort: Sort, offset: int, limit: int
) -> None:
    whole = crowd.find(SearchPlan(query, {}, sort, DOCUMENTS, 0, ())).hits
    assert crowd.find(SearchPlan(query, {}, sort, limit, offset, ())).hits == whole[offset : offset + limit]
    if sort is Sort.RELEVANCE:
        assert list(whole) == sorted(whole, key=lambda hit: (-hit[1], hit[0]))


SOME = st.lists(st.integers(0, DOCUMENTS - 1), min_size=1, max_size=60, unique=True).map(sorted).map(np.array)
SEVERAL = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True)


@settings(deadline=None, max_examples=30)
@given(SEVERAL, SOME, SOME)
def test_reranking_some_documents_finds_what_reranking_all_finds(
    folder: Path, words: list[str], some: Longs, others: Longs
) -> None:
    query = q.Or(tuple(map(q.Word, words)))
    with closing(open_snapshot(folder)) as first, closing(open_snapshot(folder)) as second:
        every = bonus(query, QueryContext(first), np.arange(DOCUMENTS)).total
        assert every.any()
        for looked_at in (some, some, others, some):
            assert bonus(query, QueryContext(second), looked_at).total == pytest.approx(every[looked_at], rel=1e-12)


@settings(deadline=None, max_examples=30)
@given(SEVERAL, SOME)
def test_places_read_of_some_documents_are_those_of_all_in_these(folder: Path, words: list[str], some: Longs) -> None:
    with closing(open_snapshot(folder)) as snapshot:
        field = snapshot.field("text")
        groups = [field.find(word) for word in words]
        every, read = field.places(groups, np.arange(DOCUMENTS)), field.places(groups, some)
        for places, chosen in zip(every, read, strict=True):
            assert chosen.tolist() == places[np.isin(places >> PLACE_BITS, some)].tolist()


@settings(deadline=None, max_examples=50)
@given(SEVERAL)
def test_what_any_of_some_words_finds_is_what_one_or_the_other_finds(crowd: WhooshEngine, words: list[str]) -> None:
    def found(query: q.Query) -> set[str]:
        return {name for name, _ in crowd.find(SearchPlan(query, {}, Sort.RELEVANCE, DOCUMENTS, 0, ())).hits}

    each = [found(q.Word(word)) for word in words]
    assert found(q.Or(tuple(map(q.Word, words)))) == set.union(*each)
    assert found(q.And(tuple(map(q.Word, words)))) == set.intersection(*each)
