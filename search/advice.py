"""What to do when a question finds nothing or next to nothing: which part is to blame, and what to ask instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from indexer.text import analysis
from search.engine import Engine, SearchPlan
from search.grammar.normal_form import FILTERS, conjoin, disjoin, normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.unparse import to_text
from search.query import All, And, Boost, Fuzzy, Near, Not, Nothing, Or, Phrase, Query, Word, map_parts
from search.request import Sort
from search.results import Advice, PartCount

MAX_HITS_WITH_ADVICE = 2
"""Hits up to which advice is given."""
MAX_COUNTED_PARTS = 12
"""Parts of a query that are counted one by one; of more, the first."""

_NARROWING = (*FILTERS, Not)


def advise(engine: Engine, query: Query, total: int) -> Advice | None:
    """Advice on ``query``, which finds ``total`` documents; None when that is enough or nothing was asked for."""
    if total > MAX_HITS_WITH_ADVICE or query in (All(), Nothing()):
        return None

    def count(asked: Query) -> int:
        return engine.find(SearchPlan(normalise(asked), {}, Sort.RELEVANCE, 0, 0, ())).total

    parts = [part for part in query.parts if part != Nothing()] if isinstance(query, And | Or) else [query]
    counts = tuple(PartCount(to_text(part), paraphrase(part), count(part)) for part in parts[:MAX_COUNTED_PARTS])
    better = correct_spelling(engine, query)
    corrected = to_text(better) if better != query and count(better) > total else ""
    looser, found = _looser(query, counts, total, count)
    return Advice(counts, _empties(query, counts, total, count), corrected, looser, found)


def _empties(query: Query, counts: Sequence[PartCount], total: int, count: Callable[[Query], int]) -> str:
    """The part that empties the result: one that is nowhere, else the one without which most is found."""
    if total or not isinstance(query, And):
        return ""
    if absent := [part.query for part in counts if not part.documents]:
        return absent[0]
    parts = [part for part in query.parts if part != Nothing()][: len(counts)]
    without = [count(conjoin(other for other in query.parts if other is not part)) for part in parts]
    most = max(without, default=0)
    return counts[without.index(most)].query if most else ""


def _looser(query: Query, counts: Sequence[PartCount], total: int, count: Callable[[Query], int]) -> tuple[str, int]:
    for candidate in _candidates(query, counts):
        if candidate != query and candidate not in (All(), Nothing()) and (found := count(candidate)) > total:
            return to_text(normalise(candidate)), found
    return "", 0


def _candidates(query: Query, counts: Sequence[PartCount]) -> Iterator[Query]:
    """Looser and looser: without what is nowhere, phrases as words, any of the words, without what narrows."""
    parts = query.parts if isinstance(query, And) else (query,)
    nowhere = {part.query for part in counts if not part.documents}
    words = tuple(word for part in parts for word in _as_words(part) if not isinstance(part, _NARROWING))
    narrowing = tuple(part for part in parts if isinstance(part, _NARROWING))
    yield conjoin(part for part in parts if to_text(part) not in nowhere)
    yield conjoin((*words, *narrowing))
    yield conjoin((disjoin(words), *narrowing)) if words else Nothing()
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
    """``query`` with each word that is nowhere in the archive put as the nearest word that is somewhere."""
    match query:
        case And() | Or() | Boost():
            return map_parts(query, lambda part: correct_spelling(engine, part))
        case Word(text) | Fuzzy(text) | Phrase(text) | Near(text):
            return replace(query, text=_respelled(engine, text))
    return query


def _respelled(engine: Engine, text: str) -> str:
    forms = analysis.surface(text)
    better = [engine.nearest_spelling(form) or form for form in forms]
    return text if better == forms else " ".join(better)
