"""A document: the routes of its page, its JSON and its text."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from corpus.document import UNDISCLOSED, Role
from corpus.errors import UnknownDocumentError, UsageError
from search.archive import Archive
from search.presentation.document_view import View
from search.results import Hit
from web.answer_json import view_json
from web.error_answers import JsonAnswer, undisclosed_answer, wants_json
from web.files.originals import original_problem
from web.pages.document_page import DocumentAddress, Neighbours, document_page, read_document_address
from web.research.citations import citation_block
from web.search_address import PASSAGES_OF_VIEW, ResultView
from web.site import Site
from web.templating import document_link, render_page, search_link

PASSAGES_OF_HIT = PASSAGES_OF_VIEW[ResultView.PASSAGES]
"""Passages of a hit that a quotation is looked for in: as many as results show."""


async def serve_document(web_request: WebRequest) -> Response:
    """Answer with the page of a document, or with its JSON."""
    site: Site = web_request.app.state.site
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_document_address(web_request.path_params["id"], query_string)
    if wants_json(web_request.scope):
        return await site.ask(lambda archive: _json_answer(archive, site, web_request, address))
    return await site.ask(lambda archive: _html_answer(archive, site, web_request, address))


async def serve_page_text(web_request: WebRequest) -> Response:
    """Answer with the JSON of one page of a document."""
    site: Site = web_request.app.state.site
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_document_address(web_request.path_params["id"], query_string)
    address = replace(address, page=web_request.path_params["page"])
    return await site.ask(lambda archive: _json_answer(archive, site, web_request, address))


async def serve_text(web_request: WebRequest) -> Response:
    """Answer with the whole text of a document, its pages apart by form feeds."""
    site: Site = web_request.app.state.site

    def text_of(archive: Archive) -> Response:
        document = archive.document(web_request.path_params["id"])
        if document.state in UNDISCLOSED:
            return undisclosed_answer(web_request.scope, document)
        texts = [text.text for text in archive.texts(document.id) if text.role is Role.MAIN]
        return PlainTextResponse("\n\f".join(texts), headers={"cache-control": "private, no-cache"})

    return await site.ask(text_of)


def _json_answer(archive: Archive, site: Site, web_request: WebRequest, address: DocumentAddress) -> Response:
    view = archive.view(address.document_id, page=address.page or None, query=address.search.request.query)
    if view.document.state in UNDISCLOSED:
        return undisclosed_answer(web_request.scope, view.document)
    return JsonAnswer(view_json(archive, site, view, address.search))


def _html_answer(archive: Archive, site: Site, web_request: WebRequest, address: DocumentAddress) -> Response:
    neighbours, hit = _neighbours(archive, address)
    if hit is not None and hit.passages and not address.page:  # the reader wants to see the page of the best passage
        return RedirectResponse(replace(address, page=hit.passages[0].page).link(), 303)
    view = _view_of_page(archive, address)
    document = view.document
    if document.state in UNDISCLOSED:
        return undisclosed_answer(web_request.scope, document)
    similar = site.related.known_similar(archive, document.id) if view.places else ()
    versions = site.related.versions_of(archive, document.id)
    shown = document_page(address, view, neighbours, versions, similar, hit.passages if hit else ())
    problem = original_problem(site.folder, document.id)
    cited = citation_block(archive, site, view, shown.page)
    html = render_page("document.html", site=site, page=shown, problem=problem, cited=cited)
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _view_of_page(archive: Archive, address: DocumentAddress) -> View:
    """Return the page that is asked for, else the first with a match, else the first.

    Raises:
        UnknownDocumentError: there is no such document, or it has no such page.
    """
    try:
        return archive.view(address.document_id, page=address.page, query=address.search.request.query)
    except UsageError as error:
        if error.code == "request.no-such-page":
            raise UnknownDocumentError(error.code, **error.parameters) from error
        raise


def _neighbours(archive: Archive, address: DocumentAddress) -> tuple[Neighbours | None, Hit | None]:
    """Return the document's place among the hits of its search, and its own hit; None where it is not at its rank."""
    if not address.rank:
        return None, None
    first = max(address.rank - 2, 0)
    request = replace(address.search.request, offset=first, limit=3, facets=(), passages=PASSAGES_OF_HIT)
    result = archive.search(request, passages_of=address.document_id)
    rank = address.rank
    hits: dict[int, Hit] = dict(enumerate(result.hits, first + 1))
    if rank not in hits or hits[rank].id != address.document_id:
        return None, None
    links = [document_link(hits[n].id, address.search, rank=n) if n in hits else "" for n in (rank - 1, rank + 1)]
    return Neighbours(rank, result.total, _results_link(address), *links), hits[rank]


def _results_link(address: DocumentAddress) -> str:
    """Return the link to the page of results that the document is on."""
    limit = address.search.request.limit
    return search_link(address.search.at_page((address.rank - 1) // limit + 1) if limit else address.search)
