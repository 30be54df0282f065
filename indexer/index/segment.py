"""Write a segment from the entries that a collector gathered."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from indexer.index import index_layout
from indexer.index.buffer import Collector, Words
from indexer.index.codec.array_file import Longs
from indexer.index.codec.field_lengths import length_bytes
from indexer.index.codec.segment_writer import Run, SegmentFile, SegmentWriter, unite_codes
from indexer.index.terms.inversion import StemInversion, WordInversion
from indexer.index.terms.joined_entries import joined_run
from indexer.index.terms.marked_entries import marked_run
from indexer.text import analysis

_NARROW_TOKENS = 1 << 16
"""Tokens of a document from which on its positions take more than two bytes."""


def write_segment(directory: Path, collected: Collector) -> SegmentFile:
    """Write all that was collected as one new segment, which a manifest may then name.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    collected.analyse()
    writer = SegmentWriter(directory, collected.documents)
    try:
        for name, words in collected.words.items():
            if words.numbers:
                _write_words(writer, name, words, collected)
        for name, lists in collected.keywords.items():
            writer.write_field(name, [_keyword_run(lists)])
        _write_columns(writer, collected)
        paged = collected.words[index_layout.PAGED]
        arrays = (np.frombuffer(values, np.uint32) for values in (paged.texts, paged.stretches, collected.anchors))
        writer.write_pages(*map(_longs, arrays))
        return writer.close()
    except BaseException:
        writer.drop()
        raise


def _write_words(writer: SegmentWriter, name: str, words: Words, collected: Collector) -> None:
    """Write a field of words and the field of its stems."""
    forms = collected.vocabulary.forms
    lengths = words.lengths()
    inversion = WordInversion(words, forms)
    writer.write_field(name, inversion.runs(), wide=int(lengths.max()) > _NARROW_TOKENS)
    ends = np.cumsum(lengths)
    holes = np.bincount(ends.searchsorted(np.frombuffer(words.joined.holes, np.int64), "right"), minlength=len(lengths))
    writer.write_lengths(name, length_bytes(lengths - holes))
    if stem_field := index_layout.STEMS.get(name):
        stems = StemInversion(inversion.occurrences, forms, collected.tags)
        writer.write_stems(name, *stems.words_by_stem(inversion.numbers))
        writer.write_field(stem_field, stems.runs())
        writer.write_lengths(stem_field, length_bytes(lengths - holes))
    if words.marked.places:
        run = marked_run(words.marked, ends, forms)
        writer.write_field(index_layout.MARKED[name], [run], wide=int(lengths.max()) > _NARROW_TOKENS)
    if words.joined.places:
        _write_joined(writer, name, words, collected)


def _write_joined(writer: SegmentWriter, name: str, words: Words, collected: Collector) -> None:
    """Write the joined words of a field of words, and their stems."""
    ends, joined = np.cumsum(words.lengths()), words.joined
    wide = int(words.lengths().max()) > _NARROW_TOKENS
    forms = [collected.vocabulary.forms[number] for number in joined.numbers]
    writer.write_field(index_layout.JOINED[name], [joined_run(joined, ends, forms)], wide=wide)
    text_ends = np.cumsum(np.frombuffer(words.stretches, np.uint32), dtype=np.int64)
    texts = text_ends.searchsorted(np.frombuffer(joined.places, np.int64), "right").tolist()
    stems = [analysis.stem(form, collected.tags[words.tags[text]]) for form, text in zip(forms, texts, strict=True)]
    writer.write_field(index_layout.JOINED_STEMS[name], [joined_run(joined, ends, stems)], wide=wide)


def _keyword_run(lists: Mapping[bytes, array[int]]) -> Run:
    terms = sorted(lists)
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum([len(lists[term]) for term in terms], out=starts[1:])
    return Run(terms, starts, np.concatenate([np.frombuffer(lists[term], np.uint32) for term in terms]))


def _write_columns(writer: SegmentWriter, collected: Collector) -> None:
    for name in index_layout.NUMBER_COLUMNS:
        writer.write_numbers(name, _numbers(collected.columns.get(name, ()), collected.documents))
    for name in index_layout.STRING_COLUMNS:
        writer.write_strings(name, list(_strings(collected.columns.get(name, ()), collected.documents)))
    for name in index_layout.KEYWORD_COLUMNS:
        strings = list(_strings(collected.columns.get(name, ()), collected.documents))
        writer.write_codes(name, *unite_codes([_first_codes(strings)]))


def _numbers(rows: Iterable[tuple[int, Any]], documents: int) -> Longs:
    numbers = np.zeros(documents, np.int64)
    for document, value in rows:
        numbers[document] = value
    return numbers


def _strings(rows: Iterable[tuple[int, Any]], documents: int) -> Iterator[bytes]:
    values = dict(rows)
    return (values.get(document, b"") for document in range(documents))


def _first_codes(strings: list[bytes]) -> tuple[Longs, list[bytes]]:
    """Return a number for each distinct string, and the strings by these numbers."""
    numbers: dict[bytes, int] = {}
    codes = np.fromiter((numbers.setdefault(string, len(numbers)) for string in strings), np.int64, len(strings))
    return codes, list(numbers)


def _longs(values: Any) -> Longs:
    longs: Longs = values.astype(np.int64)
    return longs
