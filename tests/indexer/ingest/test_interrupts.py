"""While a first run reads files they can be searched, and when it is interrupted what it has read can be searched too.

Runs are processes of their own here, as a user starts them.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import count_since
from corpus.errors import CatalogueError, ExitCode, IndexStateError
from corpus.lock import is_locked, write_lock
from indexer.archivist.verify.verify import verify
from indexer.index.manifest import index_path
from indexer.index.update_index import indexed_change
from search import Request, open_archive
from tests.support import ROOT, is_current

TEXTS = 2500
MAX_WAIT = 60.0

SLOW_RUN = """
import sys, time
from pathlib import Path
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Read
if __name__ == "__main__":
    for event in index(Path(sys.argv[1]), (), Options(jobs=int(sys.argv[2]))):
        if isinstance(event, Read):
            print("read", flush=True)
            time.sleep(0.05)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder of texts that take a run some seconds."""
    for number in range(TEXTS):
        (tmp_path / f"{number}.txt").write_text(f"The assembly heard witness{number} " + "speak of the ban " * 10)
    return tmp_path


@contextmanager
def started(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Start Python with some arguments, and kill it in the end should it still run."""
    command = [sys.executable, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def searchable(archive: Path) -> int:
    with open_archive(archive) as opened:
        return opened.search(Request("assembly")).total


def wait_for_documents(archive: Path, count: int) -> None:
    deadline = time.monotonic() + MAX_WAIT
    while time.monotonic() < deadline:
        with suppress(CatalogueError), closing(open_catalogue(archive)) as catalogue:  # it may be half made
            if count_since(catalogue, 0) >= count:
                return
        time.sleep(0.02)
    pytest.fail("the run recorded nothing")


def wait_for_waiting_documents(archive: Path) -> None:
    """Wait for the first documents recorded after the first commit; the next commit is seconds away then."""
    wait_for_documents(archive, 1)
    deadline = time.monotonic() + MAX_WAIT
    with closing(open_catalogue(archive)) as catalogue:
        while time.monotonic() < deadline:
            indexed = indexed_change(catalogue)
            if indexed and count_since(catalogue, indexed):
                return
            time.sleep(0.02)
    pytest.fail("the run indexed nothing")


@pytest.mark.no_cover
@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_the_first_documents_are_found_within_ten_seconds(archive: Path, jobs: int) -> None:
    with started("-c", SLOW_RUN, archive, jobs) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "read\n"
        first_read = time.monotonic()
        while not index_path(archive).exists() and time.monotonic() - first_read < MAX_WAIT:
            try:
                searchable(archive)
            except IndexStateError as early:
                assert early.code == "index.in-the-making"  # noqa: PT017 (the index may be there by now)
                assert "in a moment" in early.hint  # noqa: PT017
            time.sleep(0.1)
        assert time.monotonic() - first_read < 10
        assert 0 < searchable(archive) < TEXTS
        assert run.poll() is None


def test_what_was_read_is_found_after_an_interrupt(archive: Path) -> None:
    with started("cli.py", "--archive", archive, "index") as run:
        wait_for_waiting_documents(archive)
        run.send_signal(signal.SIGINT)
        _, messages = run.communicate(timeout=MAX_WAIT)
    assert run.returncode == ExitCode.INTERRUPTED
    assert "what was read is being indexed" in messages
    with closing(open_catalogue(archive)) as catalogue:
        assert is_current(catalogue)
        recorded = count_since(catalogue, 0)
    assert 0 < recorded < TEXTS
    assert searchable(archive) == recorded
    assert {difference.kind for difference in verify(archive).differences} == {"unseen"}


@pytest.mark.slow
def test_after_a_crash_in_the_first_run_a_search_says_what_to_run(archive: Path) -> None:
    with started("cli.py", "--archive", archive, "index") as run:
        wait_for_documents(archive, 1)
        run.kill()
        run.wait()
    assert not is_locked(archive)
    with pytest.raises(IndexStateError) as crashed:
        searchable(archive)
    assert crashed.value.code == "index.missing"
    assert "muniment index" in crashed.value.hint
    subprocess.run([sys.executable, "cli.py", "--archive", archive, "index"], cwd=ROOT, check=True, capture_output=True)
    assert searchable(archive) == TEXTS


def test_asking_for_the_lock_does_not_stop_a_run(tmp_path: Path) -> None:
    assert not is_locked(tmp_path)
    with write_lock(tmp_path):
        assert is_locked(tmp_path)
    assert not is_locked(tmp_path)
    with write_lock(tmp_path):
        pass
