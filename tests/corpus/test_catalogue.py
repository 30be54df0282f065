"""The catalogue keeps what is written, and refuses files that are no catalogue without changing them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.catalogue_tables import SCHEMA_VERSION
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.hit_records import hit_records
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.document import Candidate, DocumentText, Extraction, Metadata, Page, Role, Source, State
from corpus.errors import CatalogueError, UnknownDocumentError, UsageError


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "archive", write=True)
    yield opened
    opened.close()


def document_record(file: int, digest: str, text: str, *candidates: Candidate) -> DocumentRecord:
    texts = DocumentText.of((Page(1, text), Page(1, "head", role=Role.HEADER_FOOTER)))
    extraction = Extraction("text", "text/plain", texts)
    chosen = Metadata(tuple(candidate for candidate in candidates if candidate.field == "title")[:1])
    return DocumentRecord(file, digest, "txt", extraction, candidates, chosen)


def add(catalogue: Catalogue, path: str, digest: str, text: str = "some words") -> int:
    file = save_file(catalogue, FileRecord(0, path, 1, 1, 1, digest, State.INDEXED))
    return save_document(catalogue, document_record(file, digest, text), path, EventKind.ADDED)


def fill(archive: Path, documents: int = 200) -> Path:
    opened = open_catalogue(archive, write=True)
    with opened.batch():
        for number in range(documents):
            add(opened, f"{number}.txt", f"sha256:{number}", f"words of number {number} " * 20)
    opened.close()
    return archive / ".muniment" / "catalogue.db"


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(1, 256)) * 40)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def stamp(pragma: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA {pragma}")
        connection.close()

    return change


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


NEWER = SCHEMA_VERSION + 1
HARM = [
    (noise, "damaged"), (cut, "damaged"), (foreign, "not a Muniment catalogue"), (folder, "not a regular file"),
    (stamp(f"user_version = {NEWER}"), f"version {NEWER}"), (stamp("application_id = 1"), "not a Muniment catalogue"),
]  # fmt: skip


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(("harm", "words"), HARM)
def test_a_file_that_is_no_catalogue_is_refused_and_left_unchanged(
    tmp_path: Path, harm: Callable[[Path], None], words: str, write: bool
) -> None:
    path = fill(tmp_path)
    harm(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CatalogueError, match=words) as refusal:
        open_catalogue(tmp_path, write=write)
    error = refusal.value
    assert str(path) in error.message
    assert "\n" not in error.message + error.hint
    assert error.hint
    assert error.exit_code == 1
    assert (path.read_bytes() if path.is_file() else None) == before


def test_damage_in_the_middle_is_reported_when_it_is_read(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with path.open("r+b") as stream:
        stream.seek(4096 * 3)
        stream.write(os.urandom(path.stat().st_size - 4096 * 4))
    opened = open_catalogue(tmp_path)
    with pytest.raises(CatalogueError, match="damaged") as refusal:
        list(catalogue_documents.changed_since(opened, 0))
    assert "untouched" in refusal.value.hint
    opened.close()


def test_reading_a_folder_without_archive_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="nothing has been indexed here"):
        open_catalogue(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_catalogue_file_gets_its_tables_from_the_next_run(tmp_path: Path) -> None:
    (tmp_path / ".muniment").mkdir()
    (tmp_path / ".muniment" / "catalogue.db").touch()
    open_catalogue(tmp_path, write=True).close()
    open_catalogue(tmp_path).close()


def test_no_other_user_may_read_the_catalogues_folder(catalogue: Catalogue) -> None:
    assert catalogue.path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET kind = 'never happened'",
        "DELETE FROM events",
        "DELETE FROM events WHERE number = 1",
        "REPLACE INTO events VALUES (1, '', 'never happened', '', '', '', '')",
        "INSERT INTO events VALUES (1, '', 'x', '', '', '', '') ON CONFLICT DO UPDATE SET kind = 'x'",
    ],
)
def test_events_are_neither_changed_nor_removed(catalogue: Catalogue, sql: str) -> None:
    add(catalogue, "a.txt", "sha256:1")
    before = catalogue.rows("SELECT * FROM events")
    with pytest.raises(CatalogueError, match="append only"):
        catalogue.run(sql)
    assert catalogue.rows("SELECT * FROM events") == before != []


def test_a_batch_that_breaks_off_leaves_nothing_behind(catalogue: Catalogue) -> None:
    def break_off() -> None:
        with catalogue.batch():
            add(catalogue, "a.txt", "sha256:1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert catalogue.rows("SELECT * FROM files") == catalogue.rows("SELECT * FROM events") == []


def test_a_reader_cannot_write(catalogue: Catalogue) -> None:
    reader = open_catalogue(catalogue.archive)
    with pytest.raises(CatalogueError):
        log_event(reader, EventKind.ADDED)
    reader.close()


def test_a_closed_catalogue_is_not_called_damaged(tmp_path: Path) -> None:
    opened = open_catalogue(tmp_path, write=True)
    opened.close()
    with pytest.raises(UsageError, match="the archive is closed"):
        opened.rows("SELECT 1")


def test_use_from_another_thread_is_not_called_damage(catalogue: Catalogue) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(UsageError, match="can only be used by the thread that opened it"),
    ):
        pool.submit(catalogue.last_change).result()


def test_metadata_of_many_documents_is_read_by_one_query(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        add(catalogue, f"{number}.txt", f"sha256:{number}")
    queries: list[str] = []
    rows = Catalogue.rows

    def count_query(self: Catalogue, sql: str, *values: object) -> list[tuple[object, ...]]:
        queries.append(sql)
        return rows(self, sql, *values)

    monkeypatch.setattr(Catalogue, "rows", count_query)
    assert len(list(catalogue_documents.changed_since(catalogue, 0))) == 20
    assert len(queries) == 1


def test_metadata_is_read_for_each_document_of_several_batches(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_documents, "_BATCH_DOCUMENTS", 3)
    for number in range(10):
        file = save_file(catalogue, FileRecord(0, f"{number}.txt", 1, 1, 1, f"sha256:{number}", State.INDEXED))
        title = Candidate("title", f"Title {number}", Source.EMBEDDED)
        record = document_record(file, f"sha256:{number}", "words", title)
        save_document(catalogue, record, f"{number}.txt", EventKind.ADDED)
    documents = [document for _, document in catalogue_documents.changed_since(catalogue, 0)]
    assert [document.metadata.text("title") for document in documents] == [f"Title {number}" for number in range(10)]
    by_id = {document.id: document for document in documents}
    assert catalogue_documents.documents(catalogue, list(by_id)) == by_id


def test_hits_are_read_by_one_query_and_equal_their_documents(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        file = save_file(catalogue, FileRecord(0, f"{number}.txt", 1, 1, 1, f"sha256:{number}", State.INDEXED))
        candidates = [Candidate("title", f"Title {number}", Source.EMBEDDED)] * (number > 0)
        candidates += [Candidate("author", name, Source.EMBEDDED) for name in ("Holm", "Diop")[:number]]
        record = document_record(file, f"sha256:{number}", "words", *candidates)
        save_document(catalogue, record, f"{number}.txt", EventKind.ADDED)
    documents = {document.id: document for _, document in catalogue_documents.changed_since(catalogue, 0)}
    queries: list[str] = []
    rows = Catalogue.rows

    def count_query(self: Catalogue, sql: str, *values: object) -> list[tuple[object, ...]]:
        queries.append(sql)
        return rows(self, sql, *values)

    monkeypatch.setattr(Catalogue, "rows", count_query)
    hits = hit_records(catalogue, [*documents, "nosuchid"])
    assert len(queries) == 1
    assert hits.keys() == documents.keys()
    for document_id, document in documents.items():
        hit = hits[document_id]
        assert (hit.path, hit.pages, hit.characters) == (document.path, document.pages, document.characters)
        assert hit.changed == document.changed
        for field in ("title", "author", "date"):
            assert tuple(hit.values.get(field, ())) == document.metadata.values(field)
            assert hit.value(field) == document.metadata.value(field)


def test_an_unknown_id_is_an_error_that_names_it(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownDocumentError, match="nosuchid"):
        catalogue_documents.document(catalogue, "nosuchid")


def test_a_document_is_read_as_it_was_saved(catalogue: Catalogue) -> None:
    file = save_file(catalogue, FileRecord(0, "a.txt", 1, 1, 1, "sha256:1", State.INDEXED))
    candidates = (
        Candidate("title", "A title", Source.FIRST_PAGE, "largest print", "A  TITLE", 0.7),
        Candidate("title", "a", Source.FILE_NAME, confidence=0.5),
    )
    key = save_document(catalogue, document_record(file, "sha256:1", "words", *candidates), "a.txt", EventKind.ADDED)
    ((saved_key, document),) = catalogue_documents.changed_since(catalogue, 0)
    assert (saved_key, document.path, document.pages, document.characters) == (key, "a.txt", 1, len("words"))
    assert document.metadata.title == candidates[0]
    assert catalogue_documents.candidates(catalogue, key) == candidates
    text = catalogue_documents.document_text(catalogue, key)
    assert text.all_texts == (Page(1, "words"), Page(1, "head", role=Role.HEADER_FOOTER))
    assert list(catalogue_documents.changed_since(catalogue, document.changed)) == []


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), TEXT), min_size=1, max_size=8))
def test_documents_saved_again_keep_their_ids(
    tmp_path_factory: pytest.TempPathFactory, issues: list[tuple[str, str]]
) -> None:
    opened = open_catalogue(tmp_path_factory.mktemp("archive"), write=True)
    files: dict[str, int] = {}
    names: dict[str, str] = {}
    last: dict[str, str] = {}
    for path, text in issues:
        if path not in files:
            files[path] = save_file(opened, FileRecord(0, path, 1, 1, 1, text, State.INDEXED))
        key = save_document(opened, document_record(files[path], f"sha256:{text}", text), path, EventKind.CHANGED)
        name = opened.rows("SELECT id FROM documents WHERE key = ?", key)[0][0]
        assert names.setdefault(path, name) == name
        last[path] = text
    assert len(set(names.values())) == len(names)
    documents = dict(catalogue_documents.changed_since(opened, 0))
    assert {
        document.path: catalogue_documents.document_text(opened, key).pages[0].text
        for key, document in documents.items()
    } == last
    opened.close()


NAMES = st.binary(min_size=1, max_size=255).filter(lambda name: not {0, 47} & set(name) and name not in {b".", b".."})


@given(st.lists(NAMES, min_size=1, max_size=3))
@example([b"\xff\xfe not UTF-8"])
@example([b"two\nlines", b"back\\slash"])
@example([b"\\x41"])
@example(["\u202e\u2028\x85é".encode()])
def test_a_path_of_any_bytes_becomes_printable_text_and_back(parts: list[bytes]) -> None:
    raw = b"/" + b"/".join(parts)
    text = paths.to_text(os.fsdecode(raw))
    assert os.fsencode(paths.to_path(text)) == raw
    assert len(text.splitlines()) == 1
    assert text.encode("utf-8")
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in text)
    assert paths.to_text(paths.to_path(text)) == text


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_paths_in_the_archive_are_stored_relative_and_outside_absolute(parts: list[bytes]) -> None:
    path = Path(*map(os.fsdecode, parts))
    stored = paths.relative(Path("/old/place") / path, Path("/old/place"))
    assert not stored.startswith("/")
    assert paths.absolute(stored, Path("/new")) == Path("/new") / path
    outside = paths.relative(Path("/other") / path, Path("/old/place"))
    assert paths.absolute(outside, Path("/new")) == Path("/other") / path
