"""The values of a facet that an address asks for: those with a word that begins so, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fields import MISSING
from indexer.text.analysis import fold, surface
from search.results import FacetCount
from web.search_address import FacetOrder, SearchAddress


def initial(row: FacetCount) -> str:
    """Return the letter that a value is found under: ``0-9`` for digits, ``""`` for a value that is missing."""
    first = fold(row.label.strip()[:1]) if row.value != MISSING else ""
    return "0-9" if first.isdigit() else first[:1].upper() if first.isalpha() else ""


def facet_values(address: SearchAddress, rows: Sequence[FacetCount]) -> tuple[FacetCount, ...]:
    """Return the values with a word that begins as the address says, in the order that it says."""
    beginnings = surface(address.prefix)
    if beginnings:
        rows = [row for row in rows if _begins_so(row.label, beginnings)]
    if address.order is FacetOrder.NAME:
        rows = sorted(rows, key=lambda row: (not initial(row), fold(row.label), row.value))
    return tuple(rows)


def _begins_so(label: str, beginnings: Sequence[str]) -> bool:
    words = surface(label)
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)
