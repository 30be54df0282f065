"""The formulas return the values of small tables that were worked out by hand, and keep their laws."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.word_statistics.formulas import (
    bayes_factor,
    collocation_likelihood,
    corpus_likelihood,
    deviation_of_proportions,
    expected_cooccurrences,
    log_dice,
    log_ratio,
    mutual_information,
    normalised_deviation,
    per_million,
    t_score,
)

LN_2 = 0.693147

counts = st.integers(0, 500)
sizes = st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("value", "by_hand"),
    [
        # 5 of 20,000 words.
        (per_million(5, 20_000), 250),
        # Gries 2008, his own example of five parts: |1/15 - 9/50| + |2/15 - 10/50| + |3/15 - 10/50| + |4/15 - 10/50|
        # + |5/15 - 11/50| = 0.1133 + 0.0667 + 0 + 0.0667 + 0.1133 = 0.36, and half of it.
        (deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 0.18),
        # Lijffijt & Gries 2012 on the same: 0.18 / (1 - 9/50).
        (normalised_deviation(0.18, 9 / 50), 0.219512),
        # All hits in one of four equal parts: (3/4 + 3 * 1/4) / 2, of at most 1 - 1/4.
        (deviation_of_proportions([7, 0, 0, 0], [100, 100, 100, 100]), 0.75),
        (normalised_deviation(0.75, 0.25), 1),
        # 100 nodes with 10 positions each, of 10,000; 50 words: 100 * 50 * 10 / 10,000.
        (expected_cooccurrences(100, 50, 10_000, 10), 5),
        # Words that only occur together: 14. Half of each: 14 + log2(2 * 32 / 128).
        (log_dice(64, 64, 64), 14),
        (log_dice(32, 64, 64), 13),
        # 20 where 5 are expected: log2(4). 25 where 5 are expected: 20 / 5.
        (mutual_information(20, 5), 2),
        (t_score(25, 5), 4),
        # Cells 10, 40, 90, 860 of 1,000 where 5, 45, 95, 855 are expected:
        # 2 * (10 ln 2 - 40 ln 1.125 - 90 ln 1.0556 + 860 ln 1.00585) = 2 * (6.9315 - 4.7113 - 4.8660 + 5.0147).
        (collocation_likelihood(10, 100, 50, 1_000), 4.73745),
        # 10 of 1,000 and 5 of 2,000 where 5 and 10 are expected: 2 * (10 ln 2 - 5 ln 2).
        (corpus_likelihood(10, 1_000, 5, 2_000), 10 * LN_2),
        # 8 and none of 1,000 each: 2 * (8 ln 2 + 0).
        (corpus_likelihood(8, 1_000, 0, 1_000), 16 * LN_2),
        # Four times as frequent; half as frequent; 8 where none are, as if half a hit were: 16 times.
        (log_ratio(8, 1_000, 2, 1_000), 2),
        (log_ratio(5, 1_000, 5, 500), -1),
        (log_ratio(8, 1_000, 0, 1_000), 4),
        # 10 ln 2 - ln 3,000 = 6.9315 - 8.0064: no evidence yet.
        (bayes_factor(10 * LN_2, 3_000), -1.0749),
    ],
)
def test_formulas_return_what_was_worked_out_by_hand(value: float, by_hand: float) -> None:
    assert value == pytest.approx(by_hand, rel=2e-5)


def test_empty_sets_have_neutral_values() -> None:
    assert per_million(0, 0) == 0
    assert deviation_of_proportions([], []) == 0
    assert normalised_deviation(0, 1) == 0
    assert corpus_likelihood(0, 0, 3, 100) == log_ratio(0, 0, 3, 100) == bayes_factor(0, 0) == 0


@given(st.lists(st.tuples(counts, sizes), min_size=1, max_size=8))
def test_dispersion_is_0_for_even_spread_and_below_1(parts: list[tuple[int, int]]) -> None:
    hits, lengths = map(list, zip(*parts, strict=True))
    deviation = deviation_of_proportions(hits, lengths)
    assert 0 <= deviation < 1
    assert deviation_of_proportions(hits[::-1], lengths[::-1]) == pytest.approx(deviation)
    assert deviation_of_proportions(lengths, lengths) == pytest.approx(0)
    smallest = min(lengths) / sum(lengths)
    assert 0 <= normalised_deviation(deviation, smallest) <= 1 + 1e-9


@given(counts, sizes, counts, sizes, st.integers(2, 9))
def test_comparison_is_the_same_from_both_sides(a: int, c: int, b: int, d: int, times: int) -> None:
    c, d = max(a, c), max(b, d)
    likelihood = corpus_likelihood(a, c, b, d)
    assert likelihood >= 0
    assert corpus_likelihood(b, d, a, c) == pytest.approx(likelihood, abs=1e-6)
    assert corpus_likelihood(times * a, times * c, times * b, times * d) == pytest.approx(times * likelihood, abs=1e-6)
    assert log_ratio(b, d, a, c) == pytest.approx(-log_ratio(a, c, b, d))
    assert corpus_likelihood(a, c, times * a, times * c) == pytest.approx(0, abs=1e-6)
    assert bayes_factor(likelihood, c + d) <= likelihood


@given(st.integers(1, 200), counts, counts, st.integers(1, 50_000))
def test_measures_of_collocation_agree_on_what_chance_is(both: int, node: int, word: int, rest: int) -> None:
    beside, word, tokens = both + node, both + word, 2 * both + node + word + rest
    expected = beside * word / tokens
    assert log_dice(both, beside, word) <= 14
    assert log_dice(2 * both, beside, word) == pytest.approx(log_dice(both, beside, word) + 1)
    assert math.copysign(1, mutual_information(both, expected)) == math.copysign(1, t_score(both, expected))
    likelihood = collocation_likelihood(both, beside, word, tokens)
    assert likelihood >= -1e-6
    assert collocation_likelihood(both, word, beside, tokens) == pytest.approx(likelihood, abs=1e-6)  # transposed
