"""A bulk edit shows what it will store, refuses what it cannot, and says what it did and whether it was undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.archivist.event_log import read_log
from tests.web.conftest import client_of

BULK = "/curate/bulk"
TOTAL = 4


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


def afterwards(page: str) -> set[str]:
    return set(re.findall(r"<td><b><bdi>(.*?)</bdi></b></td>", page))


def change(client: TestClient, **fields: str) -> str:
    answer = client.post(BULK, data={"search": "", "total": str(TOTAL)} | fields)
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    return location


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [("date", "4. Mai 2018", "4 May 2018"), ("language", "french", "French"), ("author", "Bo Li;Al Ba", "Bo Li; Al Ba"),
     ("category", "Speeches", "speech"), ("date", "undated", "nothing")],
)  # fmt: skip
def test_the_preview_shows_what_will_be_stored(client: TestClient, field: str, typed: str, shown: str) -> None:
    answer = client.get(BULK, params={"field": field, "value": typed})
    assert answer.status_code == 200
    assert afterwards(answer.text) == {shown}


@pytest.mark.parametrize(
    ("field", "typed"), [("date", "2018-02-31"), ("date", "04/05/2018"), ("country", "Narnia"), ("title", " ")]
)
def test_the_preview_refuses_what_cannot_be_stored(client: TestClient, field: str, typed: str) -> None:
    answer = client.get(BULK, params={"field": field, "value": typed})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert f'name="value" value="{typed}"' in answer.text
    assert 'name="total"' not in answer.text
    days = re.findall(r'href="(/curate/bulk\?[^"]*value=2018-0[45]-0[45])"><bdi>(.*?)</bdi>', answer.text)
    assert [day for _, day in days] == (["4 May 2018", "5 April 2018"] if "/" in typed else [])
    for address, day in days:
        assert afterwards(client.get(address.replace("&amp;", "&")).text) == {day}


def test_no_value_is_set_where_there_is_none(client: TestClient, papers: Path) -> None:
    page = client.get(BULK, params={"field": "author", "value": "", "none": "1"}).text
    assert afterwards(page) == {"nothing"}
    change(client, field="author", value="", none="1")
    assert not client.get("/search.json").json()["hits"][0]["authors"]
    assert client.post(BULK, data={"search": "", "total": str(TOTAL), "field": "title"}).status_code == 400


def test_a_new_category_is_confirmed_in_the_preview(client: TestClient, papers: Path) -> None:
    page = client.get(BULK, params={"field": "category", "value": "zines"}).text
    assert "is not a category of this archive yet" in page
    before = read_log(papers)
    fields = {"search": "", "total": str(TOTAL), "field": "category", "value": "zines", "who": "Eve"}
    answer = client.post(BULK, data=fields)
    assert answer.status_code == 400
    assert 'name="who" value="Eve"' in answer.text
    assert read_log(papers) == before
    change(client, **fields | {"new-category": "zines"})
    assert "is not a category" not in client.get(BULK, params={"field": "category", "value": "zines"}).text


def test_a_bulk_edit_says_what_it_did_and_when_it_was_undone(client: TestClient) -> None:
    done = change(client, field="date", value="4 May 2018", who="Eve")
    page = client.get(done).text
    assert f"{TOTAL} documents were changed" in page
    assert "Date: <b><bdi>4 May 2018</bdi></b>" in page
    assert client.post(f"{done}/undo", data={"who": "Bo"}).headers["location"] == done
    page = client.get(done).text
    assert f"The change of {TOTAL} documents was undone" in page
    assert re.search(rf"Undone on .* 20\d\d by Bo in {TOTAL} documents\. <a", page)
    assert "/undo" not in page
    assert client.post(f"{done}/undo", data={"who": "Bo"}).status_code == 303
    assert "Undoes" in client.get("/curate/log").text


def test_no_bulk_edit_is_claimed_that_never_was(client: TestClient) -> None:
    assert client.get(f"{BULK}/anything").status_code == 404
    assert client.post(f"{BULK}/anything/undo", data={"who": ""}).status_code == 404
    fields = {"search": "", "total": str(TOTAL), "field": "author", "value": "Bo Li"}
    first = change(client, **fields)
    answer = client.post(BULK, data=fields)
    assert answer.status_code == 400
    assert "all documents have that value already" in answer.text
    change(client, **fields | {"value": "Al Ba"})
    answer = client.post(f"{first}/undo", data={"who": ""})
    assert answer.status_code == 400
    assert "newer value" in answer.text
