"""The categories that an archive has: those of its list, and those that documents were given."""

from __future__ import annotations

from corpus.fields import MISSING
from search.archive import Archive
from search.request import Request


def known_categories(archive: Archive) -> tuple[str, ...]:
    """Return the categories of the archive's list in its order, then others that documents have."""
    facets = archive.search(Request("", limit=0, passages=0, facets=("category",))).facets
    used = [row.value for row in facets.get("category", ()) if row.value != MISSING]
    return tuple(dict.fromkeys((*archive.settings.categories.names, *used)))
