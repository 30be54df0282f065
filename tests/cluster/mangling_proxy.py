"""A server between the program and a cluster, which changes answers as a test says."""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Mangle = Callable[[int, bytes], bytes]
"""Returns the answer to send in place of one, by the number of the request."""

STRANGE: tuple[Any, ...] = (
    None, [], {}, "", "x", -1, 0, 7, 1.5, True, False, 1 << 70, 1e300, float("nan"), float("inf"), "\ud800", [[]],
    {"error": {"type": "x"}}, ["x"], "\x1b[2J", "5",
)  # fmt: skip


class ManglingProxy:
    """Sends every request on to one node of a cluster.

    Args:
        node: the host and the port of the node.

    Attributes:
        address: the beginning of an engine's setting that names this server.
        mangle: what becomes of answers.
        answers: those of the node since this list was last emptied.
    """

    def __init__(self, node: tuple[str, int]) -> None:
        self.mangle: Mangle = lambda _, content: content
        self.answers: list[bytes] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                connection = http.client.HTTPConnection(*node, timeout=30)
                connection.request(self.command, self.path, sent, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                proxy.answers.append(content)
                content = proxy.mangle(len(proxy.answers) - 1, content)
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815 (the names of http.server)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"opensearch://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def mangling_proxy(address: str) -> Iterator[ManglingProxy]:
    """Yield a server before the first node of a cluster."""
    host, _, port = address.removeprefix("opensearch://").partition("/")[0].split(",")[0].partition(":")
    proxy = ManglingProxy((host, int(port)))
    try:
        yield proxy
    finally:
        proxy.close()


def mangled(content: bytes, chance: random.Random) -> bytes:
    """Return an answer of which one part is missing or something else."""
    answer = json.loads(content or b"{}")
    places = list(_places(answer))
    if not places:
        return json.dumps(chance.choice(STRANGE)).encode()
    whole, key = chance.choice(places)
    if chance.random() < 0.25:
        del whole[key]
    else:
        whole[key] = chance.choice(STRANGE)
    return json.dumps(answer).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every part of a value, as what contains it and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield value, key
        yield from _places(part)
