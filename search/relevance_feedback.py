"""What the first hits of a question have in common, as more words to look for; and what a document is about.

Pseudo-relevance feedback by a relevance model (Lavrenko and Croft 2001; RM3 in Abdul-Jaleel et al. 2004): each of the
first hits gives its words, weighed by its score and by how much of its text they are. A word must stand in several of
them. The words found add to the scores of documents that match already; they match none, so totals and facets are those
of the question as it was asked.

Feedback helps where many documents bear on a question and harms where one answers it: the words of what stands second
and third then lead away from it. How far the first hit stands out tells the two apart (selective expansion: Amati,
Carpineto and Romano 2004), so the weight falls with that distance and is 0 from `MAX_LEAD` on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.catalogue import Catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.document import Document, Page
from indexer.text import analysis
from search.engine import Engine, SearchPlan
from search.query import And, Boost, Not, Nothing, Or, Query, Value, Word, boosted_leaves
from search.request import Request, Sort

FEEDBACK_HITS = 5
"""Hits that are read."""
MIN_SHARING_HITS = 2
"""In so many of them a word must stand at least."""
FEEDBACK_WORDS = 20
"""Words that are added."""
MAX_FEEDBACK_SHARE = 1.8
"""What they add to a document at most, as a part of the best BM25F score, where no hit stands out: as the best passage
has its say beside that score, somewhat less than what the question's own words give."""
MAX_LEAD = 0.5
"""By so much of its score must the first hit exceed the mean of the `LEAD_HITS` for feedback to have nothing to say."""
LEAD_HITS = 5
MIN_QUESTION_WORDS = 3
"""Words of a question; shorter ones are looked for and not asked."""
EXCERPT_CHARACTERS = 3_000
"""Characters read of a hit: the page where most words of the question stand, from its beginning."""
MAX_PROFILE_CHARACTERS = 200_000
"""Characters of a document read to know what it is about."""
PROFILE_WORDS = 25
"""Words that say what a document is about."""


@dataclass(frozen=True, slots=True)
class FeedbackDocument:
    """A document that words are taken from: its language, its words as folded, and what it counts."""

    language: str
    forms: Sequence[str]
    weight: float = 1.0


def is_feedback_wanted(request: Request, query: Query) -> bool:
    """Whether feedback is asked for: in so many words, or by a question where any word may match."""
    if request.sort is not Sort.RELEVANCE or request.expand is False:
        return False
    return request.expand is True or (request.any and len(list(_words(query))) >= MIN_QUESTION_WORDS)


def add_feedback(engine: Engine, catalogue: Catalogue, plan: SearchPlan, *, always: bool) -> SearchPlan:
    """``plan`` with what its first hits have in common; as it is when one of them stands out, unless ``always``.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    first = engine.find(replace(plan, limit=FEEDBACK_HITS, offset=0, facets=())).hits
    share = MAX_FEEDBACK_SHARE * (1.0 if always else 1 - _lead([score for _, score in first]) / MAX_LEAD)
    documents = catalogue_documents.documents(catalogue, [name for name, _ in first]) if share > 0 else {}
    asked = [word.text.casefold() for word in _words(plan.query)]
    sources = [
        FeedbackDocument(_language(documents[name]), _excerpt(catalogue, documents[name], asked), score)
        for name, score in first
        if name in documents
    ]
    if not sources:
        return plan
    terms = engine.salient_terms(relevance_model(sources), sources[0].language, FEEDBACK_WORDS)
    return replace(plan, boost_query=_any_of(terms), boost_limit=share)


def relevance_model(sources: Sequence[FeedbackDocument]) -> Mapping[str, float]:
    """The relevance model: words in several of ``sources``, of the language of the first, with their weights."""
    language = sources[0].language
    read = [source for source in sources if source.language == language and source.forms]
    weights: defaultdict[str, float] = defaultdict(float)
    sharing: Counter[str] = Counter()
    for source in read:
        counts = Counter(source.forms)
        sharing.update({analysis.stem(form, language) for form in counts})
        for form, count in counts.items():
            weights[form] += source.weight * count / len(source.forms)
    return {
        form: weight for form, weight in weights.items() if sharing[analysis.stem(form, language)] >= MIN_SHARING_HITS
    }


def similar_query(engine: Engine, catalogue: Catalogue, document: Document) -> Query:
    """Documents that treat of what ``document`` does, itself left out: any of its most telling words, tf by idf.

    Raises:
        CatalogueError: the catalogue is damaged.
    """
    text = "\n".join(page.text for page in _pages(catalogue, document))[:MAX_PROFILE_CHARACTERS]
    counts = Counter(analysis.surface(f"{_title(document)}\n{text}"))
    found = _any_of(engine.salient_terms(counts, _language(document), PROFILE_WORDS))
    return found if isinstance(found, Nothing) else And((found, Not(Value("id", (document.id,)))))


def _lead(scores: Sequence[float]) -> float:
    """How far the first stands before the next, as a part of its score."""
    after = scores[1 : LEAD_HITS + 1]
    return 1 - sum(after) / len(after) / scores[0] if after and scores[0] > 0 else MAX_LEAD


def _any_of(words: Sequence[tuple[str, float]]) -> Query:
    """Any of ``words``, the first with weight 1, each further one by how much it tells beside the first."""
    parts = tuple(Boost(Word(word), tells / words[0][1]) for word, tells in words if tells > 0)
    return Or(parts) if len(parts) > 1 else next(iter(parts), Nothing())


def _words(query: Query) -> Iterator[Word]:
    return (leaf for leaf, _ in boosted_leaves(query) if isinstance(leaf, Word))


def _excerpt(catalogue: Catalogue, document: Document, asked: Sequence[str]) -> Sequence[str]:
    """The words of the title and of the page where most of the question stands."""
    pages = [page.text for page in _pages(catalogue, document)] or [""]
    best = max(pages, key=lambda page: _held(page.casefold(), asked)) if len(pages) > 1 else pages[0]
    return analysis.surface(f"{_title(document)}\n{best[:EXCERPT_CHARACTERS]}")


def _held(page: str, asked: Sequence[str]) -> tuple[int, int]:
    counts = [page.count(word) for word in asked]
    return sum(map(bool, counts)), sum(counts)


def _pages(catalogue: Catalogue, document: Document) -> tuple[Page, ...]:
    return catalogue_documents.document_text(catalogue, catalogue_documents.key_of(catalogue, document.id)).all_texts


def _title(document: Document) -> str:
    return document.metadata.value("title")


def _language(document: Document) -> str:
    return document.metadata.value("language")
