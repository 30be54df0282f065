"""An index on a cluster that somebody else has changed, blocked or closed: it is told, and `index` writes it anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import ExitCode
from corpus.settings import load_settings
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.archivist.verify.verify import verify
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.cluster_manifest import Generation
from indexer.index.opensearch.generations import Generations
from indexer.index.opensearch.opensearch_index import OpenSearchIndex
from tests.cluster.cluster_contents import client_of, index_of, move_to_cluster, searchable
from tests.cluster.moved_archives import rebuild
from tests.commands.calling import call, call_json
from tests.support import LETTER, documents_by_path


@pytest.fixture
def archive(sample_folder: Path, tmp_path: Path, cluster: str) -> Iterator[Path]:
    """The sample archive, with its index on the cluster."""
    folder = shutil.copytree(sample_folder, tmp_path / "archive", symlinks=True)
    move_to_cluster(folder, cluster, "changed")
    rebuild(folder)
    yield folder
    setting(folder, "blocks.read_only_allow_delete", None)
    index_of(folder).remove()


def ask(archive: Path, method: str, path: str, body: dict[str, Any] | None = None) -> None:
    """Send a request for the index in use, as by hand."""
    with closing(client_of(archive)) as client:
        used = Generations(client).in_use()
        assert used is not None
        client.request(method, f"/{used.name}{path}", body)


def generations(archive: Path) -> list[Generation]:
    with closing(client_of(archive)) as client:
        return Generations(client).all()


def setting(archive: Path, name: str, value: object) -> None:
    ask(archive, "PUT", "/_settings", {f"index.{name}": value})


def remove_one(archive: Path) -> str:
    document_id = documents_by_path(archive)[LETTER].id
    ask(archive, "DELETE", f"/_doc/{document_id}?refresh=true")
    return document_id


def test_documents_that_somebody_removed_are_told_and_brought_back(archive: Path) -> None:
    count = len(searchable(archive))
    assert call_json(archive, "status")["index_current"]
    remove_one(archive)
    told = json.loads(call(archive, "status", "--json").stdout)
    assert (told["index_documents"], told["index_current"]) == (count - 1, False)
    assert f"{count - 1} documents in place of {count}" in told["index_problem"]
    assert [one.kind for one in verify(archive).differences] == ["not-indexed"]
    assert call(archive, "index").exit_code == ExitCode.DONE
    assert call_json(archive, "status")["index_current"]
    assert verify(archive).differences == ()


def test_an_index_that_is_whole_is_not_written_anew(archive: Path) -> None:
    before = index_of(archive).manifest().generation
    for words in (("index",), ("edit", documents_by_path(archive)[LETTER].id, "--title", "Other"), ("index",)):
        assert call(archive, *words).exit_code == ExitCode.DONE
    assert index_of(archive).manifest().generation == before


@pytest.mark.parametrize("words", [("--title", "Xylophones"), ("--reason", "asked")])
def test_a_newer_state_of_a_document_does_not_swallow_a_change(archive: Path, words: tuple[str, ...]) -> None:
    document_id = documents_by_path(archive)[LETTER].id
    ask(archive, "PUT", f"/_doc/{document_id}?version=1000000&version_type=external&refresh=true",
        {"id": document_id, "change": 1})  # fmt: skip
    command = "edit" if words[0] == "--title" else "withdraw"
    assert call(archive, command, document_id, *words).exit_code == ExitCode.DONE
    assert verify(archive).differences == ()
    assert len(generations(archive)) == 1  # nor is the old index kept, which has the document as it was


BLOCKS = {
    "blocks.read": ("has blocked it", ("search", "kettle")),
    "blocks.write": ("has blocked it", ("edit", "ID", "--title", "Other")),
    "blocks.read_only_allow_delete": ("disks of the search engine are full", ("edit", "ID", "--title", "Other")),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_told_as_one(archive: Path, block: str) -> None:
    said, words = BLOCKS[block]
    document_id = documents_by_path(archive)[LETTER].id
    setting(archive, block, True)
    result = call(archive, *(document_id if word == "ID" else word for word in words))
    setting(archive, block, None)
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert said in result.stderr


def test_a_closed_index_is_told_as_one(archive: Path) -> None:
    ask(archive, "POST", "/_close")
    results = [call(archive, *words) for words in (("search", "kettle"), ("status",))]
    ask(archive, "POST", "/_open?wait_for_active_shards=1")
    for result in results:
        assert result.exit_code == ExitCode.UNAVAILABLE
        assert "has closed an index" in " ".join(result.output.split())


def test_a_rebuild_keeps_no_index_that_has_what_was_erased(archive: Path) -> None:
    document_id = documents_by_path(archive)[LETTER].id
    setting(archive, "blocks.write", True)
    result = call(archive, "erase", document_id, "--reason", "asked", "--yes")
    setting(archive, "blocks.write", None)
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert "the change is recorded" in result.stderr
    assert call(archive, "reindex").exit_code == ExitCode.DONE
    assert [generation.number for generation in generations(archive)] == [2]
    assert call(archive, "reindex").exit_code == ExitCode.DONE
    assert [generation.number for generation in generations(archive)] == [2, 3]


def test_a_move_says_which_index_could_not_be_removed(archive: Path) -> None:
    address = load_settings(archive).engine
    setting(archive, "blocks.read_only", True)
    result = call(archive, "reindex", "--engine", "whoosh", "--yes")
    write_engine(archive, address)
    (left,) = generations(archive)
    assert result.exit_code == ExitCode.DONE
    assert f"DELETE /{left.name}" in result.output
    with closing(client_of(archive)) as client:
        client.request("PUT", f"/{left.name}/_settings", {"index.blocks.read_only": None})


@pytest.mark.parametrize("is_alias", [True, False])
def test_what_has_the_name_in_place_of_the_index_is_told(archive: Path, is_alias: bool) -> None:
    (own,), document_id = generations(archive), documents_by_path(archive)[LETTER].id
    with closing(client_of(archive)) as client:
        name = client.address.name
        stranger = f"{name}-stranger" if is_alias else name
        remove = {"remove": {"index": own.name, "alias": name}}
        client.request("POST", "/_aliases", {"actions": [remove]})
        client.request("PUT", f"/{stranger}", {"aliases": {name: {}}} if is_alias else {})
        asked = ("search", "kettle"), ("status",), ("verify",), ("edit", document_id, "--title", "Other"), ("index",)
        results = [call(archive, *words) for words in asked]
        client.request("DELETE", f"/{stranger}")
        client.request("POST", "/_aliases", {"actions": [{"add": {"index": own.name, "alias": name}}]})
    for result in results:
        assert f"the index {stranger} there belongs to another archive" in " ".join(result.output.split())
    assert call_json(archive, "status")["index_current"]  # nothing was recorded


def test_the_index_of_another_archive_is_not_a_newer_one_of_this(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / ".muniment").mkdir(parents=True)
    address = load_settings(archive).engine
    write_engine(other, address)
    confirm_engine(other, parse_engine_address(address))
    for words in (("index",), ("reindex",), ("reindex", "--engine", address, "--yes")):
        result = call(other, *words)
        assert result.exit_code == ExitCode.ERROR
        assert "there belongs to another archive" in result.stderr


@pytest.mark.parametrize("is_heard", [True, False])
def test_a_move_interrupted_at_its_beginning_is_taken_back(
    archive: Path, monkeypatch: pytest.MonkeyPatch, is_heard: bool
) -> None:
    other = f"{load_settings(archive).engine}-cut"
    confirm_engine(archive, parse_engine_address(other))
    request, name = ClusterClient.request, parse_engine_address(other).name
    cut = list[str]()

    def interrupted(self: ClusterClient, method: str, path: str, *body: Any) -> Any:
        if method == "PUT" and path.startswith(f"/{name}.1?") and not cut:
            cut.append(path)
            if is_heard:
                request(self, method, path, *body)
            raise KeyboardInterrupt
        return request(self, method, path, *body)

    monkeypatch.setattr(ClusterClient, "request", interrupted)
    call(archive, "reindex", "--engine", other, "--yes")
    assert cut
    with closing(client_of(archive)) as client:
        assert not client.request("GET", f"/{name}.*?filter_path=*.aliases")
    assert load_settings(archive).engine != other


def test_a_request_that_all_parts_refuse_is_told_by_their_reason(archive: Path) -> None:
    setting(archive, "max_result_window", 1)
    result = call(archive, "search", "kettle")
    setting(archive, "max_result_window", None)
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert "Result window is too large" in result.stderr


def test_a_manifest_that_somebody_changed_is_no_other_version(archive: Path) -> None:
    ask(archive, "PUT", "/_mapping", {"_meta": {"format": "muniment", "change": 3}})
    result = call(archive, "search", "kettle")
    assert result.exit_code == ExitCode.ERROR
    assert "its bytes are not those that were written" in result.stderr
    assert "muniment reindex" in result.stderr


def test_a_move_that_a_full_disk_ends_leaves_nothing_there(
    archive: Path, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = f"{load_settings(archive).engine}-full"
    confirm_engine(archive, parse_engine_address(other))
    create = Generations.create

    def create_on_a_full_disk(self: Generations, *form: Any) -> Any:
        made = create(self, *form)
        self._client.request("PUT", f"/{made.name}/_settings", {"index.blocks.read_only_allow_delete": True})
        return made

    monkeypatch.setattr(Generations, "create", create_on_a_full_disk)
    for words in (("reindex", "--engine", other, "--yes"), ("reindex",)):
        result = call(archive, *words)
        assert result.exit_code == ExitCode.UNAVAILABLE
        assert "disks of the search engine are full" in result.stderr
    with closing(client_of(archive)) as client:
        assert len(Generations(client).all()) == 1
        answer = client.request("GET", f"/{parse_engine_address(other).name}.*?filter_path=*.aliases")
        assert not answer


def test_a_name_that_another_index_has_is_refused_with_the_index(archive: Path) -> None:
    with closing(client_of(archive)) as client:
        stranger = f"{client.address.name}.7"
        client.request("PUT", f"/{stranger}", {})
        result = call(archive, "reindex")
        client.request("DELETE", f"/{stranger}")
    assert result.exit_code == ExitCode.ERROR
    assert f"the index {stranger} there" in result.stderr
    assert isinstance(index_of(archive), OpenSearchIndex)
