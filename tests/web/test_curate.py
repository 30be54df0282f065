"""The archivist's pages do what the commands do: with the same functions, the same log, the same proof."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.archivist.event_log import read_log
from indexer.archivist.verify.verify import verify
from search import Request, open_archive
from tests.conftest import copy_papers
from tests.support import LETTER
from tests.web.conftest import ACCESS, HOST, TOKEN, client_of
from web.app import make_app
from web.site import Site


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


def wait_for_job(client: TestClient, address: str) -> dict[str, object]:
    for _ in range(600):
        job: dict[str, object] = client.get(f"{address}.json").json()
        if job["ended"]:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def post(client: TestClient, address: str, **fields: str) -> str:
    """Send a form, and return the address that the answer leads to."""
    answer = client.post(address, data=fields or {"": ""})
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    assert location.startswith("/curate")
    return location


def first_id(archive: Path, query: str = "") -> str:
    with open_archive(archive) as opened:
        return opened.search(Request(query, limit=1)).hits[0].id


def test_an_empty_archive_is_filled_from_its_page(tmp_path: Path) -> None:
    archive = copy_papers(tmp_path / "new")
    with client_of(archive) as client:
        assert "Index this folder now" in client.get("/curate/files").text
        job = wait_for_job(client, post(client, "/curate/files/index"))
        assert job["error"] is None
        assert job["outcome"][0] == "4 added"  # type: ignore[index]
        assert client.get("/search.json").json()["total"] == 4
    assert verify(archive).holds


def test_new_files_are_named_before_they_are_brought_in(client: TestClient, papers: Path) -> None:
    (papers / "new.txt").write_text("A new statement on the harbour")
    assert "new.txt" in client.get("/curate/files").text
    assert wait_for_job(client, post(client, "/curate/files/index"))["error"] is None
    assert client.get("/search.json?q=harbour").json()["total"] >= 1
    assert "new.txt" not in client.get("/curate/files").text


def test_a_correction_is_logged_with_who_made_it(client: TestClient, papers: Path) -> None:
    document_id = first_id(papers)
    before = client.get(f"/documents/{document_id}.json").json()
    address = f"/curate/documents/{document_id}"
    saved = post(client, address, **{"title-choice": "own", "title": "A right title", "who": "Ada"})
    assert saved.partition("?")[0] == address
    assert re.search(r'role="status">Saved:\s*<div>Title: .*<b><bdi>A right title', client.get(saved).text)
    assert client.get(f"/documents/{document_id}.json").json()["title"] == "A right title"
    event = read_log(papers, document=document_id)[-1]
    assert event.detail["fields"] == {"title": {"old": before["title"], "new": "A right title"}}
    assert event.detail["who"] == "Ada"
    assert 'value="Ada"' in client.get(address).text
    post(client, address, **{"title-choice": "reset"})
    assert client.get(f"/documents/{document_id}.json").json()["title"] == before["title"]


def test_a_value_that_is_typed_counts_with_any_button(client: TestClient, papers: Path) -> None:
    document_id = first_id(papers)
    post(client, f"/curate/documents/{document_id}", **{"date-choice": "keep", "date": "3 June 2004"})
    assert client.get(f"/documents/{document_id}.json").json()["date"] == "2004-06-03"


def test_a_value_that_cannot_be_is_refused_on_the_form(client: TestClient, papers: Path) -> None:
    answer = client.post(f"/curate/documents/{first_id(papers)}", data={"date-choice": "own", "date": "some day"})
    assert answer.status_code == 400
    assert "some day" in answer.text


def test_a_withdrawn_document_comes_back(client: TestClient, papers: Path) -> None:
    document_id = first_id(papers, "assemblies")
    address = f"/curate/documents/{document_id}"
    assert client.post(f"{address}/withdraw", data={"reason": ""}).status_code == 400
    post(client, f"{address}/withdraw", reason="names a person", who="Ada")
    assert client.get(f"/documents/{document_id}").status_code == 410
    assert "names a person" in client.get(address).text
    post(client, f"{address}/restore")
    assert client.get(f"/documents/{document_id}").status_code == 200


def test_erasing_says_what_remains_and_wants_the_id(client: TestClient, papers: Path) -> None:
    document_id = first_id(papers)
    address = f"/curate/documents/{document_id}/erase"
    assert "are not touched" in client.get(address).text
    assert client.post(address, data={"reason": "asked for", "confirm": "yes"}).status_code == 400
    assert client.get(f"/documents/{document_id}").status_code == 200
    post(client, address, reason="asked for", confirm=document_id)
    assert client.get(f"/documents/{document_id}").status_code == 410


def test_failures_and_the_queue_name_what_waits(client: TestClient, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    wait_for_job(client, post(client, "/curate/files/index"))
    page = client.get("/curate/failures").text
    assert "broken.pdf" in page
    assert "Look for an undamaged copy" in page
    assert "/curate/failures/retry" not in page
    with open_archive(papers) as archive:
        undated = archive.search(Request("date:none", limit=100)).total
    assert client.get("/curate/queue.json?list=undated").json()["total"] == undated
    for name in (
        "uncategorised",
        "untitled",
        "conflicts",
        "uncertain",
        "without-text",
        "partial",
        "versions",
        "missing",
    ):
        assert client.get(f"/curate/queue?list={name}").status_code == 200


def test_the_archive_is_verified_and_exported_as_jobs(client: TestClient, papers: Path, tmp_path: Path) -> None:
    assert "Nothing is lost" in str(wait_for_job(client, post(client, "/curate/verify"))["outcome"])
    assert "Every byte was compared" in client.get("/curate").text
    (papers / LETTER).write_text("changed")
    job = wait_for_job(client, post(client, "/curate/verify"))
    assert LETTER in str(job["lines"])
    (papers / LETTER).unlink()
    wait_for_job(client, post(client, "/curate/files/index"))
    bag = tmp_path / "bag"
    assert wait_for_job(client, post(client, "/curate/export", folder=str(bag)))["error"] is None
    assert (bag / "metadata.csv").is_file()
    assert client.post("/curate/export", data={"folder": "bag"}).status_code == 400


def test_a_bulk_edit_is_seen_logged_and_undone(client: TestClient, papers: Path) -> None:
    def authors() -> list[list[str]]:
        return [hit["authors"] for hit in client.get("/search.json?sort=title").json()["hits"]]

    before, total = authors(), len(authors())
    first = client.get("/search.json?sort=title").json()["hits"][0]["id"]
    post(client, f"/curate/documents/{first}", **{"author-choice": "own", "author": "Carl Dee"})
    corrected = authors()
    assert "Ada Lovelace" in client.get("/curate/bulk?field=author&value=Ada+Lovelace").text
    fields = {"search": "", "field": "author", "value": "Ada Lovelace", "total": str(total), "who": "Eve"}
    assert client.post("/curate/bulk", data=fields | {"total": "3"}).status_code == 400
    done = post(client, "/curate/bulk", **fields)
    assert authors() == [["Ada Lovelace"]] * total
    later = client.get("/search.json?sort=title").json()["hits"][1]["id"]
    post(client, f"/curate/documents/{later}", **{"author-choice": "own", "author": "Bob Doe"})
    post(client, f"{done}/undo")
    assert authors() == [corrected[0], ["Bob Doe"], *before[2:]]
    assert {event.detail["who"] for event in read_log(papers, kinds=["corrected"]) if "group" in event.detail} == {
        "Eve"
    }
    assert client.post("/curate/bulk/bulk-0/undo", data={"who": ""}).status_code == 404


def test_a_listing_is_tried_imported_in_part_and_undone(client: TestClient, papers: Path) -> None:
    before = client.get("/search.json?sort=title").json()["hits"]
    table = f"title,date,file\n{before[0]['title']},1 May 1999,{before[0]['path']}\nA lost report,2001,lost.pdf\n"
    tried = client.post("/curate/listing", files={"file": ("list.csv", table, "text/csv")}, data={"name": "page"})
    assert tried.status_code == 200
    assert "1 May 1999" in tried.text
    assert "not here; recorded as listed" in tried.text
    assert client.get("/search.json?sort=title").json()["hits"] == before
    content = tried.text.partition('name="content" value="')[2].partition('"')[0]
    shown = tried.text.partition('name="shown" value="')[2].partition('"')[0]
    assert shown.split() == ["2", "3"]
    done = post(client, "/curate/listing/apply", name="page", ending=".csv", content=content, shown=shown, row="2")
    page = client.get(done).text
    assert "1 item was imported. 1 row was left out, as you chose. 1 value was changed." in page
    assert re.search(rf"<code>{before[0]['id']}</code></a> Date: .*<b><bdi>1 May 1999</bdi></b>", page)
    assert client.get("/search.json?sort=title").json()["hits"][0]["date"] == "1999-05-01"
    assert client.get("/curate/queue.json?list=listed").json()["total"] == 0
    other = client.post("/curate/listing", data={"name": "other", "text": table.replace("1999", "2000")}).text
    assert "Another listing disagrees on Date:" in other
    assert "(page, row 2)" in other
    undone = client.get(post(client, "/curate/listing/undo", name="page")).text
    assert re.search(r"The import of page was undone. 1 value was changed.*\s.*<bdi>1 May 1999</bdi> →", undone)
    assert "was undone" not in client.get("/curate/listing?done=other").text
    assert client.get("/search.json?sort=title").json()["hits"] == before
    assert client.post("/curate/listing", data={"text": "", "name": "x"}).status_code == 400
    assert client.post("/curate/listing", files={"file": ("list.csv", "x" * 11_000_000)}).status_code == 400


def test_what_could_harm_is_counted_before_an_export(client: TestClient, papers: Path) -> None:
    (papers / "note.txt").write_text(
        "Visit\n\nWrite to ada@example.org, +41 22 919 21 70. Élodie Rüti met us on 03.04.2018.\n"
    )
    wait_for_job(client, post(client, "/curate/files/index"))
    assert "5 originals" in client.get("/curate/export").text
    job = wait_for_job(client, post(client, "/curate/export/check", names="elodie ruti\nNobody Here"))
    assert "note.txt: 1 occurrence of the names, 1 e-mail address, 1 phone number" in str(job["lines"])
    assert "Elodie" not in str(job).title()


def test_a_failed_file_is_read_again_alone(client: TestClient, papers: Path) -> None:
    for name in ("one.docx", "two.docx"):
        (papers / name).write_bytes(b"PK\x03\x04" + name.encode())
    wait_for_job(client, post(client, "/curate/files/index"))
    wait_for_job(client, post(client, "/curate/failures/retry", path="one.docx"))
    attempts = {
        file["path"]: file["attempts"]
        for group in client.get("/curate/failures.json").json()["groups"]
        for file in group["files"]
    }
    assert attempts == {"one.docx": 2, "two.docx": 1}
    assert post(client, "/curate/failures/retry", path="three.docx") == "/curate/failures"


def test_the_queue_goes_on_with_the_next_document(client: TestClient, papers: Path) -> None:
    (papers / "a note.txt").write_text("Note of the visit\n\n03/04/2018\n\nThe harbour was closed.\n")
    (papers / "b note.txt").write_text("Note of another visit\n\n05/06/2018\n\nThe harbour was open.\n")
    wait_for_job(client, post(client, "/curate/files/index"))
    first, second = client.get("/curate/queue.json?list=day-month").json()["documents"]
    page = client.get(f"/curate/documents/{first['id']}?list=day-month").text
    assert "1 of 2" in page
    assert "The harbour was closed." in page
    saved = f"/curate/documents/{first['id']}?list=day-month"
    there = post(client, saved, **{"date-choice": "own", "date": "2018-04-03", "back": "1"})
    assert there.partition("&")[0] == f"/curate/documents/{second['id']}?list=day-month"
    assert re.search(r"Saved .*a note\.txt.*\s.*<b><bdi>3 April 2018", client.get(there).text)
    assert "1 of 1" in client.get(there).text


def test_a_site_that_is_only_read_has_no_page_that_changes(papers: Path) -> None:
    app = make_app(Site(papers, ACCESS, read_only=True))
    headers = {"authorization": f"Bearer {TOKEN}", "host": HOST}
    with TestClient(app, f"http://{HOST}", headers=headers, follow_redirects=False) as client:
        assert "/curate" not in client.get("/").text
        for path in ("/curate", "/curate/files", "/curate/log", "/curate/documents/x"):
            assert client.get(path).status_code == 404
            assert client.post(path).status_code in {404, 405}


@pytest.mark.parametrize(
    ("proxy", "is_socket", "name"),
    [("testclient", False, "Ines"), ("10.0.0.1", False, "typed"), ("unix", True, "Ines"), ("", True, "typed")],
)
def test_only_the_proxy_names_who_makes_a_change(papers: Path, proxy: str, is_socket: bool, name: str) -> None:
    access = replace(ACCESS, public_url="https://archive.example", proxy=proxy, is_socket=is_socket)
    with client_of(papers, access) as client:
        client.headers["x-remote-user"] = "Ines"
        document_id = first_id(papers)
        post(client, f"/curate/documents/{document_id}", **{"title-choice": "own", "title": "A", "who": "typed"})
    assert read_log(papers, document=document_id)[-1].detail["who"] == name


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
def test_forms_of_other_kinds_are_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/curate/verify", content=b"quick=1", headers={"content-type": kind})
    assert answer.status_code == 400


def test_a_form_longer_than_its_bound_is_refused(client: TestClient) -> None:
    assert client.post("/curate/verify", data={"quick": "1" * 2_000_000}).status_code == 400


def test_a_saved_document_keeps_its_list_and_what_follows(client: TestClient, papers: Path) -> None:
    for letter in "abc":
        (papers / f"{letter}.txt").write_text(f"Note {letter} of the visit\n\n03/04/2018\n\nThe harbour was closed.\n")
    wait_for_job(client, post(client, "/curate/files/index"))
    ids = [one["id"] for one in client.get("/curate/queue.json?list=day-month").json()["documents"]]
    saved = post(client, f"/curate/documents/{ids[1]}?list=day-month", date="2018-04-03")
    page = client.get(saved).text
    assert "Saved:" in page
    assert f'<a rel="next" href="/curate/documents/{ids[2]}?list=day-month">' in page
    assert "Save and go on" in page
    kept = post(client, saved, **{"date-choice": "keep"})
    assert "Nothing was changed" in client.get(kept).text
    assert "list=day-month" in post(client, f"/curate/documents/{ids[0]}/withdraw?list=day-month", reason="x")
    last = post(client, f"/curate/documents/{ids[2]}?list=day-month", date="2018-04-03", back="1")
    assert last.startswith("/curate/queue?list=day-month")
    assert re.search(r"Saved .*c\.txt", client.get(last).text)
    _, _, main = client.get("/curate/queue?list=day-month&saved=999999").text.partition("<main")
    assert main
    assert "Saved" not in main


def test_long_lists_have_bounds_that_are_said(
    client: TestClient, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("boats", "quays"):
        (papers / f"{name}.txt").write_text(f"A note on {name}")
    wait_for_job(client, post(client, "/curate/files/index"))
    numbers = [event["number"] for event in client.get("/curate/log.json?kind=added").json()]
    address, seen = "/curate/log?kind=added&limit=9", list[int]()
    monkeypatch.setattr("web.curate.change_log.MAX_PAGE_EVENTS", 3)
    while address:
        page = client.get(address).text
        seen += map(int, re.findall(r'<td class="number">(\d+)', page))
        address = "".join(re.findall(r'<a rel="next" href="([^"]+)"', page)).replace("&amp;", "&")
    assert seen == numbers
    assert len(numbers) > 3
    total = client.get("/curate/queue.json?list=uncategorised").json()["total"]
    for limit in ("MAX_ITEMS", "SHOWN_ITEMS"):
        monkeypatch.setattr(f"web.curate.queue.{limit}", 1)
    queue = client.get("/curate/queue.json?list=uncategorised").json()
    assert (queue["total"], len(queue["documents"])) == (total, 1)
    assert total > 1
    assert f"and {total - 1} more" in client.get("/curate/queue?list=uncategorised").text
    monkeypatch.setattr("web.curate.bring_in.MAX_COMPARED_FILES", 1)
    (papers / "new.txt").write_text("A note on the harbour")
    page = client.get("/curate/files").text
    assert "new.txt" not in page
    assert "known files</a>" in page
    assert "new.txt" in client.get("/curate/files?compare=1").text
    unasked, asked = (client.get(f"/curate/files.json{query}").json() for query in ("", "?compare=1"))
    assert (unasked["planned"], unasked["uncompared"] > 0) == (None, True)
    assert (asked["planned"]["added"], asked["uncompared"]) == (1, 0)


def test_an_import_before_a_restart_leads_to_the_log(client: TestClient) -> None:
    page = client.get("/curate/listing?done=0123456789abcdef").text
    assert "before the server was started again" in page
    assert 'href="/curate/log?kind=listed"' in page
    assert "started again" not in client.get("/curate/listing").text
