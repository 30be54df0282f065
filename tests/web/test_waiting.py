"""Questions that take long, clients that go away, and an index that changes: nobody waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search.archive import Archive
from search.deadline import check_deadline
from search.request import Request
from search.result_tables.result_table import TableFormat, TableLayout
from search.results import SearchResult
from tests.web.conftest import ACCESS, HOST, PORT, TOKEN, client_of
from web.app import make_app
from web.question_threads import QuestionThreads
from web.research.whole_results import _first_part, _stream
from web.site import SEARCH_THREADS, Site

PATIENCE_SECONDS = 20.0


class SlowSearch:
    """Makes searches for ``slow`` last until they are let go, or given up as a search of the engine is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.released, self.given_up = Event(), Event(), Event()
        self.count = 0
        search = Archive.search

        def search_slowly(archive: Archive, request: Request) -> SearchResult:
            if "slow" in request.query:
                self.count += 1
                self.begun.set()
                try:
                    while not self.released.wait(0.005):
                        check_deadline()
                except Exception:
                    self.given_up.set()
                    raise
            return search(archive, request)

        monkeypatch.setattr(Archive, "search", search_slowly)


@pytest.fixture
def slow_search(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSearch]:
    slow = SlowSearch(monkeypatch)
    yield slow
    slow.released.set()


@pytest.fixture
def others() -> Iterator[ThreadPoolExecutor]:
    """Threads in which other people ask."""
    with ThreadPoolExecutor(SEARCH_THREADS + 2) as threads:
        yield threads


def ask_elsewhere(others: ThreadPoolExecutor, client: TestClient, path: str) -> Future[Response]:
    return others.submit(client.get, path)


@pytest.mark.parametrize("slow_path", ["/search?q=slow", "/search.csv?q=slow", "/search.jsonl?q=slow"])
def test_a_slow_question_does_not_hold_up_a_quick_one(
    indexed_papers: Path, slow_search: SlowSearch, others: ThreadPoolExecutor, slow_path: str
) -> None:
    with client_of(indexed_papers) as client:
        slow = ask_elsewhere(others, client, slow_path)
        assert slow_search.begun.wait(PATIENCE_SECONDS)
        for path in ("/search?q=right", "/search.json?q=right", "/suggest?q=ri", "/help", "/"):
            assert client.get(path).status_code == 200
        assert not slow.done()
        slow_search.released.set()
        assert slow.result(PATIENCE_SECONDS).status_code == 200


@pytest.mark.parametrize("path", ["/search?q=slow", "/search.json?q=slow", "/search.csv?q=slow"])
def test_an_answer_that_takes_too_long_is_given_up(
    indexed_papers: Path, slow_search: SlowSearch, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("web.site.MAX_ANSWER_SECONDS", 0.02)
    with client_of(indexed_papers) as client:
        answer = client.get(path)
        assert answer.status_code == 422
        if "." in path:
            assert answer.json()["error"]["kind"] == "too-much"
        assert slow_search.given_up.is_set()


def test_more_questions_than_may_wait_are_asked_to_come_again(
    indexed_papers: Path, slow_search: SlowSearch, others: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.question_threads.MAX_WAITING", 0)
    with client_of(indexed_papers) as client:
        slow = [ask_elsewhere(others, client, "/search?q=slow") for _ in range(SEARCH_THREADS)]
        while slow_search.count < SEARCH_THREADS:
            assert slow_search.begun.wait(PATIENCE_SECONDS)
        answer = client.get("/search.json?q=right")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["error"]["code"] == "web.busy"
        assert client.get("/help").status_code == 200
        slow_search.released.set()
        assert {one.result(PATIENCE_SECONDS).status_code for one in slow} == {200}
        assert client.get("/search.json?q=right").status_code == 200


async def ask_and_go(site: Site, address: str, begun: Event) -> None:
    """Ask a site, and go away once the search has begun."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await asyncio.to_thread(begun.wait, PATIENCE_SECONDS)
            return {"type": "http.disconnect"}
        return messages.pop()

    async def send(_: Message) -> None:
        raise AssertionError("nobody is there")

    path, _, query = address.partition("?")
    scope: Scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(b"host", HOST.encode()), (b"authorization", f"Bearer {TOKEN}".encode())], "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    await make_app(site)(scope, receive, send)


@pytest.mark.parametrize("address", ["/search?q=slow", "/search.json?q=slow", "/search.csv?q=slow"])
def test_the_work_for_a_client_that_goes_away_is_given_up(
    indexed_papers: Path, slow_search: SlowSearch, address: str
) -> None:
    site = Site(indexed_papers, ACCESS)
    asyncio.run(ask_and_go(site, address, slow_search.begun))
    assert slow_search.given_up.wait(PATIENCE_SECONDS)
    site.close()


def test_what_still_waits_for_a_client_that_went_away_is_never_begun() -> None:
    threads, released, begun = QuestionThreads(1, "test"), Event(), list[str]()

    async def ask() -> None:
        first = asyncio.ensure_future(threads.run(lambda: released.wait(PATIENCE_SECONDS)))
        waiting = asyncio.ensure_future(threads.run(lambda: begun.append("waiting")))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.sleep(0)
        released.set()
        await first
        await threads.run(lambda: begun.append("next"))

    asyncio.run(ask())
    threads.close()
    assert begun == ["next"]


def test_a_changed_index_is_taken_up_with_the_next_question(papers: Path) -> None:
    with client_of(papers) as client:
        before = client.get("/search.json").json()
        name = client.get("/search.csv").headers["content-disposition"]
        (papers / "harbour.txt").write_text("A statement on the quaint harbour.\n")
        list(index(papers, (), Options(jobs=1)))
        after = client.get("/search.json").json()
        assert after["total"] == before["total"] + 1
        assert after["archive"]["change"] > before["archive"]["change"]
        assert "<mark>quaint</mark>" in client.get("/search?q=quaint").text
        assert client.get("/search.csv").headers["content-disposition"] != name


def test_a_table_is_of_the_state_in_which_it_was_begun(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.research.whole_results.ROWS_AT_A_TIME", 1)
    site, request = Site(papers, ACCESS), Request(limit=1, passages=0, facets=())
    layout = TableLayout(TableFormat.JSONL)
    first = _first_part(site, request, layout)
    (papers / "aaa.txt").write_text("A statement that is added meanwhile.\n")
    list(index(papers, (), Options(jobs=1)))

    async def rest() -> str:
        return "".join([text async for text in _stream(site, first, request, layout)])

    rows = asyncio.run(rest()).splitlines()
    site.close()
    assert len(rows) == len(set(rows)) == first.total
    assert not any("aaa.txt" in row for row in rows)


def test_an_export_lets_searches_pass_but_not_for_ever() -> None:
    async def ask() -> None:
        threads, gate = QuestionThreads(1, "test"), Event()
        asked = asyncio.ensure_future(threads.run(gate.wait))
        await asyncio.sleep(0)
        await threads.wait_until_idle(0.01)
        assert not asked.done()
        gate.set()
        await threads.wait_until_idle(60)
        assert asked.done()
        threads.close()

    asyncio.run(ask())
