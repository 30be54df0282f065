"""Whole results as tables: every document that matches, a row each, in CSV, TSV or JSON lines, sent bit by bit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response, StreamingResponse

from corpus.errors import MunimentError
from corpus.trust.table_cells import table_line
from search.archive import Archive, open_archive
from search.request import Request
from search.result_tables.export_record import RECORD_SUFFIX, export_record
from search.result_tables.result_table import BYTE_ORDER_MARK, TableFormat, TableLayout
from search.result_tables.table_columns import COLUMNS, check_columns
from web.error_answers import JsonAnswer
from web.facet_values import facet_values
from web.search_address import SearchAddress, read_query_string
from web.site import Site
from web.templating import document_link, search_link

ROWS_AT_A_TIME = 100
"""Rows that are made before other work of the same thread has its turn: 10 ms of work, with passages 30."""
MAX_PAUSE_SECONDS = 0.05
"""Time for which searches under way are let pass before the next rows. Without it they took twice as long beside an
export; with fifty people who ask without end, an export of 10,000 documents takes five seconds longer."""

MAX_NAME_CHARACTERS = 60
"""Characters of the question in the name of a file; folders show about so many."""

VALUE_COLUMNS = ("value", "label", "documents")
"""Columns of the table of a facet's values."""

_MEDIA_TYPES = {
    TableFormat.CSV: "text/csv; charset=utf-8",
    TableFormat.TSV: "text/tab-separated-values; charset=utf-8",
    TableFormat.JSONL: "application/jsonl; charset=utf-8",
}
_COLUMNS_PARAMETER = "columns"
"""Parameter with names of columns, which no other address has."""


async def serve_table(web_request: WebRequest) -> Response:
    """Answer with all documents that match, or all values of a facet, as a table in the format of the address."""
    file_format = TableFormat(web_request.url.path.rpartition(".")[2])
    site: Site = web_request.app.state.site
    address, columns = _read(web_request)
    if address.facet and file_format is TableFormat.CSV:
        return await _serve_values(site, address)
    suffix = f".{file_format}"
    if address.request.offset or address.facet:
        chosen = f"&{_COLUMNS_PARAMETER}={','.join(columns)}" if columns else ""
        return RedirectResponse(f"{search_link(replace(address.at_page(1), facet=''), suffix)}{chosen}", 303)
    more_columns = {"address": lambda entry: f"{site.base}{document_link(entry.hit.id, address, page=entry.page)}"}
    layout = TableLayout(file_format, check_columns(columns, (*COLUMNS, *more_columns)), more_columns)
    request = replace(layout.request(address.request), limit=ROWS_AT_A_TIME)
    first = await site.export(lambda: _first_part(site, request, layout))
    name = _file_name(site.folder, address, first.archive)
    headers = {"content-type": _MEDIA_TYPES[file_format], **_headers(f"{name}{suffix}")}
    if web_request.method == "HEAD":
        first.archive.close()
        return Response(headers=headers)
    return StreamingResponse(_stream(site, first, request, layout), headers=headers)


async def serve_record(web_request: WebRequest) -> Response:
    """Answer with the record of the table that has the same parameters: the question, the counts, the state."""
    site: Site = web_request.app.state.site
    address, columns = _read(web_request)

    def record(archive: Archive) -> Response:
        parameters = {"columns": list(columns)} if columns else {}
        text = export_record(archive, address.request, tool="search", parameters=parameters)
        name = _file_name(site.folder, address, archive)
        return JsonAnswer(text, headers=_headers(f"{name}{RECORD_SUFFIX}"))

    return await site.ask(record)


def _read(web_request: WebRequest) -> tuple[SearchAddress, tuple[str, ...]]:
    """Return the search that a table is asked for, and the names of its columns."""
    address = read_query_string(web_request.scope["query_string"].decode("latin-1"))
    typed = next((value for name, value in address.unknown if name == _COLUMNS_PARAMETER), "")
    others = tuple(pair for pair in address.unknown if pair[0] != _COLUMNS_PARAMETER)
    return replace(address, unknown=others), tuple(filter(None, typed.split(",")))


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


def _first_part(site: Site, request: Request, layout: TableLayout) -> FirstPart:
    """Return the first rows of a table, made before its answer begins, so that an error has an answer of its own."""
    archive = open_archive(site.folder)
    try:
        return FirstPart(archive, *_rows(archive, request, layout))
    except MunimentError:
        archive.close()
        raise


async def _stream(site: Site, first: FirstPart, request: Request, layout: TableLayout) -> AsyncIterator[str]:
    """Yield the head of a table and its rows, all from the one state of the archive that was opened for it."""
    archive = first.archive
    try:
        yield layout.head + first.rows
        for offset in range(ROWS_AT_A_TIME, first.total, ROWS_AT_A_TIME):
            await site.searches.wait_until_idle(MAX_PAUSE_SECONDS)
            part = replace(request, offset=offset)
            text, _ = await site.export(lambda asked=part: _rows(archive, asked, layout))  # type: ignore[misc]
            yield text
    finally:
        archive.close()


def _rows(archive: Archive, request: Request, layout: TableLayout) -> tuple[str, int]:
    result = archive.search(request)
    return layout.rows(archive, result.hits), result.total
