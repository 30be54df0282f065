"""The words of a query that the rerank looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.text import analysis
from search import query as q
from search.bm25f import inverse_frequency

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


@dataclass(frozen=True, slots=True)
class WordDocuments:
    """In how many documents a word occurs under its stems.

    Attributes:
        documents: the number of documents with any of the stems.
        full_documents: the number of documents with a stem of weight 1, one that is no function word.
        weighed_documents: the number of documents for the idf. One with other marks alone counts less.
    """

    documents: int
    full_documents: int
    weighed_documents: int

    def salient_idf(self, total: int) -> float:
        """Return the idf among ``total`` documents; 0 of a function word in most of the documents that contain it."""
        if not self.documents or self.full_documents < self.documents / 2:
            return 0.0
        return inverse_frequency(self.weighed_documents, total)


def salient_query_terms(query: q.Query, idf: Callable[[str, str], float]) -> list[Term]:
    """Return the words of ``query`` that say what it is about, in order, without function words and absent words.

    Args:
        query: the query.
        idf: returns the idf of a word, as typed and folded; 0 of one that is left out.
    """
    terms: dict[str, Term] = {}
    for text, form, factor in _single_words(query):
        if of_word := idf(text, form):
            before = terms.get(form) or Term(text, form, 0.0, len(terms))
            terms[form] = Term(before.text, form, before.idf + factor * of_word, before.place)
    chosen = list(terms.values())
    if len(chosen) > MAX_TERMS:
        chosen = sorted(sorted(chosen, key=lambda term: -term.idf)[:MAX_TERMS], key=lambda term: term.place)
    return chosen


def _single_words(query: q.Query) -> Iterator[tuple[str, str, float]]:
    """Yield the stemmed words of a single token: as typed, folded, and their weight in the query."""
    for leaf, factor in q.boosted_leaves(query):
        match leaf:
            case q.Word(text, "" | "text", exact=False) if len(forms := analysis.surface(text)) == 1:
                yield text, forms[0], factor
