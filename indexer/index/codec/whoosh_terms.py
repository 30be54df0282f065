"""Terms and posting lists of a segment as Whoosh reads them. Our own search does without (`term_arrays`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.formats import Positions
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from indexer.index.codec.field_lengths import LENGTH_OF_BYTE
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.term_arrays import TermArrays


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh is not typed
    """The terms of all fields of a segment."""

    def __init__(self, segment: SegmentArrays) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._segment.terms(term[0]).terms.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return self._segment.fields

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every term, by field, then bytes."""
        return self.terms_from("", b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of a field from ``prefix`` on, then those of the fields behind it."""
        return ((name, terms.terms[number]) for name, terms, number in _terms_from(self._segment, field, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with its statistics."""
        return self.items_from("", b"")

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield terms as `terms_from` does, with their statistics."""
        for name, terms, number in _terms_from(self._segment, field, prefix):
            yield (name, terms.terms[number]), _info(self._segment, name, number)

    def term_info(self, field: str, term: bytes) -> TermInfo:
        """Return a term's statistics."""
        return _info(self._segment, field, _number(self._segment, field, term, TermNotFound))

    def frequency(self, field: str, term: bytes) -> float:
        """Return the sum of a term's weights."""
        number = _number(self._segment, field, term, KeyError)  # Whoosh takes KeyError alone for 0
        return float(self._segment.terms(field).weights_between(number, number + 1)[0].sum())

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Return the number of documents that contain a term."""
        number = _number(self._segment, field, term, KeyError)
        return int(self._segment.terms(field).document_counts(number, number + 1)[0])

    def matcher(self, field: str, term: bytes, kind: Any, scorer: Any = None) -> ArrayMatcher:
        """Return a matcher over a term's posting list."""
        number = _number(self._segment, field, term, TermNotFound)
        return ArrayMatcher(self._segment.terms(field), number, kind, _info(self._segment, field, number), scorer)

    def cursor(self, field: str, kind: Any) -> ArrayCursor:
        """Return a cursor over the terms of a field."""
        return ArrayCursor(self._segment.terms(field), kind)


def _terms_from(segment: SegmentArrays, field: str, prefix: bytes) -> Iterator[tuple[str, TermArrays, int]]:
    for name in segment.fields:
        if name >= field:
            terms = segment.terms(name)
            first = terms.terms.lower_bound(prefix) if name == field else 0
            yield from ((name, terms, number) for number in range(first, len(terms.terms)))


def _number(segment: SegmentArrays, field: str, term: bytes, error: type[Exception]) -> int:
    """Return a term's number, or raise ``error`` where the segment lacks it."""
    number = segment.terms(field).terms.find(term)
    if number < 0:
        raise error(f"no term {field}:{term!r}")
    return number


def _info(segment: SegmentArrays, field: str, number: int) -> TermInfo:
    """Return a term's statistics; a new object each time, as Whoosh changes it."""
    terms = segment.terms(field)
    _, ids = terms.postings_between(number, number + 1)
    weights, _ = terms.weights_between(number, number + 1)
    lengths = LENGTH_OF_BYTE[segment.columns.length_bytes(field)[ids]]
    return TermInfo(
        float(weights.sum()), len(ids), int(lengths.min()), int(lengths.max()), float(weights.max()),
        int(ids[0]), int(ids[-1]),
    )  # fmt: skip


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]  # as above
    """A place in the terms of a field."""

    def __init__(self, terms: TermArrays, kind: Any) -> None:
        self._terms, self._kind, self._number = terms.terms, kind, 0

    def is_valid(self) -> bool:
        """Report whether the cursor is at a term."""
        return self._number < len(self._terms)

    def text(self) -> str | None:
        """Return the term at the cursor, decoded."""
        return self._kind.from_bytes(self._terms[self._number]) if self.is_valid() else None

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._number += 1
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not less."""
        self._number = self._terms.lower_bound(term if isinstance(term, bytes) else self._kind.to_bytes(term))
        return self.text()


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # as above
    """Walks through one posting list."""

    def __init__(self, terms: TermArrays, number: int, kind: Any, info: TermInfo, scorer: Any) -> None:
        self._terms, self._number = terms, number
        self.format, self.scorer, self._term = kind, scorer, (terms.field, terms.terms[number])  # read by Whoosh
        _, ids = terms.postings_between(number, number + 1)
        weights, counts = terms.weights_between(number, number + 1)
        self._ids, self._weights, self._counts = ids.tolist(), weights.tolist(), counts.tolist()
        self._at = 0
        # The list is one block to Whoosh, which counts some matches wrongly where there are no blocks.
        self.block_max_weight, self.block_min_length = info.max_weight, info.min_length
        self.block_max_length = info.max_length

    def is_active(self) -> bool:
        """Report whether there is a posting left."""
        return self._at < len(self._ids)

    def skip_to_quality(self, quality: float) -> int:
        """Go to the end where no posting can score more."""
        if not self.is_active() or self.block_quality() > quality:
            return 0
        self._at = len(self._ids)
        return 1

    def id(self) -> int:
        """Return the document."""
        return int(self._ids[self._at])

    def weight(self) -> float:
        """Return the term's weight in the document."""
        return float(self._weights[self._at])

    def all_ids(self) -> Iterator[int]:
        """Yield the documents that are left."""
        return iter(self._ids[self._at :])

    def next(self) -> bool:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, target: int) -> None:
        """Go to the first document that is not before ``target``."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, target, self._at)

    def value(self) -> bytes:
        """Return what the field's format keeps of the posting."""
        if isinstance(self.format, Positions):
            return bytes(self.format.encode(self._positions()))
        return pack_uint(self._counts[self._at]) if self._terms.has_counts else b""

    def value_as(self, name: str) -> Any:
        """Return the posting's positions or frequency."""
        if name == "positions":
            return self._positions()
        return self._counts[self._at] if name == "frequency" else super().value_as(name)

    def _positions(self) -> list[int]:
        start = sum(self._counts[: self._at])
        positions = self._terms.positions_between(self._number, self._number + 1)
        return [int(position) for position in positions[start : start + self._counts[self._at]]]
