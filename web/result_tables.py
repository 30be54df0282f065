"""Whole results as tables: every document that matches, a row each, in CSV or as JSON lines, sent as they are made."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response, StreamingResponse

from corpus.errors import MunimentError
from corpus.fields import BY_NAME, FIELDS
from corpus.trust.table_cells import table_line
from search.archive import Archive, open_archive
from search.presentation.json_format import hit_json
from search.request import Request
from search.results import Hit
from web.facet_values import facet_values
from web.search_address import SearchAddress, read_query_string
from web.site import Site
from web.templating import document_link, search_link
from web.wording.text_parts import shown_passage

ROWS_AT_A_TIME = 100
"""Rows that are made before other work of the same thread has its turn: 10 ms of work, with passages 30."""
MAX_PAUSE_SECONDS = 0.05
"""Time for which searches under way are let pass before the next rows. Without it they took twice as long beside an
export; with fifty people who ask without end, an export of 10,000 documents takes five seconds longer."""

_FIELDS = (BY_NAME["id"], *(field for field in FIELDS if field.described), BY_NAME["format"])
COLUMNS = (*(field.term for field in _FIELDS), "state", "reason", "pages", "path", "page", "passage", "address")
"""Columns of the table, under the names that the table of an export has; then the best passage, with its page, and the
address of the document there, which has the question in it. New ones are added at the end."""

MAX_NAME_CHARACTERS = 60
"""Characters of the question in the name of a file; folders show about so many."""

VALUE_COLUMNS = ("value", "label", "documents")
"""Columns of the table of a facet's values."""

Rows = Callable[[Archive, Sequence[Hit]], str]
"""A function that returns hits as rows of a table."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take a table for one of an older encoding."""


async def serve_csv(web_request: WebRequest) -> Response:
    """Answer with all documents that match, or all values of a facet, as a table for spreadsheets."""
    address = read_query_string(web_request.scope["query_string"].decode("latin-1"))
    if address.facet:
        return await _serve_values(web_request.app.state.site, address)
    rows = partial(_csv_rows, web_request.app.state.site, address)
    passages = min(address.request.passages, 1) if address.request.query.strip() else 0
    head = BYTE_ORDER_MARK + table_line(COLUMNS)
    return await _serve(web_request, ".csv", "text/csv; charset=utf-8", head, rows, passages=passages)


async def _serve_values(site: Site, address: SearchAddress) -> Response:
    """Answer with the values of a facet, each with the number of documents that match."""

    def table(archive: Archive) -> Response:
        result = archive.search(replace(address.request, limit=0, offset=0, facets=(address.facet,)))
        rows = facet_values(address, result.facets[address.facet])
        lines = [table_line([row.value, row.label, str(row.count)]) for row in rows]
        headers = _headers(f"{_file_name(site.folder, address, archive)}-{address.facet}.csv")
        text = BYTE_ORDER_MARK + table_line(VALUE_COLUMNS) + "".join(lines)
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    return await site.ask(table)


async def serve_json_lines(web_request: WebRequest) -> Response:
    """Answer with all documents that match, as a line of JSON each."""
    return await _serve(web_request, ".jsonl", "application/jsonl; charset=utf-8", "", _json_rows)


async def _serve(
    web_request: WebRequest,
    suffix: str,
    media_type: str,
    head: str,
    rows: Rows,
    *,
    passages: int = 0,
) -> Response:
    site: Site = web_request.app.state.site
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_query_string(query_string)
    if address.request.offset or address.facet:
        return RedirectResponse(search_link(replace(address.at_page(1), facet=""), suffix), 303)
    request = replace(address.request, limit=ROWS_AT_A_TIME, facets=(), passages=passages)
    first = await site.export(lambda: _first_part(site, request, rows))
    name = _file_name(site.folder, address, first.archive)
    headers = {"content-type": media_type, **_headers(f"{name}{suffix}")}
    if web_request.method == "HEAD":
        first.archive.close()
        return Response(headers=headers)
    return StreamingResponse(_stream(site, first, request, head, rows), headers=headers)


def _headers(file_name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{file_name}"', "cache-control": "private, no-cache"}


def _file_name(folder: Path, address: SearchAddress, archive: Archive) -> str:
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


def _first_part(site: Site, request: Request, rows: Rows) -> FirstPart:
    """Return the first rows of a table, made before its answer begins, so that an error has an answer of its own."""
    archive = open_archive(site.folder)
    try:
        return FirstPart(archive, *_rows(archive, request, rows))
    except MunimentError:
        archive.close()
        raise


async def _stream(site: Site, first: FirstPart, request: Request, head: str, rows: Rows) -> AsyncIterator[str]:
    """Yield the head of a table and its rows, all from the one state of the archive that was opened for it."""
    archive = first.archive
    try:
        yield head + first.rows
        for offset in range(ROWS_AT_A_TIME, first.total, ROWS_AT_A_TIME):
            await site.searches.wait_until_idle(MAX_PAUSE_SECONDS)
            part = replace(request, offset=offset)
            text, _ = await site.export(lambda asked=part: _rows(archive, asked, rows))  # type: ignore[misc]
            yield text
    finally:
        archive.close()


def _rows(archive: Archive, request: Request, rows: Rows) -> tuple[str, int]:
    result = archive.search(request)
    return rows(archive, result.hits), result.total


def _csv_rows(site: Site, address: SearchAddress, archive: Archive, hits: Sequence[Hit]) -> str:
    return "".join(_csv_row(site, address, archive, hit) for hit in hits)


def _csv_row(site: Site, address: SearchAddress, archive: Archive, hit: Hit) -> str:
    document = archive.document(hit.id)
    values = (
        document.metadata.text(field.name) if field.described else str(getattr(document, field.name))
        for field in _FIELDS
    )
    passage = hit.passages[0] if hit.passages else None
    page = passage.page if passage and passage.spans else 0
    link = f"{site.base}{document_link(hit.id, address, page=page)}"
    return table_line([
        *values, document.state.value, document.reason, str(document.pages), document.path,
        str(page or ""), shown_passage(passage) if passage else "", link,
    ])  # fmt: skip


def _json_rows(_: Archive, hits: Sequence[Hit]) -> str:
    return "".join(f"{json.dumps(hit_json(hit), ensure_ascii=False)}\n" for hit in hits)
