"""Count tokens of main texts through arrays: places of a query, denominators, and the words at places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Array, Longs, damage_reported
from indexer.index.codec.term_arrays import TermArrays
from indexer.text.joined_words import BOUNDARY_MARK
from search import query as q
from search.concordance.token_index import NodePlaces, TokenStreams
from search.deadline import check_deadline
from search.match_positions import TextLanguages, count_runs
from search.whoosh_engine.arrays.field_terms import PLACE_BITS, row_table
from search.whoosh_engine.arrays.snapshot import Snapshot, document_texts, leading_tokens
from search.whoosh_engine.insight.array_words import ArrayWordIndex
from search.whoosh_engine.insight.counted_words import positions_of_postings, term_chunks
from search.whoosh_engine.insight.document_positions import document_positions
from search.whoosh_engine.matching.evaluate import evaluate
from search.whoosh_engine.matching.joined_terms import find_joined, joined_field
from search.whoosh_engine.matching.leaf_positions import LeafPositions, leaf_positions, near_spans
from search.whoosh_engine.matching.match_set import QueryContext
from search.word_statistics.word_counts import WordIndex

_FIELD = index_layout.PAGED
_POSITION = (1 << PLACE_BITS) - 1
_NO_LONGS: Longs = np.zeros(0, np.int64)


class ArrayTokenIndex:
    """Counts tokens in one snapshot; see `search.concordance.token_index.TokenIndex`."""

    def __init__(self, snapshot: Snapshot, main_tokens: Longs) -> None:
        self._snapshot = snapshot
        self.main_tokens = main_tokens
        self.word_index: WordIndex = ArrayWordIndex(snapshot, main_tokens)
        dates = snapshot.dates()
        self.first_days, self.last_days = dates.first, dates.last

    def matching(self, query: q.Query) -> Longs:
        """Return the documents that a query matches, ascending; see `TokenIndex`."""
        ids = evaluate(query, QueryContext(self._snapshot)).ids
        return ids[self._snapshot.live[ids]]

    def occurrences(
        self,
        query: q.Query,
        documents: Longs,
        field: str = _FIELD,
        languages: Mapping[str, TextLanguages] | None = None,
    ) -> NodePlaces:
        """Return the places of a query in some documents; see `TokenIndex`."""
        context = QueryContext(self._snapshot)
        found = [(_NO_LONGS, _NO_LONGS)]
        for leaf in dict.fromkeys(node_leaves(query, field)) if len(documents) else ():
            check_deadline()
            positions = self._leaf(leaf, context, documents, field, languages)
            starts = (positions.documents << PLACE_BITS) | positions.positions
            found.append((starts, starts + positions.lengths))
        starts, ends = without_overlaps(*(np.concatenate(part) for part in zip(*found, strict=True)))
        numbers, positions_ = starts >> PLACE_BITS, starts & _POSITION
        lengths = ends - starts
        if field == _FIELD:
            is_main = positions_ + lengths <= self.main_tokens[numbers]
            numbers, positions_, lengths = numbers[is_main], positions_[is_main], lengths[is_main]
        return NodePlaces(numbers, positions_, lengths, tuple(context.notices.values()))

    def title_tokens(self) -> Longs:
        """Return for each document the number of tokens of its title; see `TokenIndex`."""
        keys = self._snapshot.strings("title_key").tolist()
        tokens = np.fromiter((len(key.split()) for key in keys), np.int64, len(keys))
        return np.where(self._snapshot.live, tokens, 0)

    def document_ids(self, documents: Longs) -> list[str]:
        """Return the public ids of documents; see `TokenIndex`."""
        with damage_reported("a document's id"):
            return [document_id.decode() for document_id in self._snapshot.strings("id")[documents].tolist()]

    def keywords(self, field: str, documents: Longs) -> list[str]:
        """Return the values of a keyword field of documents; see `TokenIndex`."""
        return self._snapshot.keywords(field).joined(documents)

    def texts(self, document: int) -> tuple[Longs, Sequence[Longs]]:
        """Return the ends and the anchors of the texts of a document; see `TokenIndex`."""
        tokens, anchors = document_texts(self._snapshot, document)
        return np.cumsum(tokens), anchors

    def title_ranks(self) -> Longs:
        """Return the rank of each document by its title; see `TokenIndex`."""
        ranks = self._snapshot.ranks("title_key")
        return np.where(self.title_tokens() > 0, ranks, self._snapshot.documents)

    def streams(self, documents: Longs, field: str = _FIELD) -> TokenStreams:
        """Return the tokens of the main texts, or titles, of documents; see `TokenIndex`."""
        sizes = (self.main_tokens if field == _FIELD else self.title_tokens())[documents]
        starts = np.append(0, np.cumsum(sizes)).astype(np.int64)
        codes = np.full(int(starts[-1]), -1, np.int64)
        rows = row_table(documents, self._snapshot.documents)
        first_codes = _first_codes(self._snapshot, field)
        for number, (segment, base) in enumerate(self._snapshot.segments()):
            check_deadline()
            rows_of_segment = rows[base : base + segment.documents]
            if (rows_of_segment >= 0).any():
                with damage_reported(f"the positions of {field}"):
                    for terms, posting_rows, positions in _positions(segment.terms(field), rows_of_segment):
                        check_deadline()
                        is_main = positions < sizes[posting_rows]
                        places = starts[posting_rows] + positions
                        codes[places[is_main]] = terms[is_main] + first_codes[number]
        return TokenStreams(documents, starts, codes)

    def words(self, codes: Longs, field: str = _FIELD) -> list[str]:
        """Return the folded word of each code of `streams`; see `TokenIndex`."""
        distinct, places = np.unique(codes, return_inverse=True)
        first_codes = _first_codes(self._snapshot, field)
        words = [""] * int(distinct.searchsorted(0))
        edges = distinct.searchsorted(first_codes)
        for number, (segment, _) in enumerate(self._snapshot.segments()):
            local = distinct[edges[number] : edges[number + 1]] - first_codes[number]
            with damage_reported(f"the words of {field}"):
                words += [term.decode() for term in segment.terms(field).terms.read_many(local)]
        return [words[place] for place in places.tolist()]

    def _leaf(
        self,
        leaf: q.TextLeaf,
        context: QueryContext,
        documents: Longs,
        field: str,
        languages: Mapping[str, TextLanguages] | None,
    ) -> LeafPositions:
        """Return the places of a leaf, which may overlap."""
        if isinstance(leaf, q.Near):
            return near_spans(leaf, context, documents, field)
        if not isinstance(leaf, q.Word) or leaf.exact:
            return leaf_positions(leaf, context, documents, field)
        if languages is None or field != _FIELD:
            return leaf_positions(q.Phrase(leaf.text, leaf.field), context, documents, field)
        return self._stemmed(leaf, context, documents, languages)

    def _stemmed(
        self, leaf: q.Word, context: QueryContext, documents: Longs, languages: Mapping[str, TextLanguages]
    ) -> LeafPositions:
        """Return the places of a word in all forms that have its stem in the language of the text."""
        numbers = dict(zip(self.document_ids(documents), documents.tolist(), strict=True))
        matches = document_positions(leaf, context, numbers, {key: languages[key] for key in numbers})
        parts = [(_NO_LONGS, _NO_LONGS, _NO_LONGS)]
        for document_id, found in sorted(matches.items(), key=lambda item: numbers[item[0]]):
            for part in found.leaves:
                document = np.full(len(part.first), numbers[document_id], np.int64)
                parts.append((document, part.first, part.last - part.first + 1))
        return LeafPositions(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def array_token_index(snapshot: Snapshot, main_texts: Mapping[str, int]) -> ArrayTokenIndex:
    """Return the token index of a snapshot; see `search.engine.Engine.token_index`.

    Raises:
        IndexStateError: the index is damaged.
    """
    ids = (document_id.decode() for document_id in snapshot.strings("id").tolist())
    counts = np.fromiter((main_texts.get(document_id, -1) for document_id in ids), np.int64, snapshot.documents)
    tokens = leading_tokens(snapshot, counts)
    unknown = np.flatnonzero((counts < 0) & snapshot.live)
    joined = joined_field(QueryContext(snapshot), _FIELD)
    if len(unknown) and joined and any(numbers := find_joined(joined, BOUNDARY_MARK)):
        boundaries = joined.places([numbers], unknown)[0]
        documents, counted = count_runs(boundaries >> PLACE_BITS)
        tokens[documents] = boundaries[np.append(0, np.cumsum(counted)[:-1])] & _POSITION
    return ArrayTokenIndex(snapshot, np.where(snapshot.live, tokens, 0))


def _first_codes(snapshot: Snapshot, field: str) -> Longs:
    """Return the code of the first term of each segment, and the code behind the last of all."""
    terms = [len(segment.terms(field).terms) for segment, _ in snapshot.segments()]
    return np.append(0, np.cumsum(terms)).astype(np.int64)


def node_leaves(query: q.Query, field: str) -> Iterator[q.TextLeaf]:
    """Yield the leaves about a field of words that are not negated."""
    for leaf, _ in q.boosted_leaves(query):
        if isinstance(leaf, q.TextLeaf) and leaf.field in {"", field}:
            yield leaf


def without_overlaps(starts: Longs, ends: Longs) -> tuple[Longs, Longs]:
    """Return spans by their starts without those that overlap an earlier one; of equal starts the longest counts."""
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    if len(starts) < 2:
        return starts, ends
    reached = np.maximum.accumulate(ends)
    groups = np.cumsum(np.append(False, starts[1:] >= reached[:-1]))
    if groups[-1] == len(starts) - 1:
        return starts, ends
    sizes = np.bincount(groups)
    kept = np.ones(len(starts), bool)
    last = -1
    for place in np.flatnonzero(sizes[groups] > 1).tolist():
        if starts[place] < last:
            kept[place] = False
        else:
            last = int(ends[place])
    return starts[kept], ends[kept]


def _positions(terms: TermArrays, rows: Array) -> Iterator[tuple[Longs, Array, Longs]]:
    """Yield the term, the row of the document, and the position of occurrences in the documents with a row.

    Some terms at a time: arrays of all occurrences would not stay in the processor's cache.
    """
    for low, high in term_chunks(terms.position_counts(0, len(terms.terms))):
        offsets, ids = terms.postings_between(low, high)
        _, counts = terms.weights_between(low, high)
        posting_rows = rows[ids]
        chosen = np.flatnonzero(posting_rows >= 0)
        if not len(chosen):
            continue
        positions = positions_of_postings(terms, (low, high), counts, chosen)
        owners = np.repeat(np.arange(low, high), np.diff(offsets))[chosen]
        counts = counts[chosen]
        yield np.repeat(owners, counts), np.repeat(posting_rows[chosen], counts), positions
