"""Web archives: which records are documents, by type or content, and what is said of the others."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest

from corpus.document import State
from indexer.readers import read
from indexer.readers.embedded.embedded_reader import read_embedded
from tests.indexer.readers.reader_support import text_of, write_file

RTF = b"{\\rtf1 The lease.}"
PAGE = b"<!-- x --> <HTML><body><p>The page.</p></body></html>"
BLOB = bytes(range(256)) * 8


def warc(*records: tuple[str, str, bytes], status: str = "200 OK", compressed: bool = True) -> bytes:
    """Return a web archive of responses: their addresses, headers and bodies."""
    content = b""
    for url, headers, body in records:
        http = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-07-11T10:05:28Z\r\n"
        kind = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        digest = f"WARC-Payload-Digest: sha1:{hashlib.sha1(body, usedforsecurity=False).hexdigest()}\r\n"
        record = (head + digest + kind).encode() + http + b"\r\n\r\n"
        content += gzip.compress(record) if compressed else record
    return content


@pytest.mark.parametrize(
    ("url", "headers", "body", "name", "text"),
    [
        ("http://a.org/get?id=1", "Content-Type: application/octet-stream", RTF, "get.rtf", "The lease."),
        ("http://a.org/get/2", "Content-Type: application/force-download", RTF, "2.rtf", "The lease."),
        ("http://a.org/get/3", "Server: x", RTF, "3.rtf", "The lease."),
        ("http://a.org/get/4", "Content-Type: image/webp", RTF, "4.rtf", "The lease."),
        ("http://a.org/5", "Content-Type: application/x-download", PAGE, "5.html", "The page."),
        ("http://a.org/6", "Content-Type: text/css", PAGE, "6.html", "The page."),
        ("http://a.org/7", "Server: x", "Une réponse écrite.".encode("cp850"), "7.txt", "Une réponse écrite."),
        (
            "http://a.org/8",
            'Content-Disposition: attachment; filename="Bail été.rtf"',
            RTF,
            "Bail été.rtf",
            "The lease.",
        ),
        ("http://a.org/9.md", "Content-Type: binary/octet-stream", b"The note.", "9.md", "The note."),
        ("http://a.org/10", "Content-Type: text/xml", b"<?xml version='1.0'?>" + PAGE[11:], "10.html", "The page."),
        (
            "http://a.org/act/5",
            "Content-Type: application/xml",
            b"<?xml version='1.0'?><akomaNtoso><p>The act.</p></akomaNtoso>",
            "5.xml",
            "The act.",
        ),
        (
            "http://a.org/api",
            'Content-Type: text/json\r\nContent-Disposition: attachment; filename="list.json"',
            b'{"title": "The list."}',
            "list.json",
            "title: The list.",
        ),
    ],
)
def test_the_content_of_a_record_says_what_its_type_does_not(
    tmp_path: Path, url: str, headers: str, body: bytes, name: str, text: str
) -> None:
    for compressed in (True, False):
        path = write_file(tmp_path / "a.warc", warc((url, headers, body), compressed=compressed))
        (page,) = read(path).embedded
        assert page.name == name
        assert text_of(read_embedded(path, page.address)[0]) == text


def test_what_is_no_document_is_counted_by_kind(tmp_path: Path) -> None:
    records = [
        ("http://a.org/", "Content-Type: text/html", PAGE), ("http://a.org/x", "Content-Type: image/webp", BLOB),
        ("http://a.org/y", "Content-Type: image/webp", BLOB), ("http://a.org/a.js", "Server: x", b"let a = 1"),
        ("http://a.org/b", "Content-Type: text/javascript", b"let b = 1"),
        ("http://a.org/c", "Content-Type: application/octet-stream", BLOB),
        ("http://a.org/feed", "Content-Type: application/rss+xml", b"<rss><channel/></rss>"),
        ("http://a.org/sitemap.xml", "Content-Type: text/xml", b"<!-- all --><urlset><url/></urlset>"),
        ("http://a.org/list", "Content-Type: application/json; charset=utf-8", b'{"title": "x"}'),
    ]  # fmt: skip
    moved = warc(("http://a.org/old", "Location: /new", b""), status="301 Moved")
    gone = warc(("http://a.org/gone", "Content-Type: text/html", PAGE), status="404 Not Found")
    content = warc(*records) + moved + gone
    sentence = (
        "left out 10 records: 3 feeds and answers in XML or JSON, 2 images, 2 of other data, 1 script, 1 redirect,"
        " 1 error page"
    )
    extraction = read(write_file(tmp_path / "a.warc.gz", content))
    assert (extraction.state, len(extraction.embedded), extraction.reason) == (State.INDEXED, 1, sentence)
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", content)
    assert read(tmp_path / "a.wacz").reason == sentence
    empty = read(write_file(tmp_path / "b.warc", moved))
    assert (empty.state, empty.reason) == (
        State.WITHOUT_TEXT, "the web archive contains no pages; left out 1 record: 1 redirect",
    )  # fmt: skip


def test_a_page_that_was_captured_again_unchanged_is_one_document(tmp_path: Path) -> None:
    html = "Content-Type: text/html"
    page, changed = ("http://a.org/", html, PAGE), ("http://a.org/", html, PAGE * 2)
    extraction = read(write_file(tmp_path / "a.warc", warc(page, changed, page, ("http://b.org/", html, PAGE))))
    assert len(extraction.embedded) == 2
    assert extraction.reason == "left out 2 records: 2 repeated captures"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/html; charset=iso-8859-2", "<meta charset=utf-8><p>Łódź</p>".encode("iso8859-2")),
        ('Content-Type: text/plain; charset="windows-1250"', "Łódź".encode("cp1250")),
        ("Content-Type: text/csv;charset=cp852", "Łódź".encode("cp852")),
    ],
)
def test_the_encoding_that_a_server_states_is_used(tmp_path: Path, headers: str, body: bytes) -> None:
    path = write_file(tmp_path / "a.warc", warc(("http://a.org/a", headers, body)))
    assert text_of(read_embedded(path, read(path).embedded[0].address)[0]) == "Łódź"


def test_rows_of_comments_take_no_time(tmp_path: Path) -> None:
    body = b"<!---->" * 500 + b"x"
    path = write_file(tmp_path / "a.warc", warc(("http://a.org/a", "Content-Type: application/x-unknown", body)))
    assert [page.name for page in read(path).embedded] == ["a.txt"]
