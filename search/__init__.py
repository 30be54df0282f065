"""Searching: from a query to its tree, and on to hits, facets and passages. The public names are imported here."""

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
