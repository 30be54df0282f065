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
_DOCUMENT_BITS = 32


@dataclass(frozen=True, slots=True)
class OrderedPlaces:
    """The first of the chosen places in the order of their lines, the number of all, and the groups of all."""

    places: NodePlaces
    chosen: int
    groups: tuple[LineGroup, ...]


def order_places(index: TokenIndex, places: NodePlaces, options: KwicOptions, wanted: int) -> OrderedPlaces:
    """Return the first of the places that the options choose, in order, with their groups.

    A sample is drawn before anything is sorted or grouped, so that it does not depend on the order.

    Args:
        index: the index.
        places: the places.
        options: which of them are chosen, and their order.
        wanted: places to return.

    Raises:
        IndexStateError: the index is damaged.
    """
    if options.sample and options.sample < len(places):
        generator = random.Random(options.seed)  # noqa: S311 (anybody shall draw the same)
        drawn = generator.sample(range(len(places)), options.sample)
        places = _take(places, np.sort(_by_id(index, places)[drawn]))
    is_title = options.within is Within.TITLE
    neighbours = _Neighbours(index, places, is_title=is_title)
    groups: tuple[LineGroup, ...] = ()
    if options.group:
        grouped = neighbours.words(options.group)
        groups = _groups(grouped, places.documents)
        if options.only is not None:
            places = _take(places, grouped.places_of(options.only))
            neighbours = _Neighbours(index, places, is_title=is_title)
    if not wanted or not len(places):
        return OrderedPlaces(_take(places, np.zeros(0, np.int64)), len(places), groups)
    keys = [_key(index, places, neighbours, key) for key in options.sort]
    order = _first([*keys, _by_document(index, places.documents)], wanted)
    return OrderedPlaces(_take(places, order), len(places), groups)


def _first(keys: list[Longs], wanted: int) -> Longs:
    """Return the first places by several keys; those that are equal by all stay in the order of their positions.

    Only the places up to the last one that is wanted, by the first key, are sorted by all of them.
    """
    candidates = np.arange(len(keys[0]))
    if wanted < len(candidates):
        candidates = np.flatnonzero(keys[0] <= np.partition(keys[0], wanted - 1)[wanted - 1])
    # The last key of `lexsort` counts most.
    return candidates[np.lexsort([key[candidates] for key in reversed(keys)])][:wanted]


def _by_id(index: TokenIndex, places: NodePlaces) -> Longs:
    """Return the order of places by the ids of their documents, then by position: one that no index changes."""
    distinct, owners = np.unique(places.documents, return_inverse=True)
    ids = index.document_ids(distinct)
    ranks = np.zeros(len(distinct), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    order: Longs = np.lexsort((places.positions, ranks[owners]))
    return order


def _take(places: NodePlaces, chosen: Longs) -> NodePlaces:
    return NodePlaces(places.documents[chosen], places.positions[chosen], places.lengths[chosen])


def _key(index: TokenIndex, places: NodePlaces, neighbours: _Neighbours, key: LineKey) -> Longs:
    if key is LineKey.DATE:
        return _days(index)[places.documents]
    if key is LineKey.TITLE:
        return index.title_ranks()[places.documents]
    return neighbours.words(key).ranks


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


@dataclass(frozen=True, slots=True)
class _PlacedWords:
    """The word of each place as its rank among the words, which are in order."""

    ranks: Longs
    words: list[str]

    def places_of(self, word: str) -> Longs:
        """Return the numbers of the places with a word."""
        return np.flatnonzero(self.ranks == self.words.index(word)) if word in self.words else self.ranks[:0]


def _ranked(numbers: Longs, words: list[str]) -> _PlacedWords:
    """Return the words of places; ``numbers`` are places in a list in which a word may occur several times."""
    ordered = sorted(set(words))
    ranks = {word: rank for rank, word in enumerate(ordered)}
    return _PlacedWords(np.array([ranks[word] for word in words], np.int64)[numbers], ordered)


def _groups(placed: _PlacedWords, documents: Longs) -> tuple[LineGroup, ...]:
    """Count lines and documents by word, the largest group first."""
    count = len(placed.words)
    lines = np.bincount(placed.ranks, minlength=count).tolist()
    pairs = np.sort((placed.ranks << _DOCUMENT_BITS) | documents)
    distinct = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
    with_word = np.bincount(distinct >> _DOCUMENT_BITS, minlength=count).tolist()
    ordered = sorted(range(count), key=lambda rank: (-lines[rank], rank))
    return tuple(LineGroup(placed.words[rank], lines[rank], with_word[rank]) for rank in ordered if lines[rank])


class _Neighbours:
    """The folded words of places and beside them, read from the index when they are first asked for."""

    def __init__(self, index: TokenIndex, places: NodePlaces, *, is_title: bool) -> None:
        self._index, self._places, self._field = index, places, "title" if is_title else "text"

    def words(self, key: LineKey) -> _PlacedWords:
        """Return the word of each place for a key; ``""`` where the text ends before."""
        tokens = self._tokens
        if key is LineKey.NODE:
            return self._nodes()
        rank = int(key[0])
        if key.endswith("L"):
            wanted = tokens.before[tokens.first] - rank
            is_inside = wanted >= tokens.before[tokens.low]
        else:
            wanted = tokens.before[tokens.behind] + rank - 1
            is_inside = wanted < tokens.before[tokens.high]
        codes = np.full(len(wanted), -1, np.int64)
        codes[is_inside] = tokens.codes[tokens.words[wanted[is_inside]]]
        return self._coded(codes)

    def _coded(self, codes: Longs) -> _PlacedWords:
        occurs = np.zeros(int(codes.max(initial=-1)) + 2, bool)
        occurs[codes + 1] = True
        numbers = np.cumsum(occurs) - 1  # quicker than sorting millions of codes
        return _ranked(numbers[codes + 1], self._index.words(np.flatnonzero(occurs) - 1, self._field))

    def _nodes(self) -> _PlacedWords:
        tokens, lengths = self._tokens, self._places.lengths
        if (lengths == 1).all():
            return self._coded(tokens.codes[tokens.first])
        each = np.repeat(tokens.first - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(lengths.sum())
        words = iter(self._index.words(tokens.codes[each], self._field))
        nodes = [" ".join(filter(None, islice(words, length))) for length in lengths.tolist()]
        return _ranked(np.arange(len(nodes)), nodes)

    @cached_property
    def _tokens(self) -> _PlacedTokens:
        documents = np.unique(self._places.documents)
        stream = self._index.streams(documents, self._field)
        rows = documents.searchsorted(self._places.documents)
        low, high = stream.starts[rows], stream.starts[rows + 1]
        first = low + self._places.positions
        is_word = stream.codes >= 0
        words = np.flatnonzero(is_word)
        before = np.append(0, np.cumsum(is_word))
        return _PlacedTokens(stream.codes, words, before, low, high, first, first + self._places.lengths)


@dataclass(frozen=True, slots=True)
class _PlacedTokens:
    """The tokens of the documents of some places, end to end.

    Attributes:
        codes: the code of each token.
        words: the tokens that are words, ascending; others are second parts of divided words.
        before: the number of words before each token, and of all.
        low: for each place the first token of its document.
        high: the token behind the last one of its document.
        first: the first token of the place.
        behind: the token behind its last one.
    """

    codes: Longs
    words: Longs
    before: Longs
    low: Longs
    high: Longs
    first: Longs
    behind: Longs
