"""Every command on an archive whose index is on a cluster prints what it prints of the same archive on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli import COMMANDS
from corpus.engines import DEFAULT_ENGINE
from corpus.errors import ExitCode
from corpus.settings.settings_file import SETTINGS_FILE
from indexer.archivist.verify.verify import verify
from indexer.index.index_backend import open_backend
from tests.cluster.moved_archives import move_to_cluster
from tests.commands.calling import call, call_json
from tests.support import LETTER, ROOT, documents_by_path, found_paths

Pair = tuple[Path, Path]
READING: dict[str, tuple[tuple[str, ...], ...]] = {
    "search": (
        ("human rights",), ("rights council report", "--any"), ("rights", "--sort", "newest", "-n", "40"),
        ("human rights", "--explain"), ("human rigths zzqqzz",), ("rights", "--category", "report"),
    ),
    "suggest": (("hum",), ('"human r',), ("category:st",), ("title:r",)),
    "similar": (("ID",), ("ID", "-n", "3")),
    "kwic": (("rights",), ('"human rights"', "--group", "1L"), ("detain* OR council",)),
    "trend": (("rights", "report", "human rights"), ("rights", "--by", "decade")),
    "frequencies": ((), ("rights", "--min", "1")),
    "collocates": (("rights", "--min", "1"), ("rights", "--min", "1", "--within", "sentence")),
    "compare": (("--a", "date:..2018", "--min", "1", "--min-documents", "1"), ("--a", "rights")),
    "first-use": (("council",), ("human rights",)),
    "show": (("ID", "--query", "rights"),),
    "cite": (("ID",), ("--query", "rights")),
    "check-quotes": (("DRAFT",),),
    "record": (("make", "rights"), ("list",), ("diff", "1")),
    "saved": (("add", "mine", "rights"), ("run",)),
    "review": (("new", "mine", "rights"), ("show", "mine")),
    "status": ((), ("--list", "failed")),
    "failures": (("--all",),),
    "versions": ((),),
    "settings": ((),),
    "log": ((),),
    "verify": ((), ("--quick",)),
    "export": (("--bag", "BAG"),),
}  # fmt: skip
"""Calls of the commands that change nothing of the archive, with names in place of ids and paths."""
CHANGING = {"index", "reindex", "edit", "withdraw", "restore", "erase", "reread", "import"}
"""Commands that change the archive, which a test here calls one after the other."""
NOT_ASKED = {"demo", "open", "serve"}
"""Commands that have an archive of their own, open a program, or are asked in `test_cluster_server`."""
VOLATILE = {
    "at", "seconds", "took_ms", "archive", "index_bytes", "since", "made", "bytes", "bag", "run", "looked", "decided",
    "arrived", "thesaurus_digest", "engine",
}  # fmt: skip
"""Keys whose values depend on the moment, the folder or the engine."""


def make_pair(sample: Path, folder: Path, address: str) -> Pair:
    """Return the sample archive on this machine, and a copy that is on the cluster."""
    here, there = (shutil.copytree(sample, folder / name / "archive", symlinks=True) for name in ("here", "there"))
    (here / SETTINGS_FILE).write_text(f'[index]\nengine = "{DEFAULT_ENGINE}"\n', encoding="utf-8")
    move_to_cluster(there, address)
    return here, there


@pytest.fixture(scope="module")
def pair(cluster: str, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Yield an archive on this machine and its copy on the cluster, of which tests change nothing."""
    archives = make_pair(sample_folder, tmp_path_factory.mktemp("read"), f"{cluster}test-commands-{os.getpid()}")
    yield archives
    open_backend(archives[1]).remove()


@pytest.fixture
def changing(cluster: str, sample_folder: Path, tmp_path: Path) -> Iterator[Pair]:
    """Yield the same for one test that changes both."""
    archives = make_pair(sample_folder, tmp_path, f"{cluster}test-changing-{os.getpid()}")
    yield archives
    open_backend(archives[1]).remove()


def stable(value: Any, folder: str) -> Any:
    """Return a JSON value without what differs from run to run, and numbers to nine digits."""
    if isinstance(value, dict):
        if value.get("key") == "engine":  # a row of the settings
            return "…"
        return {key: "…" if key in VOLATILE else stable(inner, folder) for key, inner in value.items()}
    if isinstance(value, list):
        return [stable(inner, folder) for inner in value]
    if isinstance(value, float):
        return float(f"{value:.9g}")
    return value.replace(folder, "FOLDER") if isinstance(value, str) else value


def printed(archive: Path, command: str, words: tuple[str, ...]) -> Any:
    """Return the JSON that a command prints; ids and paths are put in the place of their names."""
    folder = archive.parent
    (folder / "draft.md").write_text("“human rights are for everybody”, “nobody wrote this once”")
    names = {"ID": documents_by_path(archive)[LETTER].id, "BAG": str(folder / "bag"), "DRAFT": str(folder / "draft.md")}
    result = call(archive, command, *(names.get(word, word) for word in words), "--json")
    assert result.exit_code in {ExitCode.DONE, ExitCode.DIFFERENCES}, result.stderr
    lines = [result.stdout] if result.stdout.startswith(("{\n", "[")) else result.stdout.splitlines()
    return [stable(json.loads(line), str(folder)) for line in lines]


def test_every_command_is_called() -> None:
    assert {*COMMANDS} == READING.keys() | CHANGING | NOT_ASKED


@pytest.mark.parametrize("command", READING)
def test_a_command_prints_what_it_prints_of_an_archive_here(pair: Pair, command: str) -> None:
    for words in READING[command]:
        here, there = (printed(archive, command, words) for archive in pair)
        assert there == here, words


def hold(archives: Pair) -> None:
    """Require that both archives have the same documents and are in order."""
    here, there = (printed(archive, "search", ("", "-n", "1000", "--sort", "title")) for archive in archives)
    assert there == here
    assert [report.differences for report in map(verify, archives)] == [(), ()]


def test_changes_have_the_same_outcome_on_both(changing: Pair, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"Title,Date,File\nA letter,2020-05,{LETTER}\n")
    for archive in changing:
        (archive / "xylophone.txt").write_text("The xylophone is open again for ships from Quillon.")
        (archive / "lamps.txt").write_text("The lamps of the xylophone are lit by hand.")
    calls: tuple[tuple[str, ...], ...] = (
        ("index", "--jobs", "1"), ("edit", "XYLOPHONE", "--title", "Open again", "--date", "4 March 2019"),
        ("import", str(tmp_path / "list.csv")), ("withdraw", "XYLOPHONE", "--reason", "names a witness"),
        ("restore", "XYLOPHONE"), ("reread", "XYLOPHONE"), ("erase", "LAMPS", "--reason", "asked", "--yes"),
        ("reindex",), ("index",),
    )  # fmt: skip
    totals = []
    for command, *words in calls:
        outcomes = []
        for archive in changing:
            ids = {path.removesuffix(".txt").upper(): one.id for path, one in documents_by_path(archive).items()}
            outcomes.append(stable(call_json(archive, command, *(ids.get(word, word) for word in words)), str(archive)))
        assert outcomes[0] == outcomes[1], command
        hold(changing)
        totals.append([call_json(archive, "search", "xylophone")["total"] for archive in changing])
    assert totals == [[2, 2], [2, 2], [2, 2], [1, 1], [2, 2], [2, 2], [1, 1], [1, 1], [1, 1]]


def test_a_watch_brings_files_into_the_index_on_the_cluster(changing: Pair) -> None:
    archive = changing[1]
    command = [sys.executable, "-m", "muniment", "--archive", str(archive), "index", "--watch", "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr
        try:
            assert any("Ctrl-C" in line for line in watching.stderr)
            (archive / "arrived.txt").write_text("A xylophone arrived.")
            assert_found(archive, {"arrived.txt"})
            (archive / "arrived.txt").unlink()
            assert_found(archive, set())
        finally:
            watching.send_signal(signal.SIGINT)
            watching.communicate(timeout=60)
    assert watching.returncode == ExitCode.INTERRUPTED
    assert verify(archive).differences == ()


def assert_found(archive: Path, paths: set[str], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while found_paths(archive, "xylophone") != paths:
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_dry_run_changes_nothing_on_the_cluster(changing: Pair) -> None:
    archive = changing[1]
    before = dict(open_backend(archive).documents())
    (archive / "arrived.txt").write_text("A xylophone arrived.")
    assert call(archive, "index", "--dry-run").exit_code == 0
    assert dict(open_backend(archive).documents()) == before
