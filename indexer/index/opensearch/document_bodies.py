"""Documents as a cluster takes them, from the terms that the index of this machine would have."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from corpus.document import ChangeNumber
from indexer.index import index_layout, schema
from indexer.index.buffer import Collector, Words
from indexer.index.codec.field_lengths import LENGTH_OF_BYTE, length_bytes
from indexer.index.entry import IndexEntry
from indexer.index.opensearch.mapping import ALL_STEMS, BODY_COUNT, COUNT_MARK, NEAR, TEXT_LENGTH, TITLE_COUNT
from indexer.index.opensearch.stem_counts import count_stems, stem_term
from indexer.index.opensearch.token_strings import (
    HOLE,
    JOINED,
    MAX_KEYWORD_CHARACTERS,
    STACK,
    cluster_term,
    joined_term,
    keyword_term,
    marked_term,
)
from indexer.text.analysis import value_key
from indexer.text.joined_words import BOUNDARY_MARK, JUMP_MARK

Body = dict[str, Any]


@dataclass(slots=True)
class _Stacks:
    """The terms beside the words of one document in one field.

    Attributes:
        terms: by position, the terms that stand there besides the word.
        bounds: the first positions of texts that do not continue the one before.
        uncounted: the positions that NEAR does not count.
        joined: (number of its stemmer's tag, form) of the joined words.
        dropped: the positions, before any was dropped, of parts that directly follow a word indexed in their place.
        order: the same, ascending.
    """

    terms: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    bounds: list[int] = field(default_factory=list)
    uncounted: set[int] = field(default_factory=set)
    joined: list[tuple[int, str]] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    order: Sequence[int] = ()

    def moved(self, position: int) -> int:
        """Return a position after positions before it were dropped."""
        return position - bisect_left(self.order, position)


def document_bodies(entries: Sequence[tuple[IndexEntry, ChangeNumber]]) -> tuple[list[Body], frozenset[str]]:
    """Return the bodies of some documents, and the tags of the stemmers of their words."""
    collected = Collector(schema.schema())
    for entry, _ in entries:
        collected.add(entry)
    collected.analyse()
    terms = [cluster_term(form) or HOLE for form in collected.vocabulary.forms]
    readers = [_FieldReader(name, words, collected, terms) for name, words in collected.words.items()]
    bodies = []
    for number, (entry, change) in enumerate(entries):
        body: Body = {"change": change, **_values(entry)}
        for reader in readers:
            body |= reader.read(number)
        if stems := " ".join(filter(None, (reader.all_stems(number, body) for reader in readers))):
            body[ALL_STEMS] = stems  # a stem that stands here twice counts as both together
        body["main_tokens"] = readers[0].main_tokens(number, sum(part.continued for part in entry.texts["text"]))
        bodies.append(body)
    return bodies, frozenset(collected.tags)


def _values(entry: IndexEntry) -> Body:
    values: Body = {}
    for name, value in entry.values.items():
        if name in index_layout.KEYWORD_COLUMNS:
            parts = [part for part in str(value).split(index_layout.SEPARATOR) if value_key(part)]
            keys = [keyword_term(value_key(part)) for part in parts]
            labels = [
                part if len(part) <= MAX_KEYWORD_CHARACTERS else key for part, key in zip(parts, keys, strict=True)
            ]
            values |= {name: labels, f"{name}_key": keys} if parts else {}
        else:
            values[name] = value
    values["id_key"] = str(values["id"]).casefold()
    if "title_key" in values:  # it orders; what comes after so many characters orders nobody's titles
        values["title_key"] = str(values["title_key"])[:MAX_KEYWORD_CHARACTERS]
    if "first_day" in values:
        values |= _days(int(values["first_day"]), int(values["last_day"]))
    return values


def _days(first: int, last: int) -> Body:
    is_open = first == index_layout.OPEN_START, last == index_layout.OPEN_END
    years = {} if is_open[0] else {"first_year": dt.date.fromordinal(first).year}
    years |= {} if is_open[1] else {"last_year": dt.date.fromordinal(last).year}
    return {"day": last if is_open[0] else first, **years}


class _FieldReader:
    """Reads one field of words out of a collector, document after document."""

    def __init__(self, name: str, words: Words, collected: Collector, terms: Sequence[str]) -> None:
        self._name, self._words, self._forms = name, words, collected.vocabulary.forms
        self._tags, self._terms = collected.tags, terms
        self._numbers = np.frombuffer(words.numbers, np.int32)
        self._ends = np.append(0, np.cumsum(words.lengths()))
        self._texts = np.append(0, np.cumsum(np.frombuffer(words.texts, np.uint32), dtype=np.int64))
        self._text_ends = np.append(0, np.cumsum(np.frombuffer(words.stretches, np.uint32), dtype=np.int64))
        self._stacks = self._read_stacks()
        self._stems = count_stems(words, self._forms, self._tags) if name in index_layout.STEMS else None
        holes = np.bincount(
            self._ends[1:].searchsorted(np.frombuffer(words.joined.holes, np.int64), "right"),
            minlength=len(self._ends) - 1,
        )
        self._lengths = np.diff(self._ends) - holes
        # The lengths that scores go by are bytes in the index of this machine.
        self._stored_lengths = LENGTH_OF_BYTE[length_bytes(self._lengths)]

    def all_stems(self, document: int, body: Body) -> str:
        """Return the stems that a document's body has in this field, as they count among those of all fields."""
        if self._name == "title" and self._stems:
            return self._stems.spell(document, COUNT_MARK, TITLE_COUNT // BODY_COUNT)
        return str(body.get(index_layout.STEMS.get(self._name, ""), ""))

    def read(self, document: int) -> Body:
        """Return the parts of a document's body that are from this field."""
        name, low, high = self._name, int(self._ends[document]), int(self._ends[document + 1])
        body: Body = {f"{name}_tokens": int(self._lengths[document])}
        if name == index_layout.PAGED:
            body[TEXT_LENGTH] = int(self._stored_lengths[document])
        if low == high:
            return body
        words = list(map(self._terms.__getitem__, self._numbers[low:high].tolist()))
        stacks = self._stacks.get(document) or _Stacks()
        if stacks.dropped:
            words = [word for place, word in enumerate(words) if place not in stacks.dropped]
        if name in NEAR and _has_parts(stacks):
            body[NEAR[name]] = _split(_near_tokens(words, stacks), _near_bounds(stacks))
        for position, terms in stacks.terms.items():
            words[position] = STACK.join([words[position], *terms])
        body[name] = _split(words, stacks.bounds)
        if self._stems:
            body[index_layout.STEMS[name]] = self._stems.spell(document, COUNT_MARK)
            if joined := {stem_term(form, self._tags[tag]) for tag, form in stacks.joined}:
                body[index_layout.JOINED_STEMS[name]] = sorted(joined)
        return body

    def main_tokens(self, document: int, texts: int) -> int:
        """Return the number of tokens in the first texts of a document."""
        first = int(self._texts[document])
        return int(self._text_ends[first + texts] - self._text_ends[first])

    def _read_stacks(self) -> dict[int, _Stacks]:
        rows = defaultdict[int, list[_JoinedRow]](list)
        joined = self._words.joined
        places = np.frombuffer(joined.places, np.int64)
        documents = self._ends[1:].searchsorted(places, "right").tolist()
        texts = self._text_ends[1:].searchsorted(places, "right").tolist()
        for document, text, place, number, span in zip(
            documents, texts, places.tolist(), joined.numbers, joined.spans, strict=True
        ):
            position = place - int(self._ends[document])
            rows[document].append(_JoinedRow(position, self._forms[number], span, self._words.tags[text]))
        holes = defaultdict[int, set[int]](set)
        for document, place in self._in_documents(joined.holes):
            holes[document].add(place)
        stacks = defaultdict(_Stacks, {number: _stacks(some, holes[number]) for number, some in rows.items()})
        numbers = iter(self._words.marked.numbers)
        for document, place in self._in_documents(self._words.marked.places):
            of = stacks[document]
            of.terms[of.moved(place)].append(marked_term(self._forms[next(numbers)]))
        return stacks

    def _in_documents(self, places: Any) -> Iterator[tuple[int, int]]:
        """Yield the document of each of some places, and the position in it."""
        longs = np.frombuffer(places, np.int64)
        documents = self._ends[1:].searchsorted(longs, "right")
        yield from zip(documents.tolist(), (longs - self._ends[documents]).tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class _JoinedRow:
    """A joined word of a document: its position, its form, its span, and the number of its stemmer's tag."""

    position: int
    form: str
    span: int
    tag: int


def _stacks(rows: Sequence[_JoinedRow], holes: set[int]) -> _Stacks:
    """Return the stacks of a document; a word whose further parts are all holes behind it takes one position."""
    of = _Stacks()
    for row in rows:
        parts = range(row.position + 1, row.position + row.span)
        if parts and holes.issuperset(parts):
            of.dropped.update(parts)
    of.order = sorted(of.dropped)
    for row in rows:
        if row.form == BOUNDARY_MARK:
            of.bounds.append(of.moved(row.position))
            continue
        if row.form != JUMP_MARK:
            of.joined.append((row.tag, row.form))
        elif row.position not in of.dropped:
            of.uncounted.add(of.moved(row.position))
        parts = range(row.position + 1, row.position + row.span)
        if row.position in of.dropped or (parts and of.dropped.issuperset(parts)):
            continue
        span = of.moved(row.position + row.span) - of.moved(row.position)
        of.terms[of.moved(row.position)].append(joined_term(row.form, span))
    return of


def _has_parts(stacks: _Stacks) -> bool:
    return any(term.startswith(JOINED) for terms in stacks.terms.values() for term in terms)


def _near_tokens(words: Sequence[str], stacks: _Stacks) -> list[str]:
    """Return the words of a document, each that NEAR does not count beside the one before it."""
    tokens: list[list[str]] = []
    for position, word in enumerate(words):
        terms = [word, *map(_plain_joined, filter(_is_joined_word, stacks.terms.get(position, ())))]
        if position in stacks.uncounted and tokens:
            tokens[-1] += terms
        else:
            tokens.append(terms)
    return [STACK.join(dict.fromkeys(terms)) for terms in tokens]


def _is_joined_word(term: str) -> bool:
    return term.startswith(JOINED) and cluster_term(JUMP_MARK) not in term


def _plain_joined(term: str) -> str:
    return term.split(JOINED)[1]


def _near_bounds(stacks: _Stacks) -> list[int]:
    uncounted = np.array(sorted(stacks.uncounted), np.int64)
    return [bound - int(uncounted.searchsorted(bound)) for bound in stacks.bounds]


def _split(words: Sequence[str], bounds: Sequence[int]) -> list[str]:
    """Return words as texts that end before each of some positions."""
    edges = [0, *sorted(bounds), len(words)]
    return [" ".join(words[low:high]) for low, high in pairwise(edges) if low < high]
