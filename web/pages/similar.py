"""The documents similar to one: a page of their own, which the page of the document takes in once it is read so far."""

from __future__ import annotations

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from corpus.document import UNDISCLOSED
from search.archive import Archive
from web.answer_json import similar_json
from web.error_answers import JsonAnswer, undisclosed_answer, wants_json
from web.site import Site
from web.templating import render_page


async def serve_similar(web_request: WebRequest) -> Response:
    """Answer with the documents that are similar to one, as a page or as JSON."""
    site: Site = web_request.app.state.site
    return await site.ask(lambda archive: _answer(archive, site, web_request))


def _answer(archive: Archive, site: Site, web_request: WebRequest) -> Response:
    document = archive.document(web_request.path_params["id"])
    if document.state in UNDISCLOSED:
        return undisclosed_answer(web_request.scope, document)
    result = site.related.similar_to(archive, document.id)
    if wants_json(web_request.scope):
        return JsonAnswer(similar_json(archive, site, document.id, result))
    html = render_page("similar.html", site=site, document=document, result=result)
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})
