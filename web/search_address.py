"""Search addresses: a request as the query string of an address, and back. The address records what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import parse_qsl, quote_plus, urlencode

from corpus.errors import UsageError
from corpus.fields import BY_ALIAS, BY_FACET, FIELDS, FieldKind
from search.request import DEFAULT_FACETS, Filter, Request, Sort

MAX_SIZE_WITH_PASSAGES = 100
"""Hits on a page that shows passages, which take most of the time of an answer."""
MAX_SIZE = 1000
"""Hits on a page without passages."""
DEFAULT_SIZE = 10
MAX_PASSAGES = 10
"""Passages of a hit."""
MAX_PARAMETERS = 500
"""Parameters of an address; a person ticks some dozens."""
MAX_QUERY_BYTES = 4096
"""Bytes of a typed query."""
MAX_PREFIX_CHARACTERS = 200
"""Characters of the beginning of a facet's values."""

EXCLUDING = "not."
"""Before the name of a field: the documents with the value are left out."""


EVERYTHING = Request()
"""The request for every document."""


class ResultView(StrEnum):
    """The way in which hits are shown."""

    PASSAGES = "passages"
    LIST = "list"
    COMPACT = "compact"
    TABLE = "table"
    PRINT = "print"


class FacetOrder(StrEnum):
    """The order of a facet's values on its own page."""

    COUNT = "count"
    NAME = "name"


PASSAGES_OF_VIEW = {
    ResultView.PASSAGES: 3, ResultView.LIST: 1, ResultView.COMPACT: 0, ResultView.TABLE: 0, ResultView.PRINT: 3,
}  # fmt: skip
"""Passages of a hit in each view, unless the address says otherwise."""

FILTER_NAMES = tuple(field.name for field in FIELDS if field.name != "text")
"""Names of fields that an address can filter by, in their order in it."""
_FILTERS = {name: (name, False) for name in FILTER_NAMES} | {
    f"{EXCLUDING}{name}": (name, True) for name in FILTER_NAMES
}
_DATE_FIELD = next(field.name for field in FIELDS if field.kind is FieldKind.DATE)


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """A request with the way in which its hits are shown.

    Attributes:
        request: the question.
        view: the way.
        facet: name of the facet whose values are shown in place of the hits; ``""`` for the hits.
        prefix: beginning of a word of the facet's values that are shown.
        order: the order of the facet's values.
        unknown: parameters that no address has, as given. They are reported and not acted on.
    """

    request: Request = EVERYTHING
    view: ResultView = ResultView.PASSAGES
    facet: str = ""
    prefix: str = ""
    order: FacetOrder = FacetOrder.COUNT
    unknown: tuple[tuple[str, str], ...] = ()

    def at_page(self, page: int) -> SearchAddress:
        """Return the address of another page of the same hits, counted from 1."""
        return replace(self, request=replace(self.request, offset=(page - 1) * self.request.limit))

    def with_filters(self, filters: Iterable[Filter]) -> SearchAddress:
        """Return the address with other filters, at its first page."""
        return replace(self, request=replace(self.request, filters=tuple(filters), offset=0))

    def with_query(self, query: str) -> SearchAddress:
        """Return the address with another query, at its first page."""
        return replace(self, request=replace(self.request, query=query, offset=0))

    def of_whole_query(self, query: str) -> SearchAddress:
        """Return the address of a query that names its filters itself, at its first page."""
        request = replace(self.request, query=query, filters=(), any=False, offset=0)
        return replace(self, request=request)

    def shown_as(self, name: str) -> SearchAddress:
        """Return the address with its hits shown in another view; to be printed, all of them from the first."""
        view = ResultView(name)
        request = replace(self.request, passages=PASSAGES_OF_VIEW[view])
        if ResultView.PRINT in {view, self.view}:
            request = replace(request, limit=default_size(view), offset=0)
        elif request.limit > max_size(view, request.passages):
            request = replace(request, limit=max_size(view, request.passages), offset=0)
        return replace(self, view=view, request=request)

    def of_facet(self, facet: str, *, prefix: str = "", order: str = FacetOrder.COUNT) -> SearchAddress:
        """Return the address of a facet's own page at its first page, or with ``""`` that of the hits."""
        request = replace(self.request, offset=0)
        return replace(self, request=request, facet=facet, prefix=prefix, order=FacetOrder(order))

    def sorted_by(self, sort: str) -> SearchAddress:
        """Return the address with its hits in another order, at its first page."""
        return replace(self, request=replace(self.request, sort=Sort(sort), offset=0))

    def of_size(self, size: int) -> SearchAddress:
        """Return the address with another number of hits on a page, at its first page."""
        return replace(self, request=replace(self.request, limit=size, offset=0))


def results_address(request: Request) -> SearchAddress:
    """Return the address of the results of a request, as a page shows them first, whatever else was kept of it."""
    return SearchAddress(
        Request(request.query, request.filters, any=request.any, sort=request.sort, expand=request.expand)
    )


def default_size(view: ResultView) -> int:
    """Return the number of hits on a page where the address does not say."""
    return MAX_SIZE if view is ResultView.PRINT else DEFAULT_SIZE


def max_size(view: ResultView, passages: int) -> int:
    """Return the most hits on a page; what is printed has them all, with fewer passages the more they are."""
    return MAX_SIZE_WITH_PASSAGES if passages and view is not ResultView.PRINT else MAX_SIZE


def read_query_string(query_string: str) -> SearchAddress:
    """Return the search address that a query string stands for.

    Raises:
        UsageError: a parameter has a value that it cannot have, or there are too many.
    """
    return read_address(read_pairs(query_string))


def read_pairs(query_string: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string, in order.

    Raises:
        UsageError: there are too many.
    """
    try:
        return parse_qsl(query_string, keep_blank_values=True, max_num_fields=MAX_PARAMETERS, errors="replace")
    except ValueError as error:
        raise UsageError("web.too-many-parameters", most=MAX_PARAMETERS) from error


def read_address(pairs: Sequence[tuple[str, str]]) -> SearchAddress:
    """Return the search address that the parameters of an address stand for. Empty ones count for nothing.

    Without a facet, the parameters for its values count for nothing either.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    given = [(name, value) for name, value in pairs if value.strip()]
    once = _Once(dict(given))
    query = once.values.get("q", "")
    if len(query.encode(errors="replace")) > MAX_QUERY_BYTES:
        raise UsageError("web.query-too-long", most=MAX_QUERY_BYTES)
    view = ResultView(once.choice("view", [*ResultView], ResultView.PASSAGES))
    passages = once.number("passages", PASSAGES_OF_VIEW[view], 0, MAX_PASSAGES)
    size = once.number("size", default_size(view), 0, max_size(view, passages))
    page = once.number("page", 1, 1)
    request = Request(
        query=query,
        filters=_filters(given),
        any=once.flag("any") or False,
        sort=Sort(once.choice("sort", [*Sort], Sort.RELEVANCE)),
        limit=size,
        offset=once.number("offset", (page - 1) * size, 0),
        facets=_facets(once.values.get("facets")),
        passages=passages,
        expand=once.flag("expand"),
    )
    facet = once.choice("facet", ["", *BY_FACET], "")
    unknown = tuple((name, value) for name, value in given if name not in _KNOWN)
    if not facet:
        return SearchAddress(request, view, unknown=unknown)
    order = FacetOrder(once.choice("order", [*FacetOrder], FacetOrder.COUNT))
    prefix = once.values.get("prefix", "")[:MAX_PREFIX_CHARACTERS]
    return SearchAddress(request, view, facet, prefix, order, unknown)


def _filters(pairs: Sequence[tuple[str, str]]) -> tuple[Filter, ...]:
    """Return the filters of parameters: by field in the order of the table, then in the order given."""
    given = [Filter(*_named(name, value)) for name, value in pairs if name in _FILTERS]
    values = dict(pairs)
    first, last = values.get("from", "").strip(), values.get("to", "").strip()
    if first or last:
        given.append(Filter(_DATE_FIELD, first if first == last else f"{first}..{last}"))
    unique = dict.fromkeys(given)
    return tuple(sorted(unique, key=_filter_order))


def _filter_order(chosen: Filter) -> int:
    return FILTER_NAMES.index(chosen.field)


def _named(name: str, value: str) -> tuple[str, str, bool]:
    field, exclude = _FILTERS[name]
    return field, value, exclude


def _facets(text: str | None) -> tuple[str, ...]:
    if text is None:
        return DEFAULT_FACETS
    return () if text == "none" else tuple(dict.fromkeys(name.strip() for name in text.split(",")))


class _Once:
    """Parameters of which an address has one value each: the last."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def number(self, name: str, default: int, least: int, most: int = 2**31) -> int:
        text = self.values.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
            raise _wrong(name, text, f"{least}–{most}" if most < 2**31 else f"{least}, {least + 1}, …")
        return int(text)

    def choice(self, name: str, accepted: Sequence[str], default: str) -> str:
        text = self.values.get(name, default)
        if text not in accepted:
            raise _wrong(name, text, ", ".join(filter(None, accepted)))
        return text

    def flag(self, name: str) -> bool | None:
        text = self.values.get(name)
        if text not in {None, "0", "1"}:
            raise _wrong(name, str(text), "0, 1")
        return None if text is None else text == "1"


def _wrong(name: str, value: str, accepted: str) -> UsageError:
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    return UsageError("web.bad-parameter", parameter=name, value=shown, accepted=accepted)


_ONCE = (
    "q", "any", "expand", "sort", "page", "offset", "size", "view", "passages", "facets", "facet", "prefix", "order",
)  # fmt: skip
_KNOWN = {*_ONCE, *_FILTERS, "from", "to"}
QUESTION_NAMES = ("q", "any", *_FILTERS, "from", "to")
"""Names of the parameters that say what is asked; the others say how hits are shown."""


class FilterLinks:
    """Writes the addresses that differ from a search by one filter each: what they share is encoded once.

    A page of results has some hundred of them, beside each row of a facet and each year.
    """

    def __init__(self, address: SearchAddress, field: str, *, replaces: bool, excludes: bool = False) -> None:
        """Encode what is before the value of the filter and what is behind it.

        Args:
            address: the search.
            field: the field of the filters.
            replaces: whether a filter replaces those that the search has for its field; else it is one more.
            excludes: whether the filters leave documents out.
        """
        place = FILTER_NAMES.index(field)
        others = sorted(
            (one for one in address.request.filters if not (replaces and one.field == field)), key=_filter_order
        )
        before = [one for one in others if _filter_order(one) <= place]
        behind = [one for one in others if _filter_order(one) > place]
        first_page = address.with_filters(())
        self._before = _encoded([*_question(first_page), *map(_filter_pair, before)])
        self._before += ("&" if self._before else "") + f"{EXCLUDING if excludes else ''}{field}="
        rest = _encoded([*map(_filter_pair, behind), *_way_of_showing(first_page)])
        self._behind = f"&{rest}" if rest else ""

    def query_string(self, value: str) -> str:
        """Return the query string of the address with a value, which no filter of the search has yet."""
        return f"{self._before}{quote_plus(value, safe=_UNQUOTED, errors='replace')}{self._behind}"


def write_address(address: SearchAddress) -> str:
    """Return the canonical query string of a search address, without the question mark."""
    filters = map(_filter_pair, address.request.filters)
    return _encoded([*_question(address), *filters, *_way_of_showing(address)])


_UNQUOTED = ":.,"
"""Signs that stay as they are in the value of a parameter."""


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode(pairs, quote_via=quote_plus, safe=_UNQUOTED, errors="replace")


def _filter_pair(chosen: Filter) -> tuple[str, str]:
    return f"{EXCLUDING if chosen.exclude else ''}{chosen.field}", chosen.value


def _question(address: SearchAddress) -> list[tuple[str, str]]:
    """Return the parameters before the filters, which say what is asked."""
    request = address.request
    pairs = [("q", request.query)] if request.query.strip() else []
    pairs += [("any", "1")] if request.any else []
    return pairs if request.expand is None else [*pairs, ("expand", str(int(request.expand)))]


def _way_of_showing(address: SearchAddress) -> list[tuple[str, str]]:
    """Return the parameters behind the filters, which say what is shown of the answer, and how."""
    request = address.request
    pairs: list[tuple[str, str]] = []
    pairs += [] if request.sort is Sort.RELEVANCE else [("sort", request.sort.value)]
    pairs += _place(request)
    pairs += [] if request.limit == default_size(address.view) else [("size", str(request.limit))]
    pairs += [] if address.view is ResultView.PASSAGES else [("view", address.view.value)]
    if request.passages != PASSAGES_OF_VIEW[address.view]:
        pairs.append(("passages", str(request.passages)))
    if request.facets != DEFAULT_FACETS:
        pairs.append(("facets", ",".join(request.facets) or "none"))
    pairs += [("facet", address.facet)] if address.facet else []
    pairs += [("prefix", address.prefix)] if address.prefix.strip() else []
    pairs += [] if address.order is FacetOrder.COUNT else [("order", address.order.value)]
    return [*pairs, *address.unknown]


def _place(request: Request) -> list[tuple[str, str]]:
    """Return the parameter that says where in the hits a page begins."""
    if not request.offset:
        return []
    if request.limit and not request.offset % request.limit:
        return [("page", str(request.offset // request.limit + 1))]
    return [("offset", str(request.offset))]


def similar_parameter(name: str) -> str:
    """Return the parameter that an unknown one is a misspelling or an alias of; ``""`` where none is near."""
    if field := BY_ALIAS.get(name.casefold()):
        return field.name if field.name in FILTER_NAMES else ""
    return name.casefold() if name.casefold() in _KNOWN else _nearest(name.casefold())


def _nearest(name: str) -> str:
    near = get_close_matches(name, [*_ONCE, *FILTER_NAMES], 1)
    return near[0] if near else ""
