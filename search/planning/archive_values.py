"""The values that an archive's documents have in keyword fields, as its engine counts them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fields import BY_NAME
from indexer.text.analysis import value_key
from search.engine import Engine, SearchPlan
from search.query import All, Query, Value
from search.request import Sort


class ArchiveValues:
    """Looks up the values in use, and keeps the lists of them: an engine shows one state of an archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._values: dict[str, Sequence[str]] = {}

    def spelling(self, field_name: str, value: str) -> str:
        """Return the archive's spelling of a value of a field; ``""`` where no document has it.

        Raises:
            IndexStateError: the index is damaged.
        """
        key = value_key(value)
        counts = self._count(field_name, Value(field_name, (value,))) if key else {}
        return next((spelling for spelling in counts if value_key(spelling) == key), "")

    def all_values(self, field_name: str) -> Sequence[str]:
        """Return every value of a field that a document has, those of most documents first.

        Raises:
            IndexStateError: the index is damaged.
        """
        if field_name not in self._values:
            counts = self._count(field_name, All())
            self._values[field_name] = sorted(filter(None, counts), key=lambda value: (-counts[value], value))
        return self._values[field_name]

    def _count(self, field_name: str, query: Query) -> dict[str, int]:
        facet = BY_NAME[field_name].facet
        return dict(self._engine.find(SearchPlan(query, {}, Sort.RELEVANCE, 0, 0, (facet,))).facets[facet])
