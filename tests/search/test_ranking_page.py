"""The page on ranking states the constants of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpora.known_items import COLLECTIONS
from benchmarks.halves import TIMED_QUESTIONS
from corpus.document import DocumentText, Page, Role
from indexer.index.entry import WEIGHTS
from indexer.metadata.language_detection import detect_language, detect_page_languages
from search import bm25f
from search.planning import relevance_feedback as feedback
from search.ranking import bonus, query_terms
from tests.support import ROOT

STATEMENTS = [
    f"K1 = {bm25f.K1}; text: weight 1, B = {bm25f.B}; title: weight {bm25f.TITLE_WEIGHT:.0f}, B = {bm25f.TITLE_B}.",
    f"Words of headers, footers, boilerplate and annotations count {WEIGHTS[Role.ANNOTATION]}.",
    f"**Function words** (`indexer/text/stop_words.py`) count {bm25f.FUNCTION_WEIGHT} in the languages listed there",
    f"or with none, counts {bm25f.OTHER_MARKS_WEIGHT} where the word is typed with marks",
    f"**Reranking of the {bonus.CANDIDATES} best**",
    f"at the {query_terms.MAX_TERMS} words with the highest idf",
    f"words as typed ({bonus.EXACT} × BM25F of the unstemmed word",
    f"proximity ({bonus.NEIGHBOUR} for words that are adjacent in the query and occur within {bonus.REACH} words",
    f"the best passage ({bonus.PASSAGE_WEIGHT} × the best window of {bonus.PASSAGE} words",
    f"The {feedback.FEEDBACK_WORDS} most salient terms that at least two of the first five hits share",
    f"the first {feedback.EXCERPT_CHARACTERS:,} characters of the page with most words of the query",
    f"the first hit has {feedback.MIN_ANSWERING_WORDS} words or more",
    f"one of its passages covers {feedback.ANSWERING_COVERAGE} of the query",
    "one of the first five hits has at least half of the query's neighbouring words near each other",
    "the lead of the first hit over the next four, and is 0 from a lead of half its score",
    f"processor time of {TIMED_QUESTIONS} questions of each half, with ten hits",
]


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "ranking.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_page_on_ranking_states_what_the_code_has(page: str, statement: str) -> None:
    assert statement in page


def test_numbers_that_the_page_writes_as_words_are_those_of_the_code() -> None:
    assert len({weight for role, weight in WEIGHTS.items() if role is not Role.MAIN}) == 1
    assert (feedback.MIN_SHARING_HITS, feedback.FEEDBACK_HITS, feedback.LEAD_HITS) == (2, 5, 4)
    assert feedback.MAX_LEAD == feedback.ANSWERING_CLOSENESS == 0.5


@pytest.mark.slow
def test_real_pages_in_another_language_are_as_many_as_stated(page: str, data: Path) -> None:
    count, others = 0, 0
    for texts in COLLECTIONS["reports"](data).values():
        document = DocumentText(tuple(Page(number, text) for number, text in enumerate(texts, 1)))
        count += len(texts)
        if language := detect_language("\n".join(texts)):
            pages = detect_page_languages(document, language[0]).pages
            others += sum(bool(page.language) for page in pages)
    assert f"{others} of {count:,} pages of real reports" in page
