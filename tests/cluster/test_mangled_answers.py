"""Whatever a cluster answers, a command ends with its exit code and one line, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import ExitCode
from corpus.settings.write_engine import write_engine
from corpus.trust.confirmed_engines import confirm_engine
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from indexer.index.opensearch import bulk_writer
from tests.cluster.mangling_proxy import ManglingProxy, mangled, mangling_proxy
from tests.cluster.moved_archives import index_folder, move_to_cluster
from tests.commands.calling import call

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("search", "council OR detenti*", "--json"), ("search", '"human rights" author:x'), ("search", "rihgts~"),
    ("search", "state*", "--sort", "title"), ("search", "rights NEAR/5 council"), ("search", "cuoncil"),
    ("search", "council report", "--explain"), ("suggest", "co"), ("suggest", "human ri"), ("status",), ("verify",),
    ("index",), ("reindex",), ("kwic", "rights"), ("trend", "rights", "council"), ("frequencies",),
    ("collocates", "rights"), ("compare", "--a", "rights"), ("similar", "ID"),
)  # fmt: skip
ROUNDS = int(os.environ.get("MUNIMENT_TEST_ROUNDS", "6"))
"""Answers that are changed for each command."""
CODES = {ExitCode.DONE, ExitCode.ERROR, ExitCode.DIFFERENCES, ExitCode.UNAVAILABLE}
"""A manifest that Muniment did not write, and what verify finds, are told as of an index of this machine."""


@pytest.fixture(scope="module")
def proxy(cluster: str) -> Iterator[ManglingProxy]:
    with mangling_proxy(cluster) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def archive(cluster: str, proxy: ManglingProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Yield an archive on the cluster, which is asked through the proxy, and the id of a document."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copytree(Path("corpus/sample/archive/statements"), folder, dirs_exist_ok=True)
    index_folder(folder)
    name = f"test-mangled-{os.getpid()}"
    move_to_cluster(folder, cluster + name)
    confirm_engine(folder, parse_engine_address(proxy.address + name))
    write_engine(folder, proxy.address + name)
    yield folder, min(document_id for document_id, _ in open_backend(folder).documents())
    proxy.mangle = lambda _, content: content
    open_backend(folder).remove()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_answer_of_a_cluster_ends_a_command_otherwise(
    words: tuple[str, ...], archive: tuple[Path, str], proxy: ManglingProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_writer, "_PAUSES", (0,))
    folder, document_id = archive
    asked = [document_id if word == "ID" else word for word in words]
    proxy.mangle = lambda _, content: content
    proxy.answers.clear()
    assert call(folder, *asked).exit_code == ExitCode.DONE
    requests = len(proxy.answers)
    assert requests
    for number in range(ROUNDS):
        chance = random.Random(f"{words} {number}")
        place = chance.randrange(requests)
        proxy.answers.clear()
        proxy.mangle = lambda at, content, place=place, chance=chance: (  # type: ignore[misc]
            mangled(content, chance) if at == place else content
        )
        result = call(folder, *asked)
        described = f"round {number}, answer {place}: {result.output}"
        assert result.exception is None or isinstance(result.exception, SystemExit), described
        assert result.exit_code in CODES, described
        if result.exit_code == ExitCode.UNAVAILABLE and words != ("status",):
            assert sum("search engine" in line for line in result.stderr.splitlines()) == 1, described
    proxy.mangle = lambda _, content: content


def test_nothing_is_lost_by_what_a_cluster_answered(archive: tuple[Path, str], proxy: ManglingProxy) -> None:
    folder, _ = archive
    proxy.mangle = lambda _, content: content
    assert call(folder, "index").exit_code == ExitCode.DONE
    assert verify(folder).differences == ()
