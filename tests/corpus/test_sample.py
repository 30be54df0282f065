"""The sample archive is made from its sources, and contains what its description promises."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from corpus.sample import ARCHIVE, TRUTH
from tools.sample.source import SOURCES, SampleSource, print_date, read_sources

RESOURCE_PAGE = "resources.html"
CATEGORIES = {
    "report", "statement", "research briefing", "strategic document", "speech", "toolkit", "conference report",
    "proposal", "call for action",
}  # fmt: skip


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def documents(truth: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in truth if not row["notes"].startswith("duplicate of ")]


@pytest.fixture(scope="module")
def sources() -> list[SampleSource]:
    return read_sources(SOURCES)


@pytest.fixture(scope="module")
def build() -> ModuleType:
    pytest.importorskip("reportlab", reason="reportlab is not installed: the sample is not made again")
    module: ModuleType = pytest.importorskip("tools.sample.build")
    return module


def files() -> dict[str, bytes]:
    paths = (path for path in ARCHIVE.rglob("*") if path.is_file())
    names = ((path, path.relative_to(ARCHIVE)) for path in paths)
    return {name.as_posix(): path.read_bytes() for path, name in names if not name.parts[0].startswith(".")}


def pdf_text(path: str) -> str:
    with pypdfium2.PdfDocument(ARCHIVE / path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def pdf_pages(path: str) -> int:
    with pypdfium2.PdfDocument(ARCHIVE / path) as pdf:
        return len(pdf)


def paths_of(rows: list[dict[str, str]], ending: str) -> list[str]:
    return [row["path"] for row in rows if row["path"].endswith(ending)]


def test_making_it_again_gives_the_committed_bytes(
    build: ModuleType, sources: list[SampleSource], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    contents_by_path, rows = build.make_files(sources)
    build.write_files(tmp_path, contents_by_path)
    committed = files()
    written = {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert written.keys() == committed.keys()
    assert [name for name in committed if written[name] != committed[name]] == []
    assert build.write_truth(rows) == TRUTH.read_bytes()


def test_making_it_again_removes_what_is_no_longer_made_and_nothing_hidden(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / ".muniment").mkdir()
    for name in ("old.txt", ".muniment/catalogue.db"):
        (tmp_path / name).write_text("x")
    build.write_files(tmp_path, {"reports/new.txt": b"y"})
    remaining = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert remaining == {".muniment/catalogue.db", "reports/new.txt"}


def test_the_truth_names_every_file_but_the_resource_page(truth: list[dict[str, str]]) -> None:
    assert {row["path"] for row in truth} == files().keys() - {RESOURCE_PAGE}


def test_every_pdf_opens_with_the_stated_number_of_pages(truth: list[dict[str, str]]) -> None:
    stated = {row["path"]: int(row["pages"]) for row in truth if row["path"].endswith(".pdf")}
    assert {path: pdf_pages(path) for path in stated} == stated


def test_reports_have_four_to_ten_pages(documents: list[dict[str, str]]) -> None:
    reports = [row for row in documents if row["category"].endswith("report") and row["path"].endswith(".pdf")]
    assert reports
    assert all(4 <= int(row["pages"]) <= 10 for row in reports)


def test_every_link_of_the_resource_page_leads_to_a_file() -> None:
    links = re.findall(r'href="([^"]+)"', (ARCHIVE / RESOURCE_PAGE).read_text(encoding="utf-8"))
    assert len(links) >= 36
    assert set(links) <= files().keys()


def test_links_between_translations_lead_to_files() -> None:
    for page in ARCHIVE.rglob("*.html"):
        for link in re.findall(r'hreflang="\w+" href="([^"]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / link).is_file()


def test_there_are_enough_documents_of_each_format(documents: list[dict[str, str]]) -> None:
    formats = Counter(Path(row["path"]).suffix for row in documents)
    assert len(documents) >= 40
    assert formats[".pdf"] >= 14
    assert formats[".html"] >= 10
    assert min(formats[".docx"], formats[".txt"]) >= 5
    assert formats[".md"]


def test_categories_are_the_agreed_ones_and_some_documents_have_none(documents: list[dict[str, str]]) -> None:
    assert {row["category"] for row in documents} == CATEGORIES | {""}


def test_languages_are_english_french_and_spanish(documents: list[dict[str, str]]) -> None:
    languages = Counter(row["language"] for row in documents)
    assert languages.keys() == {"en", "fr", "es"}
    translated = Counter(row["notes"].split()[0] for row in documents if " version of " in row["notes"])
    assert translated["French"] >= 4
    assert translated["Spanish"] >= 3


def test_dates_are_of_every_precision(documents: list[dict[str, str]]) -> None:
    lengths = Counter(len(row["date"]) for row in documents)
    assert lengths[0] >= 3
    assert lengths[len("2019")] == 1
    assert lengths[len("2019-03")] >= 1
    assert lengths[len("2019/2022")] >= 1
    assert {row["date"][:4] for row in documents} - {""} == {str(year) for year in range(2016, 2023)}


def test_undated_documents_say_no_year_anywhere(documents: list[dict[str, str]]) -> None:
    for row in documents:
        if not row["date"]:
            content = every_text(ARCHIVE / row["path"])
            assert not re.search(r"(?<![\d/])(?:19|20)\d\d(?![\d/])", content), row["path"]


def every_text(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        texts = (package.read(name) for name in package.namelist() if name.startswith(("word/doc", "docProps")))
        return "\n".join("".join(ET.fromstring(text).itertext()) for text in texts)  # noqa: S314  (our own file)


def test_one_file_is_there_twice_under_two_names() -> None:
    digests = Counter(hashlib.sha256(content).hexdigest() for content in files().values())
    assert [count for count in digests.values() if count > 1] == [2]


def test_two_pdfs_have_junk_titles_and_the_others_their_own(documents: list[dict[str, str]]) -> None:
    wrong = {}
    for row in documents:
        if row["path"].endswith(".pdf"):
            with pypdfium2.PdfDocument(ARCHIVE / row["path"]) as pdf:
                title = pdf.get_metadata_dict()["Title"]
            if title != row["title"]:
                wrong[row["path"]] = title
    assert sorted(wrong.values()) == ["Microsoft Word - final_v3.doc", "untitled"]


def test_title_and_printed_date_stand_on_the_first_page_of_every_pdf(
    documents: list[dict[str, str]], sources: list[SampleSource]
) -> None:
    by_path = {source["path"]: source for source in sources}
    for path in paths_of(documents, ".pdf"):
        with pypdfium2.PdfDocument(ARCHIVE / path) as pdf:
            first = " ".join(pdf[0].get_textpage().get_text_range().split())
        assert by_path[path]["title"] in first
        assert by_path[path].printed in first


def test_some_words_are_broken_by_hyphens_at_line_ends() -> None:
    text = pdf_text("reports/behind-the-second-door.pdf")  # PDFium writes U+FFFE for such a hyphen
    assert len(re.findall(r"[a-z]\ufffe\r?\n?[a-z]", text)) >= 5
    assert "\u00ad" not in text


def test_later_pages_carry_a_running_head_and_a_page_number(documents: list[dict[str, str]]) -> None:
    for path in paths_of(documents, ".pdf"):
        with pypdfium2.PdfDocument(ARCHIVE / path) as pdf:
            lines = pdf[1].get_textpage().get_text_range().split("\r\n")
        assert lines[0].startswith(("Harbour Coalition", "Coalition du Havre", "Coalición del Puerto"))
        assert "2" in lines[-1]


def test_text_files_come_in_several_encodings(documents: list[dict[str, str]]) -> None:
    contents = [(ARCHIVE / path).read_bytes() for path in paths_of(documents, ".txt")]
    assert any(content.startswith(b"\xef\xbb\xbf") for content in contents)
    assert any(b"\r\n" in content for content in contents)
    assert any(b"Juli\xe1n" in content for content in contents)


def test_web_pages_say_their_date_in_different_ways() -> None:
    pages = [page.read_text(encoding="utf-8") for page in ARCHIVE.rglob("*.html")]
    ways = ("application/ld+json", "article:published_time", "<time datetime=", "DC.date", 'class="date"', "@graph")
    assert all(any(way in page for page in pages) for way in ways)
    assert any("<table>" in page and "Annex" in page for page in pages)


def test_it_stays_small() -> None:
    assert sum(map(len, files().values())) < 3_000_000


@pytest.mark.parametrize(
    ("edtf", "language", "printed"),
    [
        ("2021-07-06", "en", "6 July 2021"),
        ("2020-05-07", "fr", "7 mai 2020"),
        ("2020-04-30", "es", "30 de abril de 2020"),
        ("2018-03", "en", "March 2018"),
        ("2019/2022", "en", "2019–2022"),
        ("", "en", ""),
    ],
)
def test_dates_are_printed_as_people_write_them(edtf: str, language: str, printed: str) -> None:
    assert print_date(edtf, language) == printed


def test_every_source_has_what_a_document_needs(sources: list[SampleSource]) -> None:
    def lacking() -> Iterator[str]:
        for source in sources:
            yield from (f"{source.stem}: {key}" for key in ("title", "language", "path") if not source[key])
            if source.path.suffix == ".pdf" and not source["created"]:
                yield f"{source.stem}: created"

    assert list(lacking()) == []
