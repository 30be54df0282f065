"""Erasing: the words of a document leave every store for good, and its tombstone keeps its content out."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from corpus.catalogue.catalogue_tables import expected_objects
from corpus.catalogue.documents import document
from corpus.catalogue.erasure import erase_rows
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.document import State
from corpus.errors import ArchiveError, CatalogueError, IndexStateError, UsageError
from corpus.paths import DATA_FOLDER
from corpus.researcher_store import open_store
from corpus.researcher_store.record_rows import RecordedDocument, add_record
from corpus.trust.user_table import state_folder
from indexer.archivist import transactions, word_stores
from indexer.archivist.bagit.bag_contents import bag_contents
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.corrections import edit
from indexer.archivist.erasure import erase
from indexer.archivist.event_log import read_log
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import restore, withdraw
from indexer.archivist.word_stores import FILES_WITHOUT_WORDS, WORD_STORES
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.listings.import_listing import import_listing
from search import Request, open_archive
from tests.conftest import Indexing
from tests.support import documents_by_path, downgrade, found_paths, opened_catalogue

WORDS = (b"zebulon", b"quixadril", b"brontwyck")
"""Parts of words that only the document that is erased has, in its text, its names and what the archivist wrote."""

LISTING = "Title,File\nThe Brontwyck hearing,brontwyck-hearing.txt\nThe other,other.txt\n"


def remaining_words(archive: Path) -> list[tuple[str, bytes]]:
    """Return every file of the archive's data that contains one of the words, in any case and encoding."""
    return [
        (path.name, word)
        for path in sorted((archive / DATA_FOLDER).rglob("*"))
        if path.is_file()
        for word in WORDS
        if word in path.read_bytes().lower().replace(b"\0", b"") or word in path.name.lower().encode()
    ]


@pytest.fixture(scope="module")
def _hearings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hearings") / "archive"
    folder.mkdir()
    (folder / "brontwyck-hearing.txt").write_text("An early text of the witness Zebulonson.")
    (folder / "other.txt").write_text("A report on the assembly.")
    list(index(folder, (), Options(jobs=1)))
    (folder / "brontwyck-hearing.txt").write_text("The witness Zebulonson lives in Quixadril Street.")
    shutil.copyfile(folder / "brontwyck-hearing.txt", folder / "copy-zebulonson.txt")
    shutil.copyfile(folder / "brontwyck-hearing.txt", folder / "brontwyck-twice.txt")
    list(index(folder, (), Options(jobs=1)))
    (folder / "brontwyck-twice.txt").unlink()
    (folder / "list.csv").write_text(LISTING)
    import_listing(folder, folder / "list.csv")
    (folder / "list.csv").unlink()
    list(index(folder, (), Options(jobs=1)))
    edit(folder, documents_by_path(folder)["brontwyck-hearing.txt"].id, {"title": "Zebulonson heard"}, who="Ines")
    return folder


@pytest.fixture
def hearings(_hearings: Path, tmp_path: Path) -> Path:
    """An archive with a document that has copies, an earlier text, a correction and metadata of a listing."""
    return shutil.copytree(_hearings, tmp_path / "archive")


@pytest.fixture
def hearing(hearings: Path) -> str:
    """The id of that document."""
    return documents_by_path(hearings)["brontwyck-hearing.txt"].id


def test_no_byte_of_an_erased_document_is_left_in_the_data(hearings: Path, hearing: str) -> None:
    assert {word for _, word in remaining_words(hearings)} == set(WORDS)
    erased = erase(hearings, [hearing], "at the request of a person", "Ines")
    assert remaining_words(hearings) == []
    assert erased.files == ("brontwyck-hearing.txt", "copy-zebulonson.txt")
    assert all((hearings / path).exists() for path in erased.files)
    (tombstone,) = erased.documents
    assert (tombstone.id, tombstone.state) == (hearing, State.ERASED)
    assert tombstone.reason.endswith("by Ines: at the request of a person")
    event = read_log(hearings, document=hearing, kinds=["erased"])[-1]
    assert event.detail["digest"].startswith("sha256:")
    assert verify(hearings).holds


def test_every_store_of_words_is_erased_and_holds_them_before(hearings: Path, hearing: str) -> None:
    with opened_catalogue(hearings) as catalogue:
        with open_store(catalogue, write=True) as store:
            add_record(store, "", {}, [RecordedDocument(hearing, "content", "text", "metadata")])
        document = erase_rows.erasable(catalogue, hearing)
        empty = {store.name for store in WORD_STORES if not store.count(catalogue, document)}
    assert empty <= {"folders", "named places", "database file"}
    erase(hearings, [hearing], "a reason")
    with opened_catalogue(hearings) as catalogue:
        assert not [store.name for store in WORD_STORES if store.count(catalogue, document)]


def test_a_withdrawal_empties_the_stores_that_say_so(hearings: Path, hearing: str) -> None:
    withdraw(hearings, hearing, "a reason")
    with opened_catalogue(hearings) as catalogue:
        document = erase_rows.erasable(catalogue, hearing)
        assert not [store.name for store in WORD_STORES if store.without_withdrawn and store.count(catalogue, document)]


def test_every_table_and_file_of_the_data_is_in_the_list_of_stores(hearings: Path) -> None:
    listed = [pattern for store in WORD_STORES for pattern in store.holds]
    tables = {name for name, columns in expected_objects().items() if columns.startswith("[(")}
    assert tables <= set(listed)
    data = hearings / DATA_FOLDER
    files = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
    assert not {name for name in files if not any(Path(name).match(one) for one in (*listed, *FILES_WITHOUT_WORDS))}


def test_what_is_erased_stays_out_wherever_it_is_found(hearings: Path, hearing: str, run: Indexing) -> None:
    erase(hearings, [hearing], "a reason")
    (hearings / "copy-zebulonson.txt").rename(hearings / "elsewhere.txt")
    shutil.copyfile(hearings / "elsewhere.txt", hearings / "third.txt")
    with (hearings / "brontwyck-hearing.txt").open("a") as file:
        file.write(" A line more.")
    (hearings / "list.csv").write_text(LISTING)
    import_listing(hearings, hearings / "list.csv")
    (hearings / "list.csv").unlink()
    assert run(hearings).files == 1
    assert found_paths(hearings) == {"other.txt"}
    assert remaining_words(hearings) == []
    assert verify(hearings, digests=False).holds
    (hearings / "other.txt").rename(hearings / "brontwyck-hearing.txt")
    assert run(hearings).moved == 1


def test_an_erased_document_cannot_be_changed_or_brought_back(hearings: Path, hearing: str) -> None:
    erase(hearings, [hearing], "a reason")
    for change in (
        lambda: erase(hearings, [hearing], "again"),
        lambda: edit(hearings, hearing, {"title": "Zebulonson"}),
        lambda: withdraw(hearings, hearing, "a reason"),
        lambda: restore(hearings, hearing),
    ):
        with pytest.raises(UsageError, match="erased on"):
            change()


def test_the_log_can_be_changed_by_an_erasure_alone(hearings: Path, hearing: str) -> None:
    with opened_catalogue(hearings, write=True) as catalogue:
        numbers = {document_id: number for number, document_id in catalogue.rows("SELECT number, document FROM events")}
        blank = "UPDATE events SET path = '', detail = '{}' WHERE number = ?"
        refused = [
            (blank, numbers[hearing]),  # nothing was erased
            ("DELETE FROM events WHERE number = ?", numbers[hearing]),
        ]
        for sql, number in refused:
            with pytest.raises(CatalogueError, match="append only"):
                catalogue.run(sql, number)
    erase(hearings, [hearing], "a reason")
    other = documents_by_path(hearings)["other.txt"].id
    with opened_catalogue(hearings, write=True) as catalogue:
        (erased,) = catalogue.rows("SELECT max(number) FROM events WHERE document = ?", hearing)[0]
        for sql, number in (
            (blank, numbers[other]),  # of another document
            (blank, erased),  # the erasure itself
            ("UPDATE events SET detail = '{\"x\": 1}' WHERE number = ?", numbers[hearing]),
            ("UPDATE events SET at = '' WHERE number = ?", numbers[hearing]),
            ("UPDATE events SET kind = 'added' WHERE number = ?", numbers[hearing] - 1),
        ):
            with pytest.raises(CatalogueError, match="append only"):
                catalogue.run(sql, number)
    edit(hearings, other, {"title": "Another"})
    with opened_catalogue(hearings, write=True) as catalogue, pytest.raises(CatalogueError, match="append only"):
        catalogue.run(blank, numbers[hearing])  # another event has followed


def test_a_document_in_a_container_is_erased_with_those_inside_it(tmp_path: Path, run: Indexing) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    with zipfile.ZipFile(archive / "letters.zip", "w") as container:
        container.writestr("zebulon.txt", "A letter from Quixadril.")
        container.writestr("plain.txt", "A letter from town.")
    run(archive)
    document_id = documents_by_path(archive)["letters.zip > zebulon.txt"].id
    erased = erase(archive, [document_id], "a reason")
    assert erased.containers == ("letters.zip",)
    assert remaining_words(archive) == []
    with zipfile.ZipFile(archive / "letters.zip", "a") as container:
        container.writestr("later.txt", "A letter that came later.")
    (archive / "loose.txt").write_text("A letter from Quixadril.")
    run(archive)
    assert found_paths(archive) == {"letters.zip > plain.txt", "letters.zip > later.txt"}
    assert remaining_words(archive) == []
    erase(archive, [document.id for path, document in documents_by_path(archive).items() if path], "a reason")
    assert verify(archive).holds
    assert run(archive).unchanged == 1


def test_the_same_bytes_under_two_ids_are_erased_together(tmp_path: Path, run: Indexing) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in ("one.zip", "two.zip"):
        with zipfile.ZipFile(archive / name, "w") as container:
            container.writestr(f"{name}.txt", "A letter from Quixadril.")
            container.writestr("plain.txt", f"A letter of {name}.")
    run(archive)
    first = documents_by_path(archive)["one.zip > one.zip.txt"].id
    assert len(erase(archive, [first], "a reason").documents) == 2
    assert remaining_words(archive) == []


def test_a_broken_off_erasure_is_finished_by_the_next_run(
    hearings: Path, hearing: str, run: Indexing, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sqlite3.connect(hearings / DATA_FOLDER / "catalogue.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM pages").fetchone()
    monkeypatch.setattr(word_stores, "CHECKPOINT_SECONDS", 0.1)
    with pytest.raises(ArchiveError, match="has the archive open"):
        erase(hearings, [hearing], "a reason")
    reader.close()
    assert "an erasure was broken off" in "".join(status(hearings).notices)
    run(hearings)
    assert "an erasure was broken off" not in "".join(status(hearings).notices)
    assert remaining_words(hearings) == []
    assert not (hearings / DATA_FOLDER / "erasing").exists()


@pytest.mark.parametrize(
    "hide", [lambda *words: erase(words[0], [words[1]], "a reason"), withdraw], ids=["erase", "withdraw"]
)
def test_words_left_by_a_killed_change_are_not_searched(
    hearings: Path, hearing: str, run: Indexing, monkeypatch: pytest.MonkeyPatch, hide: Callable[..., object]
) -> None:
    def killed(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(transactions, "catch_up", killed)
        with pytest.raises(KeyboardInterrupt):
            hide(hearings, hearing, "a reason")
    with pytest.raises(IndexStateError, match="still contains its words"):
        open_archive(hearings)
    run(hearings)
    with open_archive(hearings) as archive:
        assert archive.search(Request("zebulonson")).total == 0


def test_a_bag_carries_the_tombstone_and_no_word(hearings: Path, hearing: str, tmp_path: Path) -> None:
    erase(hearings, [hearing], "a reason", "Ines")
    export_bag(hearings, tmp_path / "bag")
    bytes_of_bag = b"".join(path.read_bytes().lower() for path in (tmp_path / "bag").rglob("*") if path.is_file())
    assert not [word for word in WORDS if word in bytes_of_bag]
    home = tmp_path / "home"
    home.mkdir()
    list(index(home, [tmp_path / "bag"], Options(jobs=1)))
    with opened_catalogue(home) as catalogue:
        assert hearing in ids_in_state(catalogue, State.ERASED)
    assert verify(home).holds
    shutil.copyfile(hearings / "copy-zebulonson.txt", tmp_path / "bag" / "data" / "back.txt")
    list(index(home, [tmp_path / "bag" / "data"], Options(jobs=1)))
    assert len(found_paths(home)) == 1


def test_a_bag_without_withdrawn_documents_keeps_them_out(hearings: Path, hearing: str, tmp_path: Path) -> None:
    withdraw(hearings, hearing, "at the request of a person", "Ines")
    contents = bag_contents(hearings)
    bag = export_bag(hearings, tmp_path / "bag")
    assert (bag.withdrawn, bag.with_withdrawn, bag.files) == (1, False, 1)
    table = list(csv.DictReader((tmp_path / "bag" / "metadata.csv").read_text(encoding="utf-8").splitlines()))
    assert (contents.files, contents.bytes, contents.withdrawn) == (bag.files, bag.bytes, bag.withdrawn)
    assert contents.documents == bag.documents == len(table)
    home = tmp_path / "home"
    home.mkdir()
    list(index(home, [tmp_path / "bag"], Options(jobs=1)))
    assert verify(home).holds
    with opened_catalogue(home) as catalogue:
        assert hearing in ids_in_state(catalogue, State.ERASED)
    assert remaining_words(home) == []
    with opened_catalogue(hearings) as catalogue:
        assert ids_in_state(catalogue, State.WITHDRAWN) == [hearing]


def test_reasons_stay_out_of_a_bag_unless_it_is_a_backup(hearings: Path, hearing: str, tmp_path: Path) -> None:
    (hearings / "second.txt").write_text("The harbour pilots met again, and voted.")
    list(index(hearings, (), Options(jobs=1)))
    second = documents_by_path(hearings)["second.txt"].id
    withdraw(hearings, hearing, "endangers Quixadril", "Ines")
    erase(hearings, [second], "endangers Brontwyck", "Ines")
    bag = export_bag(hearings, tmp_path / "bag")
    packed = b"".join(path.read_bytes() for path in (tmp_path / "bag").glob("*.*"))
    assert b"endangers" not in packed
    assert bag_contents(hearings).files == bag.files
    home = tmp_path / "home"
    home.mkdir()
    list(index(home, [tmp_path / "bag"], Options(jobs=1)))
    assert verify(home).holds
    with opened_catalogue(home) as catalogue:
        assert document(catalogue, hearing).reason.startswith("withdrawn before")
        assert document(catalogue, second).reason.startswith("erased before")
    export_bag(hearings, tmp_path / "backup", with_withdrawn=True)
    assert b"endangers Brontwyck" in (tmp_path / "backup" / "catalogue.jsonl").read_bytes()


def test_documents_of_a_converted_catalogue_are_erased_and_stay_out(tmp_path: Path, run: Indexing) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "zebulon.txt").write_text("A letter from Quixadril.")
    with zipfile.ZipFile(archive / "letters.zip", "w") as container:
        container.writestr("brontwyck.txt", "A letter from Brontwyck.")
        container.writestr("plain.txt", "A letter from town.")
    run(archive)
    with opened_catalogue(archive, write=True) as catalogue:
        downgrade(catalogue, 2)
    run(archive)
    ids = [document.id for path, document in documents_by_path(archive).items() if "plain" not in path]
    erase(archive, ids, "a reason")
    with zipfile.ZipFile(archive / "letters.zip", "a") as container:
        container.writestr("later.txt", "A letter that came later.")
    (archive / "zebulon.txt").rename(archive / "moved.txt")
    run(archive)
    assert found_paths(archive) == {"letters.zip > plain.txt", "letters.zip > later.txt"}
    assert remaining_words(archive) == []
    assert verify(archive).holds


def test_files_outside_are_forgotten_and_sidecars_named(tmp_path: Path, run: Indexing) -> None:
    archive, outside = tmp_path / "archive", tmp_path / "outside"
    archive.mkdir()
    outside.mkdir()
    (archive / "plain.txt").write_text("A letter from town.")
    (outside / "zebulon.txt").write_text("A letter from Quixadril.")
    (outside / "zebulon.txt.toml").write_text('title = "Brontwyck"\n')
    run(archive, archive, outside / "zebulon.txt")
    (document_id,) = [one.id for one in documents_by_path(archive).values() if "zebulon" in one.path]
    erased = erase(archive, [document_id], "a reason")
    assert [Path(path).name for path in erased.files] == ["zebulon.txt", "zebulon.txt.toml"]
    assert remaining_words(archive) == []
    assert "zebulon" not in (state_folder() / "places.json").read_text()
    assert run(archive).files == 1


def test_an_erasure_that_dies_after_its_transaction_is_finished(
    hearings: Path, hearing: str, run: Indexing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(transactions, "catch_up", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erase(hearings, [hearing], "a reason")
    assert remaining_words(hearings)
    run(hearings)
    assert remaining_words(hearings) == []
    assert verify(hearings).holds


def test_a_foreign_folder_beside_the_index_is_named_and_not_ignored(hearings: Path, hearing: str) -> None:
    foreign = hearings / DATA_FOLDER / "index.foreign-1"
    foreign.mkdir()
    (foreign / "segment").write_text("zebulonson")
    with pytest.raises(ArchiveError, match="may contain what was erased"):
        erase(hearings, [hearing], "a reason")
    assert {name for name, _ in remaining_words(hearings)} == {"segment"}
