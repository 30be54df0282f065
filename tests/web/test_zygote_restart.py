"""The process that forks reading processes, killed: it is started anew, or one line says that it is not."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from corpus.messages import message
from tests.web.route_rows import QUOTES
from tests.web.server_process import TryingServer, children, form_of, serving, state_of, wait_until
from tests.web.trying_server import AS_INSTALLED, MAX_RESTARTS, WITHOUT_PYTHON

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a server fork processes")

NO_PROCESSES = str(message("serve.no-reading-processes"))


def kill_zygote(server: TryingServer) -> int:
    """Kill the process that forks, wait until all that it has forked are gone, and return its id."""
    zygote = server.zygote
    below = [zygote, *children(zygote)]
    os.kill(zygote, signal.SIGKILL)
    wait_until(lambda: all(state_of(process) == "Z" for process in below))
    time.sleep(0.05)  # the server notices that connections are closed
    return zygote


def test_a_killed_zygote_is_started_anew_and_answers(indexed_papers: Path, tmp_path: Path) -> None:
    archive = shutil.copytree(indexed_papers, tmp_path / os.fsdecode(b"not UTF-8 \xff") / "papers", symlinks=True)
    with serving(archive, **{AS_INSTALLED: "1"}) as server:
        before = server.get("/search?q=rights&view=print")
        assert before.status == 200
        killed = kill_zygote(server)
        wait_until(lambda: server.get("/search?q=rights").status == 200)  # on a busy machine the first may be late
        again = server.get("/search?q=rights&view=print")
        assert (again.status, len(again.body)) == (200, len(before.body))
        assert server.zygote != killed
        assert server.readers()
        for path in ("/", "/search.json?q=rights", "/kwic.json?q=rights", "/search.csv?q=rights"):
            assert server.get(path).status == 200
        assert server.post("/check-quotes.json", form_of(QUOTES["text"])).status == 200
        assert server.get("/search.json?q=deadly").status == 200  # it is no server of tests any more
        arguments = Path(f"/proc/{server.zygote}/cmdline").read_bytes()
        environment = Path(f"/proc/{server.zygote}/environ").read_bytes()
        assert server.token.encode() not in arguments + environment
        left = [server.zygote, *server.readers()]
    assert all(state_of(process) == "Z" for process in left)
    assert server.stderr == ["Stopped."]


def test_a_zygote_that_ends_again_and_again_is_told_once(indexed_papers: Path) -> None:
    with serving(indexed_papers) as server:
        for _ in range(MAX_RESTARTS + 1):
            kill_zygote(server)
            # The first question may take longer than an answer of this server may, as an interpreter is started for it.
            wait_until(lambda: server.get("/search?q=rights").status == 200)
        assert not children(server.process)
        for path in ("/", "/search?q=rights", "/search.csv"):
            assert server.get(path).status == 200
    assert server.stderr == [NO_PROCESSES, "Stopped."]


def test_a_zygote_that_cannot_be_started_anew_is_told_once(indexed_papers: Path) -> None:
    with serving(indexed_papers, **{WITHOUT_PYTHON: "1"}) as server:
        kill_zygote(server)
        for path in ("/", "/search?q=rights", "/search.csv"):
            assert server.get(path).status == 200
        assert not children(server.process)
    assert server.stderr == [NO_PROCESSES, "Stopped."]
