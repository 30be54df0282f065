"""The contract of measured engines: index rows; answer with titles and dates, the exact total and two facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow

TOP_HITS = 10


@dataclass(frozen=True, slots=True)
class AnswerHit:
    """A document of an answer, with the snippets or passages that were asked for."""

    id: str
    title: str
    date: str
    category: str
    snippets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The best documents, the number of matches, and their counts by category and year."""

    hits: tuple[AnswerHit, ...]
    total: int
    categories: Mapping[str, int]
    years: Mapping[str, int]


class BenchmarkEngine(Protocol):
    """One engine with an index in one folder, created with that folder and the number of snippets a hit."""

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index more documents."""
        ...

    def finish(self) -> None:
        """Commit everything that was added."""
        ...

    def open(self) -> None:
        """Open the index for searching."""
        ...

    def ask(self, question: Question) -> Answer:
        """Answer a question; translating it to the engine's syntax is part of the time."""
        ...

    def close(self) -> None:
        """Close the index."""
        ...
