"""Pages of hits beyond the ten thousand that one request of a cluster reaches are those of one machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.text_rows import SHORT_LOG_LENGTH, generate_rows
from indexer.index.index_backend import open_backend
from muniment import Archive, Request, Sort, open_archive
from search.opensearch_engine.opensearch_engine import MAX_WINDOW
from tests.cluster.moved_archives import move_to_cluster

DOCUMENTS, PAGE = MAX_WINDOW + 1500, 1000
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archives(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """Yield an archive of many short documents on this machine, and its copy on the cluster."""
    here, there = (tmp_path_factory.mktemp(name) for name in ("here", "there"))
    fill_catalogue(here, generate_rows(DOCUMENTS, seed=3, length=SHORT_LOG_LENGTH))
    fill_index(here)
    shutil.copytree(here, there, dirs_exist_ok=True)
    try:
        move_to_cluster(there, f"{cluster}test-many-hits-{os.getpid()}")
        with open_archive(here) as opened, open_archive(there) as moved:
            yield opened, moved
    finally:
        open_backend(there).remove()


def ids_of(archive: Archive, query: str, sort: Sort, first: int) -> list[str]:
    """Return the ids of all hits from one on, page by page."""
    total = archive.search(Request(query, limit=0)).total
    return [
        hit.id
        for offset in range(first, total, PAGE)
        for hit in archive.search(Request(query, sort=sort, limit=PAGE, offset=offset, passages=0, facets=())).hits
    ]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.TITLE])
def test_pages_far_down_have_the_same_hits_in_the_same_order(archives: tuple[Archive, Archive], sort: Sort) -> None:
    here, there = (ids_of(archive, "", sort, MAX_WINDOW - PAGE) for archive in archives)
    assert len(here) == DOCUMENTS - MAX_WINDOW + PAGE
    assert there == here


@pytest.mark.parametrize("query", ["", "category:report OR *"])
def test_all_pages_by_relevance_have_every_hit_once(archives: tuple[Archive, Archive], query: str) -> None:
    here, there = (ids_of(archive, query, Sort.RELEVANCE, 0) for archive in archives)
    assert len(there) == len(here) == DOCUMENTS
    assert {*there} == {*here}
