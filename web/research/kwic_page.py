"""The concordance as a page: aligned lines, sorted and grouped, each with its paragraph and a link to its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple
from unicodedata import bidirectional

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response, StreamingResponse

from search.archive import Archive, open_archive
from search.concordance.concordance_values import (
    DEFAULT_TOKENS,
    GROUP_KEYS,
    MAX_CONTEXT,
    MAX_LINES,
    MAX_SORT_KEYS,
    SORT_KEYS,
    Concordance,
    ContextUnit,
    KwicOptions,
    LineKey,
    Within,
)
from search.concordance.kwic import WholeConcordance, kwic, kwic_in_units, whole_kwic
from search.concordance.line_table import line_table
from search.presentation.research_json import kwic_json
from search.result_tables.export_record import export_record
from web.answer_json import archive_json
from web.error_answers import JsonAnswer, wants_json
from web.research.tool_address import ToolAddress, ToolOptions, read_tool_address, wrong_option
from web.research.tool_form import ToolForm
from web.research.whole_results import download_headers, result_file_name
from web.site import Site
from web.templating import render_page

LINES_ON_A_PAGE = 50
MAX_LINES_ON_A_PAGE = 500
KWIC_OPTIONS = ("by", "group", "only", "unit", "left", "right", "sample", "seed", "within", "stemmed", "start", "lines")
KWIC_DEFAULTS = {"unit": ContextUnit.TOKENS.value, "within": Within.TEXT.value}
_EDGE = "_"
"""In an address, the group of lines at the edge of a text. No word has this sign."""
_ROWS_AT_A_TIME = 1000


class LineParagraph(NamedTuple):
    """The paragraph of a line: the text before the node, the node, and the text behind it."""

    before: str
    node: str
    behind: str


@dataclass(frozen=True, slots=True)
class KwicPage:
    """A page of a concordance.

    Attributes:
        address: the search with the options.
        concordance: the lines.
        paragraphs: by number of a line, the paragraph around it.
    """

    address: ToolAddress
    concordance: Concordance
    paragraphs: dict[int, LineParagraph]

    @property
    def direction(self) -> str:
        """Return the direction that most lines are read in, which puts what is before the words on the right side."""
        nodes = [line.node for line in self.concordance.lines]
        from_the_right = sum(any(bidirectional(sign) in {"R", "AL"} for sign in node) for node in nodes)
        return "rtl" if 2 * from_the_right > len(nodes) else "ltr"

    @property
    def groups(self) -> list[tuple[str, int, int, str]]:
        """Return label, lines, documents and link of the largest groups."""
        groups = self.concordance.groups[:100]
        return [
            (group.label, group.lines, group.documents, self.address.link(only=group.label or _EDGE, start=None))
            for group in groups
        ]

    @property
    def previous(self) -> str:
        """Return the link to the lines before; ``""`` where there are none."""
        options = self.concordance.options
        return self.address.link(start=max(options.offset - options.limit, 0) + 1) if options.offset else ""

    @property
    def next(self) -> str:
        """Return the link to the lines behind; ``""`` where there are none."""
        options = self.concordance.options
        end = options.offset + options.limit
        return self.address.link(start=end + 1) if end < min(self.concordance.chosen, MAX_LINES) else ""


def read_kwic(web_request: WebRequest) -> tuple[ToolAddress, KwicOptions]:
    """Return the address of a concordance, and its options.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    query_string = web_request.scope["query_string"].decode("latin-1")
    address, given = read_tool_address(query_string, "/kwic", KWIC_OPTIONS)
    group, only = given.choice("group", ["", *GROUP_KEYS], ""), given.text("only")
    if only and not group:
        raise wrong_option("only", only, ", ".join(f"{only[:20]}&group={key}" for key in GROUP_KEYS))
    return address, KwicOptions(
        unit=ContextUnit(given.choice("unit", [*ContextUnit], ContextUnit.TOKENS)),
        left=given.number("left", DEFAULT_TOKENS, MAX_CONTEXT),
        right=given.number("right", DEFAULT_TOKENS, MAX_CONTEXT),
        sort=_sort(given),
        group=LineKey(group) if group else None,
        only=only.removeprefix(_EDGE) if only else None,
        sample=given.number("sample", 0, 10**9),
        seed=given.number("seed", 0, 10**9),
        within=Within(given.choice("within", [*Within], Within.TEXT)),
        stemmed=given.flag("stemmed"),
        limit=given.number("lines", LINES_ON_A_PAGE, MAX_LINES_ON_A_PAGE),
        offset=given.number("start", 1, MAX_LINES, least=1) - 1,
    )


def _sort(given: ToolOptions) -> tuple[LineKey, ...]:
    names = [name.strip() for name in given.text("by").split(",") if name.strip()]
    if len(names) > MAX_SORT_KEYS or not {*names} <= {*SORT_KEYS}:
        raise wrong_option("by", given.text("by"), ", ".join(SORT_KEYS))
    return tuple(LineKey(name) for name in names)


async def serve_kwic(web_request: WebRequest) -> Response:
    """Answer with a page of lines, or with JSON."""
    site: Site = web_request.app.state.site
    address, options = read_kwic(web_request)
    if wants_json(web_request.scope):
        return JsonAnswer(await site.ask(lambda archive: _json(archive, site, address, options)))
    html = await site.ask(lambda archive: _html(archive, site, address, options))
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _json(archive: Archive, site: Site, address: ToolAddress, options: KwicOptions) -> dict[str, object]:
    value = kwic_json(address.request.query, kwic(archive, address.request, options))
    return value | {"archive": archive_json(archive, site)}


def _html(archive: Archive, site: Site, address: ToolAddress, options: KwicOptions) -> str:
    form = ToolForm(address, KWIC_DEFAULTS)
    if not address.request.query.strip():
        return render_page("kwic.html", site=site, address=address, form=form, page=None)
    units = () if options.within is Within.TITLE else (ContextUnit.PARAGRAPH,)
    concordance, *wide = kwic_in_units(archive, address.request, options, units)
    paragraphs = {line.number: LineParagraph(line.left, line.node, line.right) for made in wide for line in made.lines}
    page = KwicPage(address, concordance, paragraphs)
    return render_page("kwic.html", site=site, address=address, form=form, page=page, most=MAX_LINES)


async def serve_kwic_table(web_request: WebRequest) -> Response:
    """Answer with all lines, up to `MAX_LINES`, as a table in CSV."""
    site: Site = web_request.app.state.site
    address, options = read_kwic(web_request)
    archive, whole = await site.export(lambda: _opened(site, address, options))
    headers = download_headers(f"{_file_name(site, address, archive)}.csv")
    if web_request.method == "HEAD":
        archive.close()
        return Response(headers={"content-type": "text/csv; charset=utf-8", **headers})
    return StreamingResponse(_stream(site, archive, whole), media_type="text/csv", headers=headers)


def _opened(site: Site, address: ToolAddress, options: KwicOptions) -> tuple[Archive, WholeConcordance]:
    archive = open_archive(site.folder)
    try:
        return archive, whole_kwic(archive, address.request, options)
    except BaseException:
        archive.close()
        raise


async def _stream(site: Site, archive: Archive, whole: WholeConcordance) -> AsyncIterator[str]:
    rows = line_table(whole.lines)
    try:
        while part := await site.export(lambda: "".join(islice(rows, _ROWS_AT_A_TIME))):
            yield part
    finally:
        archive.close()


async def serve_kwic_record(web_request: WebRequest) -> Response:
    """Answer with the record of the table that has the same parameters."""
    site: Site = web_request.app.state.site
    address, options = read_kwic(web_request)

    def record(archive: Archive) -> Response:
        head = kwic(archive, address.request, replace(options, limit=0, offset=0))
        parameters = kwic_json("", head, ())["options"] | {"stemmed": options.stemmed}
        counts = {"lines": head.total, "chosen": head.chosen, "tokens": head.tokens}
        value = export_record(archive, address.request, tool="kwic", parameters=parameters, counts=counts)
        name = _file_name(site, address, archive)
        return JsonAnswer(value, headers=download_headers(f"{name}.csv.record.json"))

    return await site.ask(record)


def _file_name(site: Site, address: ToolAddress, archive: Archive) -> str:
    return f"kwic-{result_file_name(site.folder, address.search, archive)}"
