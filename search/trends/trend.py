"""Count words period by period: how many documents use them, how often, among how many, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.errors import UsageError
from search.archive import Archive
from search.archive_state import ArchiveState
from search.bm25f import Floats
from search.concordance.counted_node import CountedNode, count_node
from search.match_positions import Longs
from search.planning.check_arguments import check_count
from search.request import Request
from search.trends.intervals import poisson_interval, wilson_interval
from search.trends.periods import Periods, assign_periods
from search.trends.trend_values import (
    MAX_SERIES,
    MAX_SMOOTHING,
    THIN_DOCUMENTS,
    THIN_TOKENS,
    Trend,
    TrendMeasure,
    TrendPoint,
    TrendSeries,
    TrendStep,
)

_MILLION = 1e6


def trend(
    archive: Archive,
    requests: Sequence[Request],
    *,
    step: TrendStep = TrendStep.YEAR,
    measure: TrendMeasure = TrendMeasure.SHARE,
    smoothing: int = 0,
    stemmed: bool = False,
) -> Trend:
    """Return how often each request's words occur in each period, with denominators and intervals.

    Args:
        archive: the archive.
        requests: one for each series; queries and filters count, nothing else.
        step: the length of a period.
        measure: the number that a chart draws, and that ``smoothing`` is of.
        smoothing: periods of a moving average; 0 for none.
        stemmed: count words in all their forms, as the search box finds them.

    Raises:
        UsageError: a request has no word to count, there are none or too many requests, or an option is out of bounds.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    check_count("smoothing", smoothing, MAX_SMOOTHING)
    if not 0 < len(requests) <= MAX_SERIES:
        raise UsageError("research.too-many-series", most=MAX_SERIES)
    with archive.shared.use() as state:
        counted = [count_node(state, request, stemmed=stemmed) for request in requests]
        periods = _periods(state, counted, step)
        series = tuple(
            _series(request, count, periods, measure, smoothing)
            for request, count in zip(requests, counted, strict=True)
        )
    return Trend(step, measure, smoothing, stemmed, series)


def _periods(state: ArchiveState, counted: Sequence[CountedNode], step: TrendStep) -> Periods:
    """Return the periods of all documents of any series, numbered as in the index."""
    index = state.token_index
    asked = np.zeros(len(index.main_tokens), bool)
    for count in counted:
        asked[count.documents] = True
    documents = np.flatnonzero(asked)
    periods = assign_periods(index.first_days[documents], index.last_days[documents], step)
    numbers, spans = np.zeros(len(asked), np.int64), np.zeros(len(asked), np.int64)
    numbers[documents], spans[documents] = periods.numbers, periods.spans
    return Periods(periods.labels, numbers, spans)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums for each period."""

    hits: Longs
    tokens: Longs
    documents: Longs
    documents_with: Longs

    def windows(self, size: int) -> _Sums:
        """Return the sums over each period and its neighbours, fewer at the ends."""
        before, behind = size // 2, (size - 1) // 2
        return _Sums(*(_moving_sum(sums, before, behind) for sums in (
            self.hits, self.tokens, self.documents, self.documents_with,
        )))  # fmt: skip

    def values(self, measure: TrendMeasure) -> Floats:
        """Return the measure of each period; NaN where there is nothing to count in."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if measure is TrendMeasure.SHARE:
                return np.where(self.documents > 0, self.documents_with / self.documents, np.nan)
            return np.where(self.tokens > 0, _MILLION * self.hits / self.tokens, np.nan)


def _moving_sum(sums: Longs, before: int, behind: int) -> Longs:
    totals = np.append(0, np.cumsum(sums))
    places = np.arange(len(sums))
    moving: Longs = totals[np.minimum(places + behind + 1, len(sums))] - totals[np.maximum(places - before, 0)]
    return moving


def _series(
    request: Request, counted: CountedNode, periods: Periods, measure: TrendMeasure, smoothing: int
) -> TrendSeries:
    numbers, count = periods.numbers, len(periods.labels)
    by_document = np.bincount(counted.occurrences.documents, minlength=len(numbers))
    documents = counted.documents
    owners = numbers[documents]
    sums = _Sums(
        hits=np.bincount(numbers, by_document, count).astype(np.int64),
        tokens=np.bincount(owners, counted.tokens[documents], count).astype(np.int64),
        documents=np.bincount(owners, minlength=count),
        documents_with=np.bincount(numbers[counted.documents_with], minlength=count),
    )
    points = _points(periods.labels, sums)
    if smoothing:
        points = _with_average(points, sums, measure, smoothing)
    if not sums.documents[-1]:
        points = points[:-1]
    return TrendSeries(
        request.query, counted.understood, counted.diagnostics, tuple(points), len(counted.occurrences),
        len(documents), len(counted.documents_with), counted.total_tokens, int(periods.spans[documents].sum()),
        counted.asked,
    )  # fmt: skip


def _points(labels: Sequence[str], sums: _Sums) -> list[TrendPoint]:
    low, high = wilson_interval(sums.documents_with, sums.documents)
    counts_low, counts_high = poisson_interval(sums.hits)
    thin = (sums.tokens < THIN_TOKENS) | (sums.documents < THIN_DOCUMENTS)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(sums.tokens > 0, _MILLION / sums.tokens, np.nan)
    columns = (
        sums.hits, sums.tokens, scale * sums.hits, scale * counts_low, scale * counts_high, sums.documents,
        sums.documents_with, sums.values(TrendMeasure.SHARE), low, high, thin,
    )  # fmt: skip
    rows = zip(*(map(_number, column.tolist()) for column in columns), strict=True)
    return [TrendPoint(label, *row) for label, row in zip(labels, rows, strict=True)]


def _number(value: float) -> float | None:
    """Return a number; None for NaN."""
    return value if value == value else None  # noqa: PLR0124 (NaN differs from itself)


def _with_average(points: Sequence[TrendPoint], sums: _Sums, measure: TrendMeasure, size: int) -> list[TrendPoint]:
    """Return points with the average over neighbouring periods, of which the undated are none.

    Shares and rates are those of the periods together, so that a period with much text counts more.
    """
    dated = _Sums(sums.hits[:-1], sums.tokens[:-1], sums.documents[:-1], sums.documents_with[:-1])
    windows = dated.windows(size)
    if measure is TrendMeasure.HITS:
        filled = _moving_sum((dated.documents > 0).astype(np.int64), size // 2, (size - 1) // 2)
        averages = np.where(filled > 0, windows.hits / np.maximum(filled, 1), np.nan)
    else:
        averages = windows.values(measure)
    smoothed = [replace(point, smoothed=_number(average)) for point, average in zip(points, averages.tolist())]  # noqa: B905 (the undated have none)
    return [*smoothed, points[-1]]
