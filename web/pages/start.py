"""The start page: the search box, what the archive holds, and its newest documents."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.fields import BY_FACET, FACETS, YEAR_FACET, Field
from search.archive import Archive
from search.presentation.json_format import page_json
from search.request import Filter, Request, Sort
from search.results import FacetCount, IndexState, SearchResult
from search.search_records.saved_searches import SavedSearchNews
from web.answer_json import archive_json
from web.curate.overview import last_verification
from web.error_answers import JsonAnswer, wants_json
from web.pages.results import Bar, year_bars
from web.records.news import news_on_start_page
from web.search_address import SearchAddress, read_query_string
from web.site import Site
from web.templating import render_page, search_link

NEWEST = 5
"""Documents on the start page."""
ROWS = 8
"""Values of a facet on the start page."""


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """A facet's largest values with links to their documents, and the link to all of them."""

    field: Field
    rows: tuple[tuple[FacetCount, str], ...]
    more: int
    all_values: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """The newest documents with all that the start page shows beside them.

    Attributes:
        address: of the search for all documents.
        newest: the answer with the newest documents.
        facets: values to browse.
        bars: the years.
        state: of the index.
        news: saved searches of whoever runs the server that have something new.
    """

    address: SearchAddress
    newest: SearchResult
    facets: tuple[FacetLinks, ...]
    bars: tuple[Bar, ...]
    state: IndexState
    news: tuple[SavedSearchNews, ...] = ()


async def serve_start(web_request: WebRequest) -> Response:
    """Answer with the start page, or with its JSON. An address with a query is that of its results."""
    site: Site = web_request.app.state.site
    query_string = web_request.scope["query_string"].decode("latin-1")
    if query_string:
        return RedirectResponse(search_link(read_query_string(query_string)), 303)
    request = Request(limit=NEWEST, sort=Sort.NEWEST, passages=0, facets=tuple(field.facet for field in FACETS))
    if wants_json(web_request.scope):
        return JsonAnswer(
            await site.ask(
                lambda archive: page_json(archive.search(request)) | {"archive": archive_json(archive, site)}
            )
        )
    html = await site.ask(lambda archive: _html(archive, site, request))
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _html(archive: Archive, site: Site, request: Request) -> str:
    result = archive.search(request)
    facets = tuple(
        _facet_links(facet, rows)
        for facet, rows in result.facets.items()
        if facet != YEAR_FACET and sum(row.count > 0 for row in rows) > 1
    )
    bars = year_bars(result.facets[YEAR_FACET])
    news = news_on_start_page(archive, site) if site.keeps_records else ()
    page = StartPage(SearchAddress(), result, facets, bars, archive.index_state(), news)
    verified = None if site.read_only else last_verification(site.folder)
    return render_page("start.html", site=site, page=page, differences=verified.differences if verified else 0)


def _facet_links(facet: str, rows: tuple[FacetCount, ...]) -> FacetLinks:
    field = BY_FACET[facet]
    links = tuple(
        (row, search_link(SearchAddress().with_filters([Filter(field.name, row.value)]))) for row in rows[:ROWS]
    )
    return FacetLinks(field, links, len(rows) - len(links), search_link(replace(SearchAddress(), facet=facet)))
