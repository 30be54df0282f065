"""A whole question, as a value: commands, scripts and notebooks all ask through it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """Order of hits. Undated documents come last in both date orders; ties go by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Filter:
    """A narrowing by one field, outside the typed query. Several of one field mean any of them.

    Attributes:
        field: ``category``, ``date``, ``language``, ``author``, ``country`` or ``format``.
        value: as one would type after ``field:`` in a query: ``statement``, ``2017..2019``, ``none``.
        exclude: leave these documents out instead.
    """

    field: str
    value: str
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What to look for and how to show it.

    Attributes:
        query: text in the query language; empty means every document.
        filters: narrowings; OR within a field, AND between fields.
        any: match any word instead of all of them.
        sort: order of hits.
        limit: hits on the page, 0 to 1000 (0 asks only for total and facets).
        offset: hits to skip.
        facets: names of the facets to count, in this order.
        passages: most passages a hit may carry.
        expand: let the words that the first hits share speak for further ones (`search.relevance_feedback`); None
            does so for questions (``any``, three words or more) as far as no hit stands out.
    """

    query: str = ""
    filters: tuple[Filter, ...] = ()
    any: bool = False
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    facets: tuple[str, ...] = ("category", "year", "language")
    passages: int = 3
    expand: bool | None = None
