"""Ours: the writer by arrays, and the engine behind the query language. The texts themselves are not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer
from benchmarks.engines.entries import to_entry
from indexer.index import schema
from indexer.index.buffer import Budget, Collector
from indexer.index.commit import commit
from search.engine import SearchPlan
from search.planning.facet_filters import split_facet_filters
from search.planning.interpret import interpret_request
from search.request import Filter, Request, Sort
from search.whoosh_engine.array_engine import open_index

FACETS = ("category", "year")

_SIGNS = {"or of 3": " OR ", "or of 5": " OR "}
_FORMS = {"phrase": '"{}"', "prefix": "{}*"}


def to_request(question: Question, passages: int = 0) -> Request:
    """Return the request of a user who asks the question."""
    sign = _SIGNS.get(question.kind, " ")
    text = _FORMS.get(question.kind, "{}").format(sign.join(question.words))
    filters = [Filter("category", question.category)] if question.category else []
    if question.years:
        filters.append(Filter("date", f"{question.years[0]}..{question.years[1]}"))
    return Request(text, tuple(filters), limit=TOP_HITS, facets=FACETS, passages=passages)


class Muniment:
    """Muniment's writer and its engine."""

    def __init__(self, directory: Path) -> None:
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
        asked = to_request(question)
        query, _ = interpret_request(asked, dt.date(2020, 1, 1), {}, {})
        rest, selections = split_facet_filters(query)
        found = self._engine.find(SearchPlan(rest, selections, Sort.RELEVANCE, TOP_HITS, 0, FACETS))
        ids = tuple(name for name, _ in found.hits)
        return Answer(ids, found.total, found.facets["category"], found.facets["year"])
