"""Build the JSON of researchers' tools: concordances, trends and checked quotations.

Programs depend on keys, their order and their values: they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from search.concordance.concordance_values import Concordance, ConcordanceLine
from search.concordance.line_table import line_values
from search.quote_check.quote_values import CheckedQuote, QuotePlace, QuoteReport, QuoteResult
from search.results import Diagnostic
from search.trends.trend_table import point_values
from search.trends.trend_values import Trend, TrendSeries


def counted_query_json(
    text: str, understood: str, diagnostics: Iterable[Diagnostic], *, stemmed: bool
) -> dict[str, Any]:
    """Return a query whose words were counted, and whether as written or in all their forms."""
    return {
        "text": text,
        "understood": understood,
        "counted": "all forms" if stemmed else "as written",
        "diagnostics": [asdict(replace(row, message=str(row.message))) for row in diagnostics],
    }


def kwic_json(text: str, concordance: Concordance, lines: Iterable[ConcordanceLine] | None = None) -> dict[str, Any]:
    """Return a concordance as ``kwic`` prints it; ``lines`` take the place of its own page of lines."""
    options = concordance.options
    return {
        "query": counted_query_json(
            text, concordance.understood, concordance.diagnostics, stemmed=options.stemmed
        ),
        "total": concordance.total,
        "chosen": concordance.chosen,
        "documents": concordance.documents,
        "documents_with": concordance.documents_with,
        "matching": concordance.matching,
        "tokens": concordance.tokens,
        "per_million": float(f"{concordance.per_million:.6g}"),
        "unread": concordance.unread,
        "options": {
            "unit": options.unit.value, "left": options.left, "right": options.right,
            "sort": [key.value for key in options.sort], "group": options.group.value if options.group else None,
            "only": options.only, "sample": options.sample, "seed": options.seed, "within": options.within.value,
            "offset": options.offset,
        },
        "groups": [asdict(group) for group in concordance.groups],
        "lines": [line_values(line) for line in (concordance.lines if lines is None else lines)],
    }  # fmt: skip


def trend_json(trend: Trend) -> dict[str, Any]:
    """Return a trend as ``trend`` prints it."""
    return {
        "step": trend.step.value,
        "measure": trend.measure.value,
        "smoothing": trend.smoothing,
        "series": [_series_json(series, stemmed=trend.stemmed) for series in trend.series],
    }


def _series_json(series: TrendSeries, *, stemmed: bool) -> dict[str, Any]:
    return {
        "query": counted_query_json(series.query, series.understood, series.diagnostics, stemmed=stemmed),
        "hits": series.hits,
        "documents": series.documents,
        "documents_with": series.documents_with,
        "tokens": series.tokens,
        "ranges": series.ranges,
        "points": [point_values(point) for point in series.points],
    }


def quotes_json(report: QuoteReport) -> dict[str, Any]:
    """Return checked quotations as ``check-quotes`` prints them."""
    return {
        "faultless": report.is_faultless,
        "counts": {result.value: report.counts[result] for result in QuoteResult},
        "ignored": report.ignored,
        "quotes": [_quote_json(checked) for checked in report.quotes],
    }


def _place_json(place: QuotePlace) -> dict[str, Any]:
    return {
        "id": place.document_id, "title": place.title, "page": place.page if place.is_paged else None,
        "label": place.label or None, "text": place.text,
    }  # fmt: skip


def _quote_json(checked: CheckedQuote) -> dict[str, Any]:
    quotation = checked.quotation
    return {
        "line": quotation.line,
        "paragraph": quotation.paragraph or None,
        "quote": quotation.text,
        "id": quotation.document_id or None,
        "page": quotation.page or None,
        "result": checked.result.value,
        "found": _place_json(checked.place) if checked.place else None,
        "distance": checked.distance,
        "changes": [asdict(change) for change in checked.changes],
        "notes": [str(note) for note in checked.notes],
    }
