"""The proof that nothing was lost: it passes when all is well, and names every kind of harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh import index as whoosh_index

from corpus.errors import LockedError
from corpus.folder_scan import DATA_FOLDER
from corpus.lock import write_lock
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.verify.report import Report
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify") / "papers"
    for name in (LETTER, BAN, CLOSING):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    shutil.copyfile(SAMPLE / LETTER, folder / "copy.txt")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def papers(_filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(_filled, tmp_path / "papers", symlinks=True)


def told(report: Report) -> list[tuple[str, str]]:
    return sorted((one.kind, one.place) for one in report.differences)


def run(archive: Path) -> None:
    list(index(archive, (), Options(jobs=1)))


def spoil(archive: Path, *statements: str) -> None:
    connection = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_archive_as_it_was_indexed_has_no_difference_and_every_sum_holds(papers: Path) -> None:
    report = verify(papers)
    assert report.holds
    assert all(balance.holds for balance in report.balances)
    assert (report.files, report.digested) == (5, 5)
    assert report.bytes == sum(
        path.stat().st_size for path in papers.rglob("*") if DATA_FOLDER not in path.parts if path.is_file()
    )
    assert dict(report.balances[1].parts) == {"indexed": 3, "failed": 1, "duplicate": 1}
    assert not report.leavings
    assert report.index_bytes > 0


def test_a_sum_shows_when_a_part_of_it_is_missing(papers: Path) -> None:
    (papers / LETTER).unlink()
    report = verify(papers)
    assert [balance.label for balance in report.balances if not balance.holds] == ["files on disk"]


def test_flipped_bytes_under_an_old_time_are_decay_and_only_reading_them_shows_it(papers: Path) -> None:
    before = (papers / LETTER).stat()
    content = (papers / LETTER).read_bytes()
    (papers / LETTER).write_bytes(bytes([content[0] ^ 1]) + content[1:])
    os.utime(papers / LETTER, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told(verify(papers)) == [("decayed", LETTER)]
    assert verify(papers, digests=False).holds


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda folder: (folder / LETTER).unlink(), ("absent", LETTER)),
        (lambda folder: (folder / LETTER).write_text("anew"), ("changed", LETTER)),
        (lambda folder: (folder / "new.txt").write_text("new"), ("unseen", "new.txt")),
        (lambda folder: ((folder / LETTER).unlink(), (folder / LETTER).symlink_to(folder / BAN)), ("absent", LETTER)),
        (lambda folder: ((folder / LETTER).unlink(), os.mkfifo(folder / LETTER)), ("absent", LETTER)),
    ],
)
def test_each_harm_to_a_file_is_named_and_gone_after_the_next_run(
    papers: Path, harm: Callable[[Path], object], expected: tuple[str, str]
) -> None:
    harm(papers)
    for digests in (True, False):
        assert told(verify(papers, digests=digests)) == [expected]
    run(papers)
    assert verify(papers).holds


def test_a_folder_that_is_gone_vouches_for_nothing(papers: Path) -> None:
    (papers.parent / "away").mkdir()
    (papers / LETTER).rename(papers.parent / "away" / "letter.txt")
    list(index(papers, [papers, papers.parent / "away"], Options(jobs=1)))
    assert verify(papers).holds
    shutil.rmtree(papers.parent / "away")
    assert [kind for kind, _ in told(verify(papers))] == ["absent", "blocked"]


def test_a_file_that_came_back_unnoticed_is_told(papers: Path) -> None:
    (papers / BAN).rename(papers.parent / "away")
    run(papers)
    (papers.parent / "away").rename(papers / BAN)
    (one,) = verify(papers).differences
    assert one.message.endswith("is back")


def test_a_withdrawn_document_is_no_difference(papers: Path) -> None:
    catalogue = sqlite3.connect(papers / DATA_FOLDER / "catalogue.db")
    name = catalogue.execute("SELECT id FROM documents LIMIT 1").fetchone()[0]
    catalogue.close()
    withdraw(papers, name, "names a witness")
    report = verify(papers)
    assert report.holds
    assert ("withdrawn", 1) in report.balances[3].parts


def test_documents_missing_from_the_index_twice_in_it_or_foreign_to_it_are_named(papers: Path) -> None:
    opened = whoosh_index.open_dir(str(papers / DATA_FOLDER / "index"))
    stored = [fields["id"] for _, fields in opened.reader().iter_docs()]
    writer = opened.writer()
    writer.delete_by_term("id", stored[0])
    writer.add_document(id="stranger")
    writer.add_document(id=stored[1])
    writer.commit()
    kinds = told(verify(papers))
    assert ("not-indexed", stored[0]) in kinds
    assert ("not-catalogued", "stranger") in kinds
    assert ("twice", stored[1]) in kinds
    list(reindex(papers))
    assert verify(papers).holds


def test_a_missing_and_a_damaged_index_are_told_and_mended(papers: Path) -> None:
    directory = papers / DATA_FOLDER / "index"
    for file in directory.resolve().glob("*.seg"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert [kind for kind, _ in told(verify(papers))] == ["index"]
    directory.unlink()
    assert [kind for kind, _ in told(verify(papers))] == ["index"]
    list(reindex(papers))
    assert verify(papers).holds


def test_a_stale_index_is_one_difference_not_one_a_document(papers: Path) -> None:
    spoil(
        papers,
        "INSERT INTO events (at, kind, path, document, detail) SELECT '', 'added', '', id, '{}' FROM documents LIMIT 1",
        "UPDATE documents SET changed = (SELECT max(number) FROM events)"
        " WHERE id = (SELECT document FROM events ORDER BY number DESC LIMIT 1)",
    )
    assert [kind for kind, _ in told(verify(papers))] == ["stale"]
    run(papers)
    assert verify(papers).holds


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM pages WHERE rowid = (SELECT max(rowid) FROM pages WHERE role = 'main')", "pages"),
        ("UPDATE pages SET text = text || 'x' WHERE role = 'main' AND rowid = 1", "pages"),
        ("UPDATE documents SET changed = 1 WHERE key = (SELECT max(key) FROM documents)", "change"),
        ("UPDATE documents SET file = NULL WHERE key = 1", "without-file"),
        ("UPDATE documents SET file = 99 WHERE key = 1", "dangling"),
        ("UPDATE documents SET state = 'eaten' WHERE key = 1", "state"),
        ("UPDATE files SET state = 'missing' WHERE key = (SELECT file FROM documents WHERE key = 1)", "state"),
        ("UPDATE files SET digest = 'sha256:00' WHERE state = 'duplicate'", "copy"),
    ],
)
def test_each_contradiction_within_the_catalogue_is_named(papers: Path, statement: str, kind: str) -> None:
    spoil(papers, statement)
    assert kind in [one for one, _ in told(verify(papers))]


def test_an_event_taken_out_of_the_log_is_noticed(papers: Path) -> None:
    spoil(papers, "DROP TRIGGER events_are_never_removed", "DELETE FROM events WHERE number = 1")
    assert ("log", "events") in told(verify(papers))


def test_leavings_are_told_and_are_no_difference(papers: Path) -> None:
    house = papers / DATA_FOLDER
    (house / "index-9").mkdir()
    (house / "index-9" / "half.seg").write_bytes(b"12345")
    (house / "index" / "MAIN_aaaaaaaaaaaaaaaa.seg").write_bytes(b"123")
    report = verify(papers)
    assert report.holds
    assert [(one.path.rpartition("/")[2], one.bytes) for one in report.leavings] == [
        ("index-9", 5),
        ("MAIN_aaaaaaaaaaaaaaaa.seg", 3),
    ]
    list(reindex(papers))
    assert not verify(papers).leavings


def test_verify_waits_for_no_run_and_changes_nothing(papers: Path) -> None:
    with write_lock(papers), pytest.raises(LockedError):
        verify(papers)
    before = (papers / DATA_FOLDER / "catalogue.db").read_bytes()
    verify(papers)
    assert (papers / DATA_FOLDER / "catalogue.db").read_bytes() == before


def test_an_archive_that_may_only_be_read_can_be_verified(papers: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    for folder in (papers / DATA_FOLDER, papers):
        folder.chmod(0o500)
    try:
        assert verify(papers).holds
    finally:
        for folder in (papers, papers / DATA_FOLDER):
            folder.chmod(0o700)
