"""Readers of the other formats, and how close extracted text comes to known text."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import statistics
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Extraction, Role, Source, State
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import FORMATS, Format, read, recognise, retry
from indexer.readers.formats import by_name, name_with_extension
from indexer.readers.old_office.legacy_office import convert
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.readers.temp_folder import temp_folder
from tests.indexer.readers.reader_support import candidate_values, known_page_text, text_of, word_f1, write_file

FLOORS: dict[str, float] = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="session")
def office(data: Path) -> Path:
    return data / "formats" / "office"


def package(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


# Figures


@pytest.mark.parametrize("extension", ["docx", "odt", "pptx"])
def test_office_text_agrees_with_the_known_text(office: Path, extension: str) -> None:
    paths = sorted((office / f"docling-{extension}").glob(f"*.{extension}"))
    scores = [
        word_f1(text_of(read(path), Role.MAIN), path.with_name(f"{path.name}.expected.md").read_text("utf-8"))
        for path in paths
    ]
    assert len(scores) > 1
    assert statistics.median(scores) >= FLOORS[f"{extension} median word F1"]


@pytest.fixture(scope="session")
def web(data: Path) -> list[tuple[Path, Extraction, dict[str, str]]]:
    pages = sorted((data / "formats" / "web").iterdir())
    return [
        (page, read(page / "source.html"), json.loads((page / "expected-metadata.json").read_text("utf-8")))
        for page in pages
    ]


def chosen(extraction: Extraction) -> tuple[str, str]:
    """Return the title and date that are chosen for a page; ``""`` for a title made of the file's name."""
    metadata = choose_metadata(collect_candidates(extraction, "source.html", Context()))
    title = metadata.title.value if metadata.title and metadata.title.source is not Source.FILE_NAME else ""
    return title, metadata.date.value if metadata.date else ""


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_main_text_of_web_pages_agrees_with_the_known_text(web: list[tuple[Path, Extraction, dict[str, str]]]) -> None:
    scores = [word_f1(text_of(extraction, Role.MAIN), known_page_text(page)) for page, extraction, _ in web]
    assert statistics.mean(scores) >= FLOORS["web mean word F1"]


def test_titles_of_web_pages_are_the_known_ones(web: list[tuple[Path, Extraction, dict[str, str]]]) -> None:
    right = [folded(chosen(extraction)[0]) == folded(expected["title"] or "") for _, extraction, expected in web]
    assert statistics.mean(right) >= FLOORS["web titles"]


def possible_days(published: str) -> set[str]:
    """Return the day of a moment; of a moment in UTC every day that it was in some time zone.

    A page that prints 13 June and has 2018-06-12T23:00Z in its markup is right with either day.
    """
    moment = dt.datetime.fromisoformat(published)
    if moment.tzinfo is None:
        return {moment.date().isoformat()}
    return {(moment + dt.timedelta(hours=hours)).date().isoformat() for hours in range(-12, 15)}


def test_dates_of_web_pages_are_the_published_ones(web: list[tuple[Path, Extraction, dict[str, str]]]) -> None:
    right = [
        chosen(extraction)[1] in possible_days(expected["publishedTime"])
        for _, extraction, expected in web
        if expected.get("publishedTime")
    ]
    assert len(right) >= 8
    assert statistics.mean(right) >= FLOORS["web published dates"]


def test_a_paragraph_repeated_on_a_web_page_is_kept_twice(tmp_path: Path) -> None:
    first, second = (f"The motion of the {body} was put to the vote and adopted. " * 3 for body in ("chair", "council"))
    page = "".join(f"<p>{text}</p>" for text in (first, second, first))
    extraction = read(write_file(tmp_path / "a.html", f"<html><body><article>{page}</article></body></html>"))
    assert [line[:22] for line in text_of(extraction, Role.MAIN).split("\n")] == [
        "The motion of the chai", "The motion of the coun", "The motion of the chai",
    ]  # fmt: skip


# The table


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_every_row_of_the_table_names_functions(row: Format) -> None:
    for target in filter(None, (row.reader[1], row.fallback[1] if row.fallback else "", row.container_opener)):
        assert callable(resolve_name(target))


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.doc", b"{\\rtf1 text}", "rtf"),
        ("a.bin", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "doc"),
        ("a.xls", OLE, "xls"),
        ("a", b"WARC/1.0\r\n", "warc"),
        ("crawl.warc.gz", b"\x1f\x8b broken", "warc"),
        ("a", b"From a@b.c Mon Jun 01 10:00:00 2009\nSubject: x\n\n", "mbox"),
        ("a.eml", b"From a@b.c Mon Jun 01 10:00:00 2009\nSubject: x\n\n", "eml"),
        ("a.txt", b"From here on 10:00 matters\nand more", "txt"),
    ],
)
def test_formats_are_recognised_by_their_bytes(tmp_path: Path, name: str, content: bytes, format_name: str) -> None:
    file_format = recognise(write_file(tmp_path / name, content))
    assert file_format is not None
    assert file_format.name == format_name


def test_packages_are_recognised_by_their_members(office: Path, tmp_path: Path) -> None:
    for folder in ("odt", "odp", "pptx", "xlsx", "epub", "docx"):
        source = next(path for path in sorted((office / f"tika-{folder}").iterdir()) if zipfile.is_zipfile(path))
        file_format = recognise(Path(shutil.copyfile(source, tmp_path / f"{folder}.zip")))
        assert file_format is not None
        assert file_format.name == folder


@given(st.text(max_size=30), st.sampled_from([row.media_type for row in FORMATS]))
def test_a_name_made_for_a_media_type_has_a_known_ending(name: str, media_type: str) -> None:
    assert by_name(name_with_extension(name, media_type)) is not None


# One format each


def test_an_odt_keeps_pages_notes_comments_and_footers_apart(tmp_path: Path, office: Path) -> None:
    ns = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "fo" else "xsl-fo-compatible"}:1.0"'
        for name in ("office", "text", "style", "fo", "table")
    )
    body = (
        '<text:p text:style-name="P1">A<text:s text:c="2"/>title</text:p>'
        "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p>"
        "</text:note-body></text:note> goes on"
        "<office:annotation><text:p>why?</text:p></office:annotation></text:p>\n"
        "<text:tracked-changes><text:p>struck</text:p></text:tracked-changes>"
        '<text:p text:style-name="P2">Two</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>left</text:p></table:table-cell>"
        "<table:table-cell><text:p>right</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="P2"><style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    content = (
        f"<office:document-content {ns}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    extraction = read(package(tmp_path / "a.odt", {"content.xml": content}))
    assert [page.text for page in extraction.text.all_texts] == [
        "A  title\nOne goes on\n\na note",
        "Two\nleft \tright",
        "why?",
    ]
    assert candidate_values(extraction, "title") == ["A title"]
    footed = read(office / "tika-odt" / "testFooter.odt")
    assert text_of(footed, Role.HEADER_FOOTER) == "Here is footer text"
    assert [page.number for page in footed.text.pages] == [1, 2]


def test_slides_are_pages_and_speaker_notes_are_boilerplate(office: Path) -> None:
    extraction = read(office / "docling-pptx" / "powerpoint_sample.pptx")
    assert [page.number for page in extraction.text.pages] == [1, 2, 3]
    notes = [
        (page.number, page.text.split("\n")[0]) for page in extraction.text.all_texts if page.role is Role.BOILERPLATE
    ]
    assert notes == [(2, "Some notes on the second slide."), (3, "Final notes on the third slide.")]
    assert candidate_values(extraction, "title")[0] == "Test Table Slide"
    extraction = read(office / "tika-odp" / "LibreOfficeImpress_odp_1.3.odp")
    assert [page.text for page in extraction.text.pages] == ["This is\nAn example Impress file", ""]


def test_chapters_of_a_book_are_pages_in_reading_order(office: Path) -> None:
    extraction = read(office / "tika-epub" / "testEPUB.epub")
    assert [page.text.split("\n")[0] for page in extraction.text.all_texts] == [
        "",
        "Table of Contents",
        "Chapter 1",
        "Chapter 2",
    ]
    assert [candidate_values(extraction, field) for field in ("title", "author", "language", "date")] == [
        ["An ePub for Tika"], ["Bart Hanssens"], ["en"], ["2009-10-07"],
    ]  # fmt: skip


def test_an_rtf_is_read_with_its_pages_code_page_and_info(tmp_path: Path, office: Path) -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1250{\info{\title Zpr\'e1va}{\author A. Nov\'e1k}{\creatim\yr2004\mo5\dy3}}"
        r"a \\page stays\page ne\u382\'9e\pagebb }"
    )
    extraction = read(write_file(tmp_path / "a.rtf", source))
    assert [page.text for page in extraction.text.all_texts] == ["a \\page stays", "než"]
    fields = [candidate_values(extraction, field) for field in ("title", "author", "date")]
    assert fields == [["Zpráva"], ["A. Novák"], ["2004-05-03"]]
    polish = read(office / "tika-rtf" / "testRTFWindowsCodepage1250.rtf")
    assert text_of(polish) == "zażółć gęślą jaźń\nZAŻÓŁĆ GĘŚLĄ JAŹŃ"


def test_sheets_are_pages_with_their_names_and_dates(office: Path) -> None:
    extraction = read(office / "tika-xlsx" / "testEXCEL_dateFormats.xlsx")
    assert [(page.label, page.text) for page in extraction.text.all_texts] == [
        ("Munka1", "date\n2018-09-20\n1996-08-10")
    ]


def test_a_stray_last_cell_costs_a_sheet_only_its_formats(tmp_path: Path, office: Path) -> None:
    path = tmp_path / "a.xlsx"
    stray = b'<row r="1048576"><c r="Z1048576" t="inlineStr"><is><t>stray</t></is></c></row></sheetData>'
    with (
        zipfile.ZipFile(office / "tika-xlsx" / "testEXCEL_dateFormats.xlsx") as source,
        zipfile.ZipFile(path, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"</sheetData>", stray))
    extraction = retry(path)  # what a worker does when the first reader has died of it
    assert extraction is not None
    assert (extraction.state, extraction.text.all_texts[0].label) == (State.PARTIAL, "Munka1")
    assert text_of(extraction) == "date\n43363\n35287\nstray"


@pytest.mark.parametrize("name", ["tika-odt/testODTEncrypted.odt", "tika-xlsx/protectedFile.xlsx"])
def test_locked_office_files_need_a_password(office: Path, name: str) -> None:
    extraction = read(office / name)
    assert (extraction.state, extraction.reason) == (State.FAILED, "needs a password")


# Mail


def test_a_mail_takes_metadata_from_headers_and_its_plain_text(tmp_path: Path) -> None:
    source = (
        "From: =?iso-8859-1?Q?Ren=E9e?= <r@example.org>\r\nTo: all@example.org\r\n"
        "Subject: =?utf-8?B?RMOpY2xhcmF0aW9u?=\r\nDate: Mon, 1 Jun 2009 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
        '--x\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B?M8"\x1b(B\r\n'
        "--x\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--x--\r\n"
    )
    extraction = read(write_file(tmp_path / "a.eml", source))
    assert text_of(extraction).split("\n") == [
        "Subject: Déclaration", "From: Renée <r@example.org>", "To: all@example.org",
        "Date: Mon, 1 Jun 2009 23:30:00 -0500", "", "人権",
    ]  # fmt: skip
    assert [candidate_values(extraction, field) for field in ("title", "author", "date")] == [
        ["Déclaration"], ["Renée"], ["2009-06-01"],
    ]  # fmt: skip
    assert {c.source for c in extraction.candidates} == {Source.LABELLED}


def test_a_mail_without_plain_text_is_read_from_its_html(office: Path) -> None:
    text = text_of(read(office / "unstructured-eml" / "mime-html-only.eml"))
    assert "This is a text/html part." in text
    assert "<" not in text.partition("\n\n")[2]


def test_the_headers_of_an_encrypted_mail_are_read(office: Path) -> None:
    extraction = read(office / "unstructured-eml" / "fake-encrypted.eml")
    assert (extraction.state, extraction.embedded) == (State.PARTIAL, ())
    assert "encrypted" in extraction.reason


@given(st.binary(max_size=400))
def test_the_mail_reader_survives_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.eml"
    path.write_bytes(b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n" + content)
    assert read(path).state in State


# Old Office files


def test_old_word_files_are_read_where_antiword_is_installed(office: Path) -> None:
    if not shutil.which("antiword"):
        pytest.skip("antiword is not installed")
    extraction = read(office / "tika-doc" / "simple_normal_case.doc")
    assert (extraction.state, extraction.reader, text_of(extraction)) == (
        State.INDEXED, "antiword", "This is a sample Word document",
    )  # fmt: skip


def test_old_office_files_are_read_where_libreoffice_is_installed(
    office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "antiword" else f"/usr/bin/{name}")
    extraction = read(office / "tika-doc" / "simple_normal_case.doc")
    assert (extraction.reader, text_of(extraction)) == ("libreoffice", "This is a sample Word document")


def test_without_a_converter_the_reason_says_which_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path))
    extraction = read(write_file(tmp_path / "a.doc", OLE))
    reason = "no reader for .doc files; install antiword or LibreOffice"
    assert (extraction.state, extraction.reason) == (State.FAILED, reason)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_converter_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match="sh took longer than"):
        convert(["sh", "-c", "sleep 47113 & sleep 47114"], tmp_path, tmp_path / "log", 0.3)
    assert time.monotonic() - started < 5
    while running := [line for line in _command_lines() if "4711" in line]:
        assert time.monotonic() - started < 10, running  # a killed process is listed until the kernel comes to it
        time.sleep(0.05)


def _command_lines() -> Iterator[str]:
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if line.startswith("sleep "):
            yield line


def test_temporary_folders_are_private_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temp_folder() as folder:
        assert folder.stat().st_mode & 0o077 == 0
        write_file(folder / "part.pdf", b"x")
        assert list(tmp_path.iterdir()) == [folder]
    assert not list(tmp_path.iterdir())


# Caps


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@pytest.mark.parametrize("name", ["lol.odt", "xxe.odt", "deep.rtf", "bin.rtf"])
def test_small_bombs_reveal_no_local_file_and_no_flood_of_text(data: Path, name: str) -> None:
    extraction = read(data / "bombs" / name)
    assert extraction.state in {State.FAILED, State.WITHOUT_TEXT, State.INDEXED}
    assert len(text_of(extraction)) < 100


def test_a_member_of_any_package_may_not_exceed_its_cap(tmp_path: Path) -> None:
    big = f"<x>{'a' * (2 << 20)}</x>"
    parts = {"odt": "content.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml", "epub": "book.opf"}
    for extension, part in parts.items():
        path = package(tmp_path / f"a.{extension}", {part: big})
        assert read(path, Limits(member_bytes=1 << 20)).reason.startswith(f"{part} is larger than 1 MiB")
