"""The first and the last use of a query by the dates of documents, in each category and in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.index.index_layout import OPEN_START, PAGED, UNDATED
from search.archive import Archive
from search.archive_state import ArchiveState
from search.concordance.concordance_values import ConcordanceLine, ContextUnit, KwicOptions
from search.concordance.counted_node import CountedNode, count_node, narrowing
from search.concordance.kwic import read_lines
from search.concordance.token_index import NodePlaces, TokenIndex
from search.grammar.normal_form import normalise
from search.match_positions import Longs
from search.request import Request
from search.results import Diagnostic
from search.word_statistics.counted_documents import CountedSet, count_set
from search.word_statistics.word_counts import Mask


@dataclass(frozen=True, slots=True)
class DatedUse:
    """The first or last use of a query.

    Attributes:
        line: the place, with its document, date, page and sentence.
        rivals: number of other documents that may be as early, or as late, as far as their dates are known.
    """

    line: ConcordanceLine
    rivals: int


@dataclass(frozen=True, slots=True)
class UseInCategory:
    """The use of a query in one category.

    Attributes:
        category: the category; ``""`` for documents without one, None for all documents.
        first: the first use; None where no document with the query is dated, or that one has changed since.
        last: the last use.
        hits: how often the query occurs.
        documents: in how many documents.
        partly_dated: how many of them have a date that is no single day.
        undated: how many have no date, so that they can be neither first nor last.
    """

    category: str | None
    first: DatedUse | None
    last: DatedUse | None
    hits: int
    documents: int
    partly_dated: int
    undated: int


@dataclass(frozen=True, slots=True)
class FirstUse:
    """The first and the last use of a query.

    Attributes:
        counted: the documents that were looked in.
        understood: the query in words.
        diagnostics: remarks on how it was written, and on limits.
        stemmed: whether single words were counted in all their forms.
        whole: the use in all documents.
        rows: the use in each category that has any, the earliest first; those with undated documents alone last.
    """

    counted: CountedSet
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    stemmed: bool
    whole: UseInCategory
    rows: tuple[UseInCategory, ...]


def first_use(archive: Archive, request: Request, *, stemmed: bool = False) -> FirstUse:
    """Return the first and the last use of a query.

    Documents are ordered by the first day that their date can mean: ``2019`` is before ``2019-03``. So where dates are
    known in part, others may be as early, and are counted.

    Args:
        archive: the archive.
        request: the query, any with words; its sort, limit and facets have no effect.
        stemmed: whether single words count in all their forms.

    Raises:
        UsageError: the request has no word, or a part of it is wrong.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
        SlowAnswerError: the answer is late.
    """
    with archive.shared.use() as state:
        index, node = state.token_index, count_node(state, request, stemmed=stemmed)
        used = _UsedDocuments(index, node)
        categories = index.keywords("category", used.numbers)
        names = sorted(set(categories))
        masks = [np.ones(len(used.numbers), bool), *(np.array([c == name for c in categories], bool) for name in names)]
        edges = [used.edges(mask) for mask in masks]
        lines = iter(_read_edges(state, node, used, edges))
        whole, *rows = [
            _use(category, used, mask, edge, lines)
            for category, mask, edge in zip([None, *names], masks, edges, strict=True)
        ]
        counted = count_set(index, node.documents, normalise(narrowing(node.query, PAGED)))
    rows.sort(key=lambda row: (row.first is None, row.first.line.date if row.first else "", row.category or ""))
    return FirstUse(counted, node.understood, node.diagnostics, stemmed, whole, tuple(rows))


class _UsedDocuments:
    """The documents with a query, with their dates.

    Attributes:
        numbers: their numbers in the index, ascending.
        starts: where the places of each begin, and the end.
        begins: the first day that the date of each can mean; `UNDATED` for none.
        ends: the last day.
    """

    def __init__(self, index: TokenIndex, node: CountedNode) -> None:
        self.numbers = node.documents_with
        self.starts: Longs = np.append(
            node.occurrences.documents.searchsorted(self.numbers), len(node.occurrences)
        ).astype(np.int64)
        first, self.ends = index.first_days[self.numbers], index.last_days[self.numbers]
        self.begins: Longs = np.where(first == OPEN_START, self.ends, first)
        self._ids = np.array(index.document_ids(self.numbers), dtype=np.str_)

    def edges(self, mask: Mask) -> tuple[int, int] | None:
        """Return the first and the last dated document of a mask, by date and id; None where none is dated."""
        dated = np.flatnonzero(mask & (self.begins != UNDATED))
        if not len(dated):
            return None
        order = np.lexsort((self._ids[dated], self.ends[dated], self.begins[dated]))
        return int(dated[order[0]]), int(dated[order[-1]])

    def rivals(self, mask: Mask, document: int, *, is_first: bool) -> int:
        """Return how many other documents of a mask may be as early, or as late, as one of them."""
        dated = mask & (self.begins != UNDATED)
        may_be = self.begins <= self.ends[document] if is_first else self.ends >= self.begins[document]
        return int(np.count_nonzero(dated & may_be)) - 1


def _read_edges(
    state: ArchiveState, node: CountedNode, used: _UsedDocuments, edges: Sequence[tuple[int, int] | None]
) -> list[ConcordanceLine | None]:
    """Return the lines of the first place in the first and of the last place in the last documents, pair by pair."""
    chosen = np.array(
        [
            place
            for pair in edges
            if pair
            for place in (int(used.starts[pair[0]]), int(used.starts[pair[1] + 1]) - 1)
        ],
        np.int64,
    )  # fmt: skip
    found = node.occurrences
    places = NodePlaces(found.documents[chosen], found.positions[chosen], found.lengths[chosen])
    return read_lines(state, places, range(len(chosen)), KwicOptions(unit=ContextUnit.SENTENCE))


def _use(
    category: str | None,
    used: _UsedDocuments,
    mask: Mask,
    edge: tuple[int, int] | None,
    lines: Iterator[ConcordanceLine | None],
) -> UseInCategory:
    first = last = None
    if edge:
        first_line, last_line = next(lines), next(lines)
        first = DatedUse(first_line, used.rivals(mask, edge[0], is_first=True)) if first_line else None
        last = DatedUse(last_line, used.rivals(mask, edge[1], is_first=False)) if last_line else None
    dated = used.begins != UNDATED
    return UseInCategory(
        category, first, last, int(np.diff(used.starts)[mask].sum()), int(np.count_nonzero(mask)),
        int(np.count_nonzero(mask & dated & (used.begins != used.ends))), int(np.count_nonzero(mask & ~dated)),
    )  # fmt: skip
