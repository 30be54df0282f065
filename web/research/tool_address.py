"""Addresses of researchers' tools: a search with the options of a tool, as the query string of an address, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from corpus.errors import UsageError
from search.request import Filter, Request
from web.search_address import (
    FILTER_NAMES,
    MAX_QUERY_BYTES,
    QUESTION_NAMES,
    SearchAddress,
    read_address,
    read_pairs,
    write_address,
)

TOOLS: Mapping[str, str] = {
    "/kwic": "research.kwic", "/trend": "research.trend", "/frequencies": "research.frequencies",
    "/collocates": "research.collocates", "/compare": "research.compare", "/first-use": "research.first-use",
}  # fmt: skip
"""The tools that a search leads to: the path of each, and the code of its name. A new tool is a row more."""

COMPARISON = "/compare"
_PARTS = re.compile(r'"[^"]*"\S*|\S+')
"""The parts of a query that spaces separate."""
_PLAIN_VALUE = re.compile(r"[\w.-]*\w")
"""A value of a filter that needs no quotation marks in a query."""
_ONCE = ("q", "any", "from", "to")
"""Parameters of the question that have one value."""


@dataclass(frozen=True, slots=True)
class ToolAddress:
    """The address of a tool's page.

    Attributes:
        path: the path of the tool.
        search: the query and the filters. Its order, page and view have no effect on a tool, and are left out.
        options: the options of the tool as given, by name, in the order of the address; others are left out.
    """

    path: str
    search: SearchAddress
    options: tuple[tuple[str, str], ...] = ()

    @property
    def request(self) -> Request:
        """Return the query with its filters."""
        return self.search.request

    def link(self, suffix: str = "", **changes: object) -> str:
        """Return the link to the page, or to its file with a suffix, with some options changed; None drops one."""
        dropped = [pair for pair in self.options if pair[0] not in changes]
        given = [(name, str(value)) for name, value in changes.items() if value not in {None, ""}]
        query_string = "&".join(filter(None, (write_address(self.search), urlencode([*dropped, *given]))))
        return f"{self.path}{suffix}?{query_string}" if query_string else f"{self.path}{suffix}"

    @property
    def filters(self) -> list[tuple[Filter, str]]:
        """Return the filters, each with the link to the page without it."""
        chosen = self.request.filters
        return [
            (row, self._narrowed([other for other in chosen if other is not row]).link(start=None, only=None))
            for row in chosen
        ]

    def _narrowed(self, filters: Sequence[Filter]) -> ToolAddress:
        return replace(self, search=self.search.with_filters(filters))


def read_tool_address(
    query_string: str, path: str, names: Sequence[str], *, series: str = ""
) -> tuple[ToolAddress, ToolOptions]:
    """Return the address of a tool, and its options to be read.

    Args:
        query_string: the query string of the address.
        path: the path of the tool.
        names: the names of its options.
        series: the option whose values are further queries, as a second and third ``q`` are; ``""`` for none.

    Raises:
        UsageError: a parameter has a value that it cannot have, has several, or is none of the tool's.
    """
    pairs = [(name, value) for name, value in read_pairs(query_string) if value.strip()]
    if series:
        pairs = with_series(pairs, series)
    _check_names(pairs, names, series)
    address = read_address([pair for pair in pairs if pair[0] not in names])
    given = tuple(pair for pair in pairs if pair[0] in names)
    request = Request(address.request.query, address.request.filters, address.request.any)
    return ToolAddress(path, SearchAddress(request), given), ToolOptions(given)


def with_series(pairs: Sequence[tuple[str, str]], series: str) -> list[tuple[str, str]]:
    """Return parameters with the second and every further ``q`` as a value of another option."""
    queries = [value for name, value in pairs if name == "q"]
    first = [("q", queries[0])] if queries else []
    further = [(series, query) for query in queries[1:]]
    return [*first, *further, *(pair for pair in pairs if pair[0] != "q")]


def read_options(query_string: str, names: Sequence[str]) -> ToolOptions:
    """Return the options of an address that asks no question, such as that of a citation.

    Raises:
        UsageError: a parameter has several values, or is none of these.
    """
    pairs = tuple((name, value) for name, value in read_pairs(query_string) if value.strip())
    _refuse_others(pairs, names)
    _refuse_repeated(pairs, names)
    return ToolOptions(pairs)


def _check_names(pairs: Sequence[tuple[str, str]], names: Sequence[str], series: str) -> None:
    """Refuse parameters that a tool does not have, and several values of one that has one."""
    _refuse_others(pairs, (*_ONCE, *FILTER_NAMES, *names), (*QUESTION_NAMES, *names))
    _refuse_repeated(pairs, (*_ONCE, *(name for name in names if name != series)))


def _refuse_others(pairs: Sequence[tuple[str, str]], named: Sequence[str], accepted: Sequence[str] = ()) -> None:
    """Refuse parameters that an address does not have: others than ``accepted``, or than those that are named."""
    for name, _ in pairs:
        if name not in (accepted or named):
            code = "web.no-such-option" if named else "web.no-options"
            raise UsageError(code, parameter=_shortened(name), accepted=", ".join(named))


def _refuse_repeated(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> None:
    """Refuse two values of a parameter that has one."""
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in names and values.setdefault(name, value) != value:
            raise UsageError("web.repeated-parameter", parameter=name)


def tool_links(address: SearchAddress | ToolAddress) -> list[tuple[str, str]]:
    """Return the link to each tool for the search of a page, with the code of its name."""
    search = searched(address) if isinstance(address, ToolAddress) else address
    asked = replace(SearchAddress(), request=Request(search.request.query, search.request.filters, search.request.any))
    links = [(path, ToolAddress(path, asked)) for path in TOOLS]
    return [((comparison_of(link) if path == COMPARISON else link).link(), TOOLS[path]) for path, link in links]


def searched(address: ToolAddress) -> SearchAddress:
    """Return the search of a tool's page; that of a comparison whose sets are all of it is its first set."""
    first = ToolOptions(address.options).text("a")
    if address.path != COMPARISON or address.request.query.strip() or not first:
        return address.search
    return address.search.with_query(first)


def comparison_of(address: ToolAddress) -> ToolAddress:
    """Return a comparison whose first set is the search of an address; its filters narrow both sets.

    Without a query the documents that the filters find are the first set.
    """
    request = address.request
    query, filters = (any_as_or(request), request.filters) if request.query.strip() else (_in_words(request), ())
    options = [pair for pair in address.options if pair[0] != "a"]
    given = (("a", query), *options) if query else tuple(options)
    return ToolAddress(COMPARISON, SearchAddress(Request(filters=filters)), given)


def any_as_or(request: Request) -> str:
    """Return the query of a request, with OR between its parts where any of them may match."""
    return " OR ".join(_PARTS.findall(request.query)) if request.any else request.query


def _in_words(request: Request) -> str:
    """Return the filters of a request as a query."""
    fields = dict.fromkeys((chosen.field, chosen.exclude) for chosen in request.filters)
    parts = []
    for field, exclude in fields:
        values = [row.value for row in request.filters if (row.field, row.exclude) == (field, exclude)]
        ways = [f"{field}:{value if _PLAIN_VALUE.fullmatch(value) else _quoted(value)}" for value in values]
        part = f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]
        parts.append(f"-{part}" if exclude else part)
    return " ".join(parts)


def _quoted(value: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", value)
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """The options of a tool as an address has them."""

    pairs: tuple[tuple[str, str], ...]

    def text(self, name: str, default: str = "") -> str:
        """Return the last value of an option."""
        return next((value.strip() for given, value in reversed(self.pairs) if given == name), default)

    def texts(self, name: str) -> list[str]:
        """Return all values of an option that are queries.

        Raises:
            UsageError: one is too long.
        """
        values = [value.strip() for given, value in self.pairs if given == name]
        if any(len(value.encode(errors="replace")) > MAX_QUERY_BYTES for value in values):
            raise UsageError("web.query-too-long", most=MAX_QUERY_BYTES)
        return values

    def flag(self, name: str) -> bool:
        """Return whether an option is set.

        Raises:
            UsageError: it is neither 0 nor 1.
        """
        return self.choice(name, ("0", "1"), "0") == "1"

    def number(self, name: str, default: int, most: int, least: int = 0) -> int:
        """Return a whole number.

        Raises:
            UsageError: it is none, or out of bounds.
        """
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
            raise wrong_option(name, text, f"{least}–{most}" if least < most else str(least))
        return int(text)

    def choice(self, name: str, accepted: Sequence[str], default: str) -> str:
        """Return one of the accepted values.

        Raises:
            UsageError: it is another.
        """
        text = self.text(name, default)
        if text not in accepted:
            raise wrong_option(name, text, ", ".join(filter(None, accepted)))
        return text


def wrong_option(name: str, value: str, accepted: str) -> UsageError:
    """Return the error for an option with a value that it cannot have."""
    return UsageError("web.bad-parameter", parameter=name, value=_shortened(value), accepted=accepted)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
