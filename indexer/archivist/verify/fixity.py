"""The catalogue against the files: is each where the catalogue says, and is every byte of it what it was?"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.file_records import FileRecord, all_files, roots
from corpus.document import State
from corpus.folder_scan import Blocked, Seen, digest, scan
from indexer.archivist.verify.report import Difference, Progress

TAKE_IN = "Run 'muniment index': it records how the file stands now, and keeps what was known of it."
FETCH = "Fetch the file from a backup; if it was removed on purpose, run 'muniment index' to have that recorded."


@dataclass(frozen=True, slots=True)
class Inspection:
    """What looking at the files gave.

    Attributes:
        differences: files that are not as recorded, and files never recorded.
        on_disk: files found in the folders of the archive, or where a record outside of them says.
        digested, bytes: files read in full, and their bytes.
    """

    differences: tuple[Difference, ...]
    on_disk: int
    digested: int
    bytes: int


def inspect(catalogue: Catalogue, exclude: tuple[str, ...], progress: Progress, *, digests: bool) -> Inspection:
    """Look at every file of the catalogue and at every file in its folders; with ``digests`` read each byte."""
    records = all_files(catalogue)
    live = [record for record in records if record.state is not State.MISSING]
    gone = {record.path for record in records if record.state is State.MISSING}
    named = set(roots(catalogue))
    differences: list[Difference] = []
    here, digested, size = set(), 0, 0
    for done, record in enumerate(live, 1):
        found = _look(record, catalogue.archive, digests=digests, linked=record.path in named)
        here |= {record.path} if found.there else set()
        digested, size = digested + found.read, size + record.size * found.read
        differences += [found.difference] if found.difference else []
        progress(done, len(live))
    unseen = list(_unseen(catalogue.archive, sorted(named), exclude, here | {record.path for record in live}, gone))
    differences += [one for one, _ in unseen]
    return Inspection(tuple(differences), len(here) + sum(is_file for _, is_file in unseen), digested, size)


@dataclass(frozen=True, slots=True)
class _Found:
    """How a recorded file stands; ``read`` says that every byte of it was looked at."""

    difference: Difference | None
    there: bool
    read: bool = False


def _look(record: FileRecord, archive: Path, *, digests: bool, linked: bool) -> _Found:
    path = paths.absolute(record.path, archive)
    try:
        status = path.stat(follow_symlinks=linked)
    except FileNotFoundError:
        return _Found(Difference("absent", record.path, "the file is not there", FETCH), there=False)
    except OSError as error:
        what = f"the file cannot be looked at: {error.strerror}"
        return _Found(Difference("unreadable", record.path, what, "Check disk and permissions."), there=False)
    if not stat.S_ISREG(status.st_mode):
        what = "a link stands where the file was" if stat.S_ISLNK(status.st_mode) else "what stands there is no file"
        return _Found(Difference("absent", record.path, what, FETCH), there=False)
    if not record.digest:  # it never could be read, which is what the catalogue says of it
        return _Found(None, there=True)
    if status.st_size != record.size:
        what = f"the file has {status.st_size:,} bytes; {record.size:,} are recorded"
        return _Found(Difference("changed", record.path, what, TAKE_IN), there=True)
    return _read(record, path, (status.st_mtime_ns, status.st_ctime_ns)) if digests else _Found(None, there=True)


def _read(record: FileRecord, path: Path, times: tuple[int, int]) -> _Found:
    try:
        now = digest(path)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        return _Found(Difference("unreadable", record.path, what, "Check disk and permissions."), there=True)
    if now == record.digest:
        return _Found(None, there=True, read=True)
    difference = Difference("changed", record.path, "the file's bytes are not those recorded", TAKE_IN)
    if times[0] == record.mtime_ns:
        # Nobody who saves a file sets its clock back: this is a failing disk, or a hand that hides itself.
        difference = Difference(
            "decayed", record.path, "the file's bytes are not those recorded, though its time says it was not saved",
            "Compare it with a backup before anything else; 'muniment index' would take it for unchanged."
            if times[1] == record.ctime_ns else "Compare it with a backup before you run 'muniment index'.",
        )  # fmt: skip
    return _Found(difference, there=True, read=True)


def _unseen(
    archive: Path, named: Sequence[str], exclude: tuple[str, ...], known: set[str], gone: set[str]
) -> Iterator[tuple[Difference, bool]]:
    """Files of the folders that no record speaks of, and folders that cannot be looked into; and which is a file."""
    for one in scan([paths.absolute(text, archive) for text in named], exclude):
        path = paths.relative(one.path, archive)
        if isinstance(one, Seen) and path not in known:
            what = "is there again although recorded as missing" if path in gone else "has never been recorded"
            yield Difference("unseen", path, f"the file {what}", "Run 'muniment index' to bring it in."), True
        elif isinstance(one, Blocked):
            what = f"cannot be looked into: {one.reason}; what lies below it is not vouched for"
            yield Difference("blocked", path, what, "Check that the disk is there and that you may read it."), False
