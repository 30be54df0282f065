"""Compute what the positions of a query's words add to the scores of the best documents.

The first ranking goes by how often words occur in a document. Of the best `CANDIDATES` the positions of the words are
read, and each document gets a bonus of three parts, none of which is negative:

* the words as typed: BM25F of the unstemmed word, weighted by `EXACT`: *report* finds *report* before *reported*;
* neighbours: words that are neighbours in the query and occur within `REACH` words of each other in the text, as in the
  sequential dependence model (Metzler and Croft 2005), weighted by `NEIGHBOUR`;
* the best passage: the words of a stretch of `PASSAGE` tokens, about a page, scored as a document of their own and
  multiplied by the share of the query that occurs in it (by idf), weighted by `PASSAGE_WEIGHT`, so that a report that
  treats of the subject on a page comes before one whose words are strewn over a hundred (Callan 1994). A text of a page
  or less is its own best passage, so that the weight of 1 doubles the score of one that has all the words, and that of
  a long text as far as it has a page as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from search.bm25f import TITLE_WEIGHT, Floats, saturate
from search.match_positions import Longs, count_runs
from search.ranking.query_terms import Term

Mask = npt.NDArray[np.bool_]

CANDIDATES = 50
"""Documents that are reranked. The number is fixed, so that pages of hits are slices of one order."""
EXACT = 0.3
NEIGHBOUR = 0.4
REACH = 8
PASSAGE = 300
"""Tokens of a passage, about a page. One begins every half passage, so that each half is in two."""
PASSAGE_WEIGHT = 1.0

IN_TITLE = 1 << 30
"""Added to a position in the title, so that it comes after all positions in the text and is near none of them."""
LOCAL_BITS = IN_TITLE.bit_length()
"""Bits of a position in a place, which is a cell shifted by these plus the position in the document. A *cell* is a word
in a document: the number of the word times the number of documents, plus the document's row."""

_LOCAL = (1 << LOCAL_BITS) - 1


@dataclass(frozen=True, slots=True)
class TermPositions:
    """The positions of words in documents.

    Attributes:
        typed: for each word a row: BM25F's saturated ``tf`` of the word as typed, unstemmed, in each document.
        places: the place of every occurrence of a word under any of its spellings, ascending; see `LOCAL_BITS`. They
            are not looked at when the query has one word.
    """

    typed: Floats
    places: Longs


@dataclass(frozen=True, slots=True)
class LengthNorms:
    """BM25's length norms of the same documents.

    Attributes:
        text, title: of these fields.
        passage: of a stretch of at most `PASSAGE` tokens of the text.
    """

    text: Floats
    title: Floats
    passage: Floats


@dataclass(frozen=True, slots=True)
class Bonus:
    """The gain of each of some documents from the positions of the query's words; 0 or more each.

    Attributes:
        exact, neighbours, passage: the parts of the gain.
        coverage: the largest share of the query, by idf, that occurs in a passage of each document.
        closeness: the share of the query's pairs of neighbouring words, by idf, that are near each other in it.
    """

    exact: Floats
    neighbours: Floats
    passage: Floats
    coverage: Floats
    closeness: Floats

    @property
    def total(self) -> Floats:
        """Return the sum of the three."""
        return self.exact + self.neighbours + self.passage


def compute_bonus(terms: Sequence[Term], positions: TermPositions, norms: LengthNorms) -> Bonus:
    """Return the bonus of each of some documents.

    Args:
        terms: the words of the query, at least one.
        positions: the positions of these words in the documents.
        norms: the length norms of the documents.
    """
    nothing = np.zeros(len(norms.text))
    idfs = np.array([term.idf for term in terms])
    exact = EXACT * _weighted_sum(idfs, positions.typed)
    if len(terms) < 2 or not len(positions.places):
        return Bonus(exact, nothing, nothing, nothing, nothing)
    are_neighbours = [after.place - before.place == 1 for before, after in pairwise(terms)]
    pair_idfs = np.minimum(idfs[:-1], idfs[1:]) * are_neighbours
    passages, coverage = _score_best_passages(idfs, positions.places, norms)
    neighbours, closeness = _score_neighbours(pair_idfs, positions.places, norms)
    return Bonus(exact, NEIGHBOUR * neighbours, PASSAGE_WEIGHT * passages, coverage, closeness)


def _score_neighbours(pair_idfs: Floats, places: Longs, norms: LengthNorms) -> tuple[Floats, Floats]:
    """Score the pairs of neighbouring words that occur near each other in each candidate.

    Returns:
        The scores, and the share of the pairs, by idf, that occur so.
    """
    pairs, documents = len(pair_idfs), len(norms.text)
    of_fields = np.stack([norms.text, norms.title / TITLE_WEIGHT], axis=1)
    of_pairs = int(places.searchsorted(pairs * documents << LOCAL_BITS))
    near = places[:of_pairs][_have_near(places, documents << LOCAL_BITS, of_pairs)]
    counts = np.bincount(near >> (LOCAL_BITS - 1), minlength=2 * pairs * documents)
    frequencies = (counts.reshape(pairs, documents, 2) / of_fields).sum(axis=2)
    closeness = _weighted_sum(pair_idfs, frequencies > 0) / max(pair_idfs.sum(), 1e-9)
    return _weighted_sum(pair_idfs, saturate(frequencies)), closeness


def _weighted_sum(weights: Floats, rows: Floats | Mask) -> Floats:
    """Return the sum of rows times their weights, added one after the other.

    A product of matrices adds in an order that depends on the column, so that equal documents would differ by rounding
    and their order would depend on their numbers in the index.
    """
    total: Floats = (weights[:, None] * rows).sum(axis=0)
    return total


def _have_near(places: Longs, shift: int, count: int) -> Mask:
    """Return which of the first ``count`` places have one of the next word, ``shift`` further on, within reach."""
    wanted = places[:count] + shift
    after = places.searchsorted(wanted)
    ahead = places[np.minimum(after, len(places) - 1)] - wanted
    behind = wanted - places[after - 1]  # there is always one: the place itself
    near: Mask = (np.abs(ahead) <= REACH) | (behind <= REACH)
    return near


def _score_best_passages(idfs: Floats, places: Longs, norms: LengthNorms) -> tuple[Floats, Floats]:
    """Score the best passage of each candidate, with its title, by the words that occur in it.

    Returns:
        The scores, and the largest share of the query, by idf, that occurs in a passage.
    """
    count, documents = len(idfs), len(norms.text)
    cells, local = places >> LOCAL_BITS, places & _LOCAL
    in_title = local >= IN_TITLE
    title_counts = np.bincount(cells[in_title], minlength=count * documents)
    titles = np.tile(TITLE_WEIGHT / norms.title, count) * title_counts
    in_text = ~in_title
    cells, passages, counts = _count_by_passage(cells[in_text], local[in_text])
    rows = cells % documents
    title_gains = saturate(titles)
    gains = saturate(counts / norms.passage[rows] + titles[cells]) - title_gains[cells]

    ends = np.ones(count * documents, np.int64)
    ends[cells] = passages + 1  # of the passages of a cell, which ascend, the last assignment stays
    lengths = ends.reshape(count, documents).max(axis=0)
    stops = np.cumsum(lengths)
    starts, total = stops - lengths, int(stops[-1])
    slots, words = starts[rows] + passages, cells // documents
    title_gains = title_gains.reshape(count, documents)
    scores = np.repeat(_weighted_sum(idfs, title_gains), lengths) + np.bincount(slots, idfs[words] * gains, total)
    named = title_gains > 0
    weights = idfs[words] * ~named.ravel()[cells]  # a word in the title covers every passage already
    covered = np.repeat(_weighted_sum(idfs, named), lengths) + np.bincount(slots, weights, total)
    best: Floats = np.maximum.reduceat(scores * covered, starts) / idfs.sum()
    coverage: Floats = np.maximum.reduceat(covered, starts) / idfs.sum()
    return best, coverage


def _count_by_passage(cells: Longs, positions: Longs) -> tuple[Longs, Longs, Longs]:
    """Return the passages that contain any of some positions: the cell, the number of the passage, its positions.

    A passage begins every half passage, the first of them before the text: passage n has the halves n - 1 and n. So
    each half with positions gives the passage of its number, and the next one where the next half has none.
    """
    halves, counts = count_runs((cells << LOCAL_BITS) + positions // (PASSAGE // 2))
    is_followed = np.diff(halves, append=halves[-1:]) == 1
    at = np.arange(len(halves)) + np.cumsum(~is_followed) - ~is_followed
    keys, sums = np.empty((2, len(halves) + int(np.count_nonzero(~is_followed))), dtype=np.int64)
    keys[at], sums[at] = halves, counts
    sums[at[1:]] += counts[:-1] * is_followed[:-1]
    keys[at[~is_followed] + 1], sums[at[~is_followed] + 1] = halves[~is_followed] + 1, counts[~is_followed]
    return keys >> LOCAL_BITS, keys & _LOCAL, sums
