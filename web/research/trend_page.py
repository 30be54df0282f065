"""The trend as a page: a chart without any script, the numbers beside it, and the way to the lines of each period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from search.archive import Archive
from search.presentation.research_json import trend_json
from search.request import Filter, Request
from search.result_tables.export_record import export_record
from search.trends.trend import trend
from search.trends.trend_table import trend_table
from search.trends.trend_values import (
    MAX_SMOOTHING,
    UNDATED_PERIOD,
    Trend,
    TrendMeasure,
    TrendPoint,
    TrendSeries,
    TrendStep,
)
from web.answer_json import archive_json
from web.error_answers import JsonAnswer, wants_json
from web.research.tool_address import ToolAddress, read_tool_address
from web.research.tool_form import ToolForm
from web.research.trend_chart import HEIGHT, WIDTH, TrendChart, draw_trend
from web.research.whole_results import download_headers, result_file_name
from web.search_address import SearchAddress
from web.site import Site
from web.templating import render_page

TREND_OPTIONS = ("with", "step", "measure", "smooth", "stemmed")
TREND_DEFAULTS = {"step": TrendStep.YEAR.value, "measure": TrendMeasure.SHARE.value}


@dataclass(frozen=True, slots=True)
class TrendOptions:
    """The options of a trend: the queries of further series, and what `search.trends.trend.trend` takes."""

    others: tuple[str, ...]
    step: TrendStep
    measure: TrendMeasure
    smoothing: int
    stemmed: bool


@dataclass(frozen=True, slots=True)
class TrendPage:
    """A trend with its address, its chart, and the links to the lines of its points."""

    address: ToolAddress
    options: TrendOptions
    trend: Trend
    chart: TrendChart
    link: Callable[[TrendSeries, TrendPoint], str]
    size: tuple[int, int] = (WIDTH, HEIGHT)

    @property
    def periods(self) -> list[str]:
        """Return all periods in order, the undated last."""
        periods = dict.fromkeys(point.period for series in self.trend.series for point in series.points)
        return [*(period for period in periods if period != UNDATED_PERIOD), *({UNDATED_PERIOD} & periods.keys())]

    def points(self, period: str) -> list[tuple[TrendSeries, TrendPoint]]:
        """Return the points of a period, with their series."""
        return [(series, point) for series in self.trend.series for point in series.points if point.period == period]


def read_trend(web_request: WebRequest) -> tuple[ToolAddress, TrendOptions]:
    """Return the address of a trend, and its options.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    query_string = web_request.scope["query_string"].decode("latin-1")
    address, given = read_tool_address(query_string, "/trend", TREND_OPTIONS, series="with")
    first = address.request.query.strip()
    return address, TrendOptions(
        others=tuple(dict.fromkeys(query for query in given.texts("with") if query != first)),
        step=TrendStep(given.choice("step", [*TrendStep], TrendStep.YEAR)),
        measure=TrendMeasure(given.choice("measure", [*TrendMeasure], TrendMeasure.SHARE)),
        smoothing=given.number("smooth", 0, MAX_SMOOTHING),
        stemmed=given.flag("stemmed"),
    )


def _make(archive: Archive, address: ToolAddress, options: TrendOptions) -> Trend:
    queries = (address.request.query, *options.others)
    requests = [replace(address.request, query=query) for query in queries]
    return trend(
        archive, requests, step=options.step, measure=options.measure, smoothing=options.smoothing,
        stemmed=options.stemmed,
    )  # fmt: skip


async def serve_trend(web_request: WebRequest) -> Response:
    """Answer with the page of a trend, or with JSON."""
    site: Site = web_request.app.state.site
    address, options = read_trend(web_request)
    if wants_json(web_request.scope):
        return JsonAnswer(await site.ask(lambda archive: _json(archive, site, address, options)))
    html = await site.ask(lambda archive: _html(archive, site, address, options))
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _json(archive: Archive, site: Site, address: ToolAddress, options: TrendOptions) -> dict[str, object]:
    return trend_json(_make(archive, address, options)) | {"archive": archive_json(archive, site)}


def _html(archive: Archive, site: Site, address: ToolAddress, options: TrendOptions) -> str:
    form = ToolForm(address, TREND_DEFAULTS)
    if not address.request.query.strip():
        return render_page("trend.html", site=site, address=address, form=form, page=None)
    value = _make(archive, address, options)

    def link(series: TrendSeries, point: TrendPoint) -> str:
        return lines_link(address, series.query, point.period, options)

    page = TrendPage(address, options, value, draw_trend(value, link), link)
    return render_page("trend.html", site=site, address=address, form=form, page=page)


def lines_link(address: ToolAddress, query: str, period: str, options: TrendOptions) -> str:
    """Return the link to the lines of a query in a period; documents whose dates span more are there too."""
    filters = tuple(chosen for chosen in address.request.filters if chosen.field != "date")
    request = Request(query, (*filters, Filter("date", _dates(period, options.step))), address.request.any)
    more = {"stemmed": "1"} if options.stemmed else {}
    return ToolAddress("/kwic", SearchAddress(request)).link(**more)


def _dates(period: str, step: TrendStep) -> str:
    """Return the filter by date for a period."""
    if period == UNDATED_PERIOD:
        return "none"
    if step is TrendStep.DECADE:
        return f"{period}..{int(period) + 9:04}"
    return period.removesuffix("-XX")


async def serve_trend_table(web_request: WebRequest) -> Response:
    """Answer with the numbers as a table in CSV."""
    site: Site = web_request.app.state.site
    address, options = read_trend(web_request)

    def table(archive: Archive) -> Response:
        text = "".join(trend_table(_make(archive, address, options)))
        name = f"trend-{result_file_name(site.folder, address.search, archive)}.csv"
        return Response(text, media_type="text/csv", headers=download_headers(name))

    return await site.ask(table)


async def serve_trend_record(web_request: WebRequest) -> Response:
    """Answer with the record of the table that has the same parameters."""
    site: Site = web_request.app.state.site
    address, options = read_trend(web_request)

    def record(archive: Archive) -> Response:
        value = _make(archive, address, options)
        parameters = {
            "queries": [series.query for series in value.series], "step": value.step.value,
            "measure": value.measure.value, "smoothing": value.smoothing, "stemmed": value.stemmed,
        }  # fmt: skip
        counts = {f"hits_{number}": series.hits for number, series in enumerate(value.series, 1)}
        text = export_record(archive, address.request, tool="trend", parameters=parameters, counts=counts)
        name = f"trend-{result_file_name(site.folder, address.search, archive)}.csv.record.json"
        return JsonAnswer(text, headers=download_headers(name))

    return await site.ask(record)
