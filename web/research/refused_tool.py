"""The page of a tool whose address was refused: its form as it was typed, and which field is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from corpus.errors import MunimentError
from search.request import Request
from web.error_answers import status_of, wants_json
from web.research.kwic_page import KWIC_DEFAULTS, KWIC_OPTIONS
from web.research.tool_address import TOOLS, ToolAddress, with_series
from web.research.tool_form import ToolForm
from web.research.trend_page import TREND_DEFAULTS, TREND_OPTIONS
from web.research.word_tools import WORD_TOOLS
from web.search_address import MAX_QUERY_BYTES, QUESTION_NAMES, SearchAddress, read_address, read_pairs
from web.templating import render_page


class ToolFields(NamedTuple):
    """The options of a tool, their usual values, and the option whose values are further queries."""

    options: Sequence[str]
    defaults: Mapping[str, str]
    series: str = ""


TOOL_FIELDS: Mapping[str, ToolFields] = {
    "/kwic": ToolFields(KWIC_OPTIONS, KWIC_DEFAULTS),
    "/trend": ToolFields(TREND_OPTIONS, TREND_DEFAULTS, series="with"),
    **{tool.path: ToolFields(tool.options, tool.defaults) for tool in WORD_TOOLS.values()},
}
"""The fields of each tool by its path."""

_STATUSES = (400, 422)
"""Statuses of refusals that another question would not meet."""
_FIELD_OF_CODE = {"research.no-words": "q", "research.too-many-series": "with", "request.date-order": "date"}
"""The parameter that is to blame for errors that name none."""


def refused_tool_answer(web_request: WebRequest, error: MunimentError) -> Response | None:
    """Return the page of a tool that refused its address; None where another answer tells the error."""
    path, status = web_request.url.path, status_of(error)
    if path not in TOOLS or status not in _STATUSES or wants_json(web_request.scope):
        return None
    fields = TOOL_FIELDS[path]
    pairs = _typed(web_request.scope["query_string"].decode("latin-1"), fields)
    refused = _refused(error, pairs)
    has_field = refused in {"q", *fields.options}
    form = ToolForm(_address(path, pairs, fields), fields.defaults, refused if has_field else "", is_refused=True)
    site = web_request.app.state.site
    html = render_page("refused_tool.html", site=site, address=form.address, form=form, error=error, tool=TOOLS[path])
    return HTMLResponse(html, status, {"cache-control": "no-store"})


def _typed(query_string: str, fields: ToolFields) -> list[tuple[str, str]]:
    """Return the parameters of an address that its tool has, as typed; none where there are too many to read."""
    try:
        pairs = [(name, value) for name, value in read_pairs(query_string) if value.strip()]
    except MunimentError:
        return []
    if fields.series:
        pairs = with_series(pairs, fields.series)
    return [pair for pair in pairs if pair[0] in fields.options or pair[0] in QUESTION_NAMES]


def _address(path: str, pairs: Sequence[tuple[str, str]], fields: ToolFields) -> ToolAddress:
    """Return the address as far as it can be read; of a parameter with two values the last counts."""
    values = dict(pairs)
    narrowing = [pair for pair in pairs if pair[0] not in {"q", "any", *fields.options}]
    filters = read_address(narrowing).request.filters
    request = Request(values.get("q", ""), filters, values.get("any") == "1")
    return ToolAddress(path, SearchAddress(request), tuple(pair for pair in pairs if pair[0] in fields.options))


def _refused(error: MunimentError, pairs: Sequence[tuple[str, str]]) -> str:
    """Return the parameter that is to blame for an error; ``""`` where none is."""
    if error.code == "web.query-too-long":
        return next((name for name, value in pairs if len(value.encode(errors="replace")) > MAX_QUERY_BYTES), "")
    return str(error.parameters.get("parameter") or _FIELD_OF_CODE.get(error.code, ""))
