"""Split a query into its scored part and the filters on facets, and read the values of a filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from corpus.fields import FACETS, MISSING
from search.grammar.normal_form import conjoin
from search.query import And, DateRange, Has, Not, Or, Query, Value, children

_FACET_FIELDS = frozenset(field.name for field in FACETS)


def split_facet_filters(query: Query) -> tuple[Query, dict[str, Query]]:
    """Split a query into its scored part and a filter for each facet field.

    A part of the outermost And is a facet filter when all of it is about one facet's field: values, dates, having a
    value or none, and these negated or joined. Parts about several fields, or in an Or with words, stay.

    Args:
        query: a tree in normal form.

    Returns:
        The rest (everything, when nothing is left), and by field (``category``, ``date``, …) the conjunction of the
        parts about it. The conjunction of the rest and all filters means ``query``.
    """
    scored: list[Query] = []
    filters: dict[str, list[Query]] = {}
    for part in query.parts if isinstance(query, And) else (query,):
        field = _only_field(part)
        if field in _FACET_FIELDS:
            filters.setdefault(field, []).append(part)
        else:
            scored.append(part)
    return conjoin(scored), {field: conjoin(parts) for field, parts in filters.items()}


def selected_values(filter_: Query, values: Iterable[str]) -> tuple[str, ...]:
    """Return the facet values that a filter selects; values that it excludes are not among them.

    Args:
        filter_: of one facet, as `split_facet_filters` returns it.
        values: the facet's values that occur; a date range selects those years among them that lie wholly inside it.

    Returns:
        The values as in the query, ``none`` for documents without a value, and the years of date ranges.
    """
    match filter_:
        case Value(_, selected):
            return selected
        case Not(Has()):
            return (MISSING,)
        case DateRange():
            return _years(filter_, values)
        case And() | Or():
            occurring = tuple(values)
            return tuple(dict.fromkeys(v for part in children(filter_) for v in selected_values(part, occurring)))
    return ()


def _years(dates: DateRange, values: Iterable[str]) -> tuple[str, ...]:
    low = dates.first.first if dates.first else None
    high = dates.last.last if dates.last else None
    # A single year is a row even when no document has it.
    single = [dates.first.edtf] if dates.first and dates.first == dates.last else []
    years = [year for year in dict.fromkeys([*single, *values]) if len(year) == 4 and year.isdecimal()]
    return tuple(year for year in years if _is_inside(int(year), low, high))


def _is_inside(year: int, low: dt.date | None, high: dt.date | None) -> bool:
    begins = low is None or low <= dt.date(year, 1, 1)
    return begins and (high is None or high >= dt.date(year, 12, 31))


def _only_field(query: Query) -> str:
    """Return the field that ``query`` filters by, or ``""`` if it filters by several or has words."""
    match query:
        case Value(field) | Has(field):
            return field
        case DateRange():
            return "date"
        case And() | Or() | Not():
            fields = set(map(_only_field, children(query)))
            return fields.pop() if len(fields) == 1 else ""
    return ""
