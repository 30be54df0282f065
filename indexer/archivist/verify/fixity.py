"""Fixity: the catalogue compared with the files, their presence, size and every byte."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.erasure.tombstones import erased_contents
from corpus.catalogue.file_records import FileRecord, all_files, roots
from corpus.document import State
from corpus.folder_scan import BlockedPath, ScannedFile, file_digest, file_times, scan_folders
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.archivist.verify.report import Difference, Progress, difference
from indexer.listings.sidecars import is_sidecar


@dataclass(frozen=True, slots=True)
class FixityResult:
    """The result of comparing the catalogue with the files.

    Attributes:
        differences: files that differ from their records, and files without a record.
        on_disk: files found in the folders of the archive, or at the path of a record outside of them.
        digested, bytes: files read in full, and their bytes.
        not_looked_at: recorded files outside the archive, in folders that this user has not named on this machine.
    """

    differences: tuple[Difference, ...]
    on_disk: int
    digested: int
    bytes: int
    not_looked_at: int


def check_files(catalogue: Catalogue, exclude: tuple[str, ...], progress: Progress, *, digests: bool) -> FixityResult:
    """Check every file of the catalogue and look for unrecorded files in its folders.

    Args:
        catalogue: of the archive.
        exclude: patterns of the settings for files that are not documents.
        progress: called after each file of the catalogue.
        digests: read every byte and compare the digest; otherwise only presence and size.
    """
    records = all_files(catalogue)
    present = [record for record in records if record.state is not State.MISSING]
    missing_paths = {record.path for record in records if record.state is State.MISSING}
    folders = set(roots(catalogue))
    places = ConfirmedPlaces(catalogue.archive)
    differences: list[Difference] = []
    found_paths, digested, size = set(), 0, 0
    left_out: Counter[Path] = Counter()
    for done, record in enumerate(present, 1):
        path = paths.absolute(record.path, catalogue.archive)
        if not places.allow(path):
            left_out[_folder_of(path, folders, catalogue.archive)] += 1
            continue
        checked = _check(record, catalogue.archive, digests=digests, linked=record.path in folders)
        found_paths |= {record.path} if checked.exists else set()
        digested, size = digested + checked.digested, size + record.size * checked.digested
        differences += [checked.difference] if checked.difference else []
        progress(done, len(present))
    for folder, count in sorted(left_out.items()):
        name = paths.to_text(folder)
        differences.append(difference("not-looked-at", name, "verify.not-looked-at", count=count, folder=name))
    known = found_paths | {record.path for record in present}
    kept_out = _KeptOut(catalogue, records)
    unrecorded = [
        one
        for one in _unrecorded(catalogue.archive, sorted(folders), exclude, known, missing_paths)
        if one.kind != "unseen" or not kept_out.contains(one.place)
    ]
    differences += unrecorded
    new_files = sum(one.kind == "unseen" for one in unrecorded)
    return FixityResult(tuple(differences), len(found_paths) + new_files, digested, size, left_out.total())


def _folder_of(path: Path, folders: Iterable[str], archive: Path) -> Path:
    """Return the folder that was named to bring a file in; its own folder where it is in none of them."""
    named = [folder for text in folders if path.is_relative_to(folder := paths.absolute(text, archive))]
    return max(named, key=lambda folder: len(folder.parts), default=path.parent)


class _KeptOut:
    """The files in the archive's folders whose content was erased, and which no run brings in again."""

    def __init__(self, catalogue: Catalogue, records: Sequence[FileRecord]) -> None:
        self._archive = catalogue.archive
        self._erased = erased_contents(catalogue)
        self._digests = {record.digest for record in records if record.digest}

    def contains(self, path: str) -> bool:
        """Return whether a file without a record has such a content, which its bytes show."""
        if not self._erased.digests and not self._erased.places:
            return False
        try:
            digest = file_digest(paths.absolute(path, self._archive))
        except OSError:
            digest = ""
        return self._erased.contain(digest, path, known=self._digests)


@dataclass(frozen=True, slots=True)
class _CheckedFile:
    """The check of one recorded file; ``digested`` when every byte of it was read."""

    difference: Difference | None
    exists: bool
    digested: bool = False


def _check(record: FileRecord, archive: Path, *, digests: bool, linked: bool) -> _CheckedFile:
    path = paths.absolute(record.path, archive)
    try:
        status = path.stat(follow_symlinks=linked)
    except FileNotFoundError:
        return _CheckedFile(difference("absent", record.path, "verify.absent"), exists=False)
    except OSError as error:
        unreadable = difference("unreadable", record.path, "verify.no-access", reason=error.strerror)
        return _CheckedFile(unreadable, exists=False)
    if not stat.S_ISREG(status.st_mode):
        code = "verify.link" if stat.S_ISLNK(status.st_mode) else "verify.not-a-file"
        return _CheckedFile(difference("absent", record.path, code), exists=False)
    if not record.digest:  # it could never be read, and the catalogue says so
        return _CheckedFile(None, exists=True)
    if status.st_size != record.size:
        changed = difference("changed", record.path, "verify.size", size=status.st_size, recorded=record.size)
        return _CheckedFile(changed, exists=True)
    return _check_digest(record, path, file_times(status)) if digests else _CheckedFile(None, exists=True)


def _check_digest(record: FileRecord, path: Path, times: tuple[int, int]) -> _CheckedFile:
    try:
        matches = file_digest(path) == record.digest
    except OSError as error:
        unreadable = difference("unreadable", record.path, "verify.unreadable", reason=error.strerror)
        return _CheckedFile(unreadable, exists=True)
    if matches:
        return _CheckedFile(None, exists=True, digested=True)
    if times[0] != record.mtime_ns:
        return _CheckedFile(difference("changed", record.path, "verify.bytes"), exists=True, digested=True)
    # Saving a file sets its time. Other bytes under the same time mean a failing disk, or tampering.
    same_times = times[1] == record.ctime_ns
    code = "verify.decayed-unnoticed" if same_times else "verify.decayed"
    return _CheckedFile(difference("decayed", record.path, code), exists=True, digested=True)


def _unrecorded(
    archive: Path, folders: Sequence[str], exclude: tuple[str, ...], known: set[str], missing: set[str]
) -> Iterator[Difference]:
    """Yield ``unseen`` files without a record, except sidecars, and ``blocked`` folders that cannot be read."""
    places = ConfirmedPlaces(archive)
    allowed = [folder for text in folders if places.allow(folder := paths.absolute(text, archive))]
    for entry in scan_folders(allowed, exclude):
        path = paths.relative(entry.path, archive)
        if isinstance(entry, ScannedFile) and path not in known and not is_sidecar(entry.path):
            yield difference("unseen", path, "verify.returned" if path in missing else "verify.unrecorded")
        elif isinstance(entry, BlockedPath):
            yield difference("blocked", path, "verify.blocked", reason=entry.reason)
