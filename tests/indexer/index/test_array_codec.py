"""Whoosh's own searcher over segments of arrays: the same hits and scores as over Whoosh's own format."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as wq

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch, spell_out

Commits = list[list[tuple[list[str], int]]]

WORDS = ["report", "reports", "mission", "rights", "human", "visit", "the", "protect", "détention"]
COMMITS = st.lists(
    st.lists(st.tuples(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(0, 4)), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)


def term(word: str) -> wq.Query:
    return wq.Term("text", word)


STEMS = st.sampled_from(["en:report", "en:mission", "en:right", "en:absent"]).map(lambda stem: wq.Term("stem", stem))
LEAVES = st.one_of(
    st.sampled_from([*WORDS, "absent"]).map(term),
    STEMS,
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: wq.Phrase("text", words, slop=2)),
    st.sampled_from(["re", "m", "x"]).map(lambda prefix: wq.Prefix("text", prefix)),
    st.just(wq.FuzzyTerm("text", "misson")),
    st.integers(700_000, 700_004).map(lambda day: wq.NumericRange("first_day", day, None)),
    st.sampled_from("abc").map(lambda value: wq.Term("category", value)),
    st.just(wq.Every()),
)
# Without AndNot: Whoosh's matcher of it begins wrongly where the excluded list begins first, in any format.
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(wq.And),
        st.lists(part, min_size=2, max_size=3).map(wq.Or),
        st.tuples(part, part).map(lambda pair: wq.AndMaybe(*pair)),
    ),
    max_leaves=5,
)


def entries(commits: Commits) -> list[list[IndexEntry]]:
    made: list[list[IndexEntry]] = []
    number = 0
    for rows in commits:
        made.append([])
        for words, age in rows:
            days = {"first_day": 700_000 + age, "last_day": 700_001 + age} if age else {}
            values: dict[str, str | int] = {
                "id": f"d{number:02}",
                "category": "abc"[age % 3],
                "title_key": " ".join(words[:2]),
                **days,
            }
            texts = {"text": [Stretch(" ".join(words))], "title": [Stretch(" ".join(words[:3]))]}
            made[-1].append(IndexEntry("en", texts, {name: value for name, value in values.items() if value != ""}))
            number += 1
    return made


def both(new_index: Callable[[], Path], commits: list[list[IndexEntry]], deleted: set[str]) -> tuple[Any, Any]:
    """Write entries as segments of arrays and as Whoosh's own, and open both with Whoosh."""
    ours, theirs = new_index(), new_index()
    stock = whoosh_index.create_in(str(theirs), schema.schema())
    for found in commits:
        collected, writer = Collector(schema.schema()), stock.writer()
        for entry in found:
            collected.add(entry)
            writer.add_document(**spell_out(entry))
        commit(ours, collected, frozenset())
        writer.commit(merge=False)
    commit(ours, Collector(schema.schema()), deleted)
    writer = stock.writer()
    for document_id in deleted:
        writer.delete_by_term("id", document_id)
    writer.commit(merge=False)
    return whoosh_index.open_dir(str(ours)), stock


def answers(index: Any, query: wq.Query, **options: Any) -> Any:
    with index.searcher() as searcher:
        results = searcher.search(query, **options)
        return len(results), [(hit["id"], "sortedby" in options or round(hit.score, 9)) for hit in results]


QUESTIONS = st.lists(TREES, min_size=8, max_size=8)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=12, deadline=None)
@given(COMMITS, QUESTIONS, st.data())
def test_whoosh_finds_the_same_with_the_same_scores_as_in_its_format(
    new_index: Callable[[], Path], commits: Commits, queries: list[wq.Query], data: st.DataObject
) -> None:
    hold_equal(new_index, commits, queries, data)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; set MUNIMENT_SLOW=1")
@settings(max_examples=1500 // 8 + 1, deadline=None)
@given(COMMITS, QUESTIONS, st.data())
def test_whoosh_answers_1500_questions_as_in_its_format(
    new_index: Callable[[], Path], commits: Commits, queries: list[wq.Query], data: st.DataObject
) -> None:
    hold_equal(new_index, commits, queries, data)


def hold_equal(new_index: Callable[[], Path], commits: Commits, queries: list[wq.Query], data: st.DataObject) -> None:
    found = entries(commits)
    ids = [str(entry.values["id"]) for part in found for entry in part]
    halves = [part[: len(part) // 2] for part in found]  # more deletions would merge the segment anew
    deleted = data.draw(st.sets(st.sampled_from(ids[:1] + [str(e.values["id"]) for half in halves for e in half])))
    if any(2 * len(deleted & {str(e.values["id"]) for e in part}) > len(part) for part in found):
        deleted = set()
    ours, theirs = both(new_index, found, deleted)
    for query in queries:
        for options in ({"limit": None}, {"limit": 3}, {"limit": None, "sortedby": ["title_key", "id"]}):
            assert answers(ours, query, **options) == answers(theirs, query, **options), (query, options)


def test_whoosh_groups_sorts_and_reads_columns_of_arrays(new_index: Callable[[], Path]) -> None:
    rng = random.Random(4)
    rows = [[(rng.choices(WORDS, k=rng.randrange(40)), rng.randrange(5)) for _ in range(40)] for _ in range(3)]
    ours, theirs = both(new_index, entries(rows), {"d05", "d77"})
    for options in (
        {"groupedby": "category"},
        {"sortedby": "first_day"},
        {"sortedby": "title_key", "reverse": True},
        {"sortedby": ["category", "id"]},
    ):
        seen = []
        for index in (ours, theirs):
            with index.searcher() as searcher:
                results = searcher.search(term("report"), limit=None, **options)
                groups = {k: len(v) for k, v in results.groups("category").items()} if "groupedby" in options else {}
                seen.append(([hit["id"] for hit in results], groups))
        assert seen[0] == seen[1], options


def test_whoosh_reads_an_index_without_documents(new_index: Callable[[], Path]) -> None:
    folder = new_index()
    commit(folder, Collector(schema.schema()), frozenset())
    index = whoosh_index.open_dir(str(folder))
    assert index.doc_count() == 0
    assert answers(index, wq.Every(), limit=None) == (0, [])


def test_the_table_of_contents_names_a_module_that_stays(new_index: Callable[[], Path]) -> None:
    folder, collected = new_index(), Collector(schema.schema())
    collected.add(IndexEntry("en", {"text": [Stretch("a report")]}, {"id": "a"}))
    commit(folder, collected, frozenset())
    (contents,) = folder.glob("*.toc")
    assert b"muniment.whoosh_segment" in contents.read_bytes()
    assert b"indexer" not in contents.read_bytes()


def test_whoosh_deletes_a_document_from_a_segment_of_arrays(new_index: Callable[[], Path]) -> None:
    ours, _ = both(new_index, entries([[(["report"], 1), (["report"], 2)]]), set())
    ours.delete_by_term("id", "d00")
    writer = ours.writer()
    writer.delete_by_term("id", "d00")
    writer.commit(merge=False)
    assert answers(ours, term("report"), limit=None)[0] == 1


@pytest.mark.parametrize("word", ["report", "the"])
def test_whoosh_matchers_walk_and_skip(new_index: Callable[[], Path], word: str) -> None:
    rng = random.Random(8)
    rows = [[(rng.choices(WORDS, k=6), 1) for _ in range(200)]]
    ours, theirs = both(new_index, entries(rows), set())
    walks = []
    for index in (ours, theirs):
        with index.reader() as reader:
            matcher, walk = reader.postings("text", word), []
            for target in (7, 7, 60, 150):
                matcher.skip_to(target)
                walk.append((matcher.id(), matcher.weight(), matcher.value_as("positions")))
                matcher.next()
            walks.append(walk)
    assert walks[0] == walks[1]
