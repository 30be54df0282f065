"""Trends: sums over periods, rules for dates, and intervals as in published tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import search
from corpus.errors import UsageError
from indexer.index.index_layout import OPEN_END, OPEN_START, UNDATED
from muniment import KwicOptions, Request, TrendMeasure, TrendStep, kwic, trend
from search.trends.intervals import gamma_quantiles, poisson_interval, wilson_interval
from search.trends.periods import assign_periods


@pytest.fixture(scope="module")
def archive(sample_folder: Path) -> Iterator[search.Archive]:
    with search.open_archive(sample_folder) as opened:
        yield opened


@pytest.mark.parametrize("step", list(TrendStep))
def test_the_periods_and_the_undated_add_up_to_the_total(archive: search.Archive, step: TrendStep) -> None:
    requests = [Request("detention"), Request('"human rights"'), Request("tortur* category:statement")]
    for request, series in zip(requests, trend(archive, requests, step=step).series, strict=True):
        lines = kwic(archive, request, KwicOptions(limit=0))
        assert sum(point.hits for point in series.points) == series.hits == lines.total
        assert sum(point.documents for point in series.points) == series.documents == lines.documents
        assert sum(point.documents_with for point in series.points) == series.documents_with == lines.documents_with
        assert sum(point.tokens for point in series.points) == series.tokens == lines.tokens
        for point in series.points:
            assert point.documents_with <= min(point.documents, point.hits)
            if not point.is_gap:
                assert point.low is not None
                assert point.share is not None
                assert point.high is not None
                assert 0 <= point.low <= point.share <= point.high <= 1


def test_series_share_their_periods_and_gaps_differ_from_zeros(archive: search.Archive) -> None:
    two = trend(archive, [Request("detention"), Request("zebra OR detention category:speech")]).series
    assert [point.period for point in two[0].points[:-1]] == [point.period for point in two[1].points[:-1]]
    gaps = [point for series in two for point in series.points if point.is_gap]
    assert all((point.share, point.per_million) == (None, None) for point in gaps)
    zeros = [point for point in two[0].points if point.documents and not point.hits]
    assert all((point.share, point.per_million) == (0.0, 0.0) for point in zeros)
    assert all(point.thin for point in two[0].points if point.documents < 5)


def test_a_moving_average_is_of_the_periods_together(archive: search.Archive) -> None:
    points = trend(archive, [Request("detention")], smoothing=3, measure=TrendMeasure.RATE).series[0].points
    before, here, behind = points[1:4]
    tokens = before.tokens + here.tokens + behind.tokens
    assert here.smoothed == pytest.approx(1e6 * (before.hits + here.hits + behind.hits) / tokens)
    with pytest.raises(UsageError):
        trend(archive, [])


def days(*dates: str) -> list[int]:
    return [dt.date.fromisoformat(date).toordinal() for date in dates]


def test_dates_that_are_known_in_part_count_once() -> None:
    first = np.array(
        [*days("2019-03-04", "2019-01-01", "2017-05-01", "2010-01-01"), UNDATED, OPEN_START, *days("2019-06-01")]
    )
    last = np.array(
        [*days("2019-03-04", "2019-12-31", "2018-02-01", "2019-12-31"), UNDATED, *days("2016-07-08"), OPEN_END]
    )
    by_year = assign_periods(first, last, TrendStep.YEAR)
    labels = [by_year.labels[number] for number in by_year.numbers.tolist()]
    assert labels == ["2019", "2019", "2017", "2010", "undated", "2016", "2019"]
    assert by_year.spans.tolist() == [0, 0, 1, 1, 0, 1, 1]
    by_month = assign_periods(first, last, TrendStep.MONTH)
    labels = [by_month.labels[number] for number in by_month.numbers.tolist()]
    assert labels == ["2019-03", "2019-XX", "2017-05", "2010-01", "undated", "2016-07", "2019-06"]
    assert by_month.spans.tolist() == [0, 0, 1, 1, 0, 1, 1]
    decades = assign_periods(first, last, TrendStep.DECADE)
    assert (decades.labels, decades.spans.tolist()) == (("2010", "undated"), [0, 0, 0, 0, 0, 1, 1])


def test_shares_have_the_intervals_of_newcombe_1998() -> None:
    low, high = wilson_interval(np.array([81, 15, 0, 1]), np.array([263, 148, 20, 29]))
    assert low == pytest.approx([0.2553, 0.0624, 0.0, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)
    assert np.isnan(wilson_interval(np.array([0]), np.array([0]))[0]).all()


def test_counts_have_the_exact_intervals_of_garwood_1936() -> None:
    counts = np.array([0, 1, 2, 3, 5, 10, 20, 50, 100])
    low, high = poisson_interval(counts)
    published = [0, 0.0253, 0.2422, 0.6187, 1.6235, 4.7954, 12.2165, 37.1110, 81.3640]
    assert low == pytest.approx(published, abs=6e-5)
    published = [3.6889, 5.5716, 7.2247, 8.7673, 11.6683, 18.3904, 30.8884, 65.9188, 121.6268]
    assert high == pytest.approx(published, abs=6e-5)
    few, many = (gamma_quantiles(np.array([shape]), 0.975)[0] for shape in (59.9999999, 60.0))
    assert many == pytest.approx(few, abs=2e-6)  # solved below this shape, expanded from there on
    of_many = np.concatenate(poisson_interval(np.array([100_000])))
    assert of_many == pytest.approx([1e5, 1e5], rel=0.01)
