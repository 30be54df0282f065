"""Find the words of a query in one text, by the same rules as the index."""

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
    """A match of one leaf of the query: its start and end in the text, and the number of the leaf, from 0."""

    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A token of the text that passes tests of the query: ``tests`` has a bit for each."""

    position: int
    start: int
    end: int
    tests: int


@dataclass(frozen=True, slots=True)
class _SlotQuery:
    """A leaf of the query as slots, each the bit of the test that its token must pass.

    The slots are one directly after the other, or with ``distance`` in any order with at most so many other words
    between.
    """

    slots: tuple[int, ...]
    distance: int | None = None


class TextMatcher:
    """Finds the leaves of a query that are not negated in texts of one language, with a cache of words."""

    def __init__(self, query: q.Query, language: str) -> None:
        self._language = language
        self._stem_bits: dict[str, int] = {}
        self._form_bits: dict[str, int] = {}
        self._predicates: list[tuple[Callable[[str], object], int]] = []
        self._bit_count = 0
        self._tested_forms: set[str] = set()
        self._tests_by_form: dict[str, int] = {}
        slot_queries = map(self._slot_query, dict.fromkeys(q.text_leaves(query)))
        self._slot_queries = [slot_query for slot_query in slot_queries if slot_query.slots]

    @property
    def parts(self) -> int:
        """The number of leaves of the query that can occur in a text."""
        return len(self._slot_queries)

    def matches(self, text: str, limit: int | None = None) -> list[TextMatch]:
        """Return the matches in ``text`` by start, at most ``limit`` of each leaf; matches may overlap."""
        occurrences = list(self._occurrences(text)) if self._slot_queries else []
        matches: list[TextMatch] = []
        for number, query in enumerate(self._slot_queries):
            if query.distance is None:
                spans = _phrase_spans(query.slots, occurrences)
            else:
                spans = _near_spans(query.slots, query.distance, occurrences)
            matches += (TextMatch(start, end, number) for start, end in islice(spans, limit))
        return sorted(matches)

    def _occurrences(self, text: str) -> Iterator[_Occurrence]:
        """Yield the tokens that pass a test. A line is split into tokens only when one of its words passes."""
        position = offset = 0
        for line in text.split("\n"):
            forms = analysis.surface(line)
            for form in set(forms) - self._tested_forms:
                self._test(form)
            if not self._tests_by_form.keys().isdisjoint(forms):
                for token in analysis.tokens(line):
                    if tests := self._tests_by_form.get(token.text, 0):
                        yield _Occurrence(position + token.position, offset + token.start, offset + token.end, tests)
            position += len(forms)
            offset += len(line) + 1

    def _test(self, form: str) -> None:
        tests = self._form_bits.get(form, 0)
        if self._stem_bits:
            tests |= self._stem_bits.get(analysis.stem(form, self._language), 0)
        for predicate, bit in self._predicates:
            tests |= bit if predicate(form) else 0
        self._tested_forms.add(form)
        if tests:
            self._tests_by_form[form] = tests

    def _slot_query(self, leaf: q.TextLeaf) -> _SlotQuery:
        return _SlotQuery(tuple(self._slots(leaf)), leaf.distance if isinstance(leaf, q.Near) else None)

    def _slots(self, leaf: q.TextLeaf) -> list[int]:
        if isinstance(leaf, q.Wildcard):
            return [self._pattern_bit(word) for word in word_patterns(leaf.pattern) if leaf.pattern.strip("*")]
        forms = analysis.surface(leaf.text)
        if isinstance(leaf, q.Fuzzy):
            return [self._predicate_bit(_is_within(form, leaf.distance)) for form in forms]
        if isinstance(leaf, q.Word) and not leaf.exact and len(forms) == 1:
            return [self._word_bit(self._stem_bits, analysis.stem(forms[0], self._language))]
        return [self._word_bit(self._form_bits, form) for form in forms]

    def _pattern_bit(self, pattern: str) -> int:
        if is_wild(pattern):
            return self._predicate_bit(compile_pattern(pattern).fullmatch)
        return self._word_bit(self._form_bits, pattern)

    def _word_bit(self, bits: dict[str, int], word: str) -> int:
        if word not in bits:
            bits[word] = self._new_bit()
        return bits[word]

    def _predicate_bit(self, predicate: Callable[[str], object]) -> int:
        self._predicates.append((predicate, self._new_bit()))
        return self._predicates[-1][1]

    def _new_bit(self) -> int:
        self._bit_count += 1
        return 1 << (self._bit_count - 1)


@lru_cache(maxsize=16)
def cached_matcher(query: q.Query, language: str) -> TextMatcher:
    """Return the matcher of a query in a language, with the words that it has tested in other texts."""
    return TextMatcher(query, language)


def _is_within(form: str, distance: int) -> Callable[[str], bool]:
    limit = min(max(distance, 0), 2)
    return lambda word: count_edits(word, form, limit) <= limit


def _phrase_spans(slots: tuple[int, ...], occurrences: list[_Occurrence]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of tokens that pass the tests of the slots one after the other."""
    for index, first in enumerate(occurrences):
        run = occurrences[index : index + len(slots)]
        if run[-1].position - first.position == len(slots) - 1 == len(run) - 1 and all(
            occurrence.tests & slot for occurrence, slot in zip(run, slots, strict=True)
        ):
            yield first.start, run[-1].end


def _near_spans(slots: tuple[int, ...], distance: int, occurrences: list[_Occurrence]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the tokens in minimal windows with all slots and ``distance`` other words."""
    slot_counts = Counter(slots)
    candidates = [occurrence for occurrence in occurrences if any(occurrence.tests & slot for slot in slot_counts)]
    spans: set[tuple[int, int]] = set()
    for index, first in enumerate(candidates):
        missing, window = Counter(slot_counts), []
        for occurrence in candidates[index:]:
            if occurrence.position - first.position + 1 - len(slots) > distance:
                break
            window.append(occurrence)
            missing -= Counter(slot for slot in slot_counts if occurrence.tests & slot)
            if not missing:
                spans.update((token.start, token.end) for token in window)
                break
    yield from sorted(spans)
