"""The query tree: the meaning of a query, independent of its wording and of the engine.

Every node is frozen and compares by meaning; places in the typed text are in the diagnostics instead.
Words are stored as typed; the engine folds and stems them with `indexer.text.analysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.dates.edtf import Date


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no document: the meaning of a query in which nothing could be read."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, stemmed unless ``exact``. A ``field`` of ``""`` means text and title; see `corpus.fields`."""

    text: str
    field: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words exactly as written, one directly after the other, stop words included; not stemmed."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """The words of ``text`` in any order with at most ``distance`` other words from first to last."""

    text: str
    distance: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word pattern: ``*`` matches any number of letters, ``?`` exactly one."""

    pattern: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within edit distance ``distance`` (1 or 2) of ``text``; the exact word scores highest."""

    text: str
    distance: int = 1
    field: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Documents with any of ``values`` (compared folded) in ``field``, a keyword field of `corpus.fields`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents whose date overlaps the range, or with ``within`` is wholly inside it.

    ``first`` and ``last`` are EDTF values at their own precision, both included; None is an open end.
    """

    first: Date | None
    last: Date | None
    within: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """Documents that have a value in ``field``: a metadata field of `corpus.fields`, or ``text``."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that ``part`` does not match."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all ``parts`` (two or more)."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any of ``parts`` (two or more)."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Boost:
    """``part`` with its score multiplied by ``factor``."""

    part: Query
    factor: float


Query = All | Nothing | Word | Phrase | Near | Wildcard | Fuzzy | Value | DateRange | Has | Not | And | Or | Boost

TextLeaf = Word | Phrase | Near | Fuzzy | Wildcard
"""The nodes that look for words in the text of a document."""


def children(query: Query) -> tuple[Query, ...]:
    """Return the direct parts of a node, in order; a leaf has none."""
    match query:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | Boost(part):
            return (part,)
    return ()


def map_parts(query: Query, function: Callable[[Query], Query]) -> Query:
    """Return a node with ``function`` applied to each of its direct parts; a leaf is returned as it is."""
    match query:
        case And(parts):
            return And(tuple(map(function, parts)))
        case Or(parts):
            return Or(tuple(map(function, parts)))
        case Not(part):
            return Not(function(part))
        case Boost(part, factor):
            return Boost(function(part), factor)
    return query


def leaves(query: Query) -> Iterator[Query]:
    """Yield the leaves of a query from left to right, negated ones included."""
    if isinstance(query, And | Or | Not | Boost):
        for part in children(query):
            yield from leaves(part)
    else:
        yield query


def boosted_leaves(query: Query, factor: float = 1.0) -> Iterator[tuple[Query, float]]:
    """Yield each leaf that is not negated, from left to right, with the product of its boosts.

    Args:
        query: the query to walk.
        factor: the product of the boosts around it.
    """
    if isinstance(query, Boost):
        factor *= query.factor
    if isinstance(query, And | Or | Boost):
        for part in children(query):
            yield from boosted_leaves(part, factor)
    elif not isinstance(query, Not):
        yield query, factor


def text_leaves(query: Query) -> Iterator[TextLeaf]:
    """Yield the leaves that look for words in the text and are not negated."""
    for leaf, _ in boosted_leaves(query):
        if isinstance(leaf, TextLeaf) and leaf.field in {"", "text"}:
            yield leaf


def words_of(query: Query) -> Iterator[Word]:
    """Yield each single word that is not negated, from left to right."""
    return (leaf for leaf, _ in boosted_leaves(query) if isinstance(leaf, Word))
