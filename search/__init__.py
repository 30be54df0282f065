"""Searching: from a query to its tree, and on to hits, facets and passages.

This package names what a search needs; `muniment.api` names the researchers' tools, too.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.archive import Archive, open_archive
    from search.grammar.unparse import plain
    from search.presentation.document_view import View
    from search.request import Filter, Request, Sort
    from search.results import Advice, Diagnostic, Explanation, FacetCount, Hit, Passage, SearchResult, Suggestion

__all__ = [
    "Advice",
    "Archive",
    "Diagnostic",
    "Explanation",
    "FacetCount",
    "Filter",
    "Hit",
    "Passage",
    "Request",
    "SearchResult",
    "Sort",
    "Suggestion",
    "View",
    "open_archive",
    "plain",
]

_MODULES = {
    "Archive": "archive",
    "open_archive": "archive",
    "plain": "grammar.unparse",
    "View": "presentation.document_view",
    "Filter": "request",
    "Request": "request",
    "Sort": "request",
}
"""Modules of this package with public names, loaded when they are used, since every command imports this package. The
others are values of `search.results`."""


def __getattr__(name: str) -> Any:
    """Return a public name, loading its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=None)
    return resolve_name(f"{__name__}.{_MODULES.get(name, 'results')}:{name}")
