"""A watch outlives a disk that is disconnected, and goes on when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Flag
from threading import Thread, Timer
from typing import Any

import pytest

from corpus.paths import DATA_FOLDER
from indexer.ingest import watch as watch_module
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Noted
from indexer.ingest.watch import index_and_watch
from tests.support import files_by_path


def test_a_watch_waits_for_a_disk_and_goes_on_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, disk, elsewhere = tmp_path / "archive", tmp_path / "disk", tmp_path / "elsewhere"
    for folder in (archive, disk):
        folder.mkdir()
    for number in range(3):
        (disk / f"{number}.txt").write_text(f"The minutes of meeting {number}.", encoding="utf-8")

    def disconnect() -> None:
        disk.rename(elsewhere)

    def disconnect_and_leave_the_mount_point() -> None:
        disk.rename(elsewhere)
        disk.mkdir()

    acts = iter([disconnect, disconnect_and_leave_the_mount_point])

    def no_changes(*_folders: Path, **_options: Any) -> Iterator[set[str]]:
        next(acts)()  # the system does not always tell that a disk is disconnected
        yield set()

    monkeypatch.setattr(watch_module, "watch", no_changes)
    monkeypatch.setattr(watch_module, "RECONNECT_SECONDS", 0.0)
    stop = Flag()
    events = index_and_watch(archive, [disk], Options(jobs=1), stop)
    assert next(event for event in events if isinstance(event, Finished)).summary.added == 3
    noted = next(event for event in events if isinstance(event, Noted))
    assert "connected again" in noted.message
    assert {record.state for record in files_by_path(archive).values()} == {"indexed"}
    elsewhere.rename(disk)
    (disk / "new.txt").write_text("One that came with the disk.", encoding="utf-8")
    assert next(event for event in events if isinstance(event, Finished)).summary.added == 1
    assert "known files" in next(event for event in events if isinstance(event, Noted)).message
    stop.set()
    assert not list(events)


def test_a_file_that_came_before_the_watch_began_is_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first.txt").write_text("The minutes of a meeting.", encoding="utf-8")
    stop = Flag()

    def no_changes(*_folders: Path, **_options: Any) -> Iterator[set[str]]:
        (tmp_path / "late.txt").write_text("It came during the run.", encoding="utf-8")
        yield set()
        yield set()
        stop.set()

    monkeypatch.setattr(watch_module, "watch", no_changes)
    events = index_and_watch(tmp_path, [], Options(jobs=1), stop)
    assert [event.summary.added for event in events if isinstance(event, Finished)] == [1, 1]


def test_searches_do_not_keep_a_file_from_being_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first.txt").write_text("The minutes of a meeting.", encoding="utf-8")
    monkeypatch.setattr(watch_module, "SETTLE_SECONDS", 0.2)
    stop, ended = Flag(), Flag()

    def touch() -> None:  # as SQLite does for whoever reads the catalogue
        while not ended.wait(0.02):
            (tmp_path / DATA_FOLDER / "catalogue.db-shm").touch()

    def runs() -> Iterator[int]:
        for event in index_and_watch(tmp_path, [], Options(jobs=1), stop):
            if isinstance(event, Finished):
                yield event.summary.added

    added = runs()
    assert next(added) == 1
    searching, arriving = Thread(target=touch), Timer(1.0, (tmp_path / "new.txt").write_text, ["It came."])
    try:
        searching.start()
        arriving.start()
        assert next(added) == 1
    finally:
        stop.set()
        ended.set()
        searching.join()
        arriving.join()
    assert not list(added)
