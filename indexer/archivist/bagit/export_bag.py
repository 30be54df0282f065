"""Export of an archive to a bag (RFC 8493): originals, digests, metadata, catalogue.

Such a bag can be verified without this program: run ``sha256sum -c manifest-sha256.txt`` inside it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from corpus import VERSION, paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import changed_since, file_keys
from corpus.catalogue.erasure.erase_rows import erasable, with_same_content
from corpus.catalogue.erasure.tombstones import ids_in_state
from corpus.catalogue.file_records import FileRecord, all_files, roots
from corpus.catalogue.statistics import documents_by_state
from corpus.disk.disk_problems import disk_message
from corpus.disk.new_folders import require_new_folder
from corpus.document import State
from corpus.errors import ArchiveError, CatalogueError
from corpus.fields import BY_NAME, FIELDS
from corpus.messages import message, render
from corpus.settings import SETTINGS_FILE as SETTINGS
from corpus.settings import load_settings
from corpus.trust.confirmed_places import ConfirmedPlaces
from corpus.trust.enclosing_archive import enclosing_archive
from corpus.trust.table_cells import table_line
from indexer.archivist.bagit import dump
from indexer.archivist.bagit.bag_drafts import DRAFT_ENDING, bag_draft
from indexer.archivist.bagit.payload_names import PAYLOAD, manifest_line, payload_name
from indexer.archivist.erasure import left_out_with_withdrawn, replace_withdrawn
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.report import Progress, no_progress

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DECLARATION = "bagit.txt"
TABLE = "metadata.csv"
NO_TOMBSTONES: Mapping[str, str] = {}
BLOCK_BYTES = 1 << 20
"""Bytes read and copied at a time."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The result of an export.

    Attributes:
        path: folder of the bag.
        files, bytes: number and size of the originals in it.
        documents: number of documents in its table; those left out and those erased before are not in it.
        withdrawn: number of withdrawn ones in it; without ``with_withdrawn``, of those left out, with those inside
            them and their copies.
        left_out: (path, reason) of catalogued files that are not in the bag.
        with_withdrawn: whether the bag has the withdrawn documents; otherwise it has tombstones in their places.
        containers: paths of files in the bag that contain a withdrawn document beside others.
    """

    path: str
    files: int
    bytes: int
    documents: int
    withdrawn: int
    left_out: tuple[tuple[str, str], ...]
    with_withdrawn: bool = False
    containers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Packing:
    """A bag while it is filled: its folder, digests and names of its payload, and the reasons of its tombstones."""

    folder: Path
    tombstones: Mapping[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    bytes: int = 0


def export_bag(archive: Path, target: Path, *, with_withdrawn: bool = False, progress: Progress = no_progress) -> Bag:
    """Export the archive to a bag in the new or empty folder ``target``, all of it or nothing.

    Args:
        archive: the archive's folder.
        target: folder of the bag.
        with_withdrawn: put the withdrawn documents into the bag, and the reasons of erasures. Otherwise it has
            tombstones without reasons, and an archive that is restored from it keeps the contents out.
        progress: called after each file.

    Raises:
        ArchiveError: ``target`` is not empty, lies in the archive, or cannot be written; or a file differs from its
            record, so that the bag's catalogue would not describe the bag's files.
        CatalogueError: there is no catalogue, or it cannot be read.
        SettingsError: the settings cannot be read.
    """
    archive, target = archive.resolve(), target.resolve()
    with read_transaction(archive) as catalogue:
        _check_target(catalogue, target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with bag_draft(archive, target) as draft:
                pack = _pack if with_withdrawn else _pack_without_withdrawn
                bag = pack(catalogue, draft, target, progress)
                draft.replace(target)
        except OSError as error:
            raise _unwritable(target, error) from error
    return bag


def _pack_without_withdrawn(catalogue: Catalogue, draft: Path, target: Path, progress: Progress) -> Bag:
    """Fill a bag from a copy of the catalogue in which the withdrawn documents are erased, without any reasons."""
    withdrawn = [erasable(catalogue, document_id) for document_id in ids_in_state(catalogue, State.WITHDRAWN)]
    erased = render(message("bag.erased"))
    tombstones = dict.fromkeys(ids_in_state(catalogue, State.ERASED), erased)
    if not withdrawn:
        return replace(_pack(catalogue, draft, target, progress, tombstones), with_withdrawn=False)
    path = draft / ".catalogue.db"
    try:
        with catalogue.private_copy(path) as copy:
            with copy.batch():
                replace_withdrawn(copy)
            replaced = left_out_with_withdrawn(catalogue)
            left_out = dict.fromkeys(ids_in_state(copy, State.ERASED), render(message("bag.withdrawn")))
            bag = _pack(copy, draft, target, progress, {**left_out, **tombstones})
            packed = {record.path for record in all_files(copy) if record.state is not State.MISSING}
    except CatalogueError as error:
        if error.parameters.get("path") != path:
            raise
        raise ArchiveError("bag.not-writable", target=target, reason=error.message) from error
    with_copies = [*withdrawn, *(copy for one in withdrawn for copy in with_same_content(catalogue, one))]
    containers = sorted({one.path for one in with_copies if one.part} & packed)
    return replace(bag, withdrawn=len(replaced.documents), with_withdrawn=False, containers=tuple(containers))


def _unwritable(target: Path, error: OSError) -> ArchiveError:
    place = Path(os.fsdecode(error.filename)) if error.filename else target
    if any(part.endswith(DRAFT_ENDING) for part in place.parts):
        place = target  # the draft is gone by now
    failure = message("bag.not-writable", target=target, reason=error.strerror or error)
    return ArchiveError.of(disk_message(OSError(error.errno, error.strerror), place) or failure)


def _check_target(catalogue: Catalogue, target: Path) -> None:
    folders = [catalogue.archive, *(paths.absolute(text, catalogue.archive) for text in roots(catalogue))]
    if any(target.is_relative_to(folder) for folder in folders) or enclosing_archive(target):
        raise ArchiveError("bag.inside-archive", target=target)
    try:
        require_new_folder(target)
    except OSError as error:
        raise _unwritable(target, error) from error


def _pack(
    catalogue: Catalogue, folder: Path, target: Path, progress: Progress, tombstones: Mapping[str, str] = NO_TOMBSTONES
) -> Bag:
    """Fill a bag in ``folder``, to be moved to ``target``."""
    packing = _Packing(folder, tombstones)
    (folder / PAYLOAD).mkdir()
    left_out = _copy_originals(catalogue, packing, progress)
    states = documents_by_state(catalogue)
    documents = states.total() - states[State.ERASED.value]
    tags = dict(_write_tags(catalogue, packing, documents))
    tags[MANIFEST] = _write(folder / MANIFEST, (manifest_line(d, n) for n, d in sorted(packing.digests.items())))
    _write(folder / TAG_MANIFEST, (manifest_line(digest, name) for name, digest in sorted(tags.items())))
    withdrawn = states[State.WITHDRAWN.value]
    return Bag(
        str(target), len(packing.digests), packing.bytes, documents, withdrawn, tuple(left_out),
        with_withdrawn=True,
    )  # fmt: skip


def _copy_originals(catalogue: Catalogue, packing: _Packing, progress: Progress) -> list[tuple[str, str]]:
    """Copy every file into the payload, and return (path, reason) of those that could never be read."""
    records = [record for record in all_files(catalogue) if record.state is not State.MISSING]
    left_out, changed, taken = [], [], set[str]()
    places = ConfirmedPlaces(catalogue.archive)
    for done, record in enumerate(records, 1):
        source, name = paths.absolute(record.path, catalogue.archive), payload_name(record.path, taken)
        if not places.allow(source):
            raise ArchiveError("bag.unconfirmed", path=record.path)
        digest = _copy(source, packing.folder / name)
        if digest and digest[0] == record.digest:
            packing.digests[name], packing.names[record.key] = digest[0].removeprefix("sha256:"), name
            packing.bytes += digest[1]
        elif not record.digest and not digest:
            left_out.append((record.path, record.reason or render(message("bag.left-out"))))
        else:
            changed.append(record)
        progress(done, len(records))
    if changed:
        raise _changed(changed)
    return left_out


def _changed(records: list[FileRecord]) -> ArchiveError:
    if len(records) == 1:
        return ArchiveError("bag.file-changed", path=records[0].path)
    return ArchiveError("bag.files-changed", path=records[0].path, more=len(records) - 1)


def _copy(source: Path, target: Path) -> tuple[str, int] | None:
    """Copy a file's bytes and times.

    Returns:
        The digest and number of the bytes, or None when the file cannot be opened.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not source.is_file():  # opening a pipe would block
            return None
        stream = source.open("rb")
    except OSError:
        return None
    count, hashed = 0, hashlib.sha256()
    with stream, target.open("xb") as copy:
        while block := _read(stream, source):
            hashed.update(block)
            copy.write(block)
            count += len(block)
        times = os.fstat(stream.fileno())
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    return f"sha256:{hashed.hexdigest()}", count


def _read(stream: BinaryIO, source: Path) -> bytes:
    try:
        return stream.read(BLOCK_BYTES)
    except OSError as error:  # which names no file, and is no fault of the bag's disk
        raise OSError(error.errno, error.strerror, str(source)) from error


def _write_tags(catalogue: Catalogue, packing: _Packing, documents: int) -> Iterator[tuple[str, str]]:
    """Write the files that describe the payload, and yield the name and digest of each."""
    folder = packing.folder
    yield DECLARATION, _write(folder / DECLARATION, ["BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"])
    yield dump.FILE_NAME, _write(folder / dump.FILE_NAME, dump.dump_lines(catalogue, packing.names, packing.tombstones))
    yield TABLE, _write(folder / TABLE, _table(catalogue, packing))
    settings = catalogue.archive / SETTINGS
    if settings.is_file():
        load_settings(catalogue.archive)  # its error names what is wrong with a file that is not TOML
        yield SETTINGS, _write(folder / SETTINGS, [settings.read_text(encoding="utf-8")])
    yield "bag-info.txt", _write(folder / "bag-info.txt", _info(catalogue, packing, documents))


def _info(catalogue: Catalogue, packing: _Packing, documents: int) -> Iterator[str]:
    name = " ".join(load_settings(catalogue.archive).name.split())
    if name:
        yield f"Source-Organization: {name}\n"
    yield f"Bagging-Date: {datetime.now(UTC).date()}\n"
    yield f"Bag-Software-Agent: Muniment {VERSION}\n"
    yield f"Payload-Oxum: {packing.bytes}.{len(packing.digests)}\n"
    yield f"External-Description: Document archive of {documents} documents; metadata in {TABLE}\n"


def _write(path: Path, lines: Iterable[str]) -> str:
    """Write a text file, and return the SHA-256 of its bytes."""
    hashed = hashlib.sha256()
    with path.open("xb") as stream:
        for line in lines:
            data = line.encode("utf-8")
            hashed.update(data)
            stream.write(data)
    return hashed.hexdigest()


_COLUMNS = (BY_NAME["id"], *(field for field in FIELDS if field.described), BY_NAME["format"])


def _table(catalogue: Catalogue, packing: _Packing) -> Iterator[str]:
    """Yield the metadata as lines of CSV under Dublin Core names; several authors are separated by ``; ``.

    Tombstones have no metadata and are left out.
    """
    yield table_line([*(field.term for field in _COLUMNS), "state", "reason", "pages", "payload", "part", "path"])
    files = file_keys(catalogue)
    for _, document in changed_since(catalogue, -1):
        if document.state is State.ERASED:
            continue
        values = [
            document.metadata.text(field.name) if field.described else str(getattr(document, field.name))
            for field in _COLUMNS
        ]
        payload = packing.names.get(files.get(document.id, 0), "")
        state = (document.state.value, document.reason, str(document.pages))
        yield table_line([*values, *state, payload, document.part, document.path])
