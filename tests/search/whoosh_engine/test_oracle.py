"""Stock Whoosh is the oracle: the same index, the same formula, its own searcher.

Whoosh scores one field at a time, so whole query trees are compared on words of one field, through its searcher with
our formula as its weighting. A word sought in text and title together is compared with the formula over what its
matchers and field lengths say. The closer look at the best documents (`refine`) comes on top and is left out here.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as wq
from whoosh.scoring import BM25F, BaseScorer, WeightingModel

from corpus.dates.edtf import Date, Precision
from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis
from indexer.text.stop_words import is_function_word
from search import query as q
from search.bm25f import FUNCTION_WEIGHT, K1, TITLE_B, TITLE_WEIGHT, B
from search.engine import Engine, SearchMatches, SearchPlan
from search.request import Sort
from search.whoosh_engine.array_engine import open_index
from search.whoosh_engine.arrays.snapshot import open_snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.match_set import QueryContext

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

WORDS = ["report", "mission", "rights", "human", "visit", "the", "and", "protect"]
LITTLE = 1e-9  # whoosh takes a constant score of 0 for none given
EVERY = wq.ConstantScoreQuery(wq.Term("format", "pdf"), LITTLE)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


class Bm25(WeightingModel):  # type: ignore[misc]  # Whoosh is not typed
    def scorer(self, searcher: Any, fieldname: str, text: str, **_: object) -> Any:
        return Bm25Scorer(searcher, fieldname, text)


class Bm25Scorer(BaseScorer):  # type: ignore[misc]  # Whoosh is not typed
    def __init__(self, searcher: Any, field: str, text: str) -> None:
        parent = searcher.get_parent()  # figures of the whole index, not of the segment in hand
        self.factor = idf(parent.doc_frequency(field, text), parent.doc_count_all()) * little(field, text)
        self.tf = frequency_of(searcher, parent, field)

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        tf = self.tf(matcher.id(), matcher.weight())
        return self.factor * tf * (K1 + 1) / (tf + K1)


def little(field: str, text: str) -> float:
    """What a function word counts; only stems are held to be one."""
    if not field.endswith("stem"):
        return 1.0
    stem = text.decode() if isinstance(text, bytes) else text
    return FUNCTION_WEIGHT if is_function_word(stem.partition(":")[2], "en") else 1.0


def frequency_of(searcher: Any, parent: Any, field: str) -> Callable[[int, float], float]:
    """BM25F's part of one field, by Whoosh's own lengths."""
    title = field.startswith("title")
    weight, b = (TITLE_WEIGHT, TITLE_B) if title else (1.0, B)
    mean = parent.reader().field_length(field) / parent.doc_count_all() or 1

    def tf(document: int, count: float) -> float:
        return weight * count / (1 - b + b * (searcher.doc_field_length(document, field, 1) or 1) / mean)

    return tf


Archive = tuple[list[tuple[str, str, int, str, float]], list[int], set[int]]


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    docs = draw(
        st.lists(
            st.tuples(TEXTS, TEXTS, st.integers(0, 4), st.sampled_from("abc"), st.floats(0.1, 1)),
            min_size=1,
            max_size=20,
        )
    )
    cuts = sorted(draw(st.lists(st.integers(0, len(docs)), max_size=3)))
    deleted = draw(st.sets(st.integers(0, len(docs) - 1), max_size=len(docs) // 3))
    return docs, [0, *cuts, len(docs)], deleted


def write(directory: Path, archive: Archive) -> Any:
    docs, cuts, deleted = archive
    for start, end in pairwise(cuts):
        collected = Collector(schema.schema())
        for number in range(start, end):
            collected.add(entry(number, *docs[number]))
        commit(directory, collected, frozenset())
    commit(directory, Collector(schema.schema()), {f"d{number:02}" for number in deleted})
    return whoosh_index.open_dir(str(directory))


def entry(number: int, text: str, title: str, age: int, category: str, weight: float) -> IndexEntry:
    day = dt.date(2015 + age, 1, 1).toordinal() if age else 0
    days = {"first_day": day, "last_day": day + 364 if day else 0}
    texts = {"text": [Stretch(text, weight)], "title": [Stretch(title)]}
    return IndexEntry("en", texts, {"id": f"d{number:02}", "category": category, "format": "pdf", **days})


def stock(query: q.Query) -> wq.Query:
    match query:
        case q.Word(text, field, exact=True):
            return wq.Term(field, text)
        case q.Word(text, field):
            return wq.Term({"text": "stem", "title": "title_stem"}[field], analysis.stem(text, "en"))
        case q.And(parts):
            return wq.And([stock(part) for part in parts])
        case q.Or(parts):
            return wq.Or([stock(part) for part in parts])
        case q.Not(part):
            return wq.AndNot(EVERY, stock(part))
    return wq.ConstantScoreQuery(narrowing(query), LITTLE)


def narrowing(query: q.Query) -> wq.Query:
    match query:
        case q.Phrase(text):
            return wq.Or([wq.Phrase(name, text.split()) for name in ("text", "title")])
        case q.Wildcard(pattern):
            return wq.Or([wq.Prefix(name, pattern[:-1]) for name in ("text", "title")])
        case q.Value("category", values):
            return wq.Or([wq.Term("category", value) for value in values])
        case q.DateRange(first, last):
            assert first
            assert first.first
            assert last
            assert last.last
            started = wq.NumericRange("first_day", 1, last.last.toordinal())
            return wq.And([started, wq.NumericRange("last_day", first.first.toordinal(), None)])
    return EVERY


def year(number: int) -> Date:
    return Date(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31), Precision.YEAR)


SCORED = st.builds(q.Word, st.sampled_from([*WORDS, "absent"]), st.sampled_from(["text", "title"]), st.booleans())
EVERYWHERE = st.builds(q.Word, st.sampled_from([*WORDS, "absent"]), st.just(""), st.booleans())
NARROWING = st.one_of(
    st.builds(q.Value, st.just("category"), st.lists(st.sampled_from("abcx"), min_size=1, max_size=2).map(tuple)),
    st.builds(
        lambda a, b: q.DateRange(year(min(a, b)), year(max(a, b))), st.integers(2014, 2020), st.integers(2014, 2020)
    ),
    st.just(q.All()),
)
TREES = st.recursive(
    SCORED | NARROWING,
    lambda part: st.one_of(
        st.builds(q.And, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(q.Not, part),
    ),
    max_leaves=6,
)
UNSCORED = st.one_of(
    st.builds(q.Phrase, st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)),
    st.builds(q.Wildcard, st.sampled_from(["re*", "m*", "rig*", "x*"])),
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Any:
    def make(archive: Archive) -> Any:
        directory = tmp_path_factory.mktemp("oracle")
        return write(directory, archive).searcher(), open_index(directory)

    return make


def near(expected: float | dict[str, float]) -> Any:
    """To a ten-thousandth of each score; a hit that only narrows scores 0 here and next to it in Whoosh."""
    return pytest.approx(expected, rel=1e-4, abs=20 * LITTLE)


def ask(engine: Engine, query: q.Query) -> SearchMatches:
    return engine.find(SearchPlan(query, {}, Sort.RELEVANCE, 1000, 0, ("category",)))


def scored(snapshot: Any, query: q.Query) -> dict[str, float]:
    """Our scores by id, without the closer look at the best."""
    matched = evaluate(query, QueryContext(snapshot)).within(snapshot.live)
    ids = [name.decode() for name in snapshot.strings("id")[matched.ids].tolist()]
    return dict(zip(ids, matched.scores_of(matched.ids).tolist(), strict=True))


@settings(max_examples=60, deadline=None)
@given(archives(), st.lists(TREES, min_size=5, max_size=10))
def test_hits_totals_and_scores_are_those_of_stock_whoosh(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, queries: list[q.Query]
) -> None:
    directory = tmp_path_factory.mktemp("oracle")
    with write(directory, archive).searcher(weighting=Bm25()) as searcher:
        snapshot, engine = open_snapshot(directory), open_index(directory)
        for query in queries:
            theirs = searcher.search(stock(query), limit=None)
            assert ask(engine, query).total == len(theirs), query
            assert scored(snapshot, query) == near({hit["id"]: hit.score for hit in theirs}), query
        engine.close()
        snapshot.close()


def by_formula(searcher: Any, word: q.Word, holding: int) -> dict[str, float]:
    """BM25F of a word in text and title, from the counts and lengths that Whoosh's own readers give."""
    names = ("text", "title") if word.exact else ("stem", "title_stem")
    term = word.text if word.exact else analysis.stem(word.text, "en")
    parent = searcher
    tf: dict[int, float] = {}
    for leaf, base in searcher.leaf_searchers():
        for name in names:
            count = frequency_of(leaf, parent, name)
            if (name, term) in leaf.reader():
                matcher = leaf.postings(name, term)
                while matcher.is_active():
                    number = base + matcher.id()
                    tf[number] = tf.get(number, 0.0) + count(matcher.id(), matcher.weight())
                    matcher.next()
    factor = idf(holding, searcher.doc_count_all()) * little(names[0], term)
    return {searcher.stored_fields(n)["id"]: factor * f * (K1 + 1) / (f + K1) for n, f in tf.items()}


def holding(archive: Archive, word: q.Word) -> int:
    """How many documents have a word in text or title: deleted ones count until half of their segment is deleted."""
    form = str if word.exact else lambda text: analysis.stem(text, "en")
    docs, cuts, deleted = archive
    counted: set[int] = set()
    for start, end in pairwise(cuts):
        segment = {*range(start, end)}
        counted |= segment - deleted if 2 * len(segment & deleted) > len(segment) else segment
    texts = [f"{text} {title}".split() for number, (text, title, *_) in enumerate(docs) if number in counted]
    return sum(any(form(one) == form(word.text) for one in words) for words in texts)


class Stock(BM25F):  # type: ignore[misc]  # Whoosh is not typed
    """Whoosh's own BM25F, untouched but for the idf, of which its own may be negative."""

    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        parent = searcher.get_parent()
        return idf(parent.doc_frequency(fieldname, text), parent.doc_count_all())


@settings(max_examples=60, deadline=None)
@given(archives(), st.sampled_from([*WORDS, "absent"]), st.booleans())
def test_a_word_of_one_field_scores_what_stock_bm25f_gives(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, text: str, exact: bool
) -> None:
    directory = tmp_path_factory.mktemp("oracle")
    made, snapshot = write(directory, archive), open_snapshot(directory)
    # A weight of 3 a count is a third of K1: tf * 3 / (tf * 3 + K1) = tf / (tf + K1 / 3).
    for field, k1, b in (("text", K1, B), ("title", K1 / TITLE_WEIGHT, TITLE_B)):
        word = q.Word(text, field, exact)
        with made.searcher(weighting=Stock(B=b, K1=k1)) as searcher:
            expected = {hit["id"]: hit.score for hit in searcher.search(stock(word), limit=None)}
        factor = (K1 + 1) / (k1 + 1) * (1.0 if exact else little("stem", analysis.stem(text, "en")))
        ours = {name: score / factor for name, score in scored(snapshot, word).items()}
        assert ours == near(expected), word
    snapshot.close()


@settings(max_examples=40, deadline=None)
@given(archives(), st.lists(EVERYWHERE, min_size=3, max_size=6))
def test_a_word_in_text_and_title_scores_as_the_formula_says(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, words: list[q.Word]
) -> None:
    directory = tmp_path_factory.mktemp("oracle")
    with write(directory, archive).searcher() as searcher:
        snapshot = open_snapshot(directory)
        total: dict[str, float] = {}
        for word in words:
            expected = by_formula(searcher, word, holding(archive, word))
            assert scored(snapshot, word) == near(expected), word
            total = {name: total.get(name, 0.0) + expected.get(name, 0.0) for name in total.keys() | expected.keys()}
        assert scored(snapshot, q.Or(tuple(words))) == near(total)
        snapshot.close()


@settings(max_examples=40, deadline=None)
@given(archives(), st.lists(UNSCORED, min_size=5, max_size=10), st.lists(SCORED, min_size=10, max_size=10))
def test_phrases_and_prefixes_find_what_stock_whoosh_finds(
    pair: Any, archive: Archive, queries: list[q.Query], words: list[q.Word]
) -> None:
    searcher, engine = pair(archive)
    for query, word in zip(queries, words, strict=False):
        for asked in (query, q.And((query, word)), q.And((word, q.Not(query)))):
            ours, theirs = ask(engine, asked), searcher.search(stock(asked), limit=None)
            assert {id_ for id_, _ in ours.hits} == {hit["id"] for hit in theirs}, asked
    engine.close()


@settings(max_examples=30, deadline=None)
@given(archives(), TREES)
def test_facets_count_what_stock_whoosh_groups(pair: Any, archive: Archive, query: q.Query) -> None:
    searcher, engine = pair(archive)
    theirs = searcher.search(stock(query), limit=None, groupedby="category").groups("category")
    ours = ask(engine, query).facets["category"]
    assert dict(ours) == {value: len(numbers) for value, numbers in theirs.items()}
    engine.close()


@settings(max_examples=30, deadline=None)
@given(archives(), SCORED, st.floats(0.1, 9))
def test_a_boost_multiplies_the_score_of_its_part_alone(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive, word: q.Word, factor: float
) -> None:
    directory = tmp_path_factory.mktemp("oracle")
    other, term = q.Word("rights", "text"), stock(word)
    with write(directory, archive).searcher(weighting=Bm25()) as searcher:
        boosted = wq.Or([stock(other), wq.Term(term.fieldname, term.text, boost=factor)])
        snapshot = open_snapshot(directory)
        expected = {hit["id"]: hit.score for hit in searcher.search(boosted, limit=None)}
        assert scored(snapshot, q.Or((other, q.Boost(word, factor)))) == near(expected)
        snapshot.close()


def bm25(frequency: float, length: float, mean: float, idf: float) -> float:
    return idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean))


def idf(documents: int, total: int) -> float:
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


@pytest.mark.parametrize(
    ("query", "frequency", "holding"),
    [
        (q.Phrase("human rights", "text"), 2, (2, 3)),
        (q.Near("rights human", 1, "text"), 3, (2, 3)),
        (q.Wildcard("h*", "text"), 3, (3,)),
        (q.Word("rights", "text"), 2, (3,)),
        (q.Fuzzy("right", 1, "text"), 2, (3,)),
    ],
)
def test_scores_are_those_the_formulas_give(
    tmp_path: Path, query: q.Query, frequency: float, holding: tuple[int, ...]
) -> None:
    texts = ["human rights of human rights hope", "human rite rights", "rights held here"]
    write(tmp_path, ([(text, "", 0, "a", 1.0) for text in texts], [0, 2, 3], set()))
    snapshot = open_snapshot(tmp_path)
    expected = bm25(frequency, 6, 4, sum(idf(documents, 3) for documents in holding))
    if isinstance(query, q.Fuzzy):  # all three documents have it with one edit of one allowed
        expected /= 2
    assert scored(snapshot, query)["d00"] == pytest.approx(expected)
    snapshot.close()
