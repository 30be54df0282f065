"""`.ci/run` starts a cluster beside `make test`, has `make cluster` use it, and leaves none however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import ROOT

NODE = """
import http.server, json, sys
port = next(int(word.partition("=")[2]) for word in sys.argv if word.startswith("http.port="))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"number_of_nodes": 3}).encode())
    def log_message(self, *_): ...
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""
"""A node that only says that there are three of them."""
MAKE = """
echo "$1 $MUNIMENT_TEST_CLUSTER" >>"$CALLS"
case "$1" in "$FAILING") exit 7 ;; "$WAITING") touch "$CALLS.waits"; sleep 60 ;; esac
"""
NEEDED = ("bash", "cat", "dirname", "grep", "head", "id", "mkdir", "mktemp", "rm", "sleep", "tail", "touch")
MAX_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine whose programs are those of this test.

    Attributes:
        folder: for its files.
        port: of its cluster.
    """

    folder: Path
    port: int

    @property
    def calls(self) -> list[str]:
        """Return the arguments of `make`, and the cluster that it was told of."""
        return (self.folder / "calls").read_text().splitlines()

    @property
    def address(self) -> str:
        """Return the beginning of the setting of its cluster."""
        return f"opensearch://{','.join(f'127.0.0.1:{self.port + node}' for node in (1, 2, 3))}/"

    def start(self, **environment: str) -> subprocess.Popen[str]:
        """Start `.ci/run`."""
        variables = {
            "PATH": str(self.folder / "bin"), "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"),
            "XDG_CACHE_HOME": str(self.folder / "cache"), "CALLS": str(self.folder / "calls"),
            "MUNIMENT_TEST_CLUSTER_PORT": str(self.port), "FAILING": "none", "WAITING": "none",
        }  # fmt: skip
        return subprocess.Popen(
            [str(self.folder / "bin" / "bash"), str(ROOT / ".ci" / "run")], env=variables | environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def program(self, name: str, script: str = "exit 0") -> None:
        """Write a program."""
        path = self.folder / "bin" / name
        path.write_text(f"#!{self.folder / 'bin' / 'bash'}\n{script}\n")
        path.chmod(0o755)

    def assert_nothing_is_left(self) -> None:
        """Require that no process of its cluster runs and no file of it is there."""
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]
        assert not [command for command in commands if f"http.port={self.port}"[:-1].encode() in command]
        assert list((self.folder / "tmp").iterdir()) == []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with everything that a cluster needs; its nodes do nothing."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1] // 10 * 10
    made = Machine(tmp_path, port)
    for name in ("bin", "tmp"):
        (tmp_path / name).mkdir()
    for name in NEEDED:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    (tmp_path / "node.py").write_text(NODE)
    for name in ("antiword", "chromium", "javac"):
        made.program(name)
    made.program("tesseract", "printf 'eng\\nfra\\nspa\\ndeu\\n'")
    made.program("make", MAKE)
    made.program("mvn", 'for word; do case "$word" in -DoutputDirectory=*) mkdir -p "${word#*=}" ;; esac; done')
    made.program("python3", f'exec "{sys.executable}" "$@"')
    made.program("java", f'exec "{sys.executable}" "{tmp_path / "node.py"}" "$@"')
    return made


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + MAX_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_make_cluster_uses_the_cluster_that_was_started(machine: Machine) -> None:
    run = machine.start()
    _, err = run.communicate(timeout=MAX_SECONDS)
    assert (run.returncode, err) == (0, "")
    assert machine.calls == ["test ", "browser ", f"cluster {machine.address}"]
    machine.assert_nothing_is_left()


@pytest.mark.parametrize("target", ["test", "cluster"])
def test_a_failure_is_passed_on_and_leaves_no_cluster(machine: Machine, target: str) -> None:
    run = machine.start(FAILING=target)
    run.communicate(timeout=MAX_SECONDS)
    assert run.returncode == 7
    assert machine.calls[-1].split()[0] == target
    machine.assert_nothing_is_left()


@pytest.mark.parametrize("target", ["test", "cluster"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_cluster(machine: Machine, target: str, number: int) -> None:
    run = machine.start(WAITING=target)
    wait_for((machine.folder / "calls.waits").exists)
    os.killpg(run.pid, number)  # as a terminal does
    run.communicate(timeout=MAX_SECONDS)
    assert run.returncode in {-number, 128 + number}
    machine.assert_nothing_is_left()


@pytest.mark.parametrize(
    ("program", "script", "said"),
    [
        ("mvn", "echo 'no route'; echo 'to Maven'; exit 1", "ci: no cluster: mvn failed: no route to Maven"),
        ("java", "echo 'no memory'; exit 1", "ci: no cluster: node"),
    ],
)  # fmt: skip
def test_a_cluster_that_cannot_start_is_left_out_in_one_line(
    machine: Machine, program: str, script: str, said: str
) -> None:
    machine.program(program, script)
    run = machine.start()
    _, err = run.communicate(timeout=MAX_SECONDS)
    (line,) = err.splitlines()
    assert line.startswith(said)
    assert line.endswith(": make cluster is left out")
    assert run.returncode == 0
    assert machine.calls == ["test ", "browser "]
    machine.assert_nothing_is_left()


def test_without_a_jdk_one_line_says_so(machine: Machine) -> None:
    (machine.folder / "bin" / "javac").unlink()
    run = machine.start()
    _, err = run.communicate(timeout=MAX_SECONDS)
    assert err.splitlines() == [
        "ci: there is no JDK with Maven, and only root of a Debian can install them: make cluster is left out"
    ]
    assert (run.returncode, machine.calls) == (0, ["test ", "browser "])
    machine.assert_nothing_is_left()
