"""Where in a text a query's words stand: the same rules as the index, applied to one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from indexer.text import analysis
from search import query as q
from search.term_patterns import compile_pattern, count_edits, is_wild, word_patterns


class TextMatch(NamedTuple):
    """A stretch of text that a part of the query finds; ``part`` numbers the parts of the query from 0."""

    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A token of the text that may be one of the query's words: ``tests`` has a bit for each test it meets."""

    position: int
    start: int
    end: int
    tests: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Words asked for, as bits of tests: one after the other, or with ``distance`` within so many other words."""

    slots: tuple[int, ...]
    distance: int | None = None


class TextMatcher:
    """Finds the positive parts of one query in texts of one language; remembers the words it has judged."""

    def __init__(self, query: q.Query, language: str) -> None:
        self._language = language
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._checks: list[tuple[Callable[[str], object], int]] = []
        self._bits = 0
        self._judged: set[str] = set()
        self._wanted: dict[str, int] = {}
        self._parts = [part for leaf in dict.fromkeys(q.text_leaves(query)) if (part := self._part(leaf)).slots]

    @property
    def parts(self) -> int:
        """How many parts of the query can stand in a text."""
        return len(self._parts)

    def matches(self, text: str, most: int | None = None) -> list[TextMatch]:
        """Every match in ``text``, or the first ``most`` of each part, by start; different parts may overlap."""
        places = list(self._places(text)) if self._parts else []
        found: list[TextMatch] = []
        for number, part in enumerate(self._parts):
            spans = _rows(part.slots, places) if part.distance is None else _near(part.slots, part.distance, places)
            found += (TextMatch(start, end, number) for start, end in islice(spans, most))
        return sorted(found)

    def _places(self, text: str) -> Iterator[_Place]:
        """Lines are judged by their set of words; only a line that holds one that is wanted is looked at closely."""
        position = offset = 0
        for line in text.split("\n"):
            forms = analysis.surface(line)
            for form in set(forms) - self._judged:
                self._judge(form)
            if not self._wanted.keys().isdisjoint(forms):
                for token in analysis.tokens(line):
                    if tests := self._wanted.get(token.text, 0):
                        yield _Place(position + token.position, offset + token.start, offset + token.end, tests)
            position += len(forms)
            offset += len(line) + 1

    def _judge(self, form: str) -> None:
        tests = self._forms.get(form, 0)
        if self._stems:
            tests |= self._stems.get(analysis.stem(form, self._language), 0)
        for check, bit in self._checks:
            tests |= bit if check(form) else 0
        self._judged.add(form)
        if tests:
            self._wanted[form] = tests

    def _part(self, leaf: q.TextLeaf) -> _Part:
        return _Part(tuple(self._slots(leaf)), leaf.distance if isinstance(leaf, q.Near) else None)

    def _slots(self, leaf: q.TextLeaf) -> list[int]:
        if isinstance(leaf, q.Wildcard):
            return [self._pattern(word) for word in word_patterns(leaf.pattern) if leaf.pattern.strip("*")]
        forms = analysis.surface(leaf.text)
        if isinstance(leaf, q.Fuzzy):
            return [self._check(_spelling(form, leaf.distance)) for form in forms]
        if isinstance(leaf, q.Word) and not leaf.exact and len(forms) == 1:
            return [self._known(self._stems, analysis.stem(forms[0], self._language))]
        return [self._known(self._forms, form) for form in forms]

    def _pattern(self, word: str) -> int:
        return self._check(compile_pattern(word).fullmatch) if is_wild(word) else self._known(self._forms, word)

    def _known(self, known: dict[str, int], word: str) -> int:
        if word not in known:
            known[word] = self._bit()
        return known[word]

    def _check(self, check: Callable[[str], object]) -> int:
        self._checks.append((check, self._bit()))
        return self._checks[-1][1]

    def _bit(self) -> int:
        self._bits += 1
        return 1 << (self._bits - 1)


@lru_cache(maxsize=16)
def cached_matcher(query: q.Query, language: str) -> TextMatcher:
    """The finder of a query in a language, with what it has learnt from texts before."""
    return TextMatcher(query, language)


def _spelling(form: str, distance: int) -> Callable[[str], bool]:
    limit = min(max(distance, 0), 2)
    return lambda word: count_edits(word, form, limit) <= limit


def _rows(slots: tuple[int, ...], places: list[_Place]) -> Iterator[tuple[int, int]]:
    """Stretches where a word of each slot stands right after one of the slot before."""
    for index, first in enumerate(places):
        row = places[index : index + len(slots)]
        if row[-1].position - first.position == len(slots) - 1 == len(row) - 1 and all(
            place.tests & slot for place, slot in zip(row, slots, strict=True)
        ):
            yield first.start, row[-1].end


def _near(slots: tuple[int, ...], distance: int, places: list[_Place]) -> Iterator[tuple[int, int]]:
    """The words of every smallest stretch that holds all slots with at most ``distance`` other words between."""
    asked = Counter(slots)
    words = [place for place in places if any(place.tests & slot for slot in asked)]
    marked: set[tuple[int, int]] = set()
    for index, first in enumerate(words):
        missing, stretch = Counter(asked), []
        for place in words[index:]:
            if place.position - first.position + 1 - len(slots) > distance:
                break
            stretch.append(place)
            missing -= Counter(slot for slot in asked if place.tests & slot)
            if not missing:
                marked.update((word.start, word.end) for word in stretch)
                break
    yield from sorted(marked)
