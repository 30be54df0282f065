"""Deaths that are the machine's fault: tried again in the run, and once more by the next one without being asked."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from corpus.catalogue.documents import changed_since
from corpus.document import State
from corpus.settings import Settings
from indexer.archivist.failures import failures
from indexer.archivist.verify.verify import verify
from indexer.ingest import extract_files
from indexer.ingest.extract import extract
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options, RunConfig
from indexer.ingest.run_events import Finished, Read, Summary
from indexer.sandbox.tasks import FileToRead, NamedTask
from tests.support import changed_counts, files_by_path, opened_catalogue


@dataclass(frozen=True, slots=True)
class DeadlyTask:
    """The task ``extract``, which kills the process that does it for files and embedded documents of some names."""

    extract: NamedTask
    names: frozenset[str]

    def __call__(self, source: FileToRead, use_fallback: bool) -> Any:
        name = Path(source.embedded.address if source.embedded else source.file).name
        if name in self.names:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.extract(source, use_fallback)


@dataclass(frozen=True, slots=True)
class HinderedTask:
    """The task ``extract``, for which a worker cannot prepare while a folder named ``full`` is there."""

    extract: NamedTask
    full: Path

    def prepare(self, source: FileToRead) -> None:
        if self.full.exists() and source.path == "b.txt":
            raise OSError(errno.ENOSPC, "No space left on device")

    def __call__(self, source: FileToRead, use_fallback: bool) -> Any:
        if self.full.exists() and source.path == "a.txt":
            (self.full / "gone").unlink()  # an error that is the file's
        return self.extract(source, use_fallback)


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of files whose readers are killed; tests change it."""
    names = {"b.txt"}
    monkeypatch.setattr(
        extract_files, "NamedTask", lambda name, context: DeadlyTask(NamedTask(name, context), frozenset(names))
    )
    return names


@pytest.fixture
def archive(tmp_path: Path, deadly: set[str]) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text("the first text")
    (folder / "b.txt").write_text("the second text")
    return folder


def run(archive: Path, **options: Any) -> Summary:
    *_, last = index(archive, (), Options(jobs=1, **options))
    assert isinstance(last, Finished)
    return last.summary


def test_the_next_run_reads_the_file_without_being_asked(archive: Path, deadly: set[str]) -> None:
    assert changed_counts(run(archive)) == {"added": 1, "failed": 1}
    (group,) = failures(archive)
    assert group.reason.startswith("the program that reads it was stopped from outside")
    deadly.discard("b.txt")
    assert changed_counts(run(archive)) == {"added": 1, "unchanged": 1}
    assert files_by_path(archive)["b.txt"].state is State.INDEXED
    assert verify(archive).holds


def test_a_worker_that_a_full_disk_hinders_is_no_fault_of_the_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr(extract_files, "NamedTask", lambda name, context: HinderedTask(NamedTask(name, context), full))
    assert changed_counts(run(archive)) == {"failed": 2}
    reasons = sorted(group.reason for group in failures(archive))
    assert ["could not work" in reason for reason in reasons] == [True, False]
    full.rmdir()
    assert changed_counts(run(archive)) == {"added": 1, "unchanged": 1}


def test_an_error_of_the_disk_while_a_file_is_read_is_not_its_fault(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("a text")
    source = FileToRead(str(text), "a.txt")
    context = RunConfig(tmp_path, Settings(), Options()).context()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "stat", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        described = extract(context, source, use_fallback=False)
    assert described
    assert described.machine_failure
    assert described.extraction.reason == "cannot be read: Input/output error"


def test_a_file_that_kills_twice_waits_until_somebody_asks(archive: Path, deadly: set[str]) -> None:
    for expected in ({"added": 1, "failed": 1}, {"failed": 1, "unchanged": 1}, {"unchanged": 2}):
        assert changed_counts(run(archive)) == expected
    deadly.discard("b.txt")
    assert changed_counts(run(archive)) == {"unchanged": 2}
    assert changed_counts(run(archive, retry_failed=True)) == {"added": 1, "unchanged": 1}


def test_a_copy_of_a_file_that_failed_so_is_tried_again_as_well(archive: Path, deadly: set[str]) -> None:
    (archive / "copy.txt").write_text("the second text")
    deadly.add("copy.txt")
    assert run(archive).failed == 2
    deadly.clear()
    assert changed_counts(run(archive)) == {"added": 1, "duplicate": 1, "unchanged": 1}


def test_a_container_is_read_again_for_a_document_inside_it(archive: Path, deadly: set[str]) -> None:
    with ZipFile(archive / "letters.zip", "w") as letters:
        letters.writestr("c.txt", "a letter")
        letters.writestr("d.txt", "another letter")
    deadly.add("c.txt")
    run(archive)
    deadly.discard("c.txt")
    run(archive)
    with opened_catalogue(archive) as catalogue:
        states = {document.part: document.state for _, document in changed_since(catalogue, 0) if document.part}
    assert states == {"c.txt": State.INDEXED, "d.txt": State.INDEXED}


def test_a_retry_that_fails_keeps_what_was_read_before(archive: Path, deadly: set[str]) -> None:
    deadly.discard("b.txt")
    with ZipFile(archive / "letters.zip", "w") as letters:
        letters.writestr("c.txt", "a letter")
        letters.writestr("broken.pdf", "%PDF-1.4 and nothing more")
    run(archive)
    deadly.add("c.txt")
    events = list(index(archive, (), Options(jobs=1, retry_failed=True)))
    reasons = {event.path: event.reason for event in events if isinstance(event, Read)}
    assert reasons["letters.zip > c.txt"].startswith("could not be read again, so the text read before is kept")
    with opened_catalogue(archive) as catalogue:
        states = {document.part: document.state for _, document in changed_since(catalogue, 0) if document.part}
    assert states == {"c.txt": State.INDEXED, "broken.pdf": State.FAILED}
