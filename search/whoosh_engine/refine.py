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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from search import query as q
from search.whoosh_engine import scoring
from search.whoosh_engine.columns import Mask
from search.whoosh_engine.postings import Floats, Longs, Postings
from search.whoosh_engine.scoring import TITLE_WEIGHT, saturate
from search.whoosh_engine.snapshot import PLACE_BITS, Snapshot
from search.whoosh_engine.terms import Term, stem_places, telling_terms

CANDIDATES = 100
"""Documents looked at closely. The number is fixed, so that pages of hits are stretches of one order."""
EXACT = 0.3
NEIGHBOUR = 0.4
REACH = 8
PASSAGE = 300
PASSAGE_WEIGHT = 1.0

_POSITION = (1 << PLACE_BITS) - 1
_CELLS = 1 << 20
"""Terms times half passages that are scored at a time: bounds what very long documents take of memory."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Every place of every term in the candidates, term after term, each in order of candidate, field and position.

    Attributes:
        terms: number of the term.
        rows: number of the candidate, doubled, plus 1 where it is the title's.
        positions: in that text or title.
        begins: where each term's places begin, and the end.
    """

    terms: Longs
    rows: Longs
    positions: Longs
    begins: Longs


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
    nothing = np.zeros(len(candidates))
    terms = telling_terms(query, snapshot) if len(candidates) else []
    if not terms:
        return Bonus(nothing, nothing, nothing)
    idfs = np.array([term.idf for term in terms])
    norms = snapshot.norms("text")[candidates], snapshot.norms("title")[candidates] / TITLE_WEIGHT
    exact = EXACT * _exact(terms, idfs, snapshot, candidates, norms)
    if len(terms) < 2:
        return Bonus(exact, nothing, nothing)
    standing = _stand(terms, snapshot, candidates)
    neighbours = NEIGHBOUR * _neighbours(terms, idfs, standing, norms)
    return Bonus(exact, neighbours, PASSAGE_WEIGHT * best_passages(idfs, standing, snapshot, candidates))


def _exact(
    terms: Sequence[Term], idfs: Floats, snapshot: Snapshot, candidates: Longs, norms: tuple[Floats, Floats]
) -> Floats:
    frequencies = np.zeros((len(terms), len(candidates)))
    for field, norm in zip(("text", "title"), norms, strict=True):
        for number, term in enumerate(terms):
            if len((held := snapshot.postings(field, term.form)).ids):
                frequencies[number] += _counts(held, candidates) / norm
    scores: Floats = idfs @ saturate(frequencies)
    return scores


def _counts(held: Postings, candidates: Longs) -> Floats:
    at = np.searchsorted(held.ids, candidates)
    at[at == len(held.ids)] = 0
    counts: Floats = held.weights[at] * (held.ids[at] == candidates)
    return counts


def _stand(terms: Sequence[Term], snapshot: Snapshot, candidates: Longs) -> Standing:
    edges = np.stack([candidates, candidates + 1]) << (PLACE_BITS + 1)
    shifts = (np.arange(len(candidates)) << (PLACE_BITS + 1)) - edges[0]
    found = [_stretches(stem_places(snapshot, term.form), edges, shifts) for term in terms]
    begins = np.cumsum([0, *map(len, found)])
    places = np.concatenate(found)
    numbers = np.repeat(np.arange(len(terms)), np.diff(begins))
    return Standing(numbers, places >> PLACE_BITS, places & _POSITION, begins)


def _stretches(places: Longs, edges: Longs, shifts: Longs) -> Longs:
    """Those of ``places`` that lie between each lower and its upper edge, shifted."""
    starts, ends = np.searchsorted(places, edges)
    counts = ends - starts
    ends = np.cumsum(counts)
    chosen = places[np.repeat(starts - ends + counts, counts) + np.arange(int(ends[-1]))]
    return chosen + np.repeat(shifts, counts)


def _neighbours(terms: Sequence[Term], idfs: Floats, standing: Standing, norms: tuple[Floats, Floats]) -> Floats:
    """The score of the pairs of words side by side in the query that stand near each other in the text."""
    count, documents = len(terms), len(norms[0])
    rows = standing.terms * (2 * documents) + standing.rows
    near = _near((rows << PLACE_BITS) + standing.positions, 2 * documents << PLACE_BITS, int(standing.begins[-2]))
    found = np.bincount(rows[: len(near)][near], minlength=2 * count * documents).reshape(count, documents, 2)
    frequencies = found[:-1, :, 0] / norms[0] + found[:-1, :, 1] / norms[1]
    beside = np.diff([term.place for term in terms]) == 1
    scores: Floats = (np.minimum(idfs[:-1], idfs[1:]) * beside) @ saturate(frequencies)
    return scores


def _near(places: Longs, shift: int, count: int) -> Mask:
    """Which of the first ``count`` places have one of the next term, which is ``shift`` further on, within reach."""
    wanted = places[:count] + shift
    after = np.searchsorted(places, wanted)
    ahead = places[np.minimum(after, len(places) - 1)] - wanted
    behind = wanted - places[after - 1]  # there is always one: the place itself
    near: Mask = (np.abs(ahead) <= REACH) | (behind <= REACH)
    return near


def best_passages(idfs: Floats, standing: Standing, snapshot: Snapshot, candidates: Longs) -> Floats:
    """The score of the best passage of each candidate, with its title, by the words that stand in it.

    Passages begin every half passage, the first of them before the text, so that each half is in two. Those in which
    no word stands are left out, but for the first, which has the title.
    """
    owner, titled = standing.rows >> 1, (standing.rows & 1).astype(bool)
    half = np.where(titled, 0, standing.positions // (PASSAGE // 2))
    numbers = np.full(len(candidates), 2, dtype=np.int64)
    np.maximum.at(numbers, owner, half + 2)
    starts = np.cumsum(numbers) - numbers
    first = starts[owner] + half
    held = np.zeros(int(numbers.sum()), dtype=bool)
    for passages in (starts, first[~titled], first[~titled] + 1):
        held[passages] = True
    number = np.cumsum(held) - 1
    owners = np.repeat(np.arange(len(candidates)), numbers)[held]
    norms = _passage_norms(snapshot)[candidates][owners]
    titles = TITLE_WEIGHT / snapshot.norms("title")[candidates]
    scores, covered = np.zeros(len(owners)), np.zeros(len(owners))
    for low, high in _portions(len(idfs), len(owners)):
        some = slice(standing.begins[low], standing.begins[high])
        terms, named = standing.terms[some] - low, titled[some]
        cells = (terms * len(owners) + number[first[some]])[~named]
        counts = _tally(np.concatenate([cells, cells + 1]), (high - low, len(owners)))
        in_title = titles * _tally((terms * len(candidates) + owner[some])[named], (high - low, len(candidates)))
        gained = idfs[low:high, None] * saturate(counts / norms + in_title[:, owners])
        scores += gained.sum(axis=0)
        covered += idfs[low:high] @ (gained > 0)
    best: Floats = np.maximum.reduceat(scores * covered / idfs.sum(), number[starts])
    return best


def _portions(terms: int, cells: int) -> Iterator[tuple[int, int]]:
    step = max(1, _CELLS // cells)
    for low in range(0, terms, step):
        yield low, min(low + step, terms)


def _tally(cells: Longs, shape: tuple[int, int]) -> Floats:
    """How many places fall into each cell of a table of terms."""
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _passage_norms(snapshot: Snapshot) -> Floats:
    """BM25's norm of a passage of each document: texts of less than a page are held to be as long as they are."""

    def make() -> Floats:
        lengths = np.minimum(snapshot.lengths("text"), PASSAGE)
        return scoring.length_norms(lengths, float(lengths.mean()), scoring.B)

    return snapshot.kept(("passage norms",), make)
