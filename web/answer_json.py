"""The JSON API: what the command line prints, unchanged, with links to follow and the state it was answered from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from corpus.fields import BY_FACET
from search.archive import Archive
from search.presentation.document_view import View
from search.presentation.json_format import document_json, page_json
from search.request import Filter
from search.results import FacetCount, SearchResult
from web.facet_values import facet_values
from web.search_address import FilterLinks, SearchAddress
from web.site import Site
from web.templating import document_link, results_link, search_link


def search_json(archive: Archive, site: Site, address: SearchAddress) -> dict[str, Any]:
    """Return the JSON of results, or of one facet with all its values."""
    if address.facet:
        address = replace(address, request=replace(address.request, limit=0, facets=(address.facet,)))
    result = archive.search(address.request)
    if address.facet:
        rows = facet_values(address, result.facets[address.facet])
        result = replace(result, facets={address.facet: rows})
    return page_json(result) | {"links": _search_links(address, result), "archive": archive_json(archive, site)}


def archive_json(archive: Archive, site: Site) -> dict[str, Any]:
    """Return which archive answered, and in which state."""
    state = archive.index_state()
    return {"name": site.name, "change": state.change, "indexed": state.changed or None, "waiting": state.waiting}


def _search_links(address: SearchAddress, result: SearchResult) -> dict[str, Any]:
    request = address.request
    page = request.offset // request.limit + 1 if request.limit else 1
    has_next = bool(request.limit) and request.offset + request.limit < result.total
    return {
        "canonical": search_link(address),
        "next": search_link(address.at_page(page + 1), ".json") if has_next else None,
        "previous": search_link(address.at_page(page - 1), ".json") if page > 1 else None,
        "toggle": {facet: _toggles(address, BY_FACET[facet].name, rows) for facet, rows in result.facets.items()},
    }


def _toggles(address: SearchAddress, field: str, rows: Iterable[FacetCount]) -> dict[str, str]:
    """Return by value the address with a filter added, or taken away where it is there."""
    filters, links = address.request.filters, FilterLinks(address, field, replaces=False)
    toggles = {}
    for row in rows:
        chosen = Filter(field, row.value)
        others = [other for other in filters if other != chosen]
        toggles[row.value] = (
            search_link(address.with_filters(others), ".json")
            if chosen in filters
            else results_link(links.query_string(row.value), ".json")
        )
    return toggles


def similar_json(archive: Archive, site: Site, document_id: str, result: SearchResult) -> dict[str, Any]:
    """Return the JSON of the documents that are similar to one."""
    links = {"document": f"/documents/{quote(document_id, safe=':')}.json"}
    return page_json(result) | {"links": links, "archive": archive_json(archive, site)}


def view_json(archive: Archive, site: Site, view: View, address: SearchAddress) -> dict[str, Any]:
    """Return the JSON of a document, whole or one page of it."""
    document_id = view.document.id
    path = f"/documents/{quote(document_id, safe=':')}"
    return document_json(view) | {
        "links": {
            "page": document_link(document_id, address),
            "text": f"{path}.txt",
            "original": f"{path}/original",
            "similar": f"{path}/similar.json",
            "versions": [
                {"id": version.id, "language": version.language or None, "document": f"/documents/{version.id}.json"}
                for version in site.related.versions_of(archive, document_id)
            ],
        },
        "archive": archive_json(archive, site),
    }
