"""The narrow door between a question and whatever answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.query import Nothing, Query
from search.request import Sort
from search.results import Explanation


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What an engine is asked.

    Attributes:
        query: the scored part of the question.
        selections: per facet field (``category``, ``date``, ``language``, …) the narrowing chosen there; all must
            hold, none is scored, and a facet's counts leave out its own.
        sort, limit, offset: which of the matching documents are wanted, and in what order.
        facets: names of facets to count (`corpus.fields.Field.facet`).
        also: what else speaks for a document: it adds to the scores of those that match, and matches none.
        share: how much that is at most, as a part of the best score of ``query``.
    """

    query: Query
    selections: Mapping[str, Query]
    sort: Sort
    limit: int
    offset: int
    facets: tuple[str, ...]
    also: Query = field(default_factory=Nothing)
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchMatches:
    """What an engine answers.

    Attributes:
        total: exact number of matching documents.
        hits: (document id, score) of the page asked for, in order; the score is 0 when not sorted by relevance.
        facets: per facet name, value to count over all matches; key ``""`` counts documents without a value.
            Values are stored ones (category name, language code, ``"2019"`` for years); only counts above 0.
        notices: what the reader should be told, e.g. that a wildcard was cut at its cap.
    """

    total: int
    hits: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]]
    notices: tuple[str, ...] = ()


class Engine(Protocol):
    """Answers plans over one snapshot of one index."""

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Find what ``plan`` asks for."""
        ...

    def telling(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Of folded words with their weights, those that tell most of a text, best first: weight times idf.

        Words of one stem are one, under the spelling that weighs most; function words of ``language`` tell nothing.
        """
        ...

    def words(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Words of the documents that begin with a folded prefix, with how many have them, most first."""
        ...

    def nearest(self, word: str) -> str:
        """The likeliest spelling of a folded word that is in no document; ``""`` when it is in one, or none is near."""
        ...

    def pages(self, query: Query, ids: Sequence[str], limit: int) -> Mapping[str, tuple[int, ...]]:
        """Which texts of documents to read for passages: where ``query`` stands thickest, at most ``limit`` of each.

        By document id, places in the order of its texts, counted from 0; empty where it stands in none of them.
        Documents of which it cannot be told without reading them are left out.
        """
        ...

    def explain(self, plan: SearchPlan, id: str) -> Explanation:  # noqa: A002 (the name every hit uses)
        """Why the document ``id`` has the score that ``plan`` gives it."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
