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

from search import query as q
from search.whoosh_engine import scoring
from search.whoosh_engine.fields import weigh
from search.whoosh_engine.postings import Floats, Longs, Postings
from search.whoosh_engine.scoring import TITLE_WEIGHT, saturate
from search.whoosh_engine.snapshot import PLACE_BITS, Snapshot
from search.whoosh_engine.terms import Term, stem_places, telling_terms

CANDIDATES = 200
"""Documents looked at closely. The number is fixed, so that pages of hits are stretches of one order."""
EXACT = 0.3
NEIGHBOUR = 0.4
REACH = 8
PASSAGE = 300
PASSAGE_WEIGHT = 1.0

_POSITION = (1 << PLACE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """The places of one term in one field of the candidates: ``places`` end to end, ``counts`` in each candidate."""

    places: Longs
    counts: Longs


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a term stands in the candidates, in text and in title."""

    term: Term
    text: Stretch
    title: Stretch


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


def bonus(query: q.Query, snapshot: Snapshot, candidates: Longs) -> Bonus:
    """The bonus of each of ``candidates``, which are in ascending order."""
    exact, neighbours, passage = (np.zeros(len(candidates)) for _ in range(3))
    terms = telling_terms(query, snapshot) if len(candidates) else []
    for term in terms:
        exact += EXACT * _exact(term, snapshot, candidates)
    if len(terms) > 1:
        standings = [_stand(term, snapshot, candidates) for term in terms]
        norms = snapshot.norms("text")[candidates], snapshot.norms("title")[candidates] / TITLE_WEIGHT
        for first, second in pairwise(standings):
            neighbours += NEIGHBOUR * _neighbours(first, second, norms)
        passage = PASSAGE_WEIGHT * best_passages(standings, snapshot, candidates)
    return Bonus(exact, neighbours, passage)


def _exact(term: Term, snapshot: Snapshot, candidates: Longs) -> Floats:
    found = [
        (name, weight, _of(snapshot.postings(name, term.form), candidates))
        for name, weight in (("text", 1.0), ("title", TITLE_WEIGHT))
    ]
    tf = weigh(snapshot, found)
    scores = np.zeros(len(candidates))
    scores[np.searchsorted(candidates, tf.ids)] = term.idf * saturate(tf.weights)
    return scores


def _of(postings: Postings, candidates: Longs) -> Postings:
    if not len(postings.ids):
        return postings
    at = np.minimum(np.searchsorted(postings.ids, candidates), len(postings.ids) - 1)
    held = at[postings.ids[at] == candidates]
    return Postings(postings.ids[held], postings.weights[held])


def _stand(term: Term, snapshot: Snapshot, candidates: Longs) -> Standing:
    found = [_stretch(stem_places(snapshot, field, term.form), candidates) for field in ("text", "title")]
    return Standing(term, *found)


def _stretch(places: Longs, candidates: Longs) -> Stretch:
    starts = np.searchsorted(places, candidates << PLACE_BITS)
    counts = np.searchsorted(places, (candidates + 1) << PLACE_BITS) - starts
    before = np.cumsum(counts) - counts
    return Stretch(places[np.repeat(starts - before, counts) + np.arange(int(counts.sum()))], counts)


def _neighbours(first: Standing, second: Standing, norms: tuple[Floats, Floats]) -> Floats:
    if second.term.place != first.term.place + 1:
        return np.zeros(len(norms[0]))
    tf = _near(first.text, second.text) / norms[0] + _near(first.title, second.title) / norms[1]
    return min(first.term.idf, second.term.idf) * saturate(tf)


def _near(first: Stretch, second: Stretch) -> Longs:
    """How many places of the first in each candidate have the second within reach."""
    if not len(first.places) or not len(second.places):
        return np.zeros(len(first.counts), dtype=np.int64)
    after = np.searchsorted(second.places, first.places)
    ahead = second.places[np.minimum(after, len(second.places) - 1)] - first.places
    behind = first.places - second.places[np.maximum(after - 1, 0)]
    near = (np.abs(ahead) <= REACH) | (np.abs(behind) <= REACH)
    owners = np.repeat(np.arange(len(first.counts)), first.counts)
    return np.bincount(owners[near], minlength=len(first.counts))


def best_passages(standings: Sequence[Standing], snapshot: Snapshot, candidates: Longs) -> Floats:
    """The score of the best passage of each candidate, with its title, by the words that stand in it.

    Passages begin every half passage; each half is counted once, and two halves side by side are a passage.
    """
    halves = np.ones(len(candidates), dtype=np.int64)
    for text in (standing.text for standing in standings):
        held = text.counts > 0
        last = text.places[np.cumsum(text.counts)[held] - 1] & _POSITION
        halves[held] = np.maximum(halves[held], last // (PASSAGE // 2) + 1)
    starts = np.cumsum(halves) - halves
    owners = np.repeat(np.arange(len(candidates)), halves)
    followed = np.append(owners[1:] == owners[:-1], [False])
    norms = _passage_norms(snapshot, candidates)[owners]
    titles = TITLE_WEIGHT / snapshot.norms("title")[candidates]
    scores, covered = np.zeros(len(owners)), np.zeros(len(owners))
    for standing in standings:
        text = standing.text
        at = np.repeat(starts, text.counts) + (text.places & _POSITION) // (PASSAGE // 2)
        counts = np.bincount(at, minlength=len(owners)).astype(np.float64)
        counts[:-1] += counts[1:] * followed[:-1]
        gained = standing.term.idf * saturate(counts / norms + (titles * standing.title.counts)[owners])
        scores += gained
        covered += standing.term.idf * (gained > 0)
    scores *= covered / sum(standing.term.idf for standing in standings)
    best: Floats = np.maximum.reduceat(scores, starts)
    return best


def _passage_norms(snapshot: Snapshot, candidates: Longs) -> Floats:
    """BM25's norm of a passage: texts of less than a page are held to be as long as they are."""
    lengths = np.minimum(snapshot.lengths("text"), PASSAGE)
    return scoring.length_norms(lengths[candidates], float(lengths.mean()), scoring.B)
