"""A whole request to one query tree: what was typed, and the narrowings given beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from search.expansion import Equivalents, expand_query
from search.grammar.filters import KnownValues
from search.grammar.normal_form import conjoin, disjoin, normalise
from search.grammar.parse import parse, parse_filter
from search.query import Query
from search.request import Filter, Request
from search.results import Diagnostic


def interpret_request(
    request: Request, today: dt.date, known: KnownValues, equivalents: Equivalents
) -> tuple[Query, tuple[Diagnostic, ...]]:
    """The tree that a request means, and what there is to say about how it was written.

    Args:
        request: what was asked.
        today: the day that ``last-year`` and its like are counted from.
        known: see `search.grammar.parse.parse`.
        equivalents: what the words of the query are widened by; see `search.expansion`.
    """
    parsed = parse(request.query, any=request.any, today=today, known=known)
    parts, diagnostics = [expand_query(parsed.query, equivalents)], list(parsed.diagnostics)
    for name in dict.fromkeys(one.field for one in request.filters):
        part, said = _narrowing([one for one in request.filters if one.field == name], today, known)
        parts.append(part)
        diagnostics += said
    return normalise(conjoin(parts)), tuple(diagnostics)


def _narrowing(filters: Sequence[Filter], today: dt.date, known: KnownValues) -> tuple[Query, list[Diagnostic]]:
    """Filters of one field: any of those chosen, none of those excluded."""
    said: list[Diagnostic] = []
    chosen: list[Query] = []
    excluded: list[Query] = []
    for one in filters:
        parsed = parse_filter(one.field, one.value, today=today, known=known, exclude=one.exclude)
        # Places are offsets in the typed query, where this value does not stand.
        said += [replace(diagnostic, start=0, end=0) for diagnostic in parsed.diagnostics]
        (excluded if one.exclude else chosen).append(parsed.query)
    return conjoin([*([disjoin(chosen)] if chosen else []), *excluded]), said
