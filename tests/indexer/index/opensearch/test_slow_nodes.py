"""Nodes that are silent, slow, or stop in the middle: a request ends in time, and the other nodes are asked."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import repeat

import pytest

from corpus.engine_address import EngineAddress
from corpus.errors import EngineError
from indexer.index.opensearch import node_connection
from indexer.index.opensearch.client import ClusterClient

ANSWER = b'{"done":true}'
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n" + ANSWER
Pieces = Callable[[], Iterator[bytes]]
Behave = Callable[[socket.socket], None]


class RawNode:
    """A server that treats every connection as a function says; it closes none before the test ends.

    Attributes:
        host: its address.
        calls: number of connections.
    """

    def __init__(self, behave: Behave) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._behave, self._open = behave, list[socket.socket]()
        self.host: tuple[str, int] = self._server.getsockname()
        self.calls = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                self.calls += 1
                self._open.append(connection)
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError):
            self._behave(connection)

    def close(self) -> None:
        self._server.close()
        for connection in self._open:
            connection.close()


@pytest.fixture
def node() -> Iterator[Callable[[Behave], RawNode]]:
    nodes: list[RawNode] = []

    def made(behave: Behave) -> RawNode:
        nodes.append(RawNode(behave))
        return nodes[-1]

    yield made
    for one in nodes:
        one.close()


def read_request(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or b"\r\n\r\n"


def sending(pieces: Pieces, *, is_closed: bool = False) -> Behave:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        for piece in pieces():
            connection.sendall(piece)
        if is_closed:
            connection.shutdown(socket.SHUT_RDWR)

    return behave


def slowly(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        time.sleep(0.05)
        yield piece


def bytes_of(text: bytes) -> Iterator[bytes]:
    return (text[place : place + 1] for place in range(len(text)))


def never(connection: socket.socket) -> None:
    del connection


def good(connection: socket.socket) -> None:
    while True:
        read_request(connection)
        connection.sendall(WHOLE)


def asking(*nodes: RawNode, timeout: float = 0.4, patience: float = 0.3) -> ClusterClient:
    return ClusterClient(EngineAddress(tuple(one.host for one in nodes), "ours"), timeout=timeout, patience=patience)


STUCK: dict[str, Behave] = {
    "silent": never,
    "dripping headers": sending(lambda: slowly(repeat(b"X"))),
    "dripping answer": sending(
        lambda: slowly(iter([b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", *bytes_of(b" " * 999)]))
    ),
    "dripping chunks": sending(
        lambda: slowly(iter([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *repeat(b"1\r\n \r\n", 999)]))
    ),
    "endless continue": sending(lambda: slowly(repeat(b"HTTP/1.1 100 Continue\r\n\r\n"))),
    "longer than it says": sending(
        lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999\r\n\r\n", ANSWER])
    ),
    "no length": sending(lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", ANSWER])),
}  # fmt: skip
BROKEN: dict[str, Behave] = {
    "closed at once": lambda connection: connection.shutdown(socket.SHUT_RDWR),
    "closed in the headers": sending(lambda: iter([b"HTTP/1.1 200 OK\r\nContent-"]), is_closed=True),
    "closed in the answer": sending(lambda: iter([WHOLE[:-4]]), is_closed=True),
    "closed in a chunk": sending(
        lambda: iter([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"]), is_closed=True
    ),
    "no HTTP": sending(lambda: iter([b"SSH-2.0-OpenSSH_9.2\r\n"]), is_closed=True),
    "endless header": sending(lambda: iter([b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000])),
}


@pytest.mark.parametrize("kind", [*STUCK, *BROKEN])
def test_a_node_that_does_not_answer_is_left_for_the_next(kind: str, node: Callable[[Behave], RawNode]) -> None:
    bad, alive = node((STUCK | BROKEN)[kind]), node(good)
    started = time.monotonic()
    assert asking(bad, alive).request("GET", "/") == {"done": True}
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("kind", [*STUCK, *BROKEN])
def test_a_node_alone_that_does_not_answer_is_an_error_in_time(kind: str, node: Callable[[Behave], RawNode]) -> None:
    started = time.monotonic()
    with pytest.raises(EngineError, match="does not answer") as failed:
        asking(node((STUCK | BROKEN)[kind])).request("GET", "/")
    assert time.monotonic() - started < 3
    assert failed.value.message.isprintable()


def test_a_silent_node_is_asked_last_the_next_time(node: Callable[[Behave], RawNode]) -> None:
    silent, alive = node(never), node(good)
    client = asking(silent, alive)
    client.request("GET", "/")
    started = time.monotonic()
    for _ in range(3):
        assert client.request("GET", "/") == {"done": True}
    assert time.monotonic() - started < 0.3
    assert silent.calls == 1


def test_silent_nodes_are_not_all_asked_again_and_again(node: Callable[[Behave], RawNode]) -> None:
    silent = [node(never) for _ in range(12)]
    started = time.monotonic()
    with pytest.raises(EngineError, match="does not answer"):
        asking(*silent, timeout=0.2, patience=0.1).request("GET", "/")
    assert time.monotonic() - started < 1.5
    assert max(one.calls for one in silent) == 1


@pytest.mark.filterwarnings("error")
def test_connections_end_with_the_thread_that_made_them(node: Callable[[Behave], RawNode]) -> None:
    client = asking(node(good))
    gc.disable()
    try:
        thread = threading.Thread(target=client.request, args=("GET", "/"))
        thread.start()
        thread.join()
        del thread
        assert not list(client._open)
    finally:
        gc.enable()


def test_no_other_node_is_asked_once_nobody_waits_any_more(node: Callable[[Behave], RawNode]) -> None:
    silent, late, end = node(never), node(good), time.monotonic() + 0.1
    address = EngineAddress((silent.host, late.host), "ours")
    client = ClusterClient(address, timeout=0.3, patience=5, seconds_left=lambda: end - time.monotonic())
    with pytest.raises(EngineError, match="does not answer"):
        client.request("GET", "/")
    assert late.calls == 0


def test_a_node_that_reads_nothing_does_not_hold_a_long_request(
    node: Callable[[Behave], RawNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_connection, "MIN_BYTES_PER_SECOND", 1 << 30)
    started = time.monotonic()
    with pytest.raises(EngineError, match="does not answer"):
        asking(node(never)).request("POST", "/ours/_bulk", b"x" * (64 << 20))
    assert time.monotonic() - started < 3


def test_a_long_request_has_time_by_its_length(
    node: Callable[[Behave], RawNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_connection, "MIN_BYTES_PER_SECOND", 1 << 20)

    def late(connection: socket.socket) -> None:
        time.sleep(0.8)
        left = 4 << 20
        while left > 0:
            left -= len(connection.recv(1 << 20))
        connection.sendall(WHOLE)

    assert asking(node(late), patience=0).request("POST", "/", b"x" * (4 << 20)) == {"done": True}


def test_a_refusal_before_all_is_sent_is_heard(node: Callable[[Behave], RawNode]) -> None:
    def refuse(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        time.sleep(0.2)
        while connection.recv(1 << 20):
            pass

    with pytest.raises(EngineError) as failed:
        asking(node(refuse), timeout=5).request("POST", "/ours/_bulk", b"x" * (32 << 20))
    assert failed.value.parameters["status"] == 413


def test_a_name_that_no_host_can_have_is_an_error_of_one_line() -> None:
    client = ClusterClient(EngineAddress((("a" * 80 + ".example.org", 9200),), "ours"), timeout=1, patience=0)
    with pytest.raises(EngineError, match="does not answer"):
        client.request("GET", "/")
