"""A wildcard that matches too many words is searched in part, and the reader is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from search import query as q
from search.engine import SearchPlan
from search.request import Sort
from search.whoosh_engine.array_engine import open_index
from search.whoosh_engine.arrays.lexicon import Expansion, build_lexicon, expand_wildcard


@pytest.fixture
def folder(new_index: Callable[[], Path]) -> Path:
    folder, collected = new_index(), Collector(schema.schema())
    for number in range(8):
        texts = {"text": [Stretch(f"word{number} common")], "title": [], "file": []}
        collected.add(IndexEntry("en", texts, {"id": str(number)}))
    commit(folder, collected, frozenset())
    return folder


def test_a_wildcard_cut_at_its_limit_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "search.whoosh_engine.matching.text_clauses.expand_wildcard", lambda *_, **__: Expansion([1], 5_000)
    )
    with closing(open_index(folder)) as engine:
        matches = engine.find(SearchPlan(q.Wildcard("wor?*", "text"), {}, Sort.RELEVANCE, 10, 0, ()))
    assert (matches.total, matches.notices) == (
        1,
        ("wor?* matches 5,000 words; only the 1,024 most frequent were searched",),
    )


def test_a_pattern_is_expanded_once_in_a_question(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns: list[str] = []

    def expand(_: object, pattern: str, **__: object) -> Expansion:
        patterns.append(pattern)
        return Expansion([1], 1)

    monkeypatch.setattr("search.whoosh_engine.matching.text_clauses.expand_wildcard", expand)
    with closing(open_index(folder)) as engine:
        count = engine.counter()
        leaf = q.Wildcard("wor?*", "text")
        assert [count(q.Or((leaf, q.Wildcard("common", "text")))), count(leaf), count(q.And((leaf, leaf)))] == [8, 1, 1]
    assert patterns == ["wor?*"]


def test_of_too_many_words_the_commonest_are_searched() -> None:
    counts = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    lexicon = build_lexicon([(range(len(counts)), [f"word{number:02}" for number in range(len(counts))], counts)])
    by_count = sorted(range(len(counts)), key=lambda place: (-counts[place], place))
    for cap in range(1, len(counts)):
        assert expand_wildcard(lexicon, "w*", cap) == Expansion(sorted(by_count[:cap]), len(counts))
