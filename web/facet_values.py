"""The values of a facet that an address asks for, in its order, and those of them that it has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.fields import BY_FACET, MISSING
from indexer.text.analysis import fold, surface, value_key
from search.archive import Archive
from search.request import Request
from search.results import FacetCount
from web.search_address import FacetOrder, SearchAddress


def initial(row: FacetCount) -> str:
    """Return the letter that a value is found under: ``0-9`` for digits, ``""`` for a value that is missing."""
    first = fold(row.label.strip()[:1]) if row.value != MISSING else ""
    return "0-9" if first.isdigit() else first[:1].upper() if first.isalpha() else ""


def facet_values(address: SearchAddress, rows: Sequence[FacetCount]) -> tuple[FacetCount, ...]:
    """Return the values with a word that begins as the address says, in the order that it says."""
    beginnings = surface(address.prefix)
    if beginnings:
        rows = [row for row in rows if _begins_so(row.label, beginnings)]
    if address.order is FacetOrder.NAME:
        rows = sorted(rows, key=lambda row: (not initial(row), fold(row.label), row.value))
    return tuple(rows)


def _begins_so(label: str, beginnings: Sequence[str]) -> bool:
    words = surface(label)
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


def ticked_values(
    archive: Archive, request: Request, facets: Mapping[str, Sequence[FacetCount]]
) -> dict[str, frozenset[str]]:
    """Return the values of each facet that the filters of a request select; those that its query selects are left out.

    A box that is ticked is sent with the next query, so a value of the query alone must have none.
    """
    selected = {facet: frozenset(row.value for row in rows if row.selected) for facet, rows in facets.items()}
    if not request.query.strip():
        return selected
    ticked = {facet: values & _filter_values(request, facet, values) for facet, values in selected.items()}
    # A filter may also be written in a way that no box has: a list, or the name of a language.
    filtered = {chosen.field for chosen in request.filters if not chosen.exclude}
    unclear = tuple(f for f, values in selected.items() if BY_FACET[f].name in filtered and ticked[f] != values)
    if unclear:
        alone = archive.search(replace(request, query="", limit=0, offset=0, facets=unclear, passages=0))
        for facet, rows in alone.facets.items():
            ticked[facet] = frozenset(row.value for row in rows if row.selected)
    return ticked


def _filter_values(request: Request, facet: str, values: frozenset[str]) -> frozenset[str]:
    field = BY_FACET[facet].name
    keys = {value_key(chosen.value) for chosen in request.filters if chosen.field == field and not chosen.exclude}
    return frozenset(value for value in values if value_key(value) in keys)
