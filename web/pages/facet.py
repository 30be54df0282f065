"""A facet's own page: all its values with their counts, as a list that can be searched and sorted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.fields import BY_FACET, Field
from search.archive import Archive
from search.request import Filter
from search.results import FacetCount
from web.search_address import SearchAddress
from web.site import Site
from web.templating import render_page, search_link


@dataclass(frozen=True, slots=True)
class FacetPage:
    """A facet with all its values, each with the address that shows its documents alone."""

    address: SearchAddress
    field: Field
    rows: tuple[tuple[FacetCount, str], ...]
    back: str


def render_facet(archive: Archive, site: Site, address: SearchAddress) -> str:
    """Return the page of a facet's values within a search."""
    result = archive.search(replace(address.request, limit=0, facets=(address.facet,)))
    field = BY_FACET[address.facet]
    hits = replace(address, facet="")
    others = [chosen for chosen in address.request.filters if chosen.field != field.name]
    rows = tuple(
        (row, search_link(hits.with_filters([*others, Filter(field.name, row.value)])))
        for row in result.facets[address.facet]
    )
    page = FacetPage(address, field, rows, search_link(hits))
    return render_page("facet.html", site=site, page=page, result=result)
