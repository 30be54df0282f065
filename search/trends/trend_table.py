"""Write a trend as a table in CSV: a row for each period of each series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from corpus.trust.table_cells import table_line
from search.result_tables.result_table import BYTE_ORDER_MARK
from search.trends.trend_values import Trend, TrendPoint

POINT_COLUMNS: Mapping[str, Callable[[TrendPoint], float | str | None]] = {
    "period": lambda point: point.period,
    "hits": lambda point: point.hits,
    "tokens": lambda point: point.tokens,
    "per_million": lambda point: point.per_million,
    "rate_low": lambda point: point.rate_low,
    "rate_high": lambda point: point.rate_high,
    "documents": lambda point: point.documents,
    "documents_with": lambda point: point.documents_with,
    "share": lambda point: point.share,
    "low": lambda point: point.low,
    "high": lambda point: point.high,
    "thin": lambda point: point.thin,
    "smoothed": lambda point: point.smoothed,
}
"""The columns of a point by name, in their order; new ones are added at the end."""


def point_values(point: TrendPoint) -> dict[str, float | str | None]:
    """Return the values of a point by column, rates and shares rounded to six significant digits."""
    values = {name: value(point) for name, value in POINT_COLUMNS.items()}
    return {name: float(f"{value:.6g}") if type(value) is float else value for name, value in values.items()}


def trend_table(trend: Trend) -> Iterator[str]:
    """Yield the names of the columns, then a row for each period of each series, with their line ends."""
    yield BYTE_ORDER_MARK + table_line(("series", *POINT_COLUMNS))
    for series in trend.series:
        for point in series.points:
            yield table_line((series.query, *map(_cell, point_values(point).values())))


def _cell(value: float | str | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else f"{value:.6g}" if type(value) is float else str(value)
