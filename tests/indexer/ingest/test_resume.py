"""A run killed at any moment loses nothing: the next one ends as an uninterrupted one would."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index

from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue import open_catalogue
from corpus.catalogue.file_records import FileRecord, all_files
from corpus.document import SEARCHABLE, State
from corpus.errors import CatalogueError
from corpus.sample import ARCHIVE as SAMPLE
from indexer.index.manifest import index_path, read_manifest
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Summary
from tests.support import ROOT

KILLS = 2
MANY_KILLS = 200
MAX_TRIES = 4
"""Runs over one state of the folder that are killed in a row, at most."""

COPIES, MANY_COPIES = 5, 9
"""Copies of each plain text of the sample archive, each with a line of its own. Plain texts are read fastest."""

PLAIN_TEXTS = {".txt", ".md"}
"""Endings of the files that are copied."""


@dataclass(frozen=True)
class ArchiveContents:
    """The contents of catalogue and index, without the numbers that depend on how many runs it took."""

    files: dict[str, tuple[State, str]]
    documents: dict[str, tuple[str, State, object, tuple[str, ...]]]


def start_run(archive: Path, folder: Path, mark: str = "", **streams: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "cli.py", "--archive", str(archive), "index", str(folder), "--jobs", "2", "--json"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MUNIMENT_TEST": mark}, text=True, **streams)


def complete_run(archive: Path, folder: Path) -> dict[str, int]:
    """Run the command without disturbance and return the summary."""
    run = start_run(archive, folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    summary: dict[str, int] = json.loads(out)
    counts = ("added", "changed", "moved", "duplicate", "failed", "unchanged")
    assert sum(summary[name] for name in counts) == summary["files"]
    return summary


def contents(archive: Path, folder: Path) -> ArchiveContents:
    """Return the contents of an archive, after a check that its catalogue and its index agree."""
    catalogue = open_catalogue(archive)
    records = all_files(catalogue)
    documents = [
        (document, catalogue_documents.document_text(catalogue, key).all_texts)
        for key, document in catalogue_documents.changed_since(catalogue, 0)
    ]
    change = catalogue.last_change()
    catalogue.close()
    with whoosh_index.open_dir(str(index_path(archive))).reader() as reader:
        entries = sorted(fields["id"] for _, fields in reader.iter_docs())
    manifest = read_manifest(index_path(archive))
    assert entries == sorted(document.id for document, _ in documents if document.state in SEARCHABLE)
    assert (manifest.change, manifest.documents) == (change, len(entries))
    live = {record.path: (record.state, record.digest) for record in records if record.state is not State.MISSING}
    assert set(live) == {str(path) for path in folder.rglob("*") if path.is_file()}
    return ArchiveContents(
        {record.path: (record.state, record.digest) for record in records},
        {
            document.path: (document.id, document.state, document.metadata, tuple(page.text for page in pages))
            for document, pages in documents
        },
    )


def events(archive: Path) -> int:
    catalogue = open_catalogue(archive)
    count = int(catalogue.rows("SELECT count(*) FROM events")[0][0])
    catalogue.close()
    return count


def fill(folder: Path, copies: int) -> None:
    """Small real files, each different from every other."""
    for source in sorted(path for path in SAMPLE.rglob("*.*") if path.suffix in PLAIN_TEXTS):
        for number in range(copies):
            target = folder / f"copy{number}" / source.relative_to(SAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes() + b"\n<!-- copy %d -->\n" % number)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")


def change(folder: Path) -> None:
    """Every kind of change at once."""
    (folder / "copy0" / "statements").rename(folder / "copy0" / "declarations")
    (folder / "broken.pdf").rename(folder / "broken.txt")
    for number, path in enumerate(sorted(folder.glob("copy[2-7]/**/*.*"))):
        if number % 3 == 0:
            path.write_bytes(path.read_bytes() + b"\nand one more line\n")
        elif number % 7 == 1:
            path.unlink()
        elif number % 7 == 3:
            path.rename(path.with_name(f"renamed {path.name}"))
        elif number % 7 == 2:
            shutil.copyfile(path, path.with_name(f"again {path.name}"))


def index_files(archive: Path) -> set[str]:
    """Return the files of all index generations, which change as soon as the index is being written."""
    with suppress(FileNotFoundError):
        return {str(path) for path in (archive / ".muniment").glob("index*/*")}
    return set()


def has_begun(archive: Path, run: subprocess.Popen[str]) -> bool:
    with suppress(OSError, ValueError):
        return bool(json.loads((archive / ".muniment" / "lock").read_text())["process"] == run.pid)
    return False


def kill_once(archive: Path, folder: Path, dice: random.Random, seconds: float) -> bool:
    """Start a run and kill it, half of the time while the index is written, and return whether it was killed."""
    mark = uuid.uuid4().hex
    before = index_files(archive)
    run = start_run(archive, folder, mark, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    writing = dice.random() < 0.5
    while run.poll() is None and not (index_files(archive) != before if writing else has_begun(archive, run)):
        time.sleep(0.002)
    with suppress(subprocess.TimeoutExpired):
        run.wait(timeout=dice.random() * seconds * (0.1 if writing else 0.7))
    killed = run.poll() is None
    run.kill()
    run.wait()
    assert wait_until_none(mark) == []
    return killed


def wait_until_none(mark: str) -> list[str]:
    """Return the processes with ``mark`` in their environment, after some time for them to end."""
    for _ in range(200):
        if not (running := [*marked(mark)]):
            return []
        time.sleep(0.02)
    return running


def marked(mark: str) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark.encode() in (process / "environ").read_bytes():
                yield process.name


def bring_up_with_kills(archive: Path, folder: Path, tries: int, kill_one_run: Callable[[], bool]) -> int:
    """Kill up to ``tries`` runs, then complete one, and return how many were killed."""
    kills = 0
    while kills < tries and kill_one_run():
        kills += 1
    recorded = count_recorded(archive, folder)
    assert finish(archive, folder).unchanged >= recorded  # what was recorded is not read again
    return kills


def finish(archive: Path, folder: Path) -> Summary:
    """Run without disturbance in this process, whose workers start sooner, and return the summary."""
    *_, last = index(archive, [folder], Options(jobs=2))
    assert isinstance(last, Finished)
    return last.summary


def count_recorded(archive: Path, folder: Path) -> int:
    """Return how many files are recorded as they are in the folder."""
    with suppress(CatalogueError):
        catalogue = open_catalogue(archive)
        records = {record.path: record for record in all_files(catalogue) if record.state is not State.MISSING}
        catalogue.close()
        records_of_files = (records.get(str(path)) for path in folder.rglob("*") if path.is_file())
        return sum(record is not None and bool(record.digest) and is_as_recorded(record) for record in records_of_files)
    return 0


def is_as_recorded(record: FileRecord) -> bool:
    status = Path(record.path).stat()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns) == (record.size, record.mtime_ns, record.ctime_ns)


def frequently_committing(archive: Path) -> Path:
    """Create an archive that commits so often that documents are indexed while files are being read."""
    archive.mkdir()
    (archive / "muniment.toml").write_text("[index]\ncommit_words = 5000\n")
    return archive


def survive_kills(base: Path, kills: int, seed: int, copies: int) -> None:
    """Kill ``kills`` runs over several archives, each indexed, changed and indexed again."""
    expected, seconds = [], []
    changes: tuple[Callable[[Path], None], ...] = (partial(fill, copies=copies), change)
    reference, folder = frequently_committing(base / "reference"), base / "folder"
    for make in changes:
        make(folder)
        seconds.append(complete_run(reference, folder)["seconds"])
        expected.append(contents(reference, folder))
    dice = random.Random(seed)
    killed = 0
    while killed < kills:
        archive = frequently_committing(base / f"after {killed} kills")
        shutil.rmtree(folder)
        for make, expected_contents, duration in zip(changes, expected, seconds, strict=True):
            make(folder)
            tries = min(MAX_TRIES, -(-(kills - killed) // 2))
            killed += bring_up_with_kills(archive, folder, tries, partial(kill_once, archive, folder, dice, duration))
            assert contents(archive, folder) == expected_contents
        logged = events(archive)
        assert finish(archive, folder).unchanged == len(list(folder.rglob("*.*")))
        assert events(archive) == logged
        shutil.rmtree(archive)


pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked for in /proc")


def test_runs_killed_at_random_lose_nothing_and_leave_no_process(tmp_path: Path) -> None:
    survive_kills(tmp_path, KILLS, seed=1, copies=COPIES)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; set MUNIMENT_SLOW=1")
def test_two_hundred_kills_lose_nothing_either(tmp_path: Path) -> None:
    survive_kills(tmp_path, MANY_KILLS, seed=int(os.environ.get("MUNIMENT_SEED", "2")), copies=MANY_COPIES)


def bring_up(archive: Path, folder: Path) -> None:
    list(index(archive, [folder], Options(jobs=1)))


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """An empty archive and a folder of five texts."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "folder").mkdir()
    for number in range(5):
        (tmp_path / "folder" / f"{number}.txt").write_text(f"Statement number {number}")
    return tmp_path / "archive", tmp_path / "folder"


@pytest.mark.parametrize("was_empty", [False, True])
def test_a_run_that_died_before_its_manifest_is_repaired_without_copies(
    small: tuple[Path, Path], was_empty: bool
) -> None:
    archive, folder = small
    aside = folder.with_name("aside")
    if was_empty:
        folder.rename(aside)
        folder.mkdir()
    bring_up(archive, folder)
    before = shutil.copytree(index_path(archive), folder.with_name("before"))
    if was_empty:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
    (folder / "0.txt").write_text("Another statement")
    (folder / "1.txt").rename(folder / "one.txt")
    (folder / "2.txt").unlink()
    bring_up(archive, folder)
    expected = contents(archive, folder)
    shutil.copytree(before, index_path(archive), dirs_exist_ok=True)  # as if the manifest had not been written
    bring_up(archive, folder)
    assert contents(archive, folder) == expected


def test_a_second_run_names_the_first_and_does_not_disturb_it(small: tuple[Path, Path]) -> None:
    archive, folder = small
    first = start_run(archive, folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while not has_begun(archive, first):
        time.sleep(0.002)
        assert first.poll() is None
    first.send_signal(signal.SIGSTOP)  # a long run
    second = start_run(archive, folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = second.communicate(timeout=60)
    first.send_signal(signal.SIGCONT)
    assert (second.returncode, out) == (1, "")
    assert f"process {first.pid} on " in err
    assert "Traceback" not in err
    out, _ = first.communicate(timeout=60)
    assert first.returncode == 0
    assert json.loads(out)["added"] == 5
    contents(archive, folder)


@pytest.mark.parametrize(("suffix", "harm"), [(".mun", "cut"), (".mun", "gone")])
def test_a_damaged_index_is_reported_in_one_line_and_reindex_repairs_it(
    small: tuple[Path, Path], suffix: str, harm: str
) -> None:
    archive, folder = small
    bring_up(archive, folder)
    victim = next(index_path(archive).glob(f"*{suffix}"))
    if harm == "gone":
        victim.unlink()
    else:
        os.truncate(victim, victim.stat().st_size // 2)
    (folder / "new.txt").write_text("Something new")
    run = start_run(archive, folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (1, "")
    message, hint = err.splitlines()
    assert str(archive) in message
    assert "reindex" in hint
    list(reindex(archive))
    assert "new.txt" in {Path(path).name for path in contents(archive, folder).documents}
