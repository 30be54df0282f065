"""Pseudo-relevance feedback from the first hits of a query, and the query for similar documents.

A relevance model (Lavrenko and Croft 2001; RM3 in Abdul-Jaleel et al. 2004): each of the first hits contributes its
words, weighted by its score and by their frequency in its text. A word must occur in several of the hits. The best
words add to the scores of documents that match already and match none themselves, so totals and facets stay those of
the query as typed.

Feedback helps where many documents bear on a question and harms where one answers it: the words of the second and
third hit then lead away from it. Two signs tell the cases apart (selective expansion: Amati, Carpineto and Romano
2004). Where one passage of a long first hit covers nearly the whole question, and one of the first hits contains its
words next to each other as they are asked, as those of a pasted sentence are, there is no feedback. Else its weight
falls with the lead of the first hit's score and is 0 from `MAX_LEAD` on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.catalogue import Catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.document import Document, Page
from indexer.text import analysis
from search.engine import Engine, HitCoverage, SearchMatches, SearchPlan
from search.query import And, Boost, Not, Nothing, Or, Query, Value, Word, words_of

FEEDBACK_HITS = 5
"""First hits that feedback takes words from."""
MIN_SHARING_HITS = 2
"""Hits that a word must occur in to be added; a word of one hit leads to that hit's subject."""
FEEDBACK_WORDS = 20
"""Words that feedback adds."""
MAX_FEEDBACK_SHARE = 1.8
"""Highest score that feedback adds to a document, as a share of the best BM25F score of the query. It is reached where
the first hit has no lead; with more, in archives of long texts the added words outweighed the query."""
MAX_LEAD = 0.5
"""Lead of the first hit at which the weight of feedback has fallen to 0.

The lead is the share of its score by which it exceeds the mean of the next `LEAD_HITS`. Without such a limit nDCG fell
by 0.01 to 0.03 where one paragraph answers (docs/ranking.md).
"""
ANSWERING_COVERAGE = 0.8
"""Share of the question, by idf, in one passage of the first hit from which the hit is taken for the answer. Chosen on
one half of the questions; 0.7 to 0.9 differ by less than 0.003 in MRR@10 (docs/ranking.md)."""
MIN_ANSWERING_WORDS = 450
"""Words of the shortest first hit that can be taken for the answer, one and a half passages. In a shorter one the words
of a topical question are near each other anyway; with all lengths, nDCG@10 of Cranfield fell by 0.005."""
ANSWERING_CLOSENESS = 0.5
"""Share of the question's pairs of neighbouring words, by idf, that are near each other in one of the first
`FEEDBACK_HITS` where one answers. The few words of a topical question are all in any passage on the subject, but not in
the question's order. Of pasted sentences, 0.5 to 0.7 had the same MRR@10 within 0.0004 (docs/ranking.md)."""
LEAD_HITS = 4
"""Hits after the first that its lead is measured against. With 5 in place of 4, nDCG@10 fell by 0.003 to 0.006."""
EXCERPT_CHARACTERS = 3_000
"""Characters of a hit that feedback reads: the beginning of the page with most words of the query."""
MAX_PROFILE_CHARACTERS = 200_000
"""Characters of a document that are read to find similar ones."""
PROFILE_WORDS = 25
"""Salient words of a document that similar ones are searched by."""


@dataclass(frozen=True, slots=True)
class FeedbackDocument:
    """A document that feedback takes words from: its language, its folded words in order, and its weight."""

    language: str
    forms: Sequence[str]
    weight: float = 1.0


def add_feedback(
    engine: Engine, catalogue: Catalogue, plan: SearchPlan, *, always: bool
) -> tuple[SearchPlan, SearchMatches]:
    """Boost a plan by the words that its first hits share.

    Args:
        engine: finds the hits and ranks their words.
        catalogue: contains the text of the hits.
        plan: the plan of the query as typed.
        always: add the words even where the first hit answers the query or has a lead.

    Returns:
        The plan, the same where no words are added, and the matches of the plan as it was, from the first hit to the
        last one of the page.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    hits_wanted = max(FEEDBACK_HITS, LEAD_HITS + 1, plan.offset + plan.limit)
    first = engine.find(replace(plan, limit=hits_wanted, offset=0))
    share = MAX_FEEDBACK_SHARE * (1.0 if always else _feedback_weight(first))
    sources = list(_feedback_documents(catalogue, plan, first)) if share > 0 else []
    if not sources:
        return plan, first
    terms = engine.salient_terms(relevance_model(sources), sources[0].language, FEEDBACK_WORDS)
    return (replace(plan, boost_query=_any_of(terms), boost_limit=share) if terms else plan), first


def _feedback_weight(matches: SearchMatches) -> float:
    """Return the weight of feedback: 1 where no hit leads, 0 where one answers the query."""
    if _is_answered(matches.coverages[:FEEDBACK_HITS]):
        return 0.0
    return 1 - _lead([score for _, score in matches.hits]) / MAX_LEAD


def _is_answered(hits: Sequence[HitCoverage]) -> bool:
    """Return whether a passage of the long first hit covers the question, and one of the hits has its words together.

    That may be another hit: of two that contain all words, the one that is quoted is not always the first.
    """
    if not hits or hits[0].words < MIN_ANSWERING_WORDS or hits[0].coverage < ANSWERING_COVERAGE:
        return False
    return max(hit.closeness for hit in hits) >= ANSWERING_CLOSENESS


def _feedback_documents(catalogue: Catalogue, plan: SearchPlan, first: SearchMatches) -> Iterator[FeedbackDocument]:
    hits = first.hits[:FEEDBACK_HITS]
    documents = catalogue_documents.documents(catalogue, [document_id for document_id, _ in hits])
    query_words = [word.text.casefold() for word in words_of(plan.query)]
    for document_id, score in hits:
        if document := documents.get(document_id):
            yield FeedbackDocument(_language(document), _excerpt(catalogue, document, query_words), score)


def relevance_model(sources: Sequence[FeedbackDocument]) -> Mapping[str, float]:
    """Return the words that several of ``sources`` share, with their weights.

    Only sources in the language of the first are used, as words of another language cannot be shared.
    """
    language = sources[0].language
    weights: defaultdict[str, float] = defaultdict(float)
    sharing: Counter[str] = Counter()
    for source in sources:
        if source.language != language or not source.forms:
            continue
        counts = Counter(source.forms)
        sharing.update({analysis.stem(form, language) for form in counts})
        for form, count in counts.items():
            weights[form] += source.weight * count / len(source.forms)
    return {
        form: weight for form, weight in weights.items() if sharing[analysis.stem(form, language)] >= MIN_SHARING_HITS
    }


def similar_query(engine: Engine, catalogue: Catalogue, document: Document) -> Query:
    """Return the query for documents similar to ``document``: any of its salient words, without itself.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    text = "\n".join(page.text for page in _pages(catalogue, document))[:MAX_PROFILE_CHARACTERS]
    counts = Counter(analysis.surface(f"{_title(document)}\n{text}"))
    query = _any_of(engine.salient_terms(counts, _language(document), PROFILE_WORDS))
    return query if isinstance(query, Nothing) else And((query, Not(Value("id", (document.id,)))))


def _lead(scores: Sequence[float]) -> float:
    """Return the share of the first score by which it exceeds the mean of the next, at most `MAX_LEAD`."""
    following = scores[1 : LEAD_HITS + 1]
    return 1 - sum(following) / len(following) / scores[0] if following and scores[0] > 0 else MAX_LEAD


def _any_of(terms: Sequence[tuple[str, float]]) -> Query:
    """Return the disjunction of salient terms, each boosted by its score relative to the first."""
    parts = tuple(Boost(Word(word), score / terms[0][1]) for word, score in terms if score > 0)
    return Or(parts) if len(parts) > 1 else next(iter(parts), Nothing())


def _excerpt(catalogue: Catalogue, document: Document, query_words: Sequence[str]) -> Sequence[str]:
    """Return the folded words of the title and of the beginning of the page with most words of the query."""
    pages = [page.text for page in _pages(catalogue, document)] or [""]
    best = max(pages, key=lambda page: _count_words(page.casefold(), query_words)) if len(pages) > 1 else pages[0]
    return analysis.surface(f"{_title(document)}\n{best[:EXCERPT_CHARACTERS]}")


def _count_words(page: str, words: Sequence[str]) -> tuple[int, int]:
    """Return how many of ``words`` occur in a page, and how often all of them together."""
    counts = [page.count(word) for word in words]
    return sum(map(bool, counts)), sum(counts)


def _pages(catalogue: Catalogue, document: Document) -> tuple[Page, ...]:
    return catalogue_documents.document_text(catalogue, catalogue_documents.key_of(catalogue, document.id)).all_texts


def _title(document: Document) -> str:
    return document.metadata.value("title")


def _language(document: Document) -> str:
    return document.metadata.value("language")
