"""The list of public names. Whatever is not in it may change without notice."""

from __future__ import annotations

from corpus.document import Candidate, Document, Metadata, Page, Source, State
from corpus.errors import (
    ArchiveError,
    CatalogueError,
    IndexStateError,
    LockedError,
    MunimentError,
    SettingsError,
    UnknownDocumentError,
    UsageError,
)
from search import (
    Advice,
    Archive,
    Diagnostic,
    Explanation,
    FacetCount,
    Filter,
    Hit,
    Passage,
    Request,
    SearchResult,
    Sort,
    Suggestion,
    View,
    open_archive,
    plain,
)

__all__ = [
    "Advice",
    "Archive",
    "ArchiveError",
    "Candidate",
    "CatalogueError",
    "Diagnostic",
    "Document",
    "Explanation",
    "FacetCount",
    "Filter",
    "Hit",
    "IndexStateError",
    "LockedError",
    "Metadata",
    "MunimentError",
    "Page",
    "Passage",
    "Request",
    "SearchResult",
    "SettingsError",
    "Sort",
    "Source",
    "State",
    "Suggestion",
    "UnknownDocumentError",
    "UsageError",
    "View",
    "open_archive",
    "plain",
]
