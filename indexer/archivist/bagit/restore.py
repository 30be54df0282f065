"""An archive out of a bag: the catalogue as it was, ids and corrections included, over the files as they lie in it.

Nothing is read anew: texts, metadata, corrections, tombstones and the log come out of the dump. The originals stay in
the bag, under ``data``, and are the archive's files from then on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.file_records import add_roots, roots
from corpus.errors import ArchiveError, CatalogueError
from corpus.folder_scan import digest
from corpus.settings import FILE_NAME as SETTINGS
from indexer.archivist.bagit import dump
from indexer.archivist.bagit.dump_reader import AGAIN, DumpRow, read_rows
from indexer.archivist.bagit.export import DECLARATION, MANIFEST, TAG_MANIFEST
from indexer.archivist.bagit.payload_names import PAYLOAD, payload_name, read_manifest_lines
from indexer.archivist.verify.report import Progress, unwatched
from indexer.index.writer import catch_up


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of a bag: where its files are, and how many files, documents and events were taken in."""

    data: str
    files: int
    documents: int
    events: int


def is_bag(folder: Path) -> bool:
    """Whether a folder is a bag that holds an archive's catalogue."""
    return (folder / DECLARATION).is_file() and (folder / dump.FILE_NAME).is_file()


def unpack(catalogue: Catalogue, folders: Sequence[Path], progress: Progress = unwatched) -> list[Path]:
    """Restore a bag among ``folders``, if there is one; the folders with ``data`` of the bag in its place.

    To be called by whoever holds the archive, before its folders are looked at. A bag that this archive came from is
    not restored again.

    Raises:
        ArchiveError: the bag is not whole, or the archive holds something else already.
    """
    bags = [folder for folder in folders if is_bag(folder)]
    for bag in bags:
        if _text(catalogue, bag / PAYLOAD) not in roots(catalogue):
            restore_into(catalogue, bag, progress)
    return [folder / PAYLOAD if folder in bags else folder for folder in folders]


def restore_bag(bag: Path, archive: Path, *, progress: Progress = unwatched) -> Restored:
    """Restore the bag in the folder ``bag`` as the archive ``archive``, which must not hold anything yet.

    Raises:
        ArchiveError: it is no bag of an archive or not whole, or the archive is not empty.
        CatalogueError, LockedError, IndexStateError: as for any change.
    """
    bag, archive = Path(os.path.abspath(bag)), archive.resolve()  # noqa: PTH100 (resolve() would follow links)
    if not is_bag(bag):
        raise ArchiveError(f"{bag}: not a bag with an archive's catalogue", "'muniment export --bag' makes such bags.")
    with lock.writing(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        restored = restore_into(catalogue, bag, progress)
        for _ in catch_up(catalogue):
            pass
    return restored


def restore_into(catalogue: Catalogue, bag: Path, progress: Progress = unwatched) -> Restored:
    """Fill an empty catalogue from a bag, after every file of the bag was found to be whole.

    Raises:
        ArchiveError: the bag is not whole, or the catalogue not empty.
    """
    if catalogue.rows("SELECT 1 FROM files UNION ALL SELECT 1 FROM documents UNION ALL SELECT 1 FROM events LIMIT 1"):
        hint = f"Restore it into an empty folder; or bring in its files alone: 'muniment index {bag / PAYLOAD}'."
        raise ArchiveError(f"{catalogue.archive}: holds an archive already, a bag fills an empty one", hint)
    try:
        tags = _check_tags(bag)
        payload = _check_payload(bag, progress)
        with catalogue.batch():
            _fill(catalogue, bag, payload)
            _check_links(catalogue, bag)
            add_roots(catalogue, [_text(catalogue, bag / PAYLOAD)])
            catalogue.log("unpacked", path=_text(catalogue, bag), files=len(payload))
        if SETTINGS in tags:
            _take_settings(bag, catalogue.archive)
    except OSError as error:
        raise ArchiveError(f"{error.filename or bag}: cannot be read: {error.strerror}", AGAIN) from error
    except (OverflowError, CatalogueError) as error:
        raise ArchiveError(f"{bag}: its catalogue cannot be taken in: {error}", AGAIN) from error
    files, documents, events = (
        catalogue.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 (three names of ours)
        for table in ("files", "documents", "events")
    )
    return Restored(str(bag / PAYLOAD), files, documents, events)


def _text(catalogue: Catalogue, path: Path) -> str:
    real = path.resolve()
    return paths.relative(real if real.is_relative_to(catalogue.archive) else path, catalogue.archive)


def _check_tags(bag: Path) -> Mapping[str, str]:
    held = {name: value for value, name in read_manifest_lines(bag / TAG_MANIFEST)}
    if missing := sorted({DECLARATION, MANIFEST, dump.FILE_NAME} - held.keys()):
        raise ArchiveError(f"{bag / TAG_MANIFEST}: does not vouch for {missing[0]}", AGAIN)
    _compare(bag, held, unwatched)
    return held


def _check_payload(bag: Path, progress: Progress) -> dict[str, str]:
    """Digest by name of every file of the payload, all found whole and none there that is not listed."""
    held = {name: value for value, name in read_manifest_lines(bag / MANIFEST)}
    there = {f"{os.path.relpath(folder, bag)}/{name}" for folder, _, names in os.walk(bag / PAYLOAD) for name in names}
    if odd := sorted(map(paths.to_text, there - held.keys())) + sorted(held.keys() - there):
        raise ArchiveError(f"{bag}: {odd[0]}: stands in the bag or in its manifest, not in both", AGAIN)
    _compare(bag, held, progress)
    return held


def _compare(bag: Path, held: Mapping[str, str], progress: Progress) -> None:
    home = bag.resolve()
    for done, (name, value) in enumerate(held.items(), 1):
        path = bag / name
        if path.is_symlink() or not path.is_file() or not path.resolve().is_relative_to(home):
            raise ArchiveError(f"{path}: is not there, or is no file", AGAIN)
        if digest(path) != f"sha256:{value}":
            raise ArchiveError(f"{path}: its bytes are not those the bag was made with", AGAIN)
        progress(done, len(held))


def _fill(catalogue: Catalogue, bag: Path, payload: Mapping[str, str]) -> None:
    catalogue.run("PRAGMA defer_foreign_keys = ON")  # files and documents speak of each other
    known = dump.tables(catalogue)
    place = _placing(catalogue, bag, payload)
    rows = (row for row in read_rows(bag / dump.FILE_NAME, known) if row.table != "roots")
    for (table, columns), same in groupby(rows, key=lambda row: (row.table, tuple(row.values))):
        names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (names that the catalogue knows)
        catalogue.run_many(sql, (tuple((place(row) if table == "files" else row.values).values()) for row in same))


def _placing(catalogue: Catalogue, bag: Path, payload: Mapping[str, str]) -> Callable[[DumpRow], Mapping[str, Any]]:
    """What turns a row of ``files`` into one of this archive: its path and times are those of the bag's file."""
    taken: set[str] = set()
    unplaced = set(payload)

    def place(row: DumpRow) -> Mapping[str, Any]:
        if not row.payload:
            # It is not in the bag: where it would lie, should it come back.
            return {**row.values, "path": _text(catalogue, bag / payload_name(str(row.values["path"]), taken))}
        if row.payload not in unplaced or row.values["digest"] != f"sha256:{payload[row.payload]}":
            raise ArchiveError(f"{bag}: {row.payload}: the catalogue and the manifest do not agree on it", AGAIN)
        unplaced.remove(row.payload)
        path = bag / row.payload
        status = path.stat()
        times = {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "ctime_ns": status.st_ctime_ns}
        return {**row.values, **times, "path": _text(catalogue, path)}

    return place


def _check_links(catalogue: Catalogue, bag: Path) -> None:
    """The dump holds together: no row speaks of one that is not there, no document of a change that never was."""
    if catalogue.rows("PRAGMA foreign_key_check"):
        raise ArchiveError(f"{bag}: its catalogue speaks of rows that are not in it", AGAIN)
    odd = catalogue.rows(
        "SELECT d.id FROM documents d LEFT JOIN events e ON e.number = d.changed"
        " WHERE coalesce(e.document, '') <> d.id LIMIT 1"
    )
    if odd:
        raise ArchiveError(f"{bag}: its catalogue names a change of {odd[0][0]} that is not in its log", AGAIN)


def _take_settings(bag: Path, archive: Path) -> None:
    """The bag's ``muniment.toml`` becomes that of the archive, unless it has one."""
    try:
        with (bag / SETTINGS).open("rb") as source, (archive / SETTINGS).open("xb") as copy:
            copy.write(source.read())
    except (FileNotFoundError, FileExistsError):
        return
