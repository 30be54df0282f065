"""Pages and their JSON: equal to the command line, canonical, and safe with whatever documents contain."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cli import main
from indexer.archivist.withdrawal import withdraw
from search import open_archive
from search.request import Request
from tests.web.conftest import client_of


def printed(archive: Path, *arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(main, ["--archive", str(archive), *arguments])
    assert result.exit_code == 0
    value = json.loads(result.stdout)
    assert isinstance(value, dict)
    return value


def without_times(value: dict[str, object]) -> dict[str, object]:
    return {key: part for key, part in value.items() if key not in {"took_ms", "links", "archive"}}


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("", []),
        ("q=right", ["right"]),
        ("q=rights+assembly&any=1&sort=newest&size=2", ["rights assembly", "--any", "--sort", "newest", "-n", "2"]),
        ("q=the&category=statement&page=2&size=1", ["the", "--category", "statement", "-n", "1", "--offset", "1"]),
        ("q=zebra", ["zebra"]),
        ("q=%22unclosed+phrase", ['"unclosed phrase']),
    ],
)
def test_the_json_of_results_is_that_of_the_command(
    served: TestClient, indexed_papers: Path, address: str, arguments: list[str]
) -> None:
    answer = served.get(f"/search.json?{address}".rstrip("?"))
    assert answer.status_code == 200
    assert without_times(answer.json()) == without_times(printed(indexed_papers, "search", *arguments, "--json"))


def test_the_json_of_a_document_is_that_of_the_command(served: TestClient, indexed_papers: Path) -> None:
    for hit in served.get("/search.json").json()["hits"]:
        answer = served.get(f"/documents/{hit['id']}.json?q=right")
        shown = printed(indexed_papers, "show", hit["id"], "--query", "right", "--json")
        assert without_times(answer.json()) == without_times(shown)


def test_similar_documents_are_linked_to_until_they_are_known(indexed_papers: Path) -> None:
    command = printed(indexed_papers, "search", "assembly", "-n", "1", "--json")
    document = f"/documents/{command['hits'][0]['id']}"  # type: ignore[index]  # JSON
    with client_of(indexed_papers) as client:
        page = client.get(document).text
        assert f'<a href="{document}/similar" data-similar>' in page
        assert 'id="similar"' not in page
        answer = client.get(f"{document}/similar.json").json()
        similar = printed(indexed_papers, "similar", document.rpartition("/")[2], "--json")
        assert without_times(answer) == without_times(similar)
        assert answer["hits"]
        for shown in (client.get(f"{document}/similar").text, client.get(document).text):
            _, _, rows = shown.partition('id="similar"')
            assert re.findall(r'<li><a href="/documents/([^"]+)"', rows) == [hit["id"] for hit in answer["hits"]]
            assert "data-similar" not in shown


def test_every_link_of_a_page_leads_to_an_answer(served: TestClient) -> None:
    seen, waiting = set[str](), ["/"]
    while waiting and len(seen) < 150:
        path = waiting.pop(0)
        seen.add(path)
        answer = served.get(path)
        assert answer.status_code in {200, 303}, path
        for piece in answer.text.split('href="')[1:] if answer.headers["content-type"].startswith("text/html") else []:
            link = piece.partition('"')[0].replace("&amp;", "&").partition("#")[0]
            if link and link not in seen and link not in waiting:
                assert link.startswith("/")
                waiting.append(link)
    assert len(seen) > 50


def test_an_address_that_is_not_canonical_leads_to_the_one_that_is(served: TestClient) -> None:
    answer = served.get("/search?category=&q=right&from=2018&to=2021&page=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=right&date=2018..2021")
    assert served.get("/?q=right").headers["location"] == "/search?q=right"


def test_an_unknown_parameter_is_reported_with_the_repair(served: TestClient) -> None:
    page = served.get("/search?categroy=statement").text
    assert "did you mean category?" in page
    assert 'href="/search?category=statement"' in page


def test_errors_have_one_shape_in_json(served: TestClient) -> None:
    for path, status, kind in (("/search.json?page=x", 400, "usage"), ("/documents/x.json", 404, "not-found")):
        answer = served.get(path)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"kind", "code", "message", "hint", "parameter"}
        assert answer.json()["error"]["kind"] == kind


def test_a_withdrawn_document_shows_nothing_of_itself(papers: Path) -> None:
    with open_archive(papers) as archive:
        hit = archive.search(Request("assemblies", limit=1)).hits[0]
    withdraw(papers, hit.id, "names-a-witness", who="Ada")
    with client_of(papers) as client:
        for ending in ("", ".json", ".txt", "/similar", "/similar.json"):
            answer = client.get(f"/documents/{hit.id}{ending}")
            assert answer.status_code == 410
            assert all(word not in answer.text for word in (hit.title, "witness", "Ada", hit.path))
        assert hit.title not in client.get("/search?size=100").text + client.get("/").text


def test_an_archive_without_an_index_has_a_page_that_says_what_to_do(tmp_path: Path) -> None:
    with client_of(tmp_path) as client:
        answer = client.get("/")
        assert answer.status_code == 503
        assert 'href="/curate/files"' in answer.text
        assert "muniment --archive" not in answer.text
        assert client.get("/search.json").json()["error"]["kind"] == "unavailable"


@pytest.mark.parametrize(
    ("query", "repaired"),
    [
        ('report "torture in', 'report "torture in"'), ("“torture  ", '“torture"'), ('(a "b', '(a "b")'),
        ("(torture OR (report ", "(torture OR (report))"), ('torture "', 'torture "'), ('"a \\', '"a \\'),
    ],
)  # fmt: skip
def test_what_is_not_closed_is_closed_by_clicks(served: TestClient, query: str, repaired: str) -> None:
    for _ in range(3):
        page = served.get("/search", params={"q": query}).text
        repair = re.search(r'<p class="remark">[^<]*not closed[^<]*<a href="/search\?q=([^"]*)"', page)
        query = unquote_plus(repair[1]) if repair else query
    assert query == repaired
