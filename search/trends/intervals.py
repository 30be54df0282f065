"""Intervals of 95 % for shares of documents and for rates of words.

An interval says which true values would make a count like the observed one likely, if documents (or words) were drawn
independently. Words are not: they cluster in documents, so the interval of a rate is narrower than it should be.
"""

from __future__ import annotations

import math

import numpy as np

from search.bm25f import Floats
from search.match_positions import Longs

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution, which bounds 95 % on both sides."""
_TAIL = 0.025
_LARGE_SHAPE = 60.0
"""Shape from which on the expansion of quantiles is exact to six digits behind the point."""
_MAX_STEPS = 60
_TOLERANCE = 1e-10
_SERIES_TOLERANCE = 1e-14


def wilson_interval(successes: Longs, trials: Longs) -> tuple[Floats, Floats]:
    """Return the score interval of shares (Wilson 1927); NaN where there are no trials."""
    with np.errstate(divide="ignore", invalid="ignore"):
        n = trials.astype(np.float64)
        share = successes / n
        scale = 1 + Z_95**2 / n
        centre = (share + Z_95**2 / (2 * n)) / scale
        half = Z_95 / scale * np.sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
        low, high = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    return np.where(successes == 0, np.where(n > 0, 0.0, np.nan), low), np.where(successes == trials, high, high)


def poisson_interval(counts: Longs) -> tuple[Floats, Floats]:
    """Return the exact interval of the means of Poisson counts (Garwood 1936).

    The bounds are half the quantiles of chi-square distributions with 2k and 2k + 2 degrees of freedom, which are
    quantiles of gamma distributions with the shapes k and k + 1.
    """
    shapes = counts.astype(np.float64)
    low = np.zeros(len(shapes))
    has_any = counts > 0
    low[has_any] = gamma_quantiles(shapes[has_any], _TAIL)
    return low, gamma_quantiles(shapes + 1, 1 - _TAIL)


def gamma_quantiles(shapes: Floats, probability: float) -> Floats:
    """Return the quantile of gamma distributions of scale 1, for the 2.5 % or the 97.5 % of `poisson_interval`."""
    z = Z_95 if probability > 0.5 else -Z_95
    quantiles = np.empty(len(shapes))
    is_large = shapes >= _LARGE_SHAPE
    quantiles[is_large] = _expanded_quantiles(shapes[is_large], z)
    quantiles[~is_large] = _solved_quantiles(shapes[~is_large], z, probability)
    return quantiles


def _expanded_quantiles(shapes: Floats, z: float) -> Floats:
    """Return quantiles of large shapes by the expansion of Cornish and Fisher (Abramowitz and Stegun 26.2.49)."""
    root = np.sqrt(shapes)
    terms: tuple[Floats, ...] = (
        z * root, np.full(len(shapes), (z**2 - 1) / 3), (z**3 - 7 * z) / (36 * root),
        -(3 * z**4 + 7 * z**2 - 16) / (810 * shapes),
        (9 * z**5 + 256 * z**3 - 433 * z) / (38880 * shapes * root),
        (12 * z**6 - 243 * z**4 - 923 * z**2 + 1472) / (204120 * shapes**2),
    )  # fmt: skip
    quantiles: Floats = np.sum([shapes, *terms], axis=0)
    return quantiles


def _solved_quantiles(shapes: Floats, z: float, probability: float) -> Floats:
    """Return quantiles by Newton's method, beginning with Wilson and Hilferty's cube."""
    if not len(shapes):
        return shapes
    cube = 1 - 1 / (9 * shapes) + z / (3 * np.sqrt(shapes))
    quantiles = np.maximum(shapes * cube**3, 1e-3)
    log_gammas = np.array([math.lgamma(shape) for shape in shapes.tolist()])
    for _ in range(_MAX_STEPS):
        logs = np.log(quantiles)
        density = np.exp((shapes - 1) * logs - quantiles - log_gammas)
        step = (_lower_gamma(shapes, quantiles, log_gammas) - probability) / density
        following = np.where(step >= quantiles, quantiles / 2, quantiles - step)
        is_done = np.abs(following - quantiles) <= _TOLERANCE * quantiles
        quantiles = following
        if is_done.all():
            break
    return quantiles


def _lower_gamma(shapes: Floats, values: Floats, log_gammas: Floats) -> Floats:
    """Return the regularised lower incomplete gamma function by its power series, all terms of which are positive."""
    term = np.exp(shapes * np.log(values) - values - log_gammas) / shapes
    total, divisor = term.copy(), shapes.copy()
    while (term > _SERIES_TOLERANCE * total).any():
        divisor = divisor + 1
        term = term * values / divisor
        total = total + term
    return total
