"""Columns of all documents as arrays: keyword values, days and years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.text.analysis import value_key

Mask = npt.NDArray[np.bool_]

_UNIX_EPOCH = 719_163  # ordinal of 1970-01-01, from which NumPy counts days


@dataclass(frozen=True, slots=True)
class KeywordColumn:
    """A keyword field of all documents.

    Attributes:
        codes: for each document the number of its set of values.
        sets, members: the values of each set, as pairs (set, value); a document without any has value 0.
        labels: the spelling of each value, the commonest where several have one key; the first is ``""``.
        numbers: the number of a value by its `value_key`.
    """

    codes: Longs
    sets: Longs
    members: Longs
    labels: tuple[str, ...]
    numbers: dict[str, int]

    def matching(self, values: Iterable[str]) -> Mask:
        """Return a mask of the documents with any of ``values``."""
        wanted = [self.numbers[key] for key in map(value_key, values) if key in self.numbers]
        chosen, table = np.zeros(len(self.labels), dtype=bool), np.zeros(int(self.sets[-1]) + 1, dtype=bool)
        chosen[wanted] = True
        table[self.sets[chosen[self.members]]] = True
        mask: Mask = table[self.codes]
        return mask

    def count(self, ids: Longs) -> dict[str, int]:
        """Count documents by value; one with several values counts under each."""
        documents = np.bincount(self.codes.take(ids), minlength=int(self.sets[-1]) + 1)
        totals = np.bincount(self.members, weights=documents[self.sets], minlength=len(self.labels)).astype(np.int64)
        return {label: count for label, count in zip(self.labels, totals.tolist(), strict=True) if count}

    def joined(self, documents: Longs) -> list[str]:
        """Return the values of documents; several of one document are joined."""
        bounds = self.sets.searchsorted(np.arange(int(self.sets[-1]) + 2))
        labels = [
            index_layout.SEPARATOR.join(self.labels[member] for member in self.members[low:high].tolist())
            for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        ]
        return [labels[code] for code in self.codes[documents].tolist()]


def build_keyword_column(parts: Iterable[tuple[Longs, list[str]]]) -> KeywordColumn:
    """Merge the columns of segments; each part is (codes, stored values)."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    numbers: dict[str, int] = {"": 0}
    sets: dict[tuple[int, ...], int] = {(0,): 0}
    united: list[Longs] = []
    for codes, stored in parts:
        counts = np.bincount(codes, minlength=len(stored)).tolist()
        table = np.zeros(max(len(stored), 1), dtype=np.int64)
        for code, (joined, documents) in enumerate(zip(stored, counts, strict=True)):
            if documents:
                members = _members(joined, documents, spellings, numbers)
                table[code] = sets.setdefault(members, len(sets))
        united.append(table[codes])
    # In order of their keys, so that the rows of a facet are counted nearly in the order of their labels.
    keys = sorted(numbers)
    ranks = {numbers[key]: rank for rank, key in enumerate(keys)}
    pairs = [(code, ranks[number]) for members, code in sets.items() for number in members]
    labels = ("", *(_commonest(spellings[key]) for key in keys[1:]))
    every = np.concatenate(united) if united else np.zeros(0, dtype=np.int64)
    columns = _longs(c for c, _ in pairs), _longs(n for _, n in pairs)
    return KeywordColumn(every, *columns, labels, {key: rank for rank, key in enumerate(keys)})


def _members(
    joined: str, documents: int, spellings: defaultdict[str, Counter[str]], numbers: dict[str, int]
) -> tuple[int, ...]:
    members = set()
    for value in joined.split(index_layout.SEPARATOR):
        if key := value_key(value):
            spellings[key][value] += documents
            members.add(numbers.setdefault(key, len(numbers)))
    return tuple(sorted(members)) or (0,)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _longs(numbers: Iterable[int]) -> Longs:
    return np.fromiter(numbers, np.int64)


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and last day of each document (ordinals; `index_layout.UNDATED` in both for none) and its years.

    A date with an open end reaches to the edge of the archive's known years, so that the count of a year is the number
    of documents that a filter by that year finds.

    Attributes:
        first, last: days.
        edges: two numbers a document: the slot of its first year, and the number of slots plus the slot after its last
            year. The first slot is that of undated documents.
        years: the year of each slot from the second to the last but one; the last slot is after the last year.
    """

    first: Longs
    last: Longs
    edges: Longs
    years: tuple[str, ...]

    def overlapping(self, lower: int, upper: int, *, within: bool) -> Mask:
        """Return a mask of the documents whose date overlaps ``lower`` to ``upper``, or is ``within`` these days."""
        dated: Mask = self.first != index_layout.UNDATED
        if lower > upper:
            return np.zeros_like(dated)
        if within:
            dated &= (self.first >= lower) & (self.last <= upper)
        else:
            dated &= (self.first <= upper) & (self.last >= lower)
        return dated

    def count_years(self, ids: Longs) -> dict[str, int]:
        """Count documents by the years that their dates overlap; ``""`` counts the undated."""
        slots = len(self.years) + 2
        begun, ended = np.bincount(self.edges.take(ids, axis=0).ravel(), minlength=2 * slots).reshape(2, slots)
        touched = np.cumsum((begun - ended)[1:]).tolist()
        missing = {"": int(begun[0])} if begun[0] else {}
        return missing | {year: count for year, count in zip(self.years, touched[:-1], strict=True) if count}

    def order(self) -> Longs:
        """Return the day that each document sorts by: the first one known, 0 for the undated."""
        return np.where(self.first == index_layout.OPEN_START, self.last, self.first)


def build_dates(first: Longs, last: Longs) -> Dates:
    """Compute the years that documents overlap from their first and last days.

    Raises:
        ValueError: they are not days, or end before they begin.
    """
    if ((first < index_layout.UNDATED) | (last > index_layout.OPEN_END) | (first > last)).any():
        raise ValueError("days out of bounds")
    starts_known = (first != index_layout.UNDATED) & (first != index_layout.OPEN_START)
    ends_known = (last != index_layout.UNDATED) & (last != index_layout.OPEN_END)
    first_year = np.where(starts_known, _years(first), 0)
    last_year = np.where(ends_known, _years(last), 0)
    known = np.concatenate([first_year[starts_known], last_year[ends_known]])
    low, high = (int(known.min()), int(known.max())) if len(known) else (1, 0)
    first_year[first == index_layout.OPEN_START] = low
    last_year[last == index_layout.OPEN_END] = high
    years = tuple(f"{year:04}" for year in range(low, high + 1))
    edges = np.stack([first_year - low + 1, last_year - low + 2], axis=1)
    edges[first == index_layout.UNDATED] = 0
    edges[:, 1] += len(years) + 2
    return Dates(first, last, edges, years)


def _years(ordinals: Longs) -> Longs:
    days = (ordinals - _UNIX_EPOCH).astype("datetime64[D]")
    years: Longs = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years
