"""The normal form of a query: equal questions as equal trees, and the small tools that work on trees.

In normal form: And and Or are flat and have two parts or more; what holds for every document is left out of an And;
nothing is negated twice, and neither everything nor nothing once; only what is scored has a boost, one, not 1, of at
most six decimals; a span open at both ends is `Has("date")`.
"""

from __future__ import annotations

from collections.abc import Iterable

from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Fuzzy,
    Has,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
    children,
    leaves,
    map_parts,
)

MAX_BOOST = 1_000.0
"""Largest factor a boost may have."""

FILTERS = (Value, DateRange, Has)
"""The leaves that narrow and are not scored."""


def normalise(query: Query) -> Query:
    """``query`` in normal form; nothing about its meaning changes."""
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
    """All of ``parts``, themselves in normal form; everything when there are none."""
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, And) else (part,))]
    kept = tuple(part for part in flat if not isinstance(part, All))
    return And(kept) if len(kept) > 1 else kept[0] if kept else All()


def disjoin(parts: Iterable[Query]) -> Query:
    """Any of ``parts``, themselves in normal form; nothing when there are none."""
    flat = tuple(leaf for part in parts for leaf in (part.parts if isinstance(part, Or) else (part,)))
    return Or(flat) if len(flat) > 1 else flat[0] if flat else Nothing()


def negate(part: Query) -> Query:
    """Everything else than ``part``, which is in normal form. What a boost weighs is no matter then."""
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
    """``part``, in normal form, with its score multiplied, where it has one."""
    if isinstance(part, (All, Nothing, Not, *FILTERS)):
        return part
    if isinstance(part, Boost):
        return apply_boost(part.part, part.factor * factor)
    factor = round(min(max(factor, 0.0), MAX_BOOST), 6)
    return part if factor == 1 else Boost(part, factor)


def scope_to_field(query: Query, field: str) -> Query:
    """``query`` with every word that names no field looked for in ``field``."""
    match query:
        case Word(text, "", exact):
            return Word(text, field, exact)
        case Phrase(text, ""):
            return Phrase(text, field)
        case Near(text, distance, ""):
            return Near(text, distance, field)
        case Wildcard(pattern, ""):
            return Wildcard(pattern, field)
        case Fuzzy(text, distance, ""):
            return Fuzzy(text, distance, field)
    return map_parts(query, lambda part: scope_to_field(part, field))


def count_terms(query: Query) -> int:
    """Words, phrases, values and the like in ``query``."""
    return sum(len(leaf.values) if isinstance(leaf, Value) else 1 for leaf in leaves(query))


def is_filter(query: Query) -> bool:
    """Whether ``query`` only narrows: nothing in it is scored."""
    if isinstance(query, And | Or):
        return all(map(is_filter, children(query)))
    return isinstance(query, (Not, *FILTERS))
