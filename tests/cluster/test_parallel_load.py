"""Several processes load an archive: the index is that of one process, and what fails in one is told by the command."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.engine_address import parse_engine_address
from corpus.errors import EngineError
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.archivist.verify.verify import verify
from indexer.index import update_index
from indexer.index.index_backend import open_backend
from indexer.index.opensearch import opensearch_index
from tests.cluster.cluster_contents import contents
from tests.cluster.mangling_proxy import mangling_proxy
from tests.cluster.moved_archives import index_folder, move_to_cluster


@pytest.fixture
def archive(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "archive"
    shutil.copytree(Path("corpus/sample/archive"), folder)
    index_folder(folder)
    move_to_cluster(folder, f"{cluster}test-parallel-{os.getpid()}")
    monkeypatch.setattr(opensearch_index, "MIN_PARALLEL_CHARACTERS", 0)
    yield folder
    open_backend(folder).remove()


def rebuild(archive: Path, jobs: int) -> None:
    with closing(open_catalogue(archive, write=True)) as catalogue:
        for _ in update_index.rebuild(catalogue, jobs):
            pass


def test_two_processes_write_what_one_writes(archive: Path) -> None:
    before = contents(archive)
    rebuild(archive, 2)
    assert contents(archive) == before
    assert verify(archive).differences == ()


def test_what_fails_in_one_process_is_an_error_of_the_load(archive: Path, cluster: str) -> None:
    before = dict(open_backend(archive).documents())
    name = f"test-parallel-{os.getpid()}"
    with mangling_proxy(cluster) as proxy:
        confirm_engine(archive, parse_engine_address(proxy.address + name))
        write_engine(archive, proxy.address + name)
        proxy.mangle = lambda _, content: b'{"items": []}' if content.startswith(b'{"errors"') else content
        with pytest.raises(EngineError, match="0 of") as failed:
            rebuild(archive, 2)
        assert failed.value.exit_code == 5
        proxy.mangle = lambda _, content: content
        assert dict(open_backend(archive).documents()) == before
        assert list(open_backend(archive).orphaned_files()) == []
        write_engine(archive, cluster + name)
