"""Assign documents to periods by the first and last day of their dates.

A document counts once: in the period of its date, or where that spans several in the first of them. A document that is
known by its year alone counts in the months under ``2019-XX``, whose month is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.index.index_layout import OPEN_END, OPEN_START, UNDATED
from search.match_positions import Longs
from search.trends.trend_values import MAX_EMPTY_PERIODS, UNDATED_PERIOD, TrendStep

_UNIX_EPOCH = 719_163  # ordinal of 1970-01-01, from which NumPy counts days
_UNKNOWN_MONTH = 12
"""Number of the place behind the months of a year, from 0: that of documents whose month is unknown."""
_PLACES = 13
"""Places of a year: its months, and the unknown month."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of some documents.

    Attributes:
        labels: the periods in order; the last one is `UNDATED_PERIOD`.
        numbers: for each document the number of its period.
        spans: for each document whether its date spans several periods.
    """

    labels: tuple[str, ...]
    numbers: Longs
    spans: Longs


def assign_periods(first_days: Longs, last_days: Longs, step: TrendStep) -> Periods:
    """Return the periods of documents, from the first to the last that any of them is in."""
    is_dated = first_days != UNDATED
    starts = np.where(first_days == OPEN_START, last_days, first_days)[is_dated]
    ends = np.where(last_days == OPEN_END, first_days, last_days)[is_dated]
    codes, end_codes = _codes(starts, step), _codes(ends, step)
    is_open = (first_days == OPEN_START)[is_dated] | (last_days == OPEN_END)[is_dated]
    spans = (codes != end_codes) | is_open
    if step is TrendStep.MONTH:
        is_year = _is_whole_year(starts, ends) & ~is_open
        codes = np.where(is_year, codes - codes % _PLACES + _UNKNOWN_MONTH, codes)
        spans &= ~is_year
    listed = _listed(codes, step)
    numbers = np.full(len(first_days), len(listed), np.int64)
    numbers[is_dated] = listed.searchsorted(codes)
    all_spans = np.zeros(len(first_days), np.int64)
    all_spans[is_dated] = spans
    return Periods((*(_label(code, step) for code in listed.tolist()), UNDATED_PERIOD), numbers, all_spans)


def _codes(days: Longs, step: TrendStep) -> Longs:
    """Return a number for the period of each day, in the order of time."""
    dates = (days - _UNIX_EPOCH).astype("datetime64[D]")
    years: Longs = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    if step is TrendStep.YEAR:
        return years
    if step is TrendStep.DECADE:
        return years // 10
    months: Longs = dates.astype("datetime64[M]").astype(np.int64) % 12
    return years * _PLACES + months


def _is_whole_year(starts: Longs, ends: Longs) -> Longs:
    first, last = ((days - _UNIX_EPOCH).astype("datetime64[D]") for days in (starts, ends + 1))
    begins = first == first.astype("datetime64[Y]")
    stops = (last == last.astype("datetime64[Y]")) & (
        last.astype("datetime64[Y]").astype(np.int64) - first.astype("datetime64[Y]").astype(np.int64) == 1
    )
    whole: Longs = begins & stops
    return whole


def _listed(codes: Longs, step: TrendStep) -> Longs:
    """Return the periods of a trend: all from first to last, unless nearly all of very many have no document."""
    distinct = np.unique(codes)
    if not len(distinct) or int(distinct[-1] - distinct[0]) >= MAX_EMPTY_PERIODS * (
        _PLACES if step is TrendStep.MONTH else 1
    ):
        return distinct
    every = np.arange(int(distinct[0]), int(distinct[-1]) + 1)
    if step is TrendStep.MONTH:
        every = every[(every % _PLACES != _UNKNOWN_MONTH) | np.isin(every, distinct)]
    return every if len(every) <= MAX_EMPTY_PERIODS else distinct


def _label(code: int, step: TrendStep) -> str:
    if step is TrendStep.YEAR:
        return f"{code:04}"
    if step is TrendStep.DECADE:
        return f"{code * 10:04}"
    year, month = divmod(code, _PLACES)
    return f"{year:04}-XX" if month == _UNKNOWN_MONTH else f"{year:04}-{month + 1:02}"
