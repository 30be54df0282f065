"""A closer look at the best documents: exact words, words side by side, words on one page.

The first ranking goes by how often words stand in a document. Of the best `CANDIDATES` the places of the words are
looked at, and each gets a bonus of three parts, none of which can cost it anything:

* the words as typed: BM25F of the unstemmed word, weighed by `EXACT`: *report* finds *report* before *reported*;
* neighbours: words side by side in the query that stand within `REACH` words of each other in the text, as in the
  sequential dependence model (Metzler and Croft 2005), weighed by `NEIGHBOUR`;
* the best passage: the words of some stretch of `PASSAGE` tokens, about a page, scored as a document of their own and
  multiplied by how much of the query stands there (the idf of the words found there over that of all), weighed by
  `PASSAGE_WEIGHT`, so that a report that treats of the subject on a page comes before one whose words are strewn over a
  hundred (Callan 1994). A text of a page or less is its own best passage, so that the weight of 1 doubles the score of
  one that has all the words, and that of a long text as far as it has a page as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.index.codec.array_file import Floats, Longs
from search import query as q
from search.bm25f import TITLE_WEIGHT, saturate
from search.whoosh_engine.arrays.columns import Mask
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.ranking.query_terms import telling_terms
from search.whoosh_engine.ranking.term_positions import IN_TITLE, Whereabouts, as_typed, whereabouts

CANDIDATES = 50
"""Documents looked at closely. The number is fixed, so that pages of hits are stretches of one order."""
EXACT = 0.3
NEIGHBOUR = 0.4
REACH = 8
PASSAGE_WEIGHT = 1.0

_LOCAL_BITS = IN_TITLE.bit_length()


@dataclass(frozen=True, slots=True)
class Bonus:
    """What each of some documents gains by the places of the query's words; 0 or more each."""

    exact: Floats
    neighbours: Floats
    passage: Floats

    @property
    def total(self) -> Floats:
        """All of it."""
        return self.exact + self.neighbours + self.passage


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows of several `Whereabouts` with what they hold, end to end: all of the first word's, then of the next.

    Attributes:
        rows: for each entry its row, counted through all words.
        places: for each word, where its entries stand in its own arrays.
    """

    rows: Longs
    places: Sequence[Longs]


def bonus(query: q.Query, snapshot: Snapshot, candidates: Longs) -> Bonus:
    """The bonus of each of ``candidates``, which are in ascending order."""
    nothing = np.zeros(len(candidates))
    terms = telling_terms(query, snapshot) if len(candidates) else []
    if not terms:
        return Bonus(nothing, nothing, nothing)
    idfs = np.array([term.idf for term in terms])
    if len(terms) < 2:
        return Bonus(EXACT * idfs[0] * as_typed(snapshot, terms[0].form, candidates), nothing, nothing)
    words = [whereabouts(snapshot, term.form, candidates) for term in terms]
    held = [word.rows.take(word.ids.searchsorted(candidates), axis=0) for word in words]
    rows = np.concatenate(held).reshape(len(words), len(candidates), -1)
    rows *= rows[..., :1] == candidates[:, None]
    typed, titles, ends = rows[..., 1], rows[..., 2], rows[..., 3].max(axis=0).astype(np.int64)
    begins, counts = rows[..., 4:].transpose(2, 0, 1).astype(np.int64).reshape(2, -1)
    places, passages = _take(begins, counts, len(words))
    norms = _norms(snapshot).take(candidates, axis=0)
    beside = [after.place - before.place == 1 for before, after in pairwise(terms)]
    return Bonus(
        EXACT * (idfs @ typed),
        NEIGHBOUR * _neighbours(np.minimum(idfs[:-1], idfs[1:]) * beside, words, places, norms),
        PASSAGE_WEIGHT * best_passages(idfs, words, passages, np.maximum(ends, 1), titles),
    )


def _take(begins: Longs, counts: Longs, words: int) -> tuple[Taken, Taken]:
    """What rows hold that begin somewhere and have so many entries: places of all words, then passages of all words."""
    ends = np.cumsum(counts)
    at = np.repeat(begins - ends + counts, counts)
    at += np.arange(len(at))
    each = len(counts) // (2 * words)
    bounds = [0, *ends[each - 1 :: each].tolist()]
    parts = [at[low:high] for low, high in pairwise(bounds)]
    rows, middle = np.repeat(np.arange(len(counts)), counts), bounds[words]
    return Taken(rows[:middle], parts[:words]), Taken(rows[middle:] - words * each, parts[words:])


def _norms(snapshot: Snapshot) -> Floats:
    """For each document what counts in its text and what counts in its title are divided by."""

    def make() -> Floats:
        return np.stack([snapshot.norms("text"), snapshot.norms("title") / TITLE_WEIGHT], axis=1)

    return snapshot.kept(("norms",), make)


def _neighbours(idfs: Floats, words: Sequence[Whereabouts], taken: Taken, norms: Floats) -> Floats:
    """The score of the pairs of words side by side in the query that stand near each other in the text."""
    pairs, documents = len(idfs), len(norms)
    local = np.concatenate([word.places.take(at) for word, at in zip(words, taken.places, strict=True)])
    places = (taken.rows << _LOCAL_BITS) + local
    near = _near(places, documents << _LOCAL_BITS, len(places) - len(taken.places[-1]))
    found = np.bincount(places[: len(near)][near] >> (_LOCAL_BITS - 1), minlength=2 * pairs * documents)
    scores: Floats = idfs @ saturate((found.reshape(pairs, documents, 2) / norms).sum(axis=2))
    return scores


def _near(places: Longs, shift: int, count: int) -> Mask:
    """Which of the first ``count`` places have one of the next term, which is ``shift`` further on, within reach."""
    wanted = places[:count] + shift
    after = places.searchsorted(wanted)
    ahead = places[np.minimum(after, len(places) - 1)] - wanted
    behind = wanted - places[after - 1]  # there is always one: the place itself
    near: Mask = (np.abs(ahead) <= REACH) | (behind <= REACH)
    return near


def best_passages(idfs: Floats, words: Sequence[Whereabouts], taken: Taken, numbers: Longs, titles: Floats) -> Floats:
    """The score of the best passage of each candidate, with its title, by the words that stand in it.

    Args:
        idfs: of each word.
        words: where they stand.
        taken: their passages in the candidates.
        numbers: how many passages of each candidate there are up to the last of them, or one.
        titles: for each word, a row: what each candidate's title has of it.
    """
    count, documents = titles.shape
    passages = np.concatenate([word.passages.take(at) for word, at in zip(words, taken.places, strict=True)])
    gains = np.concatenate([word.gains.take(at) for word, at in zip(words, taken.places, strict=True)])
    ends = np.cumsum(numbers)
    starts, total = ends - numbers, int(ends[-1])
    cells = np.concatenate([starts] * count)[taken.rows] + passages
    weights = np.repeat(idfs, documents)
    scores = np.repeat(idfs @ titles, numbers) + np.bincount(cells, weights[taken.rows] * gains, total)
    named = titles > 0
    weights[named.ravel()] = 0.0  # those in the title cover every passage as it is
    covered = np.repeat(idfs @ named, numbers) + np.bincount(cells, weights[taken.rows], total)
    best: Floats = np.maximum.reduceat(scores * covered, starts) / idfs.sum()
    return best
