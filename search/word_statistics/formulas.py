"""The formulas of word statistics, each with its source. Logarithms are natural unless the name says otherwise.

The functions take plain counts. They return a measure of strength or of evidence, and no p-value: such a value assumes
that words are drawn independently, and words cluster in documents (Lijffijt et al. 2016, "Significance testing of word
frequencies in corpora").

Collocation measures take four numbers: the ``observed`` co-occurrences, and the frequencies of the ``node``, of the
``word`` beside it and of all ``tokens``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

ZERO_FREQUENCY = 0.5
"""Frequency that a log ratio takes in place of 0, by which nothing can be divided (Hardie 2014)."""

MILLION = 1_000_000


def per_million(hits: int, tokens: int) -> float:
    """Return a frequency per million tokens; 0 where there are no tokens."""
    return MILLION * hits / tokens if tokens else 0.0


def deviation_of_proportions(hits: Sequence[int], sizes: Sequence[int]) -> float:
    """Return Gries's DP: how unevenly a word is spread over documents, from 0 (as their lengths) to nearly 1.

    DP = 0.5 Σ |vᵢ − sᵢ|, where vᵢ is the share of the word's hits in document i, and sᵢ that document's share of all
    tokens. Gries 2008, "Dispersions and adjusted frequencies in corpora", International Journal of Corpus Linguistics.

    Args:
        hits: the hits of the word in each document.
        sizes: the tokens of each document.

    Returns:
        0 for a word without hits.
    """
    total, tokens = sum(hits), sum(sizes)
    if not total or not tokens:
        return 0.0
    return 0.5 * sum(abs(part / total - size / tokens) for part, size in zip(hits, sizes, strict=True))


def normalised_deviation(deviation: float, smallest_share: float) -> float:
    """Return DP divided by its largest possible value, so that it reaches 1 however many documents there are.

    DPnorm = DP / (1 − min sᵢ). Lijffijt & Gries 2012, "Correction to Stefan Th. Gries' «Dispersions and adjusted
    frequencies in corpora»".

    Args:
        deviation: DP.
        smallest_share: the share of all tokens that the shortest document has.

    Returns:
        0 where there is one document alone, over which nothing can be unevenly spread.
    """
    return deviation / (1 - smallest_share) if smallest_share < 1 else 0.0


def expected_cooccurrences(node: int, word: int, tokens: int, positions: int) -> float:
    """Return the co-occurrences to expect if the word were scattered at random: E = f(node) f(word) positions / N.

    Args:
        node: frequency of the node.
        word: frequency of the word beside it.
        tokens: all tokens.
        positions: positions beside one node, which are twice the window.
    """
    return node * word * positions / tokens if tokens else 0.0


def log_dice(observed: int, node: int, word: int) -> float:
    """Return logDice = 14 + log₂(2 O / (f(node) + f(word))), which does not depend on the size of the archive.

    14 would be a pair that only occurs together; a difference of 1 is twice as strong. Rychlý 2008, "A
    Lexicographer-Friendly Association Score".
    """
    return 14 + math.log2(2 * observed / (node + word))


def mutual_information(observed: int, expected: float) -> float:
    """Return MI = log₂(O / E), which favours rare words. Church & Hanks 1990, "Word Association Norms"."""
    return math.log2(observed / expected)


def t_score(observed: int, expected: float) -> float:
    """Return t = (O − E) / √O, which favours frequent words. Church, Gale, Hanks & Hindle 1991."""
    return (observed - expected) / math.sqrt(observed)


def collocation_likelihood(observed: int, node_positions: int, word: int, tokens: int) -> float:
    """Return Dunning's log-likelihood G² = 2 Σ O ln(O / E) over the four cells of word × window.

    Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence". Windows that overlap count a word
    for each of them, so that a cell could fall below 0; it counts as 0 then.

    Args:
        observed: co-occurrences.
        node_positions: positions beside all nodes.
        word: frequency of the word.
        tokens: all tokens.
    """
    beside, elsewhere = node_positions, max(tokens - node_positions, 0)
    others = max(tokens - word, 0)
    cells = (
        (observed, beside * word),
        (max(word - observed, 0), elsewhere * word),
        (max(beside - observed, 0), beside * others),
        (max(elsewhere - word + observed, 0), elsewhere * others),
    )
    return 2 * sum(_surprise(cell, product / tokens) for cell, product in cells)


def corpus_likelihood(hits_a: int, tokens_a: int, hits_b: int, tokens_b: int) -> float:
    """Return G² = 2 (a ln(a / E₁) + b ln(b / E₂)): the evidence that two sets use a word differently often.

    E₁ = c (a + b) / (c + d), with c and d the tokens of the sets, and E₂ likewise; 0 ln 0 counts as 0. Rayson & Garside
    2000, "Comparing Corpora using Frequency Profiling".
    """
    both, tokens = hits_a + hits_b, tokens_a + tokens_b
    if not tokens_a or not tokens_b:
        return 0.0
    likelihood = 2 * (_surprise(hits_a, tokens_a * both / tokens) + _surprise(hits_b, tokens_b * both / tokens))
    return max(likelihood, 0.0)  # equal shares can leave a rounding error


def log_ratio(hits_a: int, tokens_a: int, hits_b: int, tokens_b: int) -> float:
    """Return log₂ of how many times as frequent a word is in A as in B: 1 is twice, −1 is half as frequent.

    Hardie 2014, "Log Ratio – an informal introduction". A set without the word has `ZERO_FREQUENCY` hits.

    Returns:
        0 where one of the sets has no tokens.
    """
    if not tokens_a or not tokens_b:
        return 0.0
    share_a = (hits_a or ZERO_FREQUENCY) / tokens_a
    return math.log2(share_a / ((hits_b or ZERO_FREQUENCY) / tokens_b))


def bayes_factor(likelihood: float, tokens: int) -> float:
    """Return BIC = G² − ln(c + d), the evidence with a price for the size of the sets.

    Below 0 it is evidence against a difference; from 2 on it is positive, from 6 strong, from 10 very strong evidence.
    Wilson 2013, "Embracing Bayes factors for key item analysis in corpus linguistics".
    """
    return likelihood - math.log(tokens) if tokens else 0.0


def _surprise(observed: int, expected: float) -> float:
    """Return O ln(O / E), which is 0 for O = 0."""
    return observed * math.log(observed / expected) if observed and expected else 0.0
