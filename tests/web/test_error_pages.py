"""Error pages have the frame of the site, a way on, and names of pages and buttons in place of commands."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import MunimentError
from corpus.messages import TABLES
from indexer.archivist.withdrawal import withdraw
from search import Request, open_archive
from tests.web.conftest import ACCESS, TOKEN, client_of
from web.app import make_app
from web.languages import NAMES
from web.site import Site
from web.wording.page_hints import IN_A_TERMINAL, page_hint

ONLY_OF_COMMANDS = ("command.", "serve.", "settings.")
COMMAND = re.compile(r"(?<!\.)muniment [a-z]|(?<![\w-])--[a-z]")


@pytest.mark.parametrize("language", list(NAMES))
def test_no_hint_of_the_pages_names_a_command(language: str) -> None:
    named = {}
    for code, row in TABLES["en"].items():
        if isinstance(row, str) or code.startswith(ONLY_OF_COMMANDS) or code in IN_A_TERMINAL:
            continue
        names = {name for text in row for _, name, *_ in string.Formatter().parse(text) if name}
        hint = page_hint(MunimentError(code, **dict.fromkeys((name.partition(":")[0] for name in names), 7)), language)
        if COMMAND.search(re.sub(r"<[^>]*>", "", hint)):
            named[code] = hint
    assert not named


@pytest.mark.parametrize(
    ("path", "status", "links"),
    [
        ("/documents/nobody", 404, ("/search",)),
        ("/documents/{id}?page=9", 404, ("/documents/{id}",)),
        ("/documents/{id}/page/9.png", 404, ("/documents/{id}",)),
        ("/documents/{id}/page/0.png", 404, ("/documents/{id}",)),
        ("/search?sort=up", 400, ("/",)),
        ("/nowhere", 404, ("/",)),
        ("/curate/jobs/77", 404, ("/curate",)),
        ("/curate/documents/{id}/erased", 404, ("/curate/documents/{id}",)),
    ],
)
def test_an_error_page_leads_on(served: TestClient, path: str, status: int, links: tuple[str, ...]) -> None:
    first = served.get("/search.json").json()["hits"][0]["id"]
    answer = served.get(path.format(id=first))
    assert answer.status_code == status
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert 'name="q"' in answer.text.partition("<main")[0]
    assert 'class="name" href="/"' in answer.text
    for link in (*links, "/"):
        assert f'href="{link.format(id=first)}"' in main
    assert not COMMAND.search(main)
    assert "be: ," not in main


def test_a_page_beyond_the_last_hit_says_which_is_the_last(served: TestClient) -> None:
    assert "There is no hit 59,991; the last is 4." in served.get("/search?page=6000").text


def test_a_stranger_sees_nothing_of_the_archive(served: TestClient) -> None:
    answer = served.get("/search", headers={"authorization": ""})
    assert answer.status_code == 401
    assert 'class="name"' not in answer.text


def test_readers_elsewhere_are_told_no_place_and_no_command(papers: Path) -> None:
    manifest = papers / ".muniment" / "index" / "manifest.json"
    manifest.write_text("{")
    access = replace(ACCESS, public_url="https://archive.example", proxy="testclient")
    app = make_app(Site(papers, access, read_only=True))
    headers = {"authorization": f"Bearer {TOKEN}", "host": "archive.example"}
    with TestClient(app, "https://archive.example", headers=headers, raise_server_exceptions=False) as client:
        for path in ("/search?q=rights", "/search.json?q=rights"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert str(papers) not in answer.text
            assert "papers/.muniment/index" in answer.text
        page = client.get("/search?q=rights").text
    assert "Tell whoever keeps this archive." in page
    assert "/curate" not in page


def test_a_damaged_index_is_mended_by_the_button_that_its_page_names(papers: Path) -> None:
    with open_archive(papers) as opened:
        document_id = opened.search(Request("", limit=1)).hits[0].id
    withdraw(papers, document_id, "names a person", "Ada")
    (papers / ".muniment" / "index" / "manifest.json").write_text("{")
    with client_of(papers) as client:
        page = client.get("/search?q=rights").text.partition("<main")[2]
        assert "its bytes are not those that were written" in page
        assert 'run <a href="/curate/files">Build the index anew</a>' in page.replace("Run", "run")
        assert "Build the index anew" in client.get("/curate/files").text
        again = client.post(f"/curate/documents/{document_id}/withdraw", data={"reason": "names a person"})
        assert not COMMAND.search(again.text.partition("<main")[2])
