"""Documents of the index that may have a quotation: those with its words in their order, or with its rarest words."""

from __future__ import annotations

from functools import partial
from itertools import combinations

from indexer.text import analysis
from search.archive_state import ArchiveState
from search.engine import SearchPlan
from search.query import And, Or, Phrase, Query, Word
from search.quote_check.quoted_words import AsLine, one_line, quote_parts
from search.request import Sort

MAX_CANDIDATES = 5
"""Documents that a quotation is compared with."""
MAX_PHRASE_WORDS = 12
RARE_WORDS = 3
"""Words that near matches are looked for by; two of them have to be in a document, as one may be altered."""
MAX_COUNTED_WORDS = 40


class QuoteCandidates:
    """Looks quotations up in the index."""

    def __init__(self, state: ArchiveState) -> None:
        self._engine = state.engine
        self._count = state.engine.counter()
        self._as_line: AsLine = partial(one_line, is_joined=state.engine.is_spelled_joined)
        self._frequencies: dict[str, int] = {}

    def with_phrase(self, quote: str) -> list[str]:
        """Return the documents that have the words of the longest part of a quotation in their order."""
        longest = max((self._as_line(part) for part in quote_parts(quote)), key=len, default="")
        words = longest.split()
        if not words:
            return []
        rarest = min(range(len(words)), key=lambda place: self._frequency_of(words[place]))
        start = max(0, min(rarest - MAX_PHRASE_WORDS // 2, len(words) - MAX_PHRASE_WORDS))
        return self._find(Phrase(" ".join(words[start : start + MAX_PHRASE_WORDS]), "text"))

    def with_rare_words(self, quote: str) -> list[str]:
        """Return the documents that have two of the three rarest words of a quotation."""
        words = list(dict.fromkeys(analysis.surface(self._as_line(quote))))[:MAX_COUNTED_WORDS]
        known = sorted((word for word in words if self._frequency(word)), key=self._frequency)[:RARE_WORDS]
        if len(known) < 2:
            return self._find(Word(known[0], "text", exact=True)) if known else []
        pairs: list[Query] = [
            And((Word(first, "text", exact=True), Word(second, "text", exact=True)))
            for first, second in combinations(known, 2)
        ]
        return self._find(Or(tuple(pairs)) if len(pairs) > 1 else pairs[0])

    def _frequency_of(self, printed: str) -> int:
        """Return the least number of documents with a word of a printed one; a large one where it has none."""
        return min((self._frequency(word) or 1 << 30 for word in analysis.surface(printed)), default=1 << 30)

    def _frequency(self, word: str) -> int:
        if word not in self._frequencies:
            self._frequencies[word] = self._count(Word(word, "text", exact=True))
        return self._frequencies[word]

    def _find(self, query: Query) -> list[str]:
        matches = self._engine.find(SearchPlan(query, {}, Sort.RELEVANCE, MAX_CANDIDATES, 0, ()))
        return [document_id for document_id, _ in matches.hits]
