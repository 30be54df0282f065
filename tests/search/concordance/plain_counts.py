"""Count words in stored texts by reading every token, without an index: the reference of counts of tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, pairwise

from indexer.text import analysis
from indexer.text.joined_words import (
    JUMP_MARK,
    MAX_PARTS,
    JoinedWord,
    both_form,
    joined_spellings,
    joined_words,
)
from search import query as q
from search.concordance.counted_node import node_leaves
from search.term_patterns import compile_pattern, count_edits, is_wild, word_patterns

Span = tuple[int, int]
"""The first token of a place, and the one behind its last."""

Edge = tuple[int, int, Callable[[str], bool]]
"""A way from one word of a phrase to a later one, by a word that passes a test."""

LanguageOf = Callable[[int], str]
"""Returns the language of a text by its number."""


@dataclass(frozen=True)
class PlainText:
    """A document, or its title, as a list of tokens.

    Attributes:
        texts: all its texts.
        main: so many texts from the first on are its main text: pages, each of which the next one continues.
    """

    texts: Sequence[str]
    main: int

    @cached_property
    def surfaces(self) -> list[list[str]]:
        """The folded tokens of each text, as printed."""
        return list(map(analysis.surface, self.texts))

    @cached_property
    def all_tokens(self) -> list[str]:
        """The folded tokens; a word that a line's end divides is whole at its first part, and ``""`` at the others."""
        tokens = [form for surface in self.surfaces for form in surface]
        for word in self._joined:
            if word.replaces:
                for part in word.parts:
                    tokens[part] = ""
                tokens[word.first] = word.form
        return tokens

    @cached_property
    def tokens(self) -> list[str]:
        """The tokens of the main text."""
        return self.all_tokens[: sum(map(len, self.surfaces[: self.main]))]

    @cached_property
    def _joined(self) -> list[JoinedWord]:
        return joined_words(self.texts, self.main)

    @cached_property
    def tokens_of_texts(self) -> list[list[str]]:
        tokens = iter(self.all_tokens)
        return [list(islice(tokens, len(surface))) for surface in self.surfaces]

    @cached_property
    def uncounted(self) -> set[int]:
        """The places of tokens that only end another word, which NEAR does not count."""
        return {place for word in self._joined for place in word.uncounted}

    @cached_property
    def text_starts(self) -> set[int]:
        """The first token of each text that continues no page."""
        ends = [0, *accumulate(map(len, self.surfaces))]
        return set(ends[max(self.main, 1) : -1])

    def _is_within(self, span: Span) -> bool:
        """Return whether a place runs over no end of a text, except from page to page."""
        return self.text_starts.isdisjoint(range(span[0] + 1, span[1]))

    @cached_property
    def _ways(self) -> Mapping[int, Collection[tuple[str, int]]]:
        """By first token, the words that begin there, single tokens and words printed in parts, with their ends."""
        ways: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
        for place, form in enumerate(self.all_tokens):
            if form:
                ways[place].add((form, place + 1))
        for word in self._joined:
            ways[word.first].add((word.form, word.first + word.span))
        return dict(ways)

    @cached_property
    def _starts(self) -> Mapping[str, Collection[int]]:
        """By word, the first tokens of its places: each distinct word is tested once, and not each token."""
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for start, words in self._ways.items():
            for form, _ in words:
                starts[form].append(start)
        return dict(starts)

    def places(self, query: q.Query, field: str = "text", language_of: LanguageOf | None = None) -> list[Span]:
        """Return the places of a query in the main text that do not overlap an earlier one.

        Args:
            query: the query, whose leaves about ``field`` that are not negated are looked for.
            field: the field that the texts are of.
            language_of: returns the language of a text by its number; single words then count in all forms of their
                stem.
        """
        spans = {span for leaf in node_leaves(query, field) for span in self.leaf_places(leaf, language_of)}
        kept: list[Span] = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return [span for span in kept if span[1] <= len(self.tokens)]

    def leaf_places(self, leaf: q.TextLeaf, language_of: LanguageOf | None = None) -> list[Span]:
        """Return the places of a leaf in all texts, none of which is inside another."""
        if isinstance(leaf, q.Near):
            return self._near(analysis.surface(leaf.text), leaf.distance)
        if isinstance(leaf, q.Word) and leaf.exact and analysis.has_marks(leaf.text):
            return self._marked(leaf.text)
        if isinstance(leaf, q.Word) and not leaf.exact and language_of and len(analysis.surface(leaf.text)) == 1:
            return self._stemmed(analysis.surface(leaf.text)[0], language_of)
        return self._runs(list(_edges(leaf)))

    def _runs(self, edges: Sequence[Edge]) -> list[Span]:
        """Return the places where words follow one another that lead through all edges."""
        last = max((following for _, following, _ in edges), default=0)

        def ends(slot: int, place: int) -> Iterator[int]:
            if slot == last:
                yield place
            for first, following, fits in edges:
                if first == slot:
                    for form, end in self._ways.get(place, ()):
                        if fits(form):
                            yield from ends(following, end)

        beginnings = [fits for first, _, fits in edges if first == 0]
        starts = {
            start for form, places in self._starts.items() if any(fits(form) for fits in beginnings) for start in places
        }
        spans = [(start, end) for start in starts for end in ends(0, start)]
        return list(filter(self._is_within, _outer(_shown(spans) if last == 1 else spans)))

    def _stemmed(self, form: str, language_of: LanguageOf) -> list[Span]:
        languages = [language_of(number) for number, surface in enumerate(self.surfaces) for _ in surface]
        stems = {language: analysis.stem(form, language) for language in set(languages)}
        spans = [
            (start, end)
            for word, starts in self._starts.items()
            if (fitting := {language for language, stem in stems.items() if analysis.stem(word, language) == stem})
            for start in starts
            if languages[start] in fitting
            for other, end in self._ways[start]
            if other == word
        ]
        return _outer(_shown(spans))

    @cached_property
    def _marks(self) -> Mapping[int, Collection[str]]:
        """By token, the word with the marks that folding drops, printed in one piece or in parts."""
        marks: defaultdict[int, set[str]] = defaultdict(set)
        printed = [spelling for text in self.texts for spelling in analysis.spellings(text)]
        for place, spelling in enumerate(printed):
            if self.all_tokens[place] == spelling.folded:
                marks[place].add(spelling.marked)
        for word in self._joined:
            marks[word.first].add(word.marked)
        return marks

    def _marked(self, text: str) -> list[Span]:
        """Return the places of words with exactly the marks that they are typed with."""
        slots = list(analysis.spellings(text))
        spans = []
        for start in range(len(self.all_tokens) - len(slots) + 1):
            if all(
                slot.marked in self._marks.get(place, ()) if slot.marked else self.all_tokens[place] == slot.folded
                for place, slot in enumerate(slots, start)
            ):
                spans.append((start, start + len(slots)))
                if len(slots) == 1:
                    spans += [(start, end) for form, end in self._ways[start] if form == slots[0].folded]
        return _outer(_shown(spans) if len(slots) == 1 else spans)

    def _near(self, forms: Sequence[str], distance: int) -> list[Span]:
        """Return the smallest windows with all words, of which at most ``distance`` others are counted."""
        words = sorted((span, form) for form in set(forms) for span in self._runs([(0, 1, form.__eq__)]))
        windows: dict[int, Span] = {}  # by the place of the last word, the one that begins last
        for number, ((start, _), _) in enumerate(words):
            missing = list(forms)
            for (place, end), form in words[number:]:
                if form in missing:
                    missing.remove(form)
                if not missing:
                    others = place - start + 1 - len(forms) - len(self.uncounted & set(range(start + 1, place + 1)))
                    if others <= distance and self._is_within((start, place + 1)):
                        windows[place] = start, end
                    break
        return list(windows.values())


def _shown(spans: Iterable[Span]) -> list[Span]:
    """Return the places of single words, those of words with much between their parts without what is between."""
    return [(start, end if end - start <= MAX_PARTS else start + 1) for start, end in spans]


def _outer(spans: Iterable[Span]) -> list[Span]:
    """Return the places of one leaf that are not inside another."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _edges(leaf: q.TextLeaf) -> Iterator[Edge]:
    """Yield the ways through the words that a leaf looks for, as written."""
    if isinstance(leaf, q.Wildcard):
        if leaf.pattern.strip("*"):
            yield from ((slot, slot + 1, _test(word)) for slot, word in enumerate(word_patterns(leaf.pattern)))
        return
    forms = analysis.surface(leaf.text)
    if isinstance(leaf, q.Fuzzy):
        yield from ((slot, slot + 1, _near_to(form, leaf.distance)) for slot, form in enumerate(forms))
        return
    yield from ((slot, slot + 1, form.__eq__) for slot, form in enumerate(forms))
    yield from ((slot, slot + 1, f"{form}{JUMP_MARK}".__eq__) for slot, form in enumerate(forms[:-1]))
    yield from ((slot, slot + 2, both_form(*both).__eq__) for slot, both in enumerate(pairwise(forms)))
    for word in joined_spellings(leaf.text):
        yield word.first, word.first + word.span, word.form.__eq__


def _test(pattern: str) -> Callable[[str], bool]:
    if not is_wild(pattern):
        return pattern.__eq__
    matches = compile_pattern(pattern).fullmatch
    return lambda word: JUMP_MARK not in word and bool(matches(word))


def _near_to(form: str, distance: int) -> Callable[[str], bool]:
    edits = min(distance, 2)
    return lambda word: JUMP_MARK not in word and count_edits(word, form, edits) <= edits
