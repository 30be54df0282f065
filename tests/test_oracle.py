"""Stock Whoosh is the oracle: the same index, the same formula, its own searcher."""

import datetime as dt
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as wq
from whoosh.scoring import BaseScorer, WeightingModel

from corpus.dates import Date, Precision
from indexer import analysis, schema
from search import query as q
from search.engine import Plan
from search.request import Sort
from search.whoosh_engine.engine import open_engine
from search.whoosh_engine.scoring import K1, TITLE_WEIGHT, B

WORDS = ["report", "mission", "rights", "human", "visit", "the", "and", "protect"]
LITTLE = 1e-9  # whoosh takes a constant score of 0 for none given
EVERY = wq.ConstantScoreQuery(wq.Term("format", "pdf"), LITTLE)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


class Bm25(WeightingModel):
    def scorer(self, searcher, fieldname, text, **_):
        return Bm25Scorer(searcher, fieldname, text)


class Bm25Scorer(BaseScorer):
    def __init__(self, searcher, field, text):
        parent = searcher.get_parent()  # figures of the whole index, not of the segment in hand
        total, holding = parent.doc_count_all(), parent.doc_frequency(field, text)
        self.idf = math.log(1 + (total - holding + 0.5) / (holding + 0.5))
        self.length = lambda document: searcher.doc_field_length(document, field, 1) or 1
        self.mean = parent.reader().field_length(field) / total or 1

    def supports_block_quality(self):
        return False

    def score(self, matcher):
        norm = K1 * (1 - B + B * self.length(matcher.id()) / self.mean)
        return self.idf * matcher.weight() * (K1 + 1) / (matcher.weight() + norm)


@st.composite
def archives(draw):
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


def write(directory, archive):
    docs, cuts, deleted = archive
    made = whoosh_index.create_in(str(directory), schema.schema())
    for start, end in pairwise(cuts):
        writer = made.writer()
        for number in range(start, end):
            writer.add_document(**entry(number, *docs[number]))
        writer.commit(merge=False)
    writer = made.writer()
    for number in deleted:
        writer.delete_by_term("id", f"d{number:02}")
    writer.commit(merge=False)
    return made


def entry(number, text, title, age, category, weight):
    stems = " ".join(f"{analysis.stem(word, 'en')}^{weight}" for word in text.split())
    day = dt.date(2015 + age, 1, 1).toordinal() if age else 0
    title_stems = " ".join(analysis.stem(word, "en") for word in title.split())
    return {"id": f"d{number:02}", "text": text, "title": title, "stem": stems, "title_stem": title_stems,
            "category": category, "format": "pdf", "first_day": day, "last_day": day + 364 if day else 0}  # fmt: skip


def both(word, names, change):
    return wq.Or([wq.Term(names[0], change(word)), wq.Term(names[1], change(word), boost=TITLE_WEIGHT)])


def stock(query):
    match query:
        case q.Word(text, exact=True):
            return both(text, ("text", "title"), str)
        case q.Word(text):
            return both(text, ("stem", "title_stem"), lambda word: analysis.stem(word, "en"))
        case q.And(parts):
            return wq.And([stock(part) for part in parts])
        case q.Or(parts):
            return wq.Or([stock(part) for part in parts])
        case q.Not(part):
            return wq.AndNot(EVERY, stock(part))
    return wq.ConstantScoreQuery(narrowing(query), LITTLE)


def narrowing(query):
    match query:
        case q.Phrase(text):
            return wq.Or([wq.Phrase(name, text.split()) for name in ("text", "title")])
        case q.Wildcard(pattern):
            return wq.Or([wq.Prefix(name, pattern[:-1]) for name in ("text", "title")])
        case q.Value("category", values):
            return wq.Or([wq.Term("category", value) for value in values])
        case q.DateRange(first, last):
            started = wq.NumericRange("first_day", 1, last.last.toordinal())
            return wq.And([started, wq.NumericRange("last_day", first.first.toordinal(), None)])
    return EVERY


def year(number):
    return Date(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31), Precision.YEAR)


SCORED = st.builds(q.Word, st.sampled_from([*WORDS, "absent"]), st.just(""), st.booleans())
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
def pair(tmp_path_factory):
    def make(archive):
        directory = tmp_path_factory.mktemp("oracle")
        return write(directory, archive).searcher(weighting=Bm25()), open_engine(directory)

    return make


def ask(engine, query):
    return engine.find(Plan(query, {}, Sort.RELEVANCE, 1000, 0, ("category",)))


@settings(max_examples=60, deadline=None)
@given(archives(), st.lists(TREES, min_size=5, max_size=10))
def test_hits_totals_and_scores_are_those_of_stock_whoosh(pair, archive, queries):
    searcher, engine = pair(archive)
    for query in queries:
        ours, theirs = ask(engine, query), searcher.search(stock(query), limit=None)
        expected = {hit["id"]: hit.score for hit in theirs}
        assert ours.total == len(theirs), query
        assert dict(ours.hits) == pytest.approx(expected, abs=1e-4), query
    engine.close()


@settings(max_examples=40, deadline=None)
@given(archives(), st.lists(UNSCORED, min_size=5, max_size=10), st.lists(SCORED, min_size=10, max_size=10))
def test_phrases_and_prefixes_find_what_stock_whoosh_finds(pair, archive, queries, words):
    searcher, engine = pair(archive)
    for query, word in zip(queries, words, strict=False):
        for asked in (query, q.And((query, word)), q.And((word, q.Not(query)))):
            ours, theirs = ask(engine, asked), searcher.search(stock(asked), limit=None)
            assert {id_ for id_, _ in ours.hits} == {hit["id"] for hit in theirs}, asked
    engine.close()


@settings(max_examples=30, deadline=None)
@given(archives(), TREES)
def test_facets_count_what_stock_whoosh_groups(pair, archive, query):
    searcher, engine = pair(archive)
    theirs = searcher.search(stock(query), limit=None, groupedby="category").groups("category")
    ours = ask(engine, query).facets["category"]
    assert dict(ours) == {value: len(numbers) for value, numbers in theirs.items()}
    engine.close()


@settings(max_examples=30, deadline=None)
@given(archives(), SCORED, st.floats(0.1, 9))
def test_a_boost_multiplies_the_score_of_its_part_alone(pair, archive, word, factor):
    searcher, engine = pair(archive)
    other = q.Word("rights")
    boosted = wq.Or([stock(other), *(wq.Term(t.fieldname, t.text, boost=t.boost * factor) for t in stock(word))])
    expected = {hit["id"]: hit.score for hit in searcher.search(boosted, limit=None)}
    ours = ask(engine, q.Or((other, q.Boost(word, factor))))
    assert dict(ours.hits) == pytest.approx(expected, abs=1e-4)
    engine.close()


def bm25(frequency, length, mean, idf):
    return idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean))


def idf(documents, total):
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
def test_scores_are_those_the_formulas_give(pair, query, frequency, holding):
    texts = ["human rights of human rights hope", "human rite rights", "rights held here"]
    _, engine = pair(([(text, "", 0, "a", 1.0) for text in texts], [0, 2, 3], set()))
    expected = bm25(frequency, 6, 4, sum(idf(documents, 3) for documents in holding))
    if isinstance(query, q.Fuzzy):  # all three documents have it with one edit of one allowed
        expected /= 2
    assert dict(ask(engine, query).hits)["d00"] == pytest.approx(expected)
    engine.close()
