"""An archive that is moved to a cluster and back by `reindex --engine` is what it was, and leaves nothing there."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.compare_answers import queries_of
from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.text_rows import read_rows
from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since
from corpus.document import SEARCHABLE
from corpus.engine_address import parse_engine_address
from corpus.settings import load_settings
from indexer.archivist.verify.report import Difference
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from indexer.index.manifest import index_path
from indexer.index.opensearch import opensearch_index
from indexer.index.opensearch.client import ClusterClient
from muniment import Request, open_archive
from tests.commands.calling import call
from tests.support import DATA

SPEECHES = DATA / "speed" / "speeches-1946-2013.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Facts:
    """All about an archive that must not change with its engine.

    Attributes:
        indexed: the id of every document of the index.
        totals: by query, the number of hits.
        log: as it is printed.
        differences: those that a verification finds.
    """

    indexed: frozenset[str]
    totals: Mapping[str, int]
    log: str
    differences: tuple[Difference, ...]


def facts_of(archive: Path, queries: list[str]) -> Facts:
    with open_archive(archive) as opened:
        totals = {query: opened.search(Request(query, limit=0)).total for query in queries}
    indexed = frozenset(document_id for document_id, _ in open_backend(archive).documents())
    log = call(archive, "log", "--json")
    assert log.exit_code == 0
    return Facts(indexed, totals, log.stdout, verify(archive).differences)


def copy_sample(archive: Path, sample: Path) -> None:
    shutil.copytree(sample, archive, symlinks=True)


def write_speeches(archive: Path, _: Path) -> None:
    if not SPEECHES.is_file():
        pytest.skip(f"no file {SPEECHES}: MUNIMENT_TEST_DATA names the third-party documents")
    fill_catalogue(archive, read_rows(SPEECHES))
    fill_index(archive)


@pytest.mark.parametrize("write", [copy_sample, pytest.param(write_speeches, marks=pytest.mark.slow)])
def test_an_archive_that_moves_there_and_back_is_unchanged(
    write: Callable[[Path, Path], None], cluster: str, sample_folder: Path, tmp_path: Path, figures: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # Several processes write as in large archives, of which none finds the address in the settings yet.
    monkeypatch.setattr(opensearch_index, "MIN_PARALLEL_CHARACTERS", 0)
    archive, name = tmp_path / "archive", f"test-moved-{os.getpid()}"
    write(archive, sample_folder)
    queries = queries_of(archive, 2)
    before = facts_of(archive, queries)
    with closing(open_catalogue(archive)) as catalogue:
        searchable = {one.id for _, one in changed_since(catalogue, 0) if one.state in SEARCHABLE}
    assert before.indexed == searchable
    client, seconds = ClusterClient(parse_engine_address(cluster + name)), list[float]()
    for engine in (cluster + name, "whoosh"):
        started = time.monotonic()
        moved = call(archive, "reindex", "--engine", engine, "--yes")
        seconds.append(time.monotonic() - started)
        assert moved.exit_code == 0, moved.output
        assert load_settings(archive).engine == engine
        assert index_path(archive).exists() == (engine == "whoosh")
        assert bool(client.request("GET", f"/{name}*")) == (engine != "whoosh")
        assert facts_of(archive, queries) == before
    figures.append(
        f"{write.__name__}: {len(before.indexed)} documents there in {seconds[0]:.1f} s and back in {seconds[1]:.1f} s;"
        f" {len(queries)} totals, {len(before.log.splitlines())} events and the verification are the same"
    )
