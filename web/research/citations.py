"""Citations to download: of one document, or of a whole result; and a document as JSON-LD of schema.org."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import NamedTuple

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from corpus.document import UNDISCLOSED, Role
from corpus.messages import Message
from search.archive import Archive
from search.citation.cite import RUNNING_TEXT, CitationFormat, CitationLayout, cite
from search.citation.cited_work import cited_works, kind_of_work
from search.citation.page_tags import citation_tags, coins, json_ld
from search.presentation.document_view import View
from search.results import Hit
from web.error_answers import undisclosed_answer
from web.research.tool_address import read_options
from web.research.whole_results import download_headers, serve_whole_result
from web.search_address import read_query_string
from web.site import Site
from web.templating import search_link


class CitationFile(NamedTuple):
    """A format of citations to download: the ending of its addresses, its media type, and its name for people."""

    suffix: str
    file_format: CitationFormat
    media_type: str
    label: str


CITATION_FILES = (
    CitationFile(".ris", CitationFormat.RIS, "application/x-research-info-systems; charset=utf-8", "RIS"),
    CitationFile(".bib", CitationFormat.BIBTEX, "application/x-bibtex; charset=utf-8", "BibTeX"),
    CitationFile(".csl.json", CitationFormat.CSL, "application/vnd.citationstyles.csl+json", "CSL-JSON"),
)


@dataclass(frozen=True, slots=True)
class CitationBlock:
    """The citations of a document's page.

    Attributes:
        tags: names and values of the tags that reference managers read.
        texts: the page cited in running text, by the name of the style.
        files: the formats to download.
        warnings: what whoever quotes the page must be told.
    """

    tags: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    files: tuple[CitationFile, ...]
    warnings: tuple[Message, ...]


_STYLES = {CitationFormat.CHICAGO: "Chicago", CitationFormat.APA: "APA", CitationFormat.UN: "UN"}


def citation_block(archive: Archive, site: Site, view: View, page: int) -> CitationBlock:
    """Return the citations of a page of a document, which is cited whole where the page has no text of its own."""
    document_id = view.document.id
    has_page = any(text.role is Role.MAIN for text in view.texts)
    (work,) = cited_works(archive, [document_id], page if has_page else 0)
    return CitationBlock(
        tuple(citation_tags(work, f"{site.base}/documents/{document_id}/original")),
        tuple((label, RUNNING_TEXT[style](work)) for style, label in _STYLES.items()),
        CITATION_FILES,
        work.warnings,
    )


def hit_coins(hit: Hit) -> str:
    """Return the COinS of a hit."""
    kind = kind_of_work(hit.category or "")
    return coins(hit.id, kind, hit.title, hit.authors, hit.date or "", hit.language or "")


async def serve_citation(web_request: WebRequest) -> Response:
    """Answer with the citation of a document, or of a page of it, in the format of the address."""
    site: Site = web_request.app.state.site
    file = _file_of(web_request)

    given = read_options(web_request.scope["query_string"].decode("latin-1"), ("page",))

    def answer(archive: Archive) -> Response:
        document = archive.document(web_request.path_params["id"])
        if document.state in UNDISCLOSED:
            return undisclosed_answer(web_request.scope, document)
        page = given.number("page", 0, max(document.pages, 1), least=1)
        text = "".join(cite(archive, [document.id], file.file_format, page=page))
        headers = {"content-type": file.media_type, **download_headers(f"{_name(document.id)}{file.suffix}")}
        return Response(text, headers=headers)

    return await site.ask(answer)


async def serve_json_ld(web_request: WebRequest) -> Response:
    """Answer with a document as JSON-LD."""
    site: Site = web_request.app.state.site
    read_options(web_request.scope["query_string"].decode("latin-1"), ())

    def answer(archive: Archive) -> Response:
        document = archive.document(web_request.path_params["id"])
        if document.state in UNDISCLOSED:
            return undisclosed_answer(web_request.scope, document)
        (work,) = cited_works(archive, [document.id])
        value = json_ld(work, document.metadata.value("country"), document.media_type)
        headers = {"content-type": "application/ld+json", "cache-control": "private, no-cache"}
        return Response(json.dumps(value, ensure_ascii=False), headers=headers)

    return await site.ask(answer)


async def serve_citations(web_request: WebRequest) -> Response:
    """Answer with the citations of all documents that match, in the format of the address."""
    file = _file_of(web_request)
    address = read_query_string(web_request.scope["query_string"].decode("latin-1"))
    if address.request.offset or address.facet:
        return RedirectResponse(search_link(replace(address.at_page(1), facet=""), file.suffix), 303)
    layout = CitationLayout(file.file_format)
    return await serve_whole_result(web_request, address, layout, file.suffix, file.media_type)


def _file_of(web_request: WebRequest) -> CitationFile:
    path = web_request.url.path
    return next(file for file in CITATION_FILES if path.endswith(file.suffix))


def _name(document_id: str) -> str:
    """Return the id of a document as the name of a file."""
    return "".join(sign for sign in document_id if sign.isascii() and sign.isalnum())
