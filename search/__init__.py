"""Searching: from a query to its tree, and on to hits, facets and passages."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.archive import Archive, open_archive
    from search.grammar.unparse import plain
    from search.presentation.document_view import View
    from search.request import Filter, Request, Sort
    from search.result_tables.export_record import export_record
    from search.result_tables.result_table import TableFormat, TableLayout, result_table
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
    "TableFormat",
    "TableLayout",
    "View",
    "export_record",
    "open_archive",
    "plain",
    "result_table",
]

_TARGETS = {
    "Archive": "search.archive:Archive",
    "open_archive": "search.archive:open_archive",
    "plain": "search.grammar.unparse:plain",
    "View": "search.presentation.document_view:View",
    "export_record": "search.result_tables.export_record:export_record",
    **{name: f"search.result_tables.result_table:{name}" for name in ("TableFormat", "TableLayout", "result_table")},
    **{name: f"{__name__}.request:{name}" for name in ("Filter", "Request", "Sort")},
}
"""Public names by ``module:name``, loaded when they are used, since every command imports this package. The others are
values of `search.results`."""


def __getattr__(name: str) -> Any:
    """Return a public name, loading its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=None)
    return resolve_name(_TARGETS.get(name) or f"{__name__}.results:{name}")
