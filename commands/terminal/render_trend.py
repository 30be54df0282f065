"""Render a trend: a row for each period of each series, with its numbers, what they are of, and a bar."""

from __future__ import annotations

from commands.terminal.cells import count_cells
from commands.terminal.terminal_text import BOLD, DIM, PLAIN, one_line, plural
from search.trends.trend_values import Trend, TrendMeasure, TrendPoint, TrendSeries

_BAR_COLUMNS = 30
"""Cells of the longest bar."""
_NUMBER_COLUMNS = 76
"""Cells of the numbers before the bar; a narrower terminal has no bars."""


def render_trend(trend: Trend, columns: int) -> str:
    """Render a trend."""
    values = [point.value(trend.measure) or 0.0 for series in trend.series for point in series.points]
    room = min(columns - _NUMBER_COLUMNS, _BAR_COLUMNS)
    scale = room / max(values, default=0.0) if room > 4 and any(values) else 0.0
    return "\n\n".join(_series(series, trend, scale) for series in trend.series)


def _series(series: TrendSeries, trend: Trend, scale: float) -> str:
    counted = "in all forms" if trend.stemmed else "as written"
    head = (
        f"{BOLD}{one_line(series.understood)}{PLAIN}: {plural(series.hits, 'place')} in {series.documents_with:,} of "
        f"{plural(series.documents, 'document')}, {series.tokens:,} words, counted {counted}"
    )
    average = f"  average of {trend.smoothing}" if trend.smoothing else ""
    names = (
        f"{'period':<9}{'share':>7}  {'95 % interval':<15}{'documents':>14}{'places':>9}{'per million':>13}{average}"
    )
    return "\n".join([head, f"{DIM}{names}{PLAIN}", *(_row(point, trend, scale) for point in series.points)])


def _row(point: TrendPoint, trend: Trend, scale: float) -> str:
    if point.is_gap:
        return f"{DIM}{point.period:<9}{'no documents':>22}{PLAIN}"
    interval = f"{100 * (point.low or 0):.1f}–{100 * (point.high or 0):.1f}"
    documents = f"{point.documents_with:,} of {point.documents:,}"
    rate = "" if point.per_million is None else f"{point.per_million:,.1f}"
    row = f"{point.period:<9}{100 * (point.share or 0):>6.1f}%  {interval:<15}{documents:>14}{point.hits:>9,}{rate:>13}"
    if trend.smoothing:
        row += f"  {_average(point, trend.measure):>12}"
    bar = ("░" if point.thin else "█") * round(scale * (point.value(trend.measure) or 0.0))
    thin = " thin" if point.thin else ""
    return f"{row}{thin:<5} {bar}".rstrip() if count_cells(bar) or thin else row.rstrip()


def _average(point: TrendPoint, measure: TrendMeasure) -> str:
    if point.smoothed is None:
        return ""
    return f"{100 * point.smoothed:.1f}%" if measure is TrendMeasure.SHARE else f"{point.smoothed:,.1f}"
