"""A real OpenSearch cluster of three nodes here: ``python -m tests.cluster.local_cluster start|stop|status``.

It needs a JDK of version 17 or later and Maven, which fetches 50 MB of jars once. Anybody may run it, root as well:
the refusal of root is in OpenSearch's own start script, which is not used. Nodes listen on 127.0.0.1 alone and keep
their data in one folder, which ``stop`` removes.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VARIABLE = "MUNIMENT_TEST_CLUSTER"
"""Names a cluster that runs already, as the beginning of an engine's setting."""
NODES = (1, 2, 3)
FIRST_PORT = int(os.environ.get("MUNIMENT_TEST_CLUSTER_PORT", "19310"))
"""Nodes answer on the ports after it, and speak to each other on those a hundred further on."""

_SOURCES = Path(__file__).parent / "node"
_HEAP = "-Xms512m", "-Xmx512m"
_JAVA = "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"
"""A test's cluster lives for minutes: compiling and collecting in the background would cost it more than it gains."""
_START_SECONDS, _STOP_SECONDS = 240, 30
_ENDING = (signal.SIGINT, signal.SIGTERM)


class NoClusterError(Exception):
    """A cluster cannot run on this machine; says why."""


@dataclass(frozen=True)
class LocalCluster:
    """The nodes whose data are in a folder.

    Attributes:
        folder: with a folder for each node.
    """

    folder: Path

    @property
    def address(self) -> str:
        """Return the beginning of an engine's setting; the name of an archive follows."""
        return f"opensearch://{','.join(f'127.0.0.1:{FIRST_PORT + node}' for node in NODES)}/"

    def start(self, *nodes: int) -> None:
        """Start some nodes, or all, and wait until the whole cluster answers."""
        jars = _fetch_jars()
        for node in nodes or NODES:
            if not self.is_alive(node):
                self._launch(node, jars)
        self._wait()

    def kill(self, node: int) -> None:
        """Kill a node as a power cut would."""
        os.kill(self._pid(node), signal.SIGKILL)
        while self.is_alive(node):
            time.sleep(0.05)

    def manager(self) -> int:
        """Return the node that the others elected as their manager."""
        for node in NODES:
            with suppress(OSError, http.client.HTTPException, ValueError, LookupError):
                return int(str(_get(node, "/_cat/cluster_manager?format=json")[0]["node"])[1:])
        raise NoClusterError("no node answers")

    def stop(self) -> None:
        """Stop all nodes and remove their data."""
        for node in NODES:
            with suppress(OSError, ValueError):
                os.kill(self._pid(node), signal.SIGTERM)
        end = time.monotonic() + _STOP_SECONDS
        while any(map(self.is_alive, NODES)):
            if time.monotonic() > end:
                for node in filter(self.is_alive, NODES):
                    self.kill(node)
            time.sleep(0.1)
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_alive(self, node: int) -> bool:
        """Return whether a node's process is there and no zombie."""
        with suppress(OSError, ValueError):
            return Path(f"/proc/{self._pid(node)}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

    def _pid(self, node: int) -> int:
        return int((self.folder / f"n{node}" / "pid").read_text())

    def _launch(self, node: int, jars: Path) -> None:
        home = self.folder / f"n{node}"
        home.mkdir(parents=True, exist_ok=True)
        seeds = ",".join(f"127.0.0.1:{FIRST_PORT + 100 + other}" for other in NODES)
        settings = {
            "cluster.name": f"muniment-test-{FIRST_PORT}", "node.name": f"n{node}", "path.home": str(home),
            "network.host": "127.0.0.1", "http.port": FIRST_PORT + node, "transport.port": FIRST_PORT + 100 + node,
            "discovery.seed_hosts": seeds, "cluster.initial_cluster_manager_nodes": "n1,n2,n3",
            # A disk that is nearly full must not turn the tests' indexes read-only.
            "cluster.routing.allocation.disk.threshold_enabled": "false", "action.auto_create_index": "false",
            # Else what this collector has not cleared yet counts as memory in use, and searches are refused.
            "indices.breaker.total.use_real_memory": "false",
        }  # fmt: skip
        with (home / "log").open("ab") as log, _undisturbed():  # a node is not left without its number
            process = subprocess.Popen(
                ["java", *_JAVA, *_HEAP, f"-Dlog4j2.configurationFile={_SOURCES / 'log4j2.properties'}", "-cp",
                 f"{jars}:{jars}/*", "TestNode", *(f"{name}={value}" for name, value in settings.items())],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            (home / "pid").write_text(str(process.pid))
        _started.append(process)

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while True:
            with suppress(OSError, http.client.HTTPException, ValueError, LookupError):
                if _get(1, "/_cluster/health")["number_of_nodes"] == len(NODES):
                    return
            if dead := [node for node in NODES if not self.is_alive(node)]:
                raise NoClusterError(f"node {dead[0]} ended: {self._last_line(dead[0])}")
            if time.monotonic() > end:
                raise NoClusterError(f"the nodes did not find each other in {_START_SECONDS} seconds")
            time.sleep(0.25)

    def _last_line(self, node: int) -> str:
        lines = (self.folder / f"n{node}" / "log").read_text(errors="replace").splitlines()
        return next((line for line in lines if "ERROR" in line or "Exception" in line), "".join(lines[-1:]))[:300]


_started: list[subprocess.Popen[bytes]] = []
"""Kept, so that Python collects their exit codes and no zombie stays."""


def _get(node: int, path: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", FIRST_PORT + node, timeout=5)
    try:
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off signals that end this process until a block is done; in other threads none arrives."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = {number: signal.signal(number, lambda *found: arrived.append(found[0])) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in arrived:
            signal.raise_signal(late)


def missing_programs() -> list[str]:
    """Return the programs that a cluster needs and this machine lacks."""
    return [program for program in ("java", "javac", "mvn") if not shutil.which(program)]


def _fetch_jars() -> Path:
    """Return the folder of the jars and the compiled class, made at the first call and kept in the user's cache."""
    if missing := missing_programs():
        raise NoClusterError(f"{', '.join(missing)} are needed for a cluster")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muniment-tests" / "opensearch-2.19.6"
    if (cache / "complete").exists():
        return cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache.parent) as draft_folder:
        draft = Path(draft_folder) / "jars"
        for command in (
            ["mvn", "-q", "-B", "-f", str(_SOURCES / "pom.xml"), "dependency:copy-dependencies",
             "-DincludeScope=runtime", f"-DoutputDirectory={draft}"],
            ["javac", "-nowarn", "-proc:none", "-cp", f"{draft}/*", "-d", str(draft), str(_SOURCES / "TestNode.java")],
        ):  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NoClusterError(f"{command[0]} failed: {' '.join((done.stdout + done.stderr).split())[:300]}")
        (draft / "complete").touch()
        shutil.rmtree(cache, ignore_errors=True)
        draft.rename(cache)
    return cache


def default_cluster() -> LocalCluster:
    """Return the cluster whose data are in this user's temporary folder."""
    return LocalCluster(Path(tempfile.gettempdir()) / f"muniment-test-cluster-{os.getuid()}-{FIRST_PORT}")


def running_cluster() -> Generator[str, None, None]:
    """Yield the address of the cluster that the environment names, or of one that runs as long as this is not closed.

    Raises:
        NoClusterError: none can run here.
    """
    if named := os.environ.get(VARIABLE):
        yield named
        return
    cluster = default_cluster()
    was_running = all(map(cluster.is_alive, NODES))
    cluster.start()
    try:
        yield cluster.address
    finally:
        if not was_running:
            cluster.stop()


def main(arguments: list[str]) -> int:
    """Start, stop or show the default cluster."""
    cluster = default_cluster()
    try:
        match arguments:
            case ["start"]:
                signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
                try:
                    cluster.start()
                except BaseException:
                    cluster.stop()
                    raise
                print(cluster.address)
            case ["stop"]:
                cluster.stop()
            case ["status"]:
                print(*(f"node {node}: {'runs' if cluster.is_alive(node) else 'stopped'}" for node in NODES), sep="\n")
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except NoClusterError as error:
        print(f"no cluster: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
