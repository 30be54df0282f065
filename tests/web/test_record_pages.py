"""The researcher's pages: searches kept, put on record and screened, and feeds that a key of their own opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from starlette.testclient import TestClient

from indexer.archivist.erasure import erase
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import refresh
from tests.conftest import Indexing
from tests.support import LETTER, documents_by_path
from tests.web.conftest import ACCESS, HOST, TOKEN, client_of
from web.access.guard import Access
from web.app import make_app
from web.files.static_files import static_address
from web.records.record_pages import FILES
from web.site import OwnStore, Site

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
RULES = Path(__file__).parent / "atom.rng"


@pytest.fixture
def client(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with client_of(papers) as opened:
        yield opened


def post(client: TestClient, path: str, **form: str) -> str:
    answer = client.post(path, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def entries(text: str) -> list[str]:
    """Return the titles of a feed, which must be valid Atom."""
    document = etree.fromstring(text.encode())
    rules = etree.RelaxNG(etree.parse(RULES))
    assert rules.validate(document), rules.error_log
    for entry in document.iterfind(f"{ATOM}entry"):
        dates = [child.tag for child in entry if child.tag in {f"{ATOM}updated", f"{DC}date"}]
        assert dates[-1] == f"{ATOM}updated"  # readers take the last for the day on which the entry changed
    return [title.text or "" for title in document.iterfind(f"{ATOM}entry/{ATOM}title")]


def test_a_feed_key_opens_its_feed_and_no_other_route(client: TestClient, papers: Path) -> None:
    post(client, "/saved", search="q=", name="everything & <more>")
    post(client, "/saved/feed", name="everything & <more>")
    (path,) = re.findall(r'href="(/feeds/[^"]+)"', client.get("/saved").text)
    del client.headers["authorization"]
    assert len(entries(client.get(path).text)) == 4
    key = path.removeprefix("/feeds/").removesuffix(".atom")
    assert client.get(f"/feeds/{key[::-1]}.atom").status_code == 404
    refused = [
        f"/feeds/{key}", f"/feeds/{key}.atom/", f"{path}?q=the", f"//feeds/{key}.atom",
        "/feeds/.atom",
        f"/saved?token={key}", f"/search?q=the&key={key}", f"/feeds/../search?q={key}",
        f"/feeds/{key}.atom%2f..%2fsaved",
        "/search.atom?q=the", "/saved", "/",
    ]  # fmt: skip
    assert {address: client.get(address).status_code for address in refused} == dict.fromkeys(refused, 401)
    for headers in ({"authorization": f"Bearer {key}"}, {"cookie": f"{ACCESS.cookie}={key}"}):
        assert client.get("/saved", headers=headers).status_code == 401
    assert client.post(path).status_code == 401
    assert client.head(path).status_code == 200
    letter = documents_by_path(papers)[LETTER]
    withdraw(papers, letter.id, "a reason")  # also before the index is updated
    assert letter.metadata.value("title") not in entries(client.get(path).text)
    refresh(papers)
    assert len(entries(client.get(path).text)) == 3
    client.headers["authorization"] = f"Bearer {TOKEN}"
    post(client, "/saved/feed", name="everything & <more>", revoke="1")
    del client.headers["authorization"]
    revoked = client.get(path)
    assert (revoked.status_code, revoked.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert revoked.text.startswith("No feed has this address")


def test_a_feed_of_any_search_is_linked_from_its_results(client: TestClient) -> None:
    page = client.get("/search?q=conference").text
    (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)">', page)
    assert len(entries(client.get(link).text)) == 1
    assert entries(client.get("/search.atom?q=zzzz").text) == []
    description = ET.fromstring(client.get("/opensearch.xml").text)  # noqa: S314 (our own)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(description.findtext(f"{space}ShortName") or "") <= 16
    assert f"http://{HOST}/search?q={{searchTerms}}" in [url.get("template") for url in description.iter(f"{space}Url")]
    assert 'rel="search"' in page


def test_what_is_new_is_on_the_start_page_until_it_was_seen(client: TestClient, papers: Path, run: Indexing) -> None:
    assert 'name="name" value="harbour"' in client.get("/saved?q=harbour").text
    post(client, "/saved", search="q=harbour", name="Harbours")
    assert "Harbours" not in client.get("/").text
    (papers / "survey.txt").write_text("A survey of 1911\n\nThe harbour was dredged.\n", encoding="utf-8")
    run(papers)
    assert re.search(r"Harbours.*1 new since", client.get("/").text)
    assert "A survey of 1911" in client.get("/saved").text
    assert client.get("/saved.json").json()[0]["new"][0]["because"]["event"] == "added"
    post(client, "/saved/seen", name="Harbours")
    assert "Harbours" not in client.get("/").text
    refused = client.post("/saved", data={"search": "q=x", "name": "Harbours"})
    assert refused.status_code == 409
    assert 'name="name" value="Harbours"' in refused.text
    assert "Choose another name." in refused.text
    assert 'href="/search?q=harbour"' in refused.text  # as results are shown first, whatever else is kept


def test_a_record_is_made_shown_and_taken_away_in_the_browser(client: TestClient) -> None:
    location = post(client, "/records", search="q=conference&category=speech", reason="speeches alone", note="mine")
    page = client.get(location).text
    assert "conference" in page
    assert "speeches alone" in page
    for file in ("methods", "prisma-s", "csv", "changes", "json", "ro-crate"):
        answer = client.get(f"{location}&file={file}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get(f"{location}&file=other").status_code == 400
    assert client.get("/records?number=99").status_code == 404
    assert client.get("/records.json").json()[0]["note"] == "mine"
    post(client, "/records/remove", number="1")
    assert client.get("/records.json").json() == []


def test_pages_of_records_say_nothing_of_what_was_taken_away(client: TestClient, papers: Path) -> None:
    location = post(client, "/records", search="q=")
    post(client, "/saved", search="q=conference", name="conferences")
    letter, brought_back, *_, erased = documents_by_path(papers).values()
    withdraw(papers, letter.id, "quixadril asked", "Vandrothy")
    withdraw(papers, brought_back.id, "quixadril by mistake", "Vandrothy")
    restore(papers, brought_back.id, "Vandrothy")
    erase(papers, [erased.id], "quixadril wrote", "Vandrothy")
    refresh(papers)
    query = location.partition("?")[2]
    changes = client.get(f"/records.json?{query}").json()["changes"]
    kinds = {row["id"]: row["because"][-1]["event"] for row in changes["withdrawn"]}
    assert kinds == {letter.id: "withdrawn", erased.id: "erased"}
    files = [f"{location}&file={name}" for name in FILES]
    for address in (location, f"/records.json?{query}", *files, "/saved", "/saved.json", "/", "/review"):
        text = client.get(address).text.casefold()
        for words in ("quixadril", "vandrothy", letter.metadata.value("title"), erased.metadata.value("title")):
            assert not words or words.casefold() not in text, (address, words)


def test_documents_are_screened_one_after_the_other_without_script(client: TestClient) -> None:
    review = post(client, "/review", search="q=", name="Prisons / α", reasons="off topic\n\ntoo old")
    assert '<details class="listed" open>' in client.get(review).text
    address = f"{review}&reader=1"
    for number, decision in enumerate(("relevant", "not", "maybe", "")):
        page = client.get(address).text
        form = dict(re.findall(r'<input type="hidden" name="(name|document|reader)" value="([^"]*)">', page))
        fields = {**form, "reason": "off topic", "note": f"note {number}"}
        address = post(client, "/review/decide", **fields, **({"decision": decision} if decision else {}))
    assert '<details class="listed"><summary>' in client.get(review).text  # nothing of it is seen by a second reader
    assert form["document"] in client.get(address).text  # what is put off comes again when nothing else is left
    whole = client.get(f"/review.json?{review.partition('?')[2]}").json()
    flow = {row["step"]: row["documents"] for row in whole["flow"] if not row["detail"]}
    assert (flow["records"], flow["screened"], flow["included"], flow["not yet screened"]) == (4, 3, 1, 1)
    assert whole["reasons"] == ["off topic", "too old"]
    for file in ("csv", "ris", "flow", "svg"):
        assert client.get(f"{review}&file={file}").status_code == 200
    table = client.get(f"{review}&file=csv").text.replace(",not,", ",maybe,")
    sent = client.post("/review/import", data={"name": "Prisons / α"}, files={"file": ("t.csv", table, "text/csv")})
    assert "Decisions read: 3." in client.get(sent.headers["location"]).text
    whole = client.get(f"/review.json?{review.partition('?')[2]}").json()
    assert {row["step"]: row["documents"] for row in whole["flow"] if not row["detail"]}["undecided"] == 2
    other = {**form, "reader": "2", "decision": "not", "reason": "too old", "note": "of 1890"}
    post(client, "/review/decide", **other)
    post(client, "/review/decide", **{**other, "reader": "1", "decision": "relevant"})
    settling = client.get(f"{review}&reader=agreed&at={form['document']}").text
    assert "(<bdi>too old</bdi>)<br>Note: <bdi>of 1890</bdi>" in settling
    assert "0 of 1 disagreements settled." in settling
    taken = client.post("/review", data={"search": "q=", "name": "Prisons / α", "reasons": "my own"})
    assert (taken.status_code, "my own</textarea>" in taken.text) == (409, True)
    wrong = client.post("/review/import", data={"name": "Prisons / α"}, files={"file": ("t.csv", b"\0", "text/csv")})
    assert wrong.status_code == 400
    assert static_address("screening.js") in page
    assert static_address("screening.js") not in client.get(review).text
    assert client.post("/review", data={"q": "conference", "name": "other"}).status_code == 400
    bad = urlencode({**form, "decision": "perhaps"})
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/review/decide", content=bad, headers=kind).status_code == 400


@pytest.mark.parametrize("read_only", [True, False])
def test_behind_a_proxy_the_pages_are_off_unless_allowed(papers: Path, read_only: bool) -> None:
    access = Access(TOKEN, ACCESS.port, "https://a.example", "127.0.0.1")
    headers = {"authorization": f"Bearer {TOKEN}", "host": HOST}
    for store, status in ((None, 404), (OwnStore(is_shown=True), 200)):
        site = Site(papers, access, read_only=read_only, store=store)
        with TestClient(make_app(site), f"http://{HOST}", headers=headers, follow_redirects=False) as client:
            assert {client.get(path).status_code for path in ("/saved", "/records", "/review")} == {status}
            assert ('href="/saved' in client.get("/search?q=the").text) == (status == 200)
            feed = client.get(f"/feeds/{'k' * 43}.atom", headers={"authorization": ""})
            assert feed.status_code == (404 if status == 200 else 401)
