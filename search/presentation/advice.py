"""Advise on a query with few hits: the part without matches, a correction, a looser query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.text import analysis
from search.engine import Engine
from search.grammar.normal_form import FILTERS, conjoin, disjoin, normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.unparse import to_text
from search.query import All, And, Boost, Fuzzy, Near, Not, Nothing, Or, Phrase, Query, Word, map_parts
from search.results import MAX_HITS_WITH_ADVICE, Advice, PartCount

MAX_COUNTED_PARTS = 12
"""Parts of a query that are counted, from the first. Each costs a search, and more would not fit a screen."""

_CONDITIONS = (*FILTERS, Not)

_Count = Callable[[Query], int]
"""Returns the number of documents that a query matches."""


def advise(engine: Engine, query: Query, total: int) -> Advice | None:
    """Return advice on ``query``, which matches ``total`` documents; None when these are enough.

    Raises:
        IndexStateError: the index is damaged.
    """
    if total > MAX_HITS_WITH_ADVICE or query in (All(), Nothing()):
        return None

    count_matches = engine.counter()

    def count(other: Query) -> int:
        return count_matches(normalise(other))

    parts = counted_parts(query)
    counts = tuple(PartCount(to_text(part), paraphrase(part), count(part)) for part in parts)
    corrected = correct_spelling(engine, query)
    did_you_mean = to_text(corrected) if corrected != query and count(corrected) > total else ""
    looser, looser_total = _find_looser(query, counts, total, count)
    return Advice(counts, _find_emptying_part(query, counts, total, count), did_you_mean, looser, looser_total)


def counted_parts(query: Query) -> tuple[Query, ...]:
    """Return the parts of a query that advice counts, in the order of `search.results.Advice.parts`."""
    parts = _understood_parts(query) if isinstance(query, And | Or) else (query,)
    return parts[:MAX_COUNTED_PARTS]


def _understood_parts(query: And | Or) -> tuple[Query, ...]:
    return tuple(part for part in query.parts if part != Nothing())


def _find_emptying_part(query: Query, counts: Sequence[PartCount], total: int, count: _Count) -> str:
    """Return the part that empties the result: one without matches, else the one without which most match."""
    if total or not isinstance(query, And):
        return ""
    if unmatched := [part.query for part in counts if not part.documents]:
        return unmatched[0]
    parts = _understood_parts(query)[: len(counts)]
    totals = [count(conjoin(other for other in query.parts if other is not part)) for part in parts]
    highest = max(totals, default=0)
    return counts[totals.index(highest)].query if highest else ""


def _find_looser(query: Query, counts: Sequence[PartCount], total: int, count: _Count) -> tuple[str, int]:
    """Return the first looser query that matches more than ``total`` documents, and its own total."""
    for candidate in _looser_queries(query, counts):
        if candidate != query and candidate not in (All(), Nothing()) and (more := count(candidate)) > total:
            return to_text(normalise(candidate)), more
    return "", 0


def _looser_queries(query: Query, counts: Sequence[PartCount]) -> Iterator[Query]:
    """Yield looser and looser queries.

    They are: the query without its unmatched parts, with phrases as words, with any of the words, and without filters.
    """
    parts = _understood_parts(query) if isinstance(query, And) else (query,)
    unmatched = {part.query for part in counts if not part.documents}
    words = tuple(word for part in parts for word in _as_words(part) if not isinstance(part, _CONDITIONS))
    conditions = tuple(part for part in parts if isinstance(part, _CONDITIONS))
    yield conjoin(part for part in parts if to_text(part) not in unmatched)
    yield conjoin((*words, *conditions))
    yield conjoin((disjoin(words), *conditions)) if words else Nothing()
    yield disjoin(words)


def _as_words(part: Query) -> Sequence[Query]:
    match part:
        case Phrase(text, field) | Near(text, _, field):
            return tuple(Word(form, field) for form in dict.fromkeys(analysis.surface(text)))
        case Word(text, field, exact=True):
            return (Word(text, field),)
        case Boost(inner):
            return _as_words(inner)
    return (part,)


def correct_spelling(engine: Engine, query: Query) -> Query:
    """Return ``query`` with words that occur in no document replaced by the nearest that does.

    Raises:
        IndexStateError: the index is damaged.
    """
    match query:
        case And() | Or() | Boost():
            return map_parts(query, lambda part: correct_spelling(engine, part))
        case Word(text) | Fuzzy(text) | Phrase(text) | Near(text):
            tokens = list(analysis.tokens(text))
            corrected = [engine.nearest_spelling(token.text) or token.text for token in tokens]
            is_right = all(token.text == word for token, word in zip(tokens, corrected, strict=True))
            return query if is_right else replace(query, text=_with_words(text, tokens, corrected))
    return query


def _with_words(text: str, tokens: Sequence[analysis.Token], words: Sequence[str]) -> str:
    """Return a text with other words in the place of its own, and the signs between them."""
    if any(second.start < first.end for first, second in pairwise(tokens)):
        return " ".join(words)  # pairs of characters
    gaps = [text[first.end : second.start] for first, second in pairwise(tokens)]
    return "".join(map("".join, zip(words, [*gaps, ""], strict=True)))
