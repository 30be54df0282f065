"""Agreement of two readers: the table of their decisions, and Cohen's kappa.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46:
kappa = (p_o - p_e) / (1 - p_e). p_o is the share of documents on which both decided the same. p_e is the share that
would be expected by chance: the sum over all decisions of the product of the two readers' shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.researcher_store.review_rows import Decision, ReviewReader
from search.review_sets.review_set import ReviewSet


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two readers on the documents that both decided on.

    Attributes:
        counts: number of documents by the decisions of the first and of the second reader.
        documents: number of documents that both decided on.
        agreed: number of those on which they decided the same.
        kappa: Cohen's kappa; None where it is not defined: without documents, or where both gave one same decision to
            all of them.
    """

    counts: Mapping[tuple[Decision, Decision], int]
    documents: int
    agreed: int
    kappa: float | None


def agreement(review: ReviewSet) -> Agreement:
    """Return how far the two readers of a review agree. What they agreed on afterwards counts for nothing."""
    return agreement_of(
        (item.decisions[ReviewReader.FIRST].decision, item.decisions[ReviewReader.SECOND].decision)
        for item in review.items
        if {ReviewReader.FIRST, ReviewReader.SECOND} <= item.decisions.keys()
    )


def agreement_of(pairs: Iterable[tuple[Decision, Decision]]) -> Agreement:
    """Return the agreement of pairs of decisions."""
    counts = Counter(pairs)
    documents = counts.total()
    agreed = sum(count for (first, second), count in counts.items() if first is second)
    return Agreement(dict(counts), documents, agreed, _kappa(counts, documents, agreed))


def _kappa(counts: Mapping[tuple[Decision, Decision], int], documents: int, agreed: int) -> float | None:
    chance = sum(
        sum(count for (first, _), count in counts.items() if first is decision)
        * sum(count for (_, second), count in counts.items() if second is decision)
        for decision in Decision
    )
    # In whole numbers, so that a chance of exactly one is seen.
    if chance == documents * documents:
        return None
    return (agreed * documents - chance) / (documents * documents - chance)
