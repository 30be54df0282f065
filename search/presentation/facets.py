"""Build the rows of a facet from its counts: labels, order, and rows shown without a count."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from corpus.fields import FACETS, MISSING, YEAR_FACET
from indexer.text import analysis
from search.results import FacetCount
from search.term_patterns import value_key

MAX_YEAR_SPAN = 400
"""Years of the longest facet that shows years without documents as empty rows. Beyond it, as one misread date can make
an archive reach over, only years with documents are shown."""

_PLAIN_VALUE = re.compile(r"\w[\w .&/@'’-]*")
_SPECIAL_IN_QUOTES = re.compile(r'["\\]')
_MISSING_LABELS = {field.facet: field.missing for field in FACETS if field.missing}


def build_facet(
    facet: str, counts: Mapping[str, int], selected: Collection[str] = (), labels: Mapping[str, str] | None = None
) -> tuple[FacetCount, ...]:
    """Return the rows of one facet.

    Values are ordered by count, then label; years by time, with the empty years between them. The row of documents
    without a value comes last. Selected values are shown even with a count of 0; a selected range of years is no row,
    since its years are.

    Args:
        facet: its name in `corpus.fields`.
        counts: its counts in `search.engine.SearchMatches`.
        selected: the selected values, as typed; ``none`` is the row of documents without a value.
        labels: names of values that have one (languages, countries); the others are their own label.
    """
    is_year = facet == YEAR_FACET
    chosen = {value_key(value): value for value in selected if not is_year or value.isdecimal() or value == MISSING}
    values_by_key = {**chosen, **{value_key(value): value for value in counts}}
    if is_year:
        values_by_key |= {year: year for year in _years_between(values_by_key)}
    rows = [
        FacetCount(quote_value(value), (labels or {}).get(value, value), counts.get(value, 0), key in chosen)
        for key, value in values_by_key.items()
        if key
    ]
    rows.sort(key=_by_time if is_year else _by_count)
    if "" in values_by_key:
        missing = FacetCount(MISSING, _MISSING_LABELS.get(facet, f"({MISSING})"), counts.get("", 0), "" in chosen)
        rows.append(missing)
    return tuple(rows)


def quote_value(value: str) -> str:
    """Return a value as a query writes it: ``"Holm, Astrid"`` in quotation marks because of the comma."""
    return value if _PLAIN_VALUE.fullmatch(value) else '"{}"'.format(_SPECIAL_IN_QUOTES.sub(r"\\\g<0>", value))


def _by_count(row: FacetCount) -> tuple[int, str, str]:
    return -row.count, analysis.fold(row.label), row.label


def _by_time(row: FacetCount) -> int:
    return int(row.value)


def _years_between(years: Collection[str]) -> list[str]:
    numbers = [int(year) for year in years if year]
    if not numbers or max(numbers) - min(numbers) > MAX_YEAR_SPAN:
        return []
    return [f"{year:04}" for year in range(min(numbers), max(numbers) + 1)]
