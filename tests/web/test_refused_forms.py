"""A form that is refused comes back as it was sent, with the reason and the field that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from threading import Event

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from corpus.errors import MunimentError
from corpus.lock import write_lock
from indexer.archivist.event_log import read_log
from indexer.archivist.withdrawal import withdraw
from search import Request, open_archive
from tests.support import LETTER
from tests.web.conftest import client_of


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


class SentForm(HTMLParser):
    """The fields of the forms of a page, as a browser would send them, and the names of those that are marked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.marked: list[str] = []
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        self._area = name if tag == "textarea" else ""
        is_off = given.get("type") in {"radio", "checkbox"} and "checked" not in given
        if tag == "input" and name and not is_off:
            self.values.setdefault(name, given.get("value") or "")
        if "aria-invalid" in given:
            self.marked.append(name)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values.setdefault(self._area, data)

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area


def first_ids(archive: Path, count: int = 1) -> list[str]:
    with open_archive(archive) as opened:
        return [hit.id for hit in opened.search(Request("", limit=count)).hits]


def edit_address(archive: Path) -> str:
    return f"/curate/documents/{first_ids(archive)[0]}"


def loaded(client: TestClient, address: str) -> dict[str, str]:
    return SentForm(client.get(address).text).values


def loaded_from(answer: Response) -> dict[str, str]:
    return SentForm(answer.text).values


def refused(answer: Response, status: int = 400) -> SentForm:
    assert answer.status_code == status, answer.text
    assert 'role="alert"' in answer.text
    return SentForm(answer.text)


@pytest.mark.parametrize(("field", "bad"), [("date", "31.02.2019"), ("language", "Klingon"), ("country", "Narnia")])
def test_a_bad_value_loses_nothing_of_the_edit_form(client: TestClient, papers: Path, field: str, bad: str) -> None:
    address = edit_address(papers)
    sent = {"title": "A long careful title", "author": "Careful Author", "category-choice": "none", "who": "Ada"}
    form = refused(client.post(address, data=loaded(client, address) | sent | {field: bad}))
    assert {name: form.values[name] for name in (*sent, field)} == sent | {field: bad}
    assert form.values["title-choice"] == form.values[f"{field}-choice"] == "own"
    assert form.marked == [field]
    good = {"date": "2019", "language": "fr", "country": "KE"}[field]
    assert client.post(address, data=form.values | {field: good}).status_code == 303
    changed = read_log(papers)[-1].detail
    assert changed["who"] == "Ada"
    assert {"title", "author", "category", field} >= changed["fields"].keys() >= {"title", "author"}


def test_refused_removals_and_exports_keep_what_was_typed(client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    sent = {"reason": "asked for", "who": "Ada", "confirm": "wrong"}
    form = refused(client.post(f"{address}/erase", data=sent))
    assert (form.values, form.marked) == (sent, ["confirm"])
    form = refused(client.post("/curate/export", data={"folder": "bag1"}))
    assert (form.values["folder"], form.marked) == ("bag1", ["folder"])
    assert refused(client.post("/curate/listing", data={"text": "one two", "name": ""})).values["text"] == "one two"
    assert 'name="name" value="mine"' in client.post("/curate/listing/undo", data={"name": "mine"}).text
    fields = {"search": "", "field": "author", "value": "Ada", "total": "3", "who": "Eve"}
    assert refused(client.post("/curate/bulk", data=fields)).values["who"] == "Eve"


def links_of_alert(page: str) -> list[tuple[str, str]]:
    """Return the links of the alert on a page with their words, each of which leads to an input of the page."""
    alert = page.partition('role="alert"')[2].partition("</div>")[0]
    links = re.findall(r'<a href="#([^"]+)">(?:<bdi>)?([^<]+)', alert)
    assert all(f'id="{target}"' in page for target, _ in links)
    return links


def test_an_alert_names_every_refused_field_and_leads_to_it(client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    bad = {"date": "31.02.2019", "language": "Klingon", "country": "Narnia"}
    page = client.post(address, data=loaded(client, address) | bad).text
    labels = {"date-value": "Date", "language-value": "Language", "country-value": "Country"}
    assert dict(links_of_alert(page)) == labels
    assert (
        "&#39;Klingon&#39; is not a known language. Write" in page.partition('role="alert"')[2].partition("</div>")[0]
    )
    page = client.post(f"{address}/erase", data={"reason": " ", "confirm": "no"}).text
    assert [target for target, _ in links_of_alert(page)] == ["reason-value", "confirm-value"]
    assert links_of_alert(client.post(f"{address}/withdraw", data={"reason": ""}).text) == [("reason-value", "Reason")]
    fields = {"search": "", "field": "date", "value": "31.02.2019", "total": "4"}
    assert links_of_alert(client.post("/curate/bulk", data=fields).text) == [("date-value", "Date")]


def test_a_second_tab_is_asked_before_it_overwrites(client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    old = loaded(client, address)
    assert client.post(address, data=old | {"title": "Title tab one", "who": "Ada"}).status_code == 303
    assert client.post(address, data=old | {"date": "1999", "title": "Title tab one", "who": "Ada"}).status_code == 303
    answer = client.post(address, data=old | {"title": "Title tab two", "author": "Bo Li", "who": "Eve"})
    form = refused(answer, 409)
    assert "Title tab one" in answer.text
    assert "Ada, 20" in answer.text
    assert links_of_alert(answer.text) == [("title-value", "Title")]
    assert {form.values[name] for name in ("title", "author", "who", "date")} == {
        "Title tab two", "Bo Li", "Eve", "1999",
    }  # fmt: skip
    assert client.post(address, data=form.values).status_code == 303
    now = loaded(client, address)
    assert (now["title"], now["author"], now["date"]) == ("Title tab two", "Bo Li", "1999")


def test_a_document_that_was_withdrawn_meanwhile_is_asked_about(client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    old = loaded(client, address)
    withdraw(papers, first_ids(papers)[0], "names a person", "Ada")
    answer = client.post(address, data=old | {"title": "Title tab two"})
    assert refused(answer, 409).values["title"] == "Title tab two"
    assert "names a person" in answer.text


def test_a_day_that_may_be_two_is_asked_about(client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    answer = client.post(address, data=loaded(client, address) | {"date": "04/05/2019"})
    form = refused(answer)
    assert form.values["date"] == "04/05/2019"
    for day, words in (("2019-05-04", "4 May 2019"), ("2019-04-05", "5 April 2019")):
        assert f'<input type="radio" name="date-choice" value="={day}"> <bdi>{words}</bdi>' in answer.text
    assert client.post(address, data=form.values | {"date-choice": "=2019-04-05"}).status_code == 303
    assert loaded(client, address)["date"] == "2019-04-05"


@pytest.mark.parametrize("choice", ["keep", "own"])
def test_an_own_value_is_never_empty(client: TestClient, papers: Path, choice: str) -> None:
    address = edit_address(papers)
    before = loaded(client, address)
    form = refused(client.post(address, data=before | {"title": " ", "title-choice": choice}))
    assert form.marked == ["title"]
    assert loaded(client, address) == before
    assert client.post(address, data=form.values | {"title-choice": "none"}).status_code == 303
    assert loaded(client, address)["title"] == ""


def test_a_new_category_is_asked_about_once(client: TestClient, papers: Path) -> None:
    address, other = (f"/curate/documents/{document_id}" for document_id in first_ids(papers, 2))
    assert '<datalist id="categories"><option value="report">' in client.get(address).text
    answer = client.post(address, data=loaded(client, address) | {"category": "zines"})
    form = refused(answer)
    assert "is not a category of this archive" in answer.text
    assert client.post(address, data=form.values).status_code == 400
    assert client.post(address, data=form.values | {"new-category": "zines"}).status_code == 303
    assert '<option value="zines">' in client.get(other).text
    assert client.post(other, data=loaded(client, other) | {"category": "zines"}).status_code == 303
    assert client.post(other, data=loaded(client, other) | {"category": "Speeches"}).status_code == 303
    assert loaded(client, other)["category"] == "speech"


@pytest.fixture
def busy_client(papers: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of a site whose job writes to the archive until the test ends."""
    locked, end = Event(), Event()

    def hold_lock(*_: object, **__: object) -> None:
        with write_lock(papers):
            locked.set()
            end.wait(30)
        raise MunimentError("web.internal")

    monkeypatch.setattr("web.curate.overview.verify", hold_lock)

    with client_of(papers) as client:
        client.post("/curate/verify", data={"quick": "0"})
        locked.wait(30)
        yield client
        end.set()


def test_a_form_waits_for_the_job_that_runs(busy_client: TestClient, papers: Path) -> None:
    address = edit_address(papers)
    document_id = address.rpartition("/")[2]
    table = f"title,date,file\nLetter,1 May 1999,{LETTER}\n"
    tried = loaded_from(busy_client.post("/curate/listing", data={"name": "mine", "text": table}))
    sent = {"reason": "asked for", "who": "Ada"}
    for path, fields in {
        address: loaded(busy_client, address) | {"title": "A new title", "who": "Ada"},
        f"{address}/withdraw": sent, f"{address}/erase": sent | {"confirm": document_id},
        "/curate/bulk": {"search": "", "field": "author", "value": "Bo Li", "total": "4", "who": "Ada"},
        "/curate/export": {"folder": "/nowhere/bag"}, "/curate/listing/apply": tried,
    }.items():  # fmt: skip
        answer = busy_client.post(path, data=fields)
        form = refused(answer, 409)
        assert "because a job is running: Verify the archive" in answer.text, path
        assert 'href="/curate/jobs/1"' in answer.text, path
        kept = {name: form.values.get(name) for name in fields}
        assert kept == fields | ({"title-choice": "own"} if "title-choice" in fields else {}), path


def test_a_job_waits_for_the_job_that_runs(busy_client: TestClient, papers: Path) -> None:
    for path, page, sent in (
        ("/curate/files/index", "Bring in", {"folders": "/more/papers", "ocr": "1"}),
        ("/curate/files/reindex", "Bring in", {"who": "Ada"}),
        ("/curate/export", "Export", {"folder": "/nowhere/bag"}),
        ("/curate/export/check", "Export", {"names": "Ada\nBo"}),
        ("/curate/verify", "What the archive holds", {"quick": "1"}),
    ):
        answer = busy_client.post(path, data=sent)
        form = refused(answer, 409)
        assert f"<h1>{page}</h1>" in answer.text
        assert "Nothing was started, because a job is running: Verify the archive. Start" in answer.text, path
        assert 'href="/curate/jobs/1"' in answer.text.partition('role="alert"')[2].partition("</div>")[0]
        assert sent.items() - form.values.items() <= {("who", "Ada"), ("quick", "1")}, path
    job = busy_client.get("/curate/jobs/1")
    assert "refresh" not in job.headers
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in job.text
