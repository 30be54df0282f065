"""Stock Whoosh: ``add_document`` with the same tokens and stems, and a searcher with ``groupedby``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, sorting
from whoosh import index as whoosh_index
from whoosh import query as wq

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit
from benchmarks.engines.entries import to_entry
from indexer.index import index_layout, schema
from indexer.index.entry import spell_out
from indexer.text import analysis

WRITER_MEMORY_MB = 256
"""Memory that the writer may use before it spills to disk."""

_SHOWN = ("shown_title", "shown_date", "shown_category")
"""Stored fields of what a hit shows."""


class Stock:
    """The same fields in stock Whoosh; title and date stored, and the year as a column, which Whoosh needs to count."""

    def __init__(self, directory: Path, _snippets: int) -> None:
        self._directory = str(directory)
        self._writer: Any = None

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        if self._writer is None:
            index_schema = schema.schema()
            index_schema.add("year", fields.ID(sortable=True))
            for name in _SHOWN:
                index_schema.add(name, fields.STORED())
            self._writer = whoosh_index.create_in(self._directory, index_schema).writer(limitmb=WRITER_MEMORY_MB)
        for row in rows:
            shown = dict(zip(_SHOWN, (row.title, row.date, row.category), strict=True))
            self._writer.add_document(**spell_out(to_entry(row)), year=str(row.year or ""), **shown)

    def finish(self) -> None:
        """Commit."""
        self._writer.commit()

    def open(self) -> None:
        """Open a searcher."""
        self._index = whoosh_index.open_dir(self._directory)
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Close the index."""
        self._searcher.close()
        self._index.close()

    def ask(self, question: Question) -> Answer:
        """Search, counting both facets."""
        facets = sorting.Facets()
        for name in ("category", "year"):
            facets.add_facet(name, sorting.FieldFacet(name, maptype=sorting.Count))
        results = self._searcher.search(
            _query(question).normalize(), limit=TOP_HITS, groupedby=facets, filter=_narrowing(question)
        )
        hits = tuple(AnswerHit(hit["id"], *(hit[name] for name in _SHOWN)) for hit in results[:TOP_HITS])
        return Answer(hits, len(results), dict(results.groups("category")), dict(results.groups("year")))


def _query(question: Question) -> wq.Query:
    words = list(question.words)
    match question.kind:
        case "everything":
            return wq.Every()
        case "phrase":
            return wq.Or([wq.Phrase(name, words) for name in ("text", "title")])
        case "prefix":
            return wq.Or([wq.Prefix(name, words[0]) for name in ("text", "title")])
    parts = [
        wq.Or([wq.Term(name, analysis.stem(word, "en")) for name in index_layout.STEMS.values()]) for word in words
    ]
    return (wq.Or if question.kind.startswith("or") else wq.And)(parts)


def _narrowing(question: Question) -> wq.Query | None:
    if question.category:
        return wq.Term("category", question.category)
    if question.years:
        first, last = question.years
        return wq.Or([wq.Term("year", str(year)) for year in range(first, last + 1)])
    return None
