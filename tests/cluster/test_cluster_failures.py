"""A loader or a node killed in the middle of a load loses no document and leaves none twice."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.index import update_index
from indexer.index.manifest import Manifest
from indexer.index.opensearch import bulk_writer
from indexer.index.opensearch.cluster_manifest import write_manifest
from indexer.index.opensearch.generations import Generations
from tests.cluster.cluster_contents import client_of, contents, index_of, move_to_cluster, searchable
from tests.cluster.local_cluster import NODES, VARIABLE, default_cluster
from tests.support import opened_catalogue


@pytest.fixture
def archive(sample_folder: Path, tmp_path: Path, cluster: str) -> Iterator[Path]:
    """The sample archive, with an empty index on the cluster."""
    folder = shutil.copytree(sample_folder, tmp_path / "sample", symlinks=True)
    backend = move_to_cluster(folder, cluster, "failures")
    yield folder
    backend.remove()


def load(archive: Path) -> None:
    with opened_catalogue(archive) as catalogue:
        list(update_index.catch_up(catalogue))


def load_and_die(archive: Path, requests: int) -> None:
    """Load an archive with requests of two documents, and die as by kill -9 before one of them."""
    bulk_writer.BATCH_DOCUMENTS = 2
    write, left = bulk_writer._write, iter(range(requests))

    def write_or_die(*values: object) -> bulk_writer.Written:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(*values)  # type: ignore[arg-type]

    bulk_writer._write = write_or_die  # type: ignore[assignment]
    load(archive)


def killed(archive: Path, requests: int) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=load_and_die, args=(archive, requests))
    process.start()
    process.join(60)
    return process.exitcode


@pytest.mark.parametrize("requests", [0, 1, 5])
def test_a_load_after_a_killed_one_gives_the_same_documents(archive: Path, requests: int) -> None:
    assert killed(archive, requests) == -signal.SIGKILL
    backend = index_of(archive)
    assert not backend.exists()
    load(archive)
    assert dict(backend.documents()) == searchable(archive)
    with closing(client_of(archive)) as client:
        left = [one for one in Generations(client).all() if not one.in_use]
    assert len(left) <= 1


def test_a_catch_up_killed_anywhere_is_finished_by_the_next(archive: Path) -> None:
    load(archive)
    whole, backend = contents(archive), index_of(archive)
    with closing(client_of(archive)) as client:
        every = Generations(client)
        used = every.in_use()
        assert used is not None
        for requests in (0, 2, 6):
            # A catalogue copied back to its first day would do the same: everything is to be written once more.
            write_manifest(client, used, Manifest(generation=used.number))
            assert killed(archive, requests) == -signal.SIGKILL
            load(archive)
            assert dict(backend.documents()) == searchable(archive)
            assert contents(archive) == whole


def test_no_document_is_lost_when_a_node_is_killed_during_a_load(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = default_cluster()
    if os.environ.get(VARIABLE, local.address) != local.address or not all(map(local.is_alive, NODES)):
        pytest.skip(f"{VARIABLE} names a cluster that others use: none of its nodes is killed")
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 2)
    write, count, victim = bulk_writer._write, iter(range(1000)), local.manager()
    killers: list[threading.Thread] = []

    def write_and_kill(*values: object) -> bulk_writer.Written:
        if next(count) == 3:
            killers.append(threading.Thread(target=local.kill, args=(victim,)))
            killers[0].start()
        return write(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk_writer, "_write", write_and_kill)
    try:
        load(archive)
        killers[0].join()
        assert not local.is_alive(victim)
        assert dict(index_of(archive).documents()) == searchable(archive)
    finally:
        local.start(victim)
    assert dict(index_of(archive).documents()) == searchable(archive)
