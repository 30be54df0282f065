"""Titles, authors and dates of documents whose metadata was read by eye, and of the small cases of tests/cases."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.metadata_accuracy import (
    TRUTH,
    ComparisonOutcome,
    MetadataComparison,
    describe,
    own_pages,
    shared_pages,
    shared_reports,
)
from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Source
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.person_names import byline_names, is_person_name, split_names
from indexer.metadata.selection import Context, choose_metadata
from indexer.metadata.title_rules import is_junk_title
from tests.support import DATA, ROOT

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

BODY = "The committee heard the pilots, who said what they had seen in the fog that winter."
CASES = ROOT / "tests" / "cases"

RIGHT = {ComparisonOutcome.RIGHT, ComparisonOutcome.ABSENT}


def case(name: str) -> Metadata:
    return describe(CASES / name)[1]


def outcomes(comparisons: list[MetadataComparison], field: str) -> Counter[ComparisonOutcome]:
    return Counter(each.outcome for each in comparisons if each.field == field)


@pytest.mark.no_cover  # tracing lines doubles its time, and the tests of each rule run the same lines
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


@pytest.mark.no_cover  # tracing lines doubles its time
def test_titles_of_shared_reports_are_right_or_none() -> None:
    if not (DATA / "reports").is_dir():
        pytest.skip("needs the shared reports")
    titles = outcomes(list(shared_reports(DATA / "reports")), "title")
    assert titles[ComparisonOutcome.RIGHT] >= 82
    assert titles[ComparisonOutcome.WRONG] == 0


def test_the_printed_date_of_distribution_is_found_under_its_label(
    reports: list[tuple[dict[str, str], Metadata]],
) -> None:
    dated = [(row["printed_distr_date"], metadata.date) for row, metadata in reports if row["printed_distr_date"]]
    assert all(date and (date.value, date.source) == (truth, Source.LABELLED) for truth, date in dated)


def test_no_official_report_has_a_junk_title(reports: list[tuple[dict[str, str], Metadata]]) -> None:
    garbled = "E_CN.4_149.en.pdf"  # its text was read from an image, with several false letters a line
    titles = [metadata.title for row, metadata in reports if row["file"] != garbled]
    assert all(title and title.source is Source.FIRST_PAGE and not is_junk_title(title.value) for title in titles)


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


@pytest.mark.parametrize("page", sorted((TRUTH / "first-pages").glob("*.txt")), ids=lambda page: page.stem)
def test_an_official_first_page_has_its_title_or_none(page: Path) -> None:
    title, _, text = page.read_text(encoding="utf-8").partition("\n=====\n")
    extraction = Extraction("text", "text/plain", DocumentText((Page(1, text),)))
    chosen = choose_metadata(collect_candidates(extraction, "x/file.txt", Context())).title
    assert chosen
    assert (chosen.value if chosen.source is Source.FIRST_PAGE else "") == title


def test_a_line_after_a_linking_word_is_no_end() -> None:
    title = case("title-cut-at-secretary-general/letter.txt").value("title")
    assert title.endswith("addressed to the Secretary-General and the President of the Security Council")


def test_the_largest_type_of_a_cover_is_its_title() -> None:
    title = case("pdf-cover-title/A_99_36.en.pdf").value("title")
    assert title == (
        "Report of the Special Committee on the Keeping of Harbours and on the Strengthening of the Role of Harbour"
        " Masters"
    )


@pytest.mark.parametrize(
    ("pages", "title"),
    [
        ([[(30, "Lamps of the North"), (12, "Harbour Press")], [(11, BODY)] * 6], "Lamps of the North"),
        ([[(11, "Harbour Press, Port Sereno")], [(20, "The Fog Bell"), (11, BODY), (11, BODY)]], "The Fog Bell"),
        ([[(11, "4."), (18, "Other income"), (11, BODY), (11, BODY)]], ""),
        ([[(18, "Application for a berth"), (18, "........"), (18, "Name"), (11, BODY), (11, BODY)]],
         "Application for a berth"),
    ],
)  # fmt: skip
def test_a_title_is_larger_than_the_ordinary_type(
    pages: list[list[tuple[int, str]]], title: str, tmp_path: Path
) -> None:
    canvas = Canvas(str(tmp_path / "paper.pdf"))
    for page in pages:
        top = 780
        for size, line in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, top, line)
            top -= round(1.3 * size)
        canvas.showPage()
    canvas.save()
    chosen = describe(tmp_path / "paper.pdf")[1].title
    assert chosen
    assert (chosen.value if chosen.source is Source.FIRST_PAGE else "") == title


NAMES = "Andriani Wijaya, Jakarta 2019\nKusuma Hendrawan, Bandung 2020\nSasongko Nugroho, Surabaya 2021\n" * 8
FRENCH = "Le port est fermé depuis le printemps, et les gardiens ne savent pas quand il sera rouvert par la ville. " * 8
SWAHILI = "watu wote wamezaliwa huru, hadhi na haki zao ni sawa; wote wamejaliwa akili na dhamiri, hivyo yapasa " * 8


@pytest.mark.parametrize("name", ["names.html", "names.pdf"])
def test_a_list_of_names_is_in_the_language_that_it_declares(name: str) -> None:
    assert case(f"language-list-of-names/{name}").value("language") == "en"


@pytest.mark.parametrize(
    ("text", "language"), [(NAMES, "de"), (FRENCH, "fr"), (SWAHILI, "sw"), ("港口看守人在码头集会。" * 20, "zh")]
)
def test_a_declared_language_stands_only_where_there_are_no_sentences(text: str, language: str) -> None:
    declared = Candidate("language", "de", Source.EMBEDDED, "html:lang", confidence=0.8)
    extraction = Extraction("html", "text/html", DocumentText((Page(1, text),)), (declared,))
    assert choose_metadata(collect_candidates(extraction, "x/file.html", Context())).value("language") == language


@pytest.mark.parametrize("page", ["byline", "graph", "others"])
def test_a_page_of_the_case_has_its_one_author(page: str) -> None:
    assert case(f"web-authors/{page}.html").text("author") == "Nadia Lindqvist"


def test_a_page_without_body_tags_has_its_byline(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    byline = "<header><h1>The lamp is lit</h1><p>Words: Kit Penhale · Photos: Lee Daw</p></header>"
    page.write_text(f"<title>The Quay</title><article>{byline}<p>{FRENCH}</p></article>", encoding="utf-8")
    assert describe(page)[1].text("author") == "Kit Penhale"


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


@pytest.mark.no_cover  # it measures time
def test_a_hostile_page_costs_no_more_than_its_length(tmp_path: Path) -> None:
    page = tmp_path / "hostile.html"
    byline = f"<p class='{'author_' * 50}'>By {'Ann ' * 40}</p>"
    page.write_text(f"<title>{'a - ' * 900}</title>{byline * 1000}<h1>{'x ' * 5000}</h1>", encoding="utf-8")
    start = time.process_time()
    assert describe(page)[1].authors == ()
    assert time.process_time() - start < 8
