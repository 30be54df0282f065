"""What index runs do with a folder that changes: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.file_records import FileRecord, all_files
from corpus.document import Document, Source, State
from corpus.errors import ArchiveError
from indexer.archivist.event_log import read_log
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Scanned, Summary
from search import Request, open_archive
from tests.support import is_current

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
PLAIN_WORDS = "strategy/plain-words.docx"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"
TAKEN = (LETTER, BAN, PLAIN_WORDS, CLOSING)

Run = Callable[..., Summary]


def told(summary: Summary) -> dict[str, int]:
    """The counts of a summary that are not zero, apart from what the archive holds in all."""
    names = ("added", "changed", "moved", "duplicate", "failed", "unchanged", "removed")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


@contextmanager
def opened(archive: Path, *, write: bool = False) -> Iterator[Catalogue]:
    catalogue = open_catalogue(archive, write=write)
    try:
        yield catalogue
    finally:
        catalogue.close()


def files(archive: Path) -> dict[str, FileRecord]:
    with opened(archive) as catalogue:
        return {record.path: record for record in all_files(catalogue)}


def kept(archive: Path) -> dict[str, Document]:
    """Every document of the catalogue by its path, whatever its state; the index must be up with all of them."""
    with opened(archive) as catalogue:
        assert is_current(catalogue)
        return {document.path: document for _, document in catalogue_documents.changed_since(catalogue, 0)}


def ids(archive: Path) -> dict[str, str]:
    return {path: document.id for path, document in kept(archive).items()}


def found(archive: Path, query: str = "") -> set[str]:
    """Paths of what a search gives."""
    with open_archive(archive) as opened_archive:
        hits = [hit.path for hit in opened_archive.search(Request(query, limit=100)).hits]
    assert len(hits) == len(set(hits))
    return set(hits)


def texts(archive: Path, path: str) -> str:
    with opened(archive) as catalogue:
        key = catalogue.rows("SELECT d.key FROM documents d JOIN files f ON f.key = d.file WHERE f.path = ?", path)[0][
            0
        ]
        return "\n".join(page.text for page in catalogue_documents.document_text(catalogue, key).all_texts)


def attempts(archive: Path) -> dict[str, int]:
    return {path: record.attempts for path, record in files(archive).items()}


def events(archive: Path, kind: str) -> int:
    with opened(archive) as catalogue:
        return int(catalogue.rows("SELECT count(*) FROM events WHERE kind = ?", kind)[0][0])


def test_the_first_run_adds_every_file_and_the_second_leaves_all_as_it_is(folder: Path, run: Run) -> None:
    first, second = run(folder), run(folder)
    assert told(first) == {"added": 4}
    assert told(second) == {"unchanged": 4}
    assert first.documents == second.documents == 4
    assert first.pages == second.pages > 0
    assert found(folder) == set(TAKEN)


def test_ids_are_the_same_when_an_archive_is_indexed_anew(papers: Path, run: Run) -> None:
    was = ids(papers)
    shutil.rmtree(papers / ".muniment")
    run(papers)
    assert ids(papers) == was


def test_a_file_that_was_only_touched_is_unchanged(papers: Path, run: Run) -> None:
    run(papers)
    os.utime(papers / LETTER)
    assert told(run(papers)) == {"unchanged": 4}
    assert files(papers)[LETTER].mtime_ns == (papers / LETTER).stat().st_mtime_ns
    assert attempts(papers) == dict.fromkeys(TAKEN, 1)


def test_new_content_is_seen_though_size_and_time_are_the_old_ones(papers: Path, run: Run) -> None:
    run(papers)
    before = (papers / LETTER).stat()
    body = (papers / LETTER).read_bytes()
    (papers / LETTER).write_bytes(body.replace(b"the", b"xyz", 1))
    os.utime(papers / LETTER, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (papers / LETTER).stat().st_size == before.st_size
    was = ids(papers)[LETTER]
    assert told(run(papers)) == {"changed": 1, "unchanged": 3}
    assert ids(papers)[LETTER] == was
    assert found(papers, "xyz") == {LETTER}


def test_a_renamed_file_moves_with_its_document_and_is_not_read_again(papers: Path, run: Run) -> None:
    was = ids(papers)[LETTER]
    (papers / LETTER).rename(papers / "farewell.txt")
    assert told(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)["farewell.txt"] == was
    assert LETTER not in ids(papers)
    assert attempts(papers)["farewell.txt"] == 1
    assert found(papers, "file:farewell") == {"farewell.txt"}


def test_a_file_renamed_to_another_ending_is_read_again_as_what_it_now_is(papers: Path, run: Run) -> None:
    (papers / "minutes.notes").write_text("Minutes of the meeting on torture.")
    assert told(run(papers)) == {"failed": 1, "unchanged": 4}
    (papers / "minutes.notes").rename(papers / "minutes.txt")
    was = ids(papers)[LETTER]
    (papers / LETTER).rename(papers / "letter.md")
    assert told(run(papers)) == {"moved": 2, "unchanged": 3}
    assert kept(papers)["minutes.txt"].state is State.INDEXED
    assert (kept(papers)["letter.md"].id, kept(papers)["letter.md"].format) == (was, "md")
    assert found(papers, "format:md") == {"letter.md"}
    assert told(run(papers)) == {"unchanged": 5}


def test_a_renamed_folder_moves_all_its_documents(papers: Path, run: Run) -> None:
    was = ids(papers)
    (papers / "statements").rename(papers / "declarations")
    assert told(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)[BAN.replace("statements", "declarations")] == was[BAN]


def test_a_file_that_moves_is_described_by_its_new_folder(papers: Path, run: Run) -> None:
    assert kept(papers)[LETTER].metadata.category is None
    (papers / LETTER).rename(papers / "speeches" / "2021-05-04 letter.txt")
    run(papers)
    metadata = kept(papers)["speeches/2021-05-04 letter.txt"].metadata
    assert metadata.category
    assert (metadata.category.value, metadata.category.source) == ("speech", Source.FOLDER)
    assert found(papers, "category:speech") >= {"speeches/2021-05-04 letter.txt"}


def test_a_file_that_is_gone_leaves_the_search_and_stays_in_the_catalogue(papers: Path, run: Run) -> None:
    text = texts(papers, LETTER)
    (papers / LETTER).unlink()
    assert told(run(papers)) == {"removed": 1, "unchanged": 3}
    assert LETTER not in found(papers)
    assert kept(papers)[LETTER].state is State.MISSING
    assert files(papers)[LETTER].state is State.MISSING
    assert texts(papers, LETTER) == text
    assert told(run(papers)) == {"unchanged": 3}


def test_a_file_that_is_there_again_has_its_document_again_without_being_read(papers: Path, run: Run) -> None:
    before = kept(papers)
    shutil.move(papers / LETTER, papers.parent / "away")
    run(papers)
    shutil.move(papers.parent / "away", papers / LETTER)
    assert told(run(papers)) == {"added": 1, "unchanged": 3}
    after = kept(papers)[LETTER]
    assert (after.id, after.state, after.metadata) == (before[LETTER].id, State.INDEXED, before[LETTER].metadata)
    assert attempts(papers)[LETTER] == 1
    assert LETTER in found(papers)


def test_whatever_state_a_document_was_in_it_has_again_when_its_file_comes_back(folder: Path, run: Run) -> None:
    (folder / "signs.txt").write_text("... --- ...\n")
    (folder / "late.docx").write_bytes((folder / PLAIN_WORDS).read_bytes() + b" ")
    run(folder)
    (folder / "late.docx").write_bytes(b"no longer a word file")
    run(folder)
    before = {path: document.state for path, document in kept(folder).items()}
    assert set(before.values()) == {State.INDEXED, State.WITHOUT_TEXT, State.FAILED}
    aside = folder.rename(folder.with_name("aside"))
    folder.mkdir()
    (aside / ".muniment").rename(folder / ".muniment")
    assert told(run(folder)) == {"removed": 6}
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    assert told(run(folder)) == {"added": 6}
    assert {path: document.state for path, document in kept(folder).items()} == before
    assert {path: record.state for path, record in files(folder).items()} == before


def test_a_second_file_with_the_same_bytes_is_a_duplicate_and_found_once(papers: Path, run: Run) -> None:
    shutil.copyfile(papers / LETTER, papers / "again.txt")
    assert told(run(papers)) == {"duplicate": 1, "unchanged": 4}
    assert files(papers)["again.txt"].state is State.DUPLICATE
    assert found(papers) == set(TAKEN)
    assert told(run(papers)) == {"unchanged": 5}


def test_a_duplicate_takes_the_place_of_an_original_that_is_gone(papers: Path, run: Run) -> None:
    was = ids(papers)[LETTER]
    shutil.copyfile(papers / LETTER, papers / "again.txt")
    run(papers)
    (papers / LETTER).unlink()
    assert told(run(papers)) == {"moved": 1, "unchanged": 3}
    assert ids(papers)["again.txt"] == was
    assert found(papers) == {*TAKEN[1:], "again.txt"}


def test_a_duplicate_in_a_folder_not_looked_at_stands_in_for_an_original_that_is_gone(papers: Path, run: Run) -> None:
    was = ids(papers)[CLOSING]
    shutil.copyfile(papers / CLOSING, papers / "statements" / "again.txt")
    run(papers)
    assert told(run(papers, papers / "statements")) == {"unchanged": 2}
    assert events(papers, "duplicate") == 1
    (papers / CLOSING).unlink()
    assert told(run(papers, papers / "speeches")) == {"moved": 1}
    assert ids(papers)["statements/again.txt"] == was
    assert "statements/again.txt" in found(papers)
    assert told(run(papers)) == {"unchanged": 4}


def test_a_file_is_read_though_the_same_bytes_under_another_ending_could_not_be(papers: Path, run: Run) -> None:
    for name in ("minutes.bak", "minutes.md", "minutes.txt", "minutes.xyz"):
        (papers / name).write_text("Minutes of the meeting on torture.")
    assert told(run(papers)) == {"added": 1, "duplicate": 2, "failed": 1, "unchanged": 4}
    assert found(papers, "file:minutes") == {"minutes.md"}
    assert told(run(papers)) == {"unchanged": 8}
    (papers / "minutes.md").unlink()
    assert told(run(papers)) == {"moved": 1, "duplicate": 1, "unchanged": 5}
    assert found(papers, "file:minutes") == {"minutes.txt"}


def test_two_files_that_change_places_keep_their_documents(papers: Path, run: Run) -> None:
    was = ids(papers)
    for old, new in ((LETTER, "third"), (CLOSING, LETTER), ("third", CLOSING)):
        (papers / old).rename(papers / new)
    assert told(run(papers)) == {"moved": 2, "unchanged": 2}
    now = ids(papers)
    assert (now[LETTER], now[CLOSING]) == (was[CLOSING], was[LETTER])
    assert attempts(papers) == dict.fromkeys(TAKEN, 1)


def test_a_file_that_cannot_be_read_is_recorded_with_its_reason_and_read_again_only_when_asked(
    papers: Path, run: Run
) -> None:
    (papers / "broken.docx").write_bytes(b"PK\x03\x04 and then nothing that makes sense")
    assert told(run(papers)) == {"failed": 1, "unchanged": 4}
    record = files(papers)["broken.docx"]
    assert record.state is State.FAILED
    assert record.reason
    assert told(run(papers)) == {"unchanged": 5}
    assert told(run(papers, retry_failed=True)) == {"failed": 1, "unchanged": 4}
    assert attempts(papers)["broken.docx"] == 2
    shutil.copyfile(papers / PLAIN_WORDS, papers / "broken.docx")
    (papers / PLAIN_WORDS).unlink()
    assert told(run(papers)) == {"moved": 1, "unchanged": 3, "removed": 1}


def test_a_copy_of_a_failed_file_fails_like_it(papers: Path, run: Run) -> None:
    for name in ("one.docx", "two.docx"):
        (papers / name).write_bytes(b"not a word file")
    assert told(run(papers)) == {"failed": 2, "unchanged": 4}
    assert "one.docx" in files(papers)["two.docx"].reason
    assert told(run(papers)) == {"unchanged": 6}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_what_lies_in_a_folder_that_cannot_be_read_is_unknown_and_not_gone(papers: Path, run: Run) -> None:
    (papers / "statements").chmod(0)
    try:
        assert told(run(papers)) == {"unchanged": 3}
    finally:
        (papers / "statements").chmod(0o700)
    assert found(papers) == set(TAKEN)


def test_a_folder_that_is_not_there_stops_the_run_before_anything_is_changed(papers: Path) -> None:
    before = kept(papers)
    for impossible in (papers / "nowhere", papers / LETTER / "below a file"):
        with pytest.raises(ArchiveError, match="cannot be read"):
            list(index(papers, [papers, impossible]))
    assert kept(papers) == before


def test_a_pipe_is_not_waited_for(papers: Path) -> None:
    os.mkfifo(papers / "pipe")
    with pytest.raises(ArchiveError, match="neither a folder nor a file"):
        list(index(papers, [papers / "pipe"]))


def test_a_document_stays_as_it_was_while_its_bytes_cannot_be_had(papers: Path, run: Run) -> None:
    before = kept(papers)
    going = index(papers, (), Options(jobs=1))
    assert isinstance(next(going), Scanned)
    body = (papers / LETTER).read_bytes()
    (papers / LETTER).unlink()  # seen, and gone before it can be read
    assert told(list(going)[-1].summary) == {"failed": 1, "unchanged": 3}
    assert {path: document.id for path, document in kept(papers).items()} == ids(papers)
    assert kept(papers) == before
    assert events(papers, "unreadable") == 1
    (papers / LETTER).write_bytes(body)
    assert told(run(papers)) == {"unchanged": 4}


def test_a_new_file_that_vanishes_before_it_is_read_is_a_failure_with_a_reason(papers: Path, run: Run) -> None:
    (papers / "brief.txt").write_text("Here today.")
    going = index(papers, (), Options(jobs=1))
    next(going)
    (papers / "brief.txt").unlink()
    assert told(list(going)[-1].summary) == {"failed": 1, "unchanged": 4}
    assert "cannot be read" in files(papers)["brief.txt"].reason
    assert told(run(papers)) == {"unchanged": 4, "removed": 1}


def test_a_folder_named_through_a_link_into_the_archive_is_the_same_folder(
    papers: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "link").symlink_to(papers)
    assert told(run(papers, tmp_path / "link" / "speeches")) == {"unchanged": 1}
    assert told(run(tmp_path / "link", tmp_path / "link" / "statements")) == {"unchanged": 1}


def test_a_file_of_a_folder_that_was_not_looked_at_is_left_alone(papers: Path, run: Run) -> None:
    (papers / LETTER).unlink()
    assert told(run(papers, papers / "speeches")) == {"unchanged": 1}
    assert LETTER in found(papers)


def test_an_archive_that_was_moved_is_unchanged(papers: Path, run: Run) -> None:
    elsewhere = papers.rename(papers.with_name("elsewhere"))
    assert told(run(elsewhere)) == {"unchanged": 4}
    assert found(elsewhere) == set(TAKEN)


def test_a_retry_reads_again_what_failed_inside_a_file_and_nothing_else(papers: Path, run: Run) -> None:
    with zipfile.ZipFile(papers / "box.zip", "w") as box:
        box.writestr("good.txt", "A good document.")
        box.writestr("bad.pdf", b"%PDF-1.4 broken")
    assert told(run(papers)) == {"added": 1, "unchanged": 4}
    before = len(read_log(papers))
    assert told(run(papers)) == {"unchanged": 5}
    assert len(read_log(papers)) == before
    assert told(run(papers, retry_failed=True)) == {"unchanged": 5}
    assert {(entry.kind, entry.path) for entry in read_log(papers)[before:]} == {("retried", "box.zip")}
    assert verify(papers).holds
