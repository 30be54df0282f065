"""A researcher's store: found by its archive alone, private, refused where it is a stranger's, and emptied of words."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import MunimentError
from corpus.researcher_store import ResearcherStore, open_store
from corpus.researcher_store.record_rows import RecordedDocument, add_record, record, records, remove_record
from corpus.researcher_store.review_rows import (
    Decision,
    ReaderDecision,
    ReviewReader,
    add_review,
    merge_search,
    review,
    save_decision,
)
from corpus.trust.user_table import state_folder
from indexer.archivist.erasure import erase
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import documents_by_path, opened_catalogue


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def store_of(archive: Path, folder: Path | None = None, *, write: bool = True) -> ResearcherStore:
    with opened_catalogue(archive) as catalogue:
        return open_store(catalogue, folder, write=write)


def put_on_record(archive: Path, word: str, folder: Path | None = None) -> None:
    with store_of(archive, folder) as store:
        add_record(store, "2026-03-04T10:00:00+00:00", {"query": word}, [])


def words_on_record(archive: Path, folder: Path | None = None) -> list[str]:
    with store_of(archive, folder, write=False) as store:
        return [made.body["query"] for made in records(store)]


def test_looking_at_no_store_leaves_no_trace(papers: Path) -> None:
    assert words_on_record(papers) == []
    assert not (state_folder() / "research").exists()


def test_a_store_is_private_and_outside_of_the_archive(papers: Path, tmp_path: Path) -> None:
    before = {path for path in papers.rglob("*") if path.suffix not in {".db-shm", ".db-wal"}}
    put_on_record(papers, "harbour")
    put_on_record(papers, "harbour", tmp_path / "own")
    files = [path for folder in (state_folder() / "research", tmp_path / "own") for path in folder.rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in files if path.is_file()} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in files if path.is_dir()} == {"0o700"}
    assert {path for path in papers.rglob("*") if path.suffix not in {".db-shm", ".db-wal"}} == before
    with pytest.raises(MunimentError, match="not kept in an archive"):
        store_of(papers, papers / ".muniment" / "own")


def test_a_store_follows_an_archive_that_is_moved_and_no_copy(papers: Path, tmp_path: Path) -> None:
    put_on_record(papers, "first")
    copy = shutil.copytree(papers, tmp_path / "copy")
    assert words_on_record(copy) == []
    put_on_record(copy, "second")
    moved = papers.rename(tmp_path / "moved")
    assert words_on_record(moved) == ["first"]
    put_on_record(moved, "third")
    assert words_on_record(moved) == ["first", "third"]
    assert words_on_record(copy) == ["second"]


def test_an_archive_in_the_place_of_another_gets_a_store_of_its_own(papers: Path, tmp_path: Path) -> None:
    put_on_record(papers, "first")
    papers.rename(tmp_path / "moved")
    papers.mkdir()
    (papers / "new.txt").write_text("Another archive.\n", encoding="utf-8")
    list(index(papers, (), Options(jobs=1)))
    assert words_on_record(papers) == []
    assert words_on_record(tmp_path / "moved") == ["first"]


def test_copies_whose_archive_is_gone_are_not_told_apart_by_guessing(papers: Path, tmp_path: Path) -> None:
    put_on_record(papers, "first")
    put_on_record(shutil.copytree(papers, tmp_path / "copy"), "second")
    papers.rename(tmp_path / "third")
    shutil.rmtree(tmp_path / "copy")
    with pytest.raises(MunimentError, match="several stores"):
        words_on_record(tmp_path / "third")


def _with_trigger(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON reviews BEGIN DELETE FROM records; END")


def _with_view(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE reviews; CREATE VIEW reviews AS SELECT 1 AS number, 'x' AS name, '' AS made"
        )


def _with_another_owner(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE owner SET archive_log = 'other'")


def _of_the_next_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def _of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _as_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def _as_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _huge(path: Path) -> None:
    os.truncate(path, 2 << 30)


@pytest.mark.parametrize(
    "spoil",
    [_with_trigger, _with_view, _with_another_owner, _of_the_next_version, _of_another_program, _cut, _as_a_link,
     _as_a_pipe, _huge],
)  # fmt: skip
@pytest.mark.parametrize("write", [False, True])
def test_a_store_of_a_stranger_is_refused(
    indexed_papers: Path, tmp_path: Path, spoil: Callable[[Path], None], write: bool
) -> None:
    folder = tmp_path / "own"
    put_on_record(indexed_papers, "harbour", folder)
    spoil(folder / "research.db")
    with pytest.raises(MunimentError) as error:
        store_of(indexed_papers, folder, write=write)
    assert str(folder) in error.value.message


def test_a_record_is_never_changed_and_a_forged_one_is_seen(indexed_papers: Path, tmp_path: Path) -> None:
    put_on_record(indexed_papers, "harbour", tmp_path)
    with store_of(indexed_papers, tmp_path) as store, pytest.raises(MunimentError, match="append only"):
        store.run("UPDATE records SET body = '{}'")
    with sqlite3.connect(tmp_path / "research.db") as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'records_are_never_changed'"
        ).fetchone()
        connection.executescript("DROP TRIGGER records_are_never_changed; UPDATE records SET body = '{}'")
        connection.execute(trigger)
    with store_of(indexed_papers, tmp_path) as store:
        assert not record(store, 1).is_intact


def test_a_removed_record_leaves_no_word_in_the_file(indexed_papers: Path, tmp_path: Path) -> None:
    put_on_record(indexed_papers, "quixadril", tmp_path)
    assert b"quixadril" in (tmp_path / "research.db").read_bytes()
    with store_of(indexed_papers, tmp_path) as store:
        remove_record(store, 1)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["research.db"]
    assert b"quixadril" not in (tmp_path / "research.db").read_bytes()


@pytest.mark.parametrize("is_named", [False, True])
def test_what_is_erased_loses_its_notes_and_digests(papers: Path, tmp_path: Path, is_named: bool) -> None:
    folder = tmp_path / "own" if is_named else None
    kept, erased = (document.id for document in list(documents_by_path(papers).values())[:2])
    with store_of(papers, folder) as store:
        add_record(store, "", {}, [RecordedDocument(one, "a", "b", "c") for one in (kept, erased)])
        number = add_review(store, "screening", "", ["too old"])
        merge_search(store, number, json.dumps({}), "", [kept, erased])
        for one in (kept, erased):
            decision = ReaderDecision(Decision.NOT_RELEVANT, "too old", f"quixadril {one}")
            save_decision(store, number, one, ReviewReader.FIRST, decision)
        path = store.path
    withdraw(papers, kept, "a reason")  # a withdrawn document keeps its notes, which are not shown
    erase(papers, [erased], "a reason")
    with store_of(papers, folder) as store:  # a named folder is not known to the erasure, and loses them when opened
        decisions = review(store, "screening").decisions
        assert [one.text for one in record(store, 1).documents] == ["b", ""]
    assert decisions[erased][ReviewReader.FIRST] == ReaderDecision(Decision.NOT_RELEVANT, "too old", "")
    assert decisions[kept][ReviewReader.FIRST].note
    assert path
    assert f"quixadril {erased}".encode() not in path.read_bytes()


@pytest.mark.parametrize("kind", ["link", "dangling", "file", "device"])
@pytest.mark.parametrize("write", [False, True])
def test_what_is_no_folder_is_refused(indexed_papers: Path, tmp_path: Path, kind: str, write: bool) -> None:
    place, own = tmp_path / kind, tmp_path / "own"
    if kind == "file":
        place.write_text("", encoding="utf-8")
    elif kind == "device":
        place = Path(os.devnull)
    else:
        place.symlink_to(own, target_is_directory=True)
        if kind == "link":
            own.mkdir()
    with pytest.raises(MunimentError, match="not a folder, or a link"):
        store_of(indexed_papers, place, write=write)
    assert kind != "link" or list(own.iterdir()) == []


@pytest.mark.parametrize("write", [False, True])
def test_a_store_of_another_user_is_refused(
    indexed_papers: Path, tmp_path: Path, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_record(indexed_papers, "harbour", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(MunimentError, match="another user"):
        store_of(indexed_papers, tmp_path, write=write)
