"""Several segments made into one, without their deleted documents: postings copied, words not read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import compress, groupby
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import SegmentReader

from indexer.index.w3 import pickles
from indexer.index.w3.pickles import Longs
from indexer.index.w3.segment_reader import (
    EncodedBlock,
    field_names,
    length_column,
    live_documents,
    read_blocks,
    term_data,
)
from indexer.index.w3.segment_writer import LENGTH_OF_BYTE, Bytes, Run, SegmentFile, column_bytes, common_columns

_BATCH = 1 << 17
"""Postings read before they are written: bounds what merging takes of memory."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """The segments to merge.

    Attributes:
        readers: of each.
        live: documents of each to be kept.
        bases: by segment, where its documents begin in ``renumbered``.
        renumbered: by old document, its new number; -1 is deleted.
    """

    readers: Sequence[SegmentReader]
    live: Sequence[list[int]]
    bases: Longs
    renumbered: Longs

    @property
    def documents(self) -> int:
        """How many will be kept."""
        return sum(map(len, self.live))


@dataclass(slots=True)
class _Batch:
    """Postings of some consecutive terms, block after block, as they are stored."""

    terms: list[bytes] = field(default_factory=list)
    blocks: list[tuple[int, int, int]] = field(default_factory=list)  # term, segment, postings
    deltas: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, segment: int, block: EncodedBlock) -> None:
        """Take a block of the last of ``terms``."""
        size = len(block.deltas)
        self.blocks.append((len(self.terms) - 1, segment, size))
        self.deltas.extend(block.deltas)
        if block.weights is None or isinstance(block.weights, float):
            self.weights.extend([1.0 if block.weights is None else block.weights] * size)
        else:
            self.weights.extend(block.weights)
        if isinstance(block.values, bytes):
            self.values.append(block.values)
        elif block.values:
            self.values.extend(block.values)


def merge_segments(storage: Any, index_name: str, fields: Any, readers: Sequence[SegmentReader]) -> Any:
    """Write the live documents of ``readers`` as one new segment, which a table of contents may then name.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    sources = _sources(readers)
    names = sorted(set().union(*map(field_names, readers)) & set(fields.names()))
    file = SegmentFile(storage, index_name, names)
    try:
        lengths = {name: _lengths(sources, name) for name in names if fields[name].scorable}
        for name in names:
            file.start_field(name, fields[name].format)
            for batch in _batches(sources, name):
                file.add(_run(sources, batch, lengths.get(name), fields[name].format.posting_size))
        return file.close(sources.documents, _columns(fields, sources, lengths), _totals(sources, lengths))
    except BaseException:
        file.drop()
        raise


def _sources(readers: Sequence[SegmentReader]) -> _Sources:
    live = [live_documents(reader) for reader in readers]
    sizes = [reader.doc_count_all() for reader in readers]
    bases = np.cumsum([0, *sizes])
    renumbered = np.full(int(bases[-1]), -1, np.int64)
    kept = np.concatenate([np.array(found, np.int64) + base for found, base in zip(live, bases.tolist(), strict=False)])
    renumbered[kept] = np.arange(len(kept))
    return _Sources(readers, live, bases[:-1], renumbered)


def _batches(sources: _Sources, name: str) -> Iterator[_Batch]:
    batch = _Batch()
    for term, found in groupby(merge(*_entries(sources, name)), itemgetter(0)):
        batch.terms.append(term)
        for _, segment, data in found:
            for block in read_blocks(sources.readers[segment], data):
                batch.add(segment, block)
        if len(batch.deltas) >= _BATCH:
            yield batch
            batch = _Batch()
    if batch.terms:
        yield batch


def _entries(sources: _Sources, name: str) -> Iterator[Iterator[tuple[bytes, int, bytes]]]:
    for number, reader in enumerate(sources.readers):
        yield _numbered(number, term_data(reader, name))


def _numbered(number: int, entries: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, int, bytes]]:
    return ((term, number, data) for term, data in entries)


def _run(sources: _Sources, batch: _Batch, lengths: Bytes | None, value_size: int) -> Run:
    term_of, segment_of, sizes = np.array(batch.blocks, np.int64).T
    sums = np.cumsum(np.array(batch.deltas, np.int64))
    before = np.concatenate([[0], sums])[np.cumsum(sizes) - sizes]  # gaps begin anew in each block
    ids = sources.renumbered[sums + np.repeat(sources.bases[segment_of] - before, sizes)]
    terms = np.repeat(term_of, sizes)
    weights = np.array(batch.weights, np.float32)
    live = ids >= 0
    raw, ends = _values(batch.values, live, value_size)
    ids, terms, weights = ids[live], terms[live], weights[live]
    kept = np.unique(terms)
    starts = np.append(np.searchsorted(terms, kept), len(terms))
    held = np.zeros(len(ids), np.uint8) if lengths is None else lengths[ids]
    return Run([batch.terms[number] for number in kept.tolist()], starts, ids, weights, held, raw, ends)


def _values(values: list[bytes], live: npt.NDArray[np.bool_], size: int) -> tuple[bytes, Longs]:
    """What is kept of each live posting, end to end, and where each ends; ``size`` is that of each, -1 if it varies."""
    if size < 0:
        return pickles.byte_items(list(compress(values, live.tolist())))
    raw = np.frombuffer(b"".join(values), np.uint8).reshape(len(live), size)[live]
    return raw.tobytes(), np.arange(len(raw) + 1) * size


def _lengths(sources: _Sources, name: str) -> Bytes:
    return np.concatenate([
        length_column(reader, name)[live] for reader, live in zip(sources.readers, sources.live, strict=True)
    ])  # fmt: skip


def _totals(sources: _Sources, lengths: Mapping[str, Bytes]) -> dict[str, int]:
    """Exact where nothing was deleted; else from the length bytes, as Whoosh itself does."""
    if any(reader.has_deletions() for reader in sources.readers):
        return {name: int(LENGTH_OF_BYTE[found].sum()) for name, found in lengths.items()}
    return {name: sum(int(reader.field_length(name)) for reader in sources.readers) for name in lengths}


def _columns(fields: Any, sources: _Sources, lengths: Mapping[str, Bytes]) -> Iterator[tuple[str, bytes]]:
    stored = (
        reader.stored_fields(number)
        for reader, live in zip(sources.readers, sources.live, strict=True)
        for number in live
    )
    yield from common_columns(stored, lengths, sources.documents)
    for name, kind in fields.items():
        if kind.column_type:
            yield name, column_bytes(kind.column_type, _rows(sources, name), sources.documents)


def _rows(sources: _Sources, name: str) -> Iterator[tuple[int, Any]]:
    base = 0
    for reader, live in zip(sources.readers, sources.live, strict=True):
        if reader.has_column(name):
            column = reader.column_reader(name, translate=False)
            yield from ((base + place, column[number]) for place, number in enumerate(live))
        base += len(live)
