"""Turn a request into one query tree: the typed query, expanded, with the filters given beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import UsageError
from corpus.messages import message
from search.grammar.normal_form import conjoin, disjoin, normalise
from search.grammar.parse import parse, parse_filter
from search.grammar.parse_context import KnownValues, UsedValues
from search.planning.expansion import Equivalents, expand_query
from search.query import Query, TextLeaf, Wildcard, Word, leaves, map_parts
from search.request import Filter, Request
from search.results import Diagnostic


def interpret_request(
    request: Request, today: dt.date, known: KnownValues, used: UsedValues, equivalents: Equivalents
) -> tuple[Query, tuple[Diagnostic, ...]]:
    """Return the query tree of a request, and the diagnostics about how it was written.

    Args:
        request: the request.
        today: the day that ``last-year`` and similar dates are counted from.
        known: see `search.grammar.parse.parse`.
        used: see there.
        equivalents: terms that the words of the query are expanded by; see `search.planning.expansion`.

    Raises:
        UsageError: a filter by date ends before it begins.
    """
    parsed = parse(request.query, any=request.any, today=today, known=known, used=used)
    typed = _without_capitals(parsed.query) if _is_all_capitals(parsed.query) else parsed.query
    parts, diagnostics = [expand_query(typed, equivalents)], list(parsed.diagnostics)
    for field in dict.fromkeys(filter_.field for filter_ in request.filters):
        filters = [filter_ for filter_ in request.filters if filter_.field == field]
        part, filter_diagnostics = _parse_filters(filters, today, known, used)
        parts.append(part)
        diagnostics += filter_diagnostics
    return normalise(conjoin(parts)), tuple(diagnostics)


def _is_all_capitals(query: Query) -> bool:
    """Return whether a query has several words with capitals, and no small letter in any word.

    A single word in capitals (``WHO``) stays a name, since nobody looks for a function word alone.
    """
    texts = (
        leaf.pattern if isinstance(leaf, Wildcard) else leaf.text
        for leaf in leaves(query)
        if isinstance(leaf, TextLeaf)
    )
    words = [word for text in texts for word in text.split() if word.upper() != word.lower()]
    return len(words) > 1 and all(word == word.upper() for word in words)


def _without_capitals(query: Query) -> Query:
    """Return a query with its single words in small letters, since capitals everywhere say nothing about a word."""
    if isinstance(query, Word):
        return query if query.exact else replace(query, text=query.text.lower())
    return map_parts(query, _without_capitals)


def _parse_filters(
    filters: Sequence[Filter], today: dt.date, known: KnownValues, used: UsedValues
) -> tuple[Query, list[Diagnostic]]:
    """Return the query of the filters on one field: any of the included values, none of the excluded ones."""
    diagnostics: list[Diagnostic] = []
    included: list[Query] = []
    excluded: list[Query] = []
    for filter_ in filters:
        parsed = parse_filter(
            filter_.field, filter_.value, today=today, known=known, used=used, exclude=filter_.exclude
        )
        if any(diagnostic.message == message("query.date-reversed") for diagnostic in parsed.diagnostics):
            raise UsageError("request.date-order", value=filter_.value)
        # Places are offsets in the typed query, which does not contain this value.
        diagnostics += [replace(diagnostic, start=0, end=0) for diagnostic in parsed.diagnostics]
        (excluded if filter_.exclude else included).append(parsed.query)
    return conjoin([*([disjoin(included)] if included else []), *excluded]), diagnostics
