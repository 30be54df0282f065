"""A file that changes while it is read is never recorded with half its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from corpus.catalogue.documents import changed_since, document_text
from corpus.document import State
from indexer.archivist.verify.verify import verify
from indexer.ingest import extract_files
from indexer.ingest.pipeline import MAX_READINGS, index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Summary
from indexer.sandbox.pool import JobOutcome, run_jobs_with_ticks
from tests.support import changed_counts, files_by_path, opened_catalogue


def run(archive: Path, **options: Any) -> Summary:
    *_, last = index(archive, (), Options(jobs=1, **options))
    assert isinstance(last, Finished)
    return last.summary


@pytest.fixture
def write_while_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object], int], None]:
    """Return a function that has something written before each of the next outcomes of workers is received."""

    def prepare(write: Callable[[], object], times: int) -> None:
        remaining = [write] * times

        def writing(*arguments: Any, **options: Any) -> Iterator[JobOutcome[Any] | None]:
            for outcome in run_jobs_with_ticks(*arguments, **options):
                if outcome is not None and remaining:
                    remaining.pop()()
                yield outcome

        monkeypatch.setattr(extract_files, "run_jobs_with_ticks", writing)

    return prepare


def texts(archive: Path) -> dict[str, str]:
    with opened_catalogue(archive) as catalogue:
        return {
            document.path: " ".join(page.text for page in document_text(catalogue, key).pages)
            for key, document in changed_since(catalogue, 0)
        }


@pytest.mark.parametrize("times", range(1, MAX_READINGS))
def test_a_file_that_changed_is_read_again_in_the_same_run(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None], times: int
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("the first half")
    (tmp_path / "b.txt").write_text("another")
    write_while_reading(lambda: file.write_text(f"{file.read_text()} and more"), times)
    summary = run(tmp_path)
    assert changed_counts(summary) == {"added": 2}
    assert summary.files == 2
    assert texts(tmp_path)["a.txt"] == file.read_text()
    assert verify(tmp_path).holds
    assert changed_counts(run(tmp_path)) == {"unchanged": 2}


def test_the_same_bytes_written_again_count_as_a_change(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("the same words")
    write_while_reading(lambda: file.write_text("the same words"), 1)
    assert changed_counts(run(tmp_path)) == {"added": 1}
    assert changed_counts(run(tmp_path)) == {"unchanged": 1}


def test_a_file_that_never_rests_is_reported_and_read_by_the_next_run(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("words")
    write_while_reading(lambda: file.write_text(f"{file.read_text()} more"), MAX_READINGS)
    summary = run(tmp_path)
    assert changed_counts(summary) == {"failed": 1}
    assert summary.files == 1
    assert "being written" in files_by_path(tmp_path)["a.txt"].reason
    assert changed_counts(run(tmp_path)) == {"changed": 1}
    assert texts(tmp_path)["a.txt"] == file.read_text()


def test_a_known_file_that_never_rests_keeps_its_former_text(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("the old text")
    run(tmp_path)
    file.write_text("the new text")
    write_while_reading(lambda: file.write_text(f"{file.read_text()} more"), MAX_READINGS)
    assert changed_counts(run(tmp_path)) == {"failed": 1}
    assert texts(tmp_path)["a.txt"] == "the old text"
    assert changed_counts(run(tmp_path)) == {"changed": 1}
    assert texts(tmp_path)["a.txt"] == file.read_text()


def test_a_file_that_turns_into_a_copy_of_another_is_recorded_as_one(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    (tmp_path / "whole.txt").write_text("the whole text")
    run(tmp_path)
    (tmp_path / "copying.txt").write_text("the wh")
    write_while_reading(lambda: (tmp_path / "copying.txt").write_text("the whole text"), 1)
    assert changed_counts(run(tmp_path)) == {"duplicate": 1, "unchanged": 1}
    assert verify(tmp_path).holds


def test_a_file_that_vanishes_while_it_is_read_is_not_recorded(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    (tmp_path / "gone.txt").write_text("here for a moment")
    write_while_reading((tmp_path / "gone.txt").unlink, 1)
    assert run(tmp_path).files == 0
    assert not files_by_path(tmp_path)
    assert verify(tmp_path).holds


def zip_of(path: Path, members: dict[str, str]) -> None:
    with ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def test_a_container_that_changed_has_the_documents_of_one_state(
    tmp_path: Path, write_while_reading: Callable[[Callable[[], object], int], None]
) -> None:
    path = tmp_path / "letters.zip"
    zip_of(path, {"a.txt": "first letter", "b.txt": "second letter"})
    write_while_reading(lambda: zip_of(path, {"b.txt": "second letter, revised", "c.txt": "third letter"}), 1)
    run(tmp_path)
    with opened_catalogue(tmp_path) as catalogue:
        states = {document.part: document.state for _, document in changed_since(catalogue, 0)}
    assert {part for part, state in states.items() if state is State.INDEXED} == {"b.txt", "c.txt"}
    assert texts(tmp_path)["letters.zip > b.txt"] == "second letter, revised"
    assert verify(tmp_path).holds
