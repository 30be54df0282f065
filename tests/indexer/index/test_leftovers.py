"""No run leaves files behind that nothing needs, and withdrawn words leave the index with their document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import IndexStateError
from corpus.paths import DATA_FOLDER
from indexer.archivist.withdrawal import withdraw
from indexer.index.manifest import index_path, read_manifest
from indexer.ingest.pipeline import reindex
from indexer.ingest.run_events import Summary
from search import Request, open_archive

Run = Callable[[Path], Summary]
WITNESS = "zebulonwitness"


@pytest.fixture
def archive(tmp_path: Path, run: Run) -> Path:
    """Return an archive of four reports, one of which names a witness in its text, title and file name."""
    (tmp_path / f"{WITNESS}.txt").write_text(f"Statement of {WITNESS}\n\nThe witness {WITNESS} lives here.\n")
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Another report on assembly number {number}.\n")
    run(tmp_path)
    return tmp_path


def index_bytes(archive: Path) -> bytes:
    return b"".join(path.read_bytes() for path in index_path(archive).rglob("*") if path.is_file())


def document_id(archive: Path, question: str) -> str:
    with open_archive(archive) as opened:
        return opened.search(Request(question)).hits[0].id


def test_words_of_a_withdrawn_document_leave_the_index(archive: Path) -> None:
    assert WITNESS.encode() in index_bytes(archive)
    withdraw(archive, document_id(archive, WITNESS), "names a witness")
    content = index_bytes(archive)
    assert WITNESS.encode() not in content
    assert b"statement" not in content
    with open_archive(archive) as opened:
        assert opened.suggest("zebul") == ()
        assert opened.search(Request("zebul*")).total == 0
        assert opened.search(Request("report")).total == 3


def test_an_earlier_text_of_a_withdrawn_document_leaves_it_too(archive: Path, run: Run) -> None:
    (archive / f"{WITNESS}.txt").write_text("The name was taken out.\n")
    run(archive)
    assert WITNESS.encode() in index_bytes(archive)  # in a segment where the document is only marked as deleted
    withdraw(archive, document_id(archive, "taken"), "names a witness")
    assert WITNESS.encode() not in index_bytes(archive)


def test_a_run_without_changes_removes_what_a_killed_one_left(archive: Path, run: Run) -> None:
    folder = index_path(archive)
    files = sorted(folder.iterdir())
    for name in ("draft-MAIN_abc.mun", "MAIN_abc.mun", "MAIN_abc.7.del", "_MAIN_99.toc", "manifest.new"):
        (folder / name).write_bytes(b"half made")
    for name in ("index-1", "index-27", "index.new"):
        (archive / DATA_FOLDER / name).mkdir()
        (archive / DATA_FOLDER / name / "MAIN_abc.seg").write_bytes(b"old")
    run(archive)
    assert sorted(folder.iterdir()) == files
    assert [path.name for path in (archive / DATA_FOLDER).glob("index*")] == ["index"]


def test_an_index_of_the_old_layout_is_replaced_with_its_link(archive: Path, run: Run) -> None:
    data = archive / DATA_FOLDER
    index_path(archive).rename(data / "index-3")
    manifest = data / "index-3" / "manifest.json"
    manifest.write_text(re.sub(r'"schema": \d+', '"schema": 2', manifest.read_text()))
    index_path(archive).symlink_to("index-3")
    (data / "index-4").mkdir()
    run(archive)
    assert read_manifest(index_path(archive)).documents == 4
    assert not index_path(archive).is_symlink()
    assert [path.name for path in data.glob("index*")] == ["index"]


@pytest.mark.parametrize("unusable", [False, True])
def test_a_rebuild_that_fails_leaves_nothing_behind(
    archive: Path, monkeypatch: pytest.MonkeyPatch, unusable: bool
) -> None:
    if unusable:
        (index_path(archive) / "manifest.json").write_text("{}")
    before = sorted(path for path in (archive / DATA_FOLDER).rglob("*"))

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("indexer.index.segment._write_columns", fail)
    for _ in range(3):
        with pytest.raises(IndexStateError, match="no space"):
            list(reindex(archive))
    assert sorted(path for path in (archive / DATA_FOLDER).rglob("*")) == before
