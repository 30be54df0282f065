"""Check what a caller passes to an open archive: a wrong argument is one `UsageError` that names it."""

from __future__ import annotations

import operator
import os

from corpus.errors import UsageError
from corpus.fields import BY_FACET
from search.grammar.field_names import QUERY_FIELDS, UNKNOWN_FIELD, FieldUse
from search.request import Filter, Request, Sort

MAX_HITS = 1000
"""Hits on one page of a result; further ones are on the next page."""
MAX_SHOWN_CHARACTERS = 40
"""Characters of a wrong value that an error repeats, so that it stays one line."""
MAX_OFFSET = 2**53
"""Largest offset and number of passages, exact in JSON as well. No archive has as many documents."""

_FILTER_FIELDS = {name for name, field in QUERY_FIELDS.items() if field.use is not FieldUse.IN}
_FACETS = f"a tuple of {', '.join(BY_FACET)}"
_SORTS = ", ".join(f"Sort.{sort.name}" for sort in Sort)


def check_request(request: object) -> None:
    """Refuse a request that is none, or that no engine could answer.

    Raises:
        UsageError: a part of it has a wrong type, is out of bounds, or names an unknown field or facet.
    """
    if not isinstance(request, Request):
        raise _wrong("request", "a muniment.Request", request)
    check_text("query", request.query)
    _check_filters(request.filters)
    check_flag("any", request.any)
    if not isinstance(request.sort, Sort):
        raise _wrong("sort", _SORTS, request.sort)
    check_count("limit", request.limit, MAX_HITS)
    check_count("offset", request.offset)
    _check_facets(request.facets)
    check_count("passages", request.passages)
    if request.expand is not None:
        check_flag("expand", request.expand, "True, False or None")


def check_text(parameter: str, value: object) -> None:
    """Refuse what is no text.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(value, str):
        raise _wrong(parameter, "text", value)


def check_path(parameter: str, value: object) -> None:
    """Refuse what is no path.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(value, str | os.PathLike):
        raise _wrong(parameter, "a path", value)


def check_count(parameter: str, value: object, most: int = MAX_OFFSET, least: int = 0) -> None:
    """Refuse what is no whole number, or is out of bounds.

    Raises:
        UsageError: it is.
    """
    if type(value) is int and least <= value <= most:
        return
    accepted = f"a whole number from {least:,}" + (f" to {most:,}" if most < MAX_OFFSET else "")
    try:
        number = operator.index(value)  # type: ignore[arg-type]  # what has no whole number is what is looked for
    except TypeError:
        raise _wrong(parameter, accepted, value) from None
    if isinstance(value, bool) or not least <= number <= most:
        raise _wrong(parameter, accepted, value)


def check_flag(parameter: str, value: object, accepted: str = "True or False") -> None:
    """Refuse what is neither True nor False.

    Raises:
        UsageError: it is neither.
    """
    if not isinstance(value, bool):
        raise _wrong(parameter, accepted, value)


def _check_filters(filters: object) -> None:
    if not isinstance(filters, tuple | list):
        raise _wrong("filters", "a tuple of muniment.Filter", filters)
    for one in filters:
        if not isinstance(one, Filter):
            raise _wrong("filters", "a tuple of muniment.Filter", one)
        check_text("the field of a filter", one.field)
        check_text("the value of a filter", one.value)
        check_flag("exclude of a filter", one.exclude)
        if QUERY_FIELDS.get(one.field.casefold(), UNKNOWN_FIELD).use in {FieldUse.UNKNOWN, FieldUse.IN}:
            raise _wrong("the field of a filter", f"one of {', '.join(sorted(_FILTER_FIELDS))}", one.field)


def _check_facets(facets: object) -> None:
    if not isinstance(facets, tuple | list):
        raise _wrong("facets", _FACETS, facets)
    for name in facets:
        if not isinstance(name, str):
            raise _wrong("facets", _FACETS, name)
        if name not in BY_FACET:
            raise UsageError("request.unknown-facet", facet=_shown(name), facets=", ".join(BY_FACET))


def _wrong(parameter: str, accepted: str, value: object) -> UsageError:
    return UsageError("request.wrong-argument", parameter=parameter, accepted=accepted, value=_shown(value))


def _shown(value: object) -> str:
    """Return a wrong value on one short line; one of another type than the simple ones by its type alone."""
    if value is None or isinstance(value, str | bool | float | bytes):
        shown = repr(value)
    elif isinstance(value, int):
        shown = str(value) if abs(value) < 10**MAX_SHOWN_CHARACTERS else "a very large number"
    else:
        shown = f"a value of type {type(value).__name__}"
    return shown if len(shown) <= MAX_SHOWN_CHARACTERS else f"{shown[:MAX_SHOWN_CHARACTERS]}…"
