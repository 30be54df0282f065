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
from search.whoosh_engine.arrays.lexicon import Expansion


def test_a_wildcard_cut_at_its_limit_is_told(new_index: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, collected = new_index(), Collector(schema.schema())
    for number in range(8):
        texts = {"text": [Stretch(f"word{number} common")], "title": [], "file": []}
        collected.add(IndexEntry("en", texts, {"id": str(number)}))
    commit(folder, collected, frozenset())
    monkeypatch.setattr("search.whoosh_engine.matching.text_clauses.expand_wildcard", lambda *_: Expansion([1], 5_000))
    with closing(open_index(folder)) as engine:
        matches = engine.find(SearchPlan(q.Wildcard("wor?*", "text"), {}, Sort.RELEVANCE, 10, 0, ()))
    assert (matches.total, matches.notices) == (
        1,
        ("wor?* matches 5,000 words; only the 1,024 most frequent were searched",),
    )
