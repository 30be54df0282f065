"""Whoosh's view of the index: its codec for segments of arrays, so that Whoosh's own searcher works on them.

Whoosh finds the codec through the segments in a table of contents, which names their class by module. That module is
`muniment.whoosh_segment`, in the checkout and in an installed Muniment alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from indexer.index.codec.array_file import ArrayFile, Longs
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.whoosh_documents import ArrayDocumentReader
from indexer.index.codec.whoosh_terms import ArrayTermsReader
from indexer.index.codec.whoosh_writers import ArrayDocumentWriter, ArrayFieldWriter, PendingSegment
from indexer.index.index_layout import INDEX_NAME, SEGMENT_FILE


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh is not typed
    """A segment as Whoosh's table of contents records it: its id, its size and its deleted documents."""

    def __init__(self, index_name: str) -> None:
        super().__init__(index_name)
        self._documents = 0
        self._deleted: set[int] = set()
        self.pending: PendingSegment | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "pending": None}

    def codec(self) -> ArrayCodec:
        """Return the codec of segments of arrays."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Keep Whoosh from packing the segment's files into one."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Record the number of documents."""
        self._documents = count

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self._documents

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the deleted documents."""
        return iter(sorted(self._deleted))

    def is_deleted(self, document: int) -> bool:
        """Report whether a document is deleted."""
        return document in self._deleted

    def delete_document(self, document: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 (Whoosh's signature)
        """Delete a document, or bring it back."""
        (self._deleted.add if delete else self._deleted.discard)(document)


ArraySegment.__module__ = "muniment.whoosh_segment"


def whoosh_segment(segment_id: str, documents: int, deleted: Longs) -> ArraySegment:
    """Return what a table of contents records of a segment of ours."""
    segment = ArraySegment(INDEX_NAME)
    segment.segid = segment_id
    segment.set_doc_count(documents)
    for document in deleted.tolist():
        segment.delete_document(document)
    return segment


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh is not typed
    """Reads segments of arrays for Whoosh, and writes them for ``Index.writer(codec=ArrayCodec())``.

    Whoosh's writer uses its own format where it is not given a codec.
    """

    length_stats = False  # lengths are not stored with postings

    def new_segment(self, storage: Any, index_name: str) -> ArraySegment:
        """Return a segment that Whoosh will write."""
        del storage
        return ArraySegment(index_name)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> ArrayDocumentWriter:
        """Return the writer of columns and lengths."""
        segment.pending = PendingSegment(Path(storage.folder), segment.segid)
        return ArrayDocumentWriter(segment.pending)

    def field_writer(self, storage: Any, segment: ArraySegment) -> ArrayFieldWriter:
        """Return the writer of posting lists, which completes the segment's file."""
        del storage
        return ArrayFieldWriter(segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        """Return the reader of posting lists."""
        return ArrayTermsReader(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocumentReader:
        """Return the reader of columns and lengths."""
        return ArrayDocumentReader(_open(storage, segment), segment)


def _open(storage: Any, segment: ArraySegment) -> SegmentArrays:
    """Open a segment's file; the deletions that count are those of Whoosh's segment."""
    path = Path(storage.folder) / segment.make_filename(SEGMENT_FILE)
    return SegmentArrays(ArrayFile(path), np.zeros(0, np.int64))
