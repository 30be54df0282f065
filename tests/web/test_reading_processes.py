"""The processes that answer reading requests of a real server: none delays or outlives another, and pages are the same.

The server is `tests.web.trying_server`, in which searches for some words are slow or deadly.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import cast

import pytest
from starlette.testclient import TestClient

from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import documents_by_path
from tests.web.conftest import ACCESS, HOST, TOKEN, client_of
from tests.web.route_rows import PAGES, QUOTES
from tests.web.server_process import TryingServer, comparable_headers, serving, state_of, wait_until
from tests.web.trying_server import ANSWER_SECONDS, AS_INSTALLED, MAX_WAITING, MOST, READY
from web.access.guard import Access
from web.app import _reading_routes, make_app
from web.reading_processes.forwarding import ReadingProcesses
from web.reading_processes.reading_zygote import ForkError, ReadingZygote
from web.site import MAX_ANSWER_SECONDS, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a server fork processes")

NAME = "The papers of Ada"
_TIMES = re.compile(rb'"took_ms":[0-9.]+,|"made":"[^"]+",')


@pytest.fixture(scope="module")
def server(indexed_papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TryingServer]:
    archive = shutil.copytree(indexed_papers, tmp_path_factory.mktemp("served") / "papers", symlinks=True)
    (archive / "muniment.toml").write_text(f'[archive]\nname = "{NAME}"\n')
    with serving(archive) as server:
        yield server


def test_every_reading_route_answers_as_it_does_in_process(server: TryingServer) -> None:
    document = next(iter(documents_by_path(server.archive).values())).id
    paths = [route.path for route in _reading_routes() if "GET" in (route.methods or ())]
    addresses = [PAGES[path].address.format(document=document) for path in paths]
    addresses += [
        "/search?size=0&q=b", "/search?q=rights&view=print", "/search.csv?q=rights&facet=category", "/suggest",
        "/documents/unknown", "/search.json?q=x&size=999", f"/documents/{document}/pages/9.json", "/search.jsonl?q=%FF",
    ]  # fmt: skip
    differing = []
    with client_of(server.archive, Access(TOKEN, server.port)) as client:
        client.headers["host"] = f"127.0.0.1:{server.port}"
        client.get("/")  # the archive has its name once it was opened
        for method in ("GET", "HEAD"):
            for address in addresses:
                expected, answer = client.request(method, address), server.get(address, method)
                body = expected.content if method == "GET" else b""
                pairs = (
                    (answer.status, expected.status_code),
                    (comparable_headers(answer.headers), comparable_headers(expected.headers)),
                    (_TIMES.sub(b"", answer.body), _TIMES.sub(b"", body)),
                )
                differing += [(method, address, *pair) for pair in pairs if pair[0] != pair[1]]
    assert not differing


def test_a_folder_whose_name_is_no_text_is_served(indexed_papers: Path, tmp_path: Path) -> None:
    archive = tmp_path / os.fsdecode(b"caf\xe9")
    shutil.copytree(indexed_papers, archive, symlinks=True)
    with serving(archive) as server:
        document = next(iter(documents_by_path(server.archive).values())).id
        paths = [route.path for route in _reading_routes() if "GET" in (route.methods or ())]
        for address in ("/", "/search?q=letter", *(PAGES[path].address.format(document=document) for path in paths)):
            assert server.get(address).status < 500, address


def test_a_process_that_has_opened_nothing_knows_the_name(server: TryingServer) -> None:
    server.get("/")
    for reader in server.readers():
        os.kill(reader, signal.SIGKILL)
    wait_until(lambda: not server.readers())
    time.sleep(0.05)
    for path in ("/help", "/search?q=deadly"):
        assert NAME in server.get(path).body.decode()


def test_a_quick_question_is_answered_beside_slow_ones(server: TryingServer) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(server.asking("/search?q=slow")) for _ in range(MOST - 1)]
        assert server.get("/search?q=rights").status == 200
        for client in slow:
            client.setblocking(False)
            with pytest.raises(BlockingIOError):
                client.recv(1)


@pytest.mark.parametrize("path", ["/search.csv?q=slow", "/kwic?q=slow", "/compare.csv?a=slow"])
def test_slow_work_has_low_priority_and_holds_up_no_question(server: TryingServer, path: str) -> None:
    with server.asking(path):
        wait_until(lambda: any(os.getpriority(os.PRIO_PROCESS, reader) == 10 for reader in server.readers()))
        (reader,) = (reader for reader in server.readers() if os.getpriority(os.PRIO_PROCESS, reader) == 10)
        assert server.get("/search?q=rights").status == 200
    wait_until(lambda: reader not in server.readers())
    assert server.get(path.replace("slow", "rights")).status == 200
    wait_until(lambda: len(server.readers()) == READY)  # those of low priority are not kept


def test_a_table_whose_process_dies_breaks_off_without_its_end(server: TryingServer) -> None:
    with server.asking("/search.csv?q=the+NOT+halfling") as client:
        wait_until(lambda: b"passage" in client.recv(1 << 16))
        (export,) = (reader for reader in server.readers() if os.getpriority(os.PRIO_PROCESS, reader) == 10)
        os.kill(export, signal.SIGKILL)
        rest = b"".join(iter(lambda: client.recv(1 << 16), b""))
        assert not rest.endswith(b"0\r\n\r\n")
    assert server.get("/search.csv?q=rights").status == 200


def test_a_process_that_was_busy_for_long_is_replaced(server: TryingServer) -> None:
    before = the_reader(server)
    # Other work of the machine may keep the processor from it until its time is over.
    wait_until(lambda: bool(server.get("/search.json?q=busy")) and before not in server.readers())
    assert server.get("/search?q=rights").status == 200


def the_reader(server: TryingServer) -> int:
    """Return the one process that is left when there is nothing to do, after its first answer."""
    server.get("/")
    wait_until(lambda: len(server.readers()) == READY)
    server.get("/")
    (reader,) = server.readers()
    return reader


def test_the_process_of_a_client_that_went_away_is_free_again(server: TryingServer) -> None:
    reader = the_reader(server)
    with server.asking("/search?q=slow"):
        time.sleep(0.05)
    assert server.get("/search.json?q=rights").status == 200
    assert reader in server.readers()


def test_a_process_that_does_not_come_back_is_ended(server: TryingServer) -> None:
    reader = the_reader(server)
    with server.asking("/search?q=stuck"):
        time.sleep(0.05)
    wait_until(lambda: reader not in server.readers())
    assert server.get("/search?q=rights").status == 200


def test_a_process_that_does_not_answer_in_time_is_ended(server: TryingServer) -> None:
    begun = time.monotonic()
    answer = server.get("/search.json?q=stuck")
    assert (answer.status, answer.code) == (422, "request.slow")
    assert time.monotonic() - begun > ANSWER_SECONDS


def test_a_process_that_dies_is_an_error_and_the_next_answers(server: TryingServer) -> None:
    server.get("/")
    for reader in server.readers():
        os.kill(reader, signal.SIGKILL)
    wait_until(lambda: not server.readers())
    time.sleep(0.05)
    assert server.get("/search?q=rights").status == 200
    lost = server.get("/search.json?q=deadly")
    assert (lost.status, lost.code, lost.headers["retry-after"]) == (503, "web.answer-lost", "5")
    page = server.get("/search?q=deadly")
    assert page.status == 503
    assert NAME in page.body.decode()
    assert "/curate" in page.body.decode()
    assert server.get("/search?q=rights").status == 200


def test_more_questions_than_may_wait_are_asked_to_come_again(server: TryingServer) -> None:
    with ExitStack() as stack:
        for _ in range(MOST + MAX_WAITING):
            stack.enter_context(server.asking("/search?q=slow"))
            time.sleep(0.03)
        answer = server.get("/search.json?q=rights")
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "web.busy", "5")
        assert len(server.readers()) == MOST
        assert server.get("/curate.json").status == 200
    assert server.get("/search?q=rights").status == 200
    wait_until(lambda: len(server.readers()) == READY)


def test_who_has_waited_for_long_is_asked_to_come_again(server: TryingServer) -> None:
    with server.asking("/kwic?q=slow"):
        wait_until(lambda: len(server.readers()) > READY)
        answer = server.get("/trend.json?q=rights")
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "web.busy", "5")


def test_a_changed_index_is_taken_up_with_the_next_question(server: TryingServer) -> None:
    total = json.loads(server.get("/search.json").body)["total"]
    (server.archive / "harbour.txt").write_text("A statement on the quaint harbour.\n")
    list(index(server.archive, (), Options(jobs=1)))
    assert json.loads(server.get("/search.json").body)["total"] == total + 1


def test_processes_have_nothing_open_of_the_server(server: TryingServer) -> None:
    server.get("/curate.json")  # opens the catalogue in the server
    server.get("/")
    own_sockets = open_files(server.process, "socket:")
    for process in (server.zygote, *server.readers()):
        assert open_files(process, "socket:")
        assert not open_files(process, "socket:") & own_sockets
    assert not open_files(server.zygote, str(server.archive))


def open_files(process: int, beginning: str) -> set[str]:
    """Return what a process has open whose name begins in a way."""
    names = set()
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            names.add(str(entry.readlink()))
    return {name for name in names if name.startswith(beginning)}


def test_a_server_outlives_index_files_that_are_truncated(server: TryingServer) -> None:
    index_folder = server.archive / ".muniment" / "index"
    contents = {path: path.read_bytes() for path in index_folder.iterdir() if path.suffix != ".json"}
    assert server.get("/search?q=rights").status == 200
    for path in contents:
        os.truncate(path, 0)
    for query in ("rights", "statement", "assembly"):
        assert server.get(f"/search?q={query}").status == 503
    for path, content in contents.items():
        path.write_bytes(content)
    assert server.get("/search?q=rights").status == 200


def test_a_server_that_is_killed_leaves_no_process(server: TryingServer) -> None:
    """It is the last test of this server."""
    with server.asking("/search?q=slow"), server.asking("/search.csv?q=slow"):
        wait_until(lambda: len(server.readers()) > 1)
        processes = [server.zygote, *server.readers()]
        os.kill(server.process, signal.SIGKILL)
        wait_until(lambda: all(state_of(process) == "Z" for process in processes))


class EndedZygote:
    """A process that forks, and that the system has ended."""

    def fork(self) -> tuple[int, socket.socket]:
        """Refuse to fork."""
        raise ForkError


def test_quick_questions_do_not_wait_for_twenty_slow_ones_of_each_kind(indexed_papers: Path) -> None:
    with serving(indexed_papers, **{AS_INSTALLED: "1"}) as server, ExitStack() as stack:
        server.get("/search?q=rights")
        for path in ("/kwic?q", "/trend?q", "/frequencies?q", "/collocates?q", "/compare?a", "/first-use.csv?q"):
            for _ in range(10):
                stack.enter_context(server.asking(f"{path}=slow"))
        for path in ("/search.csv?q=slow", "/search?q=slow"):
            for _ in range(20):
                stack.enter_context(server.asking(path))
        begun = time.monotonic()
        assert server.get("/search?q=rights").status == 200
        assert time.monotonic() - begun < MAX_ANSWER_SECONDS - 1
        assert server.get("/suggest?q=ri").status == 200
        assert time.monotonic() - begun < MAX_ANSWER_SECONDS


def test_the_server_itself_answers_when_none_can_be_forked(indexed_papers: Path) -> None:
    site = Site(indexed_papers, ACCESS)
    app = make_app(site, ReadingProcesses(cast("ReadingZygote", EndedZygote()), site))
    headers = {"authorization": f"Bearer {TOKEN}", "host": HOST}
    with TestClient(app, f"http://{HOST}", headers=headers) as client:
        for path in ("/", "/search?q=rights", "/search.csv"):
            assert client.get(path).status_code == 200
        assert client.post("/check-quotes.json", data=dict(QUOTES)).status_code == 200
