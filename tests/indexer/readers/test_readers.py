"""Readers of PDF, DOCX, HTML and text: on real, damaged and hostile files."""

from __future__ import annotations

import statistics
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from corpus.document import Extraction, Role, Source, State
from indexer.readers import BY_EXTENSION, read, recognise, retry
from indexer.readers.reader_protocol import Limits
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.worker import WorkerSettings
from indexer.text.divided_words import join_divided_words
from tests.indexer.readers.reader_support import candidate_values, text_of, word_f1, write_file
from tests.support import DATA

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def real(*parts: str) -> Path:
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the test data folder {'/'.join(parts)} is not here")
    return path


def read_or_retry(path: str, use_fallback: bool) -> Extraction | None:
    return retry(Path(path)) if use_fallback else read(Path(path))


def read_in_workers(paths: list[Path]) -> dict[str, Extraction]:
    settings = WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=15, wall_seconds=30)
    jobs = ((Job(key, str(path), (str(path),)),) for key, path in enumerate(paths))
    outcomes = {paths[outcome.key].name: outcome for outcome in run_jobs(jobs, read_or_retry, Extraction, settings)}
    assert not {name: outcome.failure for name, outcome in outcomes.items() if outcome.failure}
    return {name: outcome.result for name, outcome in outcomes.items() if outcome.result}


def pdf(path: Path, *pages: list[tuple[int, str]], title: str = "") -> Path:
    page = canvas.Canvas(str(path), pagesize=A4)
    page.setTitle(title)
    for lines in pages:
        height = 780
        for size, line in lines:
            page.setFont("Helvetica", size)
            page.drawString(60, height, line)
            height -= 2 * size
        page.showPage()
    page.save()
    return path


def docx(path: Path, body: str, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return path


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r>{run}</w:r>" for run in runs) + "</w:p>"


# Recognition


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.pdf", b"%PDF-1.4", "pdf"),
        ("a.pdf", b"junk before %PDF-1.4", "pdf"),
        ("a.pdf", b"<!DOCTYPE html><p>moved", "html"),
        ("a.txt", b"%PDF-1.4\n", "pdf"),
        ("a.txt", b"writing of %PDF-1.4", "txt"),
        ("a", b"\xef\xbb\xbf <html lang=en>", "html"),
        ("a.htm", "\ufeff<html>".encode("utf-16-le"), "html"),
        ("a.MD", b"# One", "md"),
        ("a.xyz", b"data", "txt"),
        ("a.xyz", bytes(range(200)), None),
        ("README", "Prüfbericht\n".encode("utf-16-le"), "txt"),
        ("a.CSV .", b"one,two", "csv"),
        ("a.pdf", b"A note that was never a PDF\n", "txt"),
        ("a.aspx", b"<b>Warning</b>: x\n<html><body>page", "html"),
        ("a.py", b'page = """\n<html></html>"""\nprint(page)\n', "txt"),
        ("a", b"<?xml version='1.0'?><!-- <html> --><svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        ("a", b"\\documentclass{article}", "tex"),
        ("a.txt", b"BEGIN:VCARD\nFN:Ida Bell\nEND:VCARD\n", "vcf"),
        ("a.txt", b"<?xml version='1.0'?><TEI><text/></TEI>", "xml"),
        ("old.asp", b"<TITLE>Tides</TITLE>\n<P>High <B>water</B>", "html"),
        ("a.xls", b"<table><tr><td>a</td></tr></table>", "html"),
        ("a.log", b"\x1b[31mpump\x1b[0m stopped\n" * 9, "txt"),
        ("a.zip", b"PK\x03\x04 broken", "zip"),
    ],
)
def test_content_decides_the_format_before_the_name(
    tmp_path: Path, name: str, content: bytes, format_name: str | None
) -> None:
    file_format = recognise(write_file(tmp_path / name, content))
    assert (file_format.name if file_format else None) == format_name


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.pdf", b"", "the file is empty"),
        ("empty.txt", b"", "the file is empty"),
        ("empty", b"", "the file is empty"),
        ("a.xyz", bytes(range(200)), "no reader for .xyz files (binary data, not text)"),
        ("README", bytes(range(200)), "binary data, not text"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "RAR archive, which is not read; unpack it and index the files in it"),
        (
            "song",
            b"ID3\x04" + bytes(90),
            "MPEG audio recording, which is not read; index a transcript or subtitles instead",
        ),
        ("a.gif", b"GIF89a" + bytes(80), "GIF image, which has no text to read"),
        ("a.docx", bytes(range(30)), "damaged file (not a complete zip file)"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
        ("a.txt", bytes(range(256)) * 4, "binary data, not text"),
    ],
)
def test_a_file_that_cannot_be_read_has_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    extraction = read(write_file(tmp_path / name, content))
    assert (extraction.state, extraction.reason) == (State.FAILED, reason)


def test_a_missing_file_has_a_reason_and_raises_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "gone.pdf").reason == "cannot be read: No such file or directory"


# PDF


def test_a_pdf_has_pages_a_title_by_type_size_and_its_heads_apart(tmp_path: Path) -> None:
    opening = [(22, "Report of the Conference"), (22, "on Early Warning"), (11, "Geneva, 3 May 2019")]
    body = [[(11, "A/HRC/1"), *[(11, f"Sentence {line} of {page}")] * 3] for page in "bcd" for line in "x"]
    extraction = read(pdf(tmp_path / "a.pdf", [*opening, *[(11, "Body text in small type")] * 9], *body, title="doc1"))
    assert (extraction.state, extraction.reader) == (State.INDEXED, "pdfium")
    assert candidate_values(extraction, "title") == ["Report of the Conference\non Early Warning", "doc1"]
    assert [page.number for page in extraction.text.pages] == [1, 2, 3, 4]
    assert text_of(extraction, Role.HEADER_FOOTER) == "A/HRC/1"


def test_a_masthead_in_large_type_is_not_taken_for_the_title() -> None:
    extraction = read(real("reports", "un") / "A_79_7_Add.12.en.pdf")
    assert candidate_values(extraction, "title")[0].startswith(
        "Eleventh annual progress report on the strategic heritage\nplan"
    )
    assert "Distr.: General" in extraction.text.all_texts[0].text


def test_a_pdf_of_images_is_said_to_look_scanned() -> None:
    extraction = read(real("formats", "pdf", "sample-files") / "007-imagemagick-images.pdf")
    assert extraction.state is State.WITHOUT_TEXT
    assert "looks scanned" in extraction.reason


def test_a_pdf_needs_a_password_only_where_the_empty_one_fails() -> None:
    extractions = read_in_workers(sorted(real("formats", "pdf", "cabinet-of-horrors").glob("encryption_*.pdf")))
    assert extractions["encryption_openpassword.pdf"].reason == "needs a password"
    assert {extraction.state for name, extraction in extractions.items() if "open" not in name} == {State.INDEXED}


def test_pypdf_reads_a_file_that_crashed_pdfium(tmp_path: Path) -> None:
    extraction = retry(pdf(tmp_path / "a.pdf", [(12, "Freedom of assembly")]))
    assert extraction is not None
    assert (extraction.reader, text_of(extraction)) == ("pdfium+pypdf", "Freedom of assembly")


def test_a_format_without_a_fallback_is_not_retried(tmp_path: Path) -> None:
    assert retry(write_file(tmp_path / "a.txt", "text")) is None


# DOCX


def test_a_docx_keeps_its_pages_notes_headers_and_comments(tmp_path: Path) -> None:
    body = (
        paragraph("<w:t>One</w:t>", '<w:footnoteReference w:id="2"/>', "<w:lastRenderedPageBreak/><w:t>Two</w:t>")
        + "<w:tbl><w:tr><w:tc>" + paragraph("<w:t>left</w:t>") + "</w:tc><w:tc>" + paragraph("<w:t>right</w:t>")
        + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    note = paragraph("<w:t>a note</w:t>")
    extraction = read(
        docx(
            tmp_path / "a.docx",
            body,
            footnotes=f'<w:footnotes {W}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>',
            header1=f"<w:hdr {W}>{paragraph('<w:t>Confidential</w:t>')}</w:hdr>",
            comments=f"<w:comments {W}><w:comment>{paragraph('<w:t>why?</w:t>')}</w:comment></w:comments>",
        )
    )
    assert [page.text for page in extraction.text.pages] == ["One\na note", "Two\nleft \tright"]
    assert (text_of(extraction, Role.HEADER_FOOTER), text_of(extraction, Role.BOILERPLATE)) == ("Confidential", "why?")


def test_a_docx_that_begins_with_a_heading_is_titled_by_it(tmp_path: Path) -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    text = paragraph("<w:t>Some text</w:t>")
    titled = read(docx(tmp_path / "a.docx", heading.format("Salt of the sea") + text + heading.format("Sources")))
    untitled = read(docx(tmp_path / "b.docx", text + heading.format("Sources")))
    assert (candidate_values(titled, "title"), candidate_values(untitled, "title")) == (["Salt of the sea"], [])


@pytest.mark.parametrize(
    "declaration",
    ['<meta http-equiv="Content-Language" content="pt-BR">', '<meta property="og:locale" content="pt_PT">'],
)
def test_a_web_page_declares_its_language_in_its_head(tmp_path: Path, declaration: str) -> None:
    page = write_file(tmp_path / "a.html", f"<html><head>{declaration}</head><body>Ana 12</body></html>".encode())
    assert candidate_values(read(page), "language") == ["pt"]


def test_a_docx_repeats_no_text_and_omits_deleted_text(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = paragraph("<w:t>boxed</w:t>")
    body = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r>"
        "<w:del><w:r><w:delText>struck</w:delText></w:r></w:del></w:p>"
    )
    assert text_of(read(docx(tmp_path / "a.docx", body))) == "boxed\nafter"


def test_text_and_drawings_of_a_strict_docx_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml"
    drawing = f'<w:drawing><a:t xmlns:a="{strict}/drawingml/main">drawn</a:t></w:drawing>'
    content = (
        f'<w:document xmlns:w="{strict}/wordprocessingml/main"><w:body><w:p><w:r>'
        f"<w:t>written </w:t>{drawing}</w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", content)
    assert text_of(read(path)) == "written drawn"


def test_numbers_that_word_computes_are_part_of_the_text(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level.format(0, "decimal", "%1.")}'
        f"{level.format(1, 'lowerLetter', '(%2)')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    body = "".join(item.format(*pair) for pair in [(0, "Urges"), (1, "all"), (1, "many"), (0, "Calls"), (1, "none")])
    extraction = read(docx(tmp_path / "a.docx", body, numbering=numbering))
    assert text_of(extraction).split("\n") == ["1. Urges", "(a) all", "(b) many", "2. Calls", "(a) none"]


def test_docx_text_agrees_with_the_known_text() -> None:
    paths = sorted(real("formats", "office", "docling-docx").glob("*.docx"))
    expected_texts = [path.with_name(f"{path.name}.expected.md").read_text() for path in paths]
    scores = [word_f1(text_of(read(path), Role.MAIN), text) for path, text in zip(paths, expected_texts, strict=True)]
    assert statistics.median(scores) >= 0.97
    assert statistics.mean(scores) >= 0.93


@pytest.mark.parametrize(("declared", "size"), [(100, 3_000_000), (3_000_000, 3_000_000)])
def test_a_member_may_not_exceed_its_cap_whatever_it_declares(tmp_path: Path, declared: int, size: int) -> None:
    path = docx(tmp_path / "a.docx", paragraph("<w:t>" + "a" * size + "</w:t>"))
    data = bytearray(path.read_bytes())
    offset = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 24
    data[offset : offset + 4] = declared.to_bytes(4, "little")
    path.write_bytes(data)
    assert read(path, Limits(member_bytes=1 << 20)).state is State.FAILED


# HTML

PAGE = """<html lang="en-GB"><head><title>Statement on Myanmar - Coalition</title>
<meta property="og:site_name" content="Coalition"><meta name="author" content="Jo Doe">
<script type="application/ld+json">{"@type": "Article", "datePublished": "2019-03-04T10:00:00Z"}</script></head>
<body><nav><a href="/">Resources and links</a></nav><article><h1>Statement on Myanmar</h1>{}</article>
<div style="display: none">hidden words</div><footer>Contact the secretariat in Geneva</footer></body></html>"""
PROSE = "".join(
    f"<p>Paragraph {word} speaks at length of the duty to protect, and of {word}.</p>" for word in "abcdefg"
)


def test_a_web_page_has_its_main_text_and_all_other_text_once(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.html", PAGE.replace("{}", PROSE, 1).replace("{}", PROSE)))
    assert "duty to protect, and of g" in text_of(extraction, Role.MAIN)
    assert "Contact the secretariat in Geneva" in text_of(extraction)
    assert "hidden words" not in text_of(extraction)
    assert text_of(extraction).count("and of g") == 1


@pytest.mark.parametrize(
    "around", ["", f"<nav>Resources</nav><article>{PROSE}{PROSE}</article>"], ids=["alone", "beside"]
)
def test_lines_that_a_web_page_shows_as_written_stay_lines(around: str, tmp_path: Path) -> None:
    markup = f"""<html><body>{around}<h2>Log</h2><pre>
  The light-
  house was dar-
ker then.

It was lit.</pre><div style="white-space: pre-wrap">har-
bour</div><p>one
paragraph</p><table><tr><td>left-</td><td><i>upper-</i></td><td>right</td></tr></table><ul><li>ends-</li><li>starts</li></ul>
<textarea>quay-
side</textarea></body></html>"""
    texts = [page.text for page in read(write_file(tmp_path / "a.html", markup)).text.all_texts]
    text = "\n".join(map(join_divided_words, texts))
    for shown in ("The lighthouse\nwas darker\nthen.\nIt was lit.", "harbour", "one paragraph", "quayside"):
        assert shown in text
    for never in ("leftupper", "upperright", "endsstarts", "left-upper", "ends-starts", "\u2426"):
        assert never not in text
    assert sum(text.count("Paragraph a speaks") for text in texts) == (2 if around else 0)


def test_metadata_in_preformatted_text_has_no_marks(tmp_path: Path) -> None:
    markup = """<html><body><pre><h1>The Lamps
of Quillon</h1><span class="author">Anna
Bell</span></pre><p>They are lit.</p></body></html>"""
    extraction = read(write_file(tmp_path / "a.html", markup))
    assert candidate_values(extraction, "title") == ["The Lamps of Quillon"]
    assert candidate_values(extraction, "author") == ["Anna Bell"]


def test_a_web_page_takes_its_metadata_from_its_markup(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.html", PAGE.replace("<article>", f"<article>{PROSE}")))
    assert [candidate_values(extraction, field)[0] for field in ("title", "author", "date", "language")] == [
        "Statement on Myanmar", "Jo Doe", "2019-03-04", "en",
    ]  # fmt: skip
    assert {c.source for c in extraction.candidates if c.field == "date"} == {Source.LABELLED}


def test_a_bare_year_on_a_web_page_is_no_date(tmp_path: Path) -> None:
    extraction = read(
        write_file(tmp_path / "a.html", f"<html><body>{PROSE}<footer>© 2014 Coalition</footer></body></html>")
    )
    assert candidate_values(extraction, "date") == []


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "iso-8859-1"), ("utf-8", "iso-8859-1"), ("cp1251", "windows-1251"), ("utf-16", "")],
)
def test_web_pages_are_decoded_by_their_bytes_not_their_claim(tmp_path: Path, encoding: str, declared: str) -> None:
    word = "Декларация" if encoding == "cp1251" else "Déclaration “été”"
    source = f'<html><head><meta charset="{declared}"></head><body><p>{word}</p></body></html>'
    assert text_of(read(write_file(tmp_path / "a.html", source.encode(encoding)))) == word


# Text


def test_form_feeds_separate_the_pages_of_a_text(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.txt", "one\ftwo\f"))
    assert [(page.number, page.text) for page in extraction.text.all_texts] == [(1, "one"), (2, "two")]


def test_markdown_takes_metadata_from_front_matter_and_heading(tmp_path: Path) -> None:
    extraction = read(write_file(tmp_path / "a.md", "---\ntitle: The Plan\ndate: 2019-03\n---\n# A Plan\nText"))
    assert (candidate_values(extraction, "title"), candidate_values(extraction, "date")) == (
        ["The Plan", "A Plan"],
        ["2019-03"],
    )
    assert text_of(extraction) == "# A Plan\nText"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Déclaration sur la liberté d’expression, adoptée à Genève"),
        ("utf-8-sig", "Déclaration sur la liberté d’expression, adoptée à Genève"),
        ("utf-16", "Déclaration sur la liberté d’expression, adoptée à Genève"),
        ("cp1252", "Déclaration sur la liberté d’expression, adoptée à Genève"),
        ("cp1252", "Declaración sobre la protección de los niños; informe del año"),
        ("cp1250", "Deklaracja w sprawie ochrony ludności, żadnych więcej źródeł"),
        ("cp1250", "Prohlášení o ochraně obyvatelstva, příští zasedání a čtení"),
        ("cp1254", "İnsan hakları bildirisi, şu anda gözden geçirilmiş öğretmen"),
        ("cp1251", "Декларация о правах человека принята Генеральной Ассамблеей"),
        ("cp1256", "الإعلان العالمي لحقوق الإنسان اعتمدته الجمعية العامة"),
    ],
)
def test_texts_are_read_in_any_common_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    assert text_of(read(write_file(tmp_path / "a.txt", text.encode(encoding)))) == text


# Limits


@pytest.mark.parametrize(
    ("limits", "text", "reason"),
    [
        (Limits(pages=2), "one\ntwo", "only the first 2 pages were read"),
        (Limits(characters=5), "one\ntw", "only the first 5 characters were read"),
        (Limits(page_characters=3), "one\ntwo\nthr", "only the first 3 characters of page 3 were read"),
        (Limits(member_bytes=7), "one\ntwo", "only the first 7 bytes were read"),
    ],
)
def test_a_cap_keeps_what_was_read_and_is_the_reason(tmp_path: Path, limits: Limits, text: str, reason: str) -> None:
    extraction = read(write_file(tmp_path / "a.txt", "one\ftwo\fthree"), limits)
    assert (extraction.state, text_of(extraction), extraction.reason) == (State.PARTIAL, text, reason)


def test_bombs_end_within_their_limits() -> None:
    names = ("attrs.html", "pages_loop.pdf", "xobj_exp.pdf", "lol.docx", "xxe.docx", "zip_1GB.docx")
    extractions = read_in_workers([real("bombs") / name for name in names])
    assert set(extractions) == set(names)
    assert text_of(extractions["attrs.html"])
    assert not any("root:" in text_of(extraction) for extraction in extractions.values())


@pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.slow)])
def test_every_pdf_gets_a_state(step: int) -> None:
    extractions = read_in_workers(sorted(real("formats", "pdf").rglob("*.pdf"))[::step])
    assert Counter(extraction.state for extraction in extractions.values())[State.FAILED] <= 3


@pytest.mark.slow
def test_every_bomb_ends_within_its_limits() -> None:
    paths = [path for path in sorted(real("bombs").iterdir()) if path.suffix in BY_EXTENSION]
    assert set(read_in_workers(paths)) == {path.name for path in paths}


@pytest.mark.slow
def test_every_file_of_every_format_gets_a_state() -> None:
    paths = [path for path in sorted(real("formats").rglob("*")) if path.is_file() and path.suffix in BY_EXTENSION]
    for extraction in read_in_workers(paths).values():
        is_container = bool(extraction.embedded) and not extraction.text.all_texts  # it counts what it leaves out
        assert bool(extraction.reason) == (extraction.state is not State.INDEXED) or is_container
