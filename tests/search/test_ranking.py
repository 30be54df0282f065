"""Ranking: which document is first and why, and floors for the figures of judged collections."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpora.judged_collection import CollectionError, build_archive, read_collection
from benchmarks.corpora.known_items import SEED, draw_sentences, write_known_items
from benchmarks.corpora.known_items import write_collection as write_known_collection
from benchmarks.evaluate import ask, evaluate, judge, main
from benchmarks.halves import compare, half_of, randomisation_p, score_questions
from corpus.errors import UnknownDocumentError, UsageError
from search import Archive, Request, open_archive
from search.engine import SearchMatches, SearchPlan
from search.grammar.parse_context import NoUsedValues
from search.planning.interpret import interpret_request
from search.planning.relevance_feedback import LEAD_HITS, FeedbackDocument, relevance_model
from search.query import words_of
from search.results import ExplanationKind
from search.whoosh_engine.array_engine import WhooshEngine

FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "floors_ranking.json").read_text(encoding="utf-8")
)

KNOWN_ITEM_FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "floors_known_items.json").read_text(encoding="utf-8")
)
"""The lowest figures on either half, by collection of known items."""


def write_collection(folder: Path, texts: dict[str, tuple[str, str]]) -> Path:
    rows = [{"_id": name, "title": title, "text": text} for name, (title, text) in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


FILLER = "The committee met in the morning and took note of the papers before it. "
REPORTS = {
    "on one page": (
        "Annual report",
        FILLER * 600 + (FILLER.join((" Fishing. ", "The fleet. ", "An island. ", "One licence. "))) * 2 + FILLER * 600,
    ),
    "strewn": (
        "Yearly report",
        "".join(FILLER * 50 + word + " " for word in ("fishing", "fleet", "island", "licence") * 6),
    ),
    "as written": ("Note one", FILLER + "Reporting officers."),
    "otherwise written": ("Note two", FILLER + "Reported officers."),
    "side by side": ("Note three", FILLER + "Clean drinking water was found. Air is clean."),
    "far apart": ("Note four", FILLER + "Clean air is found. " + FILLER + "He was drinking tea by the water."),
    "treaty": ("Note five", FILLER + "The treaty on mercury bans thermometers and mercury lamps."),
    "lamps": ("Note six", FILLER + "Thermometers and lamps made with mercury are banned by treaty."),
    "recipe": ("Note seven", FILLER + "Butter, flour and eggs make a cake."),
    "who": ("Note eight", FILLER + "The WHO sent a doctor."),
}  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = write_collection(tmp_path_factory.mktemp("papers"), REPORTS)
    return folder / "archive", build_archive(folder, folder / "archive")


def order(archive: Archive, names: dict[str, str], query: str, **options: bool) -> list[str]:
    page = archive.search(Request(query, facets=(), passages=0, **options))  # type: ignore[arg-type]
    return [names[hit.id] for hit in page.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [("fishing fleet island licence", "on one page"), ("reporting officers", "as written"),
     ("reported officers", "otherwise written"), ("clean drinking water", "side by side")],
)  # fmt: skip
def test_among_documents_with_the_same_words_their_places_decide(
    papers: tuple[Path, dict[str, str]], query: str, first: str
) -> None:
    with open_archive(papers[0]) as archive:
        assert order(archive, papers[1], query)[0] == first


def test_a_function_word_weighs_little_and_a_name_in_capitals_fully(papers: tuple[Path, dict[str, str]]) -> None:
    with open_archive(papers[0]) as archive:
        hits = {query: archive.search(Request(query, any=True, facets=())).hits[0] for query in ("who", "WHO")}
        assert {papers[1][hit.id] for hit in hits.values()} == {"who"}
        assert hits["WHO"].score > 3 * hits["who"].score


@pytest.mark.parametrize(
    ("query", "same"),
    [("THE DOCTOR WHO SENT", "the doctor who sent"), ("WHO OR DOCTOR", "who OR doctor"),
     ('WHO "A DOCTOR"', 'who "a doctor"'), ("WHO -TEA date:none", "who -tea date:none")],
)  # fmt: skip
def test_capitals_all_over_a_query_say_nothing(papers: tuple[Path, dict[str, str]], query: str, same: str) -> None:
    with open_archive(papers[0]) as archive:
        scores = [[hit.score for hit in archive.search(Request(text, facets=())).hits] for text in (query, same)]
    assert scores[0] == scores[1] != []


@pytest.mark.parametrize("query", ["WHO", "WHO category:none", "the WHO", "WHO 世界", "=WHO"])
def test_a_word_in_capitals_stays_a_name(query: str) -> None:
    understood, _ = interpret_request(Request(query), dt.date(2026, 11, 22), {}, NoUsedValues(), {})
    assert "WHO" in [word.text for word in words_of(understood)]


@pytest.mark.parametrize("expand", [None, False, True])
@pytest.mark.parametrize(
    "query", ["what bans mercury lamps", "report", "cake with flour and butter", "absent words here"]
)
def test_an_explanation_adds_up_to_the_score_of_every_hit(
    papers: tuple[Path, dict[str, str]], query: str, expand: bool | None
) -> None:
    with open_archive(papers[0]) as archive:
        request = Request(query, any=True, expand=expand, facets=())
        hits = {hit.id: hit.score for hit in archive.search(request).hits}
        for name in papers[1]:
            why = archive.explain(request, name)
            assert why.matches == (name in hits)
            assert why.value == pytest.approx(hits.get(name, 0.0), abs=1e-5)
            assert why.value == pytest.approx(sum(child.value for child in why.children))


def test_an_explanation_shows_each_word_with_its_counts_lengths_and_idf(papers: tuple[Path, dict[str, str]]) -> None:
    with open_archive(papers[0]) as archive:
        top = archive.search(Request("mercury treaty", facets=())).hits[0].id
        why = archive.explain(Request('mercury^2 "mercury lamps" -cake'), top)
        mercury, phrase = why.children_of(ExplanationKind.PART)
        detail = mercury.detail
        assert (detail["documents"], detail["factor"]) == (2, 2.0)
        assert [field.label for field in mercury.children] == ["text"]
        assert mercury.children[0].detail["count"] in (1.0, 2.0)
        counted = [field.detail for field in mercury.children]
        assert detail["tf"] == pytest.approx(sum(f["weight"] * f["count"] / f["norm"] for f in counted))
        assert mercury.value == pytest.approx(2 * detail["idf"] * detail["tf"] * 2.2 / (detail["tf"] + 1.2))
        assert phrase.value > 0


def test_feedback_changes_order_and_scores_and_neither_total_nor_facets(papers: tuple[Path, dict[str, str]]) -> None:
    with open_archive(papers[0]) as archive:
        with_it, without = (archive.search(Request("mercury papers", any=True, expand=on)) for on in (True, False))
        assert (with_it.total, with_it.facets) == (without.total, without.facets)
        assert {hit.id for hit in with_it.hits} == {hit.id for hit in without.hits}
        gained = {hit.id: hit.score for hit in with_it.hits}
        assert all(gained[hit.id] >= hit.score for hit in without.hits)
        assert any(gained[hit.id] > hit.score for hit in without.hits)


def test_feedback_weighs_the_lead_over_the_next_hits(
    papers: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = count_searches(monkeypatch)
    with open_archive(papers[0]) as archive:
        archive.search(Request("mercury papers", any=True, expand=True, limit=1))
    assert limits == [LEAD_HITS + 1, 1]


def count_searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the limit of each search of the engine."""
    limits: list[int] = []
    find = WhooshEngine.find

    def noted(engine: WhooshEngine, plan: SearchPlan) -> SearchMatches:
        limits.append(plan.limit)
        return find(engine, plan)

    monkeypatch.setattr(WhooshEngine, "find", noted)
    return limits


def test_a_sentence_pasted_from_a_long_report_is_searched_once(
    papers: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Fishing. The committee met in the morning, the fleet, an island, one licence and the papers before it"
    limits = count_searches(monkeypatch)
    with open_archive(papers[0]) as archive:
        alone = archive.search(Request(question, any=True, expand=False, limit=3, offset=1))
        by_itself = archive.search(Request(question, any=True, limit=3, offset=1))
        forced = archive.search(Request(question, any=True, expand=True, limit=3, offset=1))
    assert [hit.score for hit in by_itself.hits] == [hit.score for hit in alone.hits]
    assert by_itself.facets == alone.facets == forced.facets
    assert [hit.score for hit in forced.hits] != [hit.score for hit in alone.hits]
    assert len(limits) == 4


def test_a_question_that_no_hit_has_in_its_order_gets_feedback(
    papers: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All words are in one passage of the first hit, but far from each other."""
    limits = count_searches(monkeypatch)
    with open_archive(papers[0]) as archive:
        archive.search(Request("fishing fleet island licence", any=True))
    assert sum(map(bool, limits)) == 2


def test_a_word_of_one_hit_only_is_not_shared() -> None:
    sources = [
        FeedbackDocument("en", ["mercury", "lamps", "red"]),
        FeedbackDocument("en", ["mercury", "lamp"]),
        FeedbackDocument("fr", ["lampe"]),
    ]
    assert set(relevance_model(sources)) == {"mercury", "lamps", "lamp"}


def test_similar_documents_share_salient_words_and_exclude_the_document(
    papers: tuple[Path, dict[str, str]],
) -> None:
    folder, names = papers
    treaty = next(id_ for id_, name in names.items() if name == "treaty")
    with open_archive(folder) as archive:
        similar = [names[hit.id] for hit in archive.similar(treaty, 3).hits]
        assert similar[0] == "lamps"
        assert "treaty" not in similar
        with pytest.raises(UnknownDocumentError):
            archive.similar("nosuch")
        with pytest.raises(UnknownDocumentError):
            archive.explain(Request("treaty"), "nosuch")
        with pytest.raises(UsageError):
            archive.similar(treaty, -1)


def test_similar_documents_of_the_sample_archive_are_ordered_by_score(sample_folder: Path) -> None:
    with open_archive(sample_folder) as archive:
        for hit in archive.search(Request(limit=5, facets=(), passages=0)).hits:
            page = archive.similar(hit.id, 5)
            assert hit.id not in {other.id for other in page.hits}
            assert list(np.diff([other.score for other in page.hits]) <= 0) == [True] * max(len(page.hits) - 1, 0)


def test_a_collection_is_measured_as_trec_eval_would(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_collection(tmp_path, REPORTS)
    questions = [
        {"_id": "1", "text": "drinking water?"},
        {"_id": "2", "text": "cake"},
        {"_id": "3", "text": "not judged"},
    ]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\tside by side\t1\n2\ttreaty\t2\n".replace(
        "side by side", "far"), encoding="utf-8")  # fmt: skip
    assert main([str(tmp_path), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {"collection": tmp_path.name, "documents": 10, "queries": 2,
                   "ndcg@10": 0.0, "map": 0.0, "mrr@10": 0.0, "recall@100": 0.0}  # fmt: skip
    (tmp_path / "qrels.tsv").write_text("2\t0\trecipe\t2\n1\t0\trecipe\t0\n", encoding="utf-8")
    assert evaluate(tmp_path)[0]["mrr@10"] == 0.5


def test_a_folder_that_is_no_collection_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CollectionError, match=r"qrels\.tsv"):
        read_collection(tmp_path)
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_collection_is_ranked_below_its_floors(data: Path, name: str) -> None:
    measured = evaluate(data / "relevance" / name)[0]
    for measure, floor in FLOORS[name].items():
        assert measured[measure] >= floor, f"{name} {measure}"


@pytest.mark.slow
def test_known_items_rank_no_lower_than_with_less_of_the_ranking(data: Path, tmp_path: Path) -> None:
    """The default is above its floors on both halves, and no lower than without feedback and than BM25F alone."""
    folders = {folder.name: folder for folder in write_known_items(data, tmp_path)}
    assert set(folders) == set(KNOWN_ITEM_FLOORS)
    for name, floors in KNOWN_ITEM_FLOORS.items():
        for result in compare(folders[name]):
            if not result.p:
                default = result
                assert all(default.means[measure] >= floor for measure, floor in floors.items()), default
            assert all(default.means[measure] >= result.means[measure] for measure in floors), (default, result)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_a_sentence_of_the_sample_archive_finds_its_document(sample_folder: Path, tmp_path: Path) -> None:
    """Cut sentences from documents of the project's own. Feedback must not lower their figures in either half."""
    with open_archive(sample_folder) as archive:
        hits = archive.search(Request(limit=200, facets=(), passages=0)).hits
        texts = {hit.id: [page.text for page in archive.texts(hit.id)] for hit in hits}
    write_known_collection(tmp_path, texts, draw_sentences(texts, 60, SEED))
    collection = read_collection(tmp_path)
    names = build_archive(tmp_path, tmp_path / "archive")
    with open_archive(tmp_path / "archive") as archive:
        scores = score_questions(collection, ask(archive, names, collection.questions))
        plain_scores = score_questions(collection, ask(archive, names, collection.questions, expand=False))
    for half in (0, 1):
        questions = [question for question in collection.questions if half_of(question) == half]
        mean, without = (
            sum(run[question]["mrr@10"] for question in questions) / len(questions) for run in (scores, plain_scores)
        )
        assert mean >= max(0.95, without)
        assert all(scores[question]["recall@10"] == 1 for question in questions)


def test_chance_explains_small_differences_and_not_large_ones() -> None:
    rng = np.random.default_rng(1)
    others = rng.random(200)
    assert randomisation_p(others, others) == 1
    assert randomisation_p(others + rng.normal(0, 0.2, 200), others) > 0.05
    assert randomisation_p(others + rng.normal(0.1, 0.2, 200), others) < 0.01


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_questions_to_paragraphs_are_answered_at_the_top(data: Path, tmp_path: Path) -> None:
    """CollocateMeasure a part of a collection, small enough to run every time, against floors of its own."""
    collection = read_collection(data / "relevance" / "xquad-es")
    names = build_archive(data / "relevance" / "xquad-es", tmp_path)
    sample = dict(list(collection.questions.items())[::12])
    with open_archive(tmp_path) as archive:
        run = ask(archive, names, sample)
    measured = judge(replace(collection, questions=sample), run)
    assert measured["ndcg@10"] >= 0.95
    assert measured["recall@100"] >= 0.98
