"""A search request, as commands, scripts and notebooks write it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_FACETS = ("category", "year", "language")
"""Names of the facets that are counted unless a request names others."""


class Sort(StrEnum):
    """Order of hits. Undated documents come last in both date orders; equal documents are ordered by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter on one field, separate from the typed query. Several on one field match any of them.

    Attributes:
        field: a field name of the query language, such as ``category``, ``date`` or ``author``.
        value: as it would be typed after ``field:`` in a query: ``statement``, ``2017..2019``, ``none``. With commas it
            is one value where the archive knows it as one or it is a name (``Doe, Jane``), else a list.
        exclude: exclude the matching documents instead.
    """

    field: str
    value: str
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its filters, and the page of hits to return for it.

    Attributes:
        query: text in the query language; empty means every document.
        filters: combined by OR within a field, by AND between fields.
        any: match any word instead of all words.
        sort: order of hits.
        limit: hits on the page, 0 to 1000; 0 returns only the total and the facets.
        offset: hits to skip.
        facets: names of the facets to count, in this order.
        passages: most passages of a hit.
        expand: add the words that the first hits share to the ranking (`search.planning.relevance_feedback`); None does
            so for questions (``any``, three words or more) unless the first hit scores far above the next.
    """

    query: str = ""
    filters: tuple[Filter, ...] = ()
    any: bool = False
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    facets: tuple[str, ...] = DEFAULT_FACETS
    passages: int = 3
    expand: bool | None = None
