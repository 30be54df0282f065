"""Tantivy through its Python binding: two fields of stemmed words, aggregations over two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer

WRITER_HEAP_BYTES = 128 << 20
"""Memory that the writer may use before it writes a segment."""

_FIELDS = ("title", "text")
_FACETS = {name: {"terms": {"field": name, "size": 1000}} for name in ("category", "year")}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="en_stem")
    builder.add_text_field("category", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    return builder.build()


class Tantivy:
    """An index in a folder of its own, written by one thread."""

    def __init__(self, directory: Path) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(directory))
        self._writer: Any = None

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=WRITER_HEAP_BYTES, num_threads=1)
        for row in rows:
            self._writer.add_document(
                tantivy.Document(id=row.id, title=row.title, text=row.text, category=row.category, year=row.year)
            )

    def finish(self) -> None:
        """Commit, and wait for merges."""
        self._writer.commit()
        self._writer.wait_merging_threads()

    def open(self) -> None:
        """Open a searcher."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Close the searcher."""
        del self._searcher

    def ask(self, question: Question) -> Answer:
        """Search with an exact count, then aggregate."""
        query = self._query(question)
        found: Any = self._searcher.search(query, limit=TOP_HITS, count=True)
        ids = tuple(self._searcher.doc(place)["id"][0] for _, place in found.hits)
        told = self._searcher.aggregate(query, _FACETS)
        counts = [
            {str(row["key"]).removesuffix(".0"): row["doc_count"] for row in told[name]["buckets"]} for name in _FACETS
        ]
        return Answer(ids, found.count, *counts)

    def _query(self, question: Question) -> Query:
        if not question.words:
            return Query.all_query()
        parts = [(Occur.Must, self._words(question))]
        if question.category:
            narrow = Query.term_query(self._schema, "category", question.category)
            parts.append((Occur.Must, Query.const_score_query(narrow, 0.0)))
        if question.years:
            narrow = Query.range_query(self._schema, "year", tantivy.FieldType.Integer, *question.years)
            parts.append((Occur.Must, Query.const_score_query(narrow, 0.0)))
        return Query.boolean_query(parts) if len(parts) > 1 else parts[0][1]

    def _words(self, question: Question) -> Query:
        text = " ".join(question.words)
        match question.kind:
            case "phrase":
                return self._index.parse_query(f'"{text}"', list(_FIELDS))
            case "prefix":
                pattern = re.escape(text) + ".*"
                either = [(Occur.Should, Query.regex_query(self._schema, name, pattern)) for name in _FIELDS]
                return Query.boolean_query(either)
            case "or of 3" | "or of 5":
                return self._index.parse_query(" OR ".join(question.words), list(_FIELDS))
        return self._index.parse_query(" AND ".join(question.words), list(_FIELDS))
