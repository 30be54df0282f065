"""Queries that other search programs misread have their right result, and hostile ones end soon."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.text_rows import generate_rows
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.text import analysis
from search import Archive, Request, Sort, open_archive

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

DOCUMENTS = {
    "first": ("2020-01-01", "A report on torture, a and b."),
    "middle": ("2021-06-15", "Another report, a alone."),
    "last": ("2022-12-31", "The last word."),
    "undated": ("", "No day is known of this report."),
}
MAX_SECONDS = 0.25


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("misleading")
    for name, (date, text) in DOCUMENTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        if date:
            (folder / f"{name}.txt.toml").write_text(f'date = "{date}"\ntitle = "In {date[:4]}"\n', encoding="utf-8")
    list(index(folder, (), Options(jobs=1)))
    with open_archive(folder) as opened:
        yield opened


def file_names(archive: Archive, query: str, sort: Sort = Sort.RELEVANCE) -> list[str]:
    return [Path(hit.path).stem for hit in archive.search(Request(query, sort=sort)).hits]


@pytest.mark.parametrize(
    ("query", "matching_files"),
    [
        ("date:[2021-06-16 TO 2022-01-01]", ""),
        ("date:{2020-01-01 TO 2022-12-31}", "middle"),
        ("date:2021-06-16..2022-01-01", ""),
        ("report -torture", "middle undated"),
        ("-report", "last"),
        ("date:>2020-06-01", "middle last"),
        ("date:>=2020-06", "middle last"),
        ("NOT NOT report", "first middle undated"),
        ("title:202*", "first middle last"),
        ("(a AND b) OR last", "first last"),
        ("date:none", "undated"),
    ],
)
def test_a_query_means_what_it_says(archive: Archive, query: str, matching_files: str) -> None:
    assert set(file_names(archive, query)) == set(matching_files.split())


@pytest.mark.parametrize(
    "query", ["date:notadate", "(a OR", "title:202[0-1]* colour:1*", "(" * 1200 + "a" + ")" * 1200]
)
def test_a_query_that_cannot_be_meant_is_answered_with_a_diagnostic(archive: Archive, query: str) -> None:
    page = archive.search(Request(query))
    assert page.diagnostics
    assert page.total or page.advice or page.understood


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_undated_documents_come_last_in_both_date_orders(archive: Archive, sort: Sort) -> None:
    assert file_names(archive, "*", sort)[-1] == "undated"


SIGNS = [
    "torture", "report", "*", "a*", "*a*", "??", "~2", '"', "(", ")", "-", "+", "=", "^9", "OR", "AND", "NOT",
    "..", "date:", "date:2019..", "category:", "title:", "id:", "has:", "is:", "in:title", "~5", '"a~9', "wom?n",
    "\\", "=report", "e*", "rep~2", "date.within:2019", "language:fr,en", "[", "]", "{", "TO", "’", "“", "人権",
    "\u202e",
]  # fmt: skip
SCRAPS = st.one_of(st.text(max_size=30), st.sampled_from(SIGNS))
HOSTILE = st.lists(SCRAPS, max_size=12).map(" ".join)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_no_typed_text_is_an_error(archive: Archive, query: str) -> None:
    page = archive.search(Request(query))
    assert 0 <= len(page.hits) <= page.total <= len(DOCUMENTS)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("large") / "archive"
    fill_catalogue(folder, generate_rows(10_000))
    fill_index(folder)
    with open_archive(folder) as opened:
        yield opened


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(HOSTILE)
def test_ten_thousand_hostile_queries_on_ten_thousand_documents_end_soon(large: Archive, query: str) -> None:
    # Hypothesis explains nothing here, as that traces every line. The first read of all posting lists may take longer.
    assert min(seconds(large, query), seconds(large, query)) <= MAX_SECONDS


def seconds(archive: Archive, query: str) -> float:
    """Return the processor time of an answer."""
    started = time.process_time()
    archive.search(Request(query))
    return time.process_time() - started


ARTICLE_ONE = re.compile(r"\D{0,40}\b1\b\D{0,5}")


def article_one(text: str) -> str:
    """Return the first words of the line below the heading with a 1 in it, or ``""``."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    below = (after for line, after in pairwise(lines) if ARTICLE_ONE.fullmatch(line))
    article = next((line for line in below if len(line) > 40), "")
    tokens = list(analysis.tokens(article))[:12]
    return article[tokens[0].start : tokens[-1].end] if len(tokens) == 12 else ""


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_each_language_finds_its_own_declaration_by_its_first_article(data: Path, tmp_path: Path, every: int) -> None:
    files = sorted((data / "languages" / "udhr").glob("*.txt"))[::every]
    summary = None
    for event in index(tmp_path, files):
        summary = getattr(event, "summary", summary)
    assert summary
    empty = sum(not path.stat().st_size for path in files)
    assert (summary.failed, summary.without_text, summary.files) == (empty, 0, len(files))
    phrases = {path.stem: phrase for path in files if (phrase := article_one(path.read_text(encoding="utf-8")))}
    assert len(phrases) > len(files) / 2
    with open_archive(tmp_path) as opened:
        for name, phrase in phrases.items():
            first = file_names(opened, '"{}"'.format(phrase.replace("\\", "").replace('"', " ")))[:3]
            assert name in first, (name, phrase, first)  # texts of one language in two spellings share their words
            assert first[0][:3] == name[:3] or first[0] == name or name in first[:2], (name, first)
