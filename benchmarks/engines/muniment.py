"""Muniment as a user meets it: an archive with its catalogue, searched through the public API."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.questions import TYPED, Question
from benchmarks.corpora.text_rows import TextRow
from benchmarks.engines.contract import TOP_HITS, Answer, AnswerHit
from search import Filter, Request, open_archive

FACETS = ("category", "year")

_OPERATORS = {"or of 3": " OR ", "or of 5": " OR "}
_FORMS = {"phrase": '"{}"', "prefix": "{}*"}


def to_request(question: Question, passages: int = 0) -> Request:
    """Return the request of a user who asks the question."""
    if question.kind == TYPED:
        return Request(question.words[0], limit=TOP_HITS, facets=FACETS, passages=passages)
    operator = _OPERATORS.get(question.kind, " ")
    text = _FORMS.get(question.kind, "{}").format(operator.join(question.words))
    filters = [Filter("category", question.category)] if question.category else []
    if question.years:
        filters.append(Filter("date", f"{question.years[0]}..{question.years[1]}"))
    return Request(text, tuple(filters), limit=TOP_HITS, facets=FACETS, passages=passages)


class Muniment:
    """An archive in a folder of its own."""

    def __init__(self, directory: Path, snippets: int) -> None:
        self._directory = directory
        self._passages = snippets

    def add(self, rows: Sequence[TextRow]) -> None:
        """Store more documents in the catalogue."""
        fill_catalogue(self._directory, rows)

    def finish(self) -> None:
        """Build the index from the catalogue."""
        fill_index(self._directory, 1)

    def open(self) -> None:
        """Open the archive."""
        self._archive = open_archive(self._directory)

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def ask(self, question: Question) -> Answer:
        """Search, with title, date, category and passages of each hit."""
        result = self._archive.search(to_request(question, self._passages))
        hits = tuple(
            AnswerHit(hit.id, hit.title, hit.date or "", hit.category or "", tuple(item.text for item in hit.passages))
            for hit in result.hits
        )
        categories, years = ({str(count.value): count.count for count in result.facets[name]} for name in FACETS)
        return Answer(hits, result.total, categories, years)
