"""The chart of a trend as shapes for an SVG: lines with gaps, intervals, hollow marks for thin periods, and an axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.trends.trend_values import UNDATED_PERIOD, Trend, TrendMeasure, TrendPoint, TrendSeries

WIDTH, HEIGHT = 760, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 10, 30
_MAX_LABELS = 10
_UNDATED_GAP = 1.5
"""Periods between the last one and the undated, which are joined by no line."""


@dataclass(frozen=True, slots=True)
class ChartMark:
    """The mark of one period: its place, its interval, and whether it is thin.

    Attributes:
        x, y: the place.
        low, high: the ends of the interval; None for none.
        thin: whether it is drawn hollow.
        link: the link to the lines behind it.
        title: what is said of it.
    """

    x: float
    y: float
    low: float | None
    high: float | None
    thin: bool
    link: str
    title: str


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """The shapes of one series: lines between marks, the moving average, and the marks."""

    lines: tuple[str, ...]
    average: tuple[str, ...]
    marks: tuple[ChartMark, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A chart.

    Attributes:
        series: the shapes of each series.
        rows: the values of the vertical axis with their places.
        columns: the labels of the horizontal axis with their places.
        undated: the place of the undated; None where there are none.
    """

    series: tuple[ChartSeries, ...]
    rows: tuple[tuple[str, float], ...]
    columns: tuple[tuple[str, float], ...]
    undated: float | None


def draw_trend(trend: Trend, link: Callable[[TrendSeries, TrendPoint], str]) -> TrendChart:
    """Return the chart of a trend; ``link`` returns the address of the lines behind a point."""
    periods = list(dict.fromkeys(point.period for series in trend.series for point in series.points))
    dated = [period for period in periods if period != UNDATED_PERIOD]
    has_undated = len(dated) < len(periods)
    width = max(len(dated) - 1, 1) + (_UNDATED_GAP if has_undated else 0)
    step = (WIDTH - _LEFT - _RIGHT - 12) / width
    places = {period: _LEFT + 6 + number * step for number, period in enumerate(dated)}
    if has_undated:
        places[UNDATED_PERIOD] = WIDTH - _RIGHT - 6
    highest = max((value for series in trend.series for value in _values(series, trend)), default=0.0)
    top, ticks = _ticks(highest, most=1.0 if trend.measure is TrendMeasure.SHARE else math.inf)

    def height(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(value / top, 1.0), 1)

    drawn = tuple(_draw(series, trend, places, height, link) for series in trend.series)
    labelled = dated[:: max(math.ceil(len(dated) / _MAX_LABELS), 1)]
    rows = tuple((_label(tick, trend.measure), height(tick)) for tick in ticks)
    columns = tuple((period, round(places[period], 1)) for period in labelled)
    return TrendChart(drawn, rows, columns, round(places[UNDATED_PERIOD], 1) if has_undated else None)


def _values(series: TrendSeries, trend: Trend) -> Iterator[float]:
    """Yield the values that the chart must have room for; the intervals of thin periods may end above it."""
    for point in series.points:
        yield point.value(trend.measure) or 0.0
        if not point.thin:
            yield _bounds(point, trend.measure)[1] or 0.0


def _bounds(point: TrendPoint, measure: TrendMeasure) -> tuple[float | None, float | None]:
    if measure is TrendMeasure.HITS:
        return None, None
    return (point.low, point.high) if measure is TrendMeasure.SHARE else (point.rate_low, point.rate_high)


def _draw(
    series: TrendSeries,
    trend: Trend,
    places: dict[str, float],
    height: Callable[[float], float],
    link: Callable[[TrendSeries, TrendPoint], str],
) -> ChartSeries:
    marks = []
    for point in series.points:
        if (value := point.value(trend.measure)) is None:
            continue
        low, high = (None if bound is None else height(bound) for bound in _bounds(point, trend.measure))
        title = f"{point.period}: {_label(value, trend.measure)}, {point.documents_with}/{point.documents}"
        x = round(places[point.period], 1)
        marks.append(ChartMark(x, height(value), low, high, point.thin, link(series, point), title))
    dated = [point for point in series.points if point.period != UNDATED_PERIOD]
    lines = _polylines(dated, places, height, lambda point: point.value(trend.measure))
    return ChartSeries(lines, _polylines(dated, places, height, lambda point: point.smoothed), tuple(marks))


def _polylines(
    points: Sequence[TrendPoint],
    places: dict[str, float],
    height: Callable[[float], float],
    value: Callable[[TrendPoint], float | None],
) -> tuple[str, ...]:
    """Return the points of each line; a period without documents ends one."""
    lines: list[list[str]] = [[]]
    for point in points:
        number = value(point)
        if number is None:
            lines.append([])
        else:
            lines[-1].append(f"{places[point.period]:.1f},{height(number)}")
    return tuple(" ".join(line) for line in lines if len(line) > 1)


def _ticks(highest: float, most: float) -> tuple[float, list[float]]:
    """Return the top of the axis, and its values, at round numbers."""
    if highest <= 0:
        return (1.0, [0.0, 1.0]) if most > 1 else (0.1, [0.0, 0.1])
    rough = highest / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    count = math.ceil(min(highest, most) / step - 1e-9)
    ticks = [round(step * number, 10) for number in range(count + 1)]
    return min(ticks[-1], max(most, ticks[0])) if ticks[-1] > most else ticks[-1], [t for t in ticks if t <= most]


def _label(value: float, measure: TrendMeasure) -> str:
    if measure is TrendMeasure.SHARE:
        return f"{100 * value:.4g}%"
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.3g}"
