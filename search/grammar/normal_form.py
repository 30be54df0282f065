"""Bring query trees to normal form, in which equal questions are equal trees. Join and negate them.

In normal form: And and Or are flat and have two parts or more; what matches every document is left out of an And, and
so is a filter that it has already; nothing is negated twice, and neither everything nor nothing once; only scored parts
have a boost, one each, not 1, of at most six decimals; a date range open at both ends is `Has("date")`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Has,
    Not,
    Nothing,
    Or,
    Query,
    TextLeaf,
    Value,
    children,
    leaves,
    map_parts,
)

MAX_BOOST = 1_000.0
"""Largest factor of a boost; a larger one is read as this one and reported."""
BOOST_DECIMALS = 6
"""Decimals of a boost, so that a product of boosts can be written out and read back unchanged."""

FILTERS = (Value, DateRange, Has)
"""The leaves that filter documents and are not scored."""


def normalise(query: Query) -> Query:
    """Return ``query`` in normal form, with the same meaning."""
    query = map_parts(query, normalise)
    match query:
        case And(parts):
            return conjoin(parts)
        case Or(parts):
            return disjoin(parts)
        case Not(part):
            return negate(part)
        case Boost(part, factor):
            return apply_boost(part, factor)
        case DateRange(first=None, last=None):
            return Has("date")
    return query


def conjoin(parts: Iterable[Query]) -> Query:
    """Return the conjunction of ``parts``, which are in normal form; everything when there are none."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    met = [part for part in flat if not isinstance(part, All)]
    conditions = tuple(part for n, part in enumerate(met) if not (isinstance(part, FILTERS) and part in met[:n]))
    return And(conditions) if len(conditions) > 1 else conditions[0] if conditions else All()


def disjoin(parts: Iterable[Query]) -> Query:
    """Return the disjunction of ``parts``, which are in normal form; nothing when there are none."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return Or(flat) if len(flat) > 1 else flat[0] if flat else Nothing()


def negate(part: Query) -> Query:
    """Return the negation of ``part``, which is in normal form, without boost, as it has no score."""
    match part:
        case Not(inner):
            return inner
        case Boost(inner):
            return negate(inner)
        case All():
            return Nothing()
        case Nothing():
            return All()
    return Not(part)


def apply_boost(part: Query, factor: float) -> Query:
    """Return ``part``, which is in normal form, with its score, if any, multiplied by ``factor``."""
    if isinstance(part, (All, Nothing, Not, *FILTERS)):
        return part
    if isinstance(part, Boost):
        return apply_boost(part.part, part.factor * factor)
    factor = round(min(max(factor, 0.0), MAX_BOOST), BOOST_DECIMALS)
    return part if factor == 1 else Boost(part, factor)


def scope_to_field(query: Query, field: str) -> Query:
    """Return ``query`` with every word that names no field searched in ``field``."""
    if isinstance(query, TextLeaf):
        return query if query.field else replace(query, field=field)
    return map_parts(query, lambda part: scope_to_field(part, field))


def count_terms(query: Query) -> int:
    """Return the number of words, phrases and values in ``query``."""
    return sum(len(leaf.values) if isinstance(leaf, Value) else 1 for leaf in leaves(query))


def is_filter(query: Query) -> bool:
    """Return whether ``query`` only filters: nothing in it is scored."""
    if isinstance(query, And | Or):
        return all(map(is_filter, children(query)))
    return isinstance(query, (Not, *FILTERS))
