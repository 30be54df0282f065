"""English sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "request.limit": ("A limit of {limit} is out of bounds.", "Ask for 0 to {most:,} hits."),
    "request.negative": ("The offset and the number of passages cannot be negative.", "Use 0 or more."),
    "request.no-such-page": ("{document_id}: has no page {page}", "Its pages run from 1 to {pages}."),
    "request.unknown-facet": ("There is no facet {facet!r}.", "Facets: {facets}."),
    "understood.similar": "documents similar to {title}",
}
