"""The py3langid language identifier, with its byte n-grams counted in NumPy arrays.

The model is a finite automaton that py3langid runs over a text byte by byte in Python, which is most of its time. Its
state depends on the last few bytes alone, so the text is cut into chunks that are run in parallel, each from a few
bytes before its start. The counts are the same, in the same order, and so are the scores.
"""

from __future__ import annotations

import math
import mmap
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from py3langid import langid

MAX_RUN_BYTES = 6
"""Bytes of the longest n-gram in the model; earlier bytes do not affect the state."""
CHUNK_BYTES = 16
"""Bytes of a chunk. A sample of some thousand bytes is hundreds of chunks."""
ROWS_AT_ONCE = 1024
"""Rows of the model's table that are converted at once: 300 KB, which the processor's cache holds."""
_PRIVATE: dict[str, Any] = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}


def _in_large_pages(array: NDArray[Any]) -> NDArray[Any]:
    """Return a copy of an array in memory of large pages, where the system has them."""
    copy = _empty_in_large_pages(array.shape, array.dtype)
    copy[...] = array
    return copy


def _empty_in_large_pages(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return an array of zeros in memory of large pages, where the system has them.

    A process is forked for each file that is read. The model takes 110 MB: in pages of 4 KB, the forked process would
    spend most of its time on the table of the pages, or on faults at those that it reads.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if not size:
        return np.zeros(shape, dtype)
    memory = mmap.mmap(-1, size, **_PRIVATE)
    if hasattr(memory, "madvise") and hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # a system without them
            memory.madvise(mmap.MADV_HUGEPAGE)
    return np.frombuffer(memory, dtype).reshape(shape)


class ArrayLanguageIdentifier(langid.LanguageIdentifier):  # type: ignore[misc] # py3langid has no types
    """A language identifier with py3langid's results in a quarter of its time."""

    nb_ptc: NDArray[np.float32]
    nb_pc: NDArray[np.float32]
    nb_classes: list[str]
    tk_nextmove: NDArray[Any]
    tk_output: NDArray[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._moves = self.tk_nextmove = _in_large_pages(np.asarray(self.tk_nextmove))
        self._rows = self._rowbase = _in_large_pages(np.asarray(self.tk_row).astype(np.intp) << 8)
        self._features = self.tk_output = _in_large_pages(np.asarray(self.tk_output, dtype=np.int32))
        self._full_model = _in_large_pages(np.asarray(self.nb_ptc)), self.nb_pc, self.nb_classes
        self.nb_ptc = self._full_model[0]

    def set_languages(self, langs: list[str] | None = None) -> None:
        """Limit the identifier to ``langs``, or lift the limit, and lay its table out for sums over rows.

        Raises:
            ValueError: the model does not know a language.
        """
        table, constants, classes = self._full_model
        if unknown := set(langs or ()) - set(classes):
            raise ValueError(f"unknown languages: {', '.join(sorted(unknown))}")
        columns = [column for column, name in enumerate(classes) if langs is None or name in langs]
        self.nb_classes = [classes[column] for column in columns]
        self.nb_pc = constants[columns]
        self.nb_ptc = _empty_in_large_pages((len(table), len(columns)), np.float32)
        for start in range(0, len(table), ROWS_AT_ONCE):
            self.nb_ptc[start : start + ROWS_AT_ONCE] = table[start : start + ROWS_AT_ONCE].take(columns, axis=1)
        self._set_alias_pairs()

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        features, counts = self.count(text)
        if not len(features):
            scores: NDArray[np.float32] = super()._raw_score(b"")
            return scores
        weights: NDArray[np.float32] = np.log1p(counts.astype(np.float32)) @ self.nb_ptc[features] + self.nb_pc
        return weights

    def count(self, text: bytes) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Return the model's features in ``text``, ordered by first occurrence, and the count of each."""
        feature_ids = self._features[self._states(np.frombuffer(text, np.uint8))]
        features, first, counts = np.unique(feature_ids[feature_ids >= 0], return_index=True, return_counts=True)
        order = np.argsort(first)
        return features[order], counts[order]

    def _states(self, text: NDArray[np.uint8]) -> NDArray[np.intp]:
        """Return the automaton's state after each byte."""
        count = -(-len(text) // CHUNK_BYTES)
        padded = np.zeros(MAX_RUN_BYTES + count * CHUNK_BYTES, np.uint8)
        padded[MAX_RUN_BYTES : MAX_RUN_BYTES + len(text)] = text
        chunks = np.lib.stride_tricks.as_strided(
            padded, (MAX_RUN_BYTES + CHUNK_BYTES, count), (1, CHUNK_BYTES), writeable=False
        )
        visited = np.zeros((MAX_RUN_BYTES + CHUNK_BYTES, count), np.intp)
        states = visited[0]
        for offset, letters in enumerate(chunks):
            if offset == MAX_RUN_BYTES and count:
                states[0] = 0  # no bytes precede the first chunk
            states = visited[offset] = self._moves[self._rows[states] + letters]
        return visited[MAX_RUN_BYTES:].T.ravel()[: len(text)]
