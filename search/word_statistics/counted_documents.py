"""The documents that statistics count: those that a request narrows the archive to, with the number of their words."""

from __future__ import annotations

from dataclasses import dataclass

from search.archive_state import ArchiveState
from search.concordance.token_index import TokenIndex
from search.grammar.paraphrase import paraphrase
from search.match_positions import Longs
from search.query import Query
from search.request import Request
from search.results import Diagnostic


@dataclass(frozen=True, slots=True)
class CountedSet:
    """A set of documents.

    Attributes:
        understood: in words, which documents they are.
        documents: number of documents.
        tokens: number of words of their main text, as they are indexed.
        query: the query that chose them; None for what others leave.
    """

    understood: str
    documents: int
    tokens: int
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class ChosenDocuments:
    """The documents that a request matches.

    Attributes:
        counted: the set.
        numbers: their numbers in the index, ascending.
        diagnostics: remarks on how the request was written.
    """

    counted: CountedSet
    numbers: Longs
    diagnostics: tuple[Diagnostic, ...]


def choose_documents(state: ArchiveState, request: Request) -> ChosenDocuments:
    """Return the documents that a request matches, as a search would find them.

    Raises:
        UsageError: a part of the request is wrong.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    query, diagnostics = state.interpret(request)
    numbers = state.token_index.matching(query)
    return ChosenDocuments(count_set(state.token_index, numbers, query), numbers, diagnostics)


def count_set(index: TokenIndex, documents: Longs, chosen_by: Query | str) -> CountedSet:
    """Return a set of documents.

    Args:
        index: the index.
        documents: their numbers in it.
        chosen_by: the query that they match, or in words which they are.
    """
    query = None if isinstance(chosen_by, str) else chosen_by
    understood = chosen_by if query is None else paraphrase(query)
    return CountedSet(str(understood), len(documents), int(index.main_tokens[documents].sum()), query)


def smallest_share(sizes: Longs) -> float:
    """Return the smallest share of all words that a document with any has; 1 where there is no document."""
    sizes = sizes[sizes > 0]
    return float(sizes.min() / sizes.sum()) if len(sizes) else 1.0
