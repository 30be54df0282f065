"""Lists of byte strings in a file of arrays, with binary search."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import CheckedArray, Longs

SHORT_RUN_STRINGS = 4
"""Strings that are read one by one before a binary search for the end of a run, which takes as long as some of them."""

_BEHIND_UTF_8 = b"\xff"
"""Greater than every byte of UTF-8."""


class StringArrays:
    """Byte strings end to end, with the places at which they begin."""

    def __init__(self, strings: CheckedArray, offsets: CheckedArray) -> None:
        self._strings, self._offsets = strings, offsets
        self._last: bytes | None = None  # the last string, once it was read
        self._count = max(len(offsets) - 1, 0)

    def __len__(self) -> int:
        """Return the number of strings."""
        return self._count

    def __getitem__(self, number: int) -> bytes:
        """Return one string.

        Raises:
            IndexStateError: it is damaged.
        """
        low, high = self._offsets.read(number, number + 2).tolist()
        return self._strings.read(low, high).tobytes()

    def read(self, low: int, high: int) -> list[bytes]:
        """Return the strings from ``low`` up to ``high``.

        Raises:
            IndexStateError: one of them is damaged.
        """
        if low >= high:
            return []
        places = self._offsets.read(low, high + 1)
        if (places[1:] < places[:-1]).any():
            raise IndexStateError("index.damaged-part", part=self._strings.name, reason="order")
        offsets = places.tolist()
        raw, first = self._strings.read(offsets[0], offsets[-1]).tobytes(), offsets[0]
        return [raw[start - first : end - first] for start, end in pairwise(offsets)]

    def lower_bound(self, wanted: bytes) -> int:
        """Return the number of the first string that is not less than ``wanted``, the strings being in order.

        The binary search reads unchecked bytes. The two strings around the place that it finds are then checked, and
        in a sorted list they prove the place.

        Raises:
            IndexStateError: these strings are damaged, or not in order.
        """
        return self._gap(wanted)[0]

    def find(self, wanted: bytes) -> int:
        """Return the number of a string in a sorted list; -1 where it has none.

        Raises:
            IndexStateError: the strings beside it are damaged.
        """
        number, following = self._gap(wanted)
        return number if following == wanted else -1

    def beginning_with(self, prefix: bytes) -> range:
        """Return the numbers of the strings in a sorted list that begin with some bytes of UTF-8.

        Raises:
            IndexStateError: the strings beside them are damaged, or not in order.
        """
        if not prefix:
            return range(len(self))
        first, following = self._gap(prefix)
        if following is None or not following.startswith(prefix):
            return range(first, first)
        for number in range(first + 1, min(first + SHORT_RUN_STRINGS, len(self))):
            if not self[number].startswith(prefix):
                return range(first, number)
        return range(first, self.lower_bound(prefix + _BEHIND_UTF_8))

    def find_among(self, numbers: Sequence[int], wanted: bytes) -> int:
        """Return which of some ascending numbers is that of a string; -1 where none is.

        Raises:
            IndexStateError: the strings are damaged.
        """
        if not numbers:
            return -1
        offsets = self._offsets.read(numbers[0], numbers[-1] + 2).tolist()
        for number in numbers:
            at = number - numbers[0]
            if offsets[at + 1] - offsets[at] == len(wanted) and self[number] == wanted:
                return number
        return -1

    def read_many(self, numbers: Longs) -> list[bytes]:
        """Return the strings with some numbers.

        Raises:
            IndexStateError: one of them is damaged.
        """
        if not len(numbers):
            return []
        starts, ends = self._offsets.read_bounds(numbers)
        joined, stops = self._strings.read_slices(starts, ends).tobytes(), np.cumsum(ends - starts).tolist()
        return [joined[start:stop] for start, stop in pairwise([0, *stops])]

    def _gap(self, wanted: bytes) -> tuple[int, bytes | None]:
        """Return the number of the first string that is not less than ``wanted``, and the string; None behind all."""
        # Segments of one language are asked for the stems of the others, too: their tags come behind all of it.
        if self._last is not None and wanted > self._last:
            return len(self), None
        number = self._search(wanted)
        before, following = self._neighbours(number)
        if (before is not None and before >= wanted) or (following is not None and following < wanted):
            raise IndexStateError("index.damaged-part", part=self._strings.name, reason="order")
        if following is None:
            self._last = before
        return number, following

    def _neighbours(self, number: int) -> tuple[bytes | None, bytes | None]:
        """Return the strings before and at a number, as `read` does; that takes twice the time for so few."""
        first, last = max(number - 1, 0), min(number + 1, len(self))
        places = self._offsets.read(first, last + 1).tolist() if first < last else [0]
        if places != sorted(places):
            raise IndexStateError("index.damaged-part", part=self._strings.name, reason="order")
        both, middle = self._strings.read(places[0], places[-1]).tobytes(), places[number - first] - places[0]
        return both[:middle] if number else None, both[middle:] if number < len(self) else None

    def _search(self, wanted: bytes) -> int:
        """Return the same number by binary search, written out: a function that compares takes twice the time."""
        content, start, offsets = self._strings.file.content, self._strings.place, self._offsets.values.data
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) >> 1
            if content[start + offsets[middle] : start + offsets[middle + 1]] < wanted:
                low = middle + 1
            else:
                high = middle
        return low
