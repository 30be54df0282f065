"""TAR and compressed files, packages of programs, and office packages: their documents, kinds and main parts."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import State
from indexer.readers import read, recognise
from indexer.readers.embedded.embedded_reader import read_embedded
from indexer.readers.reader_protocol import Limits
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file

ODF = "urn:oasis:names:tc:opendocument:xmlns"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


GZIPPED = gzip.compress(b"calm sea", mtime=0)


def tarred(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE),
                           ("disk", tarfile.BLKTYPE), ("folder", tarfile.DIRTYPE)):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return stream.getvalue()


def package(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def embedded_texts(path: Path) -> dict[str, str]:
    return {part.name: text_of(read_embedded(path, part.address)[0]) for part in read(path).embedded}


@pytest.mark.parametrize(
    ("name", "compress"),
    [
        ("a.tar", bytes), ("a.tgz", gzip.compress), ("a.tar.bz2", bz2.compress), ("a.txz", lzma.compress),
        ("a", gzip.compress),
    ],
)  # fmt: skip
def test_a_tar_file_is_a_folder_of_documents_alone(
    tmp_path: Path, name: str, compress: Callable[[bytes], bytes]
) -> None:
    members = (("reports/one.txt", b"first"), ("../two.md", b"# second"), (".hidden.txt", b"x"), ("empty.txt", b""))
    path = write_file(tmp_path / name, compress(tarred(*members)))
    assert embedded_texts(path) == {"one.txt": "first", "two.md": "# second"}
    assert read(path).state is State.INDEXED


def test_names_in_old_tar_files_are_guessed_together(tmp_path: Path) -> None:
    stream = io.BytesIO()
    names = ("Отчёт о посещении.txt", "Заявление делегации.txt")
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1251") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 4
            archive.addfile(info, io.BytesIO(b"text"))
    path = write_file(tmp_path / "a.tar", stream.getvalue())
    assert tuple(embedded_texts(path)) == names


@pytest.mark.parametrize(
    ("name", "content", "inner"),
    [
        ("notes.txt.gz", GZIPPED, "notes.txt"),
        ("notes.xz", lzma.compress(b"calm sea"), "notes"),
        ("log.bz2", bz2.compress(b"calm sea"), "log"),
        (
            "renamed.gz",
            b"\x1f\x8b\x08\x08\0\0\0\0\0\x03tide.log\0" + GZIPPED[10:],
            "tide.log",
        ),
    ],
)
def test_a_compressed_file_contains_one_document(tmp_path: Path, name: str, content: bytes, inner: str) -> None:
    assert embedded_texts(write_file(tmp_path / name, content)) == {inner: "calm sea"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tar.gz", gzip.compress(tarred(("big.txt", bytes(40 << 20))), 1, mtime=0)),
        ("a.tar", tarred(("a.txt", b"text"))[:300]),
        ("a.tar.gz", gzip.compress(tarred(("a.txt", b"text")), mtime=0)[:40]),
        ("a.bz2", b"BZh91AY&SY broken"),
        ("a.xz", b"\xfd7zXZ\0 broken"),
    ],
)
def test_a_bomb_or_a_damaged_archive_has_a_plain_reason(tmp_path: Path, name: str, content: bytes) -> None:
    limits = Limits(ratio_from=1 << 20)
    extraction = read(write_file(tmp_path / name, content), limits)
    assert extraction.state in {State.FAILED, State.PARTIAL}
    assert extraction.reason.startswith(("damaged file", "unpacks to more than", "binary data"))


def test_a_tar_file_of_countless_members_is_left_at_the_limit(tmp_path: Path) -> None:
    block = tarfile.TarInfo("a").tobuf()
    path = write_file(tmp_path / "a.tar.gz", gzip.compress(block * 20_000, 1))
    start = time.process_time()
    extraction = read(path, Limits(embedded_documents=5_000))
    assert time.process_time() - start < 2
    assert extraction.reason == "only the first 5,000 documents inside it were read"


@pytest.mark.parametrize(
    ("name", "members", "kind"),
    [
        ("a.pages", ("Index/Document.iwa", "preview.jpg"), "Apple Pages package"),
        ("plan.zip", ("Index/Document.iwa", "preview.jpg"), "Apple iWork package"),
        ("a.jar", ("META-INF/MANIFEST.MF", "readme.txt"), "Java archive"),
        ("a.apk", ("AndroidManifest.xml", "res/a.xml"), "Android app"),
        ("a.sketch", ("document.json", "meta.json"), "Sketch drawing"),
        ("a.qgz", ("project.qgs", "styles.xml", "icon.png"), ".qgz package"),
        ("a.zip", ("annex.pdf", "data.bin"), None),
        ("a.backup", ("letters/one.docx", "x.bin"), None),
        ("attachment", ("one.bin",), None),
    ],
)
def test_a_package_of_a_program_is_one_failure_with_its_kind(
    tmp_path: Path, name: str, members: tuple[str, ...], kind: str | None
) -> None:
    extraction = read(package(tmp_path / name, dict.fromkeys(members, "x")))
    if kind is None:
        assert extraction.media_type == "application/zip"
        assert [part.name for part in extraction.embedded] == [member.rpartition("/")[2] for member in members]
    else:
        assert (extraction.state, extraction.embedded) == (State.FAILED, ())
        assert kind in extraction.reason


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("plan.ps", b"%!PS-Adobe-3.0\n(Hello) show\n", "PostScript document, which is not read; save it as PDF"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript document"),
        ("job.prn", b"\x1b%-12345X@PJL\r\n%!PS\n", "printer file"),
        ("~$plan.xlsx", b"\x04Anna".ljust(165, b" "), "a lock file of an Office program"),
    ],
)
def test_a_file_that_is_not_read_says_which_kind_it_is(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    extraction = read(write_file(tmp_path / name, content))
    assert extraction.state is State.FAILED
    assert extraction.reason.startswith(why)


@pytest.mark.parametrize(("method", "name"), [(9, "Deflate64"), (93, "Zstandard"), (77, "method 77")])
def test_a_method_of_compression_that_is_unknown_is_named(tmp_path: Path, method: int, name: str) -> None:
    content = bytearray(package(tmp_path / "a.zip", {"a.txt": "x"}).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(mark) + offset, method)
    path = write_file(tmp_path / "b.zip", bytes(content))
    assert read_embedded(path, "a.txt")[0].reason.startswith(f"compressed by {name}, which is not read; unpack it")


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
V = "http://schemas.microsoft.com/office/visio/2012/main"
VISIO = "http://schemas.microsoft.com/visio/2010/relationships"
XPS = "http://schemas.microsoft.com/xps/2005/06"
OOXML = "application/vnd.openxmlformats-officedocument"


def element(namespace: str, tag: str, content: str) -> str:
    """Return a root element in a default namespace, with r: for relationships and a: for drawings."""
    return f'<{tag} xmlns="{namespace}" xmlns:r="{OFFICE_RELATIONS}" xmlns:a="{A}">{content}</{tag}>'


def main_part(name: str, media_type: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types><Override PartName="/{name}" ContentType="{media_type}"/></Types>',
        "_rels/.rels": relations((f"{OFFICE_RELATIONS}/officeDocument", f"/{name}")),
    }


@pytest.mark.parametrize(
    ("name", "main", "media_type"),
    [
        ("a.docx", "word/document9.xml", f"{OOXML}.wordprocessingml.document.main+xml"),
        ("a.docm", "content/main.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("a.zip", "word/x.xml", ""),
    ],
)
def test_the_parts_of_a_docx_are_those_it_relates(tmp_path: Path, name: str, main: str, media_type: str) -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnote>'
    text = '<w:p><w:r><w:t>The quay is open.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    folder, _, file_name = main.rpartition("/")
    members: dict[str, str | bytes] = {
        **main_part(main, media_type),
        main: f'<w:document xmlns:w="{W}"><w:body>{text}</w:body></w:document>',
        f"{folder}/_rels/{file_name}.rels": relations((f"{OFFICE_RELATIONS}/footnotes", "remarks7.xml")),
        f"{folder}/remarks7.xml": f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>',
    }
    extraction = read(package(tmp_path / name, members))
    assert (extraction.reader, text_of(extraction)) == ("docx", "The quay is open.\n\na note")


def test_the_main_parts_of_slides_and_sheets_may_have_other_names(tmp_path: Path) -> None:
    slides: dict[str, str | bytes] = {
        **main_part("ppt/show1.xml", ""),
        "ppt/show1.xml": element(P, "presentation", '<sldIdLst><sldId r:id="r0"/></sldIdLst>'),
        "ppt/_rels/show1.xml.rels": relations((f"{OFFICE_RELATIONS}/slide", "slides/s.xml")),
        "ppt/slides/s.xml": element(P, "sld", "<a:p><a:r><a:t>Ropes</a:t></a:r></a:p>"),
    }
    assert text_of(read(package(tmp_path / "a.pptx", slides))) == "Ropes"
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Pier 7</t></is></c></row>'
    sheets: dict[str, str | bytes] = {
        **main_part("xl/book1.xml", f"{OOXML}.spreadsheetml.sheet.main+xml"),
        "xl/book1.xml": element(S, "workbook", '<sheets><sheet name="Quays" sheetId="1" r:id="r0"/></sheets>'),
        "xl/_rels/book1.xml.rels": relations((f"{OFFICE_RELATIONS}/worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": element(S, "worksheet", f"<sheetData>{row}</sheetData>"),
    }
    extraction = read(package(tmp_path / "a.xlsx", sheets))
    assert (extraction.state, text_of(extraction)) == (State.INDEXED, "Pier 7")


def test_drawings_and_fixed_pages_are_read_page_by_page(tmp_path: Path) -> None:
    shapes = '<Shape><Text><cp IX="0"/>North gate\n</Text></Shape><Shape><Text>Pier</Text></Shape>'
    drawing = read(package(tmp_path / "a.vsdx", {
        "_rels/.rels": relations((f"{VISIO}/document", "visio/document.xml")),
        "visio/document.xml": element(V, "VisioDocument", ""),
        "visio/_rels/document.xml.rels": relations((f"{VISIO}/pages", "pages/pages.xml")),
        "visio/pages/pages.xml": element(V, "Pages", '<Page Name="Plan"><Rel r:id="r0"/></Page>'),
        "visio/pages/_rels/pages.xml.rels": relations((f"{VISIO}/page", "page1.xml")),
        "visio/pages/page1.xml": element(V, "PageContents", shapes),
    }))  # fmt: skip
    assert [(page.label, page.text) for page in drawing.text.pages] == [("Plan", "North gate\nPier")]
    glyphs = "".join(
        f'<Glyphs OriginX="1" OriginY="{height}" UnicodeString="{text}"/>'
        for height, text in ((9, "No ship"), (9, "came"), (20, "in winter."))
    )
    glyphs += "".join(
        f'<Glyphs FontRenderingEmSize="10" OriginX="{x}" OriginY="{y}" UnicodeString="{text}" Indices="{indices}"/>'
        for x, y, text, indices in (
            (10, 40, "Har", ",70;,50;,40"), (26, 40, "bour", "7,50;,50;,50;,40"), (48, 41, "bell", ""),
            (63, 41, "s", ""),
        )
    )  # fmt: skip
    pages = '<PageContent Source="Pages/1.fpage"/><PageContent Source="/Documents/1/Pages/2.fpage"/>'
    fixed = read(package(tmp_path / "a.oxps", {
        "_rels/.rels": relations((f"{XPS}/fixedrepresentation", "/Seq.fdseq")),
        "Seq.fdseq": element(XPS, "FixedDocumentSequence", '<DocumentReference Source="/Documents/1/D.fdoc"/>'),
        "Documents/1/D.fdoc": element(XPS, "FixedDocument", pages),
        "Documents/1/Pages/1.fpage": element(XPS, "FixedPage", glyphs),
        "Documents/1/Pages/2.fpage": element(XPS, "FixedPage", '<Glyphs UnicodeString="End"/>'),
    }))  # fmt: skip
    assert [page.text for page in fixed.text.pages] == ["No ship came\nin winter.\nHarbour bells", "End"]


TABLE = (
    '<table:table table:name="T"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>'
    "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
)


@pytest.mark.parametrize(
    ("name", "kind", "body", "text"),
    [
        ("a.fodt", "text", "<text:p>One</text:p><text:h>Two</text:h>", "One\nTwo"),
        ("a.fodp", "presentation", "<draw:page><text:p>Slide</text:p></draw:page>", "Slide"),
        ("a.fodg", "graphics", "<draw:page><draw:frame><text:p>Buoy</text:p></draw:frame></draw:page>", "Buoy"),
        ("a.xml", "spreadsheet", TABLE, "a \tb"),
    ],
)
def test_opendocument_in_one_file_is_read_as_the_packed(
    tmp_path: Path, name: str, kind: str, body: str, text: str
) -> None:
    spaces = {"office": "office", "text": "text", "draw": "drawing", "table": "table"}
    names = " ".join(f'xmlns:{prefix}="{ODF}:{space}:1.0"' for prefix, space in spaces.items())
    tag = f"office:{'drawing' if kind == 'graphics' else kind}"
    content = (
        f'<?xml version="1.0"?><office:document {names} xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:meta><dc:title>On quays</dc:title></office:meta>"
        f"<office:body><{tag}>{body}</{tag}></office:body></office:document>"
    )
    extraction = read(write_file(tmp_path / name, content))
    assert extraction.media_type == f"application/vnd.oasis.opendocument.{kind}"
    assert (text_of(extraction), candidate_values(extraction, "title")) == (text, ["On quays"])


def test_a_page_with_many_zeros_is_read_by_its_words(tmp_path: Path) -> None:
    page = (
        b"<html><body><p>Calm"
        + bytes(40)
        + b" sea in the harbour, and no ship to be seen from the quay.</p></body></html>"
    )
    assert "no ship to be seen" in text_of(read(write_file(tmp_path / "a.html", page)))
    row = recognise(write_file(tmp_path / "a.bin", bytes(4000) + page))
    assert row is None


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("writer", "<text:p>No<text:s text:c='1'/>ship</text:p>", "No ship"),
        ("calc", TABLE, "a \tb"),
        ("impress.template", "<draw:page><draw:text-box><text:p>Buoy</text:p></draw:text-box></draw:page>", "Buoy"),
    ],
)
def test_files_of_openoffice_1_are_read_as_opendocument(tmp_path: Path, kind: str, body: str, text: str) -> None:
    spaces = {"office": "office", "text": "text", "draw": "drawing", "table": "table"}
    names = " ".join(f'xmlns:{prefix}="http://openoffice.org/2000/{space}"' for prefix, space in spaces.items())
    content = f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"
    path = package(tmp_path / "old", {"mimetype": f"application/vnd.sun.xml.{kind}", "content.xml": content})
    assert text_of(read(path)) == text
