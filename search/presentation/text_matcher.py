"""Find the words of a query in texts, by the same rules as the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from indexer.text import analysis
from search import query as q
from search.match_positions import LeafMatches, MatchPositions
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

    def matches(self, occurrences: list[_Occurrence]) -> Iterator[tuple[_Occurrence, _Occurrence]]:
        """Yield the first and the last token of each match, in order."""
        if self.distance is None:
            return _phrases(self.slots, occurrences)
        return _words_near(self.slots, self.distance, occurrences)


class TextMatcher:
    """Finds the leaves of a query that are not negated in texts, with a cache of the words it has tested."""

    def __init__(self, query: q.Query) -> None:
        self._stemmed_bits: dict[str, int] = {}
        self._form_bits: dict[str, int] = {}
        self._predicates: list[tuple[Callable[[str], object], int]] = []
        self._bit_count = 0
        self._testers: dict[str, _FormTester] = {}
        slot_queries = map(self._slot_query, dict.fromkeys(q.text_leaves(query)))
        self._slot_queries = [slot_query for slot_query in slot_queries if slot_query.slots]

    def matches(self, text: str, language: str) -> list[TextMatch]:
        """Return the matches in ``text`` by start; matches may overlap."""
        if not self._slot_queries:
            return []
        occurrences, _ = self._tester(language).occurrences(text)
        return sorted(
            TextMatch(first.start, last.end, number)
            for number, query in enumerate(self._slot_queries)
            for first, last in query.matches(occurrences)
        )

    def positions(self, texts: Iterable[tuple[str, str]]) -> MatchPositions:
        """Return the positions of all matches in the texts of one document, each given with its language.

        A match may begin in one text and end in the next.
        """
        occurrences: list[_Occurrence] = []
        counts: list[int] = []
        for text, language in texts:
            in_text, count = self._tester(language).occurrences(text, sum(counts))
            occurrences += in_text
            counts.append(count)
        leaves = [list(query.matches(occurrences)) for query in self._slot_queries]
        return MatchPositions(np.array(list(accumulate(counts)), np.int64), [_leaf(leaf) for leaf in leaves if leaf])

    def _tester(self, language: str) -> _FormTester:
        if language not in self._testers:
            stem_bits: dict[str, int] = {}
            for form, bit in self._stemmed_bits.items():
                stem = analysis.stem(form, language)
                stem_bits[stem] = stem_bits.get(stem, 0) | bit
            self._testers[language] = _FormTester(language, stem_bits, self._form_bits, self._predicates)
        return self._testers[language]

    def _slot_query(self, leaf: q.TextLeaf) -> _SlotQuery:
        return _SlotQuery(tuple(self._slots(leaf)), leaf.distance if isinstance(leaf, q.Near) else None)

    def _slots(self, leaf: q.TextLeaf) -> list[int]:
        if isinstance(leaf, q.Wildcard):
            return [self._pattern_bit(word) for word in word_patterns(leaf.pattern) if leaf.pattern.strip("*")]
        forms = analysis.surface(leaf.text)
        if isinstance(leaf, q.Fuzzy):
            return [self._predicate_bit(_is_within(form, leaf.distance)) for form in forms]
        if isinstance(leaf, q.Word) and not leaf.exact and len(forms) == 1:
            return [self._word_bit(self._stemmed_bits, forms[0])]
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


class _FormTester:
    """Tests the words of texts in one language, each distinct word once."""

    def __init__(
        self,
        language: str,
        stem_bits: dict[str, int],
        form_bits: dict[str, int],
        predicates: Sequence[tuple[Callable[[str], object], int]],
    ) -> None:
        self._language = language
        self._stem_bits, self._form_bits, self._predicates = stem_bits, form_bits, predicates
        self._tested_forms: set[str] = set()
        self._tests_by_form: dict[str, int] = {}

    def occurrences(self, text: str, position: int = 0) -> tuple[list[_Occurrence], int]:
        """Return the tokens that pass a test, counted from ``position``, and the number of all tokens.

        A line is split into tokens only when one of its words passes.
        """
        occurrences: list[_Occurrence] = []
        first, offset = position, 0
        for line in text.split("\n"):
            forms = analysis.surface(line)
            for form in set(forms) - self._tested_forms:
                self._test(form)
            if not self._tests_by_form.keys().isdisjoint(forms):
                for token in analysis.tokens(line):
                    if tests := self._tests_by_form.get(token.text, 0):
                        place = position + token.position
                        occurrences.append(_Occurrence(place, offset + token.start, offset + token.end, tests))
            position += len(forms)
            offset += len(line) + 1
        return occurrences, position - first

    def _test(self, form: str) -> None:
        tests = self._form_bits.get(form, 0)
        if self._stem_bits:
            tests |= self._stem_bits.get(analysis.stem(form, self._language), 0)
        for predicate, bit in self._predicates:
            tests |= bit if predicate(form) else 0
        self._tested_forms.add(form)
        if tests:
            self._tests_by_form[form] = tests


@lru_cache(maxsize=16)
def cached_matcher(query: q.Query) -> TextMatcher:
    """Return the matcher of a query, with the words that it has tested in other texts."""
    return TextMatcher(query)


def _leaf(matches: Sequence[tuple[_Occurrence, _Occurrence]]) -> LeafMatches:
    first, last = ([token.position for token in tokens] for tokens in zip(*matches, strict=True))
    return LeafMatches(np.array(first, np.int64), np.array(last, np.int64))


def _is_within(form: str, distance: int) -> Callable[[str], bool]:
    limit = min(max(distance, 0), 2)
    return lambda word: count_edits(word, form, limit) <= limit


def _phrases(slots: tuple[int, ...], occurrences: list[_Occurrence]) -> Iterator[tuple[_Occurrence, _Occurrence]]:
    """Yield the first and last token of each run of tokens that pass the tests of the slots one after the other."""
    for index, first in enumerate(occurrences):
        run = occurrences[index : index + len(slots)]
        if run[-1].position - first.position == len(slots) - 1 == len(run) - 1 and all(
            occurrence.tests & slot for occurrence, slot in zip(run, slots, strict=True)
        ):
            yield first, run[-1]


def _words_near(
    slots: tuple[int, ...], distance: int, occurrences: list[_Occurrence]
) -> Iterator[tuple[_Occurrence, _Occurrence]]:
    """Yield the tokens, each as first and last, of minimal windows with all slots and ``distance`` other words."""
    slot_counts = Counter(slots)
    candidates = [occurrence for occurrence in occurrences if any(occurrence.tests & slot for slot in slot_counts)]
    inside: dict[int, _Occurrence] = {}
    for index, first in enumerate(candidates):
        missing, window = Counter(slot_counts), []
        for occurrence in candidates[index:]:
            if occurrence.position - first.position + 1 - len(slots) > distance:
                break
            window.append(occurrence)
            missing -= Counter(slot for slot in slot_counts if occurrence.tests & slot)
            if not missing:
                inside |= {token.position: token for token in window}
                break
    yield from ((token, token) for _, token in sorted(inside.items()))
