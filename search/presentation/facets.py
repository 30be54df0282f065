"""Build the rows of a facet from its counts: labels, order, and rows shown without a count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from corpus.deferred import deferred_pattern
from corpus.fields import FACETS, MISSING, YEAR_FACET
from indexer.text import analysis
from indexer.text.analysis import value_key
from search.results import FacetCount

MAX_YEAR_SPAN = 400
"""Years of the longest facet that shows years without documents as empty rows. Beyond it, as one misread date can make
an archive reach over, only years with documents are shown."""

MAX_CACHED_VALUES = 1 << 14
"""Facet values whose keys, labels and order are kept: those of several archives with a thousand authors each."""

_PLAIN_VALUE = deferred_pattern(r"\w[\w .&/@'’-]*")
_SPECIAL_IN_QUOTES = deferred_pattern(r'["\\]')
_MISSING_LABELS = {field.facet: field.missing for field in FACETS if field.missing}


class _ValueForms(NamedTuple):
    """A facet value with its label, the key by which labels are sorted, its own key, and its form in a query."""

    folded_label: str
    label: str
    value: str
    key: str
    quoted: str


_LABEL_ORDER, _VALUE = itemgetter(0, 1), itemgetter(2)


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
    if facet == YEAR_FACET:
        years = [value for value in selected if value.isdecimal() or value == MISSING]
        chosen = {value_key(value): value for value in years}
        rows = _year_rows(counts, chosen)
    else:
        chosen = {value_key(value): value for value in selected}
        rows = _value_rows(counts, chosen, labels or {})
    if "" in counts or "" in chosen:
        missing = FacetCount(MISSING, _MISSING_LABELS.get(facet, f"({MISSING})"), counts.get("", 0), "" in chosen)
        rows.append(missing)
    return tuple(rows)


def quote_value(value: str) -> str:
    """Return a value as a query writes it: ``"Holm, Astrid"`` in quotation marks because of the comma."""
    return value if _PLAIN_VALUE.fullmatch(value) else '"{}"'.format(_SPECIAL_IN_QUOTES.sub(r"\\\g<0>", value))


def _value_rows(counts: Mapping[str, int], chosen: Mapping[str, str], labels: Mapping[str, str]) -> list[FacetCount]:
    """Return the rows of all values but the missing one; ``chosen`` are the selected values by key."""
    forms = [form for value in counts if (form := _value_forms(value, labels.get(value, value))).key]
    if chosen:
        # A selected value is spelled as in the counts where they have it.
        known = {form.key for form in forms}
        missing = (value for key, value in chosen.items() if key and key not in known)
        forms += [_value_forms(value, labels.get(value, value)) for value in missing]
    forms.sort(key=_LABEL_ORDER)
    numbers = list(map(counts.get, map(_VALUE, forms), repeat(0)))
    order = sorted(range(len(forms)), key=numbers.__getitem__, reverse=True)
    return [FacetCount(forms[row].quoted, forms[row].label, numbers[row], forms[row].key in chosen) for row in order]


def _year_rows(counts: Mapping[str, int], chosen: Mapping[str, str]) -> list[FacetCount]:
    """Return the rows of all years, in order of time, with the empty years between them."""
    years = {int(year): year for year in (*chosen.values(), *counts) if year and year != MISSING}
    if years and max(years) - min(years) <= MAX_YEAR_SPAN:
        return [FacetCount(year, year, counts.get(year, 0), year in chosen) for year in _years(min(years), max(years))]
    return [FacetCount(year, year, counts.get(year, 0), year in chosen) for _, year in sorted(years.items())]


@lru_cache(maxsize=64)
def _years(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{year:04}" for year in range(first, last + 1))


@lru_cache(maxsize=MAX_CACHED_VALUES)
def _value_forms(value: str, label: str) -> _ValueForms:
    return _ValueForms(analysis.fold(label), label, value, value_key(value), quote_value(value))
