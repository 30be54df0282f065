"""A server before a real cluster that speaks TLS and lets in one user or token, with certificates made for the test."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from corpus.engine_address import EngineAddress, parse_engine_address

_CONFIGURATION = """
[ca]
default_ca = here
[here]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
"""


class Authority:
    """An authority that certifies names, for any days.

    Args:
        folder: an empty folder for its files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "ca.cnf").write_text(_CONFIGURATION)
        (folder / "index.txt").touch()
        self._openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", "ca.key", "-out", "ca.pem",
        )  # fmt: skip

    @property
    def certificate(self) -> Path:
        """Return the file with its own certificate."""
        return self.folder / "ca.pem"

    def certify(self, name: str, *, is_expired: bool = False) -> ssl.SSLContext:
        """Return the context of a server that has a certificate for a name."""
        stem = f"{name}-{is_expired}"
        self._openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node", "-addext", f"subjectAltName=DNS:{name}",
            "-keyout", f"{stem}.key", "-out", f"{stem}.csr",
        )  # fmt: skip
        days = ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"] if is_expired else ["-days", "2"]
        self._openssl("ca", "-batch", "-notext", "-rand_serial", "-config", "ca.cnf", "-in", f"{stem}.csr",
                      "-out", f"{stem}.pem", *days)  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{stem}.pem", self.folder / f"{stem}.key")
        return context

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


@dataclass(slots=True)
class Proxy:
    """A proxy that runs.

    Attributes:
        host: (name, port) that clients ask.
        statuses: of the answers, in order; a request that is not let in has 401.
    """

    host: tuple[str, int]
    statuses: list[int] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Return the beginning of an engine's setting."""
        return f"opensearch://{self.host[0]}:{self.host[1]}/"


def name_of_this_machine() -> str:
    """Return a name of this machine that is not known to lead to itself alone, ``""`` where it has none."""
    name = socket.gethostname().lower()
    try:
        socket.getaddrinfo(name, None, socket.AF_INET)
        address = parse_engine_address(f"opensearch://{name}/name")
    except (OSError, ValueError):
        return ""
    return "" if address.is_loopback else name


@contextmanager
def running_proxy(name: str, tls: ssl.SSLContext, authorization: str, cluster: EngineAddress) -> Iterator[Proxy]:
    """Run a proxy that asks a cluster what a client with an ``Authorization`` asks it."""
    proxy = Proxy((name, 0))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            is_known = self.headers.get("Authorization") == authorization
            status, content = self._ask(body) if is_known else (401, b"Unauthorized")
            proxy.statuses.append(status)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 (the names of http.server)

        def _ask(self, body: bytes) -> tuple[int, bytes]:
            connection = http.client.HTTPConnection(*cluster.hosts[0], timeout=60)
            try:
                kind = self.headers.get("Content-Type", "application/json")
                connection.request(self.command, self.path, body or None, {"Content-Type": kind})
                response = connection.getresponse()
                return response.status, response.read()
            finally:
                connection.close()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer((name, 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that trusts it not goes away
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    proxy.host = (name, server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
