"""Count tokens of an archive whose index is on a cluster: see `search.concordance.token_index.TokenIndex`.

Which documents match is asked of the cluster; what is stored of all documents is in a `DocumentTable`; words and their
positions are read from a scratch index of the documents in question. Documents have the numbers of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from search import query as q
from search.concordance.token_index import NodePlaces, TokenStreams
from search.match_positions import TextLanguages
from search.opensearch_engine.document_table import DocumentTable
from search.opensearch_engine.scratch_index import ScratchIndex
from search.ranking.collection_statistics import CollectionStatistics
from search.whoosh_engine.arrays.snapshot import Snapshot
from search.whoosh_engine.insight.array_tokens import ArrayTokenIndex
from search.word_statistics.word_counts import NeighbourCounts, Windows, WordCounts, WordIndex

_FIELD = index_layout.PAGED


@dataclass(frozen=True)
class _CountedPart:
    """Documents of the table in a state of the scratch index.

    Attributes:
        snapshot: the state.
        numbers: their numbers in the table, ascending, of those whose texts are at hand.
        locals: the number of each in the snapshot.
        main_tokens: for each document of the snapshot the number of tokens of its main text; 0 of others than these.
    """

    snapshot: Snapshot
    numbers: Longs
    locals: Longs
    main_tokens: Longs

    @cached_property
    def tokens(self) -> ArrayTokenIndex:
        """The tokens of the snapshot."""
        return ArrayTokenIndex(self.snapshot, self.main_tokens)

    @cached_property
    def _by_local(self) -> Longs:
        return np.argsort(self.locals)

    def to_locals(self, documents: Longs) -> Longs:
        """Return the numbers in the snapshot of documents of the table, in their order; unread ones are left out."""
        places = np.minimum(self.numbers.searchsorted(documents), max(len(self.numbers) - 1, 0))
        chosen: Longs = self.locals[places[self.numbers[places] == documents]] if len(self.numbers) else self.numbers
        return chosen

    def to_table(self, local_numbers: Longs) -> Longs:
        """Return the numbers in the table of documents of the snapshot."""
        order = self._by_local
        numbers: Longs = self.numbers[order[self.locals[order].searchsorted(local_numbers)]]
        return numbers


class _Texts:
    """The scratch index as the documents of a table.

    Args:
        table: all documents.
        scratch: the index of those whose words are counted.
    """

    def __init__(self, table: DocumentTable, scratch: ScratchIndex) -> None:
        self.table = table
        self._scratch = scratch

    def part(self, documents: Longs, collection: CollectionStatistics | None = None) -> _CountedPart:
        """Return documents, ascending, with their words.

        Args:
            documents: the documents.
            collection: the expansions of a query that is looked for in them.
        """
        names = self.table.names(documents)
        found = self._scratch.documents(names)
        snapshot = found.within(collection).snapshot if collection else found.snapshot
        is_read = np.fromiter((name in found.numbers for name in names), bool, len(names))
        numbers = documents[is_read]
        local_numbers = np.fromiter((found.numbers[n] for n in names if n in found.numbers), np.int64, len(numbers))
        main_tokens = np.zeros(snapshot.documents, np.int64)
        main_tokens[local_numbers] = self.table.main_tokens[numbers]
        return _CountedPart(snapshot, numbers, local_numbers, main_tokens)


class ClusterTokenIndex:
    """Counts tokens; see `search.concordance.token_index.TokenIndex`.

    Args:
        table: all documents of the state of the cluster's index.
        scratch: the index of those whose words are counted.
        matching_ids: returns the ids of all documents that a query matches.
        collection: returns the statistics for a query, of which only the expansions are looked at.

    Attributes:
        main_tokens, first_days, last_days: those of the table.
        word_index: counts all words of documents.
    """

    def __init__(
        self,
        table: DocumentTable,
        scratch: ScratchIndex,
        matching_ids: Callable[[q.Query], Iterable[str]],
        collection: Callable[[q.Query], CollectionStatistics],
    ) -> None:
        self._table, self._texts = table, _Texts(table, scratch)
        self._matching_ids, self._collection = matching_ids, collection
        self._words: dict[str, int] = {}
        self._listed: list[str] = []
        self._lock = Lock()
        self.main_tokens = table.main_tokens
        self.first_days, self.last_days = table.first_days, table.last_days
        self.word_index: WordIndex = ClusterWordIndex(self._texts)

    def matching(self, query: q.Query) -> Longs:
        """Return the documents that a query matches, ascending; see `TokenIndex`."""
        if isinstance(query, q.All):
            return np.arange(len(self._table))
        return self._table.numbers(self._matching_ids(query))

    def occurrences(
        self,
        query: q.Query,
        documents: Longs,
        field: str = _FIELD,
        languages: Mapping[str, TextLanguages] | None = None,
    ) -> NodePlaces:
        """Return the places of a query in some documents; see `TokenIndex`."""
        part = self._texts.part(documents, self._collection(query))
        found = part.tokens.occurrences(query, np.sort(part.locals), field, languages)
        numbers = part.to_table(found.documents)
        order = np.lexsort((found.positions, numbers))
        return NodePlaces(numbers[order], found.positions[order], found.lengths[order], found.notices)

    def title_tokens(self) -> Longs:
        """Return for each document the number of tokens of its title; see `TokenIndex`."""
        return self._table.title_tokens

    def document_ids(self, documents: Longs) -> list[str]:
        """Return the public ids of documents; see `TokenIndex`."""
        return self._table.names(documents)

    def keywords(self, field: str, documents: Longs) -> list[str]:
        """Return the values of a keyword field of documents; see `TokenIndex`."""
        return self._table.keywords[field].joined(documents)

    def texts(self, document: int) -> tuple[Longs, Sequence[Longs]]:
        """Return the ends and the anchors of the texts of a document; see `TokenIndex`."""
        part = self._texts.part(np.array([document]))
        return part.tokens.texts(int(part.locals[0])) if len(part.locals) else (np.zeros(0, np.int64), [])

    def title_ranks(self) -> Longs:
        """Return the rank of each document by its title; see `TokenIndex`."""
        return self._table.title_ranks

    def streams(self, documents: Longs, field: str = _FIELD) -> TokenStreams:
        """Return the tokens of the main texts, or titles, of documents; see `TokenIndex`."""
        sizes = (self.main_tokens if field == _FIELD else self.title_tokens())[documents]
        starts = np.append(0, np.cumsum(sizes)).astype(np.int64)
        codes = np.full(int(starts[-1]), -1, np.int64)
        part = self._texts.part(documents)
        read = part.tokens.streams(np.sort(part.locals), field)
        own = self._own_codes(read.codes, part, field)
        places = documents.searchsorted(part.to_table(read.documents)).tolist()
        for place, start, end in zip(places, read.starts[:-1].tolist(), read.starts[1:].tolist(), strict=True):
            first = int(starts[place])
            codes[first : first + end - start] = own[start:end]
        return TokenStreams(documents, starts, codes)

    def words(self, codes: Longs, field: str = _FIELD) -> list[str]:
        """Return the folded word of each code of `streams`; see `TokenIndex`."""
        del field  # one code is one word in all fields
        listed = self._listed
        return [listed[code] if code >= 0 else "" for code in codes.tolist()]

    def _own_codes(self, codes: Longs, part: _CountedPart, field: str) -> Longs:
        """Return codes that stay the same whatever is added to the scratch index, for those of one state of it."""
        distinct, places = np.unique(codes, return_inverse=True)
        words = part.tokens.words(distinct, field)
        with self._lock:
            for word in words:
                if word and word not in self._words:
                    self._words[word] = len(self._listed)
                    self._listed.append(word)
        own = np.array([self._words.get(word, -1) for word in words], np.int64)
        return own[places.ravel()]


class ClusterWordIndex:
    """Counts all words of documents; see `search.word_statistics.word_counts.WordIndex`."""

    def __init__(self, texts: _Texts) -> None:
        self._texts = texts

    def count_words(self, sets: Sequence[Longs], min_hits: int, *, with_deviations: bool = False) -> WordCounts:
        """Count the words of sets of documents; see `WordIndex`."""
        part = self._texts.part(_united(sets))
        local_sets = [np.sort(part.to_locals(documents)) for documents in sets]
        return part.tokens.word_index.count_words(local_sets, min_hits, with_deviations=with_deviations)

    def hits_of_words(self, words: Sequence[str], sets: Sequence[Longs]) -> Longs:
        """Return how often words occur in sets of documents; see `WordIndex`."""
        part = self._texts.part(_united(sets))
        return part.tokens.word_index.hits_of_words(words, [np.sort(part.to_locals(documents)) for documents in sets])

    def count_neighbours(self, windows: Windows) -> NeighbourCounts:
        """Count the words in windows; see `WordIndex`."""
        part = self._texts.part(np.unique(windows.documents))
        known = np.flatnonzero(np.isin(windows.documents, part.numbers))
        local_numbers = part.to_locals(windows.documents[known])
        order = np.argsort(local_numbers, kind="stable")  # those of one document stay in the order of their positions
        rows = known[order]
        chosen = Windows(
            local_numbers[order], windows.first[rows], windows.last[rows], windows.left[rows], windows.right[rows]
        )
        return part.tokens.word_index.count_neighbours(chosen)


def _united(sets: Sequence[Longs]) -> Longs:
    documents: Longs = np.unique(np.concatenate([np.zeros(0, np.int64), *sets]))
    return documents
