"""What every engine measured here must do: index rows, and answer with top 10, exact total and two facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.corpora.questions import Question
from benchmarks.corpora.text_rows import TextRow

TOP = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of the best documents, how many match in all, and those by category and by year."""

    ids: tuple[str, ...]
    total: int
    categories: Mapping[str, int]
    years: Mapping[str, int]


class BenchmarkEngine(Protocol):
    """One engine over one folder."""

    def add(self, rows: Sequence[TextRow]) -> None:
        """Index some documents more."""
        ...

    def finish(self) -> None:
        """Make all that was added searchable."""
        ...

    def open(self) -> None:
        """Get ready to answer."""
        ...

    def ask(self, question: Question) -> Answer:
        """Answer; writing the question the engine's own way is part of it."""
        ...

    def close(self) -> None:
        """Let go of what `open` took."""
        ...
