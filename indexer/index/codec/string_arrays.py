"""Lists of byte strings in a file of arrays, with binary search."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from corpus.errors import IndexStateError
from indexer.index.codec.array_file import CheckedArray


class StringArrays:
    """Byte strings end to end, with the places at which they begin."""

    def __init__(self, strings: CheckedArray, offsets: CheckedArray) -> None:
        self._strings, self._offsets = strings, offsets

    def __len__(self) -> int:
        """Return the number of strings."""
        return max(len(self._offsets) - 1, 0)

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
        offsets = self._offsets.read(low, high + 1).tolist()
        raw, first = self._strings.read(offsets[0], offsets[-1]).tobytes(), offsets[0]
        return [raw[start - first : end - first] for start, end in pairwise(offsets)]

    def lower_bound(self, wanted: bytes) -> int:
        """Return the number of the first string that is not less than ``wanted``, the strings being in order.

        The binary search reads unchecked bytes. The two strings around the place that it finds are then checked, and
        in a sorted list they prove the place.

        Raises:
            IndexStateError: these strings are damaged, or not in order.
        """
        low = self._search(wanted)
        self._check_gap(low, wanted)
        return low

    def find(self, wanted: bytes) -> int:
        """Return the number of a string in a sorted list; -1 where it has none.

        Raises:
            IndexStateError: the strings beside it are damaged.
        """
        number = self._search(wanted)
        if number < len(self) and self[number] == wanted:
            return number
        self._check_gap(number, wanted)
        return -1

    def _check_gap(self, number: int, wanted: bytes) -> None:
        if (number and self[number - 1] >= wanted) or (number < len(self) and self[number] < wanted):
            raise IndexStateError("index.damaged-part", part=self._strings.name, reason="order")

    def _search(self, wanted: bytes) -> int:
        strings, offsets = self._strings.values.data, self._offsets.values.data

        def string(number: int) -> bytes:
            return bytes(strings[offsets[number] : offsets[number + 1]])

        return bisect_left(range(len(self)), wanted, key=string)
