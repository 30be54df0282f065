"""Renaming loses nothing silently, and a run stops where a disk may not be connected."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from commands.terminal.render_run import render_summary
from corpus.catalogue.documents import candidates, changed_since, key_of
from corpus.document import Source
from corpus.errors import ArchiveError, MissingFilesError
from indexer.archivist.event_log import read_log
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, PlannedFile, Summary
from tests.support import changed_counts, found_paths, opened_catalogue

Run = Callable[..., Summary]

DATED = "2019-03-04 minutes.txt"


@pytest.fixture
def archive(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "archive"
    (folder / "speeches").mkdir(parents=True)
    (folder / DATED).write_text("the assembly met and heard nobody")
    (folder / "speeches" / "b.txt").write_text("the chair spoke at some length")
    (folder / "c.txt").write_text("a third text")
    run(folder)
    return folder


def values(archive: Path, path: str) -> dict[str, list[tuple[str, str]]]:
    """Return the (value, source) of every candidate of a document, by field."""
    with opened_catalogue(archive) as catalogue:
        document_id = next(document.id for _, document in changed_since(catalogue, 0) if document.path == path)
        by_field: dict[str, list[tuple[str, str]]] = {}
        for candidate in candidates(catalogue, key_of(catalogue, document_id)):
            by_field.setdefault(candidate.field, []).append((candidate.value, candidate.source.value))
    return by_field


def chosen(archive: Path, path: str, field: str) -> str:
    with opened_catalogue(archive) as catalogue:
        return next(one.metadata.value(field) for _, one in changed_since(catalogue, 0) if one.path == path)


def test_a_date_that_only_the_old_name_said_is_kept_as_such(archive: Path, run: Run) -> None:
    assert chosen(archive, DATED, "date") == "2019-03-04"
    (archive / DATED).rename(archive / "minutes.txt")
    assert run(archive).lost == {"date": 1}
    assert chosen(archive, "minutes.txt", "date") == ""
    assert ("2019-03-04", Source.FORMER_NAME.value) in values(archive, "minutes.txt")["date"]
    (event,) = read_log(archive, kinds=("moved",))
    assert event.detail["fields"]["date"] == {"old": "2019-03-04", "new": ""}
    assert event.detail["lost"] == ["date"]
    assert run(archive).lost == {}
    assert verify(archive).holds


def test_a_name_given_back_says_again_what_it_said(archive: Path, run: Run) -> None:
    before = values(archive, DATED)
    (archive / DATED).rename(archive / "minutes.txt")
    run(archive)
    (archive / "minutes.txt").rename(archive / DATED)
    assert run(archive).lost == {}
    assert chosen(archive, DATED, "date") == "2019-03-04"
    assert values(archive, DATED)["date"] == before["date"]


def test_a_category_of_the_old_folder_is_reported_as_lost(archive: Path, run: Run) -> None:
    assert chosen(archive, "speeches/b.txt", "category")
    (archive / "speeches" / "b.txt").rename(archive / "b.txt")
    assert run(archive).lost == {"category": 1}
    assert Source.FORMER_NAME.value in {source for _, source in values(archive, "b.txt")["category"]}


def test_a_date_that_another_source_says_is_not_lost(archive: Path, run: Run) -> None:
    (archive / DATED).rename(archive / "2020-01-02 minutes.txt")
    assert run(archive).lost == {}
    assert chosen(archive, "2020-01-02 minutes.txt", "date") == "2020-01-02"
    (event,) = read_log(archive, kinds=("moved",))
    assert event.detail["fields"]["date"] == {"old": "2019-03-04", "new": "2020-01-02"}


def test_a_new_ending_loses_no_date_silently(archive: Path, run: Run) -> None:
    (archive / DATED).rename(archive / "minutes.md")
    assert run(archive).lost == {"date": 1}
    assert ("2019-03-04", Source.FORMER_NAME.value) in values(archive, "minutes.md")["date"]


def test_documents_inside_a_renamed_file_keep_their_own_dates(tmp_path: Path, run: Run) -> None:
    with ZipFile(tmp_path / "letters.zip", "w") as letters:
        letters.writestr(DATED, "a letter of no date")
    run(tmp_path)
    assert chosen(tmp_path, f"letters.zip > {DATED}", "date") == "2019-03-04"
    (tmp_path / "letters.zip").rename(tmp_path / "post.zip")
    assert run(tmp_path).lost == {}
    assert chosen(tmp_path, f"post.zip > {DATED}", "date") == "2019-03-04"


def test_a_run_stops_before_it_marks_more_than_half_as_missing(archive: Path, run: Run) -> None:
    (archive / DATED).unlink()
    (archive / "c.txt").unlink()
    before = found_paths(archive)
    with pytest.raises(ArchiveError, match="2 of 3 known files are missing") as stopped:
        run(archive)
    assert "--yes-missing" in stopped.value.hint
    assert found_paths(archive) == before
    assert changed_counts(run(archive, dry_run=True)) == {"unchanged": 1, "removed": 2}
    assert changed_counts(run(archive, yes_missing=True)) == {"unchanged": 1, "removed": 2}


def test_moved_and_replaced_files_do_not_count_as_missing(archive: Path, run: Run) -> None:
    (archive / "away").mkdir()
    for name in (DATED, "c.txt", "speeches/b.txt"):
        (archive / name).rename(archive / "away" / Path(name).name)
    assert changed_counts(run(archive)) == {"moved": 3}


def test_a_folder_whose_files_are_all_gone_stops_a_run(tmp_path: Path, run: Run) -> None:
    for folder, count in (("archive", 30), ("disk", 10)):
        (tmp_path / folder).mkdir()
        for number in range(count):
            (tmp_path / folder / f"{number}.txt").write_text(f"text {number} of {folder}")
    folders = [tmp_path / "archive", tmp_path / "disk"]
    run(tmp_path / "archive", *folders)
    for file in (tmp_path / "disk").iterdir():
        file.unlink()
    with pytest.raises(ArchiveError, match="all 10 known files of this folder are missing"):
        run(tmp_path / "archive")
    assert changed_counts(run(tmp_path / "archive", yes_missing=True)) == {"unchanged": 30, "removed": 10}


def test_a_run_names_the_files_that_are_not_as_recorded(archive: Path, run: Run) -> None:
    (archive / "c.txt").write_text("a changed text")
    (archive / "new.txt").write_text("a new text")
    (archive / DATED).rename(archive / "minutes.txt")
    (archive / "speeches" / "b.txt").unlink()
    expected = (
        PlannedFile("added", "new.txt"), PlannedFile("changed", "c.txt"), PlannedFile("moved", "minutes.txt", DATED),
        PlannedFile("removed", "speeches/b.txt"),
    )  # fmt: skip
    assert run(archive, dry_run=True).planned == expected
    assert run(archive, name_files=True).planned == expected
    assert run(archive).planned == ()


def test_a_folder_that_is_gone_on_purpose_is_looked_at_no_more(tmp_path: Path) -> None:
    archive, outside = tmp_path / "archive", tmp_path / "outside"
    for folder in (archive, outside):
        folder.mkdir()
        (folder / f"{folder.name}.txt").write_text(f"A report about {folder.name}.")
    list(index(archive, [archive, outside], Options(jobs=1)))
    shutil.rmtree(outside)
    with pytest.raises(MissingFilesError, match="does not exist"):
        list(index(archive, [], Options(jobs=1)))
    *_, last = index(archive, [], Options(jobs=1, yes_missing=True))
    assert isinstance(last, Finished)
    assert (last.summary.removed, last.summary.unchanged) == (1, 1)
    *_, last = index(archive, [], Options(jobs=1))
    assert isinstance(last, Finished)
    assert last.summary.unchanged == 1


def test_a_file_replaced_by_a_copy_of_another_is_not_missing(tmp_path: Path, run: Run) -> None:
    for name in ("lamp", "wick", "oil"):
        (tmp_path / f"{name}.txt").write_text(
            f"The {name} of the lighthouse, as it was kept in the harbour of Quillon."
        )
    run(tmp_path)
    shutil.copyfile(tmp_path / "lamp.txt", tmp_path / "wick.txt")
    summary = run(tmp_path, name_files=True)
    assert changed_counts(summary) == {"duplicate": 1, "unchanged": 2, "replaced": 1}
    assert summary.planned == (PlannedFile("duplicate", "wick.txt"), PlannedFile("replaced", "wick.txt"))
    assert "3 files: 1 duplicate, 2 unchanged; 1 replaced by other files" in render_summary(summary, dry_run=False)
    assert status(tmp_path).files == {"duplicate": 1, "indexed": 2, "replaced": 1}
    assert [balance for balance in verify(tmp_path).balances if not balance.holds] == []
    (tmp_path / "oil.txt").rename(tmp_path.parent / "oil.txt")
    run(tmp_path)
    assert status(tmp_path).files == {"duplicate": 1, "indexed": 1, "missing": 1, "replaced": 1}
    shutil.move(tmp_path.parent / "oil.txt", tmp_path)
    run(tmp_path)
    shutil.copyfile(tmp_path / "oil.txt", tmp_path / "wick.txt")
    summary = run(tmp_path, name_files=True)
    assert (changed_counts(summary), summary.planned) == (
        {"duplicate": 1, "unchanged": 2}, (PlannedFile("duplicate", "wick.txt"),)
    )  # fmt: skip
