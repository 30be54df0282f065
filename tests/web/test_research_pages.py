"""Pages of tools that count words: the numbers of the commands, links to the lines, and a chart beside its table."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import search
from muniment import KwicOptions, Request, kwic
from tests.conftest import Indexing
from tests.web.conftest import client_of


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    with client_of(sample_folder) as opened:
        yield opened


def page_of(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


def test_the_page_has_the_lines_and_totals_of_the_archive(client: TestClient, sample_folder: Path) -> None:
    with search.open_archive(sample_folder) as archive:
        made = kwic(archive, Request("detention"), KwicOptions(limit=50))
    page = page_of(client, "/kwic?q=detention")
    assert f"{made.total:,} places" in page
    assert len(re.findall(r'<tr id="line-', page)) == len(made.lines)
    assert page.count("<blockquote") == len(made.lines)
    assert client.get("/kwic.json?q=detention").json()["total"] == made.total
    rows = list(csv.DictReader(io.StringIO(client.get("/kwic.csv?q=detention").text.removeprefix("\ufeff"))))
    assert [row["n"] for row in rows] == [str(number) for number in range(1, made.total + 1)]


SENTENCES = "A heron. The (heron) flew, and a heron’s eye saw the heron; heron-like birds: “heron”!"


@pytest.mark.parametrize("unit", ["tokens&left=30&right=30", "characters&left=200&right=200", "sentence"])
def test_a_line_has_a_blank_where_the_text_has_one(tmp_path: Path, run: Indexing, unit: str) -> None:
    (tmp_path / "birds.txt").write_text(f"On birds.\n\n{SENTENCES}\n", encoding="utf-8")
    run(tmp_path)
    with client_of(tmp_path) as opened:
        page = page_of(opened, f"/kwic?q=heron&unit={unit}")
        lines = opened.get(f"/kwic.json?q=heron&unit={unit}").json()["lines"]
    rows = re.findall(r'<td class="left".*?</span>', page, re.DOTALL)
    assert len(rows) == len(lines) == 6
    assert not {"blank_before", "blank_behind"} & lines[0].keys()
    for row in rows:
        printed = html.unescape(re.sub("<[^>]*>", "", row))
        assert " ".join(printed.split()).removeprefix("On birds. ") in SENTENCES


def test_a_group_leads_to_its_lines_and_pages_to_the_next(client: TestClient) -> None:
    page = page_of(client, "/kwic?q=detention&group=1L&lines=5")
    link, lines = re.findall(
        r'<th scope="row"><a href="([^"]+)"><bdi>[^<]+</bdi></a></th><td class="number">(\d+)', page
    )[0]
    only = page_of(client, html.unescape(link))
    assert f"of {lines}<" in only or f": {lines} <" in only
    edge = page_of(client, "/kwic?q=detention&group=1L&only=_")
    assert "(edge of the text)" in edge
    following = html.unescape(re.findall(r'<a rel="next" href="([^"]+)"', page)[0])
    assert 'id="line-6"' in page_of(client, following)


def test_every_period_of_a_trend_leads_to_its_lines(client: TestClient) -> None:
    page = page_of(client, "/trend?q=detention&with=assembly")
    assert page.count("<svg") > 1
    points = client.get("/trend.json?q=detention").json()["series"][0]["points"]
    links = re.findall(r'<th scope="row"><a href="([^"]+)">(\d{4})</a></th>\s*<td><bdi>detention', page)
    assert {period for _, period in links} == {point["period"] for point in points if point["hits"]} - {"undated"}
    link, period = links[0]
    total = client.get(html.unescape(link).replace("/kwic?", "/kwic.json?")).json()["total"]
    assert total >= next(point["hits"] for point in points if point["period"] == period) > 0


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("address", "wrong", "fields"),
    [
        ("/kwic?q=a&by=9L&sample=7&category=report", "by", {"q": "a", "sample": "7", "category": "report"}),
        ("/kwic?q=a&unit=x&stemmed=1", "unit", {"q": "a", "stemmed": "1"}),
        ("/kwic?q=a&left=999&right=3", "", {"q": "a", "right": "3"}),
        ("/kwic?q=is:failed&within=page", "q", {"q": "is:failed"}),
        ("/kwic?q=one&q=two&any=1", "q", {"q": "two", "any": "1"}),
        ("/kwic?q=a&date=2019..2011", "", {"q": "a", "date": "2019..2011"}),
        ("/trend?q=a&q=b&step=day&smooth=3", "step", {"q": "a", "with": "b", "smooth": "3"}),
        ("/trend?by=century&q=a", "", {"q": "a"}),
        ("/trend?" + "&".join(f"q=word{number}" for number in range(9)), "with", {"q": "word0", "with": "word8"}),
        ("/frequencies?q=a&min=0", "min", {"q": "a", "min": "0"}),
        ("/collocates?q=a&window=0&words=7", "window", {"q": "a", "window": "0", "words": "7", "min": "3"}),
        ("/compare?q=c&a=a+b&b=%22x%22&min=none", "min", {"q": "c", "a": "a b", "b": "&#34;x&#34;", "min": "none"}),
        ("/compare?b=" + "x" * 5000, "b", {"b": "x" * 5000}),
        ("/first-use?q=a&stemmed=2", "stemmed", {"q": "a"}),
    ],
)
def test_a_refused_page_keeps_what_was_typed(
    client: TestClient, address: str, wrong: str, fields: dict[str, str]
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    main = main_of(answer.text)
    assert 'role="alert"' in main
    for name, value in fields.items():
        assert re.search(f'name="{name}"[^>]* value="{re.escape(value)}"', main), name
    marked = {re.findall('name="([^"]+)"', tag)[0] for tag in re.findall("<[^>]*aria-invalid[^>]*>", main)}
    assert marked == ({wrong} if wrong else set())
    assert not wrong or f'<a href="#{wrong}-value">' in main
    assert not wrong or f'id="{wrong}-value"' in main
    head = answer.text.partition("<main")[0]
    assert not wrong or wrong == "q" or f'name="{wrong}"' not in head


def test_results_lead_to_the_tools_with_the_same_question(client: TestClient) -> None:
    page = page_of(client, "/search?q=detention&category=statement")
    assert 'href="/kwic?q=detention&amp;category=statement"' in page
    assert 'href="/trend?q=detention&amp;category=statement"' in page
    assert 'href="/compare?category=statement&amp;a=detention"' in page
    assert 'href="/frequencies?category=statement"' in page_of(client, "/search?category=statement")
