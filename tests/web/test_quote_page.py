"""The page of checked quotations: pasted, sent as a file, taken as a table; nothing of them is kept or disclosed."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.commands.calling import call
from tests.web.conftest import client_of
from web.research.quote_page import MAX_WEB_QUOTATIONS

KETTLE = "where the kettle is. It is behind the files on evictions"
DRAFT = f"She wrote “{KETTLE}” and “{KETTLE.replace('files', 'filings')}”."


def test_pasted_quotations_are_checked_and_shown(served: TestClient) -> None:
    assert 'action="/check-quotes"' in served.get("/check-quotes").text
    answer = served.post("/check-quotes", data={"text": DRAFT})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "<del>filings</del> <ins>files</ins>" in answer.text
    assert "1 verbatim, 1 altered" in answer.text
    assert '<a href="/documents/fw36wntkzt?page=1">' in answer.text
    rows = list(csv.DictReader(io.StringIO(served.post("/check-quotes.csv", data={"text": DRAFT}).text[1:])))
    assert [row["result"] for row in rows] == ["verbatim", "altered"]
    assert rows[1]["changes"].count("[-filings-]{+files+}") == 1
    assert served.post("/check-quotes.json", data={"text": DRAFT}).json()["counts"]["verbatim"] == 1


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            f"{body}</w:body></w:document>",
        )
    return document.getvalue()


def test_quotations_of_a_word_processor_are_named_by_paragraph(
    served: TestClient, indexed_papers: Path, tmp_path: Path
) -> None:
    content = docx("A heading", "", "Some words.", DRAFT)
    page = served.post("/check-quotes", files={"file": ("draft.docx", content)}).text
    assert '<th scope="col">Paragraph</th>' in page
    assert page.count('<th scope="row">3</th>') == 2
    rows = served.post("/check-quotes.json", files={"file": ("draft.docx", content)}).json()["quotes"]
    assert [row["paragraph"] for row in rows] == [3, 3]
    table = served.post("/check-quotes.csv", files={"file": ("draft.docx", content)}).text[1:]
    assert [row["paragraph"] for row in csv.DictReader(io.StringIO(table))] == ["3", "3"]
    (tmp_path / "draft.docx").write_bytes(content)
    screen = call(indexed_papers, "check-quotes", str(tmp_path / "draft.docx")).stdout
    assert screen.startswith("paragraph 3: altered")
    pasted = served.post("/check-quotes.json", data={"text": f"One line.\n\n{DRAFT}"}).json()["quotes"]
    assert [(row["line"], row["paragraph"]) for row in pasted] == [(3, None), (3, None)]
    assert '<th scope="col">Line</th>' in served.post("/check-quotes", data={"text": DRAFT}).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("draft.docx", docx(DRAFT)),
        ("draft.md", DRAFT.encode()),
        ("list.csv", f'quote\n"{KETTLE}"\n"{KETTLE}."\n'.encode()),
        ("../../etc/draft.exe!", DRAFT.encode()),
    ],
)
def test_files_are_read_by_their_ending(served: TestClient, name: str, content: bytes) -> None:
    answer = served.post("/check-quotes.json", files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["quotes"][0]["result"] == "verbatim"


def test_what_cannot_be_checked_is_refused(papers: Path) -> None:
    with client_of(papers) as client:
        assert client.post("/check-quotes", data={"text": "no quotation"}).status_code == 400
        refused = client.post("/check-quotes.csv", data={"text": "none"}, headers={"accept": "text/html"})
        assert (refused.status_code, "Put them in quotation marks" in refused.text) == (400, True)
        claimed = client.post("/check-quotes", data={"text": f"“{KETTLE}” (zzzzzzzzzz, p. 7)"}).text
        assert '<bdi class="quiet">(zzzzzzzzzz, p. 7)</bdi>' in claimed
        many = "quote\n" + f"{KETTLE}\n" * (MAX_WEB_QUOTATIONS + 1)
        refused = client.post("/check-quotes", data={"text": many})
        assert refused.status_code == 400
        assert f"More than {MAX_WEB_QUOTATIONS} quotations" in refused.text
        assert client.post("/check-quotes", files={"file": ("a.docx", b"PK\x03\x04" + bytes(200))}).status_code == 409
        foreign = client.post("/check-quotes", data={"text": DRAFT}, headers={"sec-fetch-site": "cross-site"})
        assert foreign.status_code == 403
        hostile = client.post("/check-quotes", data={"text": "“<script>alert(1)</script> \u202e one two three four”"})
        assert "<script>alert" not in hostile.text
        assert "\u202e" not in hostile.text
