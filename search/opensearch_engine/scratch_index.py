"""An index of those documents that questions look into, made on this machine from the archive's texts.

A cluster says which documents match. Where words occur in them, and how well they match by the rules of this program,
is read from such an index with the arrays of `search.whoosh_engine`; it needs no cluster. It grows by the documents
that are asked for and does not read one twice. Its segments are files without a name: each is removed as soon as it is
opened, so that nothing of it remains when the process ends, however it ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Lock

from corpus.catalogue.documents import document_text, documents_by_key
from corpus.disk.disk_problems import disk_message
from corpus.document import SEARCHABLE
from corpus.errors import ClosedArchiveError, IndexStateError, UsageError
from corpus.messages import message
from indexer.index import schema
from indexer.index.buffer import Collector
from indexer.index.codec.segment_arrays import SegmentArrays, open_segment
from indexer.index.codec.segment_writer import SegmentFile
from indexer.index.entry import entry
from indexer.index.merge import merge_segments
from indexer.index.segment import write_segment
from search.deadline import check_deadline
from search.opensearch_engine.document_texts import DocumentTexts
from search.ranking.collection_statistics import CollectionStatistics
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.matching.match_set import QueryContext

MAX_CHARACTERS = 500_000_000
"""Characters of the texts that are in the index at a time. They take about as many bytes of disk, and four minutes of
one processor at their first use."""
BATCH_CHARACTERS = 4_000_000
"""Characters of a segment: two seconds of one processor, for which other questions may have to wait."""
_BATCH_DOCUMENTS = 500
_MAX_SEGMENTS = 6
"""Segments in use at a time: each look-up of a query is made in every one of them."""
_PREFIX = "muniment-scratch-"
"""Beginning of the name of the folder that a segment is written in. The next run that reads files removes what a killed
process left there (`indexer.sandbox.scratch`)."""


@dataclass(frozen=True, slots=True)
class ScratchDocuments:
    """Documents in a state of the index, which stays readable whatever is added later.

    Attributes:
        snapshot: the state.
        numbers: by id, the number of each document in it. Documents that are not searchable, or that the catalogue has
            changed since the cluster was written, are left out.
    """

    snapshot: Snapshot
    numbers: Mapping[str, int]

    def within(self, collection: CollectionStatistics) -> QueryContext:
        """Return the context in which a query is evaluated on them as a part of a collection."""
        segments = [segment for segment, _ in self.snapshot.segments()]
        return QueryContext(Snapshot(segments, collection=collection), hit_numbers=dict(self.numbers))


@dataclass(slots=True)
class _Content:
    """The segments in use.

    Attributes:
        segments: the segments, in the order in which their documents are numbered.
        numbers: by id, the number of each document.
        characters: length of their texts.
    """

    segments: list[SegmentArrays] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    characters: int = 0


class ScratchIndex:
    """The index of documents that questions look into. Any thread may ask it, several at once.

    Args:
        texts: where the documents are read.
        change: the last change of the catalogue that the cluster contains.
    """

    def __init__(self, texts: DocumentTexts, change: int) -> None:
        self._texts, self._archive, self._change = texts, texts.archive, change
        self._content = _Content()
        self._absent: set[str] = set()
        self._snapshot: Snapshot | None = Snapshot([], texts.archive, change)
        self._lock, self._large = Lock(), Lock()

    def documents(self, ids: Iterable[str]) -> ScratchDocuments:
        """Return documents by their ids; those that are not in the index yet are added first.

        Raises:
            UsageError: their texts are longer than `MAX_CHARACTERS`.
            CatalogueError: the catalogue is damaged.
            IndexStateError: the index cannot be written.
            ClosedArchiveError: the index is closed.
            SlowAnswerError: the answer is late; what was added stays.
        """
        wanted = dict.fromkeys(ids)
        if found := self._take(wanted):
            return found
        with self._large:  # one question with much to add at a time; what few documents need was added already
            while (found := self._take(wanted)) is None:
                check_deadline()
        return found

    def close(self) -> None:
        """Let go of all documents."""
        with self._lock:
            self._content, self._snapshot = _Content(), None

    def _take(self, wanted: Mapping[str, None]) -> ScratchDocuments | None:
        """Add some of the documents that are lacking, and return all wanted; None where some are lacking still."""
        with self._lock:
            if missing := self._missing(wanted):
                self._add(missing, wanted)
                if self._missing(wanted):
                    return None
            numbers = self._content.numbers
            return ScratchDocuments(self._open(), {name: numbers[name] for name in wanted if name in numbers})

    def _missing(self, wanted: Mapping[str, None]) -> list[str]:
        numbers = self._content.numbers
        return [document_id for document_id in wanted if document_id not in numbers and document_id not in self._absent]

    def _open(self) -> Snapshot:
        if self._snapshot is None:
            raise ClosedArchiveError("archive.closed", archive=self._archive)
        return self._snapshot

    def _add(self, missing: Sequence[str], wanted: Mapping[str, None]) -> None:
        """Add the first of some documents as a segment, in place of all others where there is no room."""
        self._open()
        ids, characters, collected = self._read(missing[:_BATCH_DOCUMENTS])
        if not ids:
            return
        if self._content.characters + characters > MAX_CHARACTERS:
            if self._content.numbers.keys() <= wanted.keys():
                raise UsageError("engine.too-much-text", characters=MAX_CHARACTERS)
            self._content = _Content()
        content = self._content
        try:
            with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
                segment = _opened(Path(name), write_segment(Path(name), collected))
                content.segments = _merged(Path(name), [*content.segments, segment])
        except OSError as error:
            place = tempfile.gettempdir()
            refusal = message("index.not-writable", directory=place, reason=error.strerror or error)
            raise IndexStateError.of(disk_message(error, Path(place)) or refusal) from error
        content.numbers |= {name: number for number, name in enumerate(ids, len(content.numbers))}
        content.characters += characters
        self._snapshot = Snapshot(content.segments, self._archive, self._change)

    def _read(self, wanted: Sequence[str]) -> tuple[list[str], int, Collector]:
        """Read documents, as they are at one moment, up to the size of a segment.

        Returns:
            Their ids, the length of their texts, and their entries. An id that has none is remembered.
        """
        ids, characters, collected = list[str](), 0, Collector(schema.schema())
        with self._texts.opened(wanted) as catalogue:
            found = {document.id: (key, document) for key, document in documents_by_key(catalogue, wanted)}
            for document_id in wanted:
                key, document = found.get(document_id, (0, None))
                if document is None or document.state not in SEARCHABLE or document.changed > self._change:
                    self._absent.add(document_id)
                    continue
                text = document_text(catalogue, key)
                collected.add(entry(document, text))
                ids.append(document_id)
                characters += sum(len(page.text) for page in text.all_texts)
                if characters >= BATCH_CHARACTERS:
                    break
        return ids, characters, collected


def _opened(folder: Path, file: SegmentFile) -> SegmentArrays:
    return open_segment(folder / file.file.name)


def _merged(folder: Path, segments: Sequence[SegmentArrays]) -> list[SegmentArrays]:
    """Return at most `_MAX_SEGMENTS` segments with the same documents in the same order."""
    merged = list(segments)
    while len(merged) > _MAX_SEGMENTS:
        sizes = [len(one.file.content) + len(other.file.content) for one, other in pairwise(merged)]
        place = sizes.index(min(sizes))
        merged[place : place + 2] = [_opened(folder, merge_segments(folder, merged[place : place + 2]))]
    return merged
