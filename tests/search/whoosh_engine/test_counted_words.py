"""Words are counted from postings as reading every token of the main texts counts them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SlowAnswerError
from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.codec.array_file import Longs
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis
from search.deadline import answered_within
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.insight import counted_words, neighbour_counts
from search.whoosh_engine.insight.array_words import ArrayWordIndex
from search.word_statistics.formulas import deviation_of_proportions
from search.word_statistics.word_counts import Windows

MAIN, MARGIN = 1.0, 0.3

Texts = tuple[list[str], list[str]]
"""The words of the main text of a document, and of its running heads."""

some_words = st.lists(st.sampled_from(["War", "peace", "law", "الحقّ", "人権理事会"]), max_size=12)
archives = st.lists(st.lists(st.tuples(some_words, some_words), min_size=1, max_size=4), min_size=1, max_size=3)


def index_texts(directory: Path, segments: list[list[Texts]]) -> tuple[Snapshot, Longs]:
    """Return an index of documents in segments, and the number of tokens of their main texts."""
    for segment, documents in enumerate(segments):
        collected = Collector(schema.schema())
        for place, (main, margin) in enumerate(documents):
            texts = {"text": [Stretch(" ".join(main), MAIN, "", True), Stretch(" ".join(margin), MARGIN)]}
            collected.add(IndexEntry("", texts, {"id": f"{segment}-{place}", "title_key": ""}))
        commit(directory, collected, frozenset())
    snapshot = open_snapshot(directory)
    return snapshot, np.array(list(map(len, mains_of(snapshot, segments))), np.int64)


def mains_of(snapshot: Snapshot, segments: list[list[Texts]]) -> list[list[str]]:
    """Return the words of the main text of each document as the index numbers them."""
    texts = {
        f"{segment}-{place}": analysis.surface(" ".join(main))
        for segment, documents in enumerate(segments)
        for place, (main, _) in enumerate(documents)
    }
    return [texts[document_id.decode()] for document_id in snapshot.strings("id").tolist()]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count some terms and some documents at a time, though there are few."""
    monkeypatch.setattr(counted_words, "CHUNK", 3)
    monkeypatch.setattr(neighbour_counts, "BATCH_TOKENS", 8)


@pytest.mark.usefixtures("small_parts")
@settings(max_examples=15)
@given(segments=archives, seed=st.integers(0, 99))
def test_counts_are_those_of_reading_every_token(
    tmp_path_factory: pytest.TempPathFactory, segments: list[list[Texts]], seed: int
) -> None:
    snapshot, main_tokens = index_texts(tmp_path_factory.mktemp("index"), segments)
    index, mains = ArrayWordIndex(snapshot, main_tokens), mains_of(snapshot, segments)
    draw = np.random.default_rng(seed)
    sets = [np.flatnonzero(draw.random(len(mains)) < share) for share in (0.8, 0.5)]
    counts = index.count_words(sets, 2, with_deviations=True)
    expected = [Counter(word for number in chosen.tolist() for word in mains[number]) for chosen in sets]
    frequent = {word for word in expected[0] | expected[1] if expected[0][word] + expected[1][word] >= 2}
    assert list(counts.words) == sorted(frequent, key=str.encode)
    for row, chosen in enumerate(sets):
        assert counts.hits[row].tolist() == [expected[row][word] for word in counts.words]
        containing = [sum(word in mains[number] for number in chosen.tolist()) for word in counts.words]
        assert counts.documents[row].tolist() == containing
    for word, hits, deviation in zip(counts.words, counts.hits[0], counts.deviations, strict=True):
        parts = [mains[number].count(word) for number in sets[0].tolist()]
        if hits:
            assert deviation == pytest.approx(deviation_of_proportions(parts, main_tokens[sets[0]].tolist()))
    assert (index.hits_of_words(counts.words, sets) == counts.hits).all()


def test_a_late_count_ends(tmp_path: Path) -> None:
    snapshot, main_tokens = index_texts(tmp_path, [[(["law"], [])]])
    index, documents = ArrayWordIndex(snapshot, main_tokens), np.array([0])
    windows = Windows(*[documents] * 5)
    for count in (
        lambda: index.count_words([documents], 1),
        lambda: index.hits_of_words(["law"], [documents]),
        lambda: index.count_neighbours(windows),
    ):
        with answered_within(-1), pytest.raises(SlowAnswerError):
            count()


@pytest.mark.usefixtures("small_parts")
@settings(max_examples=15)
@given(segments=archives, width=st.integers(1, 4))
def test_words_in_windows_are_those_of_reading_every_token(
    tmp_path_factory: pytest.TempPathFactory, segments: list[list[Texts]], width: int
) -> None:
    snapshot, main_tokens = index_texts(tmp_path_factory.mktemp("index"), segments)
    mains = mains_of(snapshot, segments)
    places = [
        (number, place) for number, words in enumerate(mains) for place, word in enumerate(words) if word == "war"
    ]
    documents, first = np.array(places, np.int64).reshape(-1, 2).T
    windows = Windows(
        documents, first, first, np.maximum(first - width, 0), np.minimum(first + width, main_tokens[documents] - 1)
    )
    counts = ArrayWordIndex(snapshot, main_tokens).count_neighbours(windows)
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    containing: dict[str, set[int]] = {}
    for number, place in places:
        sides = mains[number][max(place - width, 0) : place], mains[number][place + 1 : place + 1 + width]
        left.update(sides[0])
        right.update(sides[1])
        for word in (*sides[0], *sides[1]):
            containing.setdefault(word, set()).add(number)
    assert list(counts.words) == sorted(left | right, key=str.encode)
    for word, *found in zip(counts.words, counts.left, counts.right, counts.documents, strict=True):
        assert found == [left[word], right[word], len(containing[word])]
