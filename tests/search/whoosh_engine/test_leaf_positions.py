"""Occurrences of query leaves in documents, compared with reading the documents word by word."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from search import query as q
from search.presentation.text_matcher import TextMatcher
from search.whoosh_engine.arrays.snapshot import open_snapshot
from search.whoosh_engine.matching.leaf_positions import leaf_positions
from search.whoosh_engine.matching.match_set import QueryContext

TEXTS = [
    "the report of the mission and the reports of missions",
    "nothing to see here",
    "a mission a report a long way from any other word of a mission report",
]

Span = tuple[int, int, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaves")
    for number, text in enumerate(TEXTS):  # a segment for each document
        collected = Collector(schema.schema())
        collected.add(IndexEntry("en", {"text": [Stretch(text)]}, {"id": f"d{number}"}))
        commit(folder, collected, set())
    return folder


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (q.Word("report"), [(0, 1, 1), (0, 7, 1), (2, 3, 1), (2, 14, 1)]),
        (q.Word("report", exact=True), [(0, 1, 1), (2, 3, 1), (2, 14, 1)]),
        (q.Phrase("mission report"), [(2, 13, 2)]),
        (q.Wildcard("miss*"), [(0, 4, 1), (0, 9, 1), (2, 1, 1), (2, 13, 1)]),
        (q.Wildcard("*"), []),
        (q.Fuzzy("rebort"), [(0, 1, 1), (2, 3, 1), (2, 14, 1)]),
        (q.Near("report mission", 1), [(2, 1, 1), (2, 3, 1), (2, 13, 1), (2, 14, 1)]),
        (q.Word("..."), []),
        (q.Phrase("see absent"), []),
    ],
)
def test_a_leaf_occurs_where_reading_the_texts_finds_it(folder: Path, leaf: q.TextLeaf, expected: list[Span]) -> None:
    with closing(open_snapshot(folder)) as snapshot:
        spans = leaf_positions(leaf, QueryContext(snapshot), np.arange(len(TEXTS)))
        columns = (spans.documents.tolist(), spans.positions.tolist(), spans.lengths.tolist())
        assert list(zip(*columns, strict=True)) == expected
        assert len(spans) == len(expected)


def test_documents_that_are_not_asked_for_have_no_occurrences(folder: Path) -> None:
    with closing(open_snapshot(folder)) as snapshot:
        spans = leaf_positions(q.Word("report"), QueryContext(snapshot), np.array([2]))
        assert spans.documents.tolist() == [2, 2]
        positions, lengths = spans.in_document(2)
        assert positions.tolist() == [3, 14]
        assert lengths.tolist() == [1, 1]
        assert not len(spans.in_document(0)[0])


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (q.Phrase("oil wick"), [(1, 2)]),
        (q.Phrase("wick seen"), []),
        (q.Near("lamp wick", 1), [(0, 1), (2, 1)]),
        (q.Near("wick seen", 3), []),
        (q.Phrase("seen by"), [(3, 2)]),
        (q.Phrase("by me"), []),
    ],
)
def test_no_match_runs_from_a_page_into_a_note(
    tmp_path: Path, leaf: q.TextLeaf, expected: list[tuple[int, int]]
) -> None:
    texts = [
        Stretch("lamp oil", continued=True), Stretch("wick", continued=True), Stretch("seen by"), Stretch("me"),
    ]  # fmt: skip
    collected = Collector(schema.schema())
    collected.add(IndexEntry("en", {"text": texts}, {"id": "d"}))
    commit(tmp_path, collected, set())
    with closing(open_snapshot(tmp_path)) as snapshot:
        spans = leaf_positions(leaf, QueryContext(snapshot), np.arange(1))
    assert list(zip(spans.positions.tolist(), spans.lengths.tolist(), strict=True)) == expected
    leaves = TextMatcher(leaf).positions([(text.text, "en") for text in texts], 2).leaves
    first_and_last = [(int(a), int(b)) for found in leaves for a, b in zip(found.first, found.last, strict=True)]
    assert first_and_last == [(start, start + length - 1) for start, length in expected]
