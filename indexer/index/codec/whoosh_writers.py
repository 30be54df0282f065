"""The other direction: a segment of arrays written by Whoosh's own writer, for ``Index.writer(codec=ArrayCodec())``.

Such a segment has no pages and no table of stems, and nothing here makes a manifest of it: it is for those who use the
index with Whoosh, and for comparing the two ways to write one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns
from whoosh.codec import base
from whoosh.formats import Frequency, Positions
from whoosh.system import unpack_uint

from indexer.index.codec.field_lengths import length_bytes
from indexer.index.codec.segment_writer import Run, SegmentWriter, unite_codes


class PendingSegment:
    """A segment between Whoosh's two writers: the first writes columns and lengths, the second the terms.

    Attributes:
        writer: its file; None before the first writer is closed, and where there are no documents.
    """

    def __init__(self, directory: Path, segment_id: str) -> None:
        self.directory, self.segment_id = directory, segment_id
        self.writer: SegmentWriter | None = None


class ArrayDocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]  # Whoosh is not typed
    """Gathers columns and lengths."""

    def __init__(self, pending: PendingSegment) -> None:
        self.is_closed = False
        self._pending, self._documents = pending, 0
        self._lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._columns: dict[str, tuple[Any, dict[int, Any]]] = {}

    def start_doc(self, document: int) -> None:
        """Begin a document."""
        self._documents = document + 1

    def add_field(self, field: str, kind: Any, value: Any, length: int) -> None:
        """Record a field's length; what is stored of it is in its column."""
        del kind, value
        if length:
            self._lengths[field][self._documents - 1] = length

    def add_column_value(self, field: str, column: Any, value: Any) -> None:
        """Record the value of a column."""
        self._columns.setdefault(field, (column, {}))[1][self._documents - 1] = value

    def cancel_doc(self) -> None:
        """Forget the document that was begun."""
        self._documents -= 1
        for values in (*self._lengths.values(), *(values for _, values in self._columns.values())):
            values.pop(self._documents, None)

    def close(self) -> None:
        """Write what was gathered."""
        self.is_closed = True
        if not self._documents:
            return
        writer = self._pending.writer = SegmentWriter(
            self._pending.directory, self._documents, self._pending.segment_id
        )
        for field, lengths in self._lengths.items():
            writer.write_lengths(field, length_bytes(_numbers(lengths, self._documents)))
        for field, (column, values) in self._columns.items():
            if isinstance(column, columns.NumericColumn):
                writer.write_numbers(field, _numbers(values, self._documents))
                continue
            strings = [values.get(document, b"") for document in range(self._documents)]
            if isinstance(column, columns.RefBytesColumn):
                writer.write_codes(field, *unite_codes([(np.arange(len(strings)), strings)]))
            else:
                writer.write_strings(field, strings)


class ArrayFieldWriter(base.FieldWriter):  # type: ignore[misc]  # as above
    """Gathers the posting lists of one field at a time."""

    def __init__(self, segment: Any) -> None:
        self.is_closed = False
        self._segment = segment

    def start_field(self, field: str, kind: Any) -> None:
        """Begin a field."""
        self._field, self._format = field, kind.format
        self._terms: list[bytes] = []
        self._starts, self._ids, self._counts, self._positions = [0], [], [], []  # type: ignore[var-annotated]
        self._weights: list[float] = []

    def start_term(self, term: bytes) -> None:
        """Begin a term."""
        self._terms.append(term)

    def add(self, document: int, weight: float, value: bytes, length: int) -> None:
        """Add a posting."""
        del length
        self._ids.append(document)
        self._weights.append(weight)
        if isinstance(self._format, Positions):
            positions = self._format.decode_positions(value)
            self._positions += positions
            self._counts.append(len(positions))
        elif isinstance(self._format, Frequency):
            self._counts.append(unpack_uint(value)[0])

    def finish_term(self) -> None:
        """End a term."""
        self._starts.append(len(self._ids))

    def finish_field(self) -> None:
        """Write a field."""
        positions = np.array(self._positions, np.int64)
        run = Run(
            self._terms, np.array(self._starts), np.array(self._ids, np.int64),
            np.array(self._counts, np.int64) if self._counts else None,
            np.array(self._weights, np.float32) if self._counts else None,
            positions if isinstance(self._format, Positions) else None,
        )  # fmt: skip
        wide = int(positions.max(initial=0)) > np.iinfo(np.uint16).max
        self._segment.pending.writer.write_field(self._field, [run], wide=wide)

    def close(self) -> None:
        """Complete the segment."""
        self.is_closed = True
        pending, self._segment.pending = self._segment.pending, None
        if pending and pending.writer:
            pending.writer.close()


def _numbers(values: dict[int, int], documents: int) -> Any:
    numbers = np.zeros(documents, np.int64)
    numbers[list(values)] = list(values.values())
    return numbers
