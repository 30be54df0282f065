"""Unchanged documents are read again when somebody asks, and nothing is lost by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

import pytest

from corpus.catalogue.documents import changed_since, documents_read_before
from corpus.document import State
from corpus.errors import UnknownDocumentError
from corpus.paths import DATA_FOLDER
from indexer.archivist.corrections import edit
from indexer.archivist.event_log import read_log
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.reread import reread
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished, Noted, Summary
from indexer.readers import formats
from tests.support import found_paths, opened_catalogue


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text("the minister denied the order")
    (folder / "b.txt").write_text("the second text")
    with ZipFile(folder / "letters.zip", "w") as letters:
        letters.writestr("c.txt", "a letter")
    list(index(folder, (), Options(jobs=1)))
    return folder


def ids(archive: Path) -> dict[str, str]:
    with opened_catalogue(archive) as catalogue:
        return {document.path: document.id for _, document in changed_since(catalogue, 0)}


def run(archive: Path, document_ids: Iterable[str] | None = None) -> tuple[Summary, dict[str, str]]:
    events = list(reread(archive, document_ids, Options(jobs=1)))
    assert isinstance(events[-1], Finished)
    return events[-1].summary, {event.path: event.message for event in events if isinstance(event, Noted)}


def run_sql(archive: Path, statement: str) -> None:
    connection = sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")
    with connection:
        connection.execute(statement)
    connection.close()


def test_documents_of_an_older_reader_are_counted_and_read_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status(archive).read_before == 0
    assert run(archive)[0].files == 0
    monkeypatch.setitem(formats.READER_VERSIONS, "txt", formats.READER_VERSIONS["txt"] + 1)
    assert status(archive).read_before == 3
    with opened_catalogue(archive) as catalogue:
        assert len(documents_read_before(catalogue, {"txt": 9, "pdf": 9})) == 3
    assert run(archive)[0].reread == 3


def test_a_damaged_text_is_read_from_its_file_again(archive: Path) -> None:
    before = ids(archive)
    edit(archive, before["a.txt"], {"title": "My own title"})
    run_sql(archive, "UPDATE pages SET text = replace(text, 'denied', 'defied')")
    assert [difference.kind for difference in verify(archive).differences] == ["text"]
    summary, notices = run(archive, [before["a.txt"]])
    assert (summary.reread, summary.changed_texts, notices) == (1, 0, {})
    assert verify(archive).holds
    assert ids(archive) == before
    assert found_paths(archive, "title:own") == {"a.txt"}
    assert [entry.document for entry in read_log(archive, kinds=("reread",))] == [before["a.txt"]]


def test_a_document_inside_a_file_is_read_with_its_file(archive: Path) -> None:
    before = ids(archive)
    summary, _ = run(archive, [before["letters.zip > c.txt"]])
    assert (summary.files, summary.reread) == (1, 1)
    assert ids(archive) == before


def test_changed_missing_and_scanned_documents_are_left_out(archive: Path) -> None:
    before = ids(archive)
    run_sql(archive, "UPDATE pages SET ocr = 1 WHERE text = 'a letter'")
    (archive / "a.txt").write_text("another text")
    (archive / "b.txt").unlink()
    summary, notices = run(archive, before.values())
    assert (summary.files, summary.reread) == (0, 0)
    assert "changed since" in notices["a.txt"]
    assert "No such file" in notices["b.txt"]
    assert "OCR" in notices["letters.zip > c.txt"]
    with pytest.raises(UnknownDocumentError):
        run(archive, ["nosuchid"])


def test_a_withdrawn_document_stays_withdrawn(archive: Path) -> None:
    document_id = ids(archive)["a.txt"]
    withdraw(archive, document_id, "names a witness")
    run(archive, [document_id])
    with opened_catalogue(archive) as catalogue:
        ((state,),) = catalogue.rows("SELECT state FROM documents WHERE id = ?", document_id)
    assert State(state) is State.WITHDRAWN
    assert "a.txt" not in found_paths(archive)
