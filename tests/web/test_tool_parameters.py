"""Every page of a tool refuses parameters that it does not have, and values that a parameter cannot have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import client_of
from web.research.kwic_page import KWIC_OPTIONS
from web.research.tool_address import TOOLS
from web.research.trend_page import TREND_OPTIONS
from web.research.word_tools import WORD_TOOLS

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

OPTIONS = {"/kwic": KWIC_OPTIONS, "/trend": TREND_OPTIONS} | {tool.path: tool.options for tool in WORD_TOOLS.values()}
QUERIES = {"with", "a", "b", "only"}
"""Options that may have any short text."""
BAD_VALUES = ("-1", "x", "1e3", "10000000001", "1 2", "٣", "²", "x" * 5000)
FROM_ONE = {
    "/kwic": ("start",), "/frequencies": ("min", "words"), "/collocates": ("window", "min", "words"),
    "/compare": ("min", "min_documents", "words"), "/first-use": ("words",),
}  # fmt: skip
ENDINGS = ("", ".json", ".csv", ".record.json")


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    with client_of(sample_folder) as opened:
        yield opened


def refused(client: TestClient, address: str, **parameters: str | list[str]) -> str:
    answer = client.get(address, params=parameters, headers={"accept": "application/json"})
    assert answer.status_code == 400, (address, parameters)
    return answer.text


@pytest.mark.parametrize("path", TOOLS)
def test_an_option_is_refused_with_what_it_can_be(client: TestClient, path: str) -> None:
    for option in OPTIONS[path]:
        for value in ["x" * 5000] * (option != "only") if option in QUERIES else BAD_VALUES:
            answer = refused(client, path, **{option: value})
            assert option in QUERIES or "It can be" in answer
    for option in FROM_ONE.get(path, ()):
        assert "1–" in refused(client, path, **{option: "0"})


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path", TOOLS)
def test_a_parameter_that_a_tool_lacks_is_refused(client: TestClient, path: str, ending: str) -> None:
    other = "step" if path != "/trend" else "by"
    answers = [refused(client, path + ending, q="a", a="a", **{name: "1"}) for name in ("page", "qq", other)]
    assert all("date" in answer for answer in answers)


@pytest.mark.parametrize("path", TOOLS)
def test_two_values_of_one_parameter_are_refused(client: TestClient, path: str) -> None:
    if path != "/trend":
        refused(client, path, q=["a", "b"])
    option = next(name for name in OPTIONS[path] if name not in QUERIES)
    refused(client, path, **{option: ["1", "2"]})


def test_several_queries_of_a_trend_are_several_series(client: TestClient) -> None:
    asked = {"q": ["detention", "assembly", "detention"], "with": "prison"}
    series = client.get("/trend.json", params=asked).json()["series"]
    assert [row["query"]["text"] for row in series] == ["detention", "assembly", "prison"]
    refused(client, "/trend", q=[f"word{number}" for number in range(9)])


def test_a_word_of_no_group_is_refused(client: TestClient) -> None:
    assert "group=node" in refused(client, "/kwic", q="detention", only="detention")


def test_a_citation_is_of_a_page_that_there_is_or_of_the_whole(client: TestClient) -> None:
    hits = client.get("/search.json?q=format:pdf&size=100").json()["hits"]
    paged, pages = next((hit["id"], hit["pages"]) for hit in hits if hit["pages"] > 1)
    for ending in (".ris", ".bib", ".csl.json"):
        address = f"/documents/{paged}{ending}"
        whole = client.get(address)
        assert client.get(f"{address}?page={pages}").text != whole.text
        for page in (str(pages + 1), "0", "abc", "-1", "1.0"):
            assert f"1–{pages}." in refused(client, address, page=page)
        refused(client, address, page=["1", "2"])
        assert "It has: page." in refused(client, address, pages="1")
    assert "parameter page" in refused(client, f"/documents/{paged}.jsonld", page="1")
