"""A segment from the entries a collector has gathered."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from indexer.index import index_layout
from indexer.index.buffer import Collector
from indexer.index.inversion import Kept, stem_runs, word_runs
from indexer.index.w3.segment_writer import Bytes, Run, SegmentFile, column_bytes, common_columns, length_bytes


def write_segment(storage: Any, index_name: str, fields: Any, collected: Collector) -> Any:
    """Write all that was collected as one new segment, which a table of contents may then name.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    present = {name: words for name, words in collected.words.items() if words.numbers}
    stems = {index_layout.STEMS[name]: name for name in present if name in index_layout.STEMS}
    file = SegmentFile(storage, index_name, [*present, *stems, *collected.whole])
    try:
        lengths = {name: _length_bytes(words.lengths) for name, words in present.items()}
        lengths |= {stem: lengths[name] for stem, name in stems.items()}
        for name, runs in _runs(collected, lengths):
            file.start_field(name, fields[name].format)
            for run in runs:
                file.add(run)
        totals = {name: len(words.numbers) for name, words in present.items()}
        totals |= {stem: totals[name] for stem, name in stems.items()}
        return file.close(collected.documents, _columns(fields, collected, lengths), totals)
    except BaseException:
        file.drop()
        raise


def _runs(collected: Collector, lengths: Mapping[str, Bytes]) -> Iterator[tuple[str, Iterator[Run]]]:
    forms = collected.vocabulary.forms
    for name, words in collected.words.items():
        if not words.numbers:
            continue
        kept = Kept()
        yield name, word_runs(words, forms, kept)
        if name in index_layout.STEMS:
            yield index_layout.STEMS[name], stem_runs(kept, forms, collected.tags, lengths[name])
    for name, lists in collected.whole.items():
        yield name, iter([_whole_run(lists)])


def _whole_run(lists: Mapping[bytes, array[int]]) -> Run:
    terms = sorted(lists)
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum([len(lists[term]) for term in terms], out=starts[1:])
    ids = np.concatenate([np.frombuffer(lists[term], np.uint32) for term in terms]).astype(np.int64)
    return Run(terms, starts, ids, np.ones(len(ids), np.float32), np.zeros(len(ids), np.uint8))


def _length_bytes(lengths: array[int]) -> Bytes:
    return length_bytes(np.frombuffer(lengths, np.uint32).astype(np.int64))


def _columns(fields: Any, collected: Collector, lengths: Mapping[str, Bytes]) -> Iterator[tuple[str, bytes]]:
    yield from common_columns(collected.stored, lengths, collected.documents)
    for name, field in fields.items():
        if field.column_type:  # written even where no document has a value: Whoosh misreads an index that has some only
            yield name, column_bytes(field.column_type, collected.columns.get(name, ()), collected.documents)
