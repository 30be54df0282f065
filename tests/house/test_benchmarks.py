"""Benchmarks measure what they say, and their page shows it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from benchmarks import compare_answers, run
from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.document_folders import archive_rows, index_folders
from benchmarks.corpora.pdf_corpus import write_reports, write_statements
from benchmarks.corpora.questions import CLASSES, FIXED_MATCHES, Question, Session, draw_questions, draw_sessions
from benchmarks.corpora.text_rows import (
    MARKER_DOCUMENTS,
    MARKERS,
    TextRow,
    generate_rows,
    read_portions,
    read_rows,
    sample_rows,
    write_rows,
)
from benchmarks.corpora.typed_queries import draw_typed_queries
from benchmarks.engines import ARRAYS, ENGINES, OURS, PEERS, create_engine
from benchmarks.engines.contract import TOP_HITS
from benchmarks.engines.engine_process import EngineProcess, TimedAnswer, installed_engines, interpreter
from benchmarks.engines.muniment import to_request
from benchmarks.figures_page.figures import exponent, targets
from benchmarks.figures_page.performance_page import write_page
from benchmarks.figures_page.results import ROW_TYPES, Results, empty_results, load_results, save_results
from benchmarks.figures_page.tools_section import kept_tools_section, renew_tools_section, tools_section
from benchmarks.figures_page.web_section import renew_web_section
from benchmarks.measures import answering, pdf_pipelines
from benchmarks.measures.answering import ALL_CLASSES, AnswerTime, percentile
from benchmarks.measures.growth import ArchiveSize
from benchmarks.measures.memory import MemoryUse
from benchmarks.measures.pdf_pipelines import TEXT_ALONE, PipelineRun
from benchmarks.measures.process_start import ProcessStart
from benchmarks.measures.rebuild import RebuildCost
from benchmarks.measures.slowest_queries import TypedQueryTimes
from benchmarks.measures.writing import WritingCost
from benchmarks.scale import QUICK
from benchmarks.served.page_times import ServedFigure, ServedPage, draw_addresses, slow_question
from benchmarks.workspace import Workspace
from search.archive import open_archive
from search.request import Request
from tests.support import ROOT

INSTALLED = installed_engines()


@pytest.fixture(scope="module")
def rows() -> list[TextRow]:
    return list(generate_rows(250))


@pytest.fixture(scope="module")
def questions(rows: list[TextRow]) -> list[Question]:
    """Two questions of each class."""
    return draw_questions(rows, 2)


@pytest.fixture(scope="module")
def corpus(rows: list[TextRow], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    write_rows(iter(rows), path)
    return path


@pytest.fixture(scope="module")
def workspace(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("bench"), corpus, INSTALLED, QUICK)


@pytest.fixture(scope="module")
def indexes(workspace: Workspace, corpus: Path) -> dict[str, Path]:
    workspace.costs(corpus, [ARRAYS])
    return workspace.indexes(corpus) | {ARRAYS: workspace.index_folder(corpus.stem, ARRAYS)}


def test_generated_documents_are_reproducible_and_contain_each_marker(rows: list[TextRow]) -> None:
    assert rows[:20] == [row for row, _ in zip(generate_rows(250), range(20), strict=False)]
    for marker in MARKERS:
        assert sum(marker in row.text.lower().replace(".", "").split() for row in rows) == MARKER_DOCUMENTS


def test_a_corpus_is_read_as_it_was_written_whole_and_in_portions(
    rows: list[TextRow], corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.corpora.text_rows.PORTION_BYTES", 50_000)
    assert list(read_rows(corpus)) == rows
    portions = list(read_portions(corpus))
    assert len(portions) > 1
    assert [row for _, portion in portions for row in portion] == rows
    assert sum(size for size, _ in portions) == sum(len(row.text) for row in rows)
    assert sample_rows(corpus, 50) == rows[::5]
    assert sample_rows(corpus, 1000) == rows


def test_questions_of_every_class_are_drawn_and_the_same_every_time(rows: list[TextRow]) -> None:
    questions = draw_questions(rows, 4)
    assert list(dict.fromkeys(question.kind for question in questions)) == [*CLASSES, FIXED_MATCHES]
    assert questions == draw_questions(rows, 4)
    assert questions != draw_questions(rows, 4, seed=2)


def test_no_question_shares_a_word_with_another_of_its_session(rows: list[TextRow]) -> None:
    sessions = draw_sessions(rows, 5)
    assert {question for session in sessions for question in session.questions} >= set(draw_questions(rows, 1)[:1])
    for session in sessions:
        assert session.warm_up
        assert sum(not question.words for question in session.questions) == 1
        for number, question in enumerate(session.questions):
            others = (*session.warm_up, *session.questions[:number], *session.questions[number + 1 :])
            words = [word for other in others for word in other.words]
            assert not [(a, b) for a in question.words for b in words if a.startswith(b) or b.startswith(a)]


def test_typed_queries_differ_and_use_every_operator(rows: list[TextRow]) -> None:
    queries = [query.words[0] for query in draw_typed_queries(rows, 200)]
    assert len(set(queries)) == 200
    assert queries == [query.words[0] for query in draw_typed_queries(rows, 200)]
    for sign in ('"', "*", "~", "NEAR/", "title:", "date:", " OR ", "NOT "):
        assert any(sign in query for query in queries), sign


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_counts_every_match_once_in_each_facet(
    name: str, rows: list[TextRow], questions: list[Question], indexes: dict[str, Path]
) -> None:
    if name not in INSTALLED:
        pytest.skip(f"needs {name}")
    with EngineProcess(name, indexes[name]) as process:
        assert process.call("open")["cpu"] > 0
        for question in questions:
            answer = process.ask(question)
            assert answer.cpu > 0 < answer.wall
            assert len(answer.ids) == min(TOP_HITS, answer.total)
            if question.kind in {"everything", FIXED_MATCHES}:
                assert answer.total == (MARKER_DOCUMENTS if question.words else len(rows))
        assert process.call("memory")["resident"] >= 0


@pytest.mark.parametrize("name", [name for name in INSTALLED if name != "xapian"])
def test_every_engine_shows_titles_and_counts_facets(
    name: str, rows: list[TextRow], questions: list[Question], indexes: dict[str, Path]
) -> None:
    engine = create_engine(name, indexes[name])
    engine.open()
    titles = {row.title for row in rows}
    for question in questions:
        answer = engine.ask(question)
        if name != ARRAYS:
            assert {hit.title for hit in answer.hits} <= titles
            assert all(hit.date and hit.category for hit in answer.hits)
        if not (question.category or question.years):  # ours counts a facet as if nothing were chosen in it
            assert sum(answer.categories.values()) == sum(answer.years.values()) == answer.total
    engine.close()


def test_a_package_that_no_python_has_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.engines.engine_process._PACKAGES", {"fts5": "no_such_package"})
    interpreter.cache_clear()
    assert interpreter("fts5") == ""
    assert "fts5" not in installed_engines()
    interpreter.cache_clear()


def test_an_engine_that_fails_is_an_error_not_a_figure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with EngineProcess(OURS, tmp_path / "none") as process, pytest.raises(ChildProcessError):
        process.call("open")
    assert "Error" in capfd.readouterr().err


def test_stock_whoosh_finds_the_same_totals_as_muniment(rows: list[TextRow], indexes: dict[str, Path]) -> None:
    sessions = draw_sessions(rows, 2)[:1]
    asked = answering.measure({name: indexes[name] for name in (OURS, "whoosh3")}, sessions, repeats=1)
    assert {row.engine for row in asked} == {OURS, "whoosh3"}
    assert all(0 < row.first <= row.first_p95 for row in asked)
    assert all(row.same_totals == row.questions for row in asked)


class _FakeProcess:
    """An engine process that answers without an engine, and records its turns."""

    turns: list[str] = []  # noqa: RUF012 (shared by all)

    def __init__(self, name: str, _folder: Path, _snippets: int) -> None:
        self._name = name
        self._asked: list[Question] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def call(self, _command: str) -> None:
        return

    def ask(self, question: Question) -> TimedAnswer:
        self.turns.append(self._name)
        self._asked.append(question)
        milliseconds = 5.0 if self._asked.count(question) == 1 else 2.0
        return TimedAnswer(milliseconds, 2 * milliseconds, 7, ())


def test_each_question_is_first_asked_once_and_then_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "EngineProcess", _FakeProcess)
    _FakeProcess.turns.clear()
    questions = tuple(Question("common word", (f"word{number}",)) for number in range(12))
    names = ["a", "b", "c"]
    asked = answering.measure({name: Path() for name in names}, [Session(questions[:2], questions[2:])], repeats=2)
    assert {(row.first, row.first_wall, row.again, row.again_wall, row.questions) for row in asked} == {
        (5, 10, 2, 4, 10)
    }
    before = {name: {first for first, second in pairwise(_FakeProcess.turns) if second == name} for name in names}
    assert all(len(others | {name}) == len(names) for name, others in before.items())
    assert len(_FakeProcess.turns) == 2 * 3 * (2 + 10 + 10)


def test_an_archive_made_of_rows_is_searched_like_any_other(rows: list[TextRow], tmp_path: Path) -> None:
    fill_catalogue(tmp_path / "archive", rows[:30])
    fill_catalogue(tmp_path / "archive", rows[30:60])
    fill_index(tmp_path / "archive")
    row = rows[7]
    with open_archive(tmp_path / "archive") as archive:
        page = archive.search(to_request(draw_questions(rows[:60], 1)[-1], passages=1))
        assert page.total
        assert page.hits[0].passages
        everything = archive.search(to_request(Question("everything")))
    assert everything.total == 60
    assert row.category in {count.value for count in everything.facets["category"]}


def test_folders_are_indexed_and_their_documents_are_rows(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "2001-05-03 letter.txt").write_text("A letter about the harbour.\n" * 30, encoding="utf-8")
    index_folders(tmp_path / "archive", [tmp_path / "letters"])
    (row,) = archive_rows(tmp_path / "archive")
    assert row.year == 2001
    assert "harbour" in row.text


@pytest.mark.skipif(not shutil.which("recollq"), reason="needs Recoll")
def test_recoll_starts_without_an_earlier_index_in_folders_with_spaces(rows: list[TextRow], tmp_path: Path) -> None:
    write_reports(tmp_path / "some PDFs", rows, 2)
    left = tmp_path / "recoll" / "xapiandb" / "left.glass"
    left.parent.mkdir(parents=True)
    left.touch()
    configuration = pdf_pipelines._fresh_recoll(tmp_path / "recoll", tmp_path / "some PDFs")
    assert not left.exists()
    subprocess.run(["recollindex", "-c", str(configuration)], check=True, capture_output=True)
    asked = ["recollq", "-c", str(configuration), "mime:application/pdf"]
    assert "\n2 results\n" in subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def test_indexes_of_muniment_are_made_anew_unless_they_are_kept(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    write_rows(generate_rows(3), corpus)
    archive = Workspace(tmp_path, corpus, [OURS], QUICK).archive(corpus)
    mark = archive / ".muniment" / "index" / "mark"
    mark.touch()
    assert Workspace(tmp_path, corpus, [OURS], QUICK, keeps_indexes=True).archive(corpus) == archive
    assert mark.exists()
    fresh = Workspace(tmp_path, corpus, [OURS], QUICK)
    fresh.archive(corpus)
    assert not mark.exists()
    mark.touch()
    fresh.archive(corpus)
    assert mark.exists()


def test_an_index_of_a_peer_is_made_once_and_its_cost_kept(corpus: Path, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, corpus, ["fts5"], QUICK)
    (cost,) = workspace.costs(corpus, ["fts5"])
    assert cost.documents == 250
    assert cost.cpu > 0 < cost.index_mb
    assert workspace.costs(corpus, ["fts5"]) == [cost]
    assert workspace.costs(corpus, ["fts5"], anew=["fts5"]) != [cost]


def test_a_statement_is_a_titled_page_in_the_folder_of_its_year(rows: list[TextRow], tmp_path: Path) -> None:
    write_statements(tmp_path / "pdfs", rows[:20])
    assert {path.name for path in tmp_path.iterdir()} == {"pdfs"}
    for row in rows[:20]:
        document = PdfDocument(tmp_path / "pdfs" / str(row.year) / f"statement {row.id}.pdf")
        assert document.get_metadata_value("Title") == row.title
        (page,) = document
        words = page.get_textpage().get_text_bounded().split()
        assert words == f"{row.title} {row.text}".split()[: len(words)]
        assert len(words) >= min(400, len(row.text.split()))
        document.close()


@pytest.mark.slow
def test_every_installed_pipeline_is_measured(rows: list[TextRow], tmp_path: Path) -> None:
    write_statements(tmp_path / "pdfs", rows[:7])
    runs = pdf_pipelines.measure(tmp_path / "pdfs", tmp_path / "endtoend", 1)
    assert {(row.files, row.pages) for row in runs} == {(7, 7)}
    pipelines = [row.pipeline.partition(",")[0] for row in runs]
    peers = ["PDFium's text alone", "PDFium into FTS5"]
    peers += ["pdftotext into FTS5"] if shutil.which("pdftotext") else []
    peers += ["recollindex"] if shutil.which("recollindex") else []
    assert pipelines == ["muniment index", "muniment index", "muniment", *peers]
    with open_archive(tmp_path / "endtoend" / "archive") as archive:
        assert archive.search(Request("")).total == 7
    (alone,) = pdf_pipelines.measure(tmp_path / "pdfs", tmp_path / "endtoend", 1, [TEXT_ALONE])
    assert alone.pipeline == TEXT_ALONE


def test_pdftotext_is_left_out_above_a_number_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pipelines, "MAX_PDFTOTEXT_FILES", 1)
    monkeypatch.setattr(pdf_pipelines, "REST_SECONDS", 0)
    names = [
        name for name, _ in pdf_pipelines._pipelines(tmp_path, [Path("a.pdf"), Path("b.pdf")], tmp_path / "work", 1)
    ]
    assert "PDFium into FTS5, 1 process" in names
    assert "pdftotext into FTS5, 1 process" not in names


def test_the_exponent_of_a_power_is_that_power() -> None:
    rng = random.Random(3)
    for power in (0.0, 0.5, 1.0, 1.7):
        points = [(size, 3 * size**power * rng.uniform(0.999, 1.001)) for size in (1e3, 1e4, 1e5)]
        assert exponent(points) == pytest.approx(power, abs=0.01)


def test_a_percentile_is_a_value_and_bounds_its_share() -> None:
    values = random.Random(4).sample(range(1000), 40)
    assert percentile(values, 0.95) == sorted(values)[37]
    assert percentile([5], 0.95) == 5


def answer_times(engines: dict[str, float], again: float) -> Iterator[AnswerTime]:
    for engine, first in engines.items():
        for kind in (*CLASSES, ALL_CLASSES):
            yield AnswerTime(engine, kind, 20, 900, first, 2 * first, 1.1 * first, again, again, 20)


@pytest.fixture
def results() -> Results:
    results = empty_results()
    speeds = dict.fromkeys(ENGINES, 30.0) | {OURS: 3.0, "tantivy": 2.0, "fts5": 1.5}
    results.rows = {
        "first-asked": list(answer_times(speeds, 1.0)),
        "engine": list(answer_times({ARRAYS: 1.0}, 0.5)),
        "passages": list(answer_times({OURS: 20.0, "tantivy": 1.0}, 10.0)),
        "typed": [TypedQueryTimes(2000, 20.0, 80.0, 150.0, "t*", 1.0, 120.0)],
        "memory": [MemoryUse(40.0, 45.0, 35.0, 3000, 160.0)],
        "processes": [ProcessStart("python", 10.0), ProcessStart("muniment search", 450.0, "python", 45.0, 2.0)],
        "writing": [WritingCost(name, 1000, 50.0, 5.0, 30.0, 300.0) for name in (*PEERS, ARRAYS)],
        "rebuild": [
            RebuildCost(1000, workers, 50.0, wall, 9.0, 30.0, 400.0) for workers, wall in ((1, 10.0), (2, 8.0))
        ],
        "pdfs": [
            PipelineRun("muniment index, 2 processes", 600, 7200, 10.0, 15.0),
            PipelineRun(TEXT_ALONE, 600, 7200, 8.0, 8.0),
        ],
        "page-pdfs": [PipelineRun("muniment index, 2 processes", size, size, 1.0, size / 60) for size in (100, 1000)],
        "growth": [
            ArchiveSize(size, 1.0, size / 100, 1.0, 90.0, size, 100, 1 + size / 1e5, 1.0, 2.0, 4.0, 30.0, 40.0)
            for size in (1000, 10_000, 100_000)
        ],
        "many": [ArchiveSize(400_000, 90.0, 60.0, 80.0, 500.0, 400_000, 100, 2.0, 1.0, 5.0, 9.0, 40.0, 60.0)],
        "web-pages": [ServedPage("results, first asked", 300, 12.0, 150.0, 9.0), ServedPage("other", 9, 1.0, 2.0, 0.0)],
        "web-figures": [ServedFigure("start", 900.0, "ms", 1200.0), ServedFigure("errors", 1, "", 0)],
    }  # fmt: skip
    assert results.rows.keys() == ROW_TYPES.keys()
    return results


def test_results_are_saved_and_loaded(results: Results, tmp_path: Path) -> None:
    save_results(results, tmp_path / "results.json")
    assert load_results(tmp_path / "results.json") == results
    assert load_results(tmp_path / "none.json") == empty_results()


def test_results_of_another_version_load_with_gaps(results: Results, tmp_path: Path) -> None:
    save_results(results, tmp_path / "results.json")
    table = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    for row in table["rows"]["first-asked"]:
        del row["again"]
    table["rows"]["unknown"] = [{"figure": 1}]
    (tmp_path / "results.json").write_text(json.dumps(table), encoding="utf-8")
    loaded = load_results(tmp_path / "results.json")
    assert results.rows.keys() - loaded.rows.keys() == {"first-asked"}
    write_page(loaded, tmp_path)
    assert "as a user meets it" not in (tmp_path / "performance.md").read_text(encoding="utf-8")


def test_the_page_begins_with_what_a_user_meets(results: Results, tmp_path: Path) -> None:
    write_page(results, tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    titles = [line for line in page.splitlines() if line.startswith("## ")]
    assert titles[:3] == ["## Targets", "## A question, as a user meets it", "## With passages"]
    assert "| or of 3 (900) | 3.00 | 1.50 | 2.00 | 1.00 | 3.00 | 2.00 | 1.50 | 30.00 | 30.00 | 30.00 |" in page
    assert "| geometric mean |  | 1.50 | 2.00 |  | 3.00 |" in page
    assert "The slowest was `t*`." in page


def test_the_page_judges_every_target_and_has_a_plot(results: Results, tmp_path: Path) -> None:
    write_page(results, tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    for target in targets(results):
        assert f"| {target.name} | {target.bound} | {target.measured} |" in page
    for line in (
        "| first asked, times tantivy, geometric mean | ≤ 3 | 1.5 | met |",
        "| first asked, times FTS5, worst class (common word) | ≤ 1 | 2 | **missed** |",
        "| first asked, times asked again, geometric mean | ≤ 1.5 | 3 | **missed** |",
        "| with passages, p50, times tantivy with snippets | ≤ 10 | 20 | **missed** |",
        "| slowest of 2,000 random queries with passages, times tantivy's OR of 5 | ≤ 100 | 150 | **missed** |",
        "| `muniment search` in a fresh process, times python | ≤ 2 | 45 | **missed** |",
        "| times faster with two workers, wall time | ≥ 1.7 | 1.25 | **missed** |",
        "times PDFium's text alone | ≥ 0.6 | 0.533 | **missed** |",
        "| indexing, growth of processor time: exponent | ≤ 1.1 | 1 | met |",
        "| documents found of 400,000 short ones | ≥ 1 | 1 | met |",
    ):
        assert line in page
    plot = etree.parse(tmp_path / "performance.svg").getroot()
    assert plot.tag.endswith("svg")
    assert len(plot.findall("{*}rect")) >= len(PEERS) * len(CLASSES)


@pytest.mark.slow
def test_a_quick_run_measures_every_part_but_pdfs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [part for part in run.PARTS if part != "pdfs"]
    peer = next(name for name in ("tantivy", "fts5") if name in INSTALLED)
    run.main(
        ["--quick", "--work", str(tmp_path), "--page", str(tmp_path), "--engines", OURS, ARRAYS, peer, "--only", *parts]
    )
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| first asked, times" in page
    assert "## Targets" in capsys.readouterr().out
    saved = load_results(tmp_path / run.RESULTS_FILE)
    assert saved.rows.keys() == ROW_TYPES.keys() - {"pdfs", "page-pdfs", "web-pages", "web-figures"}


def test_answers_of_two_checkouts_are_compared_with_every_difference_shown(
    papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["compare_answers", str(ROOT), str(ROOT), str(papers), "--each", "1"])
    assert compare_answers.main() == 0
    assert capsys.readouterr().out.endswith("; 0 differ\n")
    hit = {"id": "a", "score": 1.0}
    old, new = {"total": 1, "hits": [hit]}, {"total": 2, "hits": [{**hit, "score": 1.1}]}
    assert list(compare_answers.differences(old, new)) == ["total: 1 != 2", "score of a: 1.0 != 1.1"]
    assert list(compare_answers.differences(old, {"total": 1, "hits": []})) == ["hits: ['a'] != []"]


def test_the_compared_questions_are_many_and_always_the_same() -> None:
    texts = [[f"{first}{last}" for first in "abcdefghij" for last in ("and", "ent", "ing")] for _ in range(4)]
    drawn = compare_answers.draw_queries(texts, ["2019"], ["report"], 30)
    assert len(drawn) > 461
    assert drawn == compare_answers.draw_queries(texts, ["2019"], ["report"], 30)


def test_the_section_on_the_browser_is_renewed_in_its_place(results: Results, tmp_path: Path) -> None:
    write_page(results, tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| results, first asked | 300 | 12.0 | 150.0 | 9.0 | p50 ≤ 30, p95 ≤ 100 | **missed** |" in page
    assert "| errors | 1 | ≤ 0 | **missed** |" in page
    assert renew_web_section(page, results) == page
    both = {**results.rows}
    results.rows["web-figures"] = [ServedFigure("start", 700.0, "ms", 1200.0)]
    renewed = renew_web_section(page, results)
    assert "| start | 700 ms | ≤ 1,200 ms | met |" in renewed
    assert "errors" not in renewed
    del results.rows["web-pages"], results.rows["web-figures"]
    write_page(results, tmp_path)
    assert (tmp_path / "performance.md").read_text(encoding="utf-8") == page
    results.rows = both
    without = page[: page.index("## In the browser")] + page[page.index("## Random queries") :]
    assert renew_web_section(without, results) == page


def test_questions_to_the_server_are_drawn_and_the_same_every_time(rows: list[TextRow]) -> None:
    addresses = draw_addresses(rows, 40)
    assert len({*addresses}) == 40
    assert addresses == draw_addresses(rows, 40)
    assert any("%22" in address for address in addresses)
    assert slow_question(rows).count("NEAR") > 20


def test_the_section_of_the_tools_is_renewed_and_kept() -> None:
    section = tools_section([["lines", "3 ms", "at most 20 ms", "yes"]], "2026-11-27")
    page = renew_tools_section("# Figures\n\n## The engine alone\n\nFast.\n", section)
    assert page.index("| lines | 3 ms") < page.index("## The engine alone")
    assert renew_tools_section(page, section) == page
    assert kept_tools_section(page, "# New\n\n## The engine alone\n").count("| lines |") == 1
