"""The description of the API is current, and every answer is as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from tests.support import ROOT
from tests.web.conftest import client_of
from tools.openapi import openapi
from tools.query_help import SOURCE, query_help

DESCRIPTION = openapi()


def schema_of(path: str, status: int) -> dict[str, Any]:
    answer = DESCRIPTION["paths"][path]["get"]["responses"][str(status)]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema | {"components": DESCRIPTION["components"]}


def test_the_description_and_the_help_are_generated_from_their_sources() -> None:
    assert json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8")) == DESCRIPTION
    help_page = (ROOT / "web" / "templates" / "query_help.html").read_text(encoding="utf-8")
    assert help_page == query_help(SOURCE.read_text(encoding="utf-8"))


def test_every_answer_is_as_the_description_says(papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with client_of(papers) as client:
        document_id = client.get("/search.json").json()["hits"][0]["id"]
        addresses = {
            "/index.json": "/index.json", "/search.json": "/search.json?q=right", "/suggest": "/suggest?q=ri",
            "/search.record.json": "/search.record.json?q=right:&category=report",
            "/documents/{id}.json": f"/documents/{document_id}.json?q=right",
            "/documents/{id}/pages/{page}.json": f"/documents/{document_id}/pages/1.json",
            "/documents/{id}/similar.json": f"/documents/{document_id}/similar.json",
            **{f"/{tool}{ending}": f"/{tool}{ending}?q=right{'&a=right' * (tool == 'compare')}"
               for tool in ("kwic", "trend", "frequencies", "collocates", "compare", "first-use")
               for ending in (".json", ".record.json")},
            "/curate.json": "/curate.json", "/curate/files.json": "/curate/files.json",
            "/curate/failures.json": "/curate/failures.json", "/curate/queue.json": "/curate/queue.json",
            "/curate/log.json": "/curate/log.json",
        }  # fmt: skip
        job = client.post("/curate/files/index", data={"who": "Ada"}).headers["location"]
        while not client.get(f"{job}.json").json()["ended"]:
            pass
        addresses["/curate/jobs/{number}.json"] = f"{job}.json"
        for path, address in addresses.items():
            answer = client.get(address)
            assert answer.status_code == 200, address
            Draft202012Validator(schema_of(path, 200)).validate(answer.json())
        described = {path for path in DESCRIPTION["paths"] if path.endswith(".json") and ".csl." not in path}
        assert described <= addresses.keys()


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/search.json", "/search.json?page=x", 400),
        ("/documents/{id}.json", "/documents/no-such.json", 404),
        ("/documents/{id}/pages/{page}.json", "/documents/no-such/pages/1.json", 404),
        ("/curate/jobs/{number}.json", "/curate/jobs/99.json", 404),
    ],
)
def test_errors_are_as_the_description_says(served: TestClient, path: str, address: str, status: int) -> None:
    answer = served.get(address)
    assert answer.status_code == status
    Draft202012Validator(schema_of(path, status)).validate(answer.json())


MADE_UP = st.one_of(
    st.sampled_from(
        ["", "0", "1", "-1", "2", "100", "99999999999999999999", "none", "title", "2018..2019", "..", "9" * 400]
    ),
    st.sampled_from(
        ["the", '"', "title:", "a NEAR/2 b", "(", "*", "-", "the~2 OR", "\x00", "\u202e", "\ud800", "é" * 1500]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@given(st.data())
def test_made_up_parameters_are_answered_as_described(served: TestClient, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([*DESCRIPTION["paths"]]))
    described = DESCRIPTION["paths"][path]["get"]
    names = [one["name"] for one in described["parameters"] if one["in"] == "query"] or ["q"]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), MADE_UP), max_size=4))
    known = [hit["id"] for hit in served.get("/search.json").json()["hits"][:2]]
    ids = [*known, "no-such", "%00", "%ff", "..", "a" * 500]
    address = path.format(
        id=data.draw(st.sampled_from(ids)),
        page=data.draw(st.sampled_from(["1", "2", "0", "9" * 30])),
        number=data.draw(st.sampled_from(["0", "9" * 30])),
    )
    answer = served.get(f"{address}?{urlencode(pairs, errors='surrogatepass')}")
    assert str(answer.status_code) in described["responses"], answer.url
    content = described["responses"][str(answer.status_code)].get("content", {})
    kind = answer.headers.get("content-type", "").partition(";")[0]
    assert not content or kind in content or "*/*" in content
    if kind == "application/json" and kind in content:
        Draft202012Validator(schema_of(path, answer.status_code)).validate(answer.json())


@pytest.mark.parametrize("missing", ["", ".muniment", ".muniment/index/manifest.json", "muniment.toml"])
def test_what_happens_to_an_archive_that_is_served_is_described(papers: Path, tmp_path: Path, missing: str) -> None:
    settings, away = papers / "muniment.toml", tmp_path / "away"
    with client_of(papers) as client:
        document = client.get("/search.json").json()["hits"][0]["id"]
        addresses = {path: path.format(id=document, page=1, number=0) for path in DESCRIPTION["paths"]}
        before = {path: client.get(address).status_code for path, address in addresses.items()}
        if missing == "muniment.toml":
            settings.write_text("[archive\nname = ")
        else:
            (papers / missing).rename(away)
        for path, address in addresses.items():
            answer = client.get(address)
            assert str(answer.status_code) in DESCRIPTION["paths"][path]["get"]["responses"], address
            assert path != "/search.json" or answer.status_code == 503
        if missing == "muniment.toml":
            settings.unlink()
        else:
            away.rename(papers / missing)
        assert {path: client.get(address).status_code for path, address in addresses.items()} == before
