"""Words of a query widened by those that mean the same; what was typed counts most, and ``=`` asks for it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.thesaurus import Thesaurus
from indexer.text import analysis
from search.query import And, Boost, Not, Or, Phrase, Query, Word, map_parts

EQUIVALENT_WEIGHT = 0.5
"""What an equivalent counts beside the word that was typed."""
MAX_EQUIVALENTS = 8
"""Equivalents of one term; of more, the first."""
MAX_TERM_WORDS = 6
"""Words of a term that is recognised when typed without quotation marks."""

FoldedTerm = tuple[str, ...]
Equivalents = Mapping[FoldedTerm, Sequence[str]]
"""By folded words of a term, the other terms of its groups."""


def index_equivalents(thesaurus: Thesaurus) -> Equivalents:
    """The terms of a thesaurus by their folded words."""
    found: dict[FoldedTerm, dict[str, None]] = defaultdict(dict)
    for group in thesaurus.groups:
        keyed = [(tuple(analysis.surface(term)), term) for term in group]
        for key, _ in keyed:
            if 0 < len(key) <= MAX_TERM_WORDS:
                found[key] |= {term: None for other, term in keyed if other and other != key}
    return {key: tuple(terms)[:MAX_EQUIVALENTS] for key, terms in found.items() if terms}


def expand_query(query: Query, equivalents: Equivalents) -> Query:
    """``query`` with the equivalents of its words; phrases, patterns and exact words stay as they are."""
    match query if equivalents else None:
        case Word(exact=False):
            return _widened([query], query, equivalents) or query
        case And(parts):
            return And(tuple(_parts(parts, equivalents, together=True)))
        case Or(parts):
            return Or(tuple(_parts(parts, equivalents, together=False)))
        case Not() | Boost():
            return map_parts(query, lambda part: expand_query(part, equivalents))
    return query


def _parts(parts: Sequence[Query], equivalents: Equivalents, *, together: bool) -> Iterator[Query]:
    """The parts, the longest terms that stand in them first; ``together``: all words of a term must be there."""
    at = 0
    while at < len(parts):
        for size in range(min(MAX_TERM_WORDS, len(parts) - at), 1, -1):
            words = parts[at : at + size]
            whole: Query = And(tuple(words)) if together else Or(tuple(words))
            if widened := _widened(words, whole, equivalents):
                yield widened
                at += size
                break
        else:
            yield expand_query(parts[at], equivalents)
            at += 1


def _widened(words: Sequence[Query], whole: Query, equivalents: Equivalents) -> Query | None:
    """``whole`` or an equivalent of the term its ``words`` make; None where they make none."""
    plain = [word for word in words if isinstance(word, Word) and not word.exact]
    if len(plain) < len(words) or len({word.field for word in plain}) != 1 or plain[0].field == "file":
        return None
    key = tuple(form for word in plain for form in analysis.surface(word.text))
    others = equivalents.get(key)
    if not others:
        return None
    return Or((whole, *(Boost(_term(term, plain[0].field), EQUIVALENT_WEIGHT) for term in others)))


def _term(term: str, field: str) -> Query:
    return Word(term, field) if len(analysis.surface(term)) == 1 else Phrase(term, field)
