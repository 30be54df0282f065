"""Forms that reading processes answer: quotations, which are checked there as in the server, beside quick questions."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.conftest import TOKEN, client_of
from tests.web.route_rows import QUOTES
from tests.web.server_process import (
    FORM,
    PATIENCE_SECONDS,
    TryingServer,
    comparable_headers,
    form_of,
    serving,
    wait_until,
)
from tests.web.test_quote_page import DRAFT, docx
from tests.web.trying_server import AS_INSTALLED, MAX_WAITING, MOST
from web.access.guard import Access
from web.app import _reading_routes
from web.curate.forms import MAX_LISTING_BYTES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a server fork processes")


@pytest.fixture(scope="module")
def server(indexed_papers: Path) -> Iterator[TryingServer]:
    with serving(indexed_papers) as server:
        yield server


def test_quotations_are_checked_by_a_process_as_in_process(indexed_papers: Path) -> None:
    limit = MAX_LISTING_BYTES
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    end = b"\r\n--b--\r\n"
    multipart = {"content-type": "multipart/form-data; boundary=b"}
    sent = [
        (form_of(DRAFT), FORM, 200), (form_of("none"), FORM, 400), (b"x", {"content-type": "text/plain"}, 400),
        (part + docx(DRAFT) + end, multipart, 200), (part + b"PK\x03\x04" + bytes(200) + end, multipart, 409),
        (b"text=" + b"a" * (limit - 4), FORM, 400), ((part + b"a" * limit)[: limit + 1], multipart, 400),
        (form_of(DRAFT), FORM | {"sec-fetch-site": "cross-site"}, 403),
    ]  # fmt: skip
    paths = [route.path for route in _reading_routes() if route.methods == {"POST"}]
    assert len(paths) == 3
    with (
        serving(indexed_papers, **{AS_INSTALLED: "1"}) as server,
        client_of(server.archive, Access(TOKEN, server.port)) as client,
    ):
        client.headers["host"] = f"127.0.0.1:{server.port}"
        for path in paths:
            for body, headers, status in sent:
                expected = client.post(path, content=body, headers=headers)
                answer = server.post(path, body, **headers)
                assert (answer.status, expected.status_code) == (status, status), (path, answer.body)
                assert comparable_headers(answer.headers) == comparable_headers(expected.headers)
                assert draft_names(answer.body) == draft_names(expected.content)


def draft_names(body: bytes) -> bytes:
    """Return an answer without the folder of the draft that it names."""
    return re.sub(rb"/[^ ]*/draft", b"draft", body)


def test_slow_or_deadly_quotations_hold_up_no_question(server: TryingServer) -> None:
    text = QUOTES["text"]
    with server.asking("/check-quotes.json", form_of(text.replace("kettle", "slow kettle"))):
        wait_until(lambda: any(os.getpriority(os.PRIO_PROCESS, reader) == 10 for reader in server.readers()))
        assert server.get("/search?q=rights").status == 200
    deadly = form_of(text.replace("kettle", "deadly kettle"))  # the process is busy until the first is late
    wait_until(lambda: server.post("/check-quotes.json", deadly).code == "web.answer-lost")
    late = server.post("/check-quotes.json", form_of(text.replace("kettle", "slow kettle")))
    assert (late.status, late.code) == (422, "request.slow")
    assert server.post("/check-quotes.json", form_of(text)).status == 200


def test_a_form_that_comes_slowly_keeps_no_process(server: TryingServer) -> None:
    form = form_of(QUOTES["text"])
    head = f"Host: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {server.token}\r\nConnection: close\r\n"
    head += f"Content-Type: {FORM['content-type']}\r\nContent-Length: {len(form)}\r\n\r\n"
    with ExitStack() as stack:
        clients = []
        for _ in range(MOST + MAX_WAITING):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS))
            client.sendall(f"POST /check-quotes.json HTTP/1.1\r\n{head}".encode() + form[:20])
            clients.append(client)
        assert server.get("/trend.json?q=rights").status == 200
        clients.pop().close()  # one that goes away before it has sent all is not answered, and disturbs nobody
        clients[0].sendall(form[20:])
        assert b"".join(iter(lambda: clients[0].recv(1 << 16), b"")).startswith(b"HTTP/1.1 200 ")
