"""A server that runs in a process of its own, and what a test asks of it and of the processes below it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.support import ROOT

PATIENCE_SECONDS = 20.0
FORM = {"content-type": "application/x-www-form-urlencoded"}
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        """Return the code of an error in JSON; ``""`` of another answer."""
        return str(json.loads(self.body).get("error", {}).get("code", ""))


@dataclass(frozen=True, slots=True)
class TryingServer:
    """A server that runs.

    Attributes:
        archive: the archive's folder.
        process: the server's process id.
        port: that it listens on.
        token: lets a client in.
        stderr: the lines that it has written after the first, once it has ended.
    """

    archive: Path
    process: int
    port: int
    token: str
    stderr: list[str] = field(default_factory=list)

    @property
    def zygote(self) -> int:
        """Return the process that forks reading processes."""
        (zygote,) = children(self.process)
        return zygote

    def readers(self) -> set[int]:
        """Return the reading processes."""
        return {process for process in children(self.zygote) if state_of(process) != "Z"}

    def get(self, path: str, method: str = "GET") -> Answer:
        """Ask for an address."""
        return self._ask(method, path)

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        """Send a form, by default an urlencoded one."""
        return self._ask("POST", path, body, FORM | {name.replace("_", "-"): text for name, text in headers.items()})

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = NO_HEADERS
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, body, {"authorization": f"Bearer {self.token}", **headers})
        answer = connection.getresponse()
        try:
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    @contextmanager
    def asking(self, path: str, form: bytes = b"") -> Iterator[socket.socket]:
        """Ask for an address, or send a form to it, and go away after the block."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as client:
            host = f"Host: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.token}"
            if form:
                host += f"\r\nContent-Type: {FORM['content-type']}\r\nContent-Length: {len(form)}"
            client.sendall(f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\n{host}\r\n\r\n".encode() + form)
            yield client


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def state_of(process: int) -> str:
    """Return the letter of a process's state; ``Z`` is one that has ended, and so is one that is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return "Z"


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is the case, and fail if it is not soon."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@contextmanager
def serving(archive: Path, **environment: str) -> Iterator[TryingServer]:
    """Serve an archive for as long as the block takes."""
    call = [sys.executable, "-m", "tests.web.trying_server", "--archive", str(archive), "serve", "--port", "19642"]
    with subprocess.Popen(
        call, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stderr
        line = next(text for text in server.stderr if "token=" in text).split()[0]
        port, _, token = line.removeprefix("http://127.0.0.1:").partition("/?token=")
        try:
            running = TryingServer(archive, server.pid, int(port), token)
            yield running
        finally:
            server.send_signal(signal.SIGINT)
            _, rest = server.communicate(timeout=30)
        running.stderr.extend(rest.splitlines())


def form_of(text: str) -> bytes:
    """Return a form with a text that has quotations."""
    return urlencode({"text": text}).encode()


def comparable_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without those of the connection, and without the length, which has digits of the time taken."""
    ignored = {"date", "connection", "transfer-encoding", "content-length"}
    return {name.lower(): value for name, value in headers.items() if name.lower() not in ignored}
