"""The server and its command: this machine alone, one line of output, a token of this user, nothing written down."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.trust.user_table import state_folder
from tests.commands.calling import call
from tests.support import ROOT
from web.access.access_token import token_of_archive
from web.access.guard import Access
from web.server import UNIX_SOCKET_PORT, free_socket, unix_socket, web_address
from web.site import Site


def test_a_port_is_of_this_machine_alone_and_a_taken_one_is_passed_over() -> None:
    first, port = free_socket(20_000 + os.getpid() % 20_000)
    second, other = free_socket(port)
    with first, second:
        assert first.getsockname() == ("127.0.0.1", port)
        assert second.getsockname() == ("127.0.0.1", other)
        assert other > port


def test_over_a_unix_socket_the_address_has_no_port() -> None:
    assert web_address(Access("secret", UNIX_SOCKET_PORT)) == "http://127.0.0.1/?token=secret"


def test_a_unix_socket_is_of_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    for _ in range(2):  # the one of an earlier server is replaced
        with unix_socket(path):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    path.unlink()
    path.write_text("a file of somebody")
    with pytest.raises(UsageError):
        unix_socket(path)
    assert path.read_text() == "a file of somebody"


def test_a_token_is_kept_for_this_user_until_another_is_wanted(tmp_path: Path) -> None:
    token = token_of_archive(tmp_path)
    assert len(token) == 43  # of 256 bits
    assert token_of_archive(tmp_path) == token
    assert token_of_archive(tmp_path / "other") != token
    kept = [path for path in state_folder().rglob("*") if path.is_file() and path.read_bytes() == token.encode()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700
    renewed = token_of_archive(tmp_path, renew=True)
    assert renewed not in {token, ""}
    kept[0].write_text("../../etc/passwd")
    assert token_of_archive(tmp_path) not in {renewed, "../../etc/passwd"}


@pytest.mark.parametrize(
    ("words", "is_read_only", "address"),
    [
        ([], False, "http://127.0.0.1:PORT/?token=TOKEN"),
        (["--read-only"], True, "http://127.0.0.1:PORT/?token=TOKEN"),
        (["--public-url", "https://a.example/", "--behind-proxy", "127.0.0.1"], True, "https://a.example/?token=TOKEN"),
        (
            ["--public-url", "https://a.example", "--behind-proxy", "127.0.0.1", "--allow-edits"],
            False,
            "https://a.example/?token=TOKEN",
        ),
    ],
)
def test_behind_a_proxy_nothing_is_changed_unless_it_is_allowed(
    papers: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], is_read_only: bool, address: str
) -> None:
    sites: list[Site] = []

    def serve_nobody(site: Site, listener: socket.socket, shown: str, *, open_browser: bool) -> None:
        assert listener.getsockname()[0] == "127.0.0.1"
        listener.close()
        access = site.access
        assert shown == address.replace("PORT", str(access.port)).replace("TOKEN", access.token)
        assert not open_browser
        site.close()
        sites.append(site)

    monkeypatch.setattr("commands.serve.run_server", serve_nobody)
    assert call(papers, "serve", *words).exit_code == 0
    assert sites[0].read_only is is_read_only
    assert sites[0].access.token == token_of_archive(papers)


@pytest.mark.parametrize(
    "words",
    [
        ["--public-url", "https://a.example"], ["--behind-proxy", "127.0.0.1"],
        ["--public-url", "ftp://a.example", "--behind-proxy", "127.0.0.1"],
        ["--public-url", "https://a.example/path", "--behind-proxy", "127.0.0.1"], ["--port", "0"],
    ],
)  # fmt: skip
def test_half_a_proxy_is_refused(papers: Path, words: list[str]) -> None:
    assert call(papers, "serve", *words).exit_code == 2


def test_an_address_without_a_token_has_none_in_it() -> None:
    assert web_address(Access("", 8642)) == "http://127.0.0.1:8642/"


def test_a_server_prints_one_line_and_nothing_of_what_is_asked(papers: Path) -> None:
    call_of_server = [sys.executable, "-m", "muniment", "--archive", str(papers), "serve", "--port", "18642"]
    with subprocess.Popen(
        call_of_server, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stderr
        line = next(text for text in server.stderr if "http://" in text)
        host, _, token = line.split()[0].removeprefix("http://").partition("/?token=")
        try:
            connection = HTTPConnection(host, timeout=20)
            statuses = []
            for headers in ({}, {"authorization": f"Bearer {token}"}):
                connection.request("GET", "/search.json?q=secretquestion", headers=headers)
                answer = connection.getresponse()
                statuses.append((answer.status, set(json.loads(answer.read())) & {"error", "hits"}))
                assert "server" not in answer.headers
            assert statuses == [(401, {"error"}), (200, {"hits"})]
            connection.close()
            with socket.create_connection(("127.0.0.1", int(host.partition(":")[2])), timeout=20) as broken:
                broken.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n")
                assert b" 400 " in broken.recv(200)
            if sys.platform == "linux":  # PDFs are read in another process
                assert "pdfium" not in Path(f"/proc/{server.pid}/maps").read_text()
        finally:
            server.send_signal(signal.SIGINT)
            said, warned = server.communicate(timeout=30)
    assert said == ""
    assert warned.splitlines()[-1] == "Stopped."
    assert server.returncode == 0
    assert "secretquestion" not in warned
    assert "Traceback" not in warned
    assert not [path for path in state_folder().rglob("*") if path.is_file() and b"secretq" in path.read_bytes()]
