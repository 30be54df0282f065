"""Expand the words of a query by equivalent terms of the thesaurus, except words after ``=``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.thesaurus import Thesaurus
from indexer.text import analysis
from search.query import And, Boost, Not, Or, Phrase, Query, Word, children, map_parts

EQUIVALENT_WEIGHT = 0.5
"""Boost of an equivalent. The typed term has 1, so that documents with the reader's own words come first."""
MAX_EQUIVALENTS = 8
"""Equivalents of one term that are searched, the first of its groups; each is looked up in the index."""
MAX_TERM_WORDS = 6
"""Words of the longest term that is recognised when typed without quotation marks."""

FoldedTerm = tuple[str, ...]
"""The folded words of a term."""
Equivalents = Mapping[FoldedTerm, Sequence[str]]
"""The other terms of each folded term's groups."""


def index_equivalents(thesaurus: Thesaurus) -> Equivalents:
    """Return the equivalents of each term of a thesaurus."""
    equivalents: dict[FoldedTerm, dict[str, None]] = defaultdict(dict)
    for group in thesaurus.groups:
        folded = [(tuple(analysis.surface(term)), term) for term in group]
        for key, _ in folded:
            if 0 < len(key) <= MAX_TERM_WORDS:
                equivalents[key] |= {term: None for folded_term, term in folded if folded_term and folded_term != key}
    return {key: tuple(terms)[:MAX_EQUIVALENTS] for key, terms in equivalents.items() if terms}


def expand_query(query: Query, equivalents: Equivalents) -> Query:
    """Return ``query`` with equivalents as alternatives to its words, except patterns and exact words."""
    match query if equivalents else None:
        case Word(exact=False):
            return _expand_term([query], query, equivalents) or query
        case And():
            return And(tuple(_expand_parts(children(query), equivalents, And)))
        case Or():
            return Or(tuple(_expand_parts(children(query), equivalents, Or)))
        case Not() | Boost():
            return map_parts(query, lambda part: expand_query(part, equivalents))
    return query


def _expand_parts(parts: Sequence[Query], equivalents: Equivalents, operator: type[And | Or]) -> Iterator[Query]:
    """Yield the expanded parts of an And or Or; neighbouring words that are a term are expanded together."""
    start = 0
    while start < len(parts):
        for size in range(min(MAX_TERM_WORDS, len(parts) - start), 1, -1):
            words = parts[start : start + size]
            if expanded := _expand_term(words, operator(tuple(words)), equivalents):
                yield expanded
                start += size
                break
        else:
            yield expand_query(parts[start], equivalents)
            start += 1


def _expand_term(words: Sequence[Query], whole: Query, equivalents: Equivalents) -> Query | None:
    """Return ``whole`` with the equivalents of the term that ``words`` are; None where they are no term."""
    plain = [word for word in words if isinstance(word, Word) and not word.exact]
    if len(plain) < len(words) or len({word.field for word in plain}) != 1 or plain[0].field == "file":
        return None
    terms = equivalents.get(tuple(form for word in plain for form in analysis.surface(word.text)))
    if not terms:
        return None
    return Or((whole, *(Boost(_term_query(term, plain[0].field), EQUIVALENT_WEIGHT) for term in terms)))


def _term_query(term: str, field: str) -> Query:
    return Word(term, field) if len(analysis.surface(term)) == 1 else Phrase(term, field)
