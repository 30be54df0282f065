"""The files that a manifest names: opened for reading, and compared with their digests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.errors import IndexStateError
from corpus.messages import Message, message
from corpus.trust.untrusted_files import open_regular
from indexer.index.codec.array_file import FileDigest
from indexer.index.codec.segment_arrays import SegmentArrays, open_segment
from indexer.index.index_backend import DamagedFile
from indexer.index.manifest import Manifest, SegmentEntry, read_manifest

if TYPE_CHECKING:
    from corpus.disk.disk_problems import disk_message
else:
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")


def open_entry(directory: Path, entry: SegmentEntry) -> SegmentArrays:
    """Open one segment of the index in ``directory``.

    Raises:
        FileNotFoundError: one of its files is missing.
        IndexStateError: it is damaged, or another one than the manifest says.
    """
    deletions = directory / entry.deletions.name if entry.deletions else None
    segment = open_segment(directory / entry.file.name, deletions)
    if (segment.documents, len(segment.deleted)) != (entry.documents, entry.deleted):
        raise IndexStateError("index.damaged-part", part=entry.file.name, reason="count")
    return segment


def open_segments(directory: Path) -> tuple[Manifest, list[SegmentArrays]]:
    """Open all segments of the state that is in use.

    Where a commit replaces that state meanwhile, the new one is opened.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    manifest = read_manifest(directory)
    while True:
        try:
            return manifest, [open_entry(directory, entry) for entry in manifest.segments]
        except OSError as error:
            before, manifest = manifest, read_manifest(directory)
            if manifest == before:
                name, problem = Path(error.filename or "").name, _refusal(error)
                damage = message("index.damaged", directory=directory, reason=f"{name}: {problem}")
                raise IndexStateError.of(disk_message(error, directory) or damage) from error


def damaged_files(directory: Path, manifest: Manifest, *, digests: bool) -> Iterator[DamagedFile]:
    """Yield the files that are not as they were written.

    Args:
        directory: the index's folder.
        manifest: its manifest.
        digests: read every file; otherwise check only presence and size.
    """
    for file in manifest.files():
        if problem := _problem(directory / file.name, file, digests=digests):
            yield DamagedFile(file.name, problem)


def _problem(path: Path, file: FileDigest, *, digests: bool) -> Message | None:
    try:
        with open_regular(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size != file.size:
                return message("index.file-size", size=size, recorded=file.size)
            if digests and hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:  # type: ignore[arg-type]
                return message("index.file-bytes")
    except OSError as error:
        return _refusal(error)
    return None


def _refusal(error: OSError) -> Message:
    """Return why a file could not be opened."""
    if isinstance(error, FileNotFoundError):
        return message("index.file-missing")
    return message("index.file-unreadable", reason=error.strerror or error)
