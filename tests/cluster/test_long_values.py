"""Values longer than Lucene takes as a term, in a cluster's index and in one of this machine: the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import query as q
from search.engine import Engine
from search.request import Sort
from tests.cluster.test_cluster_contract import make
from tests.search.test_engine_contract import Doc, MakeEngine, ids, plan, whoosh_engine

__all__ = ["make"]

LONG = "Čapek writes here " * 2200
OTHER = f"{LONG}again"
DOCS = [
    Doc("a", text="one", title="word " * 9000, authors=(LONG, "Ann")),
    Doc("b", text="two", title="word " * 9000 + "zebra", authors=(LONG.upper(),)),
    Doc("c", text="three", title="word " * 100, authors=(OTHER, "x" * 40_000)),
    Doc("d", text="four", title="y" * 50_000, authors=("Ann",), category="z-" * 20_000),
    Doc("e", text="five " + "w" * 50_000),
]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("here")
    return whoosh_engine(folder, [DOCS], ())


@pytest.fixture(scope="module")
def there(make: MakeEngine) -> Engine:
    return make(DOCS)


@pytest.mark.parametrize("query", [
    q.Value("author", (LONG,)), q.Value("author", (OTHER.lower(),)), q.Value("author", ("ann",)),
    q.Value("author", (LONG[:-1] + "!",)), q.Value("author", ("x" * 40_000,)), q.Value("author", ("x" * 64,)),
    q.Value("category", ("Z " * 20_000,)), q.Value("author", ("", LONG)), q.Has("author"), q.Has("category"),
    q.Word("zebra", "title"), q.Word("w" * 50_000), q.Wildcard("w*"), q.All(),
])  # fmt: skip
def test_long_values_are_found_as_here(query: q.Query, here: Engine, there: Engine) -> None:
    assert sorted(ids(there, query)) == sorted(ids(here, query))
    assert there.find(plan(query)).total == here.find(plan(query)).total


def test_titles_longer_than_any_are_in_order(here: Engine, there: Engine) -> None:
    assert ids(there, q.All(), Sort.TITLE) == ids(here, q.All(), Sort.TITLE)


def test_facets_of_long_values_count_as_here_and_select_what_they_count(here: Engine, there: Engine) -> None:
    facets = there.find(plan(q.All(), facets=("author", "category"))).facets
    expected = here.find(plan(q.All(), facets=("author", "category"))).facets
    for facet, counts in facets.items():
        assert sorted(counts.values()) == sorted(expected[facet].values())
        for value, count in counts.items():
            assert there.find(plan(q.Value(facet, (value,)))).total == count


def test_tokens_of_long_titles_are_counted_as_here(here: Engine, there: Engine) -> None:
    counted, expected = (engine.token_index({}) for engine in (there, here))
    names = counted.document_ids(counted.matching(q.All()))
    assert dict(zip(names, counted.title_tokens().tolist(), strict=True)) == dict(
        zip(expected.document_ids(expected.matching(q.All())), expected.title_tokens().tolist(), strict=True)
    )
