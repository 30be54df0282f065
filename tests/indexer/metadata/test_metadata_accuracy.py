"""Titles, authors and dates of documents whose metadata was read by eye, and of the small cases of tests/cases."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.metadata_accuracy import (
    ComparisonOutcome,
    MetadataComparison,
    describe,
    own_pages,
    shared_pages,
    shared_reports,
)
from corpus.document import Metadata, Source
from indexer.metadata.person_names import byline_names, is_person_name, split_names
from indexer.metadata.title_rules import is_junk_title
from tests.support import DATA, ROOT

CASES = ROOT / "tests" / "cases"

RIGHT = {ComparisonOutcome.RIGHT, ComparisonOutcome.ABSENT}


def case(name: str) -> Metadata:
    return describe(CASES / name)[1]


def outcomes(comparisons: list[MetadataComparison], field: str) -> Counter[ComparisonOutcome]:
    return Counter(each.outcome for each in comparisons if each.field == field)


def test_metadata_of_own_pages_is_right() -> None:
    wrong = [each for each in own_pages() if each.outcome not in RIGHT]
    assert wrong == []


@pytest.fixture(scope="module", params=["un", "upr"])
def reports(request: pytest.FixtureRequest) -> list[tuple[dict[str, str], Metadata]]:
    table = DATA / "reports" / f"{request.param}.truth.csv"
    if not table.is_file():
        pytest.skip("needs the shared UN reports")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return [(row, describe(table.with_name(request.param) / row["file"])[1]) for row in rows]


def test_titles_of_shared_reports_are_right_or_none() -> None:
    if not (DATA / "reports").is_dir():
        pytest.skip("needs the shared reports")
    titles = outcomes(list(shared_reports(DATA / "reports")), "title")
    assert titles[ComparisonOutcome.RIGHT] >= 79
    assert titles[ComparisonOutcome.WRONG] <= 8


def test_the_printed_date_of_distribution_is_found_under_its_label(
    reports: list[tuple[dict[str, str], Metadata]],
) -> None:
    dated = [(row["printed_distr_date"], metadata.date) for row, metadata in reports if row["printed_distr_date"]]
    assert all(date and (date.value, date.source) == (truth, Source.LABELLED) for truth, date in dated)


def test_no_official_report_has_a_junk_title(reports: list[tuple[dict[str, str], Metadata]]) -> None:
    titles = [metadata.title for _, metadata in reports]
    assert not [title.value for title in titles if title and is_junk_title(title.value)]


def test_a_country_report_has_its_country_in_title_and_field(reports: list[tuple[dict[str, str], Metadata]]) -> None:
    for row, metadata in reports:
        if row.get("country"):
            assert metadata.country
            assert metadata.value("title").startswith("Report of the Working Group on the Universal Periodic Review: ")


def test_authors_of_shared_pages_are_right_or_none() -> None:
    if not (DATA / "formats" / "web").is_dir():
        pytest.skip("needs the shared web pages")
    pages = list(shared_pages(DATA / "formats" / "web"))
    comparisons = [each for page, _ in pages for each in page]
    assert outcomes(comparisons, "title").keys() == {ComparisonOutcome.RIGHT}
    assert outcomes(comparisons, "authors")[ComparisonOutcome.RIGHT] >= 14
    without_author = [each for each in comparisons if each.field == "authors" and not each.truth]
    assert outcomes(without_author, "authors").keys() == {ComparisonOutcome.ABSENT}
    assert outcomes(comparisons, "date")[ComparisonOutcome.RIGHT] >= 7
    assert sum(f1 for _, f1 in pages) / len(pages) >= 0.973


@pytest.mark.parametrize("page", ["byline", "graph", "others"])
def test_a_page_of_the_case_has_its_one_author(page: str) -> None:
    assert case(f"web-authors/{page}.html").text("author") == "Nadia Lindqvist"


def test_entities_in_a_headline_are_decoded() -> None:
    assert case("web-authors/entity.html").value("title") == "The harbour’s keepers – a report"


def test_a_weekday_and_an_hour_belong_to_a_date_line() -> None:
    assert case("date-line-with-weekday-and-hour/record.txt").value("date") == "2025-04-16"


@pytest.mark.parametrize("number", ["07", "22", "24"])
def test_the_symbol_of_the_case_is_no_season(number: str) -> None:
    assert case(f"symbol-as-season/E_2025_{number}.en.txt").value("date") == "2025"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ruadhan Tierney", ["Ruadhan Tierney"]),
        ("Written by Maren Holloway and Idris Fenwick | 3 May 2019", ["Maren Holloway", "Idris Fenwick"]),
        ("By DANA OKORO, Senior Correspondent, Harbour News", ["DANA OKORO"]),
        ("By\nLeontine van der Meer\nMay 3", ["Leontine van der Meer"]),
        ("Par Solène Kervadec et Yann Le Goff", ["Solène Kervadec", "Yann Le Goff"]),
        ("Por Marisol Etxeberria de la Cruz", ["Marisol Etxeberria de la Cruz"]),
        ("Von Hinnerk Petersen-Laue, Hamburg", ["Hinnerk Petersen-Laue"]),
        ("Автор: Лидия Северцева", ["Лидия Северцева"]),
        ("作者：周明远 编辑：李四", ["周明远"]),
        ("بقلم: سلمى الحداد", ["سلمى الحداد"]),
        ("By the harbour board", []),
        ("View all posts by Ruadhan Tierney", []),
        ("By 2019 the lamp was out", []),
    ],
)  # fmt: skip
def test_a_byline_names_persons(line: str, names: list[str]) -> None:
    got = byline_names(line)
    assert got[: len(names)] == names
    assert all(is_person_name(name) for name in got)
    assert len(got) == len(names) or line.startswith("Von")


def test_only_whole_names_are_split() -> None:
    assert split_names("Doe, Jane") == ["Doe, Jane"]
    assert split_names("Jane Doe, Rex Roe and Ann Poe") == ["Jane Doe", "Rex Roe", "Ann Poe"]
    assert split_names("Doe, Jane; Roe, Rex") == ["Doe, Jane", "Roe, Rex"]


@pytest.mark.no_cover  # tracing lines takes some time
def test_a_hostile_page_costs_no_more_than_its_length(tmp_path: Path) -> None:
    page = tmp_path / "hostile.html"
    byline = f"<p class='{'author_' * 50}'>By {'Ann ' * 40}</p>"
    page.write_text(f"<title>{'a - ' * 900}</title>{byline * 3000}<h1>{'x ' * 5000}</h1>", encoding="utf-8")
    assert describe(page)[1].authors == ()
