"""Segments built from the catalogue, in this process or in several side by side.

The changes to be indexed are cut into stretches; each becomes a segment. Several processes work on a round of stretches
at a time, and a commit takes in the whole round: so an index never holds a change without those before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from multiprocessing.connection import Connection
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since, characters_since, document_text, sizes_since
from corpus.document import SEARCHABLE, UNDISCLOSED, Document
from indexer.index import schema
from indexer.index.buffer import Budget, Collector
from indexer.index.codec.segment_writer import SegmentFile
from indexer.index.commit import merge_entries
from indexer.index.entry import entry
from indexer.index.manifest import SegmentEntry
from indexer.index.segment import write_segment
from indexer.index.update_index import CHARACTERS_PER_WORD
from indexer.sandbox import child_process
from indexer.sandbox.child_process import ChildProcess

MIN_PARALLEL_CHARACTERS = 24_000_000
"""Fewest characters for which a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Built:
    """The segments built from a stretch of changes; none where no document of it is searchable.

    Attributes:
        segments: of this stretch.
        ids: of all documents that changed in it.
        withdrawn_ids: of those of them that are withdrawn or erased.
        tags: the stemmer's tags of those in the segments.
        change: the last change.
    """

    segments: tuple[SegmentFile, ...]
    ids: frozenset[str]
    withdrawn_ids: frozenset[str]
    tags: frozenset[str]
    change: int


@dataclass(frozen=True, slots=True)
class _BuildRequest:
    """A stretch of changes, as (after, last), to be built in segments of some number of running words."""

    directory: Path
    stretch: tuple[int, int]
    words: int


@dataclass(frozen=True, slots=True)
class _MergeRequest:
    """Segments to be merged into one."""

    directory: Path
    entries: tuple[SegmentEntry, ...]


class Builders:
    """Processes that build and merge segments side by side, or do what ``serve`` does, started when there is work.

    Attributes:
        count: how many may work at a time.
    """

    def __init__(self, archive: Path, count: int, serve: Callable[[Connection, Path], None] | None = None) -> None:
        self.count = count
        self._archive, self._serve = archive, serve or _serve
        self._children: list[ChildProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.end()

    def build(self, directory: Path, stretches: Sequence[tuple[int, int]], words: int) -> Built:
        """Build stretches of changes, at most `count` of them, side by side."""
        parts = self.answers([_BuildRequest(directory, stretch, words) for stretch in stretches])
        return _united([built for part in parts for built in part])

    def merge(self, directory: Path, groups: Sequence[Sequence[SegmentEntry]]) -> list[SegmentFile]:
        """Merge each of some groups of segments into one, at most `count` at a time."""
        if self.count < 2 or len(groups) < 2:
            return [merge_entries(directory, group) for group in groups]
        merged: list[SegmentFile] = []
        for start in range(0, len(groups), self.count):
            some = groups[start : start + self.count]
            merged += self.answers([_MergeRequest(directory, tuple(group)) for group in some])
        return merged

    def answers(self, requests: Sequence[object]) -> list[Any]:
        """Return the answers to requests, at most `count` of them, side by side."""
        while len(self._children) < len(requests):
            self._children.append(child_process.start(self._serve, self._archive))
        in_work = self._children[: len(requests)]
        for child, request in zip(in_work, requests, strict=True):
            child.send(request)
        return [child.receive() for child in in_work]


def build_since(catalogue: Catalogue, directory: Path, change: int, words: int, builders: Builders) -> Iterator[Built]:
    """Build segments of all that changed since change number ``change``, to be attached one after the other.

    Each must be attached before the next is asked for.

    Args:
        catalogue: where the texts are.
        directory: the index.
        change: the last change that the index contains.
        words: running words that may be in work at a time, which bounds the memory taken by all processes together.
        builders: processes for many changes; few are built in this one.
    """
    last = catalogue.last_change()
    if last <= change:
        return
    characters = characters_since(catalogue, change)
    if builders.count < 2 or characters < MIN_PARALLEL_CHARACTERS:
        yield from _build(catalogue, directory, (change, last), words)
        return
    share, sizes = words // builders.count, sizes_since(catalogue, change)
    for stretches in rounds(sizes, characters, change, builders.count, share * CHARACTERS_PER_WORD):
        yield builders.build(directory, stretches, share)


def rounds(
    sizes: Iterable[tuple[int, int]], total: int, change: int, workers: int, max_characters: int
) -> Iterator[list[tuple[int, int]]]:
    """Yield rounds of stretches of changes, as (after, last), of like size and of at most about ``max_characters``.

    Args:
        sizes: (change, characters) of all documents in order of change; they are read one by one.
        total: their characters.
        change: the change before the first.
        workers: stretches of a round.
        max_characters: of a stretch.
    """
    count = workers * -(-total // (workers * max_characters))
    bounds, passed, last = [change], 0, change
    for last, documents in groupby(sizes, key=itemgetter(0)):  # a change may concern several
        passed += sum(size for _, size in documents)
        if passed * count >= total * len(bounds):
            bounds.append(last)
    if len(bounds) > 1:
        bounds[-1] = last
    stretches = list(pairwise(bounds))
    for start in range(0, len(stretches), workers):
        yield stretches[start : start + workers]


def _united(parts: Sequence[Built]) -> Built:
    return Built(
        tuple(segment for part in parts for segment in part.segments),
        frozenset().union(*(part.ids for part in parts)),
        frozenset().union(*(part.withdrawn_ids for part in parts)),
        frozenset().union(*(part.tags for part in parts)),
        max(part.change for part in parts),
    )


def _serve(pipe: Connection, archive: Path) -> None:
    """Build and merge segments in a process beside the others, until the pipe ends."""
    with closing(open_catalogue(archive)) as catalogue:

        def answer(request: _BuildRequest | _MergeRequest) -> object:
            if isinstance(request, _MergeRequest):
                return merge_entries(request.directory, request.entries)
            return list(_build(catalogue, request.directory, request.stretch, request.words))

        child_process.answer_requests(pipe, answer)


def _build(catalogue: Catalogue, directory: Path, stretch: tuple[int, int], words: int) -> Iterator[Built]:
    """Yield the segments of a stretch of changes: one, unless its words are more than expected."""
    batch = _Batch(directory, stretch[0])
    for key, document in changed_since(catalogue, *stretch):
        batch.add(catalogue, key, document)
        if batch.collected.is_full(Budget(words=words)):
            yield batch.write()
            batch = _Batch(directory, batch.change)
    if batch.ids:
        yield batch.write()


class _Batch:
    """The changed documents of one segment."""

    def __init__(self, directory: Path, change: int) -> None:
        self.collected = Collector(schema.schema())
        self.ids = set[str]()
        self.change = change
        self._withdrawn_ids = set[str]()
        self._directory = directory

    def add(self, catalogue: Catalogue, key: int, document: Document) -> None:
        """Add a changed document, which need not be searchable."""
        self.ids.add(document.id)
        self.change = document.changed
        if document.state in SEARCHABLE:
            self.collected.add(entry(document, document_text(catalogue, key)))
        elif document.state in UNDISCLOSED:
            self._withdrawn_ids.add(document.id)

    def write(self) -> Built:
        """Write the segment, unless no document is searchable."""
        segments = (write_segment(self._directory, self.collected),) if self.collected.documents else ()
        tags = frozenset(self.collected.tags)
        return Built(segments, frozenset(self.ids), frozenset(self._withdrawn_ids), tags, self.change)
