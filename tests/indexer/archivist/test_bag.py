"""Bags: provable without this program, all of it or nothing, and an archive again with nothing lost."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import lock, paths
from corpus.catalogue import open_catalogue
from corpus.catalogue.events import EventKind
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.integrity import changed_rows, changed_texts
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source, State
from corpus.errors import ArchiveError, SettingsError
from corpus.folder_scan import file_digest
from corpus.sample import ARCHIVE as SAMPLE
from corpus.trust.confirmed_places import confirm
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.bagit.payload_names import MAX_NAME_BYTES, is_inside, payload_name
from indexer.archivist.bagit.restore import is_bag, restore_into, unpack
from indexer.archivist.corrections import edit
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import restore, withdraw
from indexer.index.update_index import catch_up
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Finished
from indexer.metadata.selection import choose_metadata
from search import Request, open_archive

TAKEN = (
    "letter-to-the-one-who-comes-after-me.txt",
    "statements/2019/ban-on-assemblies-quillon.html",
    "speeches/2018-10-19-closing-remarks-calderon.txt",
)
ODD = (b"50% off.txt", b"two\nlines.txt", b"back\\slash.txt", b"not-utf8-\xff\xe9.txt", b"eq=41.txt", b" sp ace .txt",
       "Ünïcödé – 中文.txt".encode())  # fmt: skip

TABLES = {
    "files": "SELECT key, size, digest, state, reason, reader, attempts, duplicate_of FROM files ORDER BY rowid",
    "documents": "SELECT * FROM documents ORDER BY rowid",
    "pages": "SELECT * FROM pages ORDER BY rowid",
    "candidates": "SELECT * FROM candidates ORDER BY rowid",
    "events": "SELECT * FROM events ORDER BY rowid",
}


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("bag")
    archive, outside = base / "archive", base / "outside"
    for name in TAKEN:
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, archive / name)
    for number, odd_name in enumerate(ODD):
        Path(os.fsdecode(os.fsencode(archive) + b"/" + odd_name)).write_text(f"An odd name, number {number}.")
    shutil.copyfile(archive / TAKEN[0], archive / "copy.txt")
    (archive / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (archive / "muniment.toml").write_text('[archive]\nname = "The Lantern"\n')
    (archive / "long.txt").write_text("A word and another word. " * 4000)
    (archive / "gone.txt").write_text("This one will be gone.")
    outside.mkdir()
    (outside / "far.txt").write_text("From another folder.")
    list(index(archive, [archive, outside], Options(jobs=1)))
    (archive / "gone.txt").unlink()
    list(index(archive, (), Options(jobs=1)))
    first, second, third = sorted(ids(archive))[:3]
    edit(archive, first, {"title": "Corrected", "author": "Ana; Ben", "date": ""}, who="Ines")
    withdraw(archive, second, "names a witness", "Ines")
    edit(archive, third, {"date": "2017/2019", "category": "Zine"})
    return base


@pytest.fixture
def archive(_filled: Path, tmp_path: Path) -> Path:
    """An archive with odd names, a copy, a failure, a missing file, corrections and a tombstone; the test's own."""
    shutil.copytree(_filled / "archive", tmp_path / "archive", symlinks=True)
    confirm(tmp_path / "archive", [_filled / "outside"])
    return tmp_path / "archive"


@pytest.fixture(scope="module")
def _bagged(_filled: Path) -> Path:
    export_bag(_filled / "archive", _filled / "bag", with_withdrawn=True)
    return _filled / "bag"


@pytest.fixture
def bag(_bagged: Path, tmp_path: Path) -> Path:
    """A bag of that archive; the test's own."""
    return shutil.copytree(_bagged, tmp_path / "bag")


def ids(archive: Path) -> set[str]:
    with open_archive(archive) as opened:
        return {hit.id for hit in opened.search(Request(query="*", limit=1000)).hits}


def dump(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    catalogue = open_catalogue(archive)
    try:
        rows = {name: catalogue.rows(sql) for name, sql in TABLES.items()}
    finally:
        catalogue.close()
    rows["events"] = [row for row in rows["events"] if row[2] != "unpacked"]
    return rows


def sha256sum_passes(bag: Path) -> bool:
    checks = [
        subprocess.run(["sha256sum", "--strict", "--quiet", "-c", name], cwd=bag, capture_output=True, check=False)
        for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt")
    ]
    return not any(check.returncode or check.stdout or check.stderr for check in checks)


def rewrite_tag_manifest(bag: Path) -> None:
    """Make the tag manifest fit the tag files, as somebody who forges a bag would."""
    lines = (bag / "tagmanifest-sha256.txt").read_text().splitlines()
    names = [line.partition("  ")[2] for line in lines]
    made = [f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / "tagmanifest-sha256.txt").write_text("".join(made))


# --- out ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_sha256sum_verifies_a_bag_with_any_file_names(bag: Path) -> None:
    assert sha256sum_passes(bag)
    listed = (bag / "manifest-sha256.txt").read_text().splitlines()
    assert len(listed) == sum(path.is_file() for path in (bag / "data").rglob("*")) == len(TAKEN) + len(ODD) + 4
    assert not any(character in line for line in listed for character in "%\\\r")
    first = next(path for path in (bag / "data").rglob("*.txt"))
    first.write_bytes(first.read_bytes() + b"!")
    assert not sha256sum_passes(bag)


def test_a_bag_describes_itself_and_has_a_table_of_the_metadata(bag: Path, archive: Path) -> None:
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    info = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text().splitlines())
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    assert info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    assert info["Source-Organization"] == "The Lantern"
    with (bag / "metadata.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["dcterms:identifier"]: row for row in csv.DictReader(stream)}
    (corrected,) = [row for row in rows.values() if row["dcterms:title"] == "Corrected"]
    assert (corrected["dcterms:creator"], corrected["dcterms:issued"]) == ("Ana; Ben", "")
    assert ids(archive) < set(rows)
    assert {row["state"] for row in rows.values()} == {"indexed", "withdrawn", "missing"}
    assert all((bag / row["payload"]).is_file() for row in rows.values() if row["payload"])


def test_the_dump_has_every_row_as_a_line_of_json(bag: Path, archive: Path) -> None:
    lines = [json.loads(line) for line in (bag / "catalogue.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert lines[0]["rows"]["pages"] == len(dump(archive)["pages"])
    assert sum(lines[0]["rows"].values()) == len(lines) - 1


def test_a_bag_needs_an_empty_folder_outside_the_archive(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("keep")
    for target in (tmp_path / "full", archive / "bag", archive):
        with pytest.raises(ArchiveError):
            export_bag(archive, target)
    (tmp_path / "empty").mkdir()
    assert is_bag(Path(export_bag(archive, tmp_path / "empty").path))
    assert (tmp_path / "full" / "mine").read_text() == "keep"


def test_a_changed_file_stops_the_export_and_nothing_is_left(archive: Path, tmp_path: Path) -> None:
    (archive / TAKEN[0]).write_text("changed since")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ArchiveError, match="letter-to-the-one"):
        export_bag(archive, tmp_path / "bag")
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow beyond this: writing fails as it does on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ArchiveError, match="cannot be written"):
            export_bag(archive, tmp_path / "bag")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sorted(tmp_path.iterdir()) == before


def test_an_interrupted_export_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        export_bag(archive, tmp_path / "bag", progress=stop)
    assert sorted(tmp_path.iterdir()) == before


NAMES = st.lists(st.binary(min_size=1, max_size=MAX_NAME_BYTES).map(lambda raw: raw.translate(None, b"\x00/")).filter(
    lambda raw: raw not in (b"", b".", b"..")), min_size=1, max_size=3)  # fmt: skip


@given(st.lists(NAMES, max_size=8, unique_by=tuple), st.booleans())
def test_every_path_has_a_safe_name_of_its_own_in_a_bag(found: list[list[bytes]], absolute: bool) -> None:
    taken: set[str] = set()
    texts = [paths.to_text(os.fsdecode(b"/" * absolute + b"/".join(parts))) for parts in found]
    made = [payload_name(text, taken) for text in texts]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert is_inside(name)
        assert name.isprintable() or not any(character in name for character in "\r\n%\\\x00")
        assert all(len(part.encode()) <= MAX_NAME_BYTES for part in name.split("/"))


def restore_bag(bag: Path, archive: Path) -> None:
    confirm(archive, [bag])
    with lock.write_lock(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        restore_into(catalogue, bag)
        for _ in catch_up(catalogue):
            pass


# --- and back ----------------------------------------------------------------------------------------------------


def test_a_bag_restores_every_row_of_the_catalogue(bag: Path, archive: Path, tmp_path: Path) -> None:
    restore_bag(bag, tmp_path / "new")
    assert dump(tmp_path / "new") == dump(archive)
    assert ids(tmp_path / "new") == ids(archive)
    assert (tmp_path / "new" / "muniment.toml").read_text() == (archive / "muniment.toml").read_text()


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\u2028\x85"), max_size=40)
CANDIDATES = st.builds(
    Candidate, st.sampled_from(["title", "date", "author"]), TEXT, st.sampled_from(Source), TEXT, TEXT, st.floats(0, 1)
)
PAGES = st.builds(Page, st.integers(1, 9), TEXT, st.none() | TEXT, st.sampled_from(Role), st.booleans())


@settings(max_examples=8, deadline=None)
@given(st.lists(PAGES, max_size=4), st.lists(CANDIDATES, max_size=4), TEXT)
def test_any_text_in_a_catalogue_is_restored_the_same(found: list[Page], said: list[Candidate], reason: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive, back = Path(folder) / "archive", Path(folder) / "back"
        archive.mkdir()
        (archive / "one.txt").write_text("one")
        catalogue = open_catalogue(archive, write=True)
        with catalogue.batch():
            key = save_file(
                catalogue, FileRecord(0, "one.txt", 3, 1, 1, file_digest(archive / "one.txt"), State.PARTIAL)
            )
            extraction = Extraction("text", "text/plain", DocumentText.of(found), state=State.PARTIAL, reason=reason)
            save_document(
                catalogue,
                DocumentRecord(key, "sha256:1", "txt", extraction, tuple(said), choose_metadata(said)),
                "one.txt",
                EventKind.ADDED,
            )
        catalogue.close()
        export_bag(archive, Path(folder) / "bag")
        restore_bag(Path(folder) / "bag", back)
        assert dump(back) == dump(archive)


def test_the_next_run_over_a_restored_archive_changes_nothing(bag: Path, tmp_path: Path) -> None:
    archive = tmp_path / "new"
    restore_bag(bag, archive)
    before = dump(archive)
    assert verify(archive).holds
    last = list(index(archive, (), Options(jobs=1)))[-1]
    assert isinstance(last, Finished)
    assert last.summary.unchanged == last.summary.files == len(TAKEN) + len(ODD) + 4
    assert dump(archive) == before


def test_a_bag_of_a_restored_archive_restores_it_again(bag: Path, archive: Path, tmp_path: Path) -> None:
    restore_bag(bag, tmp_path / "new")
    export_bag(tmp_path / "new", tmp_path / "bag2", with_withdrawn=True)
    restore_bag(tmp_path / "bag2", tmp_path / "newer")
    assert dump(tmp_path / "newer")["candidates"] == dump(archive)["candidates"]
    assert verify(tmp_path / "newer").holds


def test_a_document_withdrawn_in_a_bag_can_be_restored(bag: Path, archive: Path, tmp_path: Path) -> None:
    restore_bag(bag, tmp_path / "new")
    catalogue = open_catalogue(archive)
    (name,) = [row[0] for row in catalogue.rows("SELECT id FROM documents WHERE state = 'withdrawn'")]
    catalogue.close()
    assert restore(tmp_path / "new", name).state == "indexed"
    assert name in ids(tmp_path / "new")


def test_a_bag_is_restored_only_once_and_into_an_empty_archive(bag: Path, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="not an empty archive"):
        restore_bag(bag, archive)
    assert not is_bag(archive)
    restore_bag(bag, tmp_path / "new")
    catalogue = open_catalogue(tmp_path / "new", write=True)
    assert unpack(catalogue, [bag, archive]) == [bag / "data", archive]
    catalogue.close()


def change_dump(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Path], None]:
    def harm(bag: Path) -> None:
        path = bag / "catalogue.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        change(lines)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        rewrite_tag_manifest(bag)

    return harm


def row_of(lines: list[dict[str, Any]], table: str) -> dict[str, Any]:
    return next(line["row"] for line in lines if line.get("table") == table)


def list_outside_file(bag: Path) -> None:
    (bag / "manifest-sha256.txt").write_text(f"{'0' * 64}  data/../../x\n")
    rewrite_tag_manifest(bag)


HARMS: dict[str, Callable[[Path], object]] = {
    "a byte flipped": lambda bag: next((bag / "data").glob("*.txt")).write_text("other"),
    "a file gone": lambda bag: next((bag / "data").glob("*.txt")).unlink(),
    "a file more": lambda bag: (bag / "data" / "more").write_text("x"),
    "a tag changed": lambda bag: (bag / "catalogue.jsonl").write_text("{}"),
    "no manifest": lambda bag: (bag / "manifest-sha256.txt").unlink(),
    "a manifest of nonsense": lambda bag: (bag / "manifest-sha256.txt").write_bytes(b"\xff\xfe"),
    "a file outside": list_outside_file,
    "no head": change_dump(lambda lines: lines.pop(0)),
    "a row lost": change_dump(lambda lines: lines.pop()),
    "another version": change_dump(lambda lines: lines[0].update(schema=999)),
    "a strange table": change_dump(lambda lines: lines[1].update(table="sqlite_schema")),
    "a strange column": change_dump(lambda lines: row_of(lines, "files").update({"x) --": 1})),
    "a strange state": change_dump(lambda lines: row_of(lines, "documents").update(state="eaten")),
    "a strange id": change_dump(lambda lines: row_of(lines, "documents").update(id="../../x")),
    "a list for a text": change_dump(lambda lines: row_of(lines, "pages").update(text=["x"])),
    "half a character": change_dump(lambda lines: row_of(lines, "pages").update(text="\ud800")),
    "a number too large": change_dump(lambda lines: row_of(lines, "files").update(attempts=10**30)),
    "a text for a number": change_dump(lambda lines: row_of(lines, "files").update(attempts="many")),
    "a row of nowhere": change_dump(lambda lines: row_of(lines, "pages").update(document=999)),
    "a key used twice": change_dump(lambda lines: row_of(lines, "documents").update(key=2)),
    "a change of nobody": change_dump(lambda lines: row_of(lines, "documents").update(changed=10**6)),
    "bytes under another name": change_dump(
        lambda lines: next(line for line in lines if line.get("payload")).update(payload="data/copy.txt")
    ),
}


def make_dump_old(lines: list[dict[str, Any]]) -> None:
    """Turn a dump into one of schema version 2, which had no digests of rows and texts."""
    lines[0]["schema"] = 2
    for line in lines[1:]:
        for column in ("again", "reader_version", "text_digest", "record_digest"):
            line["row"].pop(column, None)


def test_a_bag_of_the_version_before_is_restored(bag: Path, archive: Path, tmp_path: Path) -> None:
    change_dump(make_dump_old)(bag)
    restore_bag(bag, tmp_path / "new")
    assert ids(tmp_path / "new") == ids(archive)
    with closing(open_catalogue(tmp_path / "new")) as catalogue:
        assert not changed_texts(catalogue)
        assert not changed_rows(catalogue)


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_an_incomplete_or_forged_bag_restores_nothing(
    bag: Path, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    harm(bag)
    with pytest.raises(ArchiveError):
        restore_bag(bag, tmp_path / "new")
    catalogue = open_catalogue(tmp_path / "new")
    assert not catalogue.rows("SELECT 1 FROM documents UNION ALL SELECT 1 FROM files UNION ALL SELECT 1 FROM events")
    catalogue.close()


def test_settings_that_are_no_text_end_an_export_with_one_error(archive: Path, tmp_path: Path) -> None:
    (archive / "muniment.toml").write_bytes(b"name = \xd3")
    with pytest.raises(SettingsError, match="TOML"):
        export_bag(archive, tmp_path / "bag")
