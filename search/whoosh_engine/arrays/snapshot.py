"""One state of one index, opened: terms, lengths and columns of all segments as arrays over all documents.

Documents are numbered through all segments, deleted ones included, as Whoosh numbers them. Arrays that come out of a
snapshot are shared between questions and threads: never change them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import numpy.typing as npt

from corpus.errors import ClosedArchiveError
from indexer.index import index_layout
from indexer.index.codec.array_file import Floats, Longs, damage_reported
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.string_arrays import StringArrays
from indexer.index.manifest_files import open_segments
from search import bm25f
from search.whoosh_engine.arrays.cache import BoundedCache
from search.whoosh_engine.arrays.columns import Dates, KeywordColumn, Mask, build_dates, build_keyword_column
from search.whoosh_engine.arrays.field_terms import FieldTerms
from search.whoosh_engine.arrays.lexicon import Lexicon

if TYPE_CHECKING:
    from search.ranking.collection_statistics import CollectionStatistics

Strings = npt.NDArray[np.bytes_]

_MAX_PADDED_BYTES = 1 << 28
"""Bytes of a column of strings that are each given the room of the longest. Where one title of a megabyte would make
them more, every string is an object of its own, which sorts slower."""

LEXICON_CACHE_BYTES = 64 << 20
"""Memory for whole lexicons, which fuzzy words and patterns without a literal beginning are compared with. That of
texts takes about 90 bytes a word; a larger one is read again in each such question."""

_TITLES = frozenset({"title", "title_stem", "file"})

Segments = list[tuple[SegmentArrays, int]]
"""Each segment and the number of its first document."""


class Snapshot:
    """The arrays that questions are answered from. Opening reads nothing of terms and columns.

    Columns and norms are made at their first use and kept: their size depends on the number of documents alone. Two
    threads that make the same one at the same time make equal ones.

    Attributes:
        documents: number of documents in the index, deleted ones included.
        live: which of them are not deleted.
        deleted: number of the deleted ones.
        change: number of the last catalogue change that the index contains.
        origin: fingerprint of that change's event.
        collection: the statistics of the collection that these documents are a part of; None where they are all of it.
    """

    def __init__(
        self,
        segments: Sequence[SegmentArrays],
        path: object = "",
        change: int = 0,
        origin: str = "",
        collection: CollectionStatistics | None = None,
    ) -> None:
        ends = list(accumulate((segment.documents for segment in segments), initial=0))
        self._path, self.change, self.origin, self.collection = path, change, origin, collection
        self._segments: Segments = list(zip(segments, ends[:-1], strict=True))
        self._fields: dict[str, FieldTerms] = {}
        self._columns: _Columns = _Columns()
        self._lexicons: BoundedCache[str, Lexicon] = BoundedCache(LEXICON_CACHE_BYTES)
        self.documents: int = ends[-1]
        self.live: Mask = np.concatenate([np.zeros(0, bool), *(segment.live() for segment in segments)])
        self.deleted = self.documents - int(np.count_nonzero(self.live))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The language tags of the stems, sorted; found by a few look-ups among the stems.

        Raises:
            IndexStateError: the stems are damaged.
        """
        if self.collection:
            return self.collection.tags
        return tuple(sorted(set().union(*(self.field(name).tags() for name in index_layout.STEMS.values()))))

    def field(self, name: str) -> FieldTerms:
        """Return the terms of a field."""
        fields = self._fields
        if name not in fields:
            fields[name] = FieldTerms(name, list(self._segments), self.documents)
        return fields[name]

    def lexicon(self, field: str) -> Lexicon:
        """Return all words of a field.

        Raises:
            IndexStateError: they are damaged.
        """
        return self._lexicons.get(field, self.field(field).lexicon)

    def lengths(self, field: str) -> Floats:
        """Return the number of tokens of a field in each document, as exactly as its length byte.

        Raises:
            IndexStateError: they are damaged.
        """
        if field not in self._columns.lengths:
            parts = [segment.columns.lengths(field) for segment, _ in self._segments]
            self._columns.lengths[field] = np.concatenate([np.zeros(0), *parts])
        return self._columns.lengths[field]

    def norms(self, field: str, max_tokens: int | None = None) -> Floats:
        """Return BM25's length norm of a field in each document; the mean is over the collection, deleted ones too.

        Args:
            field: the index field.
            max_tokens: the norms are of a stretch of at most so many tokens.

        Raises:
            IndexStateError: the lengths are damaged.
        """
        key = field, max_tokens
        if key not in self._columns.norms:
            b, lengths = bm25f.TITLE_B if field in _TITLES else bm25f.B, self.lengths(field)
            if max_tokens is not None:
                lengths = np.minimum(lengths, max_tokens)
            if self.collection:
                mean = self.collection.mean_passage if max_tokens else self.collection.mean_lengths[field]
            elif max_tokens is None:
                mean = sum(segment.tokens(field) for segment, _ in self._segments) / (self.documents or 1)
            else:
                mean = float(lengths.mean())
            self._columns.norms[key] = bm25f.length_norms(lengths, mean, b)
        return self._columns.norms[key]

    def keywords(self, field: str) -> KeywordColumn:
        """Return a keyword field of all documents.

        Raises:
            IndexStateError: it is damaged.
        """
        if field not in self._columns.keywords:
            with damage_reported(f"the column {field}"):
                parts = (
                    _live_codes(segment, field, self.live[base : base + segment.documents])
                    for segment, base in self._segments
                )
                self._columns.keywords[field] = build_keyword_column(parts)
        return self._columns.keywords[field]

    def dates(self) -> Dates:
        """Return the first and last days of all documents.

        Raises:
            IndexStateError: they are damaged.
        """
        if self._columns.dates is None:
            first, last = (
                np.concatenate([np.zeros(0, np.int64), *(part.columns.numbers(name) for part, _ in self._segments)])
                for name in index_layout.NUMBER_COLUMNS
            )
            if self.deleted:
                first, last = (np.where(self.live, days, index_layout.UNDATED) for days in (first, last))
            with damage_reported("the dates"):
                self._columns.dates = build_dates(first, last)
        return self._columns.dates

    def strings(self, field: str) -> Strings:
        """Return a column of byte strings, such as ids.

        Raises:
            IndexStateError: it is damaged.
        """
        if field not in self._columns.strings:
            parts = [_strings(part.columns.strings(field)) for part, _ in self._segments]
            self._columns.strings[field] = np.concatenate([np.zeros(0, np.bytes_), *parts])
        return self._columns.strings[field]

    def ranks(self, field: str) -> Longs:
        """Return the rank of each document by a column of byte strings; equal strings have equal ranks.

        Raises:
            IndexStateError: the column is damaged.
        """
        if field not in self._columns.ranks:
            strings = self.strings(field)
            order = np.argsort(strings, kind="stable")
            ordered = strings[order]
            ranks = np.zeros(len(strings), np.int64)
            ranks[order[1:]] = np.cumsum(ordered[1:] != ordered[:-1])
            self._columns.ranks[field] = ranks
        return self._columns.ranks[field]

    def segments(self) -> Segments:
        """Return each segment and the number of its first document.

        Raises:
            ClosedArchiveError: when they are iterated after `close`.
        """
        return self._segments

    def close(self) -> None:
        """Let go of the files; what is asked of them later raises `ClosedArchiveError`."""
        self._segments = _ClosedSegments(self._path)
        self._fields = {}
        self._lexicons = BoundedCache(LEXICON_CACHE_BYTES)


def _live_codes(segment: SegmentArrays, field: str, live: Mask) -> tuple[Longs, list[str]]:
    """Return the codes and stored values of a segment's column, in which deleted documents have no value."""
    codes, values = segment.columns.codes(field)
    stored = [value.decode() for value in values]
    return (codes, stored) if live.all() else (np.where(live, codes, len(stored)), [*stored, ""])


class _Columns:
    """The columns of a snapshot that have been made, by field."""

    def __init__(self) -> None:
        self.lengths: dict[str, Floats] = {}
        self.norms: dict[tuple[str, int | None], Floats] = {}
        self.keywords: dict[str, KeywordColumn] = {}
        self.strings: dict[str, Strings] = {}
        self.ranks: dict[str, Longs] = {}
        self.dates: Dates | None = None


class _ClosedSegments(list[tuple[SegmentArrays, int]]):
    """The segments of a closed snapshot: an error instead of the answers of an empty index."""

    def __init__(self, path: object) -> None:
        super().__init__()
        self._path = path

    def __iter__(self) -> Iterator[NoReturn]:
        raise ClosedArchiveError("archive.closed", archive=self._path)


def open_snapshot(directory: Path) -> Snapshot:
    """Open the newest state of the index in ``directory``.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    manifest, segments = open_segments(directory)
    return Snapshot(segments, directory, manifest.change, manifest.origin)


def _strings(strings: StringArrays) -> Strings:
    listed = strings.read(0, len(strings))
    padded = max(map(len, listed), default=0) * len(listed)
    return np.array(listed or [b""][:0], dtype=bytes if padded <= _MAX_PADDED_BYTES else object)


def document_texts(snapshot: Snapshot, number: int) -> tuple[Longs, list[Longs]]:
    """Return the number of tokens of each text of a document, and the entries of each in ``pages/characters``.

    Raises:
        IndexStateError: they are damaged.
    """
    *_, (segment, base) = [(segment, base) for segment, base in snapshot.segments() if base <= number]
    with damage_reported("the lengths of pages"):
        return segment.columns.texts(number - base)


def leading_tokens(snapshot: Snapshot, counts: Longs) -> Longs:
    """Return the number of tokens of the first texts of each document; of all its texts where their count is negative.

    Args:
        snapshot: the index.
        counts: for each document the number of its texts that are asked for.

    Raises:
        IndexStateError: the lengths are damaged.
    """
    parts = [np.zeros(0, np.int64)]
    for segment, base in snapshot.segments():
        with damage_reported("the lengths of pages"):
            pages = segment.columns.pages()
        wanted, texts = counts[base : base + segment.documents], np.diff(pages.offsets)
        ends = np.append(0, np.cumsum(pages.tokens))
        firsts = pages.offsets[:-1]
        lasts = firsts + np.where(wanted < 0, texts, np.minimum(wanted, texts))
        parts.append(ends[lasts] - ends[firsts])
    return np.concatenate(parts)
