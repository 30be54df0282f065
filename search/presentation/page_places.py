"""Find the matches of a query on the pages of a document by positions, without reading the text of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import document_text, text_pages
from corpus.catalogue.hit_records import hit_records, text_languages
from corpus.document import Page, Role
from search.engine import Engine
from search.match_positions import MatchPositions, TextLanguages, first_tokens_of_matches
from search.presentation.passages import UnequalTextError, spans_in_text
from search.presentation.text_matcher import cached_matcher
from search.query import Query, text_leaves


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The matches of a query in a document.

    Attributes:
        counts: the number of matches on each page, by page in order; overlapping ones count as one. A match that runs
            over the end of a page counts on the page that it begins on.
        pages: the page of each text.
        positions: of the matches; None for a query without words.
    """

    counts: dict[int, int]
    pages: Sequence[int]
    positions: MatchPositions | None

    def spans(self, page: int, texts: Sequence[Page]) -> list[tuple[tuple[int, int], ...]] | None:
        """Return the (start, end) offsets of the matches in each text of a page; None where it has other texts."""
        if self.positions is None:
            return [()] * len(texts)
        numbers = [number for number, of_text in enumerate(self.pages) if of_text == page]
        if len(numbers) != len(texts):
            return None
        try:
            return [
                spans_in_text(self.positions, number, text.text) for number, text in zip(numbers, texts, strict=True)
            ]
        except UnequalTextError:
            return None


def page_places(engine: Engine | None, catalogue: Catalogue, document_id: str, query: Query) -> PagePlaces:
    """Return the matches of a query in a document; those of no query without an engine.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    record = hit_records(catalogue, [document_id])[document_id]
    pages = text_pages(catalogue, record.key)
    counts = dict.fromkeys(sorted(pages), 0)
    if engine is None or not pages or not any(text_leaves(query)):
        return PagePlaces(counts, pages, None)
    languages = TextLanguages(record.value("language"), text_languages(catalogue, [record.key]).get(record.key, {}))
    positions = None
    if record.changed <= engine.change:
        positions = engine.match_positions(query, {document_id: languages}).documents.get(document_id)
    if positions is None or len(positions.ends) != len(pages):  # the index has another text than the catalogue
        positions = _positions_in_texts(catalogue, record.key, query, languages.document)
    for text in positions.ends.searchsorted(first_tokens_of_matches(positions), "right").tolist():
        counts[pages[text]] += 1
    return PagePlaces(counts, pages, positions)


def _positions_in_texts(catalogue: Catalogue, key: int, query: Query, language: str) -> MatchPositions:
    texts = document_text(catalogue, key).all_texts
    main = sum(text.role is Role.MAIN for text in texts)
    return cached_matcher(query).positions([(text.text, text.language or language) for text in texts], main)
