"""Indexes that no search reads: nothing that was taken away stays in them, and an interrupted rebuild goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since
from corpus.document import SEARCHABLE
from corpus.settings import SETTINGS_FILE, load_settings
from corpus.settings.write_engine import write_engine
from indexer.archivist.verify.verify import verify
from indexer.index import update_index
from indexer.index.index_backend import open_backend
from indexer.index.opensearch import opensearch_index
from indexer.index.opensearch.client import ClusterClient, open_client
from indexer.index.opensearch.generations import Generations
from indexer.ingest.pipeline import reindex
from muniment import Request, open_archive
from tests.cluster.moved_archives import catch_up, index_folder, move_to_cluster, moved_copy, rebuild

RARE = "zanzibarine"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(Path("corpus/sample/archive/statements"), folder, dirs_exist_ok=True)
    for number in range(3):
        (folder / f"witness-{number}.txt").write_text(f"The {RARE}{number} witness Okapiello spoke.")
    index_folder(folder)
    return folder


@pytest.fixture
def archive(cluster: str, indexed: Path, tmp_path: Path) -> Iterator[Path]:
    """Yield an archive on the cluster, of which each round of a load has few documents."""
    with moved_copy(
        indexed, tmp_path / "archive", cluster, "[index]\ncommit_words = 200\nstore_documents = true\n"
    ) as folder:
        yield folder


def refresh(archive: Path) -> None:
    """Have all that was written to any index of the archive found there."""
    with closing(open_client(archive, load_settings(archive))) as client:
        for generation in Generations(client).all():
            client.request("POST", f"/{generation.name}/_refresh")


def contents(archive: Path) -> dict[str, list[str]]:
    """Return what is found of the documents of each index of the archive: ids and all that is stored."""
    with closing(open_client(archive, load_settings(archive))) as client:
        found = {}
        for generation in Generations(client).all():
            hits = client.search(generation.name, {"size": 1000, "version": True})["hits"]["hits"]
            found[generation.name.rpartition(".")[2]] = [json.dumps(hit) for hit in hits]
        return found


def interrupt_rebuild(archive: Path, monkeypatch: pytest.MonkeyPatch, rounds: int) -> int:
    """Rebuild until so many rounds are written, and return the documents that these have."""
    with monkeypatch.context() as patched, closing(open_catalogue(archive, write=True)) as catalogue:
        counted, count = list[int](), opensearch_index._count

        def interrupted(client: ClusterClient, index: str) -> int:
            if len(counted) >= rounds:
                raise KeyboardInterrupt
            counted.append(count(client, index))
            return counted[-1]

        patched.setattr(opensearch_index, "_count", interrupted)
        with pytest.raises(KeyboardInterrupt):
            list(update_index.rebuild(catalogue, jobs=1))
        return counted[-1]


def muniment(archive: Path, *arguments: str) -> None:
    command = [sys.executable, "cli.py", "--archive", str(archive), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["withdraw", "erase"])
def test_a_document_that_was_taken_away_is_in_no_index(
    archive: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(archive)
    interrupt_rebuild(archive, monkeypatch, 4)
    with open_archive(archive) as opened:
        taken = opened.search(Request(f"{RARE}1")).hits[0].id
    refresh(archive)
    before = contents(archive)
    assert len(before) == 3
    assert sum(f"{RARE}1" in text for texts in before.values() for text in texts) >= 2
    muniment(archive, command, taken, "--reason", "asked", *(["--yes"] if command == "erase" else []))
    after = contents(archive)
    assert not any(f"{RARE}1" in text or taken in text for texts in after.values() for text in texts)
    assert any(f"{RARE}2" in text for text in after["1"])
    rebuild(archive)
    refresh(archive)
    assert not any(f"{RARE}1" in text for texts in contents(archive).values() for text in texts)
    assert verify(archive).differences == ()


def test_an_interrupted_rebuild_goes_on_where_it_was(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = interrupt_rebuild(archive, monkeypatch, 4)
    assert written > 0
    refresh(archive)
    assert len(contents(archive)["1"]) > len(contents(archive)["2"]) > 0
    with open_archive(archive) as opened:
        assert opened.search(Request(f"{RARE}0")).total == 1
        changed, taken = (opened.search(Request(f"{RARE}{number}")).hits[0].id for number in (0, 1))
    muniment(archive, "edit", changed, "--title", "Quaggacorn")
    muniment(archive, "withdraw", taken, "--reason", "asked")
    with closing(open_catalogue(archive, write=True)) as catalogue:
        counts = list(update_index.rebuild(catalogue, jobs=1))
        every = {one.id: one.changed for _, one in changed_since(catalogue, 0) if one.state in SEARCHABLE}
    assert counts[-1] <= len(every) + 2 - written + 2, "documents that were written are not written again"
    assert [*contents(archive)] == ["1", "2"]
    assert dict(open_backend(archive).documents()) == every
    with open_archive(archive) as opened:
        assert opened.search(Request("quaggacorn")).total == 1
        assert opened.search(Request(f"{RARE}1")).total == 0
    assert verify(archive).differences == ()


@pytest.mark.parametrize("setting", ["shards = 2", "replicas = 0", "store_documents = false"])
def test_a_rebuild_in_another_form_begins_anew(archive: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    interrupt_rebuild(archive, monkeypatch, 4)
    path = archive / SETTINGS_FILE
    path.write_text(path.read_text().replace("store_documents = true", setting))
    rebuild(archive)
    assert [*contents(archive)] == ["1", "2"]
    settings = load_settings(archive)
    with closing(open_client(archive, settings)) as client:
        used = Generations(client).in_use()
    assert used is not None
    assert used.form is not None
    wanted = settings.shards, settings.replicas, settings.store_documents
    assert (used.form.shards, used.form.replicas, used.form.stores_documents) == wanted


def test_an_index_of_an_earlier_catalogue_is_not_gone_on_with(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = archive.parent / "catalogue"
    shutil.copytree(archive / ".muniment", earlier)
    for title in ("One", "Two", "Three"):
        muniment(archive, "edit", min(dict(open_backend(archive).documents())), "--title", title)
    interrupt_rebuild(archive, monkeypatch, 4)
    shutil.rmtree(archive / ".muniment")
    shutil.copytree(earlier, archive / ".muniment")
    rebuild(archive)
    assert verify(archive).differences == ()


def test_an_index_that_the_alias_names_is_not_abandoned(archive: Path) -> None:
    rebuild(archive)
    with closing(open_client(archive, load_settings(archive))) as client:
        generations = Generations(client)
        twice = {"add": {"index": generations.name(1), "alias": generations.alias}}
        client.request("POST", "/_aliases", {"actions": [twice]})
        assert [one.in_use for one in generations.all()] == [True, True]
        assert generations.abandoned() == []
        rebuild(archive)
        assert [one.in_use for one in generations.all()] == [False, False, True]
    assert verify(archive).differences == ()


def test_an_interrupted_move_leaves_nothing_there(
    cluster: str, indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, address = tmp_path / "archive", f"{cluster}test-{os.getpid()}-taken-back"
    shutil.copytree(indexed, folder)
    (folder / SETTINGS_FILE).write_text("[index]\ncommit_words = 200\n")
    move_to_cluster(folder, address)
    open_backend(folder).remove()
    write_engine(folder, "whoosh")
    rebuild(folder)
    monkeypatch.setattr(opensearch_index, "_count", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(reindex(folder, address))
    monkeypatch.undo()
    assert load_settings(folder).engine == "whoosh"
    write_engine(folder, address)
    assert contents(folder) == {}
    catch_up(folder)
    assert len(contents(folder)["1"]) > 3
    open_backend(folder).remove()
