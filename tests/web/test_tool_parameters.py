"""Every page of a tool refuses parameters that it does not have, and values that a parameter cannot have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import HOST, client_of
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


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("/kwic?q=&by=&group=&sample=&seed=", "/kwic"),
        ("/kwic?q=torture&by=&unit=sentence&sample=+%20", "/kwic?q=torture&unit=sentence"),
        ("/trend?q=caf%C3%A9+x&with=&with=torture&with=", "/trend?q=caf%C3%A9+x&with=torture"),
        ("/compare?q=&a=torture&b=&min=", "/compare?a=torture"), ("/first-use?q=", "/first-use"),
        ("/curate/log?kind=&document=&since=2020", "/curate/log?since=2020"),
        ("//evil.example/x?q=", "/evil.example/x"),
    ],
)  # fmt: skip
def test_the_address_of_a_form_has_no_empty_fields(client: TestClient, address: str, clean: str) -> None:
    answer = client.get(f"http://{HOST}{address}")
    assert (answer.status_code, answer.headers["location"]) == (303, clean)
    assert client.get(clean).headers.get("location") in {None, "/compare?a=torture"}


def test_programs_may_leave_fields_of_an_address_empty(client: TestClient) -> None:
    assert client.get("/kwic.json?q=torture&by=").status_code == 200
    assert client.get("/kwic.csv?q=torture&by=").status_code == 200
    assert client.get("/kwic?q=torture&by=", headers={"accept": "application/json"}).status_code == 200
    assert client.get("/curate/files?compare").status_code == 200


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
