"""The words of a query that the rerank looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.text import analysis
from search import query as q
from search.bm25f import inverse_frequency
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import word_frequencies

MAX_TERMS = 24
"""Most words of a query that the rerank looks at; of more, those with the highest idf."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a query, searched by its stem in the text or in text and title.

    Attributes:
        text: as typed.
        form: folded.
        idf: its idf times the weight of the word in the query, summed over its occurrences there.
        place: its place among the words of the query; neighbouring words have neighbouring places.
    """

    text: str
    form: str
    idf: float
    place: int


def salient_query_terms(query: q.Query, context: QueryContext) -> list[Term]:
    """Return the words of ``query`` that say what it is about, in order, without function words and absent words.

    Raises:
        IndexStateError: the index is damaged.
    """
    terms: dict[str, Term] = {}
    for text, form, factor in _single_words(query):
        if idf := _idf(text, form, context):
            before = terms.get(form) or Term(text, form, 0.0, len(terms))
            terms[form] = Term(before.text, form, before.idf + factor * idf, before.place)
    chosen = list(terms.values())
    if len(chosen) > MAX_TERMS:
        chosen = sorted(sorted(chosen, key=lambda term: -term.idf)[:MAX_TERMS], key=lambda term: term.place)
    return chosen


def _idf(text: str, form: str, context: QueryContext) -> float:
    """Return the idf of a word; 0 when it is a function word in most of the documents that contain it."""
    word = word_frequencies(context, text, form, "")
    if not word.documents or word.full_documents < word.documents / 2:
        return 0.0
    return inverse_frequency(word.weighed_documents, context.snapshot.documents)


def _single_words(query: q.Query) -> Iterator[tuple[str, str, float]]:
    """Yield the stemmed words of a single token: as typed, folded, and their weight in the query."""
    for leaf, factor in q.boosted_leaves(query):
        match leaf:
            case q.Word(text, "" | "text", exact=False) if len(forms := analysis.surface(text)) == 1:
                yield text, forms[0], factor
