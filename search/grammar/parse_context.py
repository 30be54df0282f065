"""The context that a query is parsed in: the day, and the values that fields may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from indexer.text.analysis import value_key
from search.grammar.diagnostics import DiagnosticCollector

KnownValues = Mapping[str, Callable[[], Mapping[str, str]]]
"""For each field a function that returns its values by known spelling; nothing where any text may be one.

A value may be its own spelling. Few queries name a field, and the list of countries takes milliseconds to read.
"""


class UsedValues(Protocol):
    """The values that the documents of an archive have in keyword fields."""

    def spelling(self, field_name: str, value: str) -> str:
        """Return the archive's spelling of a value of a field; ``""`` where no document has it."""
        ...

    def all_values(self, field_name: str) -> Sequence[str]:
        """Return every value of a field that a document has, those of most documents first."""
        ...


class NoUsedValues:
    """The values of an archive that nobody asked."""

    def spelling(self, field_name: str, value: str) -> str:
        """Return ``""``."""
        del field_name, value
        return ""

    def all_values(self, field_name: str) -> Sequence[str]:
        """Return no value."""
        del field_name
        return ()


@dataclass(frozen=True, slots=True)
class ParseContext:
    """The day, the known values, the values in use and the diagnostics of one parse."""

    today: dt.date
    known: KnownValues = field(default_factory=dict)
    used: UsedValues = field(default_factory=NoUsedValues)
    diagnostics: DiagnosticCollector = field(default_factory=DiagnosticCollector)

    def values_by_key(self, field_name: str) -> Mapping[str, str]:
        """Return the known values of a field by the key of each spelling."""
        read_known = self.known.get(field_name)
        return _values_by_key(read_known) if read_known else {}

    def recognised(self, field_name: str, value: str) -> str:
        """Return the value of a field that a typed one means: a known value, or one in use; ``""`` for any other."""
        return self.values_by_key(field_name).get(value_key(value)) or self.used.spelling(field_name, value)


@lru_cache(maxsize=16)
def _values_by_key(read_known: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Return the table of one field; an open archive has the same function in every question."""
    known = read_known()
    table = {value_key(spelling): value for spelling, value in known.items()}
    return table | {value_key(value): value for value in known.values()}
