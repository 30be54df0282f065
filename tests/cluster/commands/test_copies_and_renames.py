"""Folders of an archive that are renamed, copied or restored, and clusters that it moves between."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import ExitCode, MunimentError
from corpus.settings import load_settings
from corpus.settings.settings_file import SETTINGS_FILE
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import list_indexes, open_backend
from indexer.index.opensearch import bulk_writer, opensearch_index
from indexer.index.opensearch.client import ClusterClient
from tests.cluster.moved_archives import index_folder
from tests.commands.calling import call


@pytest.fixture
def address(cluster: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield an address for one test, and remove all that begins with its name."""
    name = f"test-{os.getpid()}-" + "".join(filter(str.isalnum, request.node.name.lower()))[-60:]
    yield cluster + name
    with closing(ClusterClient(parse_engine_address(cluster + name))) as client:
        for index in client.request("GET", f"/{name}*"):
            client.request("DELETE", f"/{index}")


@pytest.fixture
def archive(address: str, tmp_path: Path) -> Path:
    """Return an archive that was moved to the cluster."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Report {number} on assembly.")
    index_folder(folder)
    done(folder, "reindex", "--engine", address, "--yes")
    return folder


def done(archive: Path, *words: str) -> str:
    result = call(archive, *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def refused(archive: Path, *words: str) -> str:
    result = call(archive, *words)
    assert result.exit_code == ExitCode.ERROR, result.output
    return " ".join(result.output.split())


def used_index(archive: Path) -> tuple[int, int]:
    """Return the number of an archive's index and of its documents."""
    manifest = open_backend(archive).manifest()
    return manifest.generation, manifest.documents


def writes_of(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the number of documents of each round that is written from now on."""
    rounds, united = list[int](), bulk_writer.united

    def counted(parts: Iterable[bulk_writer.Written]) -> bulk_writer.Written:
        rounds.append(len(united(whole := [*parts]).ids))
        return united(whole)

    monkeypatch.setattr(opensearch_index, "united", counted)
    return rounds


def test_a_renamed_archive_is_confirmed_and_only_caught_up(
    archive: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = archive.rename(archive.parent / "renamed")
    (renamed / "new.txt").write_text("A new report.")
    assert call(renamed, "index").exit_code == ExitCode.UNAVAILABLE
    written = writes_of(monkeypatch)
    done(renamed, "reindex", "--engine", address, "--yes")
    done(renamed, "reindex", "--engine", address)
    assert sum(written) == 1
    assert used_index(renamed) == (1, 21)
    done(renamed, "reindex")
    assert used_index(renamed) == (2, 21)


def test_a_copy_at_the_old_path_of_an_archive_has_not_its_index(archive: Path, address: str) -> None:
    renamed = archive.rename(archive.parent / "renamed")
    done(renamed, "reindex", "--engine", address, "--yes")
    copy = shutil.copytree(renamed, archive)
    for words in (("index",), ("search", "report")):
        assert call(copy, *words).exit_code == ExitCode.UNAVAILABLE
    assert "is a copy" in refused(copy, "reindex", "--engine", address, "--yes")
    done(copy, "reindex", "--engine", "whoosh")
    assert used_index(renamed) == (1, 20)


def test_a_move_to_the_same_place_follows_changed_settings(archive: Path, address: str) -> None:
    path = archive / SETTINGS_FILE
    assert "reindex" not in done(archive, "status")
    path.write_text(path.read_text() + "store_documents = true\n")
    for command in ("status", "index"):
        told = done(archive, command)
        assert "store_documents: changed in muniment.toml since the index was made" in told
        assert "muniment reindex" in told
    done(archive, "reindex", "--engine", address)
    assert used_index(archive) == (2, 20)
    there = list_indexes(archive, load_settings(archive))
    assert there is not None
    assert (list(there.names.values())[1:], there.changed_settings) == ([f"{parse_engine_address(address).name}.2"], ())


def test_a_copy_that_has_gone_on_takes_and_removes_nothing(archive: Path, address: str) -> None:
    copy = shutil.copytree(archive, archive.parent / "copy")
    original = archive.rename(archive.parent / "unknown")  # as on another machine
    for number, folder in enumerate((original, copy)):
        (folder / f"{number}.txt").write_text("Another report, in this folder alone.")
        (folder / SETTINGS_FILE).write_text("")
        done(folder, "index")
    done(original, "reindex", "--engine", address, "--yes")
    original.rename(archive.parent / "unmounted")
    assert "belongs to another archive" in refused(copy, "reindex", "--engine", address, "--yes")
    (copy / SETTINGS_FILE).write_text(f'[index]\nengine = "{address}"\n')
    for words in (("index",), ("reindex", "--engine", address)):
        assert "the index was not made from this catalogue" in refused(copy, *words)
    assert "is left" in done(copy, "reindex", "--engine", "whoosh")
    original = (archive.parent / "unmounted").rename(original)
    assert used_index(original) == (1, 20)
    assert verify(original).differences == ()


def test_a_move_between_clusters_says_what_is_left(archive: Path, address: str) -> None:
    name = parse_engine_address(address).name
    done(archive, "reindex")
    told = done(archive, "reindex", "--engine", f"{address}-2", "--yes")
    assert f"{address}: the indexes that the archive had there are left" in told
    assert f"DELETE /{name}.1,{name}.2" in told
    assert load_settings(archive).engine == f"{address}-2"


def test_the_same_cluster_by_another_address_has_nothing_left(archive: Path, address: str) -> None:
    one = parse_engine_address(address)
    told = done(archive, "reindex", "--engine", f"opensearch://localhost:{one.hosts[0][1]}/{one.name}", "--yes")
    assert "left" not in told
    assert used_index(archive) == (1, 20)
    with suppress(MunimentError):
        open_backend(archive).remove()
