"""Turn a request and its query tree into a search plan: split facet filters, add feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.catalogue import Catalogue
from corpus.deferred import Deferred
from search.engine import Engine, SearchPlan
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
    scored, filters = split_facet_filters(query)
    plan = SearchPlan(scored, filters, request.sort, request.limit, request.offset, request.facets)
    if not request.limit or not _is_feedback_wanted(request, scored):
        return plan
    return add_feedback(engine, catalogue, plan, always=bool(request.expand))


def _is_feedback_wanted(request: Request, query: Query) -> bool:
    """Return whether the request asks for feedback, or is a question of some words of which any may match."""
    if request.sort is not Sort.RELEVANCE or request.expand is False:
        return False
    return request.expand is True or (request.any and len(list(words_of(query))) >= MIN_QUESTION_WORDS)
