"""Originals: whole, in part or not at all, as what they are, and never another file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import BAN, CLOSING, LETTER, PLAIN_WORDS, documents_by_path
from tests.web.conftest import client_of
from web.files.originals import INLINE, SANDBOX, ByteRange, byte_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)), ("bytes=2-4", (2, 5)), ("bytes=5-", (5, 10)), ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)), ("bytes=8-99", (8, 10)), (" bytes=0-9 ", (0, 10)),
        ("", None), ("bytes=-", None), ("bytes=4-2", None), ("bytes=0-1,3-4", None), ("lines=0-1", None),
        ("bytes=a-b", None), ("bytes=0x1-2", None), ("bytes=" + "9" * 30 + "-", None), ("bytes=٣-", None),
    ],
)  # fmt: skip
def test_a_range_is_one_part_of_the_file_or_all_of_it(header: str, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 10) == (ByteRange(*part) if part else None)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_outside_of_the_file_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        byte_range(header, 10)


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


def address_of(archive: Path, path: str) -> str:
    return f"/documents/{documents_by_path(archive)[path].id}/original"


def test_an_original_is_sent_whole_in_parts_and_once(client: TestClient, papers: Path) -> None:
    address, content = address_of(papers, LETTER), (papers / LETTER).read_bytes()
    whole = client.get(address)
    assert (whole.status_code, whole.content) == (200, content)
    tag = {"if-none-match": whole.headers["etag"]}
    again = client.get(address, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    part = client.get(address, headers={"range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, content[3:10])
    assert part.headers["content-range"] == f"bytes 3-9/{len(content)}"
    changed = client.get(address, headers={"range": "bytes=3-9", "if-range": '"of another file"'})
    assert (changed.status_code, changed.content) == (200, content)
    beyond = client.get(address, headers={"range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(content)}")
    many = client.get(address, headers={"range": "bytes=" + ",".join(["0-"] * 200)})
    assert (many.status_code, many.content) == (200, content)


@pytest.mark.parametrize(
    ("path", "kind", "is_shown"),
    [
        (LETTER, "text/plain; charset=utf-8", True), (CLOSING, "text/plain; charset=utf-8", True),
        (BAN, "application/octet-stream", False), (PLAIN_WORDS, "application/octet-stream", False),
    ],
)  # fmt: skip
def test_only_what_can_do_nothing_is_shown(
    client: TestClient, papers: Path, path: str, kind: str, is_shown: bool
) -> None:
    answer = client.get(address_of(papers, path))
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("inline" if is_shown else "attachment")
    assert answer.headers["content-security-policy"] == SANDBOX
    download = client.get(f"{address_of(papers, path)}?download=1")
    assert download.headers["content-disposition"].startswith("attachment")
    assert download.headers["content-type"] == "application/octet-stream"


def test_no_format_that_runs_code_is_shown() -> None:
    assert {*INLINE} == {"pdf", "txt", "png", "jpeg"}


def test_a_link_in_the_place_of_an_original_is_not_followed(client: TestClient, papers: Path, tmp_path: Path) -> None:
    address = address_of(papers, LETTER)
    secret = tmp_path / "secret.txt"
    secret.write_text("of somebody else")
    (papers / LETTER).unlink()
    (papers / LETTER).symlink_to(secret)
    answer = client.get(address)
    assert answer.status_code >= 400
    assert "of somebody else" not in answer.text
    (papers / LETTER).unlink()
    os.mkfifo(papers / LETTER)
    assert client.get(address).status_code >= 400
    (papers / LETTER).unlink()
    assert client.get(address).status_code == 404


def test_a_file_that_changed_since_is_not_the_original(client: TestClient, papers: Path) -> None:
    address = address_of(papers, LETTER)
    tag = client.get(address).headers["etag"]
    os.utime(papers / LETTER, (1, 1))  # copied elsewhere and back: the same bytes
    assert client.get(address).headers["etag"] == tag
    with (papers / LETTER).open("a") as letter:
        letter.write("More.\n")
    answer = client.get(address, headers={"if-none-match": tag})
    assert answer.status_code == 404
    assert "the file was changed since it was read" in answer.text
    assert "More." not in answer.text
    list(index(papers, (), Options(jobs=1)))
    assert client.get(address).text[-6:] == "More.\n"


@pytest.mark.parametrize("is_missing", [True, False])
def test_the_page_says_where_its_file_is_missing_or_changed(client: TestClient, papers: Path, is_missing: bool) -> None:
    shutil.copyfile(SAMPLE / "speeches" / "co-chair-opening-2018.pdf", papers / "speech.pdf")
    list(index(papers, (), Options(jobs=1)))
    page = address_of(papers, "speech.pdf").removesuffix("/original")
    assert "/page/1.png" in client.get(page).text
    if is_missing:
        (papers / "speech.pdf").unlink()
    else:
        (papers / "speech.pdf").write_bytes(b"%PDF-1.4 another")
    text = client.get(page).text
    assert f"speech.pdf: the file {'is missing' if is_missing else 'was changed since it was read'}" in text
    assert "/page/1.png" not in text
    assert f'href="{page}/original' not in text
    form = client.get(f"/curate{page}").text
    assert "/page/1.png" not in form
    assert "speech.pdf: the file" in form
    for part in ("/original", "/page/1.png"):
        answer = client.get(page + part)
        assert answer.status_code == 404
        assert str(papers) not in answer.text
        assert f'href="{page}"' in answer.text


@pytest.mark.parametrize(
    "path",
    ["/documents/../../etc/passwd", "/documents/..%2f..%2fetc%2fpasswd/original", "/documents/%2fetc%2fpasswd/original",
     "/static/../app.py", "/static/x/..%2f..%2fapp.py", "/static/..%2f..%2fapp.py/x", "/static/x/%2fetc%2fpasswd",
     "/documents/./original", "/documents/%00/original",
     "/documents/letter-to-the-one-who-comes-after-me.txt/original"],
)  # fmt: skip
def test_no_path_comes_from_an_address(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
