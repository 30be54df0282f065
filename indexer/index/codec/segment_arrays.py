"""A segment of the index as arrays: its terms, postings, positions, lengths, columns and pages.

The arrays of field ``f``, in the order of its terms' bytes; those in brackets are left out where they say nothing:

* ``f/terms``, ``f/term_offsets``: the terms end to end, and where each begins; one more offset ends the last.
* ``f/posting_offsets``, ``f/ids``: where each term's postings begin, and the documents, ascending.
* [``f/codes``, ``f/weights``, ``f/counts``]: for each posting a number into a table of (weight, number of occurrences);
  without them each posting counts one. The postings whose pair is not among the 255 of the table have code 255 and
  are listed in [``f/rare_postings``, ``f/rare_weights``, ``f/rare_counts``].
* [``f/position_offsets``, ``f/positions``]: where each term's positions begin, and the positions, ascending in each
  posting, as many as its occurrences.
* [``f/lengths``]: for each document a length byte (`indexer.index.codec.field_lengths`).
* [``f/stem_offsets``, ``f/stem_words``]: for each term of the field of stems, the numbers of the terms of ``f`` that
  have this stem in some document's language.

The columns of field ``f``: ``f/column_codes`` with ``f/column_values`` and ``f/column_offsets`` (distinct byte
strings), the latter two alone (a byte string a document), or ``f/column_numbers``. Of the texts (pages) of documents:
``pages/offsets`` (where those of each document begin), ``pages/tokens`` (the number of tokens of each),
``pages/characters`` (in the stored text, the first character of every `ANCHOR_TOKENS` th token of each).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import Array, ArrayFile, Floats, Longs, damage_reported, is_ascending
from indexer.index.codec.field_lengths import LENGTH_OF_BYTE, Bytes
from indexer.index.codec.string_arrays import StringArrays
from indexer.index.codec.term_arrays import StemArrays, TermArrays
from indexer.index.index_layout import ANCHOR_TOKENS

_MAX_TOKENS = 1 << 53
"""Tokens of a field that a segment may claim: more than any archive has, and still exact as a floating-point number."""

_NO_LONGS: Longs = np.zeros(0, np.int64)


PAGE_ARRAYS = ("offsets", "tokens", "characters")


@dataclass(frozen=True, slots=True)
class PageArrays:
    """The texts (pages) of a segment's documents.

    Attributes:
        offsets: where the texts of each document begin, and the end.
        tokens: the number of tokens of each text.
        characters: the first character of every `ANCHOR_TOKENS` th token of each text, from the first token on.
    """

    offsets: Longs
    tokens: Longs
    characters: Longs

    def anchors_of_texts(self) -> Longs:
        """Return for each text the number of its entries in ``characters``."""
        anchors: Longs = -(-self.tokens // ANCHOR_TOKENS)
        return anchors


class ColumnArrays:
    """The columns of a segment, and the lengths of its fields and texts: what is stored for each document."""

    def __init__(self, file: ArrayFile, documents: int) -> None:
        self.file, self.documents = file, documents

    def length_bytes(self, field: str) -> Bytes:
        """Return the length byte of a field in each document.

        Raises:
            IndexStateError: they are damaged.
        """
        name = f"{field}/lengths"
        return self._each(name, np.uint8) if name in self.file else np.zeros(self.documents, np.uint8)

    def lengths(self, field: str) -> Floats:
        """Return the length of a field in each document, in tokens, as exactly as its byte.

        Raises:
            IndexStateError: they are damaged.
        """
        return LENGTH_OF_BYTE[self.length_bytes(field)].astype(np.float64)

    def numbers(self, field: str) -> Longs:
        """Return a column of numbers; 0 for a document that has none.

        Raises:
            IndexStateError: it is damaged.
        """
        name = f"{field}/column_numbers"
        return self._each(name, np.int64) if name in self.file else np.zeros(self.documents, np.int64)

    def codes(self, field: str) -> tuple[Longs, list[bytes]]:
        """Return a column of few distinct values: for each document a number into the list of values.

        Raises:
            IndexStateError: it is damaged.
        """
        name = f"{field}/column_codes"
        if name not in self.file:
            return np.zeros(self.documents, np.int64), [b""]
        strings, codes = self._strings(field), self._each(name, np.int64)
        if len(codes) and int(codes.max()) >= len(strings):
            raise IndexStateError("index.damaged-part", part=f"the column {field}", reason="value")
        return codes, strings.read(0, len(strings))

    def strings(self, field: str) -> StringArrays:
        """Return a column of byte strings, one a document.

        Raises:
            IndexStateError: there are more or fewer strings than documents.
        """
        strings = self._strings(field)
        if len(strings) != self.documents:
            raise IndexStateError("index.damaged-part", part=f"the column {field}", reason="count")
        return strings

    def pages(self) -> PageArrays:
        """Return the texts of all documents.

        Raises:
            IndexStateError: they are damaged.
        """
        offsets, tokens, characters = (self.file.array(f"pages/{name}") for name in PAGE_ARRAYS)
        if not len(offsets):
            return PageArrays(np.zeros(self.documents + 1, np.int64), _NO_LONGS, _NO_LONGS)
        pages = PageArrays(*(array.all().astype(np.int64) for array in (offsets, tokens, characters)))
        right = len(offsets) == self.documents + 1 and pages.offsets[-1] == len(tokens) and not pages.offsets[0]
        right = right and bool((pages.offsets[1:] >= pages.offsets[:-1]).all())
        right = right and int(pages.tokens.max(initial=0)) <= len(characters) * ANCHOR_TOKENS
        if not right or int(pages.anchors_of_texts().sum()) != len(characters):
            raise IndexStateError("index.damaged-part", part="the lengths of pages", reason="count")
        return pages

    def texts(self, document: int) -> tuple[Longs, list[Longs]]:
        """Return the number of tokens of each text of a document, in order, and the entries of each in ``characters``.

        Raises:
            IndexStateError: they are damaged.
        """
        offsets, tokens, characters = (self.file.array(f"pages/{name}") for name in PAGE_ARRAYS)
        if not len(offsets):
            return _NO_LONGS, []
        low, high = offsets.read(document, document + 2).tolist()
        starts = self._anchor_starts[low : high + 1].tolist()
        anchors = characters.read(starts[0], starts[-1]).astype(np.int64)
        return tokens.read(low, high).astype(np.int64), [
            anchors[start - starts[0] : end - starts[0]] for start, end in pairwise(starts)
        ]

    @cached_property
    def _anchor_starts(self) -> Longs:
        """Return the offset of the first entry of each text in ``characters``, and the end."""
        tokens = self.file.array("pages/tokens").all().astype(np.int64)
        return np.concatenate([[0], np.cumsum(-(-tokens // ANCHOR_TOKENS))])

    def fields_with(self, kind: str) -> set[str]:
        """Return the fields that have an array of a kind, such as ``column_codes``."""
        names = (name.rpartition("/") for name in self.file.names)
        return {field for field, _, last in names if last == kind}

    def _strings(self, field: str) -> StringArrays:
        names = (f"{field}/column_values", f"{field}/column_offsets")
        strings, offsets = (self.file.array(name) for name in names)
        return StringArrays(strings, offsets)

    def _each(self, name: str, kind: npt.DTypeLike) -> Array:
        array = self.file.array(name)
        if len(array) != self.documents:
            raise IndexStateError("index.damaged-part", part=f"{self.file.name}: {name}", reason="count")
        return array.all().astype(kind)


class SegmentArrays:
    """One segment, opened; everything read from it is checked.

    Attributes:
        file: its file.
        documents: number of its documents, deleted ones included.
        deleted: numbers of those that are deleted, ascending.
        columns: its columns, lengths and pages.
    """

    def __init__(self, file: ArrayFile, deleted: Longs) -> None:
        """Open a segment.

        Raises:
            IndexStateError: its head or its deletions make no sense.
        """
        self.file, self.deleted = file, deleted
        with damage_reported(file.name):
            self.documents: int = file.metadata["documents"]
            self._tokens: dict[str, int] = file.metadata["tokens"]
            numbers, ids = [self.documents, *self._tokens.values()], len(file.array("id/column_values"))
            if not all(type(number) is int and 0 <= number < _MAX_TOKENS for number in numbers):
                raise ValueError("a number is none")
            if self.documents > ids:  # an id has a byte at least: so the file bounds what is reserved for documents
                raise ValueError("a document has no id")
            if not all(isinstance(name, str) for name in file.metadata["fields"]):
                raise ValueError("a field has no name")
            if len(deleted) and (int(deleted[-1]) >= self.documents or not is_ascending(deleted)):
                raise ValueError("a deleted document is none of the segment's")
        self.columns = ColumnArrays(file, self.documents)
        self._terms: dict[str, TermArrays] = {}

    @property
    def fields(self) -> list[str]:
        """Return the fields that have terms, in order."""
        return sorted(str(name) for name in self.file.metadata["fields"])

    def terms(self, field: str) -> TermArrays:
        """Return the terms of a field; none where the segment has none."""
        if field not in self._terms:
            self._terms[field] = TermArrays(self.file, field, self.documents)
        return self._terms[field]

    def tokens(self, field: str) -> int:
        """Return the exact number of tokens of a field, those of deleted documents included."""
        return self._tokens.get(field, 0)

    def stems(self, field: str) -> StemArrays:
        """Return the words of a field by their stems, which are numbered as in the field of stems."""
        return StemArrays(self.file.array(f"{field}/stem_offsets"), self.file.array(f"{field}/stem_words"))

    def live(self) -> npt.NDArray[np.bool_]:
        """Return which documents are not deleted."""
        live = np.ones(self.documents, bool)
        live[self.deleted] = False
        return live

    def document_ids(self) -> list[bytes]:
        """Return the id of every document, deleted ones included.

        Raises:
            IndexStateError: the ids are damaged.
        """
        return self.columns.strings("id").read(0, self.documents)

    def documents_by_id(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number and the id of every document that is not deleted.

        Raises:
            IndexStateError: the ids are damaged.
        """
        ids = self.document_ids()
        yield from ((number, ids[number]) for number in np.flatnonzero(self.live()).tolist())


def open_segment(path: Path, deletions: Path | None = None) -> SegmentArrays:
    """Open a segment and its deletions.

    Raises:
        FileNotFoundError: one of the files is missing.
        IndexStateError: one of them is damaged.
    """
    deleted = ArrayFile(deletions).array("deleted").all().astype(np.int64) if deletions else _NO_LONGS
    return SegmentArrays(ArrayFile(path), deleted)
