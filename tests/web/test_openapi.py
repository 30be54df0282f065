"""The description of the API is current, and every answer is as it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from tests.support import ROOT
from tests.web.conftest import ACCESS, client_of
from tests.web.route_rows import HTML, PAGES, QUOTES
from tests.web.server_process import FORM
from tools.openapi import openapi
from tools.query_help import SOURCE, query_help
from web.app import _routes
from web.site import Site

DESCRIPTION = openapi()


def operation_of(path: str) -> dict[str, Any]:
    (operation,) = DESCRIPTION["paths"][path].values()
    return cast("dict[str, Any]", operation)


def ask(client: TestClient, path: str, address: str, pairs: Sequence[tuple[str, str]] = ()) -> Response:
    """Ask for an address of a path, with parameters or a form as the path takes them."""
    if "post" in DESCRIPTION["paths"][path]:
        return client.post(address, content=urlencode(pairs, errors="surrogatepass"), headers=FORM)
    return client.get(f"{address}?{urlencode(pairs, errors='surrogatepass')}" if pairs else address)


def schema_of(path: str, status: int) -> dict[str, Any]:
    answer = operation_of(path)["responses"][str(status)]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema | {"components": DESCRIPTION["components"]}


def test_the_description_and_the_help_are_generated_from_their_sources() -> None:
    assert json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8")) == DESCRIPTION
    help_page = (ROOT / "web" / "templates" / "query_help.html").read_text(encoding="utf-8")
    assert help_page == query_help(SOURCE.read_text(encoding="utf-8"))


def test_every_route_for_programs_is_described(tmp_path: Path) -> None:
    routes = [route for route in _routes(Site(tmp_path, ACCESS)) if "." in route.path.rpartition("/")[2]]
    described = set(DESCRIPTION["paths"])
    assert {route.path.replace(":int", "") for route in routes} - described == {"/api/openapi.json"}
    for_programs = {path for path, row in PAGES.items() if row.media_type != HTML}
    left_out = {"/api/openapi.json", "/static/{digest}/{name}"}
    assert {path.replace(":int", "") for path in for_programs} - described == left_out


def test_every_answer_is_as_the_description_says(papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with client_of(papers) as client:
        document_id = client.get("/search.json").json()["hits"][0]["id"]
        for address in ("/records", "/saved", "/review"):
            assert client.post(address, data={"search": "q=right", "name": "own", "to": ""}).status_code == 303
        addresses = {
            "/records.json": "/records.json?number=1", "/saved.json": "/saved.json", "/check-quotes.json": "",
            "/review.json": "/review.json?name=own",
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
            answer = client.get(address) if address else client.post(path, data=dict(QUOTES))
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
    described = operation_of(path)
    names = [one["name"] for one in described.get("parameters", []) if one["in"] == "query"] or ["q", "text"]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), MADE_UP), max_size=4))
    known = [hit["id"] for hit in served.get("/search.json").json()["hits"][:2]]
    ids = [*known, "no-such", "%00", "%ff", "..", "a" * 500]
    address = path.format(
        id=data.draw(st.sampled_from(ids)),
        page=data.draw(st.sampled_from(["1", "2", "0", "9" * 30])),
        number=data.draw(st.sampled_from(["0", "9" * 30])),
        key=data.draw(st.sampled_from(["k", "k" * 43])),
    )
    answer = ask(served, path, address, pairs)
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
        addresses = {path: path.format(id=document, page=1, number=0, key="k") for path in DESCRIPTION["paths"]}
        before = {path: ask(client, path, address).status_code for path, address in addresses.items()}
        if missing == "muniment.toml":
            settings.write_text("[archive\nname = ")
        else:
            (papers / missing).rename(away)
        for path, address in addresses.items():
            answer = ask(client, path, address)
            assert str(answer.status_code) in operation_of(path)["responses"], address
            assert path != "/search.json" or answer.status_code == 503
        if missing == "muniment.toml":
            settings.unlink()
        else:
            away.rename(papers / missing)
        assert {path: ask(client, path, address).status_code for path, address in addresses.items()} == before
