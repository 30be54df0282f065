"""The client of a cluster, before real servers of this test: other nodes, pauses, refusals, certificates, silence."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.engine_address import EngineAddress
from corpus.engines import ENGINES
from corpus.errors import EngineError
from corpus.messages import Message
from corpus.settings import Settings
from indexer.index import slow_contact
from indexer.index.opensearch import client as client_module
from indexer.index.opensearch import node_connection, refusals
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.credentials import Credentials, read_credentials
from indexer.index.opensearch.generations import Generations

Reply = tuple[int, bytes]
Requests = list[tuple[str, str, bytes, str]]


class Node:
    """A server that gives the replies of a function to (number of the request, path), and remembers requests."""

    def __init__(self, reply: Callable[[int, str], Reply], tls: ssl.SSLContext | None = None) -> None:
        self.requests: Requests = []
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                node.requests.append((self.command, self.path, body, self.headers.get("Authorization", "")))
                status, content = reply(len(node.requests), self.path)
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 (the names of http.server)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host = ("127.0.0.1", self._server.server_port)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def node() -> Iterator[Callable[..., Node]]:
    nodes: list[Node] = []

    def made(reply: Callable[[int, str], Reply], tls: ssl.SSLContext | None = None) -> Node:
        nodes.append(Node(reply, tls))
        return nodes[-1]

    yield made
    for one in nodes:
        one.close()


def ok(**answer: object) -> Reply:
    return 200, json.dumps(answer).encode()


def closed_port() -> tuple[str, int]:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return ("127.0.0.1", unused.getsockname()[1])


MakeClient = Callable[..., ClusterClient]


@pytest.fixture
def client() -> Iterator[MakeClient]:
    clients: list[ClusterClient] = []

    def made(
        *hosts: tuple[str, int], credentials: Credentials | None = None, timeout: float = 5.0, patience: float = 1.0
    ) -> ClusterClient:
        address = EngineAddress(tuple(hosts), "ours")
        clients.append(ClusterClient(address, credentials, timeout=timeout, patience=patience))
        return clients[-1]

    yield made
    for one in clients:
        one.close()


def test_a_request_goes_to_the_node_that_answers(client: MakeClient, node: Callable[..., Node]) -> None:
    alive = node(lambda *_: ok(count=3))
    asking = client(closed_port(), alive.host)
    assert asking.request("POST", "/ours/_count", {"query": {}}) == {"count": 3}
    assert asking.request("GET", "/") == {"count": 3}
    assert alive.requests == [("POST", "/ours/_count", b'{"query": {}}', ""), ("GET", "/", b"", "")]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_node_is_asked_again_after_a_pause(client: MakeClient, node: Callable[..., Node], status: int) -> None:
    busy = node(lambda number, _: (status, b"busy") if number < 3 else ok(done=True))
    assert client(busy.host).request("GET", "/") == {"done": True}
    assert len(busy.requests) == 3


def test_a_cluster_that_stays_away_is_an_error_after_some_time(client: MakeClient) -> None:
    with pytest.raises(EngineError, match="does not answer") as failed:
        client(closed_port(), closed_port(), patience=0.3).request("GET", "/")
    assert failed.value.code == "engine.unreachable"
    assert failed.value.exit_code == 5


def test_a_request_is_not_begun_again_when_its_answer_would_be_late() -> None:
    address, started = EngineAddress((closed_port(),), "ours"), time.monotonic()
    with pytest.raises(EngineError, match="does not answer"):
        ClusterClient(address, patience=60.0, seconds_left=lambda: started + 0.5 - time.monotonic()).request("GET", "/")
    assert time.monotonic() - started < 5


def test_a_cluster_is_waited_for_once(client: MakeClient) -> None:
    asking, started = client(closed_port(), patience=1.0), time.monotonic()
    for _ in range(5):
        with pytest.raises(EngineError, match="does not answer"):
            asking.request("GET", "/")
    assert 0.4 < time.monotonic() - started < 2


def test_a_cluster_of_which_no_node_ever_answered_is_left_soon(
    client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "FIRST_PATIENCE", 0.3)
    started = time.monotonic()
    with pytest.raises(EngineError, match="does not answer"):
        client(closed_port(), patience=60).request("GET", "/")
    assert time.monotonic() - started < 5


def test_whoever_waits_for_the_first_answer_is_told(
    client: MakeClient, node: Callable[..., Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_contact, "TOLD_AFTER_SECONDS", 0.05)
    told: list[Message] = []
    asking = client(node(lambda number, path: ok() if number > 2 and path == "/" else (503, b"")).host)
    with slow_contact.telling_waits(told.append):
        asking.request("GET", "/")
        asking.request("GET", "/")
        with closing(ClusterClient(asking.address, seconds_left=lambda: 0.3)) as page, suppress(EngineError):
            page.request("GET", "/away")
    assert [str(one) for one in told] == [f"waiting for {asking.address.text}, which has not answered yet"]


def test_a_question_that_is_almost_late_still_gets_its_answer(node: Callable[..., Node]) -> None:
    def answer(*_: object) -> Reply:
        time.sleep(0.5)
        return ok(done=True)

    slow = node(answer)
    with closing(ClusterClient(EngineAddress((slow.host,), "ours"), seconds_left=lambda: 0.1)) as asking:
        assert asking.request("GET", "/") == {"done": True}


def test_a_node_that_is_silent_for_the_rest_of_the_time_is_at_fault() -> None:
    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = EngineAddress((silent.getsockname(),), "ours")
        asking = ClusterClient(address, seconds_left=lambda: started + 0.2 - time.monotonic())
        with pytest.raises(EngineError, match="does not answer"):
            asking.request("GET", "/")
    assert time.monotonic() - started < 3


def test_a_node_that_never_answers_is_not_waited_for_for_ever(client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(EngineError, match="does not answer"):
        client(silent.getsockname(), timeout=0.2, patience=0.2).request("GET", "/")


def test_a_connection_that_the_node_closed_meanwhile_is_opened_again(
    client: MakeClient, node: Callable[..., Node]
) -> None:
    alive = node(lambda *_: ok(done=True))
    asking = client(alive.host)
    asking.request("GET", "/")
    for connection in asking._open:  # as a node does after some time of silence
        clocked: Any = connection.sock
        clocked._socket.shutdown(socket.SHUT_RDWR)
    assert asking.request("GET", "/") == {"done": True}


@pytest.mark.parametrize("answer", [
    {"timed_out": True, "_shards": {"failed": 0}}, {"timed_out": False, "_shards": {"failed": 1}}, {"hits": {}},
])  # fmt: skip
def test_a_part_of_an_answer_is_no_answer(
    client: MakeClient, node: Callable[..., Node], answer: dict[str, object]
) -> None:
    with pytest.raises(EngineError, match="only in part"):
        client(node(lambda *_: ok(**answer)).host).search("ours", {})


def test_a_refused_user_is_told_without_the_password(
    client: MakeClient, node: Callable[..., Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUNIMENT_ENGINE_USER", "ana")
    monkeypatch.setenv("MUNIMENT_ENGINE_PASSWORD", "hunter2")
    refusing, credentials = node(lambda *_: (401, b"hunter2 is wrong")), read_credentials()
    with pytest.raises(EngineError, match="refuses the user") as failed:
        client(refusing.host, credentials=credentials).request("GET", "/")
    assert "hunter2" not in f"{failed.value} {failed.value.hint} {credentials!r}"
    assert refusing.requests[0][3].startswith("Basic ")


def test_a_user_and_a_token_are_not_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIMENT_ENGINE_TOKEN", "token")
    assert read_credentials() == Credentials({"Authorization": "Bearer token"})
    monkeypatch.setenv("MUNIMENT_ENGINE_USER", "ana")
    with pytest.raises(EngineError, match="both"):
        read_credentials()


@pytest.mark.parametrize("name", ["MUNIMENT_ENGINE_USER", "MUNIMENT_ENGINE_PASSWORD"])
def test_a_user_without_a_password_is_not_taken_for_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "hunter2")
    with pytest.raises(EngineError, match="only one of") as refused:
        read_credentials()
    assert "hunter2" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize(
    "reply", [(200, b"<html>"), (404, b"<html>"), (200, b"[" * 100_000), (200, b"[]"), (500, b"\x1b[2J")]
)
def test_what_no_search_engine_says_is_an_error_of_one_line(
    client: MakeClient, node: Callable[..., Node], reply: Reply
) -> None:
    with pytest.raises(EngineError, match="is not the search engine OpenSearch") as failed:
        client(node(lambda *_: reply).host).request("GET", "/")
    assert failed.value.message.isprintable()


@pytest.mark.parametrize("reply", [(404, b"<html>"), (404, b'{"error": {"type": "no_handler"}}'), (404, b"{}")])
def test_only_a_cluster_can_say_that_there_is_no_index(
    client: MakeClient, node: Callable[..., Node], reply: Reply
) -> None:
    with pytest.raises(EngineError):
        Generations(client(node(lambda *_: reply).host)).in_use()
    missing = json.dumps({"error": {"type": "index_not_found_exception"}}).encode()
    assert Generations(client(node(lambda *_: (404, missing)).host)).in_use() is None


def test_a_redirect_says_where_it_leads(client: MakeClient, node: Callable[..., Node]) -> None:
    with pytest.raises(EngineError, match=r"sends on to http://127\.0\.0\.1:1 \(status 302\)") as failed:
        client(node(lambda *_: (302, b"")).host).request("GET", "/")
    assert "muniment reindex --engine" in failed.value.hint


BLOCKED = "cluster_block_exception"


@pytest.mark.parametrize(("status", "kind", "reason", "code"), [
    (403, BLOCKED, "index [a] blocked by: [FORBIDDEN/7/index read (api)];", "engine.blocked"),
    (403, "index_create_block_exception", "blocked by: [FORBIDDEN/10/create-index]", "engine.blocked"),
    (429, BLOCKED, "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]", "engine.disk-full"),
    (400, "index_closed_exception", "closed", "engine.closed"), (403, "security_exception", "no", "engine.refused"),
])  # fmt: skip
def test_what_somebody_has_blocked_is_told_at_once(
    client: MakeClient, node: Callable[..., Node], status: int, kind: str, reason: str, code: str
) -> None:
    body = json.dumps({"error": {"type": kind, "reason": reason, "index": "ours.1"}, "status": status}).encode()
    blocking = node(lambda *_: (status, body))
    with pytest.raises(EngineError) as failed:
        client(blocking.host).request("GET", "/ours/_search")
    assert failed.value.code == code
    assert len(blocking.requests) == 1
    assert code != "engine.closed" or "ours.1" in failed.value.message


def test_a_cluster_without_a_manager_is_asked_again(client: MakeClient, node: Callable[..., Node]) -> None:
    body = json.dumps({"error": {"type": BLOCKED, "reason": "[SERVICE_UNAVAILABLE/2/no cluster manager]"}}).encode()
    electing = node(lambda number, _: (503, body) if number < 2 else ok(done=True))
    assert client(electing.host).request("GET", "/") == {"done": True}


def test_an_endless_answer_is_cut_off(
    client: MakeClient, node: Callable[..., Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (refusals, node_connection):
        monkeypatch.setattr(module, "MAX_ANSWER_BYTES", 1000)
    with pytest.raises(EngineError, match="longer than"):
        client(node(lambda *_: (200, b" " * 2000)).host).request("GET", "/")


def test_an_error_says_its_kind_and_its_reason(client: MakeClient, node: Callable[..., Node]) -> None:
    body = json.dumps({"error": {"type": "index_not_found_exception", "reason": "no such index"}}).encode()
    with pytest.raises(EngineError, match="no such index") as failed:
        client(node(lambda *_: (404, body)).host).request("GET", "/ours")
    assert failed.value.parameters["status"] == 404
    assert failed.value.parameters["kind"] == "index_not_found_exception"


def test_nothing_is_sent_or_looked_up_before_the_address_is_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setitem(ENGINES, "opensearch", ENGINES["whoosh"])

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    with pytest.raises(EngineError, match="nobody has confirmed") as failed:
        open_client(tmp_path, Settings(engine="opensearch://stranger.example.org/ours"))
    assert "reindex --engine opensearch://stranger.example.org:9200/ours" in failed.value.hint


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of an authority of this test, for 127.0.0.1, with its key in one file."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=node",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_a_node_elsewhere_is_asked_over_tls_that_is_verified(
    client: MakeClient, node: Callable[..., Node], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    secure = node(lambda *_: ok(done=True), served)
    monkeypatch.setattr(EngineAddress, "is_loopback", property(lambda _: False))
    token = Credentials({"Authorization": "Bearer token"})
    with pytest.raises(EngineError, match=r"(?i)certificate"):
        client(secure.host, credentials=token, patience=0.1).request("GET", "/")
    assert secure.requests == []
    monkeypatch.setenv("MUNIMENT_ENGINE_CA", str(certificate / "cert.pem"))
    assert client(secure.host, credentials=token).request("GET", "/") == {"done": True}
    with pytest.raises(EngineError, match=r"(?i)certificate"):
        client(("localhost", secure.host[1]), credentials=token, patience=0.1).request("GET", "/")


def test_a_connection_that_will_never_be_made_is_not_tried_again(
    client: MakeClient, node: Callable[..., Node], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    started = time.monotonic()
    with pytest.raises(EngineError, match="wants TLS"):
        client(node(lambda *_: ok(), served).host, patience=60).request("GET", "/")
    with pytest.raises(EngineError, match="Name or service not known"):
        client(("no-such-host.invalid", 9200), patience=60).request("GET", "/")
    monkeypatch.setattr(EngineAddress, "is_loopback", property(lambda _: False))
    plain = node(lambda *_: ok())
    with pytest.raises(EngineError, match=r"no secure connection .* does not speak TLS"):
        client(plain.host, plain.host, patience=60).request("GET", "/")
    assert time.monotonic() - started < 8


def test_the_other_nodes_are_asked_where_one_takes_no_connection(
    client: MakeClient, node: Callable[..., Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EngineAddress, "is_loopback", property(lambda _: True))
    alive = node(lambda number, _: (503, b"") if number < 2 else ok(done=True))
    assert client(("no-such-host.invalid", 9200), alive.host).request("GET", "/") == {"done": True}


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIMENT_ENGINE_CA", str(tmp_path / "missing.pem"))
    with pytest.raises(EngineError, match=r"missing\.pem"):
        ClusterClient(EngineAddress((("search.example.org", 9200),), "ours"))
