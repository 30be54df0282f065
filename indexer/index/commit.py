"""Commits: segments are added, documents deleted and small segments merged, then the manifest is replaced at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.codec.array_file import Longs
from indexer.index.codec.segment_writer import SegmentFile, write_deletions
from indexer.index.codec.table_of_contents import LOCK_FILE, index_lock, write_contents
from indexer.index.codec.whoosh_codec import whoosh_segment
from indexer.index.manifest import FILE_NAME, Manifest, SegmentEntry, read_manifest, write_manifest
from indexer.index.manifest_files import open_entry
from indexer.index.merge import merge_segments
from indexer.index.segment import write_segment

MAX_SEGMENTS = 6
"""Segments that a commit leaves at most: each look-up of a query is made in every one of them."""

MAX_TOKENS_OF_ONE = 100_000_000
"""Tokens up to which an index is made one segment at the end of a run, which takes two seconds of processor time. A
larger one is made two, which two processes merge side by side. Answers with passages took 8.5 ms of processor time with
six segments, 7.4 with two and 6.8 with one (10,000 speeches)."""

_MUCH = 0.25
"""Share of an index beside its largest segments from which on they are merged with them: a document is then written at
most four times more."""
_MUCH_OF_SMALL = 0.5
"""The same for the small segments: what the others contain, as a share of the largest of them."""

_WORDS_PER_DOCUMENT = 100
"""Cost of merging a document besides its words, in words."""

_NONE: Longs = np.zeros(0, np.int64)

Merge = Callable[[Path, Sequence[Sequence[SegmentEntry]]], list[SegmentFile]]
"""Merges each of some groups of segments in the folder of an index into one."""


def commit(directory: Path, collected: Collector, deleted_ids: AbstractSet[str]) -> int:
    """Add what was collected to the index in ``directory``, after deleting the documents with some ids.

    Returns:
        The number of documents in the index.

    Raises:
        IndexStateError: the index is damaged.
        OSError: something cannot be written; the index is as it was.
    """
    manifest = read_manifest(directory) if (directory / FILE_NAME).exists() else Manifest()
    segments = [write_segment(directory, collected)] if collected.documents else []
    with index_lock(directory):
        manifest = attach(directory, manifest, segments, deleted_ids)
        publish(directory, manifest)
    return manifest.documents


def attach(
    directory: Path,
    manifest: Manifest,
    segments: Sequence[SegmentFile],
    deleted_ids: AbstractSet[str],
    erased_ids: AbstractSet[str] = frozenset(),
    limit: int = MAX_SEGMENTS,
) -> Manifest:
    """Return the manifest of an index with more segments, fewer documents, and at most ``limit`` segments altogether.

    The documents in ``deleted_ids`` are those of the manifest's own segments, so an id may be both deleted and added:
    its document is replaced. A segment with a document of ``erased_ids``, deleted or not, is written anew, so that no
    file has its words any more. Nothing refers to the new state before it is published.

    Raises:
        IndexStateError: a segment is damaged.
        OSError: something cannot be read or written.
    """
    deletions = _Deletions(deleted_ids, erased_ids)
    entries, erased = [], set[str]()
    for segment in manifest.segments:
        entry, contains_erased = _without(directory, segment, deletions, manifest.generation + 1)
        if entry.live:
            entries.append(entry)
            erased |= {entry.id} if contains_erased else set()
    entries += map(_entry, segments)
    entries = _merge_small(directory, entries, erased, limit)
    return replace(manifest, segments=tuple(entries), documents=sum(entry.live for entry in entries))


def consolidate(directory: Path, manifest: Manifest, merge: Merge) -> Manifest:
    """Return a manifest with segments of an index merged where that pays; the same manifest where it does not.

    Where much is in small segments, all are merged, into one or two (`MAX_TOKENS_OF_ONE`); else the small ones are
    merged into one, once they have grown together.

    Args:
        directory: the index.
        manifest: its manifest.
        merge: merges each of some groups of segments into one.

    Raises:
        IndexStateError: a segment is damaged.
        OSError: a merged segment cannot be written.
    """
    entries = sorted(manifest.segments, key=lambda entry: -entry.tokens)
    tokens = sum(entry.tokens for entry in entries)
    count = 1 if tokens <= MAX_TOKENS_OF_ONE else 2
    large, small = entries[:count], entries[count:]
    small_tokens = sum(entry.tokens for entry in small)
    if small and small_tokens >= _MUCH * tokens:
        groups = _balanced_groups(entries, count)
    elif len(small) > 1 and small_tokens - small[0].tokens >= _MUCH_OF_SMALL * small[0].tokens:
        groups = [*([entry] for entry in large), small]
    else:
        return manifest
    kept = [group[0] for group in groups if len(group) == 1]
    merged = merge(directory, [group for group in groups if len(group) > 1])
    return replace(manifest, segments=(*kept, *map(_entry, merged)))


def _balanced_groups(entries: Sequence[SegmentEntry], count: int) -> list[list[SegmentEntry]]:
    """Return segments, given by size with the largest first, in ``count`` groups of like size."""
    groups: list[list[SegmentEntry]] = [[] for _ in range(count)]
    for entry in entries:
        min(groups, key=lambda group: sum(other.tokens for other in group)).append(entry)
    return groups


def publish(directory: Path, manifest: Manifest) -> Manifest:
    """Make a manifest the one in use, then remove every file that it does not name.

    Whoosh's table of contents is in place first, so that the manifest can name its digest.

    Raises:
        OSError: something cannot be written; the index is as it was.
    """
    generation = manifest.generation + 1
    whoosh_segments = [
        whoosh_segment(entry.id, entry.documents, open_entry(directory, entry).deleted if entry.deletions else _NONE)
        for entry in manifest.segments
    ]
    contents = write_contents(directory, schema.schema(), generation, whoosh_segments)
    manifest = replace(manifest, generation=generation, contents=contents)
    write_manifest(directory, manifest)
    remove_unreferenced(directory, manifest)
    return manifest


def remove_unreferenced(directory: Path, *manifests: Manifest) -> None:
    """Remove the files of an index that none of some manifests names; one that is in use elsewhere may stay."""
    for path in unreferenced_files(directory, *manifests):
        try:
            path.unlink()
        except OSError:
            continue  # on Windows a file that a search has mapped; the next commit tries again


def unreferenced_files(directory: Path, *manifests: Manifest) -> list[Path]:
    """Return the files in the folder of an index that none of some manifests names, in order."""
    referenced = {FILE_NAME, LOCK_FILE, *(file.name for manifest in manifests for file in manifest.files())}
    return [path for path in sorted(directory.iterdir()) if path.name not in referenced and path.is_file()]


def choose_merge(sizes: Sequence[int], limit: int = MAX_SEGMENTS) -> list[int]:
    """Return the numbers of the segments to merge so that at most ``limit`` are left; none while they are few.

    The smallest are merged, and with them every larger one that is no larger than all of these together. So a document
    is written again only into a segment at least twice the size of the one it leaves, a few times in all.
    """
    if len(sizes) <= limit:
        return []
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    count = len(order) - limit + 1
    total = sum(sizes[number] for number in order[:count])
    while count < len(order) and sizes[order[count]] <= total:
        total += sizes[order[count]]
        count += 1
    return sorted(order[:count])


class _Deletions:
    """The ids of documents to delete, and of those whose words no file may keep, as an index stores them."""

    def __init__(self, deleted_ids: AbstractSet[str], erased_ids: AbstractSet[str]) -> None:
        self.deleted = {document_id.encode() for document_id in deleted_ids}
        self.erased = {document_id.encode() for document_id in erased_ids}


def _merge_small(
    directory: Path, entries: list[SegmentEntry], erased: AbstractSet[str], limit: int
) -> list[SegmentEntry]:
    """Merge small segments, and write those anew of which more than half is deleted or something is to be erased."""
    worn = [number for number, entry in enumerate(entries) if 2 * entry.deleted > entry.documents or entry.id in erased]
    sizes = [entry.tokens + _WORDS_PER_DOCUMENT * entry.documents for entry in entries]
    chosen = {*choose_merge(sizes, limit), *worn}
    if not chosen:
        return entries
    merged = merge_entries(directory, [entries[number] for number in sorted(chosen)])
    return [*(entry for number, entry in enumerate(entries) if number not in chosen), _entry(merged)]


def merge_entries(directory: Path, entries: Sequence[SegmentEntry]) -> SegmentFile:
    """Merge segments of a manifest into a new one.

    Raises:
        IndexStateError: one of them is damaged.
        OSError: the new one cannot be written.
    """
    return merge_segments(directory, [open_entry(directory, entry) for entry in entries])


def _entry(segment: SegmentFile) -> SegmentEntry:
    return SegmentEntry(segment.id, segment.documents, 0, segment.tokens, segment.file)


def _without(directory: Path, entry: SegmentEntry, deletions: _Deletions, generation: int) -> tuple[SegmentEntry, bool]:
    """Return a segment's entry with more documents deleted, and whether it contains a document to be erased."""
    if not deletions.deleted and not deletions.erased:
        return entry, False
    segment = open_entry(directory, entry)
    document_ids = segment.document_ids()
    numbers = [number for number, document_id in enumerate(document_ids) if document_id in deletions.deleted]
    contains_erased = any(document_id in deletions.erased for document_id in document_ids)
    deleted = np.union1d(segment.deleted, np.array(numbers, np.int64))
    if len(deleted) == entry.deleted:
        return entry, contains_erased
    file = write_deletions(directory, entry.id, generation, deleted)
    return replace(entry, deleted=len(deleted), deletions=file), contains_erased
