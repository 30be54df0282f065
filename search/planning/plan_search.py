"""Turn a request and its query tree into a search plan: check limits, split facet filters, add feedback."""

from __future__ import annotations

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.fields import BY_FACET
from search.engine import Engine, SearchPlan
from search.planning import relevance_feedback
from search.planning.facet_filters import split_facet_filters
from search.query import Query
from search.request import Request

MAX_HITS = 1000
"""Hits on one page of a result; further ones are on the next page."""


def check_request(request: Request) -> None:
    """Refuse a request that no engine could answer.

    Raises:
        UsageError: the request names an unknown facet, or a limit or offset is out of bounds.
    """
    unknown = [name for name in request.facets if name not in BY_FACET]
    if unknown:
        raise UsageError("request.unknown-facet", facet=unknown[0], facets=", ".join(BY_FACET))
    if not 0 <= request.limit <= MAX_HITS:
        raise UsageError("request.limit", limit=request.limit, most=MAX_HITS)
    if request.offset < 0 or request.passages < 0:
        raise UsageError("request.negative")


def plan_search(engine: Engine, catalogue: Catalogue, request: Request, query: Query) -> SearchPlan:
    """Return the plan for ``query``, with feedback from its first hits if the request asks for it.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    scored, filters = split_facet_filters(query)
    plan = SearchPlan(scored, filters, request.sort, request.limit, request.offset, request.facets)
    if not request.limit or not relevance_feedback.is_feedback_wanted(request, scored):
        return plan
    return relevance_feedback.add_feedback(engine, catalogue, plan, always=bool(request.expand))
