"""The proof that nothing was lost: it passes when all is well, and names every kind of harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.catalogue.catalogue_tables import FILL_DIGESTS
from corpus.catalogue.documents import changed_since
from corpus.catalogue.row_digests import add_digest_functions
from corpus.errors import CatalogueError, LockedError
from corpus.lock import write_lock
from corpus.paths import DATA_FOLDER
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.corrections import edit
from indexer.archivist.verify.report import Report
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import withdraw
from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.commit import commit
from indexer.index.entry import IndexEntry
from indexer.index.index_backend import open_backend
from indexer.ingest.pipeline import index, reindex
from indexer.ingest.run_config import Options
from tests.support import downgrade, opened_catalogue

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify") / "archive"
    for name in (LETTER, BAN, CLOSING):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    shutil.copyfile(SAMPLE / LETTER, folder / "copy.txt")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def archive(_filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(_filled, tmp_path / "archive", symlinks=True)


def kinds_and_places(report: Report) -> list[tuple[str, str]]:
    return sorted((one.kind, one.place) for one in report.differences)


def ids_by_path(archive: Path) -> dict[str, str]:
    with opened_catalogue(archive) as catalogue:
        return {document.path: document.id for _, document in changed_since(catalogue, 0)}


def run(archive: Path) -> None:
    list(index(archive, (), Options(jobs=1)))


def run_sql(archive: Path, *statements: str) -> None:
    """Change the catalogue as a faulty program would that keeps the digests of rows and texts right."""
    connection = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    add_digest_functions(connection)
    with connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("UPDATE files SET record_digest = ''")
        connection.execute("UPDATE documents SET record_digest = '', text_digest = ''")
        for statement in FILL_DIGESTS:
            connection.execute(statement)
    connection.close()


def test_an_archive_just_indexed_has_no_difference(archive: Path) -> None:
    report = verify(archive)
    assert report.holds
    assert all(balance.holds for balance in report.balances)
    assert (report.files, report.digested) == (5, 5)
    assert report.bytes == sum(
        path.stat().st_size for path in archive.rglob("*") if DATA_FOLDER not in path.parts if path.is_file()
    )
    assert dict(report.balances[1].parts) == {"indexed": 3, "failed": 1, "duplicate": 1}
    assert not report.orphaned_files
    assert report.index_bytes > 0


def test_a_sum_shows_when_a_part_of_it_is_missing(archive: Path) -> None:
    (archive / LETTER).unlink()
    report = verify(archive)
    assert [balance.label for balance in report.balances if not balance.holds] == ["files on disk"]


def test_changed_bytes_under_an_old_time_are_reported_as_decay(archive: Path) -> None:
    before = (archive / LETTER).stat()
    content = (archive / LETTER).read_bytes()
    (archive / LETTER).write_bytes(bytes([content[0] ^ 1]) + content[1:])
    os.utime(archive / LETTER, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kinds_and_places(verify(archive)) == [("decayed", LETTER)]
    assert verify(archive, digests=False).holds


def replace_by_pipe(folder: Path) -> None:
    (folder / LETTER).unlink()
    os.mkfifo(folder / LETTER)


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda folder: (folder / LETTER).unlink(), ("absent", LETTER)),
        (lambda folder: (folder / LETTER).write_text("anew"), ("changed", LETTER)),
        (lambda folder: (folder / "new.txt").write_text("new"), ("unseen", "new.txt")),
        (lambda folder: ((folder / LETTER).unlink(), (folder / LETTER).symlink_to(folder / BAN)), ("absent", LETTER)),
        (replace_by_pipe, ("absent", LETTER)),
    ],
)
def test_each_harm_to_a_file_is_named_and_gone_after_the_next_run(
    archive: Path, harm: Callable[[Path], object], expected: tuple[str, str]
) -> None:
    harm(archive)
    for digests in (True, False):
        assert kinds_and_places(verify(archive, digests=digests)) == [expected]
    run(archive)
    assert verify(archive).holds


def test_files_of_a_folder_that_is_gone_are_reported_missing(archive: Path) -> None:
    (archive.parent / "away").mkdir()
    (archive / LETTER).rename(archive.parent / "away" / "letter.txt")
    list(index(archive, [archive, archive.parent / "away"], Options(jobs=1)))
    assert verify(archive).holds
    shutil.rmtree(archive.parent / "away")
    assert [kind for kind, _ in kinds_and_places(verify(archive))] == ["absent", "blocked"]


def test_a_file_that_returned_unnoticed_is_reported(archive: Path) -> None:
    (archive / BAN).rename(archive.parent / "away")
    run(archive)
    (archive.parent / "away").rename(archive / BAN)
    (one,) = verify(archive).differences
    assert one.message.endswith("is back")


def test_a_withdrawn_document_is_no_difference(archive: Path) -> None:
    catalogue = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    name = catalogue.execute("SELECT id FROM documents LIMIT 1").fetchone()[0]
    catalogue.close()
    withdraw(archive, name, "names a witness")
    report = verify(archive)
    assert report.holds
    assert ("withdrawn", 1) in report.balances[3].parts


def test_documents_missing_doubled_or_foreign_in_the_index_are_named(archive: Path) -> None:
    stored = [document_id for document_id, _ in open_backend(archive).documents()]
    collected = Collector(schema.schema())
    for document_id in ("stranger", stored[1]):
        collected.add(IndexEntry("en", {}, {"id": document_id}))
    commit(archive / DATA_FOLDER / "index", collected, {stored[0]})
    kinds = kinds_and_places(verify(archive))
    assert ("not-indexed", stored[0]) in kinds
    assert ("not-catalogued", "stranger") in kinds
    assert ("twice", stored[1]) in kinds
    list(reindex(archive))
    assert verify(archive).holds


def test_a_missing_or_damaged_index_is_reported_and_rebuilt(archive: Path) -> None:
    directory = archive / DATA_FOLDER / "index"
    for file in directory.glob("*.mun"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert [kind for kind, _ in kinds_and_places(verify(archive))] == ["index"]
    shutil.rmtree(directory)
    assert [kind for kind, _ in kinds_and_places(verify(archive))] == ["index"]
    list(reindex(archive))
    assert verify(archive).holds


def test_a_stale_index_is_one_difference_not_one_per_document(archive: Path) -> None:
    run_sql(
        archive,
        "INSERT INTO events (at, kind, path, document, detail, record_digest)"
        " SELECT '', 'added', '', id, '{}', row_digest('', 'added', '', id, '{}') FROM documents LIMIT 1",
        "UPDATE documents SET changed = (SELECT max(number) FROM events)"
        " WHERE id = (SELECT document FROM events ORDER BY number DESC LIMIT 1)",
    )
    assert [kind for kind, _ in kinds_and_places(verify(archive))] == ["stale"]
    run(archive)
    assert verify(archive).holds


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
def test_each_contradiction_within_the_catalogue_is_named(archive: Path, statement: str, kind: str) -> None:
    run_sql(archive, statement)
    assert kind in [one for one, _ in kinds_and_places(verify(archive))]


def flip(archive: Path, written: bytes, flipped: bytes) -> None:
    """Change bytes of the catalogue's file on the disk."""
    path = archive / DATA_FOLDER / "catalogue.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    assert written in content
    path.write_bytes(content.replace(written, flipped))


@pytest.mark.parametrize(
    ("written", "flipped", "kind"),
    [
        (b" the ", b" thf ", "text"),
        (b" the ", b" th\xff ", "text"),
        (b"first-page", b"first-pagf", "record"),
    ],
)
def test_a_changed_byte_of_what_is_stored_is_found(archive: Path, written: bytes, flipped: bytes, kind: str) -> None:
    flip(archive, written, flipped)
    assert kind in [one for one, _ in kinds_and_places(verify(archive))]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE pages SET text = replace(text, 'e', 'a') WHERE document = 1", ("text", 1)),
        ("UPDATE pages SET language = 'xx' WHERE document = 1", ("text", 1)),
        ("UPDATE pages SET ocr = 1 WHERE document = 1", ("text", 1)),
        ("DELETE FROM pages WHERE document = 1", ("text", 1)),
        ("UPDATE candidates SET value = value || 'x' WHERE document = 1 AND chosen", ("record", 1)),
        ("UPDATE candidates SET chosen = 1 - chosen WHERE document = 1", ("record", 1)),
        ("UPDATE documents SET format = 'pdf' WHERE key = 1", ("record", 1)),
    ],
)
def test_each_change_behind_the_digests_is_found(archive: Path, statement: str, expected: tuple[str, int]) -> None:
    connection = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    with connection:
        connection.execute(statement)
        ((document_id,),) = connection.execute("SELECT id FROM documents WHERE key = ?", expected[1:])
    connection.close()
    assert (expected[0], document_id) in kinds_and_places(verify(archive))
    assert not {"text", "record"} & {kind for kind, _ in kinds_and_places(verify(archive, digests=False))}


def test_a_changed_file_row_event_or_table_is_found(archive: Path) -> None:
    connection = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    with connection:
        connection.execute("UPDATE files SET reason = 'because' WHERE path = 'broken.pdf'")
        connection.execute("DROP TRIGGER events_are_never_changed")
        connection.execute("UPDATE events SET at = '1999-01-01' WHERE number = 2")
    connection.close()
    assert kinds_and_places(verify(archive)) == [("record", "2"), ("record", "broken.pdf"), ("tables", "catalogue.db")]


def test_an_archive_of_the_version_before_is_taken_over_whole(archive: Path) -> None:
    tables = {
        "documents": "id, file, state, reason, format, pages, characters",
        "candidates": "document, field, value, source, detail, chosen",
        "pages": "document, ordinal, text, language",
        "events": "number, at, kind, path, document, detail",
    }

    def rows() -> list[list[tuple[object, ...]]]:
        with opened_catalogue(archive) as catalogue:
            queries = [f"SELECT {columns} FROM {table} ORDER BY rowid" for table, columns in tables.items()]  # noqa: S608
            return [catalogue.rows(query) for query in queries]

    edit(archive, ids_by_path(archive)[CLOSING], {"title": "Corrected"})
    withdraw(archive, ids_by_path(archive)[BAN], "names a witness")
    before = rows()
    with opened_catalogue(archive, write=True) as catalogue:
        downgrade(catalogue, 2)
    with pytest.raises(CatalogueError, match="version 2") as refused:
        verify(archive)
    assert "muniment index" in refused.value.hint
    run(archive)
    assert rows() == before
    assert verify(archive).holds
    flip(archive, b" the ", b" thf ")
    assert not verify(archive).holds


def test_an_event_missing_from_the_log_is_reported(archive: Path) -> None:
    run_sql(archive, "DROP TRIGGER events_are_never_removed", "DELETE FROM events WHERE number = 1")
    assert ("log", "events") in kinds_and_places(verify(archive))


def test_orphaned_files_are_reported_and_are_no_difference(archive: Path) -> None:
    house = archive / DATA_FOLDER
    (house / "index-9").mkdir()
    (house / "index-9" / "half.mun").write_bytes(b"12345")
    (house / "index" / "MAIN_aaaaaaaaaaaaaaaa.mun").write_bytes(b"123")
    report = verify(archive)
    assert report.holds
    assert [(one.path.rpartition("/")[2], one.bytes) for one in report.orphaned_files] == [
        ("index-9", 5),
        ("MAIN_aaaaaaaaaaaaaaaa.mun", 3),
    ]
    list(reindex(archive))
    assert not verify(archive).orphaned_files


def test_verify_waits_for_no_run_and_changes_nothing(archive: Path) -> None:
    with write_lock(archive), pytest.raises(LockedError):
        verify(archive)
    before = (archive / DATA_FOLDER / "catalogue.db").read_bytes()
    verify(archive)
    assert (archive / DATA_FOLDER / "catalogue.db").read_bytes() == before


def test_an_archive_that_may_only_be_read_can_be_verified(archive: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    for folder in (archive / DATA_FOLDER, archive):
        folder.chmod(0o500)
    try:
        assert verify(archive).holds
    finally:
        for folder in (archive, archive / DATA_FOLDER):
            folder.chmod(0o700)


def test_a_sidecar_is_no_unseen_file(archive: Path) -> None:
    document = next(path for path in sorted(archive.glob("*")) if path.is_file())
    document.with_name(f"{document.name}.toml").write_text('title = "A title"')
    run(archive)
    assert verify(archive).holds
