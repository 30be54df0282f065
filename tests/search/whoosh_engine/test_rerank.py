"""The closer look at the best documents, held to reading their words one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis
from search import query as q
from search.bm25f import K1, TITLE_WEIGHT, B
from search.ranking.bonus import EXACT, NEIGHBOUR, PASSAGE, PASSAGE_WEIGHT, REACH
from search.ranking.query_terms import Term
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.ranking.rerank import bonus, terms_of

WORDS = ["report", "reports", "reported", "mercury", "treaty", "lamps", "water"]
FILLER = ["committee", "session", "paper"]
TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS).map(lambda word: [word]), st.integers(1, 170).map(lambda n: FILLER * n)),
    max_size=9,
).map(lambda parts: [word for part in parts for word in part])
TITLES = st.lists(st.sampled_from(WORDS + FILLER), max_size=4)
DOCUMENTS = st.lists(st.tuples(TITLES, TEXTS), min_size=1, max_size=5)

NewIndex = Callable[[], Path]


def stem(word: str) -> str:
    return analysis.stem(word, "en")


def saturated(tf: float) -> float:
    return tf * (K1 + 1) / (tf + K1)


class Read:
    """One document read from end to end: its words, and the norms that the index gives it."""

    def __init__(self, snapshot: Snapshot, number: int, title: Sequence[str], text: Sequence[str]) -> None:
        self.title, self.text = title, text
        self.text_norm = float(snapshot.norms("text")[number])
        self.title_norm = float(snapshot.norms("title")[number]) / TITLE_WEIGHT
        lengths = np.minimum(snapshot.lengths("text"), PASSAGE)
        self.passage_norm = float(1 - B + B * lengths[number] / (lengths.mean() or 1))

    def exact(self, terms: Sequence[Term]) -> float:
        counted = ((term.idf, self.text.count(term.form), self.title.count(term.form)) for term in terms)
        return sum(idf * saturated(text / self.text_norm + title / self.title_norm) for idf, text, title in counted)

    def neighbours(self, terms: Sequence[Term]) -> float:
        total = 0.0
        for one, other in pairwise(terms):
            if other.place - one.place == 1:
                counts = [reached(words, one.form, other.form) for words in (self.text, self.title)]
                frequency = counts[0] / self.text_norm + counts[1] / self.title_norm
                total += min(one.idf, other.idf) * saturated(frequency)
        return total

    def closeness(self, terms: Sequence[Term]) -> float:
        pairs = [(min(one.idf, other.idf), one.form, other.form) for one, other in pairwise(terms)]
        texts = (self.text, self.title)
        near = sum(idf for idf, one, other in pairs if any(reached(words, one, other) for words in texts))
        return near / sum(idf for idf, _, _ in pairs)

    def passage(self, terms: Sequence[Term]) -> float:
        return max(score * share for score, share in self.scored(terms))

    def coverage(self, terms: Sequence[Term]) -> float:
        return max(share for _, share in self.scored(terms))

    def scored(self, terms: Sequence[Term]) -> list[tuple[float, float]]:
        half = PASSAGE // 2
        starts = range(-half, len(self.text) + 1, half)
        return [self.scored_passage(terms, self.text[max(start, 0) : start + PASSAGE]) for start in starts]

    def scored_passage(self, terms: Sequence[Term], words: Sequence[str]) -> tuple[float, float]:
        score = covered = 0.0
        for term in terms:
            text, title = (sum(stem(word) == stem(term.form) for word in some) for some in (words, self.title))
            gain = saturated(text / self.passage_norm + title / self.title_norm)
            score += term.idf * gain
            covered += term.idf * (gain > 0)
        return score, covered / sum(term.idf for term in terms)


def reached(words: Sequence[str], one: str, other: str) -> int:
    """How many times ``one`` stands within reach of ``other``."""
    there = [at for at, word in enumerate(words) if stem(word) == stem(other)]
    return sum(
        any(abs(at - place) <= REACH for place in there) for at, word in enumerate(words) if stem(word) == stem(one)
    )


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(deadline=None, max_examples=60)
@given(documents=DOCUMENTS, words=st.lists(st.sampled_from([*WORDS, "nowhere"]), min_size=1, max_size=4))
def test_the_bonus_of_a_document_is_that_of_reading_it_word_by_word(
    new_index: NewIndex, documents: list[tuple[list[str], list[str]]], words: list[str]
) -> None:
    folder, collected = new_index(), Collector(schema.schema())
    for number, (title, text) in enumerate(documents):
        stretches = {"text": [Stretch(" ".join(text))], "title": [Stretch(" ".join(title))]}
        collected.add(IndexEntry("en", stretches, {"id": f"d{number}"}))
    commit(folder, collected, set())
    snapshot = open_snapshot(folder)
    query = q.Or(tuple(map(q.Word, words)))
    terms = terms_of(query, QueryContext(snapshot))
    found = bonus(query, QueryContext(snapshot), np.arange(len(documents)))
    several = len(terms) > 1
    for number, (title, text) in enumerate(documents):
        read = Read(snapshot, number, title, text)
        assert found.exact[number] == pytest.approx(EXACT * read.exact(terms))
        assert found.neighbours[number] == pytest.approx(NEIGHBOUR * read.neighbours(terms) if several else 0)
        assert found.passage[number] == pytest.approx(PASSAGE_WEIGHT * read.passage(terms) if several else 0)
        assert found.coverage[number] == pytest.approx(read.coverage(terms) if several else 0)
        assert found.closeness[number] == pytest.approx(read.closeness(terms) if several else 0)
    snapshot.close()


def test_equal_documents_gain_the_same_whatever_their_numbers(new_index: NewIndex) -> None:
    words = [*WORDS[2:], "fishing", "fleet", "islands", "where", "small", "nets", "land", "herring", "daily"]
    folder, collected = new_index(), Collector(schema.schema())
    for number in range(49):
        text = words[number:] if number < 13 else [*words, *words[3:], *words[7:]]
        collected.add(IndexEntry("en", {"text": [Stretch(" ".join(text))]}, {"id": f"d{number}"}))
    commit(folder, collected, set())
    snapshot = open_snapshot(folder)
    for count in range(2, len(words)):
        query = q.Or(tuple(map(q.Word, words[:count])))
        gained = bonus(query, QueryContext(snapshot), np.arange(49))
        for part in (gained.exact, gained.neighbours, gained.passage, gained.closeness):
            assert len(set(part[13:].tolist())) == 1
    snapshot.close()
