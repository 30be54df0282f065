"""Merge segments into one without their deleted documents: slices of arrays are copied, and no text is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.index import index_layout
from indexer.index.codec.array_file import Array, Longs, damage_reported, is_ascending
from indexer.index.codec.segment_arrays import SegmentArrays
from indexer.index.codec.segment_writer import Floats32, Run, SegmentFile, SegmentWriter, unite_codes
from indexer.index.codec.term_arrays import TermArrays

_BATCH = 1 << 19
"""Postings and positions that are merged at a time, which bounds the memory a merge takes."""

_NO_LONGS: Longs = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment to merge.

    Attributes:
        segment: the segment.
        live: its documents that are kept, ascending.
        renumbered: by document, its number in the merged segment; -1 where it is deleted.
    """

    segment: SegmentArrays
    live: Longs
    renumbered: Longs


@dataclass(frozen=True, slots=True)
class _SourceTerms:
    """The terms of one field in one source.

    Attributes:
        source: the segment.
        terms: its terms.
        numbers: for each of them its number among the terms of all sources, ascending.
    """

    source: _Source
    terms: TermArrays
    numbers: Longs


@dataclass(frozen=True, slots=True)
class _Slice:
    """The postings of a batch of terms from one source, without those of deleted documents.

    Attributes:
        counts_by_term: for each term of the batch, its number of postings.
        ids, counts, weights: of the postings.
        positions: end to end; empty where the field stores none.
    """

    counts_by_term: Longs
    ids: Longs
    counts: Longs
    weights: Floats32
    positions: Array

    def position_counts(self) -> Longs:
        """Return for each term of the batch its number of positions."""
        ends = np.append(0, np.cumsum(self.counts))
        counts: Longs = np.diff(ends[np.append(0, np.cumsum(self.counts_by_term))])
        return counts


def merge_segments(directory: Path, segments: Sequence[SegmentArrays]) -> SegmentFile:
    """Write the documents of ``segments`` that are not deleted as one new segment.

    Raises:
        IndexStateError: one of the segments is damaged; nothing is left behind.
        OSError: the segment cannot be written; nothing is left behind.
    """
    sources = _sources(segments)
    writer = SegmentWriter(directory, sum(len(source.live) for source in sources))
    try:
        with damage_reported("a segment that is merged"):
            fields = _names(source.segment.fields for source in sources)
            merged = {name: _merge_field(writer, name, sources) for name in fields}
            for words, stems in index_layout.STEMS.items():
                if words in merged and stems in merged:
                    writer.write_stems(words, *_merge_stems(words, merged[words], merged[stems], sources))
            _merge_columns(writer, sources)
            _merge_pages(writer, sources)
        return writer.close()
    except BaseException:
        writer.drop()
        raise


def _sources(segments: Sequence[SegmentArrays]) -> list[_Source]:
    sources, base = [], 0
    for segment in segments:
        live = np.flatnonzero(segment.live())
        renumbered = np.full(segment.documents, -1, np.int64)
        renumbered[live] = np.arange(base, base + len(live))
        base += len(live)
        sources.append(_Source(segment, live, renumbered))
    return sources


def _names(names: Iterable[Iterable[str]]) -> list[str]:
    return sorted(set().union(*names))


def _merge_field(writer: SegmentWriter, name: str, sources: Sequence[_Source]) -> list[Longs]:
    """Write the terms of a field.

    Returns:
        For each source, the new number of each of its terms; -1 for one that no live document contains.
    """
    lists = [source.segment.terms(name) for source in sources]
    read = [terms.terms.read(0, len(terms.terms)) for terms in lists]
    union = sorted(set[bytes]().union(*read))
    ranks = {term: rank for rank, term in enumerate(union)}
    parts = [
        _SourceTerms(source, terms, np.fromiter(map(ranks.__getitem__, own), np.int64, len(own)))
        for source, terms, own in zip(sources, lists, read, strict=True)
    ]
    if not all(is_ascending(part.numbers) for part in parts):
        raise ValueError("terms are not in order")
    kept = np.zeros(len(union), bool)
    writer.write_field(name, _runs(parts, union, kept), wide=any(terms.wide_positions for terms in lists))
    if any(f"{name}/lengths" in source.segment.file for source in sources):
        writer.write_lengths(name, np.concatenate([s.segment.columns.length_bytes(name)[s.live] for s in sources]))
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1)
    return [renumbered[part.numbers] for part in parts]


def _runs(parts: Sequence[_SourceTerms], union: Sequence[bytes], kept: npt.NDArray[np.bool_]) -> Iterator[Run]:
    """Yield the merged postings, some terms at a time, and mark the terms that have any in ``kept``."""
    coded = any(part.terms.has_counts for part in parts)
    positioned = any(part.terms.has_positions for part in parts)
    for low, high in _batches(parts, len(union)):
        slices = [_slice(part, low, high) for part in parts]
        counts_by_term = np.stack([part.counts_by_term for part in slices])
        totals = counts_by_term.sum(axis=0)
        kept[low:high] = totals > 0
        positions = None
        if positioned:
            positions = _interleave(
                np.stack([part.position_counts() for part in slices]), [part.positions for part in slices]
            )
        yield Run(
            [union[number] for number in (np.flatnonzero(totals) + low).tolist()],
            np.append(0, np.cumsum(totals[totals > 0])),
            _interleave(counts_by_term, [part.ids for part in slices]),
            _interleave(counts_by_term, [part.counts for part in slices]) if coded else None,
            _interleave(counts_by_term, [part.weights for part in slices]) if coded else None,
            positions,
        )


def _batches(parts: Sequence[_SourceTerms], terms: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of merged terms with about `_BATCH` postings and positions each."""
    costs = np.zeros(terms, np.int64)
    for part in parts:
        count = len(part.numbers)
        costs[part.numbers] += part.terms.document_counts(0, count) + part.terms.position_counts(0, count)
    ends = np.cumsum(costs)
    low = 0
    while low < terms:
        before = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, before + _BATCH, "right")), low + 1)
        yield low, high
        low = high


def _slice(part: _SourceTerms, low: int, high: int) -> _Slice:
    """Return the postings that a source has of the merged terms from ``low`` up to ``high``."""
    first, last = np.searchsorted(part.numbers, (low, high)).tolist()
    terms, counts_by_term = part.terms, np.zeros(high - low, np.int64)
    if first == last:
        return _Slice(counts_by_term, _NO_LONGS, _NO_LONGS, np.zeros(0, np.float32), _NO_LONGS)
    offsets, ids = terms.postings_between(first, last)
    weights, counts = terms.weights_between(first, last)
    positions: Array = terms.positions_between(first, last) if terms.has_positions else _NO_LONGS
    if terms.has_positions and int(counts.sum()) != len(positions):
        raise ValueError("a posting has more or fewer positions than occurrences")
    ids, postings = part.source.renumbered[ids], np.diff(offsets)
    live = ids >= 0
    if not live.all():
        owners = np.repeat(np.arange(last - first), postings)
        postings = np.bincount(owners[live], minlength=last - first)
        if terms.has_positions:
            positions = positions[np.repeat(live, counts)]
        ids, weights, counts = ids[live], weights[live], counts[live]
    counts_by_term[part.numbers[first:last] - low] = postings
    return _Slice(counts_by_term, ids, counts, weights.astype(np.float32), positions)


def _interleave(counts_by_term: Longs, parts: Sequence[Array]) -> Array:
    """Return the values of several sources in the order of term, then source.

    Args:
        counts_by_term: for each source a row: the number of values of each term.
        parts: the values of each source, in the order of its terms.
    """
    ends = np.cumsum(counts_by_term.T.ravel()).reshape(counts_by_term.T.shape)
    starts = ends - counts_by_term.T
    merged = np.empty(int(counts_by_term.sum()), np.result_type(*parts))
    for number, values in enumerate(parts):
        row = counts_by_term[number]
        merged[np.repeat(starts[:, number] - (np.cumsum(row) - row), row) + np.arange(len(values))] = values
    return merged


def _merge_stems(
    field: str, words: Sequence[Longs], stems: Sequence[Longs], sources: Sequence[_Source]
) -> tuple[Longs, Longs]:
    """Return where the words of each merged stem begin, with the end, and these words."""
    keys = [_NO_LONGS]
    for source, new_words, new_stems in zip(sources, words, stems, strict=True):
        table = source.segment.stems(field)
        if len(table):
            offsets, numbers = table.words(0, len(table))
            pairs = np.repeat(new_stems, np.diff(offsets)), new_words[numbers]
            live = (pairs[0] >= 0) & (pairs[1] >= 0)
            keys.append(pairs[0][live] << 32 | pairs[1][live])
    ordered = np.unique(np.concatenate(keys))
    count = max((int(numbers.max(initial=-1)) for numbers in stems), default=-1) + 1
    return np.searchsorted(ordered >> 32, np.arange(count + 1)), ordered & 0xFFFFFFFF


def _merge_columns(writer: SegmentWriter, sources: Sequence[_Source]) -> None:
    coded = _names(source.segment.columns.fields_with("column_codes") for source in sources)
    for field in _names(source.segment.columns.fields_with("column_numbers") for source in sources):
        writer.write_numbers(field, np.concatenate([s.segment.columns.numbers(field)[s.live] for s in sources]))
    for field in coded:
        parts = [(source.segment.columns.codes(field), source.live) for source in sources]
        writer.write_codes(field, *unite_codes([(codes[live], values) for (codes, values), live in parts]))
    for field in _names(source.segment.columns.fields_with("column_offsets") - {*coded} for source in sources):
        strings: list[bytes] = []
        for source in sources:
            values = source.segment.columns.strings(field).read(0, source.segment.documents)
            strings += [values[number] for number in source.live.tolist()]
        writer.write_strings(field, strings)


def _merge_pages(writer: SegmentWriter, sources: Sequence[_Source]) -> None:
    columns = [_NO_LONGS], [_NO_LONGS], [_NO_LONGS]
    for source in sources:
        pages = source.segment.columns.pages()
        texts = np.diff(pages.offsets)
        anchors = pages.anchors_of_texts()
        if len(source.live) < source.segment.documents:
            live = np.repeat(source.segment.live(), texts)
            parts = texts[source.live], pages.tokens[live], pages.characters[np.repeat(live, anchors)]
        else:
            parts = texts, pages.tokens, pages.characters
        for column, part in zip(columns, parts, strict=True):
            column.append(part)
    writer.write_pages(*map(np.concatenate, columns))
