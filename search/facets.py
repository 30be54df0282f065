"""Counts to facet rows: labels, order, and the rows that are always shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from corpus.fields import FACETS
from indexer.text import analysis
from search.results import FacetCount
from search.term_patterns import MISSING, value_key

MAX_YEAR_SPAN = 400
"""Years over which gaps are shown as empty rows; an archive reaching further shows only years that have documents."""

_YEAR_FACET = "year"
_PLAIN = re.compile(r"\w[\w .&/@'’-]*")
_QUOTED_ESCAPE = re.compile(r'["\\]')
_MISSING_LABELS = {field.facet: field.missing for field in FACETS if field.missing}


def build_facet(
    facet: str, counts: Mapping[str, int], selected: Collection[str] = (), labels: Mapping[str, str] | None = None
) -> tuple[FacetCount, ...]:
    """The rows of one facet.

    Words come by count, then label; years in time order, with the empty years between them. The row of documents
    without a value comes last. What is selected is shown even when it counts nothing; a span of years chosen is not a
    row, since its years are.

    Args:
        facet: its name in `corpus.fields`.
        counts: what `search.engine.SearchMatches` holds for it.
        selected: the values chosen, as typed; ``none`` is the missing row.
        labels: names for people of values that have one (languages); the others are their own label.
    """
    years = facet == _YEAR_FACET
    chosen = {value_key(value): value for value in selected if not years or value.isdecimal() or value == MISSING}
    shown = {**chosen, **{value_key(value): value for value in counts}}
    if years:
        shown |= {year: year for year in _between(shown)}
    rows = [
        FacetCount(quote_value(value), (labels or {}).get(value, value), counts.get(value, 0), key in chosen)
        for key, value in shown.items()
        if key
    ]
    rows.sort(key=_by_time if years else _by_count)
    if "" in shown:
        missing = FacetCount(MISSING, _MISSING_LABELS.get(facet, f"({MISSING})"), counts.get("", 0), "" in chosen)
        rows.append(missing)
    return tuple(rows)


def quote_value(value: str) -> str:
    """A value as a query says it: ``"Holm, Astrid"`` in quotation marks, since a bare comma would part it in two."""
    return value if _PLAIN.fullmatch(value) else '"{}"'.format(_QUOTED_ESCAPE.sub(r"\\\g<0>", value))


def _by_count(row: FacetCount) -> tuple[int, str, str]:
    return -row.count, analysis.fold(row.label), row.label


def _by_time(row: FacetCount) -> int:
    return int(row.value)


def _between(years: Collection[str]) -> list[str]:
    numbers = [int(year) for year in years if year]
    if not numbers or max(numbers) - min(numbers) > MAX_YEAR_SPAN:
        return []
    return [f"{year:04}" for year in range(min(numbers), max(numbers) + 1)]
