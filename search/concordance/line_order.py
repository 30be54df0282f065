"""Choose, order and group the lines of a concordance by arrays alone; no text is read."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from indexer.index.index_layout import OPEN_START, UNDATED
from search.concordance.concordance_values import KwicOptions, LineGroup, LineKey, Within
from search.concordance.token_index import NodePlaces, TokenIndex
from search.match_positions import Longs

_LAST_RANK = 1 << 62


@dataclass(frozen=True, slots=True)
class OrderedPlaces:
    """The chosen places in the order of their lines, and the groups that they are in."""

    places: NodePlaces
    groups: tuple[LineGroup, ...]


def order_places(index: TokenIndex, places: NodePlaces, options: KwicOptions) -> OrderedPlaces:
    """Return the places that the options choose, in order, with their groups.

    A sample is drawn before anything is sorted or grouped, so that it does not depend on the order.

    Raises:
        IndexStateError: the index is damaged.
    """
    if options.sample and options.sample < len(places):
        generator = random.Random(options.seed)  # noqa: S311 (anybody shall draw the same)
        drawn = generator.sample(range(len(places)), options.sample)
        places = _take(places, np.sort(np.array(drawn, np.int64)))
    neighbours = _Neighbours(index, places, is_title=options.within is Within.TITLE)
    groups: tuple[LineGroup, ...] = ()
    if options.group:
        labels = neighbours.labels(options.group)
        groups = _groups(labels, places.documents)
        if options.only is not None:
            chosen = np.flatnonzero(np.array([label == options.only for label in labels], bool))
            places = _take(places, chosen)
            neighbours = _Neighbours(index, places, is_title=options.within is Within.TITLE)
    keys = [_key(index, places, neighbours, key) for key in options.sort]
    by_date = _by_document(index, places.documents)
    # The last key of `lexsort` counts most.
    order = np.lexsort((places.positions, by_date, *reversed(keys)))
    return OrderedPlaces(_take(places, order), groups)


def _take(places: NodePlaces, chosen: Longs) -> NodePlaces:
    return NodePlaces(places.documents[chosen], places.positions[chosen], places.lengths[chosen])


def _key(index: TokenIndex, places: NodePlaces, neighbours: _Neighbours, key: LineKey) -> Longs:
    if key is LineKey.DATE:
        return _days(index)[places.documents]
    if key is LineKey.TITLE:
        return index.title_ranks()[places.documents]
    return _ranks(neighbours.labels(key))


def _by_document(index: TokenIndex, documents: Longs) -> Longs:
    """Return the rank of each place's document by date, the undated last, then by id."""
    distinct, owners = np.unique(documents, return_inverse=True)
    days, ids = _days(index)[distinct].tolist(), index.document_ids(distinct)
    ordered = sorted(range(len(distinct)), key=lambda place: (days[place], ids[place]))
    ranks = np.zeros(len(distinct), np.int64)
    ranks[ordered] = np.arange(len(distinct))
    return ranks[owners]


def _days(index: TokenIndex) -> Longs:
    """Return the day that each document sorts by: the first one known; the undated come last."""
    days = np.where(index.first_days == OPEN_START, index.last_days, index.first_days)
    return np.where(index.first_days == UNDATED, _LAST_RANK, days)


def _ranks(labels: list[str]) -> Longs:
    ranks = {label: rank for rank, label in enumerate(sorted(set(labels)))}
    return np.fromiter((ranks[label] for label in labels), np.int64, len(labels))


def _groups(labels: list[str], documents: Longs) -> tuple[LineGroup, ...]:
    """Count lines and documents by label, the largest group first."""
    lines: dict[str, int] = {}
    pairs = dict.fromkeys(zip(labels, documents.tolist(), strict=True))
    for label in labels:
        lines[label] = lines.get(label, 0) + 1
    with_label: dict[str, int] = {}
    for label, _ in pairs:
        with_label[label] = with_label.get(label, 0) + 1
    ordered = sorted(lines, key=lambda label: (-lines[label], label))
    return tuple(LineGroup(label, lines[label], with_label[label]) for label in ordered)


class _Neighbours:
    """The folded words of places and beside them, read from the index when they are first asked for."""

    def __init__(self, index: TokenIndex, places: NodePlaces, *, is_title: bool) -> None:
        self._index, self._places, self._field = index, places, "title" if is_title else "text"

    def labels(self, key: LineKey) -> list[str]:
        """Return the word of each place for a key; ``""`` where the text ends before."""
        tokens = self._tokens
        if key is LineKey.NODE:
            return self._nodes()
        rank = int(key[0])
        if key.endswith("L"):
            wanted = tokens.words.searchsorted(tokens.first) - rank
            is_inside = wanted >= tokens.words.searchsorted(tokens.low)
        else:
            wanted = tokens.words.searchsorted(tokens.behind) + rank - 1
            is_inside = wanted < tokens.words.searchsorted(tokens.high)
        codes = np.full(len(wanted), -1, np.int64)
        codes[is_inside] = tokens.codes[tokens.words[wanted[is_inside]]]
        return self._index.words(codes, self._field)

    def _nodes(self) -> list[str]:
        tokens, lengths = self._tokens, self._places.lengths
        each = np.repeat(tokens.first - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(lengths.sum())
        words = iter(self._index.words(tokens.codes[each], self._field))
        return [" ".join(filter(None, islice(words, length))) for length in lengths.tolist()]

    @cached_property
    def _tokens(self) -> _PlacedTokens:
        documents = np.unique(self._places.documents)
        stream = self._index.streams(documents, self._field)
        rows = documents.searchsorted(self._places.documents)
        low, high = stream.starts[rows], stream.starts[rows + 1]
        first = low + self._places.positions
        words = np.flatnonzero(stream.codes >= 0)
        return _PlacedTokens(stream.codes, words, low, high, first, first + self._places.lengths)


@dataclass(frozen=True, slots=True)
class _PlacedTokens:
    """The tokens of the documents of some places, end to end.

    Attributes:
        codes: the code of each token.
        words: the tokens that are words, ascending; others are second parts of divided words.
        low: for each place the first token of its document.
        high: the token behind the last one of its document.
        first: the first token of the place.
        behind: the token behind its last one.
    """

    codes: Longs
    words: Longs
    low: Longs
    high: Longs
    first: Longs
    behind: Longs
