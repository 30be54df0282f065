"""Find the words of a query in texts, by the same rules as the index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, MAX_PARTS, JoinedWord, both_form, joined_spellings, joined_words
from search import query as q
from search.match_positions import LeafMatches, MatchPositions
from search.presentation.slot_matching import Occurrence, SlotEdge, SlotQuery
from search.term_patterns import compile_pattern, count_edits, is_wild, word_patterns


class TextMatch(NamedTuple):
    """A match of one leaf of the query: its start and end in the text, and the number of the leaf, from 0."""

    start: int
    end: int
    part: int


class TextMatcher:
    """Finds the leaves of a query that are not negated in texts, with a cache of the words it has tested."""

    def __init__(self, query: q.Query) -> None:
        self._stemmed_bits: dict[str, int] = {}
        self._form_bits: dict[str, int] = {}
        self._marked_bits: dict[str, int] = {}
        self._predicates: list[tuple[Callable[[str], object], int]] = []
        self._bit_count = 0
        self._testers: dict[str, _FormTester] = {}
        slot_queries = map(self._slot_query, dict.fromkeys(q.text_leaves(query)))
        self._slot_queries = [slot_query for slot_query in slot_queries if slot_query.slots]

    def matches(self, text: str, language: str) -> list[TextMatch]:
        """Return the matches in ``text`` by start; matches may overlap."""
        if not self._slot_queries:
            return []
        joined = _Joined([text], 1)
        occurrences, _ = self._tester(language).occurrences(text, 0, joined)
        return sorted(
            TextMatch(first.start, last.end, number)
            for number, query in enumerate(self._slot_queries)
            for first, last in query.matches(occurrences, joined.uncounted)
        )

    def positions(self, texts: Sequence[tuple[str, str]], continued: int = 0) -> MatchPositions:
        """Return the positions of all matches in the texts of one document.

        A match may begin on one page and end on the next.

        Args:
            texts: each with its language.
            continued: so many texts are pages, each of which may end inside a word of the next.
        """
        joined = _Joined([text for text, _ in texts], continued)
        groups: list[list[Occurrence]] = []  # no match runs from one into another
        counts: list[int] = []
        for number, (text, language) in enumerate(texts):
            in_text, count = self._tester(language).occurrences(text, sum(counts), joined)
            if number and number < continued:
                groups[-1] += in_text
            else:
                groups.append(in_text)
            counts.append(count)
        leaves = [
            [match for group in groups for match in query.matches(group, joined.uncounted)]
            for query in self._slot_queries
        ]
        return MatchPositions(np.array(list(accumulate(counts)), np.int64), [_leaf(leaf) for leaf in leaves if leaf])

    def _tester(self, language: str) -> _FormTester:
        if language not in self._testers:
            stem_bits: dict[str, int] = {}
            for form, bit in self._stemmed_bits.items():
                stem = analysis.stem(form, language)
                stem_bits[stem] = stem_bits.get(stem, 0) | bit
            self._testers[language] = _FormTester(
                language, stem_bits, self._form_bits, self._predicates, self._marked_bits
            )
        return self._testers[language]

    def _slot_query(self, leaf: q.TextLeaf) -> SlotQuery:
        distance = leaf.distance if isinstance(leaf, q.Near) else None
        return SlotQuery(tuple(self._slots(leaf)), distance, tuple(self._edges(leaf)))

    def _edges(self, leaf: q.TextLeaf) -> Iterator[SlotEdge]:
        """Yield the numbers, abbreviations and ISBNs that a leaf writes in parts, and pairs over the end of a page."""
        if isinstance(leaf, q.Word | q.Phrase):
            for word in joined_spellings(leaf.text):
                yield word.first, word.first + word.span, self._word_bit(self._form_bits, word.form)
            forms = () if leaf.text.isascii() else analysis.surface(leaf.text)
            for slot, (before, pair) in enumerate(pairwise(forms)):
                yield slot, slot + 2, self._word_bit(self._form_bits, both_form(before, pair))

    def _slots(self, leaf: q.TextLeaf) -> list[int]:
        if isinstance(leaf, q.Wildcard):
            return [self._pattern_bit(word) for word in word_patterns(leaf.pattern) if leaf.pattern.strip("*")]
        forms = analysis.surface(leaf.text)
        if isinstance(leaf, q.Fuzzy):
            return [self._predicate_bit(_is_within(form, leaf.distance)) for form in forms]
        if isinstance(leaf, q.Word) and not leaf.exact and len(forms) == 1:
            return [self._word_bit(self._stemmed_bits, forms[0])]
        if isinstance(leaf, q.Word) and leaf.exact and leaf.field != "file":
            return [
                self._word_bit(self._marked_bits, spelling.marked)
                if spelling.marked
                else self._word_bit(self._form_bits, spelling.folded)
                for spelling in analysis.spellings(leaf.text)
            ]
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
        marked_bits: dict[str, int],
    ) -> None:
        self._language = language
        self._stem_bits, self._form_bits, self._predicates = stem_bits, form_bits, predicates
        self._marked_bits = marked_bits
        self._folded_marked = {analysis.fold(form) for form in marked_bits}
        self._tested_forms: set[str] = set()
        self._tests_by_form: dict[str, int] = {}

    def occurrences(self, text: str, position: int, joined: _Joined) -> tuple[list[Occurrence], int]:
        """Return the tokens that pass a test, counted from ``position``, and the number of all tokens.

        A line is split into tokens only when one of its words passes.
        """
        occurrences: list[Occurrence] = []
        first, offset = position, 0
        for line in analysis.split_lines(text):
            forms = analysis.surface(line)
            for form in set(forms) - self._tested_forms:
                self._test(form)
            if not self._tests_by_form.keys().isdisjoint(forms):
                for token in analysis.tokens(line):
                    place = position + token.position
                    if place not in joined.replaced and (tests := self._tests_of(token, line)):
                        occurrences.append(Occurrence(place, place, offset + token.start, offset + token.end, tests))
            position += len(forms)
            offset += len(line) + 1
        if words := joined.between(first, position):
            occurrences += self._joined_occurrences(text, first, words)
            occurrences.sort(key=lambda occurrence: (occurrence.position, occurrence.last))
        return occurrences, position - first

    def _joined_occurrences(self, text: str, first: int, words: Sequence[JoinedWord]) -> Iterator[Occurrence]:
        for form in {word.form for word in words} - self._tested_forms:
            self._test(form.removesuffix(JUMP_MARK))
        if not any(word.form.removesuffix(JUMP_MARK) in self._tests_by_form for word in words):
            return
        tokens = list(analysis.tokens(text))
        for word in words:
            tests = self._tests_by_form.get(word.form.removesuffix(JUMP_MARK), 0)
            if tests := tests | self._marked_bits.get(word.marked, 0):
                start, last = tokens[word.first - first], word.first + word.span - 1
                end = tokens[min(last - first, len(tokens) - 1)]
                yield Occurrence(word.first, last, start.start, end.end, tests, word.form.endswith(JUMP_MARK))

    def _tests_of(self, token: analysis.Token, line: str) -> int:
        """Return the tests that a token of a line passes, those for words with their marks included."""
        tests = self._tests_by_form.get(token.text, 0)
        if token.text in self._folded_marked:
            tests |= self._marked_bits.get(analysis.marked_form(line[token.start : token.end]), 0)
        return tests

    def _test(self, form: str) -> None:
        tests = self._form_bits.get(form, 0)
        if self._stem_bits:
            tests |= self._stem_bits.get(analysis.stem(form, self._language), 0)
        for predicate, bit in self._predicates:
            tests |= bit if predicate(form) else 0
        self._tested_forms.add(form)
        if tests or form in self._folded_marked:
            self._tests_by_form[form] = tests


@lru_cache(maxsize=16)
def cached_matcher(query: q.Query) -> TextMatcher:
    """Return the matcher of a query, with the words that it has tested in other texts."""
    return TextMatcher(query)


class _Joined:
    """The joined words of the texts of a document.

    Attributes:
        replaced: the positions of parts that are no words of the text.
        uncounted: the positions of words that only end another one.
    """

    def __init__(self, texts: Sequence[str], continued: int) -> None:
        self._words = sorted(joined_words(texts, continued), key=attrgetter("first"))
        self.replaced = {position for word in self._words if word.replaces for position in word.parts}
        self.uncounted = sorted({position for word in self._words for position in word.uncounted})

    def between(self, first: int, end: int) -> list[JoinedWord]:
        """Return those whose first parts are at some positions."""
        low, high = (bisect_left(self._words, position, key=attrgetter("first")) for position in (first, end))
        return self._words[low:high]


def _leaf(matches: Sequence[tuple[Occurrence, Occurrence]]) -> LeafMatches:
    spans = ((first.position, last.last, first is last) for first, last in matches)
    first, last = zip(
        *((low, low if is_word and high - low >= MAX_PARTS else high) for low, high, is_word in spans), strict=True
    )
    return LeafMatches(np.array(first, np.int64), np.array(last, np.int64))


def _is_within(form: str, distance: int) -> Callable[[str], bool]:
    limit = min(max(distance, 0), 2)
    return lambda word: count_edits(word, form, limit) <= limit
