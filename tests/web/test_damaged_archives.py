"""An archive that lost a part is called damaged, on its pages and by the commands, and nobody begins it anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.catalogue import open_catalogue
from corpus.errors import CatalogueError, IndexStateError
from indexer.archivist.corrections import edit
from indexer.archivist.erasure import erase
from indexer.archivist.status import status
from indexer.archivist.withdrawal import withdraw
from indexer.index.manifest import index_path, read_manifest, write_manifest
from indexer.index.update_index import catch_up
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.listings.import_listing import import_listing
from search import Request, open_archive
from tests.support import opened_catalogue
from tests.web.conftest import client_of
from tests.web.test_curate import post, wait_for_job

DATA = ".muniment"

Hurt = Callable[[Path], None]


@pytest.fixture
def client(papers: Path) -> Iterator[TestClient]:
    with client_of(papers) as client:
        yield client


def first_id(archive: Path) -> str:
    with open_archive(archive) as opened:
        return opened.search(Request("", limit=1)).hits[0].id


def run(archive: Path, *, dry_run: bool = False) -> None:
    for _ in index(archive, (), Options(jobs=1, dry_run=dry_run)):
        pass


COMMANDS: tuple[Callable[[Path], object], ...] = (
    run,
    lambda archive: run(archive, dry_run=True),
    lambda archive: list(reindex(archive)),
    lambda archive: import_listing(archive, archive / "list.csv", dry_run=True),
)


def remove_catalogue(data: Path) -> None:
    for path in data.glob("catalogue.db*"):
        path.unlink()


def empty_catalogue(data: Path) -> None:
    remove_catalogue(data)
    (data / "catalogue.db").touch()


def keep_a_backup_alone(data: Path) -> None:
    shutil.rmtree(data / "index")
    (data / "catalogue.db").rename(data / "catalogue-2025.db")
    remove_catalogue(data)


@pytest.mark.parametrize("hurt", [remove_catalogue, empty_catalogue, keep_a_backup_alone])
def test_an_archive_without_its_catalogue_is_damaged(papers: Path, client: TestClient, hurt: Hurt) -> None:
    withdraw(papers, first_id(papers), "names a person", "Ada")
    hurt(papers / DATA)
    remains = "catalogue-2025.db" if hurt is keep_a_backup_alone else "index"
    for path in ("/", "/curate/files", "/search?q=rights"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "the catalogue is gone" in answer.text
        assert remains in answer.text
        assert "not an archive yet" not in answer.text
        assert 'class="button"' not in answer.text
    before = sorted((papers / DATA).iterdir())
    (papers / "list.csv").write_text("title,date\nA report,2001\n")
    for command in COMMANDS:
        with pytest.raises(CatalogueError) as refused:
            command(papers)
        assert refused.value.code == "catalogue.lost"
        assert "move it away" in refused.value.hint
    assert sorted((papers / DATA).iterdir()) == before


def test_an_archive_whose_data_was_moved_away_begins_anew(papers: Path) -> None:
    (papers / DATA).rename(papers.parent / "kept")
    run(papers)
    assert first_id(papers)


def test_an_index_newer_than_its_catalogue_is_not_taken_up(papers: Path) -> None:
    document_id = first_id(papers)
    shutil.copytree(papers / DATA, papers.parent / "backup")
    edit(papers, document_id, {"title": "A later title"}, who="Ada")
    remove_catalogue(papers / DATA)
    shutil.copy(papers.parent / "backup" / "catalogue.db", papers / DATA)

    def change(archive: Path) -> None:
        edit(archive, document_id, {"title": "Another"}, who="Ada")

    refused_commands: tuple[Callable[[Path], None], ...] = (run, change)
    for command in refused_commands:
        with pytest.raises(IndexStateError) as refused:
            command(papers)
        assert refused.value.code == "index.ahead"
    list(reindex(papers))
    change(papers)
    with open_archive(papers) as opened:
        assert opened.search(Request("title:Another")).total == 1


def test_an_index_of_another_catalogue_is_not_asked(papers: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("A note on the harbour")
    run(other)
    shutil.rmtree(papers / DATA / "index")
    shutil.copytree(other / DATA / "index", papers / DATA / "index")
    for command in (first_id, run):
        with pytest.raises(IndexStateError) as refused:
            command(papers)
        assert refused.value.code == "index.other-catalogue"
    with opened_catalogue(papers) as catalogue, pytest.raises(IndexStateError, match="was not made from this"):
        list(catch_up(catalogue))  # as by a correction that began while the engine was away
    assert "was not made from this catalogue" in status(papers).index_problem
    with client_of(papers) as client:
        for address in ("/", "/search?q=harbour", "/curate"):
            page = client.get(address).text
            assert "was not made from this catalogue: their logs differ at change 1" in page
            assert "up to date" not in page
        job = wait_for_job(client, post(client, "/curate/verify", quick="1"))
        assert "their logs differ at change 1" in str(job["lines"])
        list(reindex(papers))
        assert "was not made" not in client.get("/search?q=torture").text


def test_the_overview_shows_no_size_of_an_index_that_is_away(papers: Path, client: TestClient) -> None:
    (papers / "muniment.toml").write_text('[index]\nengine = "opensearch://search.example.org/theirs"\n')
    page = client.get("/curate")
    assert (page.status_code, "nobody has confirmed" in page.text) == (200, True)
    assert ">Index</span>" not in page.text


def test_a_bond_is_kept_by_erasure_and_made_for_an_older_index(papers: Path) -> None:
    directory = index_path(papers)
    write_manifest(directory, replace(read_manifest(directory), origin=""))
    erase(papers, [first_id(papers)], "asked for")
    assert read_manifest(directory).origin
    edit(papers, first_id(papers), {"title": "Another"}, who="Ada")
    erase(papers, [first_id(papers)], "asked for")
    assert first_id(papers)
    assert status(papers).index_current


def test_a_flipped_byte_is_said_from_the_check_that_finds_it(papers: Path, client: TestClient) -> None:
    assert "Numbers and sizes alone say so" in client.get("/curate").text
    segment = next(index_path(papers).glob("*.mun"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    wait_for_job(client, post(client, "/curate/verify"))
    for address in ("/", "/curate"):
        assert "The last check of the archive found 1 difference" in client.get(address).text
    list(reindex(papers))
    wait_for_job(client, post(client, "/curate/verify"))
    assert "Every byte was compared on" in client.get("/curate").text
    assert "The last check" not in client.get("/").text


def test_a_first_run_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    data = tmp_path / DATA
    data.mkdir()
    (data / "lock").touch()
    (data / "catalogue.db").touch()
    (data / "index").mkdir()
    open_catalogue(tmp_path, write=True).close()
    run(tmp_path)


def test_the_overview_says_that_the_index_is_damaged(papers: Path, client: TestClient) -> None:
    segment = next((papers / DATA / "index").glob("*.mun"))
    with segment.open("r+b") as file:
        file.truncate(segment.stat().st_size // 2)
    page = client.get("/curate").text
    assert "The index is up to date" not in page
    assert "the index is damaged" in page
    assert 'Run <a href="/curate/files">Build the index anew</a>' in page
    job = wait_for_job(client, post(client, "/curate/verify"))
    assert "4 searchable documents ≠ 0 documents in the index" in str(job["outcome"])
