"""The Protocol of measured engines: index rows; answer with the top 10, the exact total and two facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow

TOP_HITS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of the best documents, the number of matches, and their counts by category and year."""

    ids: tuple[str, ...]
    total: int
    categories: Mapping[str, int]
    years: Mapping[str, int]


class BenchmarkEngine(Protocol):
    """One engine with an index in one folder."""

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
