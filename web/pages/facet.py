"""A facet's own page: all its values with their counts, found by their beginnings, in two orders, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from corpus.fields import BY_FACET, Field
from search.archive import Archive
from search.results import FacetCount, SearchResult
from web.facet_values import facet_values, initial, ticked_values
from web.paging import linked_pages
from web.search_address import FacetOrder, SearchAddress
from web.site import Site
from web.templating import render_page, search_fields, search_link

VALUES_ON_A_PAGE = 120
"""Values of a facet on a page: forty rows of three columns."""


@dataclass(frozen=True, slots=True)
class FacetPage:
    """A page of a facet's values.

    Attributes:
        address: the search, with the facet, the beginning that is looked for, and the order.
        field: the field that the facet counts.
        result: the counts.
        rows: the values with that beginning, in order, on all pages; chosen ones have their own list.
        ticked: the values whose boxes are ticked.
        typed: the values that the typed query selects, and no box does. Beside these no other can be ticked: the
            search would be for both at once.
    """

    address: SearchAddress
    field: Field
    result: SearchResult
    rows: tuple[FacetCount, ...]
    ticked: tuple[FacetCount, ...]
    typed: tuple[FacetCount, ...]

    @property
    def page(self) -> int:
        """Return the number of this page of values, from 1; beyond the last one the last."""
        request = self.address.request
        return min(request.offset // request.limit + 1 if request.limit else 1, self.last_page)

    @property
    def last_page(self) -> int:
        """Return the number of the last page of values."""
        return max(-(-len(self.rows) // VALUES_ON_A_PAGE), 1)

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the numbers of pages that are linked to; 0 is a gap."""
        return tuple(linked_pages(self.page, self.last_page))

    @property
    def shown(self) -> tuple[FacetCount, ...]:
        """Return the values of this page."""
        return self.rows[(self.page - 1) * VALUES_ON_A_PAGE :][:VALUES_ON_A_PAGE]

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """Return the letters that values begin with, each with the link to its page; none where there is one page."""
        if self.address.order is not FacetOrder.NAME or self.last_page == 1:
            return ()
        firsts = groupby(enumerate(self.rows), key=lambda pair: initial(pair[1]))
        return tuple(
            (letter, search_link(self.address.at_page(next(rows)[0] // VALUES_ON_A_PAGE + 1)))
            for letter, rows in firsts
            if letter
        )

    @property
    def total(self) -> int:
        """Return the number of values, whatever they begin with."""
        return len(self.result.facets[self.address.facet])

    @property
    def hits(self) -> SearchAddress:
        """Return the address of the hits."""
        return self.address.of_facet("")

    def in_order(self, order: FacetOrder) -> str:
        """Return the link to the values in an order."""
        return search_link(self.address.of_facet(self.address.facet, prefix=self.address.prefix, order=order))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the search as fields of a form, without the values that have boxes to tick."""
        boxes = {(self.field.name, row.value) for row in (*self.ticked, *(() if self.typed else self.shown))}
        return [pair for pair in search_fields(self.hits) if pair not in boxes]


def render_facet(archive: Archive, site: Site, address: SearchAddress) -> str:
    """Return the page of a facet's values within a search."""
    result = archive.search(replace(address.request, limit=0, facets=(address.facet,)))
    rows = result.facets[address.facet]
    boxes = ticked_values(archive, address.request, result.facets)[address.facet]
    page = FacetPage(
        address,
        BY_FACET[address.facet],
        result,
        facet_values(address, [row for row in rows if not row.selected]),
        tuple(row for row in rows if row.selected and row.value in boxes),
        tuple(row for row in rows if row.selected and row.value not in boxes),
    )
    return render_page("facet.html", site=site, page=page, result=result, orders=[*FacetOrder])
