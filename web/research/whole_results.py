"""Whole results, sent as they are made: in the layout of a table or of citations, all from one state of the archive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol
from unicodedata import combining, normalize

from starlette.requests import Request as WebRequest
from starlette.responses import Response, StreamingResponse

from corpus.errors import MunimentError
from search.archive import Archive, open_archive
from search.request import Request
from search.results import Hit
from web.search_address import SearchAddress
from web.site import Site

ROWS_AT_A_TIME = 100
"""Rows that are made before other work of the same thread has its turn: 10 ms of work, with passages 30."""
MAX_PAUSE_SECONDS = 0.05
"""Time for which searches under way are let pass before the next rows. Without it they took twice as long beside an
export; with fifty people who ask without end, an export of 10,000 documents takes five seconds longer."""

MAX_NAME_CHARACTERS = 60
"""Characters of the question in the name of a file; folders show about so many."""


class ResultLayout(Protocol):
    """The layout of a whole result: what comes before the hits, what each part of them becomes, and the end."""

    @property
    def head(self) -> str:
        """Return what comes before the hits."""

    @property
    def end(self) -> str:
        """Return what comes after them."""

    def rows(self, archive: Archive, hits: Sequence[Hit], /) -> str:
        """Return what some hits become."""

    def request(self, request: Request, /) -> Request:
        """Return the request that a part of the result is made from."""


async def serve_whole_result(
    web_request: WebRequest, address: SearchAddress, layout: ResultLayout, suffix: str, media_type: str
) -> Response:
    """Answer with all documents that match, in a layout, as a file that is named after the question."""
    site: Site = web_request.app.state.site
    request = replace(layout.request(address.request), limit=ROWS_AT_A_TIME, offset=0)
    first = await site.export(lambda: _first_part(site, request, layout))
    name = result_file_name(site.folder, address, first.archive)
    headers = {"content-type": media_type, **download_headers(f"{name}{suffix}")}
    if web_request.method == "HEAD":
        first.archive.close()
        return Response(headers=headers)
    return StreamingResponse(_stream(site, first, request, layout), headers=headers)


def download_headers(file_name: str) -> dict[str, str]:
    """Return the headers of an answer that browsers save as a file."""
    return {"content-disposition": f'attachment; filename="{file_name}"', "cache-control": "private, no-cache"}


def result_file_name(folder: Path, address: SearchAddress, archive: Archive) -> str:
    """Return a file name that needs no quoting: the question, the archive, and the state that it was in."""
    filters = (f"not {chosen.value}" if chosen.exclude else chosen.value for chosen in address.request.filters)
    question = _plain_name(" ".join((address.request.query, *filters)))[:MAX_NAME_CHARACTERS].strip("-")
    parts = (question, _plain_name(folder.resolve().name) or "archive", str(archive.index_state().change))
    return "-".join(filter(None, parts))


def _plain_name(text: str) -> str:
    """Return the words of a text in Latin letters and digits, without accents."""
    letters = (sign for sign in normalize("NFKD", text) if not combining(sign))
    return "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in letters).split())


class FirstPart(NamedTuple):
    """The archive in the state that a table is made from, the first rows, and the number of all."""

    archive: Archive
    rows: str
    total: int


def _first_part(site: Site, request: Request, layout: ResultLayout) -> FirstPart:
    """Return the first rows of a table, made before its answer begins, so that an error has an answer of its own."""
    archive = open_archive(site.folder)
    try:
        return FirstPart(archive, *_rows(archive, request, layout))
    except MunimentError:
        archive.close()
        raise


async def _stream(site: Site, first: FirstPart, request: Request, layout: ResultLayout) -> AsyncIterator[str]:
    """Yield the head of a table and its rows, all from the one state of the archive that was opened for it."""
    archive = first.archive
    try:
        yield layout.head + first.rows
        for offset in range(ROWS_AT_A_TIME, first.total, ROWS_AT_A_TIME):
            await site.searches.wait_until_idle(MAX_PAUSE_SECONDS)
            part = replace(request, offset=offset)
            text, _ = await site.export(lambda asked=part: _rows(archive, asked, layout))  # type: ignore[misc]
            yield text
        yield layout.end
    finally:
        archive.close()


def _rows(archive: Archive, request: Request, layout: ResultLayout) -> tuple[str, int]:
    result = archive.search(request)
    return layout.rows(archive, result.hits), result.total
