"""Xapian through its Python binding, a package of the system: stemmed terms, and values that are counted as facets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xapian

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit

_CATEGORY, _YEAR = 0, 1  # slots of values
_CATEGORY_PREFIX = "XC"
_SNIPPET_CHARACTERS = 300


class Xapian:
    """A database in a folder of its own."""

    def __init__(self, directory: Path, snippets: int) -> None:
        self._path = str(directory / "database")
        self._snippets = snippets
        self._stemmer = xapian.Stem("english")
        self._database: Any = None

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents, title and text as one stream of stems."""
        if self._database is None:
            self._database = xapian.WritableDatabase(self._path, xapian.DB_CREATE_OR_OVERWRITE)
            self._generator = xapian.TermGenerator()
            self._generator.set_stemmer(self._stemmer)
            self._generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for row in rows:
            self._database.add_document(self._document(row))

    def _document(self, row: TextRow) -> Any:
        document = xapian.Document()
        self._generator.set_document(document)
        self._generator.set_termpos(0)
        self._generator.index_text(row.title)
        self._generator.increase_termpos()
        self._generator.index_text(row.text)
        document.add_value(_CATEGORY, row.category)
        document.add_value(_YEAR, str(row.year or ""))
        document.add_boolean_term(_CATEGORY_PREFIX + row.category)
        document.set_data(json.dumps([row.id, row.title, row.date, row.category, row.text if self._snippets else ""]))
        return document

    def finish(self) -> None:
        """Commit."""
        self._database.commit()
        self._database.close()

    def open(self) -> None:
        """Open the database."""
        self._database = xapian.Database(self._path)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def ask(self, question: Question) -> Answer:
        """Search with an exact count, counting the values of every match."""
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(question))
        categories, years = (xapian.ValueCountMatchSpy(slot) for slot in (_CATEGORY, _YEAR))
        enquire.add_matchspy(categories)
        enquire.add_matchspy(years)
        matches = enquire.get_mset(0, TOP_HITS, self._database.get_doccount())
        counts = ({item.term.decode(): item.termfreq for item in spy.values()} for spy in (categories, years))
        hits = tuple(self._hit(matches, match.document.get_data()) for match in matches)
        return Answer(hits, matches.get_matches_estimated(), *counts)

    def _hit(self, matches: Any, data: bytes) -> AnswerHit:
        document_id, title, date, category, text = json.loads(data)
        snippets = [matches.snippet(text, _SNIPPET_CHARACTERS, self._stemmer).decode()] if self._snippets else []
        return AnswerHit(document_id, title, date, category, tuple(snippets))

    def _query(self, question: Question) -> Any:
        query = self._words(question) if question.words else xapian.Query.MatchAll
        if question.category:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(_CATEGORY_PREFIX + question.category))
        if question.years:
            first, last = map(str, question.years)
            years = xapian.Query(xapian.Query.OP_VALUE_RANGE, _YEAR, first, last)
            query = xapian.Query(xapian.Query.OP_FILTER, query, years)
        return query

    def _words(self, question: Question) -> Any:
        if question.kind == "prefix":
            return xapian.Query(xapian.Query.OP_WILDCARD, question.words[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)
        stems = [self._stemmer(word).decode() for word in question.words]
        match question.kind:
            case "phrase":
                return xapian.Query(xapian.Query.OP_PHRASE, stems, len(stems))
            case "or of 3" | "or of 5":
                return xapian.Query(xapian.Query.OP_OR, stems)
        return xapian.Query(xapian.Query.OP_AND, stems)
