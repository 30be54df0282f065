"""A request as a JSON object, as stores of a researcher have it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.errors import MunimentError, UsageError
from search.planning.check_arguments import check_request
from search.request import Filter, Request, Sort

MAX_STORED_FILTERS = 1000
"""Filters of a stored request that are read; a person ticks some dozens."""


def request_values(request: Request) -> dict[str, Any]:
    """Return what a request searches for as a JSON object, without the page of hits that is shown."""
    return {
        "query": request.query,
        "filters": [[one.field, one.value, one.exclude] for one in request.filters],
        "any": request.any,
        "expand": request.expand,
        "sort": request.sort.value,
    }


def request_of(values: Mapping[str, Any]) -> Request:
    """Return the request that `request_values` wrote; the values may come from anybody.

    Raises:
        UsageError: they are no request.
    """
    try:
        filters = tuple(Filter(*row) for row in values["filters"][:MAX_STORED_FILTERS])
        request = Request(
            values["query"], filters, any=values["any"], sort=Sort(values["sort"]), facets=(), passages=0,
            expand=values["expand"],
        )  # fmt: skip
        check_request(request)
    except (KeyError, TypeError, ValueError, MunimentError) as error:
        raise UsageError("research.not-a-request") from error
    return request
