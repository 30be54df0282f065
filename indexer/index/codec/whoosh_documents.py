"""Columns, lengths and stored fields of a segment as Whoosh reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh import columns
from whoosh.codec import base

from indexer.index.codec.field_lengths import LENGTH_OF_BYTE
from indexer.index.codec.segment_arrays import SegmentArrays

STORED_FIELD = "id"
"""The one field that is stored besides being indexed; its value is that of its column."""


class ArrayColumnReader(columns.ColumnReader):  # type: ignore[misc]  # Whoosh is not typed
    """The values of one column."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._values, self._sign = values, 1
        self._doccount = len(values)  # read by the base class

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, document: int) -> Any:
        return self._values[document]

    def sort_key(self, document: int) -> Any:
        """Return the value that a document is sorted by."""
        value = self._values[document]
        return -value if self._sign < 0 else value

    def set_reverse(self) -> None:
        """Sort numbers from the largest; Whoosh reverses other values itself."""
        self._sign = -1


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # as above
    """The stored values of each document of a segment, as Whoosh reads them."""

    def __init__(self, arrays: SegmentArrays, segment: Any) -> None:
        self._arrays, self._segment = arrays, segment
        self._lengths: dict[str, list[int]] = {}
        # Whoosh keeps deletions with its own record of the segment.
        self.has_deletions, self.is_deleted = segment.has_deletions, segment.is_deleted
        self.deleted_docs = segment.deleted_docs

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self._arrays.documents

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        return self._arrays.documents - int(self._segment.deleted_count())

    def has_column(self, field: str) -> bool:
        """Report whether a field has a column."""
        return any(f"{field}/{name}" in self._arrays.file for name in ("column_numbers", "column_offsets"))

    def column_reader(self, field: str, column: Any) -> ArrayColumnReader:
        """Return the values of a column."""
        del column
        if f"{field}/column_numbers" in self._arrays.file:
            return ArrayColumnReader(self._arrays.columns.numbers(field).tolist())
        if f"{field}/column_codes" in self._arrays.file:
            codes, values = self._arrays.columns.codes(field)
            return ArrayColumnReader([values[code] for code in codes.tolist()])
        return ArrayColumnReader(self._arrays.columns.strings(field).read(0, self._arrays.documents))

    def doc_field_length(self, document: int, field: str, default: int = 0) -> int:
        """Return the length of a field in a document, as exactly as its byte."""
        if field not in self._lengths:
            self._lengths[field] = LENGTH_OF_BYTE[self._arrays.columns.length_bytes(field)].tolist()
        return self._lengths[field][document] or default

    def field_length(self, field: str) -> int:
        """Return the number of tokens of a field in all documents."""
        return self._arrays.tokens(field)

    def min_field_length(self, field: str) -> int:
        """Return the length of the document with the fewest tokens."""
        return int(self._arrays.columns.lengths(field).min(initial=0))

    def max_field_length(self, field: str) -> int:
        """Return the length of the document with the most tokens."""
        return int(self._arrays.columns.lengths(field).max(initial=0))

    def stored_fields(self, document: int) -> dict[str, str]:
        """Return the stored fields of a document."""
        value = self._arrays.columns.strings(STORED_FIELD)[document]
        return {STORED_FIELD: value.decode()} if value else {}
