"""One state of one index, opened: postings, lengths and columns of all segments as arrays over all documents.

Documents are numbered through all segments, deleted ones included, as Whoosh numbers them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import FileIndex
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, SegmentReader

from corpus.errors import IndexStateError
from indexer.index import index_layout, schema
from indexer.index.entry import unpack_lengths
from indexer.index.w3 import postings as layout
from indexer.index.w3.mapped_files import Files
from indexer.index.w3.postings import Bytes, Floats, Longs, Postings, reading
from search import bm25f
from search.whoosh_engine.arrays.cache import ArrayCache, Shelf, Value
from search.whoosh_engine.arrays.columns import Dates, KeywordColumn, Mask, build_dates, build_keyword_column
from search.whoosh_engine.arrays.lexicon import Lexicon, build_lexicon
from search.whoosh_engine.arrays.proximity import standing_in

CACHE_BYTES = 256 * 1024 * 1024
"""Bound on the posting lists, positions and lexicons kept in memory; columns and lengths come on top."""

READ_WHOLE = 4
"""Positions are read whole for one in so many of a term's documents, or more."""

SHORT = 128
"""Postings of a term that take longer to find than to decode: of terms with so few on average all are read."""

PLACE_BITS = 32
"""A place is a document's number shifted by this, plus the position in it: places sort by document, then position."""

Segments = list[tuple[SegmentReader, int]]
"""Each segment's reader and the number of its first document."""

Kind = TypeVar("Kind", bound=np.generic)

_NO_IDS: Longs = np.zeros(0, dtype=np.int64)
_NO_WEIGHTS: Floats = np.zeros(0, dtype=np.float64)
_TITLES = frozenset({"title", "title_stem", "file"})


@dataclass(frozen=True, slots=True)
class _Some:
    """Places in some documents, both ascending."""

    documents: Longs
    places: Longs

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.places.nbytes


class Snapshot:
    """What evaluation reads. Arrays that come out of it are shared: never change them.

    Attributes:
        documents: how many the index holds, deleted ones included.
        live: which of them are not deleted.
        deleted: how many are.
        tags: the language tags that stems of this index carry.
    """

    def __init__(self, readers: list[SegmentReader], files: Files, cache_bytes: int = CACHE_BYTES) -> None:
        self._files = files
        ends = list(accumulate((reader.doc_count_all() for reader in readers), initial=0))
        self._segments: Segments = list(zip(readers, ends[:-1], strict=True))
        self._cache = ArrayCache(cache_bytes)
        self._columns = Shelf()
        self.documents: int = ends[-1]
        self.live: Mask = np.ones(self.documents, dtype=bool)
        for reader, base in self._segments:
            self.live[[base + number for number in layout.read_deleted(reader)]] = False
        self.deleted = self.documents - int(np.count_nonzero(self.live))
        self.tags = tuple(sorted(set(_tags(readers))))

    def postings(self, field: str, *terms: str) -> Postings:
        """The posting list of ``terms`` as if they were one; empty when none of them is there."""
        return self._cache.get(("postings", field, *terms), partial(_postings, self._segments, field, terms))

    def places(self, field: str, *terms: str, among: Longs | None = None) -> Longs:
        """All places of any of ``terms``, ascending; see `PLACE_BITS`.

        Of documents that are not ``among`` some, which are ascending, places may be missing: what is asked of few is
        read of them alone the first time, which most often is the last. When others are asked for, all are read.
        """
        held = len(self.postings(field, *terms).ids)
        if among is not None and len(among) * READ_WHOLE < held >= len(terms) * SHORT:
            read = partial(_places_among, self._segments, field, terms, among)
            some = self._cache.get(("places of some", field, *terms), read)
            if standing_in(among, some.documents).all():
                return some.places
        return self._cache.get(("places", field, *terms), partial(_places, self._segments, field, terms))

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Value]) -> Value:
        """What was worked out from posting lists, positions or lexicons, under a key of its own."""
        return self._cache.get(("made", *key), make)

    def lexicon(self, field: str, prefix: str = "") -> Lexicon:
        """The words of ``field`` that start with ``prefix``."""

        def make() -> Lexicon:
            return build_lexicon(layout.read_terms(reader, field, prefix) for reader, _ in self._segments)

        return self._cache.get(("lexicon", field, prefix), make)

    def lengths(self, field: str) -> Floats:
        """Tokens of ``field`` in each document, as coarse as Whoosh keeps them."""
        return self._columns.get(
            ("lengths", field), lambda: _joined(layout.read_lengths, self._segments, field, np.float64)
        )

    def norms(self, field: str) -> Floats:
        """What BM25F divides counts by, for the length of each document; the mean is over deleted ones too."""

        def make() -> Floats:
            total = sum(layout.total_length(reader, field) for reader, _ in self._segments)
            b = bm25f.TITLE_B if field in _TITLES else bm25f.B
            return bm25f.length_norms(self.lengths(field), total / (self.documents or 1), b)

        return self._columns.get(("norms", field), make)

    def keywords(self, field: str) -> KeywordColumn:
        """A keyword field."""

        def make() -> KeywordColumn:
            return build_keyword_column(layout.read_codes(reader, field) for reader, _ in self._segments)

        return self._columns.get(("keywords", field), make)

    def dates(self) -> Dates:
        """First and last days."""

        def make() -> Dates:
            first, last = (
                _joined(layout.read_numbers, self._segments, name, np.int64) for name in ("first_day", "last_day")
            )
            with reading("the dates"):
                return build_dates(first, last)

        return self._columns.get(("dates", ""), make)

    def strings(self, field: str) -> Bytes:
        """A column of byte strings, such as ids."""
        return self._columns.get(
            ("strings", field), lambda: _joined(layout.read_strings, self._segments, field, np.bytes_)
        )

    def page_lengths(self, number: int) -> Longs:
        """Tokens of each text of document ``number``, in order; empty where it has one alone."""
        for at, (reader, base) in enumerate(self._segments):
            if base <= number < base + reader.doc_count_all():
                column = self._columns.get(("page lengths", at), lambda: layout.open_column(reader, index_layout.PAGES))  # noqa: B023 (called at once)
                with reading("the lengths of pages"):
                    return unpack_lengths(column[number - base])
        return _NO_IDS

    def close(self) -> None:
        """Let go of the files."""
        self._files.release()


def open_snapshot(directory: Path) -> Snapshot:
    """Open the newest state of the Whoosh index in ``directory``.

    Raises:
        IndexStateError: there is no index there, or it cannot be opened, or it was not made by this program.
    """
    files = Files(directory)
    try:
        return Snapshot(_open_segments(directory, files), files)
    except BaseException:
        files.release()
        raise


def _open_segments(directory: Path, files: Files) -> list[SegmentReader]:
    try:
        with reading(f"the index in {directory}"):
            index = FileIndex(files)
            names = set(index.schema.names())
            leaves = [leaf for leaf, _ in index.reader().leaf_readers()]
    except (WhooshIndexError, CorruptIndexError, FileFormatError, AssertionError) as error:
        raise IndexStateError("index.unopenable", directory=directory, reason=error) from error
    if set(schema.schema().names()) - names:
        raise IndexStateError("index.foreign", directory=directory)
    return [leaf for leaf in leaves if isinstance(leaf, SegmentReader)]


def _postings(segments: Segments, field: str, terms: Sequence[str]) -> Postings:
    ids, weights = [_NO_IDS], [_NO_WEIGHTS]
    names = [term.encode(errors="replace") for term in terms]
    for reader, base in segments:
        if part := layout.read_postings(reader, field, names):
            ids.append(part.ids + base)
            weights.append(part.weights)
    found = Postings(np.concatenate(ids), np.concatenate(weights))
    if len(terms) == 1:
        return found
    summed = np.bincount(found.ids, found.weights).astype(np.float64)
    united = np.flatnonzero(summed > 0)
    return Postings(united, summed[united])


def _places(segments: Segments, field: str, terms: Sequence[str], among: Longs | None = None) -> Longs:
    found = [_NO_IDS]
    for reader, base in segments:
        here = None if among is None else among - base
        for term in terms:
            if part := layout.read_positions(reader, field, term.encode(errors="replace"), here):
                ids, counts, positions = part
                found.append(np.repeat((ids + base) << PLACE_BITS, counts) + positions)
    places = np.concatenate(found)
    return places if len(terms) == 1 else np.sort(places, kind="stable")


def _places_among(segments: Segments, field: str, terms: Sequence[str], among: Longs) -> _Some:
    return _Some(among, _places(segments, field, terms, among))


def _joined(
    read: Callable[[SegmentReader, str], npt.NDArray[Kind]], segments: Segments, field: str, kind: type[Kind]
) -> npt.NDArray[Kind]:
    return np.concatenate([np.zeros(0, dtype=kind), *(read(reader, field) for reader, _ in segments)])


def _tags(readers: list[SegmentReader]) -> Iterator[str]:
    """Jump from tag to tag: stems are in order, and ``;`` follows ``:``."""
    for reader in readers:
        for field in ("stem", "title_stem"):
            term = layout.next_term(reader, field, "")
            while term is not None:
                tag, _, _ = term.partition(":")
                yield tag
                term = layout.next_term(reader, field, f"{tag};")
