"""Whole results as tables: every document that matches, a row each, in CSV, TSV or JSON lines."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from corpus.trust.table_cells import table_line
from search.archive import Archive
from search.result_tables.export_record import RECORD_SUFFIX, export_record
from search.result_tables.result_table import BYTE_ORDER_MARK, TableFormat, TableLayout
from search.result_tables.table_columns import COLUMNS, check_columns
from web.error_answers import JsonAnswer
from web.facet_values import facet_values
from web.research.whole_results import download_headers, result_file_name, serve_whole_result
from web.search_address import SearchAddress, read_query_string
from web.site import Site
from web.templating import document_link, search_link

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
    return await serve_whole_result(web_request, address, layout, suffix, _MEDIA_TYPES[file_format])


async def serve_record(web_request: WebRequest) -> Response:
    """Answer with the record of the table that has the same parameters: the question, the counts, the state."""
    site: Site = web_request.app.state.site
    address, columns = _read(web_request)

    def record(archive: Archive) -> Response:
        parameters = {"columns": list(columns)} if columns else {}
        text = export_record(archive, address.request, tool="search", parameters=parameters)
        name = result_file_name(site.folder, address, archive)
        return JsonAnswer(text, headers=download_headers(f"{name}{RECORD_SUFFIX}"))

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
        headers = download_headers(f"{result_file_name(site.folder, address, archive)}-{address.facet}.csv")
        text = BYTE_ORDER_MARK + table_line(VALUE_COLUMNS) + "".join(lines)
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    return await site.ask(table)
