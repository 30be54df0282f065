"""The index follows the catalogue while files are still being read, and nothing depends on it."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from indexer.archivist.verify.verify import verify
from indexer.index.writer import indexed_change
from indexer.ingest import background_indexing as following
from indexer.ingest.background_indexing import PROCESS_NAME
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Read
from search import Request, open_archive
from tests.support import is_current

TEXTS = 400
PATIENCE = 30.0
"""Seconds that a process may take to start and to index a few texts."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts of which each holds a word of its own, beside an archive that commits after 2,000 words."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "muniment.toml").write_text("[index]\ncommit_words = 2000\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(TEXTS):
        (folder / f"{number}.txt").write_text(f"The assembly heard witness{number} " + "speak of the ban " * 10)
    return folder


def indexed(archive: Path) -> int:
    with closing(open_catalogue(archive)) as catalogue:
        return indexed_change(catalogue) or 0


def reading(archive: Path, folder: Path) -> Iterator[Event]:
    return index(archive, [folder], Options(jobs=2))


def pass_on(events: Iterator[Event], until: Callable[[], bool]) -> list[Event]:
    """Read on slowly until something has come about, or everything is read."""
    passed = []
    started = time.monotonic()
    for event in events:
        passed.append(event)
        if isinstance(event, Read):
            if until() or event.done > TEXTS - 50 or time.monotonic() - started > PATIENCE:
                return passed
            time.sleep(0.05)
    return passed


def assert_whole(archive: Path) -> None:
    with closing(open_catalogue(archive)) as catalogue:
        assert is_current(catalogue)
    assert verify(archive).holds
    with open_archive(archive) as opened:
        assert opened.search(Request("witness*")).total == TEXTS
        assert [opened.search(Request(f"witness{number}")).total for number in (0, 150, 399)] == [1, 1, 1]


def test_what_has_been_read_is_found_while_the_rest_is_being_read(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = reading(archive, folder)
    pass_on(events, lambda: indexed(archive) > 0)
    with open_archive(archive) as opened:
        assert 0 < opened.search(Request("witness*")).total < TEXTS
    list(events)
    assert_whole(archive)


def test_towards_the_end_the_index_follows_though_there_is_not_enough_for_a_commit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MIN_CHARACTERS", 1)
    archive = folder.with_name("archive")
    (archive / "muniment.toml").unlink()
    events = reading(archive, folder)
    passed = pass_on(events, lambda: indexed(archive) > 0)
    assert indexed(archive) > 0
    assert len([event for event in passed if isinstance(event, Read)]) > TEXTS // 3
    list(events)
    assert_whole(archive)


def test_a_few_texts_start_no_process_of_their_own(folder: Path) -> None:
    archive = folder.with_name("archive")
    (archive / "muniment.toml").unlink()
    for event in reading(archive, folder):
        assert not isinstance(event, Read) or not indexed(archive)
        assert all(child.name != PROCESS_NAME for child in multiprocessing.active_children())
    assert_whole(archive)


def test_a_follower_that_dies_leaves_its_work_to_the_end_of_the_run(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = reading(archive, folder)
    followers = []

    def killed() -> bool:
        followers.extend(child for child in multiprocessing.active_children() if child.name == PROCESS_NAME)
        for follower in followers:
            follower.kill()
        return bool(followers)

    pass_on(events, killed)
    list(events)
    assert followers
    assert_whole(archive)


def test_a_run_that_is_given_up_takes_its_processes_with_it(folder: Path) -> None:
    archive = folder.with_name("archive")
    events = reading(archive, folder)
    pass_on(events, lambda: indexed(archive) > 0)
    events.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    list(reading(archive, folder))
    assert_whole(archive)


def test_with_one_process_the_index_comes_afterwards(folder: Path) -> None:
    archive = folder.with_name("archive")
    for event in index(archive, [folder], Options(jobs=1)):
        assert not isinstance(event, Read) or not indexed(archive)
    assert_whole(archive)
