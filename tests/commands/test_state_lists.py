"""``status --list`` names the documents in a state, and of withdrawn ones nothing but their tombstones."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from corpus.document import STATE_NAMES
from tests.commands.calling import call, call_json
from tests.support import CLOSING, LETTER

LISTING = "title,date,category,url\nNever Filed,2019,report,https://example.org/never.pdf\n"


@pytest.fixture
def archive(papers: Path, tmp_path: Path) -> Path:
    """An archive with a document in every state that a short run makes."""
    (tmp_path / "listing.csv").write_text(LISTING, encoding="utf-8")
    call(papers, "import", str(tmp_path / "listing.csv"))
    letter_id = call_json(papers, "search", "file:letter")["hits"][0]["id"]
    call(papers, "withdraw", letter_id, "--reason", "names a witness")
    (papers / "copy of the letter.txt").write_bytes((papers / LETTER).read_bytes())
    (papers / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    (papers / CLOSING).unlink()
    call(papers, "index", "--jobs", "1")
    return papers


def test_the_list_of_each_state_names_its_documents(archive: Path) -> None:
    lists = {name: call_json(archive, "status", "--list", name) for name in STATE_NAMES}
    counts = {name: listed["total"] for name, listed in lists.items() if listed["total"]}
    assert counts == {"indexed": 2, "failed": 1, "missing": 1, "listed": 1, "withdrawn": 1}
    assert lists["failed"]["documents"][0]["path"] == "bad.pdf"
    assert lists["missing"]["documents"][0]["title"]
    (listed,) = lists["listed"]["documents"]
    assert (listed["title"], listed["date"], listed["link"], listed["listed_in"]) == (
        "Never Filed", "2019", "https://example.org/never.pdf", ["listing.csv, row 2"],
    )  # fmt: skip
    header, row = csv.reader(io.StringIO(call(archive, "status", "--list", "listed", "--csv").stdout))
    assert dict(zip(header, row, strict=True))["title"] == "Never Filed"
    screen = call(archive, "status", "--list", "LISTED").stdout
    assert "Never Filed" in screen
    assert "https://example.org/never.pdf" in screen


def test_no_list_discloses_a_withdrawn_document_or_its_copies(archive: Path) -> None:
    for name in STATE_NAMES:
        for words in (("--list", name), ("--list", name, "--json"), ("--list", name, "--csv")):
            printed = call(archive, "status", *words).stdout.lower()
            assert "letter" not in printed, name
    assert "names a witness" in call(archive, "status", "--list", "withdrawn").stdout


def test_the_table_of_a_list_is_safe_and_can_be_imported_again(papers: Path, tmp_path: Path) -> None:
    listing = tmp_path / "hostile.csv"
    listing.write_text('title,date,url\n"=HYPERLINK(""http://x.org"")",2019,https://x.org/a.pdf\n', encoding="utf-8")
    call(papers, "import", str(listing))
    printed = call(papers, "status", "--list", "listed", "--csv").stdout
    assert not re.search(r'(^|,)"?=', printed, re.MULTILINE)
    (tmp_path / "again.csv").write_text(printed, encoding="utf-8")
    report = call_json(papers, "import", str(tmp_path / "again.csv"), "--dry-run")
    assert [item["title"] for item in report["items"]] == ['=HYPERLINK("http://x.org")']
    assert (report["changes"], report["new"]) == ([], [])
    assert call(papers, "status", "--csv").exit_code == 2
