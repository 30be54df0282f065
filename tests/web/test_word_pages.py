"""Pages that list words: the numbers of the commands, and links to exactly the lines behind them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import client_of

ROW = re.compile(r'<tr><th scope="row">(?:<a href="([^"]*)">)?<bdi>(.*?)</bdi>')
COUNT = re.compile(r'<td class="number"><a href="([^"]*)">([\d,]+)</a>')


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    with client_of(sample_folder) as opened:
        yield opened


def page_of(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


def lines_behind(client: TestClient, link: str) -> dict[str, Any]:
    counted: dict[str, Any] = client.get(html.unescape(link).replace("/kwic?", "/kwic.json?")).json()
    return counted


@pytest.mark.parametrize("narrowing", ["", "q=detention", "category=statement&q=prison+police&any=1"])
def test_a_frequency_leads_to_its_lines(client: TestClient, narrowing: str) -> None:
    page = page_of(client, f"/frequencies?{narrowing}")
    words = client.get(f"/frequencies.json?{narrowing}").json()["words"]
    links = {html.unescape(word): link for link, word in ROW.findall(page)}
    assert [*links] == [row["word"] for row in words][: len(links)]
    for row in words[:4]:
        assert lines_behind(client, links[row["word"]])["chosen"] == row["hits"], row["word"]
    table = csv.DictReader(io.StringIO(client.get(f"/frequencies.csv?{narrowing}").text.removeprefix("\ufeff")))
    assert [row["word"] for row in table][: len(words)] == [row["word"] for row in words]


@pytest.mark.parametrize("b", ["", "&b=category:report"])
def test_a_comparison_leads_to_the_lines_of_both_sets(client: TestClient, b: str) -> None:
    page = page_of(client, f"/compare?a=category:statement{b}&min=2&min_documents=1")
    links = COUNT.findall(page)
    assert links
    for link, count in links[:4]:
        assert lines_behind(client, link)["chosen"] == int(count.replace(",", ""))
    assert "G²" in page
    assert "Words cluster in documents" in page.partition("<summary>How this is counted")[2]


def test_collocates_lead_to_lines_with_both_words(client: TestClient) -> None:
    page = page_of(client, "/collocates?q=detention&window=4&min=2")
    found = client.get("/collocates.json?q=detention&window=4&min=2").json()
    links = {html.unescape(word): link for link, word in ROW.findall(page)}
    assert [*links] == [row["word"] for row in found["words"]]
    assert found["options"]["window"] == 4
    word = next(row for row in found["words"] if row["word"].isalpha())
    assert lines_behind(client, links[word["word"]])["total"] > 0


def test_first_use_leads_to_the_page_and_to_all_lines(client: TestClient) -> None:
    page = page_of(client, "/first-use?q=detention")
    found = client.get("/first-use.json?q=detention").json()
    assert f'href="/documents/{found["all"]["first_id"]}?' in page
    for link, count in COUNT.findall(page):
        assert lines_behind(client, link)["total"] == int(count.replace(",", ""))


@pytest.mark.parametrize(
    "search",
    ["q=detention", "q=detention&category=statement", "q=prison+%22public+order%22&any=1&not.category=report",
     "category=statement&category=report&not.language=fr", "date=2015..2018&not.title=opening+speech"],
)  # fmt: skip
def test_a_comparison_begins_with_the_documents_of_the_search(client: TestClient, search: str) -> None:
    total = client.get(f"/search.json?{search}&size=0", follow_redirects=True).json()["total"]
    answer = client.get(f"/compare?{search}&min=2")
    assert answer.status_code == 303
    link = answer.headers["location"]
    counted = client.get(link.replace("/compare?", "/compare.json?")).json()
    assert (counted["a"]["documents"], counted["options"]["min_hits"]) == (total, 2)
    page = page_of(client, link)
    leaving = re.findall(r'<a href="(/search\?[^"]+)">Documents', page)[0]
    assert client.get(html.unescape(leaving).replace("/search?", "/search.json?")).json()["total"] == total


def test_pages_without_words_ask_for_them(client: TestClient) -> None:
    for path in ("/kwic", "/trend", "/collocates", "/first-use"):
        main = page_of(client, f"{path}?stemmed=1&category=report").partition("<main")[2]
        assert re.search(r"<label>Type a word[^<]* <input name=\"q\"", main)
        assert 'name="stemmed" id="stemmed-value" value="1" checked' in main
        assert 'type="hidden" name="category" value="report"' in main
    assert "Type the first set" in page_of(client, "/compare")
    assert client.get("/collocates.json?q=a&window=99").status_code == 400
    record = client.get("/compare.record.json?a=category:statement").json()
    assert (record["tool"], record["parameters"]["a"]) == ("compare", "category:statement")
