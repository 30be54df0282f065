"""Restoring an archive from a bag: the catalogue as it was, over the files in the bag.

Nothing is extracted again: texts, metadata, corrections, withdrawals and the log come from the dump. The originals stay
in the bag, under ``data``, and are the archive's files from then on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.file_records import add_roots, roots
from corpus.catalogue.integrity import dangling_rows, documents_with_unlogged_change
from corpus.catalogue.row_digests import event_digest
from corpus.catalogue.table_rows import columns_by_table, defer_foreign_keys, fill_digests, insert_rows, is_empty
from corpus.disk.disk_problems import disk_message
from corpus.errors import ArchiveError, CatalogueError
from corpus.folder_scan import file_digest, file_times
from corpus.messages import message
from corpus.settings import SETTINGS_FILE as SETTINGS
from indexer.archivist.bagit import dump
from indexer.archivist.bagit.dump_reader import DumpRow, read_rows
from indexer.archivist.bagit.export_bag import DECLARATION, MANIFEST, TAG_MANIFEST
from indexer.archivist.bagit.payload_names import PAYLOAD, payload_name, read_manifest_lines
from indexer.archivist.verify.report import Progress, no_progress


def is_bag(folder: Path) -> bool:
    """Return whether a folder is a bag with an archive's catalogue."""
    return (folder / DECLARATION).is_file() and (folder / dump.FILE_NAME).is_file()


def unpack(catalogue: Catalogue, folders: Sequence[Path], progress: Progress = no_progress) -> list[Path]:
    """Restore the bags among ``folders`` that this archive was not restored from before.

    The caller must have locked the archive.

    Returns:
        The folders, with the ``data`` folder of a bag in place of the bag.

    Raises:
        ArchiveError: a bag is incomplete or damaged, or the archive is not empty.
    """
    bags = [folder for folder in folders if is_bag(folder)]
    for bag in bags:
        if _text(catalogue, bag / PAYLOAD) not in roots(catalogue):
            restore_into(catalogue, bag, progress)
    return [folder / PAYLOAD if folder in bags else folder for folder in folders]


def restore_into(catalogue: Catalogue, bag: Path, progress: Progress = no_progress) -> None:
    """Fill an empty catalogue from a bag, once every file of the bag has its recorded digest.

    Raises:
        ArchiveError: the bag is incomplete or damaged, or the catalogue is not empty.
    """
    if not is_empty(catalogue):
        raise ArchiveError("bag.not-empty", archive=catalogue.archive, payload=bag / PAYLOAD)
    try:
        tags = _check_tags(bag)
        payload = _check_payload(bag, progress)
        with catalogue.batch():
            _fill(catalogue, bag, payload)
            _check_references(catalogue, bag)
            add_roots(catalogue, [_text(catalogue, bag / PAYLOAD)])
            log_event(catalogue, EventKind.UNPACKED, path=_text(catalogue, bag), files=len(payload))
        if SETTINGS in tags:
            _copy_settings(bag, catalogue.archive)
    except OSError as error:
        failure = message("bag.unreadable", path=error.filename or bag, reason=error.strerror)
        raise ArchiveError.of(disk_message(error, bag) or failure) from error
    except (OverflowError, CatalogueError) as error:
        if isinstance(error, CatalogueError) and error.code.startswith("disk."):
            raise  # it is the archive's disk, and the bag may be sound
        raise ArchiveError("bag.bad-catalogue", bag=bag, reason=error) from error


def _text(catalogue: Catalogue, path: Path) -> str:
    real = path.resolve()
    return paths.relative(real if real.is_relative_to(catalogue.archive) else path, catalogue.archive)


def _check_tags(bag: Path) -> Mapping[str, str]:
    """Check the files that describe the payload, and return their digests by name."""
    digests = {name: value for value, name in read_manifest_lines(bag / TAG_MANIFEST)}
    if unlisted := sorted({DECLARATION, MANIFEST, dump.FILE_NAME} - digests.keys()):
        raise ArchiveError("bag.not-in-manifest", path=bag / TAG_MANIFEST, name=unlisted[0])
    _check_digests(bag, digests, no_progress)
    return digests


def _check_payload(bag: Path, progress: Progress) -> dict[str, str]:
    """Check that the payload is exactly the files of the manifest, and return their digests by name."""
    digests = {name: value for value, name in read_manifest_lines(bag / MANIFEST)}
    present = {
        f"{os.path.relpath(folder, bag)}/{name}" for folder, _, names in os.walk(bag / PAYLOAD) for name in names
    }
    if unlisted := sorted(present - digests.keys()):
        raise ArchiveError("bag.not-in-manifest", path=bag / MANIFEST, name=paths.to_text(unlisted[0]))
    if absent := sorted(digests.keys() - present):
        raise ArchiveError("bag.missing-file", path=bag / absent[0])
    _check_digests(bag, digests, progress)
    return digests


def _check_digests(bag: Path, digests: Mapping[str, str], progress: Progress) -> None:
    root = bag.resolve()
    for done, (name, value) in enumerate(digests.items(), 1):
        path = bag / name
        if path.is_symlink() or not path.is_file() or not path.resolve().is_relative_to(root):
            raise ArchiveError("bag.missing-file", path=path)
        if file_digest(path) != f"sha256:{value}":
            raise ArchiveError("bag.bytes", path=path)
        progress(done, len(digests))


def _fill(catalogue: Catalogue, bag: Path, payload: Mapping[str, str]) -> None:
    defer_foreign_keys(catalogue)
    relocate = _relocation(catalogue, bag, payload)
    rows = (row for row in read_rows(bag / dump.FILE_NAME, columns_by_table(catalogue)) if row.table != "roots")
    convert = {"files": relocate, "events": _with_digest}
    converted = ((row.table, convert[row.table](row) if row.table in convert else row.values) for row in rows)
    for (table, columns), group in groupby(converted, key=lambda row: (row[0], tuple(row[1]))):
        insert_rows(catalogue, table, columns, (values.values() for _, values in group))
    fill_digests(catalogue)


def _with_digest(row: DumpRow) -> Mapping[str, Any]:
    """Return a row of ``events`` with its digest, which bags of earlier versions lack."""
    return row.values if "record_digest" in row.values else {**row.values, "record_digest": event_digest(row.values)}


def _relocation(catalogue: Catalogue, bag: Path, payload: Mapping[str, str]) -> Callable[[DumpRow], Mapping[str, Any]]:
    """Return a function that puts the path and times of the file in the bag into a row of ``files``."""
    taken: set[str] = set()
    unclaimed = set(payload)

    def relocate(row: DumpRow) -> Mapping[str, Any]:
        unsealed = {**row.values, "record_digest": ""}  # the path changes, and the digest with it
        if not row.payload:
            # The file is not in the bag: record the path it would have there, should it come back.
            return {**unsealed, "path": _text(catalogue, bag / payload_name(str(row.values["path"]), taken))}
        if row.payload not in unclaimed or row.values["digest"] != f"sha256:{payload[row.payload]}":
            raise ArchiveError("bag.disagreement", bag=bag, name=row.payload)
        unclaimed.remove(row.payload)
        path = bag / row.payload
        status = path.stat()
        modified, changed = file_times(status)
        times = {"size": status.st_size, "mtime_ns": modified, "ctime_ns": changed}
        return {**unsealed, **times, "path": _text(catalogue, path)}

    return relocate


def _check_references(catalogue: Catalogue, bag: Path) -> None:
    if dangling_rows(catalogue):
        raise ArchiveError("bag.dangling", bag=bag)
    if unlogged := documents_with_unlogged_change(catalogue):
        raise ArchiveError("bag.unlogged-change", bag=bag, id=unlogged[0][0])


def _copy_settings(bag: Path, archive: Path) -> None:
    """Copy the bag's ``muniment.toml`` into the archive, unless it has one."""
    try:
        with (bag / SETTINGS).open("rb") as source, (archive / SETTINGS).open("xb") as copy:
            copy.write(source.read())
    except (FileNotFoundError, FileExistsError):
        return
