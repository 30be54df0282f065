"""Counts of documents without scores are those of a search, whatever languages the words of a document are in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from search import query as q
from search.engine import SearchPlan
from search.request import Sort
from search.whoosh_engine.array_engine import open_index


def test_a_document_in_two_languages_is_counted_once(tmp_path: Path) -> None:
    collected = Collector(schema.schema())
    for number in range(6):
        # Every second document has the word under the stems of two languages, all in one segment.
        others = [Stretch("nations water", language="fr")] if number % 2 else []
        texts = {"text": [Stretch("nations report" if number % 3 else "report"), *others]}
        collected.add(IndexEntry("en", texts, {"id": f"d{number}"}))
    commit(tmp_path, collected, set())
    with closing(open_index(tmp_path)) as engine:
        count = engine.counter()
        for query in (q.Word("nations"), q.And((q.Word("nations"), q.Word("report"))), q.Not(q.Word("nations"))):
            found = engine.find(SearchPlan(query, {}, Sort.RELEVANCE, 100, 0, ()))
            assert count(query) == found.total == len(found.hits), query
