"""A node of a cluster is killed in the middle of searches and of a load: no answer is wrong and nothing is lost."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since
from corpus.document import SEARCHABLE
from corpus.errors import EngineError, ExitCode
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from muniment import Request, open_archive
from tests.cluster.local_cluster import NODES, VARIABLE, LocalCluster, NoClusterError, default_cluster
from tests.cluster.moved_archives import index_folder, move_to_cluster, rebuild
from tests.commands.calling import call
from tests.web.server_process import serving
from tests.web.trying_server import AS_INSTALLED
from web.reading_processes.forwarding import GRACE_SECONDS
from web.site import MAX_ANSWER_SECONDS

SEARCHES = 200
QUERIES = ("human rights", '"human rights"', "report OR council", "detention", "", "rights NEAR/5 council", "state*")


@pytest.fixture
def nodes(cluster: str) -> Iterator[LocalCluster]:
    """Yield the cluster of this machine, whose killed nodes are started again."""
    local = default_cluster()
    if os.environ.get(VARIABLE, local.address) != local.address or not any(map(local.is_alive, NODES)):
        pytest.skip(f"{cluster} is not a cluster that a test may kill")
    yield local
    try:
        local.start()
    except NoClusterError as error:
        pytest.fail(str(error))


@pytest.fixture
def archive(cluster: str, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "archive"
    shutil.copytree(Path("corpus/sample/archive"), folder)
    index_folder(folder)
    move_to_cluster(folder, f"{cluster}test-killed-nodes-{os.getpid()}")
    yield folder
    open_backend(folder).remove()


def test_no_answer_is_wrong_when_the_manager_is_killed(archive: Path, nodes: LocalCluster) -> None:
    with open_archive(archive) as opened:
        expected = {query: opened.search(Request(query, passages=0)).total for query in QUERIES}
        for number in range(SEARCHES):
            if number == SEARCHES // 4:
                nodes.kill(nodes.manager())
            query = QUERIES[number % len(QUERIES)]
            assert opened.search(Request(query, passages=0)).total == expected[query]


@pytest.mark.slow
def test_nothing_is_lost_when_the_manager_is_killed_in_a_load(archive: Path, nodes: LocalCluster) -> None:
    killed = threading.Timer(0.3, lambda: nodes.kill(nodes.manager()))
    killed.start()
    started = time.monotonic()
    rounds = 0
    while rounds < 3 or time.monotonic() - started < 3:
        with suppress(EngineError):  # a part of the new index had its only copy on the killed node: begun anew
            rebuild(archive)
            rounds += 1
    killed.join()
    with closing(open_catalogue(archive)) as catalogue:
        indexed = {one.id: one.changed for _, one in changed_since(catalogue, 0) if one.state in SEARCHABLE}
    assert dict(open_backend(archive).documents()) == indexed
    assert verify(archive).differences == ()


def test_pages_and_commands_say_that_the_cluster_is_ill(archive: Path, nodes: LocalCluster) -> None:
    with serving(archive, **{AS_INSTALLED: "1"}) as server:
        assert server.get("/search?q=rights").status == 200
        manager = nodes.manager()
        for victim in [manager, next(node for node in NODES if node != manager)]:
            nodes.kill(victim)
        for path in ("/search?q=rights", "/search.json?q=council", "/kwic?q=rights", "/search?q=state*"):
            started = time.monotonic()
            assert server.get(path).status == 503
            assert time.monotonic() - started < MAX_ANSWER_SECONDS + GRACE_SECONDS
    assert call(archive, "search", "rights").exit_code == ExitCode.UNAVAILABLE
