"""`serve` over an archive on a cluster: pages, a correction by a form, and what it says while the cluster is away."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from corpus.engine_address import parse_engine_address
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from tests.cluster.commands.front import Front
from tests.cluster.moved_archives import move_to_cluster
from tests.commands.calling import call_json
from tests.support import LETTER, documents_by_path
from tests.web.server_process import TryingServer, serving
from tests.web.trying_server import AS_INSTALLED

AWAY_SECONDS, BACK_SECONDS = 20.0, 30.0


@pytest.fixture
def front(cluster: str) -> Iterator[Front]:
    """Yield a door to the cluster that can be shut."""
    with Front(parse_engine_address(f"{cluster}name").hosts[0]) as door:
        yield door


@pytest.fixture
def archive(front: Front, sample_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """Yield the sample archive, whose index on the cluster is asked through the door."""
    folder = shutil.copytree(sample_folder, tmp_path / "archive", symlinks=True)
    move_to_cluster(folder, f"{front.address}test-server-{os.getpid()}")
    yield folder
    front.open()
    open_backend(folder).remove()


def save(server: TryingServer, document_id: str, *, title: str) -> int:
    """Send the form of a corrected title, and return the status of the answer."""
    form = urlencode({"title-choice": "own", "title": title, "who": "Ada"})
    return server.post(f"/curate/documents/{document_id}", form.encode()).status


def await_status(server: TryingServer, path: str, status: int, seconds: float) -> float:
    """Ask until an answer has a status, and return the seconds that it took."""
    started = time.monotonic()
    while (answer := server.get(path)).status != status:
        assert time.monotonic() < started + seconds, answer
        time.sleep(0.2)
    return time.monotonic() - started


def test_pages_are_served_from_a_cluster_that_goes_away_and_comes_back(
    archive: Path, front: Front, figures: list[str]
) -> None:
    letter = documents_by_path(archive)[LETTER].id
    with serving(archive, **{AS_INSTALLED: "1"}) as server:
        page = server.get("/search?q=rights")
        assert page.status == 200
        assert b"category=report" in page.body
        assert server.get("/search.json?q=rights").body.count(b'"id"') == 10
        assert server.get("/suggest?q=hum").body.count(b"human") > 0
        document = server.get(f"/documents/{letter}?q=kettle")
        assert document.status == 200
        assert b"<mark" in document.body
        assert save(server, letter, title="Of xylophones") == 303
        await_status(server, "/search?q=title:xylophones", 200, BACK_SECONDS)
        assert call_json(archive, "search", "title:xylophones")["total"] == 1
        front.shut()
        away = await_status(server, "/search?q=council", 503, AWAY_SECONDS)
        answer = server.get("/search.json?q=council")
        assert (answer.status, answer.code) == (503, "engine.unreachable")
        assert server.get("/help").status == 200
        assert save(server, letter, title="Of zithers") == 503
        front.open()
        back = await_status(server, "/search?q=council", 200, BACK_SECONDS)
        assert b"Of xylophones" in server.get(f"/documents/{letter}").body
        assert save(server, letter, title="Of zithers") == 303
    assert server.stderr == ["Stopped."]
    figures.append(f"serve: 503 after {away:.1f} s without the cluster, 200 after {back:.1f} s with it")
    assert call_json(archive, "search", "title:zithers")["total"] == 1
    assert verify(archive).differences == ()
