"""The parts that the researcher's pages share: the store behind them, and answers that are files to download."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from corpus.errors import UsageError
from corpus.researcher_store import ResearcherStore
from search.archive import Archive
from search.request import Request
from search.search_records.own_store import open_own_records
from web.curate.forms import Form
from web.search_address import read_query_string
from web.site import Site
from web.templating import render_page

T = TypeVar("T")

_UNSAFE_IN_NAME = re.compile(r"[^\w.-]+")
MAX_NAME_CHARACTERS = 60


async def ask_store(
    web_request: WebRequest, question: Callable[[Archive, ResearcherStore], T], *, write: bool = False
) -> T:
    """Return the answer to a question about the archive and the store of whoever runs the server.

    Raises:
        BusyError: too many questions wait.
        MunimentError: archive or store cannot be opened, or as the question raises.
    """
    site: Site = web_request.app.state.site

    def ask(archive: Archive) -> T:
        with open_own_records(archive, site.store_folder, write=write) as store:
            return question(archive, store)

    return await site.ask(ask)


def own_page(template: str, **values: object) -> HTMLResponse:
    """Return a page of the researcher, which no cache keeps."""
    return HTMLResponse(render_page(template, **values), headers={"cache-control": "no-store"})


def download(parts: Iterable[str], name: str, ending: str, media_type: str) -> Response:
    """Return a file to download."""
    plain = _UNSAFE_IN_NAME.sub("-", name)[:MAX_NAME_CHARACTERS].strip("-.") or "review"
    disposition = f"attachment; filename*=UTF-8''{quote(plain)}.{ending}"
    headers = {"content-type": media_type, "content-disposition": disposition, "cache-control": "no-store"}
    return Response("".join(parts), headers=headers)


def searched_request(form: Form) -> Request:
    """Return the request of the search that a form is about, by the query string in it.

    Raises:
        UsageError: it is none, or the form has none: all documents are never meant by leaving it out.
    """
    if not form.has("search"):
        raise UsageError("research.no-search")
    asked = read_query_string(form.value("search")).request
    return Request(
        asked.query, asked.filters, any=asked.any, sort=asked.sort, facets=(), passages=0, expand=asked.expand
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]
