"""Addresses of researchers' tools: a search with the options of a tool, as the query string of an address, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from corpus.errors import UsageError
from search.request import Request
from web.search_address import SearchAddress, read_query_string, write_address

TOOLS: Mapping[str, str] = {
    "/kwic": "research.kwic", "/trend": "research.trend", "/frequencies": "research.frequencies",
    "/collocates": "research.collocates", "/compare": "research.compare", "/first-use": "research.first-use",
}  # fmt: skip
"""The tools that a search leads to: the path of each, and the code of its name. A new tool is a row more."""

MAX_QUERY_CHARACTERS = 400
"""Characters of an option; a query that is a series of its own may be as long."""


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

    def narrowed(self, search: SearchAddress) -> ToolAddress:
        """Return the address of the same tool and options for another search."""
        return replace(self, search=search)


def read_tool_address(query_string: str, path: str, names: Sequence[str]) -> tuple[ToolAddress, ToolOptions]:
    """Return the address of a tool, and its options to be read.

    Args:
        query_string: the query string of the address.
        path: the path of the tool.
        names: the names of its options.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    address = read_query_string(query_string)
    given = tuple(pair for pair in address.unknown if pair[0] in names and pair[1].strip())
    request = Request(address.request.query, address.request.filters, address.request.any)
    return ToolAddress(path, SearchAddress(request), given), ToolOptions(given)


def tool_links(search: SearchAddress) -> list[tuple[str, str]]:
    """Return the link to each tool for a search, with the code of its name."""
    request = Request(search.request.query, search.request.filters, search.request.any)
    return [(ToolAddress(path, SearchAddress(request)).link(), code) for path, code in TOOLS.items()]


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """The options of a tool as an address has them."""

    pairs: tuple[tuple[str, str], ...]
    _values: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return the last value of an option."""
        return next((value.strip() for given, value in reversed(self.pairs) if given == name), default)

    def texts(self, name: str) -> list[str]:
        """Return all values of an option."""
        return [value.strip()[:MAX_QUERY_CHARACTERS] for given, value in self.pairs if given == name]

    def flag(self, name: str) -> bool:
        """Return whether an option is set."""
        return self.text(name) == "1"

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number.

        Raises:
            UsageError: it is none, or too large.
        """
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= most):
            raise wrong_option(name, text, f"0–{most}")
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
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    return UsageError("web.bad-parameter", parameter=name, value=shown, accepted=accepted)
