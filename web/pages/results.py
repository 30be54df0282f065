"""Results: hits with passages, facets to narrow them, and the address that records the question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.fields import BY_FACET, BY_NAME, FACETS, YEAR_FACET, Field
from corpus.messages import Message, message
from search.archive import Archive
from search.grammar.parse import parse
from search.request import Filter, Sort
from search.results import Diagnostic, DiagnosticKind, FacetCount, SearchResult
from web.answer_json import search_json
from web.error_answers import JsonAnswer, wants_json
from web.facet_values import ticked_values
from web.pages.facet import render_facet
from web.paging import linked_pages
from web.research.citations import CITATION_FILES, hit_coins
from web.search_address import (
    FilterLinks,
    ResultView,
    SearchAddress,
    read_query_string,
    similar_parameter,
    write_address,
)
from web.site import Site
from web.templating import render_page, results_link, search_link

ROWS_OF_A_FACET = 8
"""Rows of a facet that are shown at once, chosen ones aside; its own page has them all."""
ROWS_BEHIND_MORE = 12
"""Further rows that are folded below those. Of 40, their links made a third of the page and of the time to write it."""
MAX_LINKED_YEARS = 20
"""Years that are linked to on the page of results; the links to 78 years made a tenth of its bytes."""
MAX_BARS = 40
"""Bars of the histogram; more years than these are put together."""
SIZES = (10, 25, 100)


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A filter in use, with the row of the facet that it chose, and the address without it."""

    filter: Filter
    field: Field
    chosen: FacetCount | None
    without: str


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value of a facet.

    Attributes:
        count: the value with the number of documents.
        share: of the largest count, 0 to 1.
        is_typed: whether the typed query selects the value, and no box does.
        only: the address with this value alone.
        without: the address that leaves the value out.
    """

    count: FacetCount
    share: float
    is_typed: bool
    only: str
    without: str


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet with the rows that are shown, chosen ones first, and how many more there are."""

    name: str
    field: Field
    rows: tuple[FacetRow, ...]
    more_rows: tuple[FacetRow, ...]
    all_values: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: documents of one year or of several."""

    first: str
    last: str
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class YearColumn:
    """The years: a histogram for the eye, boxes for the first and the last year that are wanted, and links to each.

    Where the typed query names dates, no other years are linked to: the search would be for both at once. Where there
    are more than `MAX_LINKED_YEARS`, their own page has them.
    """

    bars: tuple[Bar, ...]
    rows: tuple[tuple[FacetCount, str], ...]
    all_values: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """An answer with all that the page of results shows beside it."""

    address: SearchAddress
    result: SearchResult
    remarks: tuple[tuple[Message | str, str], ...]
    filters: tuple[FilterRow, ...]
    facets: tuple[FacetColumn, ...]
    years: YearColumn
    hidden: tuple[tuple[str, str], ...]

    @property
    def page(self) -> int:
        """Return the number of this page of results, from 1."""
        request = self.address.request
        return request.offset // request.limit + 1 if request.limit else 1

    @property
    def last_page(self) -> int:
        """Return the number of the last page of results."""
        limit = self.address.request.limit
        return max(-(-self.result.total // limit), 1) if limit else 1

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the numbers of pages that are linked to; 0 is a gap."""
        return tuple(linked_pages(self.page, self.last_page))


async def serve_results(web_request: WebRequest) -> Response:
    """Answer a search: with a page, or with JSON."""
    site: Site = web_request.app.state.site
    query_string = web_request.scope["query_string"].decode("latin-1")
    address = read_query_string(query_string)
    suffix = ".json" if web_request.url.path.endswith(".json") else ""
    if not _is_canonical(query_string, address):
        return RedirectResponse(search_link(address, suffix), 303)
    if wants_json(web_request.scope):
        return JsonAnswer(await site.ask(lambda archive: search_json(archive, site, address)))
    html = await site.ask(lambda archive: _html(archive, site, address))
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _is_canonical(query_string: str, address: SearchAddress) -> bool:
    """Return whether an address names the question as we name it, however its characters are written."""
    given = parse_qsl(query_string, keep_blank_values=True, errors="replace")
    return given == parse_qsl(write_address(address), keep_blank_values=True, errors="replace")


def _html(archive: Archive, site: Site, address: SearchAddress) -> str:
    if address.facet:
        return render_facet(archive, site, address)
    shown_facets = () if address.view is ResultView.PRINT else tuple(field.facet for field in FACETS)
    result = archive.search(replace(address.request, facets=shown_facets))
    boxed = {name: rows for name, rows in result.facets.items() if name != YEAR_FACET}
    page = results_page(address, result, ticked_values(archive, address.request, boxed))
    if address.view is ResultView.PRINT:
        return render_page("print.html", site=site, page=page)
    views = [view for view in ResultView if view is not ResultView.PRINT]
    return render_page(
        "results.html", site=site, page=page, views=views, sorts=[*Sort], sizes=SIZES, citation_files=CITATION_FILES,
        coins=hit_coins, also=site.related.known_versions(archive, [hit.id for hit in result.hits]),
    )  # fmt: skip


def results_page(address: SearchAddress, result: SearchResult, ticked: Mapping[str, Collection[str]]) -> ResultsPage:
    """Return what the page of results shows; ``ticked`` are the values of each facet whose boxes are ticked."""
    columns = tuple(
        _column(address, name, rows, ticked[name])
        for name, rows in result.facets.items()
        if name != YEAR_FACET and any(row.count or row.selected for row in rows) and _is_useful(rows)
    )
    boxes = {
        (column.field.name, row.count.value)
        for column in columns
        for row in (*column.rows, *column.more_rows)
        if not row.is_typed
    }
    years = result.facets.get(YEAR_FACET, ())
    dates = [chosen for chosen in address.request.filters if chosen.field == "date" and not chosen.exclude]
    hidden = tuple(
        (f"not.{chosen.field}" if chosen.exclude else chosen.field, chosen.value)
        for chosen in address.request.filters
        if chosen.exclude or ((chosen.field, chosen.value) not in boxes and chosen not in dates)
    )
    return ResultsPage(
        address,
        result,
        tuple(_remarks(address, result.diagnostics)),
        tuple(_filter_row(address, chosen, result) for chosen in address.request.filters),
        columns,
        _year_column(address, years, dates),
        hidden,
    )


def _is_useful(rows: Sequence[FacetCount]) -> bool:
    """Return whether a facet can narrow anything: it has two values, or a chosen one."""
    return len(rows) > 1 or any(row.selected for row in rows)


def _span(dates: Sequence[Filter]) -> tuple[str, str]:
    """Return the first and the last date of the filters on dates, as the two boxes show them."""
    if not dates:
        return "", ""
    first, separator, last = dates[-1].value.partition("..")
    return (first, last) if separator else (first, first)


def _year_column(address: SearchAddress, rows: Sequence[FacetCount], dates: Sequence[Filter]) -> YearColumn:
    """Return the years that documents of the search can have: those of the typed dates, where the query has some."""
    links = FilterLinks(address, "date", replaces=True)
    typed = [] if dates else [row for row in rows if row.selected]
    years = typed or rows
    is_short = len(years) <= MAX_LINKED_YEARS
    linked = tuple((row, results_link(links.query_string(row.value))) for row in years) if is_short else ()
    return YearColumn(
        year_bars(rows), linked, "" if is_short else search_link(address.of_facet(YEAR_FACET)), *_span(dates)
    )


def _filter_row(address: SearchAddress, chosen: Filter, result: SearchResult) -> FilterRow:
    field = BY_NAME[chosen.field]
    others = [other for other in address.request.filters if other != chosen]
    rows = result.facets.get(field.facet, ())
    row = next((row for row in rows if row.value.casefold() == chosen.value.casefold()), None)
    return FilterRow(chosen, field, row, search_link(address.with_filters(others)))


def _column(address: SearchAddress, name: str, rows: Iterable[FacetCount], ticked: Collection[str]) -> FacetColumn:
    """Return a facet with its rows, chosen ones first.

    Where the typed query selects a value, the others are left out: ticking one more would ask for both at once, and
    find other documents than the row counts.
    """
    field = BY_FACET[name]
    ordered = sorted(rows, key=lambda row: not row.selected)
    largest = max((row.count for row in ordered), default=0) or 1
    if any(row.selected and row.value not in ticked for row in ordered):
        ordered = [row for row in ordered if row.selected]
    shown = max(ROWS_OF_A_FACET, sum(row.selected for row in ordered))
    only = FilterLinks(address, field.name, replaces=True)
    without = FilterLinks(address, field.name, replaces=False, excludes=True)
    made = [
        FacetRow(
            row,
            row.count / largest,
            row.selected and row.value not in ticked,
            results_link(only.query_string(row.value)),
            _without_chosen(address, field, row) or results_link(without.query_string(row.value)),
        )
        for row in ordered[: shown + ROWS_BEHIND_MORE]
    ]
    return FacetColumn(name, field, tuple(made[:shown]), tuple(made[shown:]), search_link(address.of_facet(name)))


def _without_chosen(address: SearchAddress, field: Field, row: FacetCount) -> str:
    """Return the link that leaves a value out which a filter of the search has; ``""`` where none has it."""
    filters = address.request.filters
    same = [other for other in filters if (other.field, other.value) != (field.name, row.value)]
    if len(same) == len(filters):
        return ""
    return search_link(address.with_filters(_ordered([*same, Filter(field.name, row.value, exclude=True)])))


def _ordered(filters: Iterable[Filter]) -> list[Filter]:
    names = [*BY_NAME]
    return sorted(filters, key=lambda chosen: names.index(chosen.field))


def year_bars(rows: Sequence[FacetCount]) -> tuple[Bar, ...]:
    """Return the bars of the years that have documents, several years to a bar where there are many."""
    counts = {int(row.value): row.count for row in rows if row.value.isdigit() and row.count}
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) // step < MAX_BARS or step == 1000)
    starts = range(first - first % step, last + 1, step)
    sums = [sum(counts.get(year, 0) for year in range(start, start + step)) for start in starts]
    return tuple(
        Bar(str(max(start, first)), str(min(start + step - 1, last)), count, count / max(sums))
        for start, count in zip(starts, sums, strict=True)
    )


NOT_CLOSED = {"query.quotation-unclosed": '"', "query.bracket-unclosed": ")", "query.brackets-unclosed": ")"}
"""The sign that a query lacks at its end, by the code of the remark on it."""


def _remarks(address: SearchAddress, diagnostics: Iterable[Diagnostic]) -> Iterable[tuple[Message | str, str]]:
    """Yield what is to be said about a question, each with the address of the repaired one, or ``""``."""
    for name, value in address.unknown:
        yield from _unknown_parameter(address, name, value)
    for diagnostic in diagnostics:
        repaired = ""
        if diagnostic.suggestion and diagnostic.kind is not DiagnosticKind.LIMIT:
            query = address.request.query
            start, end = diagnostic.start, diagnostic.end
            repaired = search_link(address.with_query(query[:start] + diagnostic.suggestion + query[end:]))
        elif closed := _closed(address.request.query, diagnostic):
            repaired = search_link(address.with_query(closed))
        yield diagnostic.message, repaired


def _unknown_parameter(address: SearchAddress, name: str, value: str) -> Iterable[tuple[Message | str, str]]:
    others = tuple(pair for pair in address.unknown if pair != (name, value))
    suggestion = similar_parameter(name)
    if suggestion in BY_NAME:
        filters = _ordered([*address.request.filters, Filter(suggestion, value)])
        repaired = replace(address.with_filters(filters), unknown=others)
        said = message("web.unknown-parameter-similar", parameter=name, suggestion=suggestion)
        yield said, search_link(repaired)
    else:
        yield message("web.unknown-parameter", parameter=name), search_link(replace(address, unknown=others))


def _closed(query: str, diagnostic: Diagnostic) -> str:
    """Return a query with the quotation mark or the brackets that it lacks at its end; ``""`` where that is no use."""
    said = diagnostic.message
    if not isinstance(said, Message) or said.code not in NOT_CLOSED:
        return ""
    closed = query.rstrip() + NOT_CLOSED[said.code] + ")" * int(str(said.parameters.get("count", 0)))
    is_empty = not query[diagnostic.end :].strip()
    remain = {
        one.message.code for one in parse(closed, today=dt.date.min).diagnostics if isinstance(one.message, Message)
    }
    return "" if is_empty or said.code in remain else closed
