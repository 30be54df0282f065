"""One state of one index, opened: postings, lengths and columns of all segments as arrays over all documents.

Documents are numbered through all segments, deleted ones included, as Whoosh numbers them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import NoReturn, TypeVar

import numpy as np
import numpy.typing as npt

from corpus.errors import ClosedArchiveError
from indexer.index import index_layout
from indexer.index.codec.array_file import Floats, Longs, damage_reported
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.string_arrays import StringArrays
from indexer.index.codec.term_arrays import Postings
from indexer.index.manifest_files import open_segments
from search import bm25f
from search.whoosh_engine.arrays.cache import ArrayCache, Shelf, Value
from search.whoosh_engine.arrays.columns import Dates, KeywordColumn, Mask, build_dates, build_keyword_column
from search.whoosh_engine.arrays.lexicon import Lexicon, build_lexicon
from search.whoosh_engine.arrays.proximity import standing_in

Strings = npt.NDArray[np.bytes_]

CACHE_BYTES = 256 * 1024 * 1024
"""Bound on the posting lists, positions and lexicons kept in memory; columns and lengths come on top."""

READ_WHOLE = 4
"""Positions are read whole for one in so many of a term's documents, or more."""

SHORT = 128
"""Postings of a term that take longer to find than to decode: of terms with so few on average all are read."""

PLACE_BITS = 32
"""A place is a document's number shifted by this, plus the position in it: places sort by document, then position."""

Segments = list[tuple[SegmentArrays, int]]
"""Each segment and the number of its first document."""

Kind = TypeVar("Kind", bound=np.generic)

_BEHIND_UTF_8 = b"\xff"
"""Greater than every byte of UTF-8."""

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

    def __init__(self, segments: Sequence[SegmentArrays], cache_bytes: int = CACHE_BYTES, place: object = "") -> None:
        ends = list(accumulate((segment.documents for segment in segments), initial=0))
        self._place = place
        self._segments: Segments = list(zip(segments, ends[:-1], strict=True))
        self._cache = ArrayCache(cache_bytes)
        self._columns = Shelf()
        self.documents: int = ends[-1]
        self.live: Mask = np.concatenate([np.zeros(0, bool), *(segment.live() for segment in segments)])
        self.deleted = self.documents - int(np.count_nonzero(self.live))
        self.tags = tuple(sorted(set(_tags(segments))))

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
            return build_lexicon(_terms(segment, field, prefix) for segment, _ in self._segments)

        return self._cache.get(("lexicon", field, prefix), make)

    def lengths(self, field: str) -> Floats:
        """Tokens of ``field`` in each document, as coarse as Whoosh keeps them."""
        return self._columns.get(
            ("lengths", field),
            lambda: _joined([part.columns.lengths(field) for part, _ in self._segments], np.float64),
        )

    def norms(self, field: str) -> Floats:
        """What BM25F divides counts by, for the length of each document; the mean is over deleted ones too."""

        def make() -> Floats:
            total = sum(segment.tokens(field) for segment, _ in self._segments)
            b = bm25f.TITLE_B if field in _TITLES else bm25f.B
            return bm25f.length_norms(self.lengths(field), total / (self.documents or 1), b)

        return self._columns.get(("norms", field), make)

    def keywords(self, field: str) -> KeywordColumn:
        """A keyword field."""

        def make() -> KeywordColumn:
            with damage_reported(f"the column {field}"):
                parts = (segment.columns.codes(field) for segment, _ in self._segments)
                return build_keyword_column((codes, [value.decode() for value in values]) for codes, values in parts)

        return self._columns.get(("keywords", field), make)

    def dates(self) -> Dates:
        """First and last days."""

        def make() -> Dates:
            first, last = (
                _joined([segment.columns.numbers(name) for segment, _ in self._segments], np.int64)
                for name in index_layout.NUMBER_COLUMNS
            )
            with damage_reported("the dates"):
                return build_dates(first, last)

        return self._columns.get(("dates", ""), make)

    def strings(self, field: str) -> Strings:
        """A column of byte strings, such as ids."""
        return self._columns.get(
            ("strings", field),
            lambda: _joined([_strings(part.columns.strings(field)) for part, _ in self._segments], np.bytes_),
        )

    def page_lengths(self, number: int) -> Longs:
        """Tokens of each text of document ``number``, in order; empty where it has one alone."""
        for segment, base in self._segments:
            if base <= number < base + segment.documents:
                with damage_reported("the lengths of pages"):
                    lengths = segment.columns.page_tokens(number - base)
                return lengths if len(lengths) > 1 else _NO_IDS
        return _NO_IDS

    def close(self) -> None:
        """Let go of the files."""
        self._segments = _ClosedSegments(self._place)


class _ClosedSegments(list[tuple[SegmentArrays, int]]):
    """The segments of a closed snapshot, which has no answer, rather than that of an empty index."""

    def __init__(self, place: object) -> None:
        super().__init__()
        self._place = place

    def __iter__(self) -> NoReturn:
        raise ClosedArchiveError("archive.closed", archive=self._place)


def open_snapshot(directory: Path) -> Snapshot:
    """Open the newest state of the index in ``directory``.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    _, segments = open_segments(directory)
    return Snapshot(segments, place=directory)


def _postings(segments: Segments, field: str, terms: Sequence[str]) -> Postings:
    ids, weights = [_NO_IDS], [_NO_WEIGHTS]
    with damage_reported(f"a posting list of {field}"):
        for segment, base, number in _numbers(segments, field, terms):
            part = segment.terms(field).postings(number)
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
    with damage_reported(f"the positions of {field}"):
        for segment, base, number in _numbers(segments, field, terms):
            here = None if among is None else among - base
            ids, counts, positions = segment.terms(field).positions(number, here)
            found.append(np.repeat((ids + base) << PLACE_BITS, counts) + positions)
    places = np.concatenate(found)
    return places if len(terms) == 1 else np.sort(places, kind="stable")


def _places_among(segments: Segments, field: str, terms: Sequence[str], among: Longs) -> _Some:
    return _Some(among, _places(segments, field, terms, among))


def _numbers(segments: Segments, field: str, terms: Sequence[str]) -> Iterator[tuple[SegmentArrays, int, int]]:
    """Yield each segment that has some of ``terms``, the number of its first document, and the term's number in it."""
    encoded = [term.encode(errors="replace") for term in terms]
    for segment, base in segments:
        for term in encoded:
            number = segment.terms(field).terms.find(term)
            if number >= 0:
                yield segment, base, number


def _terms(segment: SegmentArrays, field: str, prefix: str) -> tuple[list[str], list[int]]:
    """Return the terms of a field that begin with ``prefix``, in order of their bytes, and their document counts."""
    with damage_reported(f"the words of {field}"):
        terms, encoded = segment.terms(field), prefix.encode(errors="replace")
        low, high = terms.terms.lower_bound(encoded), terms.terms.lower_bound(encoded + _BEHIND_UTF_8)
        return [term.decode() for term in terms.terms.read(low, high)], terms.document_counts(low, high).tolist()


def _strings(strings: StringArrays) -> Strings:
    return np.array(strings.read(0, len(strings)) or [b""][:0], dtype=bytes)


def _joined(parts: Sequence[npt.NDArray[Kind]], kind: type[Kind]) -> npt.NDArray[Kind]:
    return np.concatenate([np.zeros(0, dtype=kind), *parts])


def _tags(segments: Sequence[SegmentArrays]) -> Iterator[str]:
    """Jump from tag to tag: stems are in order, and ``;`` follows ``:``."""
    for segment in segments:
        for field in index_layout.STEMS.values():
            with damage_reported(f"the words of {field}"):
                terms, number = segment.terms(field).terms, 0
                while number < len(terms):
                    tag, _, _ = terms[number].partition(b":")
                    yield tag.decode()
                    number = terms.lower_bound(tag + b";")
