"""An archive folder from somebody else leads nowhere: no links or pipes, no folders that its catalogue names."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.errors import ArchiveError, MunimentError
from corpus.lock import write_lock
from corpus.trust.confirmed_places import ConfirmedPlaces, confirm
from corpus.trust.data_folder import check_data_folder
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Noted
from search import Request, open_archive

ONE = Options(jobs=1)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text("A statement on torture.")
    list(index(folder, [], ONE))
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    folder.mkdir()
    (folder / "diary.txt").write_text("My diary of zebras.")
    return folder


def add_root(archive: Path, root: str) -> None:
    with closing(sqlite3.connect(archive / ".muniment" / "catalogue.db")) as connection:
        connection.execute("INSERT INTO roots VALUES (?)", (root,))
        connection.commit()


def found(archive: Path, word: str) -> int:
    with open_archive(archive) as opened:
        return opened.search(Request(word)).total


PLANTS: dict[str, Callable[[Path, Path], object]] = {
    "link": lambda path, target: path.symlink_to(target),
    "link to nothing": lambda path, _: path.symlink_to("/nowhere/at/all"),
    "pipe": lambda path, _: os.mkfifo(path),
    "device": lambda path, _: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
@pytest.mark.parametrize(
    "name",
    ["lock", "catalogue.db", "catalogue.db-wal", "index", "index/manifest.json", "index/manifest.new", "index/x.seg"],
)  # fmt: skip
def test_whatever_is_planted_is_refused_by_every_command(
    archive: Path, tmp_path: Path, name: str, plant: Callable[[Path, Path], object]
) -> None:
    target = tmp_path / "target"
    target.write_text("precious")
    path = archive / ".muniment" / name
    if path.is_dir():
        path.rename(tmp_path / "index")
    path.unlink(missing_ok=True)
    plant(path, target)
    (archive / "b.txt").write_text("Another on assembly.")
    commands: tuple[Callable[[], object], ...] = (
        lambda: list(index(archive, [], ONE)), lambda: list(reindex(archive)), lambda: status(archive),
        lambda: verify(archive), lambda: found(archive, "torture"),
    )  # fmt: skip
    for command in commands:
        with pytest.raises(MunimentError):
            command()
    assert target.read_text() == "precious"


def test_folders_nested_deeper_than_calls_may_be_are_passed_over(archive: Path) -> None:
    folders = [archive / ".muniment" / "/".join("d" * depth) for depth in range(1, 1101)]
    for folder in folders:
        folder.mkdir()
    try:
        check_data_folder(archive)
    finally:
        for folder in reversed(folders):  # removing the tree of the test is recursive
            folder.rmdir()


def test_the_link_of_an_earlier_version_is_no_plant(archive: Path) -> None:
    folder = archive / ".muniment"
    (folder / "index").rename(folder / "index-12")
    (folder / "index").symlink_to("index-12")
    check_data_folder(archive)
    (folder / "index").unlink()
    (folder / "index").symlink_to("../index-12")
    with pytest.raises(ArchiveError, match="not a regular file"):
        check_data_folder(archive)


def test_a_data_folder_that_is_a_link_needs_confirmation(archive: Path, tmp_path: Path) -> None:
    (archive / ".muniment").rename(tmp_path / "disk")
    (archive / ".muniment").symlink_to(tmp_path / "disk")
    with pytest.raises(ArchiveError, match="is a link to"):
        list(index(archive, [], ONE))
    list(index(archive, [], Options(jobs=1, confirm_link=True)))
    assert found(archive, "torture") == 1


def test_files_are_private_from_their_creation(archive: Path) -> None:
    folder = archive / ".muniment"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert set(modes.values()) == {0o600}, modes


def test_a_shared_archive_is_the_group_s_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A statement on torture.")
    (tmp_path / "muniment.toml").write_text('[archive]\nshare = "group"\n')
    list(index(tmp_path, [], ONE))
    folder = tmp_path / ".muniment"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2770
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} == {0o660}
    assert not status(tmp_path).notices


def test_an_archive_that_others_can_read_is_reported_and_changed(archive: Path) -> None:
    folder = archive / ".muniment"
    folder.chmod(0o755)
    (folder / "catalogue.db").chmod(0o644)
    assert "Other users of this machine can read" in status(archive).notices[0]
    events = list(index(archive, [], ONE))
    assert any(isinstance(event, Noted) and "Other users" in event.message for event in events)
    list(index(archive, [], Options(jobs=1, private=True)))
    assert not status(archive).notices
    assert stat.S_IMODE((folder / "catalogue.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("how", ["absolute", "dots", "link"])
def test_a_folder_that_only_the_catalogue_names_is_left_out(archive: Path, private: Path, how: str) -> None:
    if how == "link":
        (archive / "link").symlink_to(private)
    add_root(archive, {"absolute": str(private), "dots": "../private", "link": "link"}[how])
    events = list(index(archive, [], ONE))
    assert found(archive, "zebras") == 0
    assert [event for event in events if isinstance(event, Noted) and "muniment index" in event.message]
    list(index(archive, [private], ONE))
    assert found(archive, "zebras") == 1
    (private / "more.txt").write_text("More zebras.")
    list(index(archive, [], ONE))
    assert found(archive, "zebras") == 2


def test_documents_under_a_folder_left_out_keep_their_state(archive: Path, private: Path, tmp_path: Path) -> None:
    list(index(archive, [archive, private], ONE))
    moved = archive.rename(tmp_path / "elsewhere")
    *_, last = index(moved, [], ONE)
    assert isinstance(last, Finished)
    assert last.summary.removed == 0
    assert found(moved, "zebras") == 1
    report = verify(moved)
    assert [(one.kind, one.place) for one in report.differences] == [("not-looked-at", str(private))]
    assert all(balance.holds for balance in report.balances)
    with pytest.raises(ArchiveError, match="nobody named"):
        export_bag(moved, tmp_path / "bag")


def test_another_user_of_the_machine_has_confirmed_nothing(
    archive: Path, private: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(archive, [private])
    assert ConfirmedPlaces(archive).allow(private / "diary.txt")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert not ConfirmedPlaces(archive).allow(private / "diary.txt")
    assert ConfirmedPlaces(archive).allow(archive / "a.txt")


def test_the_lock_says_who_holds_it_and_is_no_link(archive: Path) -> None:
    with write_lock(archive), pytest.raises(ArchiveError, match="has been writing here"), write_lock(archive):
        pass
    open_catalogue(archive).close()
