"""Documents are indexed in the background while files are read, and no result depends on it."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from indexer.archivist.verify.verify import verify
from indexer.index.update_index import indexed_change
from indexer.ingest import background_indexing
from indexer.ingest.background_indexing import PROCESS_NAME
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Read
from search import Request, open_archive
from tests.support import ROOT, is_current

TEXT_COUNT = 120
MAX_WAIT = 30.0
"""Seconds that a process may take to start and to index a few texts."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of texts with a distinct word each, beside an archive that commits every 1,000 words."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "muniment.toml").write_text("[index]\ncommit_words = 1000\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(TEXT_COUNT):
        (folder / f"{number}.txt").write_text(f"The assembly heard witness{number} " + "speak of the ban " * 10)
    return folder


def last_indexed_change(archive: Path) -> int:
    with closing(open_catalogue(archive)) as catalogue:
        return indexed_change(catalogue) or 0


def start_indexing(archive: Path, folder: Path) -> Iterator[Event]:
    return index(archive, [folder], Options(jobs=2))


def pass_on(events: Iterator[Event], until: Callable[[], bool]) -> list[Event]:
    """Return the events of a slow run until a condition is true, or everything is read."""
    passed: list[Event] = []
    started = time.monotonic()
    for event in events:
        passed.append(event)
        if isinstance(event, Read):
            if until() or event.done > TEXT_COUNT - 15 or time.monotonic() - started > MAX_WAIT:
                return passed
            time.sleep(0.1)
    return passed


def assert_complete(archive: Path) -> None:
    with closing(open_catalogue(archive)) as catalogue:
        assert is_current(catalogue)
    assert verify(archive).holds
    with open_archive(archive) as opened:
        assert opened.search(Request("witness*")).total == TEXT_COUNT
        assert [opened.search(Request(f"witness{number}")).total for number in (0, 50, 119)] == [1, 1, 1]


def test_documents_are_found_while_others_are_still_being_read(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = start_indexing(archive, folder)
    pass_on(events, lambda: last_indexed_change(archive) > 0)
    with open_archive(archive) as opened:
        assert 0 < opened.search(Request("witness*")).total < TEXT_COUNT
    list(events)
    assert_complete(archive)


def test_towards_the_end_less_than_a_commit_is_indexed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_indexing, "MIN_CHARACTERS", 1)
    monkeypatch.setattr(background_indexing, "FIRST_COMMIT_SECONDS", MAX_WAIT)
    archive = folder.with_name("archive")
    (archive / "muniment.toml").unlink()
    events = start_indexing(archive, folder)
    passed = pass_on(events, lambda: last_indexed_change(archive) > 0)
    assert last_indexed_change(archive) > 0
    assert len([event for event in passed if isinstance(event, Read)]) > TEXT_COUNT // 3
    list(events)
    assert_complete(archive)


def test_a_few_texts_start_no_process_of_their_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = folder.with_name("archive")
    (archive / "muniment.toml").unlink()
    monkeypatch.setattr(background_indexing, "FIRST_COMMIT_SECONDS", MAX_WAIT)
    for event in start_indexing(archive, folder):
        assert not isinstance(event, Read) or not last_indexed_change(archive)
        assert all(child.name != PROCESS_NAME for child in multiprocessing.active_children())
    assert_complete(archive)


def test_when_background_indexing_dies_the_run_indexes_at_its_end(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = start_indexing(archive, folder)
    processes: list[BaseProcess] = []

    def killed() -> bool:
        processes.extend(child for child in multiprocessing.active_children() if child.name == PROCESS_NAME)
        for process in processes:
            process.kill()
        return bool(processes)

    pass_on(events, killed)
    list(events)
    assert processes
    assert_complete(archive)


def test_a_run_that_is_abandoned_ends_its_processes(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = start_indexing(archive, folder)
    pass_on(events, lambda: last_indexed_change(archive) > 0)
    events.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    list(start_indexing(archive, folder))
    assert_complete(archive)


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_the_first_texts_are_indexed_though_they_are_few(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    archive = folder.with_name("archive")
    (archive / "muniment.toml").unlink()
    monkeypatch.setattr(background_indexing, "FIRST_COMMIT_SECONDS", 0.5)
    events = index(archive, [folder], Options(jobs=jobs))
    pass_on(events, lambda: last_indexed_change(archive) > 0)
    assert last_indexed_change(archive) > 0
    list(events)
    assert_complete(archive)


def test_intervals_between_commits_grow_and_keep_commits_a_small_share(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    timer, commits = background_indexing._CommitTimer(), []
    timer.start()
    while clock[0] < 3600:
        clock[0] += 0.2
        if timer.is_due():
            seconds = clock[0] / 100  # a commit takes the longer, the more there is
            commits.append(seconds)
            clock[0] += seconds
            timer.restart(seconds)
    assert 2 <= commits[0] * 100 < 3
    assert len(commits) > 8
    assert sum(commits) < 0.05 * clock[0]


def test_a_run_loads_no_engine_that_the_archive_does_not_use() -> None:
    script = "import sys, indexer.ingest.pipeline; print([name for name in sys.modules if name.startswith('whoosh')])"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
