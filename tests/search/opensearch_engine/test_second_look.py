"""A few documents have the scores, explanations and positions that an index of all documents gives them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.dates.edtf import parse_edtf
from indexer.index.manifest import index_path
from search import query as q
from search.engine import SearchPlan
from search.match_positions import TextLanguages
from search.opensearch_engine.document_texts import CatalogueTexts
from search.opensearch_engine.scratch_index import ScratchIndex
from search.opensearch_engine.second_look import explain_hit, hit_positions, look_again
from search.ranking.bonus import CANDIDATES
from search.ranking.collection_statistics import CollectionStatistics
from search.request import Sort
from search.results import Explanation
from search.whoosh_engine.array_engine import WhooshEngine, open_index
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.match_set import QueryContext
from tests.search.opensearch_engine.collection_of_index import collection_of

WATER, RIGHTS, REPORT = q.Word("water"), q.Word("rights"), q.Word("report")
QUERIES = [
    WATER,
    q.Word("articles", "text"),
    q.Word("letter", "title"),
    q.Word("the"),
    q.Word("Report", exact=True),
    q.Word("república"),
    q.Word("república", exact=True),
    q.Word("Assemblée", exact=True),
    q.Word("les-neuf-articles", "file"),
    q.Word("non-governmental"),
    q.And((q.Word("freedom"), q.Word("of"), q.Word("assembly"))),
    q.Or((WATER, RIGHTS, REPORT, q.Word("assembly", "text"), q.Boost(q.Word("harbour"), 3.0))),
    q.Or((q.Word("quelle"), q.Word("liberté"), q.Word("réunion"), q.Word("derecho"))),
    q.Phrase("human rights"),
    q.Phrase("the port of"),
    q.Phrase("port sereno", "title"),
    q.Near("rights assembly", 20),
    q.Near("the the water", 30),
    q.Wildcard("assembl*"),
    q.Wildcard("*e*"),
    q.Wildcard("hum?n r*"),
    q.Wildcard("*"),
    q.Fuzzy("asembly", 1),
    q.Fuzzy("rihgts", 2),
    q.Fuzzy("the", 2),
    q.Fuzzy("human rigts", 1),
    q.And((RIGHTS, q.Not(q.Phrase("the port")), q.DateRange(parse_edtf("2010"), None))),
    q.And((q.Or((WATER, q.Word("nowhere"))), q.Has("date"))),
    q.Has("date"),
    q.Word("--"),
]


@pytest.fixture(scope="module")
def whole(sample_folder: Path) -> Iterator[Snapshot]:
    with closing(open_snapshot(index_path(sample_folder))) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def engine(sample_folder: Path) -> Iterator[WhooshEngine]:
    with closing(open_index(index_path(sample_folder))) as opened:
        yield opened


@pytest.fixture
def texts(sample_folder: Path, whole: Snapshot) -> Iterator[ScratchIndex]:
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        yield scratch


def plan(query: q.Query) -> SearchPlan:
    return SearchPlan(query, {}, Sort.RELEVANCE, CANDIDATES, 0, ())


def flat(tree: Explanation) -> list[object]:
    """Return an explanation as a list that is compared with some rounding."""
    details = {name: pytest.approx(value, rel=1e-9, abs=1e-12) for name, value in tree.detail.items()}
    value = pytest.approx(tree.value, rel=1e-9, abs=1e-12)
    own = [tree.kind, str(tree.label), tree.matches, value, details]
    return [*own, *(flat(child) for child in tree.children)]


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_some_hits_have_the_scores_that_they_have_among_all(
    engine: WhooshEngine, whole: Snapshot, texts: ScratchIndex, query: q.Query
) -> None:
    matches = engine.find(plan(query))
    some = slice(1, 6)
    hits = look_again(plan(query), [name for name, _ in matches.hits[some]][::-1], collection_of(whole, query), texts)
    assert hits.unread == ()
    if evaluate(query, QueryContext(whole)).scores is None:
        assert {name for name, _ in hits.hits} == {name for name, _ in matches.hits[some]}
        return
    assert [name for name, _ in hits.hits] == [name for name, _ in matches.hits[some]]
    assert [score for _, score in hits.hits] == pytest.approx([s for _, s in matches.hits[some]], rel=1e-9)
    for here, there in zip(hits.coverages, matches.coverages[some], strict=True):
        assert (here.coverage, here.closeness) == pytest.approx((there.coverage, there.closeness), rel=1e-9)
        assert here.words == there.words


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_the_score_of_a_hit_is_explained_as_among_all(
    engine: WhooshEngine, whole: Snapshot, texts: ScratchIndex, query: q.Query
) -> None:
    hits = [name for name, _ in engine.find(plan(query)).hits][:5]
    for document_id in hits[-1:]:
        own = explain_hit(plan(query), document_id, hits, collection_of(whole, query), texts)
        assert flat(engine.explain(plan(query), document_id)) == flat(own)


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_a_query_matches_where_it_does_among_all(
    engine: WhooshEngine, whole: Snapshot, texts: ScratchIndex, query: q.Query
) -> None:
    ids = [name for name, _ in engine.find(plan(query)).hits][2:7]
    languages = {name: TextLanguages(whole_language(whole, name)) for name in ids}
    searched = CollectionStatistics(expansions=collection_of(whole, query).expansions)
    own, every = hit_positions(query, languages, searched, texts), engine.match_positions(query, languages)
    assert own.notices == every.notices
    assert own.documents.keys() == every.documents.keys()
    for name, positions in own.documents.items():
        there = every.documents[name]
        assert positions.ends.tolist() == there.ends.tolist()
        assert [(leaf.first.tolist(), leaf.last.tolist()) for leaf in positions.leaves] == [
            (leaf.first.tolist(), leaf.last.tolist()) for leaf in there.leaves
        ]
        assert [anchors.tolist() for anchors in positions.anchors] == [anchors.tolist() for anchors in there.anchors]


def whole_language(snapshot: Snapshot, document_id: str) -> str:
    number = snapshot.strings("id").tolist().index(document_id.encode())
    column = snapshot.keywords("language")
    members = column.members[column.sets == column.codes[number]].tolist()
    return str(column.labels[members[0]])


def test_feedback_adds_what_it_adds_among_all(engine: WhooshEngine, whole: Snapshot, texts: ScratchIndex) -> None:
    query, more = q.Or((WATER, RIGHTS)), q.Or((q.Boost(q.Word("harbour"), 2.0), q.Word("council")))
    asked = replace(plan(query), boost_query=more, boost_limit=0.5)
    context = QueryContext(whole)
    matches, gains = evaluate(query, context), evaluate(more, context)
    best = max(gains.scores_of(gains.ids[matches.contains(gains.ids)]))
    hits = engine.find(asked).hits[:6]
    factor = 0.5 * float(matches.scores_of(matches.ids).max()) / float(best)
    ids, collection = [name for name, _ in hits], collection_of(whole, query, more)
    own = look_again(asked, ids, collection, texts, factor)
    assert [name for name, _ in own.hits] == ids
    assert [score for _, score in own.hits] == pytest.approx([score for _, score in hits], rel=1e-9)
    explained = explain_hit(asked, ids[0], ids, collection, texts, factor)
    assert flat(explained) == flat(engine.explain(asked, ids[0]))
    every = engine.find(asked).hits
    alone = look_again(asked, [name for name, _ in every], collection, texts)
    assert [score for _, score in alone.hits] == pytest.approx([score for _, score in every], rel=1e-9)


def test_a_candidate_that_the_catalogue_lacks_is_named(texts: ScratchIndex, whole: Snapshot) -> None:
    collection = collection_of(whole, WATER)
    assert look_again(plan(WATER), ["nobody"], collection, texts).unread == ("nobody",)
    assert not explain_hit(plan(WATER), "nobody", ["nobody"], collection, texts).matches
    assert hit_positions(WATER, {"nobody": TextLanguages("en")}, CollectionStatistics(), texts).documents == {}
