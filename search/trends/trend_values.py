"""The values of a trend: periods, the points of each series, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.query import Query
from search.results import Diagnostic

THIN_TOKENS = 10_000
"""A period with fewer tokens is thin: one document more or less would change it much."""
THIN_DOCUMENTS = 5
"""A period with fewer documents is thin."""
MAX_SERIES = 8
"""Series of one trend; more cannot be told apart in a chart."""
MAX_SMOOTHING = 25
"""Periods that a moving average is over."""
MAX_EMPTY_PERIODS = 1000
"""Periods of a trend between the first and the last. Where there are more, those without documents are left out."""
UNDATED_PERIOD = "undated"
"""The period of documents without a date."""


class TrendStep(StrEnum):
    """The length of a period."""

    YEAR = "year"
    MONTH = "month"
    DECADE = "decade"


class TrendMeasure(StrEnum):
    """The number that a chart draws; tables have all."""

    SHARE = "share"  # documents with the words among all
    RATE = "rate"  # places in a million words
    HITS = "hits"  # places


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a series.

    Attributes:
        period: ``2019``, ``2019-03``, ``2019-XX`` (the month is unknown), ``2010`` for a decade, or `UNDATED_PERIOD`.
        hits: places of the words.
        tokens: tokens of the documents.
        per_million: places in a million tokens; None without tokens.
        rate_low: lower bound of their interval (Garwood 1936).
        rate_high: upper bound.
        documents: number of documents.
        documents_with: number of those with a place.
        share: share of those; None without documents.
        low: lower bound of its interval (Wilson 1927).
        high: upper bound.
        thin: whether there are too few tokens or documents to rely on the numbers.
        smoothed: the moving average of the measure; None where it is not asked for, or there is nothing to average.
    """

    period: str
    hits: int
    tokens: int
    per_million: float | None
    rate_low: float | None
    rate_high: float | None
    documents: int
    documents_with: int
    share: float | None
    low: float | None
    high: float | None
    thin: bool
    smoothed: float | None = None

    @property
    def is_gap(self) -> bool:
        """Return whether no document is of this period, so that there is nothing to count in."""
        return not self.documents

    def value(self, measure: TrendMeasure) -> float | None:
        """Return the number that a chart draws."""
        if measure is TrendMeasure.HITS:
            return None if self.is_gap else float(self.hits)
        return self.share if measure is TrendMeasure.SHARE else self.per_million


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The points of one query.

    Attributes:
        query: the query as typed.
        understood: the query in words.
        diagnostics: remarks on how it was written, and on limits.
        points: its periods in order, then the undated where there are any.
        hits: places in all.
        documents: documents in all.
        documents_with: those with a place.
        tokens: tokens in all.
        ranges: documents whose date spans several periods, which are counted at its start alone.
        tree: the query as it was understood, for its words in other languages.
    """

    query: str
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    points: tuple[TrendPoint, ...]
    hits: int
    documents: int
    documents_with: int
    tokens: int
    ranges: int
    tree: Query | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """The use of words over time.

    Attributes:
        step: the length of a period.
        measure: the number that a chart draws.
        smoothing: periods that the moving average is over; 0 for none.
        stemmed: whether words are counted in all their forms.
        series: the series, all with the same periods.
    """

    step: TrendStep
    measure: TrendMeasure
    smoothing: int
    stemmed: bool
    series: tuple[TrendSeries, ...]
