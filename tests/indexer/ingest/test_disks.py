"""A disk that is full, a medium that cannot be written, workers killed: nothing is lost, and it is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.file_records import all_files
from corpus.document import State
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import ROOT

PLENTY = "64m"


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """An empty folder to mount something on; what is mounted there is taken away again."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.fixture
def disk(place: Path) -> Callable[[str], Path]:
    """Gives the one small disk a size, as often as wanted."""

    def resize(size: str) -> Path:
        how = ("-o", f"remount,size={size}") if place.is_mount() else ("-t", "tmpfs", "-o", f"size={size}", "tmpfs")
        if not mount(*how, str(place)):
            pytest.skip("only root may mount a small disk")
        return place

    return resize


def muniment(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "cli.py", "--archive", str(archive), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("size", ["60k", "500k", "1000k"])
def test_a_disk_that_fills_up_is_told_in_a_line_and_the_next_run_with_room_ends_what_it_began(
    disk: Callable[[str], Path], size: str
) -> None:
    archive = disk(size)
    run = muniment(archive, "index", str(SAMPLE), "--json")
    assert (run.returncode, run.stdout) == (1, "")
    message, hint = run.stderr.splitlines()[-2:]
    assert "full" in message or "space" in message
    assert hint.startswith("  ")
    assert "Traceback" not in run.stderr
    disk(PLENTY)
    again = muniment(archive, "index", str(SAMPLE), "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["documents"] == 48
    assert verify(archive).holds


def test_an_archive_on_a_medium_that_cannot_be_written_is_searched_and_shown_and_refuses_to_be_indexed(
    place: Path, sample_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(sample_folder, tmp_path / "copy", symlinks=True)
    if not (mount("--bind", str(copy), str(place)) and mount("-o", "remount,ro,bind", str(place))):
        pytest.skip("only root may mount a folder so that it cannot be written")
    found = muniment(place, "search", "torture", "--json")
    assert json.loads(found.stdout) == json.loads(muniment(copy, "search", "torture", "--json").stdout) | {
        "took_ms": json.loads(found.stdout)["took_ms"]
    }
    assert muniment(place, "status").returncode == 0
    refused = muniment(place, "index")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "cannot be written" in refused.stderr
    assert "Traceback" not in refused.stderr


def children(process: int) -> list[int]:
    """The processes ``process`` has started, as the kernel tells it."""
    found = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def is_worker(process: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked for in /proc")
def test_workers_killed_from_outside_fail_their_files_only_and_a_retry_reads_them(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    command = [sys.executable, "cli.py", "--archive", str(archive), "index", str(SAMPLE), "--json", "--jobs", "2"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    killed = 0
    while run.poll() is None and killed < 4:
        for worker in filter(is_worker, children(run.pid)):
            os.kill(worker, signal.SIGKILL)
            killed += 1
        time.sleep(0.3)
    out, _ = run.communicate(timeout=120)
    assert run.returncode == 0
    summary = json.loads(out)
    assert sum(summary[name] for name in ("added", "duplicate", "failed")) == summary["files"] == 49
    assert killed
    list(index(archive, [SAMPLE], Options(retry_failed=True)))
    catalogue = open_catalogue(archive)
    states = [record.state for record in all_files(catalogue)]
    catalogue.close()
    assert sorted(states) == sorted([State.DUPLICATE, *[State.INDEXED] * 48])
    assert verify(archive).holds
