"""Every engine finds the documents, totals, facets and order that reading each document finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates.edtf import Date, Precision
from indexer.index import index_layout, schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry, Stretch
from indexer.text import analysis
from indexer.text.analysis import value_key
from search import query as q
from search.engine import Engine, SearchPlan
from search.match_positions import TextLanguages
from search.request import Sort
from search.results import ExplanationKind
from search.term_patterns import compile_pattern, count_edits, word_patterns
from search.whoosh_engine.array_engine import open_index
from tests.memory_engine import MemoryEngine

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

ALL_FACETS = ("category", "year", "language", "author", "country", "format")


@dataclass(frozen=True)
class Doc:
    id: str
    text: str = ""
    title: str = ""
    file: str = ""
    language: str = ""
    category: str = ""
    authors: tuple[str, ...] = ()
    first: int = index_layout.UNDATED
    last: int = index_layout.UNDATED

    @property
    def words(self) -> dict[str, list[str]]:
        return {name: analysis.surface(getattr(self, name)) for name in ("text", "title", "file")}


def entry(doc: Doc) -> IndexEntry:
    values: dict[str, str | int] = {
        "id": doc.id, "state": "indexed", "format": "pdf", "language": doc.language, "category": doc.category,
        "author": index_layout.SEPARATOR.join(doc.authors), "title_key": " ".join(doc.words["title"]),
    }  # fmt: skip
    values |= {"first_day": doc.first, "last_day": doc.last} if doc.first else {}
    texts = {name: [Stretch(getattr(doc, name))] for name in ("text", "title", "file")}
    return IndexEntry(doc.language, texts, {name: value for name, value in values.items() if value != ""})


Segments = Sequence[Sequence[Doc]]


def whoosh_engine(directory: Path, segments: Segments, deleted: Collection[str]) -> Engine:
    for docs in segments:
        collected = Collector(schema.schema())
        for doc in docs:
            collected.add(entry(doc))
        commit(directory, collected, frozenset())
    commit(directory, Collector(schema.schema()), set(deleted))
    return open_index(directory)


def memory_engine(_: Path, segments: Segments, deleted: Collection[str]) -> Engine:
    return MemoryEngine(entry(doc) for docs in segments for doc in docs if doc.id not in deleted)


class MakeEngine(Protocol):
    """Opens an engine over documents, given as segments."""

    def __call__(self, *segments: Sequence[Doc], deleted: Collection[str] = ()) -> Engine: ...


@pytest.fixture(scope="module", params=[whoosh_engine, memory_engine])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
    engines: list[Engine] = []

    def made(*segments: Sequence[Doc], deleted: Collection[str] = ()) -> Engine:
        engines.append(request.param(tmp_path_factory.mktemp("index"), segments, deleted))
        return engines[-1]

    yield made
    for engine in engines:
        engine.close()


def plan(
    query: q.Query,
    filters: Mapping[str, q.Query] | None = None,
    sort: Sort = Sort.RELEVANCE,
    window: tuple[int, int] = (0, 1000),
    facets: tuple[str, ...] = (),
) -> SearchPlan:
    return SearchPlan(query, filters or {}, sort, window[1], window[0], facets)


def ids(engine: Engine, query: q.Query, sort: Sort = Sort.RELEVANCE, window: tuple[int, int] = (0, 1000)) -> list[str]:
    return [document_id for document_id, _ in engine.find(plan(query, sort=sort, window=window)).hits]


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def year(number: int, last: int | None = None) -> Date:
    first, end = dt.date(number, 1, 1), dt.date(last or number, 12, 31)
    return Date(str(number), first, end, Precision.YEAR)


# The reference: each node asked of one document at a time, in plain Python.

Tags = Collection[str]
Words = Sequence[str]
Archive = tuple[list[list[Doc]], set[str]]
"""Segments of documents, and the ids of those that are deleted afterwards."""

FIELDS = {"": ("text", "title"), "text": ("text",), "title": ("title",), "file": ("file",)}


def matches(query: q.Query, doc: Doc, tags: Tags) -> bool:
    match query:
        case q.Not(part):
            return not blank(query) and not matches(part, doc, tags)
        case q.And(parts):
            read = [part for part in parts if not blank(part)]
            return bool(read) and all(matches(part, doc, tags) for part in read)
        case q.Or(parts):
            return any(matches(part, doc, tags) for part in parts)
        case q.Boost(part, _):
            return matches(part, doc, tags)
    return narrows(query, doc, tags)


def narrows(query: q.Query, doc: Doc, tags: Tags) -> bool:
    match query:
        case q.All() | q.Nothing():
            return query == q.All()
        case q.Value(field, values):
            return bool({value_key(value) for value in values} & keys(doc, field))
        case q.DateRange(first, last, within):
            return in_range(doc, first, last, within)
        case q.Has(field):
            return bool(doc.words.get(field) or (doc.first if field == "date" else keys(doc, field) != {""}))
    assert isinstance(query, q.TextLeaf)
    return any(in_words(query, doc, doc.words[field], field, tags) for field in FIELDS[query.field])


def blank(query: q.Query) -> bool:
    match query:
        case q.Word(text) | q.Phrase(text) | q.Near(text) | q.Fuzzy(text) | q.Wildcard(text):
            return not analysis.surface(text) and "*" not in text and "?" not in text
        case q.Not(part) | q.Boost(part):
            return blank(part)
        case q.And(parts) | q.Or(parts):
            return all(blank(part) for part in parts)
    return False


def keys(doc: Doc, field: str) -> set[str]:
    values = doc.authors if field == "author" else (getattr(doc, field, ""),)
    return {value_key(value) for value in values} - {""} or {""}


def in_range(doc: Doc, first: Date | None, last: Date | None, within: bool) -> bool:
    low = first.first.toordinal() if first and first.first else index_layout.OPEN_START
    high = last.last.toordinal() if last and last.last else index_layout.OPEN_END
    if doc.first == index_layout.UNDATED or low > high:
        return False
    return low <= doc.first and doc.last <= high if within else doc.first <= high and doc.last >= low


def in_words(query: q.Query, doc: Doc, words: Words, field: str, tags: Tags) -> bool:
    match query:
        case q.Word(text, _, exact) if len(analysis.surface(text)) == 1 and not exact and field != "file":
            stems = {analysis.stem(analysis.surface(text)[0], tag) for tag in tags}
            return any(analysis.stem(word, doc.language) in stems for word in words)
        case q.Word(text, _, exact=True) if analysis.has_marks(text) and field != "file":
            spelled = list(analysis.spellings(getattr(doc, field)))
            slots = list(analysis.spellings(text))
            return any(
                all(
                    slot == word if slot.marked else slot.folded == word.folded
                    for slot, word in zip(slots, run, strict=True)
                )
                for run in (spelled[start : start + len(slots)] for start in range(len(spelled) - len(slots) + 1))
            )
        case q.Word(text) | q.Phrase(text):
            return in_row(words, [{form}.__contains__ for form in analysis.surface(text)])
        case q.Near(text, distance):
            return near(words, analysis.surface(text), distance)
        case q.Wildcard(pattern):
            return in_row(words, [compile_pattern(part).fullmatch for part in word_patterns(pattern)])
        case q.Fuzzy(text, distance):
            return in_row(words, [close_to(form, distance) for form in analysis.surface(text)])
    raise AssertionError(query)


def close_to(form: str, distance: int) -> Callable[[str], bool]:
    return lambda word: count_edits(word, form, distance) <= distance


def in_row(words: Words, tests: Sequence[Callable[[str], object]]) -> bool:
    starts = range(len(words) - len(tests) + 1)
    return bool(tests) and any(all(test(words[start + i]) for i, test in enumerate(tests)) for start in starts)


def near(words: Words, near_words: Words, distance: int) -> bool:
    size = len(near_words) + distance
    windows = [words[start : start + size] for start in range(len(words))]
    return bool(near_words) and any(
        all(w.count(word) >= near_words.count(word) for word in near_words) for w in windows
    )


# Small archives and all kinds of questions about them.

VOCABULARY = [
    "report", "reports", "reporting", "Protect", "protection", "protecting", "the", "of", "the", "detention",
    "détention", "rapport", "ill", "treatment", "47", "人権",
]  # fmt: skip
WORDS = st.sampled_from([*VOCABULARY, "ill-treatment", "人権保護", "--", "absent", "L'Etat"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
CATEGORIES = st.sampled_from(["", "Statement", "statement", "Annual-Report", "annual report", "C++", "C"])
AUTHORS = st.lists(st.sampled_from(["Ana Díaz", "ana diaz", "B. Okoye", "none"]), max_size=3).map(tuple)
SPANS = st.sampled_from([
    (0, 0), (day("2016-02-01"), day("2016-02-01")), (day("2017-01-01"), day("2019-12-31")),
    (day("2018-05-01"), index_layout.OPEN_END), (index_layout.OPEN_START, day("2017-03-04")),
    (day("2021-01-01"), day("2021-12-31")),
])  # fmt: skip


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    docs = [
        Doc(f"d{n}", draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(st.sampled_from(["en", "fr", "", "zh"])), *tail)
        for n in range(draw(st.integers(1, 10)))
        for tail in [(draw(CATEGORIES), draw(AUTHORS), *draw(SPANS))]
    ]
    cuts = sorted(draw(st.lists(st.integers(0, len(docs)), max_size=2)))
    segments = [docs[a:b] for a, b in zip([0, *cuts], [*cuts, len(docs)], strict=True) if a < b]
    return segments, draw(st.sets(st.sampled_from([doc.id for doc in docs]), max_size=3))


SEARCHED = st.sampled_from(["", "", "text", "title", "file"])
YEARS = st.none() | st.integers(2015, 2022).map(year)
PATTERNS = st.sampled_from(["rep*", "*tion", "prot?ct*", "re*t?", "*", "??", "ill-tr*", "Dé*", "a*b*c", "4?"])
LEAVES = st.one_of(
    st.builds(q.Word, WORDS, SEARCHED, st.booleans()),
    st.builds(q.Phrase, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), SEARCHED),
    st.builds(q.Near, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.integers(0, 4), SEARCHED),
    st.builds(q.Wildcard, PATTERNS, SEARCHED),
    st.builds(q.Fuzzy, WORDS, st.integers(1, 2), SEARCHED),
    st.builds(q.Value, st.just("category"), st.lists(CATEGORIES | st.just("none"), max_size=2).map(tuple)),
    st.builds(q.Value, st.just("author"), st.sampled_from([("ANA DIAZ",), ("none",), ("nobody", "b. okoye")])),
    st.builds(q.Value, st.just("id"), st.sampled_from([("D1",), ("d2", "d3")])),
    st.builds(q.DateRange, YEARS, YEARS, st.booleans()),
    st.builds(q.Has, st.sampled_from(["text", "title", "date", "category", "author", "language"])),
    st.sampled_from([q.All(), q.Nothing()]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(q.Not, part),
        st.builds(q.And, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(q.Boost, part, st.sampled_from([0.5, 3.0])),
    ),
    max_leaves=5,
)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=60, deadline=None)
@given(archives(), st.lists(QUERIES, min_size=10, max_size=25))
def test_every_kind_of_query_finds_what_reading_each_document_finds(
    make: MakeEngine, archive: Archive, queries: list[q.Query]
) -> None:
    segments, deleted = archive
    engine = make(*segments, deleted=deleted)
    docs = [doc for segment in segments for doc in segment]
    tags, count = {analysis.tag(doc.language) for doc in docs}, engine.counter()
    for query in queries:
        expected = {doc.id for doc in docs if doc.id not in deleted and matches(query, doc, tags)}
        assert count(query) == len(expected), query
        answer = engine.find(plan(query))
        assert ({document_id for document_id, _ in answer.hits}, answer.total) == (expected, len(expected)), query
    engine.close()


SELECTIONS = st.dictionaries(
    st.sampled_from(["category", "date", "author", "language"]),
    st.sampled_from(["some", "not"]),
    max_size=3,
)


def selecting(facet: str, value: str) -> q.Query:
    if facet == "year":
        return q.DateRange(year(int(value)), year(int(value))) if value else q.Not(q.Has("date"))
    return q.Value(facet, (value or "none",))


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=40, deadline=None)
@given(archives(), LEAVES, SELECTIONS)
def test_a_facet_count_is_the_total_that_selecting_the_value_gives(
    make: MakeEngine, archive: Archive, query: q.Query, kinds: dict[str, str]
) -> None:
    engine = make(*archive[0], deleted=archive[1])
    base: dict[str, q.Query] = {
        "category": q.Value("category", ("statement", "none")), "author": q.Value("author", ("ana diaz",)),
        "language": q.Value("language", ("en", "fr")), "date": q.DateRange(year(2017), year(2018)),
    }  # fmt: skip
    chosen: dict[str, q.Query] = {
        field: base[field] if kind == "some" else q.Not(base[field]) for field, kind in kinds.items()
    }
    facets = engine.find(plan(query, chosen, window=(0, 0), facets=ALL_FACETS)).facets
    for facet, counts in facets.items():
        field = "date" if facet == "year" else facet
        for value, count in counts.items():
            narrowed = {**chosen, field: selecting(facet, value)}
            assert engine.find(plan(query, narrowed, window=(0, 0))).total == count, (facet, value)
    every = {value for facet in facets for value in facets[facet]}
    assert all(count > 0 for facet in facets for count in facets[facet].values()), every
    engine.close()


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=25, deadline=None)
@given(archives(), LEAVES)
def test_facet_counts_are_those_of_counting_each_document(make: MakeEngine, archive: Archive, query: q.Query) -> None:
    segments, deleted = archive
    engine = make(*segments, deleted=deleted)
    docs = [doc for segment in segments for doc in segment if doc.id not in deleted]
    tags = {analysis.tag(doc.language) for segment in segments for doc in segment}
    hits = [doc for doc in docs if matches(query, doc, tags)]
    counts = engine.find(plan(query, facets=("category", "author"))).facets
    for facet in counts:
        facet_keys = [key for doc in hits for key in keys(doc, facet)]
        assert {value_key(value): count for value, count in counts[facet].items()} == {
            key: facet_keys.count(key) for key in facet_keys
        }
    engine.close()


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=25, deadline=None)
@given(archives(), LEAVES, st.sampled_from(Sort), st.integers(0, 5), st.integers(0, 5))
def test_a_page_is_a_stretch_of_the_whole_order(
    make: MakeEngine, archive: Archive, query: q.Query, sort: Sort, offset: int, limit: int
) -> None:
    engine = make(*archive[0], deleted=archive[1])
    whole = engine.find(plan(query, sort=sort)).hits
    page = engine.find(plan(query, sort=sort, window=(offset, limit))).hits
    assert page == whole[offset : offset + limit]
    if sort is Sort.RELEVANCE:
        assert list(whole) == sorted(whole, key=lambda hit: (-hit[1], hit[0]))
    engine.close()


@pytest.fixture(scope="module")
def dated(make: MakeEngine) -> Engine:
    docs = [
        Doc("b", "x", "Zeta", first=day("2018-01-01"), last=day("2018-12-31")),
        Doc("a", "x", "", first=day("2018-01-01"), last=day("2018-01-01")),
        Doc("u", "x", "Alpha"),
        Doc("old", "x", "beta", first=index_layout.OPEN_START, last=day("1999-05-05")),
        Doc("new", "x", "Gamma", first=day("2020-03-01"), last=index_layout.OPEN_END),
    ]
    return make(docs[:2], docs[2:])


def test_undated_documents_come_last_in_both_date_orders(dated: Engine) -> None:
    assert ids(dated, q.All(), sort=Sort.NEWEST) == ["new", "a", "b", "old", "u"]
    assert ids(dated, q.All(), sort=Sort.OLDEST) == ["old", "a", "b", "new", "u"]


def test_untitled_documents_come_last_in_the_order_of_titles(dated: Engine) -> None:
    assert ids(dated, q.All(), sort=Sort.TITLE) == ["u", "old", "new", "b", "a"]


def test_an_open_date_counts_in_the_known_years_it_reaches(dated: Engine) -> None:
    counts = dated.find(plan(q.All(), facets=("year",))).facets["year"]
    assert counts == {"1999": 1, "2018": 2, "2020": 1, "": 1}


def test_equal_scores_are_ordered_by_id_over_segments(make: MakeEngine) -> None:
    engine = make([Doc("c", "same"), Doc("a", "same")], [Doc("b", "same")])
    assert ids(engine, q.Word("same"), window=(0, 2)) == ["a", "b"]


def test_the_exact_word_comes_before_any_number_of_near_spellings(make: MakeEngine) -> None:
    engine = make([
        Doc("near", "rohinja " * 50), Doc("far", "rohinnja " * 50), Doc("exact", "rohinga " + "filler " * 500),
    ])  # fmt: skip
    assert ids(engine, q.Fuzzy("Rohinga", 2)) == ["exact", "near", "far"]


def test_a_word_in_the_title_counts_more_than_in_the_text(make: MakeEngine) -> None:
    engine = make([Doc("text", "mandate", "other"), Doc("title", "other", "mandate")])
    assert ids(engine, q.Word("mandates", ""))[:1] != ["text"]


def test_words_of_one_stem_find_each_other_in_their_own_language(make: MakeEngine) -> None:
    engine = make([Doc("en", "committed", language="en"), Doc("fr", "Élections", language="fr")])
    assert ids(engine, q.Word("committing")) == ["en"]
    assert ids(engine, q.Word("election")) == ["fr"]
    assert ids(engine, q.Word("committing", exact=True)) == []


def test_a_pattern_of_many_stars_is_answered_at_once(make: MakeEngine) -> None:
    engine = make([Doc("a", "a" * 64)])
    assert ids(engine, q.Wildcard("*a" * 30 + "b")) == []


def test_an_empty_index_finds_nothing(make: MakeEngine) -> None:
    answer = make().find(plan(q.Or((q.Word("x"), q.Not(q.Phrase("a b")))), facets=ALL_FACETS))
    assert (answer.total, answer.hits, set(answer.facets["year"])) == (0, (), set())


WORDS_OF_FOUR = [
    Doc("a", "Detention of defenders. Detention centres.", "Places of detention", language="en"),
    Doc("b", "Defenders were detained; the detention was long.", "Defenders", language="en"),
    Doc("c", "The harbour and its boats.", "Harbour", language="en"),
    Doc("d", "Boats of the harbour were detained.", "Boats", language="en"),
]


def test_words_are_completed_with_the_most_frequent_first(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    assert engine.complete_word("de", 10) == (("defenders", 2), ("detained", 2), ("detention", 2))
    assert engine.complete_word("bo", 10) == (("boats", 2),)
    assert engine.complete_word("", 1)[0][1] == max(count for _, count in engine.complete_word("", 100))
    assert engine.complete_word("zzz", 10) == ()
    assert engine.complete_word("p", 10) == engine.complete_word("p", 10, "title") == (("places", 1),)
    assert engine.complete_word("p", 10, "text") == ()
    assert engine.complete_word("d", 10, before=("places", "of")) == (("detention", 1),)
    without = make(WORDS_OF_FOUR, deleted=("a",))
    assert without.complete_word("de", 10) == (("detained", 2), ("defenders", 1), ("detention", 1))
    assert engine.complete_word("de", 10, "text", ("of",)) == (("defenders", 1),)


def test_a_misspelt_word_is_corrected_and_a_known_one_is_not(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    assert engine.nearest_spelling("detantion") == "detention"
    assert engine.nearest_spelling("habrour") == "harbour"
    assert engine.nearest_spelling("detention") == engine.nearest_spelling("places") == ""
    without = make(WORDS_OF_FOUR, deleted=("c", "d"))
    assert without.nearest_spelling("habrour") == without.nearest_spelling("haruor") == ""
    assert engine.nearest_spelling("xx") == engine.nearest_spelling("unlikeness") == ""


def test_salient_terms_are_frequent_here_and_rare_elsewhere(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    terms = engine.salient_terms({"harbour": 2.0, "boats": 1.0, "boat": 0.5, "the": 9.0, "centres": 5.0}, "en", 10)
    assert [word for word, _ in terms] == ["harbour", "boats"]
    assert engine.salient_terms({"harbour": 2.0, "boats": 1.0}, "en", 1)[0][0] == "harbour"
    assert engine.salient_terms({"harbour": 0.0}, "en", 5) == (("harbour", 0.0),)


def test_words_repeated_in_a_query_are_found_like_others(make: MakeEngine) -> None:
    engine = make([Doc("song", "ha " * 12 + "haha hahaha", language="en")])
    for query in (q.Phrase("ha " * 12), q.And((q.Word("ha"),) * 30), q.Near("ha " * 12, 40)):
        assert ids(engine, query) == ["song"], query
    assert ids(engine, q.Phrase("ha " * 13)) == []


def test_words_of_hits_without_a_score_are_ranked_too(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    assert dict(engine.salient_terms({"boats": 0.0, "boat": 0.0}, "en", 10)) == {"boats": 0.0}


def test_match_positions_are_of_documents_asked_for(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    languages = {document_id: TextLanguages("en") for document_id in ("a", "nobody")}
    positions = engine.match_positions(q.Phrase("detention centres"), languages).documents
    assert set(positions) <= {"a"}
    for of_document in positions.values():
        ((first, last),) = [(leaf.first.tolist(), leaf.last.tolist()) for leaf in of_document.leaves]
        assert [b - a for a, b in zip(first, last, strict=True)] == [1] * len(first)


def test_match_positions_of_hits_are_the_same_with_matches_at_hand(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    query = q.And((q.Word("detention"), q.Or((q.Phrase("detention centres"), q.Near("lung disease", 9)))))
    languages = {document_id: TextLanguages("en") for document_id in "abcd"}
    positions = [engine.match_positions(query, languages, matches) for matches in (None, engine.find(plan(query)))]
    described = [
        {
            document_id: [(leaf.first.tolist(), leaf.last.tolist()) for leaf in of_document.leaves]
            for document_id, of_document in read.documents.items()
        }
        for read in positions
    ]
    assert described[0] == described[1]


@pytest.mark.parametrize("boosted", [False, True])
def test_an_explanation_adds_up_to_the_score_of_each_hit(make: MakeEngine, boosted: bool) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    query = q.Or((q.Word("defenders"), q.Boost(q.Phrase("detention centres"), 2.0), q.Fuzzy("lung", 1)))
    search_plan = plan(query, {"language": q.Not(q.Value("language", ("fr",)))})
    search_plan = replace(search_plan, boost_query=q.Word("harbour"), boost_limit=0.5) if boosted else search_plan
    scores = dict(engine.find(search_plan).hits)
    assert scores.keys() == {"a", "b"}
    for document_id in "abcd":
        why = engine.explain(search_plan, document_id)
        assert (why.kind, why.label, why.matches) == (ExplanationKind.DOCUMENT, document_id, document_id in scores)
        assert why.value == pytest.approx(scores.get(document_id, 0.0))
        assert why.value == pytest.approx(sum(child.value for child in why.children))


def test_a_boost_query_matches_nothing_and_adds_up_to_its_limit(make: MakeEngine) -> None:
    engine = make(WORDS_OF_FOUR[:2], WORDS_OF_FOUR[2:])
    plain = plan(q.Word("detained"), facets=("language",))
    boosted = replace(plain, boost_query=q.Word("harbour"), boost_limit=0.5)
    before, after = engine.find(plain), engine.find(boosted)
    assert (after.total, after.facets) == (before.total, before.facets)
    gains = {document_id: score - dict(before.hits)[document_id] for document_id, score in after.hits}
    assert gains["b"] == pytest.approx(0)
    assert 0 < gains["d"] <= 0.5 * max(dict(before.hits).values()) + 1e-9
