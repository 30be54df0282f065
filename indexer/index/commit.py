# ruff: noqa: SLF001 - reading the table of contents under the writing lock has no public way in Whoosh
"""The table of contents: what a commit adds, takes out and unites, all of it at once or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.reading import SegmentReader

from indexer.index.buffer import Collector
from indexer.index.merge import merge_segments
from indexer.index.segment import write_segment

SEGMENTS = 8
"""Most segments an index is left with: the cost of a query grows with them."""


def build(directory: Path, collected: Collector) -> Any:
    """Write what was collected as a segment that is no part of the index before `attach` makes it one.

    Several processes may build at once, but none while another commits: a commit clears away what is not attached.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    index = whoosh_index.open_dir(str(directory))
    return write_segment(index.storage, index.indexname, index.schema, collected)


def commit(directory: Path, collected: Collector, gone: AbstractSet[str]) -> int:
    """Add what was collected, and take out the documents whose ids are in ``gone``; see `attach`."""

    def made() -> list[Any]:
        return [build(directory, collected)] if collected.documents else []

    return _change(directory, made, gone)


def attach(directory: Path, built: Sequence[Any], gone: AbstractSet[str]) -> int:
    """Add segments that were built, take out the documents whose ids are in ``gone``, and keep the segments few.

    Documents in ``gone`` are those of earlier commits only, so an id may be both gone and added: it is replaced.

    Returns:
        How many documents the index now holds.

    Raises:
        whoosh.index.LockError: another program is writing.
        OSError: something cannot be read or written; the index is as it was.
    """
    return _change(directory, lambda: built, gone)


def _change(directory: Path, made: Callable[[], Sequence[Any]], gone: AbstractSet[str]) -> int:
    index = whoosh_index.open_dir(str(directory))
    with _writing(index):
        contents = index._read_toc()
        segments = list(contents.segments)
        _delete(index.storage, contents.schema, segments, gone)
        segments = [segment for segment in segments if segment.doc_count()]
        segments += made()
        segments = _unite(index, contents.schema, segments)
        generation = contents.generation + 1
        TOC(contents.schema, segments, generation).write(index.storage, index.indexname)
        clean_files(index.storage, index.indexname, generation, segments)
    return sum(int(segment.doc_count()) for segment in segments)


@contextmanager
def _writing(index: Any) -> Iterator[None]:
    lock = index.lock("WRITELOCK")
    if not lock.acquire():
        raise whoosh_index.LockError(f"{index.storage.folder}: another program is writing")
    try:
        yield
    finally:
        lock.release()


def choose_merge(sizes: Sequence[int], most: int = SEGMENTS) -> list[int]:
    """Which of segments of these sizes to unite, so that at most ``most`` are left; none while they are few enough.

    The smallest are taken, and with them every larger one that is no larger than all taken together: so a document is
    written again only into a segment at least twice the size of the one it leaves, a few times in all, however many
    commits there are.
    """
    if len(sizes) <= most:
        return []
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    taken = len(order) - most + 1
    total = sum(sizes[number] for number in order[:taken])
    while taken < len(order) and sizes[order[taken]] <= total:
        total += sizes[order[taken]]
        taken += 1
    return sorted(order[:taken])


def _unite(index: Any, fields: Any, segments: list[Any]) -> list[Any]:
    """Unite small segments, and write anew those of which more than half is deleted."""
    worn = [number for number, segment in enumerate(segments) if 2 * segment.deleted_count() > segment.doc_count_all()]
    chosen = set(choose_merge([_size(segment) for segment in segments])) | set(worn)
    if not chosen:
        return segments
    with _readers(index.storage, fields, [segments[number] for number in sorted(chosen)]) as readers:
        united = merge_segments(index.storage, index.indexname, fields, readers)
    return [*(segment for number, segment in enumerate(segments) if number not in chosen), united]


def _size(segment: Any) -> int:
    """What uniting costs: words, and a document as much as some hundred of them."""
    words: int = sum(segment._fieldlengths.values())
    return words + 100 * int(segment.doc_count_all())


def _delete(storage: Any, fields: Any, segments: list[Any], gone: AbstractSet[str]) -> None:
    if not gone:
        return
    ids = {name.encode() for name in gone}
    for segment in segments:
        with _readers(storage, fields, [segment]) as (reader,):
            column = reader.column_reader("id", translate=False)
            found = [number for number, name in enumerate(column) if name in ids]
        for number in found:
            segment.delete_document(number)


@contextmanager
def _readers(storage: FileStorage, fields: Any, segments: Sequence[Any]) -> Iterator[list[SegmentReader]]:
    unmapped = FileStorage(storage.folder, supports_mmap=False, readonly=True)  # Whoosh copies what it maps
    with ExitStack() as opened:
        yield [opened.enter_context(closing(SegmentReader(unmapped, fields, segment))) for segment in segments]
