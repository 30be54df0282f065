"""The order of many documents, of which many are equal, held to sorting all of them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from indexer import schema
from indexer.segments.collect import Collector
from indexer.segments.entry import Entry, Stretch
from indexer.segments.store import commit
from search import query as q
from search.engine import Plan
from search.request import Sort
from search.whoosh_engine.engine import WhooshEngine, open_engine

DOCUMENTS = 3_000
WORDS = ["report", "treaty", "water", "lamp"]
FIRST_DAY = 730_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("crowd")
    whoosh_index.create_in(str(folder), schema.schema())
    rng, names = random.Random(5), [f"d{number:05}" for number in range(DOCUMENTS)]
    rng.shuffle(names)
    for part in (names[:1_000], names[1_000:]):
        collected = Collector(schema.schema())
        for name in part:
            text = " ".join(rng.choices(WORDS, [8, 4, 2, 1], k=rng.randint(1, 4)))
            day = rng.choice([schema.UNDATED, FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 400])
            values: dict[str, str | int] = {"id": name, "title_key": rng.choice(["", "alpha", "beta"])}
            collected.add(Entry("en", {"text": [Stretch(text)]}, values | {"first_day": day, "last_day": day}))
        commit(folder, collected, set())
    engine = open_engine(folder)
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
    whole = crowd.find(Plan(query, {}, sort, DOCUMENTS, 0, ())).hits
    assert crowd.find(Plan(query, {}, sort, limit, offset, ())).hits == whole[offset : offset + limit]
    if sort is Sort.RELEVANCE:
        assert list(whole) == sorted(whole, key=lambda hit: (-hit[1], hit[0]))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True))
def test_what_any_of_some_words_finds_is_what_one_or_the_other_finds(crowd: WhooshEngine, words: list[str]) -> None:
    def found(query: q.Query) -> set[str]:
        return {name for name, _ in crowd.find(Plan(query, {}, Sort.RELEVANCE, DOCUMENTS, 0, ())).hits}

    each = [found(q.Word(word)) for word in words]
    assert found(q.Or(tuple(map(q.Word, words)))) == set.union(*each)
    assert found(q.And(tuple(map(q.Word, words)))) == set.intersection(*each)
