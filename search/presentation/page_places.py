"""Count the matches of a query on each page of a document: from positions, without reading the text of every page."""

from __future__ import annotations

from corpus.catalogue import Catalogue
from corpus.catalogue.documents import document_text, text_pages
from corpus.catalogue.hit_records import hit_records, text_languages
from corpus.document import Role
from search.engine import Engine
from search.match_positions import MatchPositions, TextLanguages, first_tokens_of_matches
from search.presentation.text_matcher import cached_matcher
from search.query import Query, text_leaves


def page_places(engine: Engine, catalogue: Catalogue, document_id: str, query: Query) -> dict[int, int]:
    """Return the number of matches on each page of a document, by page in order; overlapping ones count as one.

    A match that runs over the end of a page counts on the page that it begins on.

    Raises:
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    record = hit_records(catalogue, [document_id])[document_id]
    pages = text_pages(catalogue, record.key)
    places = dict.fromkeys(sorted(pages), 0)
    if not pages or not any(text_leaves(query)):
        return places
    languages = TextLanguages(record.value("language"), text_languages(catalogue, [record.key]).get(record.key, {}))
    positions = None
    if record.changed <= engine.change:
        positions = engine.match_positions(query, {document_id: languages}).documents.get(document_id)
    if positions is None or len(positions.ends) != len(pages):  # the index has another text than the catalogue
        positions = _positions_in_texts(catalogue, record.key, query, languages.document)
    for text in positions.ends.searchsorted(first_tokens_of_matches(positions), "right").tolist():
        places[pages[text]] += 1
    return places


def _positions_in_texts(catalogue: Catalogue, key: int, query: Query, language: str) -> MatchPositions:
    texts = document_text(catalogue, key).all_texts
    main = sum(text.role is Role.MAIN for text in texts)
    return cached_matcher(query).positions([(text.text, text.language or language) for text in texts], main)
