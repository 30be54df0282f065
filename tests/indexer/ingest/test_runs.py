"""Runs over a folder that changes: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from corpus.catalogue import documents as catalogue_documents
from corpus.document import Source, State
from corpus.errors import ArchiveError
from indexer.archivist.event_log import read_log
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Finished, Scanned, Summary
from tests.support import (
    BAN,
    CLOSING,
    LETTER,
    PLAIN_WORDS,
    SAMPLE_PAPERS,
    changed_counts,
    documents_by_path,
    files_by_path,
    found_paths,
    opened_catalogue,
)

Run = Callable[..., Summary]


def make_misnamed(path: Path) -> None:
    """Write a PDF behind bytes that are no text, which only its name tells from binary data; the same each time."""
    page = canvas.Canvas(str(path), invariant=1)
    page.drawString(60, 700, "Minutes of the meeting on torture.")
    page.save()
    path.write_bytes(b"\x01\x02\x03\x04" * 20 + path.read_bytes())


def ids(archive: Path) -> dict[str, str]:
    return {path: document.id for path, document in documents_by_path(archive).items()}


def texts(archive: Path, path: str) -> str:
    with opened_catalogue(archive) as catalogue:
        sql = "SELECT d.key FROM documents d JOIN files f ON f.key = d.file WHERE f.path = ?"
        key = catalogue.rows(sql, path)[0][0]
        return "\n".join(page.text for page in catalogue_documents.document_text(catalogue, key).all_texts)


def attempts(archive: Path) -> dict[str, int]:
    return {path: record.attempts for path, record in files_by_path(archive).items()}


def count_events(archive: Path, kind: str) -> int:
    with opened_catalogue(archive) as catalogue:
        return int(catalogue.rows("SELECT count(*) FROM events WHERE kind = ?", kind)[0][0])


def summary_of(events: Iterator[Event]) -> Summary:
    *_, last = events
    assert isinstance(last, Finished)
    return last.summary


def test_the_first_run_adds_every_file_and_the_second_changes_nothing(folder: Path, run: Run) -> None:
    first, second = run(folder), run(folder)
    assert changed_counts(first) == {"added": 4}
    assert changed_counts(second) == {"unchanged": 4}
    assert first.documents == second.documents == 4
    assert first.pages == second.pages > 0
    assert found_paths(folder) == set(SAMPLE_PAPERS)


def test_ids_are_the_same_when_an_archive_is_indexed_anew(papers: Path, run: Run) -> None:
    was = ids(papers)
    shutil.rmtree(papers / ".muniment")
    run(papers)
    assert ids(papers) == was


def test_a_file_that_was_only_touched_is_unchanged(papers: Path, run: Run) -> None:
    run(papers)
    os.utime(papers / LETTER)
    assert changed_counts(run(papers)) == {"unchanged": 4}
    assert files_by_path(papers)[LETTER].mtime_ns == (papers / LETTER).stat().st_mtime_ns
    assert attempts(papers) == dict.fromkeys(SAMPLE_PAPERS, 1)


def test_new_content_of_the_same_size_and_time_is_noticed(papers: Path, run: Run) -> None:
    run(papers)
    before = (papers / LETTER).stat()
    body = (papers / LETTER).read_bytes()
    (papers / LETTER).write_bytes(body.replace(b"the", b"xyz", 1))
    os.utime(papers / LETTER, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (papers / LETTER).stat().st_size == before.st_size
    was = ids(papers)[LETTER]
    assert changed_counts(run(papers)) == {"changed": 1, "unchanged": 3}
    assert ids(papers)[LETTER] == was
    assert found_paths(papers, "xyz") == {LETTER}


def test_a_renamed_file_moves_with_its_document_and_is_not_read_again(papers: Path, run: Run) -> None:
    was = ids(papers)[LETTER]
    (papers / LETTER).rename(papers / "farewell.txt")
    assert changed_counts(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)["farewell.txt"] == was
    assert LETTER not in ids(papers)
    assert attempts(papers)["farewell.txt"] == 1
    assert found_paths(papers, "file:farewell") == {"farewell.txt"}


def test_a_file_renamed_to_another_ending_is_read_as_the_new_format(papers: Path, run: Run) -> None:
    make_misnamed(papers / "minutes.notes")
    assert changed_counts(run(papers)) == {"failed": 1, "unchanged": 4}
    (papers / "minutes.notes").rename(papers / "minutes.pdf")
    was = ids(papers)[LETTER]
    (papers / LETTER).rename(papers / "letter.md")
    assert changed_counts(run(papers)) == {"moved": 2, "unchanged": 3}
    assert documents_by_path(papers)["minutes.pdf"].state is State.INDEXED
    assert (documents_by_path(papers)["letter.md"].id, documents_by_path(papers)["letter.md"].format) == (was, "md")
    assert found_paths(papers, "format:md") == {"letter.md"}
    assert changed_counts(run(papers)) == {"unchanged": 5}


def test_a_renamed_folder_moves_all_its_documents(papers: Path, run: Run) -> None:
    was = ids(papers)
    (papers / "statements").rename(papers / "declarations")
    assert changed_counts(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)[BAN.replace("statements", "declarations")] == was[BAN]


def test_a_file_that_moves_is_described_by_its_new_folder(papers: Path, run: Run) -> None:
    assert documents_by_path(papers)[LETTER].metadata.category is None
    (papers / LETTER).rename(papers / "speeches" / "2021-05-04 letter.txt")
    run(papers)
    metadata = documents_by_path(papers)["speeches/2021-05-04 letter.txt"].metadata
    assert metadata.category
    assert (metadata.category.value, metadata.category.source) == ("speech", Source.FOLDER)
    assert found_paths(papers, "category:speech") >= {"speeches/2021-05-04 letter.txt"}


def test_a_removed_file_is_not_found_and_stays_in_the_catalogue(papers: Path, run: Run) -> None:
    text = texts(papers, LETTER)
    (papers / LETTER).unlink()
    assert changed_counts(run(papers)) == {"removed": 1, "unchanged": 3}
    assert LETTER not in found_paths(papers)
    assert documents_by_path(papers)[LETTER].state is State.MISSING
    assert files_by_path(papers)[LETTER].state is State.MISSING
    assert texts(papers, LETTER) == text
    assert changed_counts(run(papers)) == {"unchanged": 3}


def test_a_file_that_returns_has_its_document_without_being_read(papers: Path, run: Run) -> None:
    before = documents_by_path(papers)
    shutil.move(papers / LETTER, papers.parent / "away")
    run(papers)
    shutil.move(papers.parent / "away", papers / LETTER)
    assert changed_counts(run(papers)) == {"added": 1, "unchanged": 3}
    after = documents_by_path(papers)[LETTER]
    assert (after.id, after.state, after.metadata) == (before[LETTER].id, State.INDEXED, before[LETTER].metadata)
    assert attempts(papers)[LETTER] == 1
    assert LETTER in found_paths(papers)


def test_a_document_has_its_former_state_when_its_file_returns(folder: Path, run: Run) -> None:
    (folder / "signs.txt").write_text("... --- ...\n")
    (folder / "late.docx").write_bytes((folder / PLAIN_WORDS).read_bytes() + b" ")
    run(folder)
    (folder / "late.docx").write_bytes(b"PK\x03\x04 no longer a word file")
    run(folder)
    before = {path: document.state for path, document in documents_by_path(folder).items()}
    assert set(before.values()) == {State.INDEXED, State.WITHOUT_TEXT, State.FAILED}
    aside = folder.rename(folder.with_name("aside"))
    folder.mkdir()
    (aside / ".muniment").rename(folder / ".muniment")
    assert changed_counts(run(folder, yes_missing=True)) == {"removed": 6}
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    assert changed_counts(run(folder)) == {"added": 6}
    assert {path: document.state for path, document in documents_by_path(folder).items()} == before
    assert {path: record.state for path, record in files_by_path(folder).items()} == before


def test_a_second_file_with_the_same_bytes_is_found_once(papers: Path, run: Run) -> None:
    shutil.copyfile(papers / LETTER, papers / "again.txt")
    assert changed_counts(run(papers)) == {"duplicate": 1, "unchanged": 4}
    assert files_by_path(papers)["again.txt"].state is State.DUPLICATE
    assert found_paths(papers) == set(SAMPLE_PAPERS)
    assert changed_counts(run(papers)) == {"unchanged": 5}


def test_a_duplicate_takes_the_place_of_an_original_that_is_gone(papers: Path, run: Run) -> None:
    was = ids(papers)[LETTER]
    shutil.copyfile(papers / LETTER, papers / "again.txt")
    run(papers)
    (papers / LETTER).unlink()
    assert changed_counts(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)["again.txt"] == was
    assert found_paths(papers) == {*SAMPLE_PAPERS[1:], "again.txt"}


def test_a_duplicate_in_a_folder_not_looked_at_replaces_a_lost_original(papers: Path, run: Run) -> None:
    was = ids(papers)[CLOSING]
    shutil.copyfile(papers / CLOSING, papers / "statements" / "again.txt")
    run(papers)
    assert changed_counts(run(papers, papers / "statements")) == {"unchanged": 2}
    assert count_events(papers, "duplicate") == 1
    (papers / CLOSING).unlink()
    assert changed_counts(run(papers, papers / "speeches")) == {"moved": 1}
    assert ids(papers)["statements/again.txt"] == was
    assert "statements/again.txt" in found_paths(papers)
    assert changed_counts(run(papers)) == {"unchanged": 4}


def test_a_file_is_read_though_its_bytes_failed_under_another_ending(papers: Path, run: Run) -> None:
    for name in ("minutes.bak", "minutes.pdf", "minutes.two.pdf", "minutes.xyz"):
        make_misnamed(papers / name)
    assert changed_counts(run(papers)) == {"added": 1, "duplicate": 2, "failed": 1, "unchanged": 4}
    assert found_paths(papers, "file:minutes") == {"minutes.pdf"}
    assert changed_counts(run(papers)) == {"unchanged": 8}
    (papers / "minutes.pdf").unlink()
    assert changed_counts(run(papers)) == {"moved": 1, "duplicate": 1, "unchanged": 5}
    assert found_paths(papers, "file:minutes") == {"minutes.two.pdf"}


def test_two_files_that_change_places_keep_their_documents(papers: Path, run: Run) -> None:
    was = ids(papers)
    for old, new in ((LETTER, "third"), (CLOSING, LETTER), ("third", CLOSING)):
        (papers / old).rename(papers / new)
    assert changed_counts(run(papers)) == {"moved": 2, "unchanged": 2}
    now = ids(papers)
    assert (now[LETTER], now[CLOSING]) == (was[CLOSING], was[LETTER])
    assert attempts(papers) == dict.fromkeys(SAMPLE_PAPERS, 1)


def test_a_failed_file_is_recorded_with_its_reason_and_retried_on_demand(papers: Path, run: Run) -> None:
    (papers / "broken.docx").write_bytes(b"PK\x03\x04 and then nothing that makes sense")
    assert changed_counts(run(papers)) == {"failed": 1, "unchanged": 4}
    record = files_by_path(papers)["broken.docx"]
    assert record.state is State.FAILED
    assert record.reason
    assert changed_counts(run(papers)) == {"unchanged": 5}
    assert changed_counts(run(papers, retry_failed=True)) == {"failed": 1, "unchanged": 4}
    assert attempts(papers)["broken.docx"] == 2
    shutil.copyfile(papers / PLAIN_WORDS, papers / "broken.docx")
    (papers / PLAIN_WORDS).unlink()
    assert changed_counts(run(papers)) == {"moved": 1, "unchanged": 3, "replaced": 1}


def test_a_copy_of_a_failed_file_fails_like_it(papers: Path, run: Run) -> None:
    for name in ("one.docx", "two.docx"):
        (papers / name).write_bytes(b"PK\x03\x04 not a word file")
    assert changed_counts(run(papers)) == {"failed": 2, "unchanged": 4}
    assert "one.docx" in files_by_path(papers)["two.docx"].reason
    assert changed_counts(run(papers)) == {"unchanged": 6}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_files_in_an_unreadable_folder_are_not_counted_as_removed(papers: Path, run: Run) -> None:
    (papers / "statements").chmod(0)
    try:
        assert changed_counts(run(papers)) == {"unchanged": 3}
    finally:
        (papers / "statements").chmod(0o700)
    assert found_paths(papers) == set(SAMPLE_PAPERS)


def test_a_missing_folder_stops_the_run_before_anything_is_changed(papers: Path) -> None:
    before = documents_by_path(papers)
    for impossible in (papers / "nowhere", papers / LETTER / "below a file"):
        with pytest.raises(ArchiveError, match="cannot be read"):
            list(index(papers, [papers, impossible]))
    assert documents_by_path(papers) == before


def test_a_pipe_is_refused_without_waiting_for_it(papers: Path) -> None:
    os.mkfifo(papers / "pipe")
    with pytest.raises(ArchiveError, match="neither a folder nor a file"):
        list(index(papers, [papers / "pipe"]))


def test_a_document_is_unchanged_while_its_file_cannot_be_read(papers: Path, run: Run) -> None:
    before = documents_by_path(papers)
    events = index(papers, (), Options(jobs=1))
    assert isinstance(next(events), Scanned)
    body = (papers / LETTER).read_bytes()
    (papers / LETTER).unlink()  # seen, and gone before it can be read
    assert changed_counts(summary_of(events)) == {"failed": 1, "unchanged": 3}
    assert {path: document.id for path, document in documents_by_path(papers).items()} == ids(papers)
    assert documents_by_path(papers) == before
    assert count_events(papers, "unreadable") == 1
    (papers / LETTER).write_bytes(body)
    assert changed_counts(run(papers)) == {"unchanged": 4}


def test_a_new_file_that_vanishes_before_it_is_read_fails_with_a_reason(papers: Path, run: Run) -> None:
    (papers / "brief.txt").write_text("Here today.")
    events = index(papers, (), Options(jobs=1))
    next(events)
    (papers / "brief.txt").unlink()
    assert changed_counts(summary_of(events)) == {"failed": 1, "unchanged": 4}
    assert "cannot be read" in files_by_path(papers)["brief.txt"].reason
    assert changed_counts(run(papers)) == {"unchanged": 4, "removed": 1}


def test_a_folder_named_through_a_link_is_the_same_folder(papers: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "link").symlink_to(papers)
    assert changed_counts(run(papers, tmp_path / "link" / "speeches")) == {"unchanged": 1}
    assert changed_counts(run(tmp_path / "link", tmp_path / "link" / "statements")) == {"unchanged": 1}


def test_a_file_of_a_folder_that_was_not_looked_at_is_left_alone(papers: Path, run: Run) -> None:
    (papers / LETTER).unlink()
    assert changed_counts(run(papers, papers / "speeches")) == {"unchanged": 1}
    assert LETTER in found_paths(papers)


def test_an_archive_that_was_moved_is_unchanged(papers: Path, run: Run) -> None:
    elsewhere = papers.rename(papers.with_name("elsewhere"))
    assert changed_counts(run(elsewhere)) == {"unchanged": 4}
    assert found_paths(elsewhere) == set(SAMPLE_PAPERS)


def test_a_retry_reads_only_files_that_contain_failed_documents(papers: Path, run: Run) -> None:
    with zipfile.ZipFile(papers / "box.zip", "w") as box:
        box.writestr("good.txt", "A good document.")
        box.writestr("bad.pdf", b"%PDF-1.4 broken")
    assert changed_counts(run(papers)) == {"added": 1, "unchanged": 4}
    before = len(read_log(papers))
    assert changed_counts(run(papers)) == {"unchanged": 5}
    assert len(read_log(papers)) == before
    assert changed_counts(run(papers, retry_failed=True)) == {"unchanged": 5}
    assert {(entry.kind, entry.path) for entry in read_log(papers)[before:]} == {
        ("begun", "box.zip"),
        ("retried", "box.zip"),
    }
    assert verify(papers).holds
