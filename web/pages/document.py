"""A document: its text page by page with the matches of the search, and where its values come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, quote_plus

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from corpus.document import UNDISCLOSED, Document, Role, State
from corpus.document import Page as TextPage
from corpus.errors import UnknownDocumentError, UsageError
from corpus.fields import BY_NAME, METADATA, Field
from indexer.readers.formats import PDF
from search.archive import Archive
from search.presentation.document_view import View
from search.results import Hit
from web.answer_json import view_json
from web.error_answers import error_answer, wants_json
from web.paging import linked_pages
from web.search_address import SearchAddress, read_address
from web.site import Site
from web.templating import document_link, render_page, search_link
from web.text_parts import TextPart, text_parts

SIMILAR_DOCUMENTS = 5
_RANK, _PAGE = "at", "page"


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """The address of a document: the search that found it, its rank among the hits, and the page that is shown.

    ``rank`` and ``page`` are 0 where the address does not say.
    """

    document_id: str
    search: SearchAddress
    rank: int = 0
    page: int = 0

    def link(self, page: int = 0) -> str:
        """Return the link to this document, or to a page of it."""
        return document_link(self.document_id, self.search, rank=self.rank, page=page or self.page)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of the page that is shown, in parts that are marked or not."""

    text: TextPage
    parts: list[TextPart]


@dataclass(frozen=True, slots=True)
class PlacesOnPage:
    """The number of places on one page, with the link to it."""

    page: int
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a document among the hits, with links to those before and after it."""

    rank: int
    total: int
    results: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """A value that some source gives for a field."""

    field: Field
    value: str
    source: str
    detail: str
    printed: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything that the page of a document shows."""

    address: DocumentAddress
    document: Document
    page: int
    pages: tuple[int, ...]
    label: str
    texts: tuple[ShownText, ...]
    places: tuple[PlacesOnPage, ...]
    neighbours: Neighbours | None
    provenance: tuple[ProvenanceRow, ...]
    similar: tuple[Hit, ...]

    @property
    def title(self) -> str:
        """Return the title, or the file's name."""
        return self.document.metadata.value("title") or self.document.path.rpartition("/")[2]

    @property
    def place_count(self) -> int:
        """Return the number of places in the whole document."""
        return sum(places.count for places in self.places)

    @property
    def has_image(self) -> bool:
        """Return whether pages can be shown as images."""
        return self.document.format == PDF.name

    @property
    def has_text(self) -> bool:
        """Return whether the page that is shown has text."""
        return any(shown.text.text.strip() for shown in self.texts)

    @property
    def image_link(self) -> str:
        """Return the link to the image of the page that is shown."""
        query = self.address.search.request.query
        link = f"/documents/{quote(self.document.id, safe=':')}/page/{self.page}.png"
        return f"{link}?q={quote_plus(query)}" if query else link

    @property
    def linked_pages(self) -> tuple[int, ...]:
        """Return the numbers of pages that are linked to; 0 is a gap."""
        return tuple(linked_pages(self.page, self.pages[-1])) if self.pages else ()


def read_document_address(document_id: str, query_string: str) -> DocumentAddress:
    """Return the address of a document that its path and query string stand for.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    pairs = parse_qsl(query_string, keep_blank_values=True, errors="replace")
    numbers = {name: value for name, value in pairs if name in {_RANK, _PAGE} and value}
    search = read_address([pair for pair in pairs if pair[0] not in {_RANK, _PAGE}])
    for name, value in numbers.items():
        if not (value.isascii() and value.isdigit() and int(value[:10]) > 0 and len(value) < 10):
            raise UsageError("web.bad-parameter", parameter=name, value=value[:40], accepted="1–")
    return DocumentAddress(document_id, search, int(numbers.get(_RANK, 0)), int(numbers.get(_PAGE, 0)))


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
            return _gone(web_request, document)
        texts = [text.text for text in archive.texts(document.id) if text.role is Role.MAIN]
        return PlainTextResponse("\n\f".join(texts), headers={"cache-control": "private, no-cache"})

    return await site.ask(text_of)


def _gone(web_request: WebRequest, document: Document) -> Response:
    """Answer for a document that was withdrawn or erased: neither title, nor text, nor reason."""
    code = "web.erased" if document.state is State.ERASED else "web.withdrawn"
    return error_answer(web_request.scope, UsageError(code), 410)


def _json_answer(archive: Archive, site: Site, web_request: WebRequest, address: DocumentAddress) -> Response:
    view = archive.view(address.document_id, page=address.page or None, query=address.search.request.query)
    if view.document.state in UNDISCLOSED:
        return _gone(web_request, view.document)
    return JSONResponse(view_json(archive, site, view, address.search))


def _html_answer(archive: Archive, site: Site, web_request: WebRequest, address: DocumentAddress) -> Response:
    view = archive.view(address.document_id, query=address.search.request.query)
    if view.document.state in UNDISCLOSED:
        return _gone(web_request, view.document)
    neighbours, hit = _neighbours(archive, address)
    page = address.page or _first_place(view, hit)
    if page not in {text.number for text in view.texts} and (view.texts or page != 1):
        pages = view.document.pages
        raise UnknownDocumentError("request.no-such-page", document_id=view.document.id, page=page, pages=pages)
    if not address.page and hit is not None:
        return RedirectResponse(replace(address, page=page).link(), 303)
    similar = archive.similar(view.document.id, SIMILAR_DOCUMENTS).hits if view.texts else ()
    shown = document_page(address, view, page, neighbours, similar)
    html = render_page("document.html", site=site, page=shown)
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _first_place(view: View, hit: Hit | None) -> int:
    """Return the page that a reader who came by a hit wants to see: that of the best passage, else of a match."""
    if hit is not None and hit.passages:
        return hit.passages[0].page
    marked = [text.number for text, spans in zip(view.texts, view.spans, strict=True) if spans]
    return min(marked, default=1)


def _neighbours(archive: Archive, address: DocumentAddress) -> tuple[Neighbours | None, Hit | None]:
    """Return the document's place among the hits of its search, and its own hit; None where it is not at its rank."""
    if not address.rank:
        return None, None
    first = max(address.rank - 2, 0)
    request = replace(address.search.request, offset=first, limit=3, facets=(), passages=1)
    result = archive.search(request)
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


def document_page(
    address: DocumentAddress, view: View, page: int, neighbours: Neighbours | None, similar: Iterable[Hit]
) -> DocumentPage:
    """Return what the page of a document shows."""
    texts = tuple(
        ShownText(text, text_parts(text.text, spans))
        for text, spans in zip(view.texts, view.spans, strict=True)
        if text.number == page
    )
    counts: dict[int, int] = {}
    for text, spans in zip(view.texts, view.spans, strict=True):
        counts[text.number] = counts.get(text.number, 0) + len(spans)
    places = tuple(PlacesOnPage(number, count, address.link(number)) for number, count in counts.items() if count)
    return DocumentPage(
        address,
        view.document,
        page,
        tuple(sorted({text.number for text in view.texts})),
        next((shown.text.label for shown in texts if shown.text.label), None) or "",
        texts,
        places,
        neighbours,
        tuple(_provenance(view)),
        tuple(similar),
    )


def _provenance(view: View) -> Iterable[ProvenanceRow]:
    """Yield what each source says of each field, the chosen values first."""
    selected = {
        (name, candidate.value, candidate.source)
        for name in (field.name for field in METADATA)
        if (candidate := view.document.metadata.candidate(name)) is not None
    }
    for candidate in view.candidates:
        if candidate.field in BY_NAME:
            is_chosen = (candidate.field, candidate.value, candidate.source) in selected
            yield ProvenanceRow(
                BY_NAME[candidate.field], candidate.value, candidate.source.value, candidate.detail, candidate.printed,
                is_chosen,
            )  # fmt: skip
