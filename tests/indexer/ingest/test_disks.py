"""A full disk, read-only media or a killed worker loses no data and is reported."""

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
from tests.support import ROOT

ENOUGH_SPACE = "64m"


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def mount_point(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder to mount something on, and unmount it afterwards."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.fixture
def disk(mount_point: Path) -> Callable[[str], Path]:
    """Return a function that mounts a small disk, or gives it another size."""

    def resize(size: str) -> Path:
        how = (
            ("-o", f"remount,size={size}") if mount_point.is_mount() else ("-t", "tmpfs", "-o", f"size={size}", "tmpfs")
        )
        if not mount(*how, str(mount_point)):
            pytest.skip("only root may mount a small disk")
        return mount_point

    return resize


def muniment(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "cli.py", "--archive", str(archive), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


_MORE_SIZES = [pytest.param(size, marks=pytest.mark.slow) for size in ("60k", "750k")]


@pytest.mark.parametrize("size", ["500k", *_MORE_SIZES])
def test_a_full_disk_is_reported_and_the_next_run_with_room_completes(disk: Callable[[str], Path], size: str) -> None:
    archive = disk(size)
    run = muniment(archive, "index", str(SAMPLE), "--json")
    assert (run.returncode, run.stdout) == (1, "")
    message, hint = run.stderr.splitlines()[-2:]
    assert "full" in message or "space" in message
    assert hint.startswith("  ")
    assert "Traceback" not in run.stderr
    disk(ENOUGH_SPACE)
    again = muniment(archive, "index", str(SAMPLE), "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["documents"] == 48
    assert verify(archive).holds


def test_an_archive_on_read_only_media_can_be_searched_but_not_indexed(
    mount_point: Path, sample_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(sample_folder, tmp_path / "copy", symlinks=True)
    if not (mount("--bind", str(copy), str(mount_point)) and mount("-o", "remount,ro,bind", str(mount_point))):
        pytest.skip("only root may mount a folder so that it cannot be written")
    searched = muniment(mount_point, "search", "torture", "--json")
    assert json.loads(searched.stdout) == json.loads(muniment(copy, "search", "torture", "--json").stdout) | {
        "took_ms": json.loads(searched.stdout)["took_ms"]
    }
    assert muniment(mount_point, "status").returncode == 0
    refused = muniment(mount_point, "index")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the disk can only be read" in refused.stderr
    assert "Traceback" not in refused.stderr


def children(process: int) -> list[int]:
    """Return the processes that ``process`` has started, from /proc."""
    started: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            started += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return started


def is_worker(process: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked for in /proc")
def test_killed_workers_fail_their_files_only_and_the_next_run_reads_them(tmp_path: Path) -> None:
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
    list(index(archive, [SAMPLE]))
    catalogue = open_catalogue(archive)
    states = [record.state for record in all_files(catalogue)]
    catalogue.close()
    assert sorted(states) == sorted([State.DUPLICATE, *[State.INDEXED] * 48])
    assert verify(archive).holds
