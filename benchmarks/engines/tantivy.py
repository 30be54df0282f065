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
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit

WRITER_HEAP_BYTES = 128 << 20
"""Memory that the writer may use before it writes a segment."""

_FIELDS = ("title", "text")
_SHOWN = ("id", "title", "date", "category")
_FACETS = {name: {"terms": {"field": name, "size": 1000}} for name in ("category", "year")}


def _schema(*, with_text: bool) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "date"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("text", stored=with_text, tokenizer_name="en_stem")
    builder.add_text_field("category", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    return builder.build()


class Tantivy:
    """An index in a folder of its own, written by one thread."""

    def __init__(self, directory: Path, snippets: int) -> None:
        self._schema = _schema(with_text=bool(snippets))
        self._snippets = snippets
        self._index = tantivy.Index(self._schema, str(directory))
        self._writer: Any = None

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=WRITER_HEAP_BYTES, num_threads=1)
        for row in rows:
            values = {"id": row.id, "date": row.date, "title": row.title, "text": row.text, "category": row.category}
            self._writer.add_document(tantivy.Document(**values, year=row.year))

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
        matches: Any = self._searcher.search(query, limit=TOP_HITS, count=True)
        snippets = self._snippet_generator(query) if self._snippets else None
        hits = tuple(self._hit(self._searcher.doc(address), snippets) for _, address in matches.hits)
        buckets = self._searcher.aggregate(query, _FACETS)
        categories, years = (
            {str(row["key"]).removesuffix(".0"): row["doc_count"] for row in buckets[name]["buckets"]}
            for name in _FACETS
        )
        return Answer(hits, matches.count, categories, years)

    def _snippet_generator(self, query: Query) -> Any:
        return tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")

    def _hit(self, document: Any, snippets: Any) -> AnswerHit:
        document_id, title, date, category = (document.get_first(name) or "" for name in _SHOWN)
        return AnswerHit(
            document_id, title, date, category, (snippets.snippet_from_doc(document).to_html(),) if snippets else ()
        )

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
