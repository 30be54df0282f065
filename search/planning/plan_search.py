"""Turn a request and its query tree into a search plan, with facet filters apart and feedback, and carry it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.catalogue import Catalogue
from corpus.deferred import Deferred
from search.engine import Engine, SearchMatches, SearchPlan
from search.planning.facet_filters import split_facet_filters
from search.query import Query, words_of
from search.request import Request, Sort

if TYPE_CHECKING:
    from search.planning.relevance_feedback import add_feedback
else:
    add_feedback = Deferred("search.planning.relevance_feedback:add_feedback")

MIN_QUESTION_WORDS = 3
"""Words of the shortest query with automatic feedback. A shorter one names what it looks for."""


def plan_search(engine: Engine, catalogue: Catalogue, request: Request, query: Query) -> SearchPlan:
    """Return the plan for ``query``, with feedback from its first hits if the request asks for it.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    return _plan(engine, catalogue, replace(request, facets=()), query)[0]


def find_matches(
    engine: Engine, catalogue: Catalogue, request: Request, query: Query
) -> tuple[SearchPlan, SearchMatches]:
    """Carry out the plan for ``query``. What the search for its first hits found is not looked for again.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    plan, first = _plan(engine, catalogue, request, query)
    if first is None:
        return plan, engine.find(plan)
    if plan.boost_limit <= 0:
        return plan, replace(first, hits=first.hits[plan.offset : plan.offset + plan.limit])
    # Feedback changes neither what matches nor the facets.
    return plan, replace(engine.find(replace(plan, facets=())), facets=first.facets)


def _plan(
    engine: Engine, catalogue: Catalogue, request: Request, query: Query
) -> tuple[SearchPlan, SearchMatches | None]:
    """Return the plan for a query, and the matches without feedback where its first hits were looked at."""
    scored, filters = split_facet_filters(query)
    plan = SearchPlan(scored, filters, request.sort, request.limit, request.offset, request.facets)
    if not request.limit or not _is_feedback_wanted(request, scored):
        return plan, None
    return add_feedback(engine, catalogue, plan, always=bool(request.expand))


def _is_feedback_wanted(request: Request, query: Query) -> bool:
    """Return whether the request asks for feedback, or is a question of some words of which any may match."""
    if request.sort is not Sort.RELEVANCE or request.expand is False:
        return False
    return request.expand is True or (request.any and len(list(words_of(query))) >= MIN_QUESTION_WORDS)
