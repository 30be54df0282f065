"""The reading Protocol of search engines: a plan in, matches out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from corpus.document import ChangeNumber
from search.match_positions import QueryPositions, TextLanguages
from search.query import Nothing, Query
from search.request import Sort
from search.results import Explanation

if TYPE_CHECKING:
    from search.concordance.token_index import TokenIndex


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """A search as an engine carries it out.

    Attributes:
        query: the scored part of the query.
        filters: per facet field (``category``, ``date``, ``language``, …) the filter on that field. All of them must
            match, none is scored, and the counts of a facet ignore the facet's own filter.
        sort, limit, offset: the page of matching documents to return, and their order.
        facets: names of the facets to count (`corpus.fields.Field.facet`).
        boost_query: a query that adds to the scores of matching documents, and matches none itself.
        boost_limit: the highest score that ``boost_query`` adds, as a share of the best score of ``query``.
    """

    query: Query
    filters: Mapping[str, Query]
    sort: Sort
    limit: int
    offset: int
    facets: tuple[str, ...]
    boost_query: Query = field(default_factory=Nothing)
    boost_limit: float = 0.0


@dataclass(frozen=True, slots=True)
class HitCoverage:
    """How much of the query a hit contains by itself.

    Attributes:
        coverage: share of the query, by the idf of its words, that occurs in one passage of the hit.
        closeness: share of the query's pairs of neighbouring words, by their idf, that are near each other in the hit.
        words: length of its text.
    """

    coverage: float
    closeness: float
    words: int


@dataclass(frozen=True, slots=True)
class SearchMatches:
    """The matches of a plan.

    Attributes:
        total: number of matching documents. It is always exact, never an estimate or a partial count.
        hits: (document id, score) of one page, in order; the score is 0 when not sorted by relevance.
        facets: per facet, the number of matching documents by value; the key ``""`` counts those without a value.
            Values are as stored (category name, language code, ``"2019"`` for a year); counts of 0 are left out.
        notices: sentences for the reader, such as that a wildcard matched more words than were searched.
        coverages: how much of the query the first hits contain, in order, of a page that begins with the best hit by
            relevance; empty where an engine does not look at passages.
        evaluation: what the engine looked up, for `Engine.match_positions` in these hits; its type is the engine's own.
    """

    total: int
    hits: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]]
    notices: tuple[str, ...] = ()
    coverages: tuple[HitCoverage, ...] = ()
    evaluation: object = field(default=None, repr=False, compare=False)


class Engine(Protocol):
    """Carries out searches over one state of an archive's index.

    An engine matches what `search.query` says of each node, with the analyser of `indexer.text.analysis` and the
    rules of `search.query_analysis`. It sorts as `search.request.Sort` says: titles by their analysed words (the
    untitled last), dates with the undated last, and equal documents by id. Every offset is allowed. Any thread may call
    it, several at once, except for `close`.

    Attributes:
        is_spelled_joined: returns whether two folded parts are a word of the archive that is commoner than the two with
            a hyphen; it raises what `find` raises.
    """

    is_spelled_joined: Callable[[str, str], bool]

    def find(self, plan: SearchPlan) -> SearchMatches:
        """Return the page, the exact total and the facet counts of ``plan``.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def counter(self) -> Callable[[Query], int]:
        """Return a function that counts the documents which a query matches.

        What queries have in common is looked up once, so it is quick for many that are alike. It raises what `find`
        raises, and is for one thread.
        """
        ...

    def salient_terms(self, weights: Mapping[str, float], language: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Rank folded words by weight × idf, best first.

        Words with one stem are counted together, under the spelling with most weight. Function words of ``language``
        are left out, and so are words that occur in one document only.
        """
        ...

    def complete_word(
        self, prefix: str, limit: int, field: str = "", before: Sequence[str] = ()
    ) -> tuple[tuple[str, int], ...]:
        """Return the folded words that begin with a folded prefix, most frequent first.

        Args:
            prefix: the beginning of the words.
            limit: most words to return.
            field: the field of words that contains them; ``""`` means text and title.
            before: folded words that they directly follow.

        Returns:
            (word, number of documents that contain it), at most ``limit`` of them. With ``before``, an engine may look
            at some of the documents only.
        """
        ...

    def nearest_spelling(self, word: str) -> str:
        """Return the likeliest correction of a folded word that occurs in no text and no title.

        Returns:
            ``""`` when the word occurs, or no word is near enough (`search.query_analysis.correction_edits`).
        """
        ...

    @property
    def change(self) -> ChangeNumber:
        """Return the number of the last catalogue change that the index contains."""
        ...

    @property
    def origin(self) -> str:
        """Return the fingerprint of that change's event; ``""`` where the index does not record it."""
        ...

    def match_positions(
        self, query: Query, languages: Mapping[str, TextLanguages], matches: SearchMatches | None = None
    ) -> QueryPositions:
        """Return where the leaves of ``query`` match in the texts of documents.

        Args:
            query: the query; its leaves about the text that are not negated are looked for.
            languages: the languages of the texts of each document, by its id.
            matches: what this engine found for the query, which need not be looked up again.

        An engine without positions may leave out every document.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def token_index(self, main_texts: Mapping[str, int]) -> TokenIndex:
        """Return the counts of tokens in main texts.

        Args:
            main_texts: the number of main texts of documents, by id, as they were when they were indexed.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def explain(self, plan: SearchPlan, document_id: str) -> Explanation:
        """Explain the score of a document under ``plan``. The value of the tree's root is that score.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def is_current(self) -> bool:
        """Return whether the index still has the state that was opened. It is asked often, so it has to be cheap."""
        ...

    def close(self) -> None:
        """Close files and connections."""
        ...
