"""The measures of collocation are those of NLTK (Bird, Klein & Loper), which is kept by others."""

from __future__ import annotations

import random

import pytest

from search.word_statistics.formulas import (
    collocation_likelihood,
    expected_cooccurrences,
    log_dice,
    mutual_information,
    t_score,
)

pytestmark = pytest.mark.slow


def test_measures_are_those_of_nltk() -> None:
    measures = pytest.importorskip("nltk.metrics.association").BigramAssocMeasures
    draw = random.Random(7)
    for _ in range(500):
        tokens = draw.randint(1_000, 10_000_000)
        beside, word = (draw.randint(1, tokens // 20) for _ in range(2))
        observed = draw.randint(1, min(beside, word))
        expected = expected_cooccurrences(beside, word, tokens, 1)
        theirs = observed, (beside, word), tokens
        assert mutual_information(observed, expected) == pytest.approx(measures.pmi(*theirs))
        assert t_score(observed, expected) == pytest.approx(measures.student_t(*theirs), rel=1e-6)
        likelihood = measures.likelihood_ratio(*theirs)
        assert collocation_likelihood(observed, beside, word, tokens) == pytest.approx(likelihood, rel=1e-6, abs=1e-4)
        assert 2 ** (log_dice(observed, beside, word) - 14) == pytest.approx(measures.dice(*theirs))
