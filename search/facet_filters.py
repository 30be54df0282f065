"""The narrowings of a query, facet by facet, apart from what is scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from corpus.fields import FACETS
from search.grammar.normal_form import conjoin
from search.query import And, DateRange, Has, Not, Or, Query, Value, children
from search.term_patterns import MISSING

_FIELDS = frozenset(field.name for field in FACETS)


def split_facet_filters(query: Query) -> tuple[Query, dict[str, Query]]:
    """Part a query into what is scored and what each facet has selected.

    A part of the outermost And belongs to a facet when all of it is about that facet's field: values, dates, having
    one or none, and these negated or joined. What is about several fields, or inside an Or with words, stays.

    Args:
        query: a tree in normal form.

    Returns:
        The rest (everything, when nothing is left), and per field (``category``, ``date``, …) the part that narrows
        by it; several parts about one field must all hold. The rest and all selections together mean ``query``.
    """
    rest: list[Query] = []
    chosen: dict[str, list[Query]] = {}
    for part in query.parts if isinstance(query, And) else (query,):
        field = _only_field(part)
        if field in _FIELDS:
            chosen.setdefault(field, []).append(part)
        else:
            rest.append(part)
    return conjoin(rest), {field: conjoin(parts) for field, parts in chosen.items()}


def selected_values(selection: Query, values: Iterable[str]) -> tuple[str, ...]:
    """The facet values that a selection asks for; what it excludes is not among them.

    Args:
        selection: of one facet, as `split_facet_filters` gives it.
        values: the facet's values that occur; of them, a span of dates asks for the years wholly inside it.

    Returns:
        The values as they stand in the query, ``none`` for having none, and the years of spans.
    """
    match selection:
        case Value(_, asked):
            return asked
        case Not(Has()):
            return (MISSING,)
        case DateRange():
            return _years(selection, values)
        case And() | Or():
            occurring = tuple(values)
            return tuple(dict.fromkeys(v for part in children(selection) for v in selected_values(part, occurring)))
    return ()


def _years(span: DateRange, values: Iterable[str]) -> tuple[str, ...]:
    low = span.first.first if span.first else None
    high = span.last.last if span.last else None
    # A single year is a row even when no document has it.
    own = [span.first.edtf] if span.first and span.first == span.last else []
    years = [year for year in dict.fromkeys([*own, *values]) if len(year) == 4 and year.isdecimal()]
    return tuple(year for year in years if _is_inside(int(year), low, high))


def _is_inside(year: int, low: dt.date | None, high: dt.date | None) -> bool:
    begins = low is None or low <= dt.date(year, 1, 1)
    return begins and (high is None or high >= dt.date(year, 12, 31))


def _only_field(query: Query) -> str:
    """The one field that all of ``query`` narrows by, or ``""``."""
    match query:
        case Value(field) | Has(field):
            return field
        case DateRange():
            return "date"
        case And() | Or() | Not():
            fields = set(map(_only_field, children(query)))
            return fields.pop() if len(fields) == 1 else ""
    return ""
