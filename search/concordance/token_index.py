"""The Protocol by which researchers' tools count tokens: places of words in main texts, over whole arrays.

A token is a word as it is indexed: folded and not stemmed. Only the main text of a document counts, its pages from the
first token to the last; running heads, what surrounds a web page, and annotations do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.match_positions import Longs, TextLanguages
from search.query import Query
from search.word_statistics.word_counts import WordIndex


@dataclass(frozen=True, slots=True)
class NodePlaces:
    """The places of a node in some texts, an entry each, by document and position. None overlaps another.

    Attributes:
        documents: the number of its document in the index.
        positions: its first token, counted from 0 through all texts of the document.
        lengths: its number of tokens.
        notices: sentences for the reader, such as that a wildcard matches more words than were counted.
    """

    documents: Longs
    positions: Longs
    lengths: Longs
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class TokenStreams:
    """The tokens of the main texts of some documents, end to end.

    Attributes:
        documents: the numbers of the documents, ascending.
        starts: where the tokens of each begin, and the end of the last.
        codes: a code for each token, by which `TokenIndex.words` knows the word; one word may have several codes. A
            position without a word, the second part of a word that a line's end divides, has the code -1.
    """

    documents: Longs
    starts: Longs
    codes: Longs


class TokenIndex(Protocol):
    """Counts tokens in one state of an archive's index. Documents are numbered through the index.

    Any thread may call it, several at once.

    Attributes:
        main_tokens: for each document the number of tokens of its main text; 0 for a deleted one.
        first_days: for each document the first day of its date, as in `indexer.index.index_layout`.
        last_days: the last day of its date.
        word_index: counts all words of documents.
    """

    main_tokens: Longs
    first_days: Longs
    last_days: Longs
    word_index: WordIndex

    def matching(self, query: Query) -> Longs:
        """Return the documents that a query matches, ascending.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def occurrences(
        self,
        query: Query,
        documents: Longs,
        field: str = "text",
        languages: Mapping[str, TextLanguages] | None = None,
    ) -> NodePlaces:
        """Return the places of a query in the main texts, or the titles, of some documents.

        The places of a query are those of its leaves about the text that are not negated: of a word each token of it,
        of a phrase and a NEAR the whole span, the smallest one that contains all words. Of places that overlap, the one
        that begins first counts; of two that begin together, the longer one.

        Args:
            query: the query. Its single words are counted as written unless ``languages`` are given.
            documents: the documents, ascending.
            field: ``text`` or ``title``.
            languages: the languages of the texts of each document by its id; single words are then counted in all forms
                that have their stem there.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def title_tokens(self) -> Longs:
        """Return for each document the number of tokens of its title; 0 for a deleted one.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def document_ids(self, documents: Longs) -> list[str]:
        """Return the public ids of documents.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def keywords(self, field: str, documents: Longs) -> list[str]:
        """Return the values of a keyword field of documents, as stored; several of one document are joined.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def texts(self, document: int) -> tuple[Longs, Sequence[Longs]]:
        """Return for each text of a document the number of tokens in it and in those before it, and its anchors.

        Returns:
            Both as in `search.match_positions.MatchPositions`.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def title_ranks(self) -> Longs:
        """Return the rank of each document by the folded words of its title; documents without one come last.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def streams(self, documents: Longs, field: str = "text") -> TokenStreams:
        """Return the tokens of the main texts, or the titles, of documents; the whole index is read for them.

        Args:
            documents: the documents, ascending.
            field: ``text`` or ``title``.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...

    def words(self, codes: Longs, field: str = "text") -> list[str]:
        """Return the folded word of each code of `streams`; ``""`` for -1.

        Raises:
            IndexStateError: the index is damaged.
        """
        ...
