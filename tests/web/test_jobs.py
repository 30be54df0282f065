"""How jobs end is told on the overview, on their pages, and by a later server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import client_of
from tests.web.test_curate import post, wait_for_job
from web.access.access_token import private_file


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


def job_states(page: str) -> list[tuple[str, str]]:
    """Return the number of each job on the overview with how it ended."""
    return re.findall(r'href="/curate/jobs/(\d+)">[^<]*</a> <b[^>]*>([^<]+)</b>', page)


def test_a_failed_job_is_called_failed_and_comes_first(client: TestClient, papers: Path) -> None:
    failed = post(client, "/curate/export", folder=str(papers))
    assert wait_for_job(client, failed)["state"] == "failed"
    verified = post(client, "/curate/verify", quick="1")
    assert wait_for_job(client, verified)["state"] == "done"
    numbers = [address.rpartition("/")[2] for address in (failed, verified)]
    assert job_states(client.get("/curate").text) == [(numbers[0], "Failed"), (numbers[1], "Done")]
    page = client.get(failed).text
    assert re.search(r"<b>Failed</b>: [^<]*\. Name a folder elsewhere", page)
    assert "it took 1 second" in page
    assert '<a class="button" href="/curate/export">Export</a>' in page


def test_the_end_of_a_run_leads_on(client: TestClient, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (papers / "blank.txt").write_text(" \n")
    page = client.get(wait_and_return(client, post(client, "/curate/files/index"))).text
    for address in ("/curate/failures", "/curate/queue", "/search", "/curate/queue?list=without-text"):
        assert f'href="{address}"' in page.partition("<h1>")[2]
    assert "<b>Done</b>" in page
    assert "of the files read, 1 without text" in page


def wait_and_return(client: TestClient, address: str) -> str:
    wait_for_job(client, address)
    return address


def test_a_later_server_tells_of_a_job_that_was_interrupted(papers: Path) -> None:
    with client_of(papers) as client:
        done = wait_and_return(client, post(client, "/curate/verify"))
        failed = wait_and_return(client, post(client, "/curate/export", folder=str(papers)))
        killed = wait_and_return(client, post(client, "/curate/files/index"))
        ended = client.get(f"{done}.json").json()
    record = private_file(papers, "jobs")
    entries = json.loads(record.read_text())
    entries[-1] |= {"ended": None, "outcome": []}
    entries.append(entries[0] | {"number": 4, "ended": None, "process": 1})  # another server is doing it
    entries.append(entries[0] | {"number": 5, "title": {"code": "web.of-a-later-version", "parameters": {}}})
    record.write_text(json.dumps(entries))
    with client_of(papers) as client:
        states = [state for _, state in job_states(client.get("/curate").text)]
        assert states == ["Interrupted", "Failed", "Done"]
        assert "The server ended before this job did." in client.get(killed).text
        assert client.get(f"{done}.json").json() == ended | {"lines": [], "stage": "waiting", "done": 0, "total": 0}
        assert "is inside an archive" in client.get(failed).text
        assert post(client, "/curate/verify", quick="1") == "/curate/jobs/4"
        wait_for_job(client, "/curate/jobs/4")
    record.write_text("[{}, 3")
    with client_of(papers) as client:
        assert client.get("/curate").status_code == 200


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with client_of(tmp_path) as client:
        assert f"There are no files in {tmp_path}. Put documents into it" in client.get("/curate/files").text
        job = wait_for_job(client, post(client, "/curate/files/index"))
        assert str(job["outcome"]).startswith(f"['There are no files in {tmp_path}.")
        assert 'href="/curate/files">' in client.get("/").text.partition("<main")[2]
        assert "There are no files" in client.get("/curate/files").text
        (tmp_path / "note.txt").write_text("A note on the harbour")
        assert "There are no files" not in client.get("/curate/files").text
