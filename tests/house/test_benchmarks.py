"""Benchmarks measure what they say, and their page shows it."""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from benchmarks import run
from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.pdf_corpus import write_reports, write_statements
from benchmarks.corpora.questions import CLASSES, FIXED_MATCHES, Question, draw_questions
from benchmarks.corpora.text_rows import (
    MARKER_DOCUMENTS,
    MARKERS,
    TextRow,
    generate_rows,
    read_portions,
    read_rows,
    write_rows,
)
from benchmarks.engines import ENGINES, OURS, create_engine
from benchmarks.engines.contract import TOP_HITS, Answer, BenchmarkEngine
from benchmarks.engines.muniment import to_request
from benchmarks.figures_page.figures import exponent, targets
from benchmarks.figures_page.performance_page import write_page
from benchmarks.figures_page.results import CorpusResults, Results, empty_results, load_results, save_results
from benchmarks.measures import first_question, latency, pdf_pipelines
from benchmarks.measures.first_question import FirstQuestionTime
from benchmarks.measures.indexing import IndexingCost
from benchmarks.measures.latency import QuestionTimes, measure, percentile
from benchmarks.measures.pdf_pipelines import PipelineRun
from benchmarks.measures.rebuild import RebuildTime
from indexer.index.manifest import index_path
from search.archive import open_archive
from search.request import Request

INSTALLED = [name for name in ENGINES if name != "tantivy" or importlib.util.find_spec("tantivy")]


@pytest.fixture(scope="module")
def rows() -> list[TextRow]:
    return list(generate_rows(250))


@pytest.fixture(scope="module")
def indexed(rows: list[TextRow], tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("bench")
    for name in INSTALLED:
        (base / name).mkdir()
        engine = create_engine(name, base / name)
        engine.add(rows[:100])
        engine.add(rows[100:])
        engine.finish()
    return base


def test_generated_documents_are_reproducible_and_contain_each_marker(rows: list[TextRow]) -> None:
    assert rows[:20] == [row for row, _ in zip(generate_rows(250), range(20), strict=False)]
    for marker in MARKERS:
        assert sum(marker in row.text.lower().replace(".", "").split() for row in rows) == MARKER_DOCUMENTS


def test_a_corpus_is_read_as_it_was_written_whole_and_in_portions(
    rows: list[TextRow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.corpora.text_rows.PORTION_BYTES", 50_000)
    corpus = tmp_path / "corpus.jsonl"
    write_rows(iter(rows), corpus)
    assert list(read_rows(corpus)) == rows
    held = list(read_portions(corpus))
    assert len(held) > 1
    assert [row for _, found in held for row in found] == rows
    assert sum(size for size, _ in held) == sum(len(row.text) for row in rows)


def test_questions_of_every_class_are_drawn_and_the_same_every_time(rows: list[TextRow]) -> None:
    questions = draw_questions(rows, 4)
    assert list(dict.fromkeys(question.kind for question in questions)) == [*CLASSES, FIXED_MATCHES]
    assert questions == draw_questions(rows, 4)
    assert questions != draw_questions(rows, 4, seed=2)


@pytest.mark.parametrize("name", INSTALLED)
def test_every_engine_counts_every_match_once_in_each_facet(name: str, rows: list[TextRow], indexed: Path) -> None:
    engine = create_engine(name, indexed / name)
    engine.open()
    for question in draw_questions(rows, 2):
        answer = engine.ask(question)
        assert len(answer.ids) == min(TOP_HITS, answer.total)
        if not (question.category or question.years):  # ours counts a facet as if nothing were chosen in it
            assert sum(answer.categories.values()) == sum(answer.years.values()) == answer.total
        if question.kind in {"everything", FIXED_MATCHES}:
            assert answer.total == (MARKER_DOCUMENTS if question.words else len(rows))
    engine.close()


def test_stock_whoosh_finds_the_same_totals_as_muniment(rows: list[TextRow], indexed: Path) -> None:
    asked = measure(indexed, [OURS, "whoosh3"], draw_questions(rows, 2), rounds=1)
    assert {row.engine for row in asked} == {OURS, "whoosh3"}
    assert all(0 < row.p50 <= row.p95 for row in asked)
    found = {row.engine: [matches for matches, _ in row.questions] for row in asked if row.kind == FIXED_MATCHES}
    assert found[OURS] == found["whoosh3"] == [MARKER_DOCUMENTS] * len(MARKERS)
    assert all(0 < milliseconds <= row.p95 for row in asked for _, milliseconds in row.questions)


def test_no_engine_always_follows_the_same_one(
    rows: list[TextRow], indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[type] = []
    timed = latency._timed

    def recorded(engine: BenchmarkEngine, question: Question) -> tuple[float, Answer]:
        turns.append(type(engine))
        return timed(engine, question)

    monkeypatch.setattr(latency, "_timed", recorded)
    measure(indexed, INSTALLED, draw_questions(rows, 3)[:3], rounds=3)
    before = {kind: {a for a, b in pairwise(turns) if b is kind and a is not kind} for kind in turns}
    assert all(len(found) == len(INSTALLED) - 1 for found in before.values())


def test_an_archive_made_of_rows_is_searched_like_any_other(rows: list[TextRow], tmp_path: Path) -> None:
    fill_catalogue(tmp_path / "archive", rows[:60])
    fill_index(tmp_path / "archive")
    row = rows[7]
    with open_archive(tmp_path / "archive") as archive:
        page = archive.search(to_request(draw_questions(rows[:60], 1)[-1], passages=1))
        assert page.total
        assert page.hits[0].passages
        everything = archive.search(to_request(next(one for one in draw_questions(rows, 1) if not one.words)))
    assert everything.total == 60
    assert row.category in {one.value for one in everything.facets["category"]}


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


def test_first_questions_are_asked_in_a_new_process_per_engine(
    rows: list[TextRow], indexed: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    write_rows(iter(rows), corpus)
    options = argparse.Namespace(work=tmp_path, skip_writing=False, write=None)
    archive = run._archive(corpus, options)
    asked = [question for question in draw_questions(rows, 1) if question.kind in {"phrase", "everything"}]
    started = first_question.measure(archive, indexed, INSTALLED, asked)
    assert [(row.engine, row.kind) for row in started] == [
        (name, kind) for kind in ("phrase", "everything") for name in INSTALLED
    ]
    assert all(row.wall > 10 for row in started)


def test_skip_writing_reuses_an_archive_whose_index_is_finished(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    write_rows(generate_rows(3), corpus)
    options = argparse.Namespace(work=tmp_path, skip_writing=True, write=["fts5"])
    archive = run._archive(corpus, options)
    mark = archive / "mark"
    mark.touch()
    assert run._archive(corpus, options) == archive
    assert mark.exists()
    for changed in ({"skip_writing": False}, {"write": [OURS]}):
        run._archive(corpus, argparse.Namespace(**(vars(options) | changed)))
        assert not mark.exists()
        mark.touch()
    shutil.rmtree(index_path(archive))
    run._archive(corpus, options)
    assert not mark.exists()


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


def test_every_installed_pipeline_is_measured_at_each_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CORPUS_SIZES", (7,))
    monkeypatch.chdir(tmp_path)
    results = empty_results()
    run._pdf_growth(results, argparse.Namespace(work=Path(), full=False))
    (measured,) = results.statements.values()
    assert {(row.files, row.pages) for row in measured} == {(7, 7)}
    pipelines = [row.pipeline.partition(",")[0] for row in measured]
    peers = ["PDFium into FTS5"]
    peers += ["pdftotext into FTS5"] if shutil.which("pdftotext") else []
    peers += ["recollindex"] if shutil.which("recollindex") else []
    assert pipelines == ["muniment index", "muniment index", "muniment", *peers]
    with open_archive(tmp_path / "endtoend" / "archive") as archive:
        assert archive.search(Request("")).total == 7
    assert load_results(tmp_path / run.RESULTS_FILE) == results


def test_pdftotext_is_left_out_above_a_number_of_files(
    rows: list[TextRow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def some_results() -> Results:
    made = empty_results()
    for size in (1000, 10_000):
        written = tuple(IndexingCost(name, size, 5.0, size / 1000, 1.0, 100.0) for name in ENGINES)
        asked = tuple(
            QuestionTimes(name, kind, 0.4, 0.6, 900, ((100, 0.4), (900, 0.4 + place), (5000, 0.4 + 3 * place)))
            for place, name in enumerate(ENGINES)
            for kind in (*CLASSES, FIXED_MATCHES)
        )
        started = tuple(
            FirstQuestionTime(name, kind, 200.0 + 10 * place + size / 100)
            for name in ENGINES
            for place, kind in enumerate((*CLASSES, FIXED_MATCHES))
        )
        made.generated[size] = CorpusResults(f"{size} documents", size, written, asked, started)
    rebuilt = (RebuildTime(1, 10.0, 5.0, 300.0), RebuildTime(2, 8.0, 5.0, 200.0))
    made.given = CorpusResults("the corpus given", 10_000, written, asked, started, rebuilt)
    made.indexed = (PipelineRun("muniment index, 2 processes", 600, 7200, 10.0, 15.0),)
    for size in (1000, 10_000, 100_000):
        made.statements[size] = (
            PipelineRun("muniment index, 2 processes", size, size, size / 100, size / 60),
            PipelineRun("muniment index, nothing changed", size, size, size**0.5 / 100, 0.3),
            *([PipelineRun("pdftotext into FTS5, 1 process", size, size, size / 50, 0.3)] if size < 20_000 else ()),
        )
    return made


def test_results_are_saved_and_loaded(tmp_path: Path) -> None:
    made = some_results()
    save_results(made, tmp_path / "results.json")
    assert load_results(tmp_path / "results.json") == made
    assert load_results(tmp_path / "none.json") == empty_results()


def test_results_of_an_earlier_version_load_with_gaps(tmp_path: Path) -> None:
    save_results(some_results(), tmp_path / "results.json")
    kept = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    for row in kept["given"]["asked"]:
        del row["questions"]
    del kept["given"]["rebuilt"], kept["indexed"], kept["statements"]
    for corpus in kept["generated"].values():
        corpus["started"] = []
    (tmp_path / "results.json").write_text(json.dumps(kept), encoding="utf-8")
    loaded = load_results(tmp_path / "results.json")
    assert loaded.given
    assert not any(row.questions for row in loaded.given.asked)
    assert not loaded.given.rebuilt
    assert not loaded.indexed
    assert loaded.statements == {}
    write_page(loaded, tmp_path)
    assert (
        "for each question with more than 500"
        not in (tmp_path / "performance.md").read_text().partition("\n## Growth")[0]
    )


def test_the_page_compares_each_question_with_many_matches_by_itself(tmp_path: Path) -> None:
    write_page(some_results(), tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| class | questions | whoosh3, mean | whoosh3, worst | fts5, mean | fts5, worst |" in page
    assert "| phrase | 2 | 5.5 | 3.5 | 9.8 | 6.0 |" in page  # of 1.4 / 0.4 and 3.4 / 0.4; of 2.4 / 0.4 and 6.4 / 0.4
    assert f"| all | {2 * len(CLASSES)} | 5.5 | 3.5 | 9.8 | 6.0 |" in page


def test_the_page_shows_first_questions_by_size_and_their_growth(tmp_path: Path) -> None:
    write_page(some_results(), tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    growth, *sizes = page.partition("\n## Growth")[2].split("generated documents, ")
    assert "| muniment | 255 | 345 | 0.13 |" in growth.partition("first question")[2]  # log10 of 345 / 255
    assert ["### The first question of a fresh process" in size for size in sizes] == [True, True]
    assert "| fixed matches | 310 | 310 | 310 | 310 |" in sizes[0]


def test_the_page_shows_pdfs_by_number_and_judges_their_growth(tmp_path: Path) -> None:
    write_page(some_results(), tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| pipeline | 1,000 | 10,000 | 100,000 | exponent of seconds | exponent of processor seconds |" in page
    assert "| muniment index, 2 processes | 10.00 / 100 | 100.00 / 100 | 1000.00 / 100 | 1.00 | 1.00 |" in page
    assert "| muniment index, nothing changed | 0.32 / 3,162 | 1.00 / 10,000 | 3.16 / 31,623 | 0.50 | 0.00 |" in page
    assert "| pdftotext into FTS5, 1 process | 20.00 / 50 | 200.00 / 50 |  | 1.00 | 0.00 |" in page
    assert "| PDF to searchable grows with documents ^ | <= 1.1 | 1.00 | met |" in page


def test_the_page_judges_every_target_and_has_a_plot(tmp_path: Path) -> None:
    made = some_results()
    write_page(made, tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    for target in targets(made):
        assert f"| {target.what} | {target.wanted} | {target.measured} |" in page
    assert "| times faster with two workers | >= 1.7 | 1.25 | **missed** |" in page
    plot = etree.parse(tmp_path / "performance.svg").getroot()
    assert plot.tag.endswith("svg")
    assert len(plot.findall("{*}rect")) >= len(ENGINES) * len(CLASSES)
