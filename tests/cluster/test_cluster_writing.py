"""An index on a cluster follows its catalogue: changes, withdrawals, late and repeated requests, killed writers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since
from corpus.document import SEARCHABLE, ChangeNumber
from corpus.engine_address import parse_engine_address
from corpus.errors import EngineError, IndexStateError
from corpus.settings import load_settings
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from indexer.index.opensearch.bulk_writer import _action
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.generations import Generations
from muniment import Request, open_archive
from tests.cluster.moved_archives import catch_up, index_folder, move_to_cluster, moved_copy, rebuild


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(Path("corpus/sample/archive/statements"), folder, dirs_exist_ok=True)
    index_folder(folder)
    return folder


@pytest.fixture
def archive(cluster: str, indexed: Path, tmp_path: Path) -> Iterator[Path]:
    """Yield an archive of a few statements that is searched on the cluster under a name of its own."""
    with moved_copy(indexed, tmp_path / "archive", cluster) as folder:
        yield folder


def client_of(archive: Path) -> ClusterClient:
    return open_client(archive, load_settings(archive))


def muniment(archive: Path, *arguments: str) -> None:
    command = [sys.executable, "cli.py", "--archive", str(archive), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def ids_there(archive: Path) -> dict[str, int | None]:
    return dict(open_backend(archive).documents())


def ids_here(archive: Path) -> dict[str, int | None]:
    with closing(open_catalogue(archive)) as catalogue:
        return {one.id: one.changed for _, one in changed_since(catalogue, 0) if one.state in SEARCHABLE}


def test_every_document_is_there_under_the_number_of_its_change(archive: Path) -> None:
    assert ids_there(archive) == ids_here(archive)
    assert open_backend(archive).size() > 0
    assert verify(archive).differences == ()


def test_changes_withdrawals_and_what_is_restored_are_caught_up_with(archive: Path) -> None:
    first, second, *_ = sorted(ids_here(archive))
    muniment(archive, "edit", first, "--title", "Zebra crossing")
    muniment(archive, "withdraw", second, "--reason", "asked")
    with open_archive(archive) as opened:
        assert [hit.id for hit in opened.search(Request("zebra")).hits] == [first]
        assert opened.search(Request(f"id:{second}")).total == 0
    assert second not in ids_there(archive)
    muniment(archive, "restore", second)
    assert second in ids_there(archive)
    assert verify(archive).differences == ()


def test_a_second_rebuild_turns_the_name_and_keeps_one_index_before(archive: Path) -> None:
    for _ in range(3):
        rebuild(archive)
    generations = Generations(client_of(archive)).all()
    assert [(one.number, one.in_use) for one in generations] == [(3, False), (4, True)]
    assert ids_there(archive) == ids_here(archive)


def test_a_late_change_does_not_replace_a_newer_one(archive: Path) -> None:
    client = client_of(archive)
    used = Generations(client).in_use()
    assert used is not None
    document_id = min(ids_here(archive))
    change = ChangeNumber((ids_here(archive)[document_id] or 0) - 1)
    late = {"id": document_id, "change": change, "title": ["late"]}
    answer = client.request("POST", f"/{used.name}/_bulk", _action("index", document_id, change, late).content)
    assert answer["items"][0]["index"]["status"] == 409
    client.request("POST", f"/{used.name}/_refresh")
    assert ids_there(archive) == ids_here(archive)
    with open_archive(archive) as opened:
        assert opened.search(Request("title:late")).total == 0


def test_what_was_written_twice_is_there_once(archive: Path) -> None:
    before = ids_there(archive)
    catch_up(archive)
    assert ids_there(archive) == before


def test_the_name_of_another_archive_is_not_taken(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(Path("corpus/sample/archive/speeches"), other)
    index_folder(other)
    name = client_of(archive).address.text
    with pytest.raises(IndexStateError, match="another archive"):
        move_to_cluster(other, name)
    assert ids_there(archive) == ids_here(archive)


@pytest.mark.parametrize(
    ("index", "has_alias"), [("NAME.1", True), ("NAME.7", False), ("NAME", False), ("other", True)]
)
def test_nothing_of_another_program_is_replaced_or_removed(
    cluster: str, indexed: Path, tmp_path: Path, index: str, has_alias: bool
) -> None:
    archive, name = shutil.copytree(indexed, tmp_path / "archive"), f"test-{os.getpid()}-foreign"
    with closing(ClusterClient(parse_engine_address(cluster + name))) as client:
        theirs = index.replace("NAME", name).replace("other", f"other-{name}")
        client.request("PUT", f"/{theirs}", {"aliases": {name: {}} if has_alias else {}})
        client.request("PUT", f"/{theirs}/_doc/1?refresh=true", {"kept": "yes"})
        try:
            with pytest.raises(IndexStateError, match="another archive"):
                move_to_cluster(archive, cluster + name)
            with pytest.raises(IndexStateError, match="another archive"):
                open_backend(archive).remove()
            assert client.request("GET", f"/{theirs}/_count")["count"] == 1
            assert client.request("GET", f"/{name}*?filter_path=*.aliases").keys() <= {theirs}
        finally:
            client.request("DELETE", f"/{theirs}")


def test_an_address_spelled_otherwise_keeps_the_index_just_written(archive: Path) -> None:
    before, address = ids_there(archive), client_of(archive).address
    respelled = replace(address, hosts=address.hosts[::-1]).text
    muniment(archive, "reindex", "--engine", respelled, "--yes")
    assert load_settings(archive).engine == respelled
    assert ids_there(archive) == before
    assert verify(archive).differences == ()


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.5])
def test_a_killed_writer_leaves_nothing_half_done(archive: Path, seconds: float) -> None:
    before = ids_there(archive)
    process = subprocess.Popen([sys.executable, "cli.py", "--archive", str(archive), "reindex"], start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert ids_there(archive) == before
    rebuild(archive)
    assert ids_there(archive) == before
    assert list(open_backend(archive).orphaned_files()) == []


def test_a_manifest_of_a_stranger_is_not_believed(archive: Path) -> None:
    client = client_of(archive)
    used = Generations(client).in_use()
    assert used is not None
    sound = client.request("GET", f"/{used.name}/_mapping")[used.name]["mappings"]["_meta"]
    changes: list[dict[str, object]] = [
        {"change": -1}, {"change": "5"}, {"tags": ["a b"]}, {"tags": "en"}, {"format": "other"},
                   {"owner": "\x1b[2J"}, {"documents": "many"}, {"fields": []}, {"schema": 1},
    ]  # fmt: skip
    for change in changes:
        client.request("PUT", f"/{used.name}/_mapping", {"_meta": sound | change})
        with pytest.raises(IndexStateError):
            open_backend(archive).manifest()
    client.request("PUT", f"/{used.name}/_mapping", {"_meta": sound})
    assert open_backend(archive).manifest().change == sound["change"]


def test_an_index_that_was_removed_there_is_told(archive: Path) -> None:
    backend = open_backend(archive)
    backend.remove()
    assert not backend.exists()
    with pytest.raises(IndexStateError, match="there is no index"):
        open_archive(archive)
    catch_up(archive)
    assert ids_there(archive) == ids_here(archive)


def test_what_the_cluster_refuses_is_an_error_of_one_line(archive: Path) -> None:
    client = client_of(archive)
    with pytest.raises(EngineError) as failed:
        client.request("PUT", f"/{client.address.name}/_mapping", {"properties": {"text": {"type": "keyword"}}})
    assert failed.value.message.isprintable()
