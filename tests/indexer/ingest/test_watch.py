"""A watch outlives a disk that is disconnected, and goes on when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest

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
