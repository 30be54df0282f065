"""Count the places of a request's words in main texts: the base of the concordance, of trends and of other counts.

The words that are counted are the *node*: the parts of the query that look for words in the text and are not negated.
Everything else narrows the documents: filters, words that are excluded, words in titles or names of files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.catalogue import Catalogue
from corpus.catalogue.hit_records import languages_of_texts
from corpus.errors import UsageError
from search.archive_state import ArchiveState
from search.concordance.token_index import NodePlaces, TokenIndex
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.match_positions import Longs, TextLanguages
from search.query import All, Not, Phrase, Query, TextLeaf, Wildcard, Word, boosted_leaves, map_parts
from search.query_analysis import is_blank
from search.request import Request
from search.results import Diagnostic, DiagnosticKind

NODE_FIELDS = ("text", "title")
"""The fields whose words can be counted."""
_BATCH = 500
"""Documents whose languages are read by one query."""


@dataclass(frozen=True, slots=True)
class CountedNode:
    """The places of a request's words, and the documents that they were counted in.

    Attributes:
        asked: the query as it was understood.
        query: the query that was counted, whose single words are phrases where they count as written.
        understood: the query in words.
        diagnostics: remarks on how the query was written, and on limits.
        documents: the documents that filters and exclusions leave, by their numbers in the index, ascending; rates and
            shares are of these.
        matching: those of them that match the whole query, also by a title, a running head or a note alone.
        occurrences: the places of the node in the main texts (or titles) of the matching documents.
        tokens: for each document of the index the tokens that the places were counted among.
    """

    asked: Query
    query: Query
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    documents: Longs
    matching: Longs
    occurrences: NodePlaces
    tokens: Longs

    @property
    def total_tokens(self) -> int:
        """Return N, the number of tokens in the documents."""
        return int(self.tokens[self.documents].sum())

    @property
    def documents_with(self) -> Longs:
        """Return the documents with at least one place, ascending."""
        numbers = self.occurrences.documents
        return numbers[np.append(True, numbers[1:] != numbers[:-1])] if len(numbers) else numbers


def count_node(state: ArchiveState, request: Request, *, stemmed: bool = False, field: str = "text") -> CountedNode:
    """Count the places of a request's words. Sort, limit, facets and the like of the request have no effect.

    Args:
        state: the archive.
        request: the query with its filters.
        stemmed: count single words in all their forms and with their synonyms, as the search box finds them; else as
            written, in any case and with or without accents.
        field: ``text`` or ``title``.

    Raises:
        UsageError: the request has no word to count, or is out of bounds.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    query, diagnostics = state.interpret(request, expand=stemmed)
    if all(map(_is_wordless, node_leaves(query, field))):
        raise UsageError("research.no-words", field=field)
    understood = paraphrase(query)
    counted = query if stemmed else normalise(_as_written(query))
    index = state.token_index
    documents = index.matching(normalise(narrowing(counted, field)))
    matching = index.matching(counted)
    languages = _languages(state.catalogue, index, matching) if stemmed else None
    occurrences = index.occurrences(counted, matching, field, languages)
    limits = [Diagnostic(DiagnosticKind.LIMIT, notice) for notice in occurrences.notices]
    tokens = index.main_tokens if field == "text" else index.title_tokens()
    return CountedNode(query, counted, understood, (*diagnostics, *limits), documents, matching, occurrences, tokens)


def node_leaves(query: Query, field: str) -> list[TextLeaf]:
    """Return the parts of a query that look for words in a field and are not negated."""
    leaves = (leaf for leaf, _ in boosted_leaves(query))
    return [leaf for leaf in leaves if isinstance(leaf, TextLeaf) and leaf.field in {"", field}]


def _is_wordless(leaf: TextLeaf) -> bool:
    """Return whether a part of a query names no word: signs alone, or stars, which any word would match."""
    return is_blank(leaf) or (isinstance(leaf, Wildcard) and not leaf.pattern.strip("*"))


def _as_written(query: Query) -> Query:
    """Return a query whose single words mean the word as written, folded; `Word.exact` would mind its accents."""
    if isinstance(query, Word) and not query.exact:
        return Phrase(query.text, query.field)
    return map_parts(query, _as_written)


def narrowing(query: Query, field: str) -> Query:
    """Return a query without its node: what remains of it narrows the documents."""
    if isinstance(query, Not):
        return query
    if isinstance(query, TextLeaf):
        return All() if query.field in {"", field} else query
    return map_parts(query, lambda part: narrowing(part, field))


def _languages(catalogue: Catalogue, index: TokenIndex, documents: Longs) -> Mapping[str, TextLanguages]:
    ids: Sequence[str] = index.document_ids(documents)
    own: dict[str, dict[int, str]] = {}
    for first in range(0, len(ids), _BATCH):
        own |= languages_of_texts(catalogue, ids[first : first + _BATCH])
    languages = index.keywords("language", documents)
    return {id_: TextLanguages(language, own.get(id_, {})) for id_, language in zip(ids, languages, strict=True)}
