"""Muniment's index and engine alone, without an archive: no catalogue, no titles, dates or passages of hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit
from benchmarks.engines.entries import to_entry
from benchmarks.engines.muniment import FACETS, to_request
from indexer.index import schema
from indexer.index.buffer import Budget, Collector
from indexer.index.commit import commit
from search.engine import SearchPlan
from search.grammar.parse_context import NoUsedValues
from search.planning.facet_filters import split_facet_filters
from search.planning.interpret import interpret_request
from search.request import Sort
from search.whoosh_engine.array_engine import open_index


class ArrayIndex:
    """The writer and the engine over the index in one folder."""

    def __init__(self, directory: Path, _snippets: int) -> None:
        self._directory = directory
        self._collected = Collector(schema.schema())
        self._budget = Budget()

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        for row in rows:
            self._collected.add(to_entry(row))
            if self._collected.is_full(self._budget):
                self.finish()

    def finish(self) -> None:
        """Commit the rest."""
        if self._collected.documents:
            commit(self._directory, self._collected, set())
            self._collected = Collector(schema.schema())

    def open(self) -> None:
        """Open the engine."""
        self._engine = open_index(self._directory)

    def close(self) -> None:
        """Close the index."""
        self._engine.close()

    def ask(self, question: Question) -> Answer:
        """Parse the question, search and count."""
        query, _ = interpret_request(to_request(question), dt.date(2020, 1, 1), {}, NoUsedValues(), {})
        rest, selections = split_facet_filters(query)
        matches = self._engine.find(SearchPlan(rest, selections, Sort.RELEVANCE, TOP_HITS, 0, FACETS))
        hits = tuple(AnswerHit(document_id, "", "", "") for document_id, _ in matches.hits)
        return Answer(hits, matches.total, matches.facets["category"], matches.facets["year"])
