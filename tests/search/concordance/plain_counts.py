"""Count words in stored texts by reading every token, without an index: the reference of counts of tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Page, Role
from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, joined_words
from search import query as q
from search.term_patterns import compile_pattern, is_wild, word_patterns

Span = tuple[int, int]
"""The first token of a place, and the one behind its last."""


@dataclass(frozen=True)
class PlainText:
    """The main text of a document as a list of tokens."""

    texts: Sequence[Page]

    @cached_property
    def main(self) -> list[Page]:
        return [text for text in self.texts if text.role is Role.MAIN]

    @cached_property
    def tokens(self) -> list[str]:
        """The folded tokens; a word that a line's end divides is whole at its first part, and ``""`` at the others."""
        tokens = [form for page in self.main for form in analysis.surface(page.text)]
        for word in self._joined:
            if word.replaces:
                for part in word.parts:
                    tokens[part] = ""
                tokens[word.first] = word.form
        return tokens

    @cached_property
    def _joined(self) -> list:  # type: ignore[type-arg]
        return joined_words([text.text for text in self.texts], len(self.main)) if self.main else []

    @cached_property
    def ways(self) -> dict[str, list[Span]]:
        """By form, its places: single tokens, and words printed in parts."""
        ways: defaultdict[str, list[Span]] = defaultdict(list)
        for place, form in enumerate(self.tokens):
            if form:
                ways[form].append((place, place + 1))
        for word in self._joined:
            if word.first + word.span <= len(self.tokens):
                ways[word.form].append((word.first, word.first + word.span))
        return ways

    @cached_property
    def uncounted(self) -> set[int]:
        return {place for word in self._joined for place in word.uncounted}

    def places(self, query: q.Query) -> list[Span]:
        """Return the places of a query that do not overlap an earlier one."""
        spans = sorted(
            {span for leaf in q.text_leaves(query) for span in self._leaf(leaf)}, key=lambda s: (s[0], -s[1])
        )
        kept: list[Span] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _leaf(self, leaf: q.TextLeaf) -> Iterator[Span]:
        if isinstance(leaf, q.Near):
            yield from self._near(analysis.surface(leaf.text), leaf.distance)
        elif isinstance(leaf, q.Wildcard):
            yield from self._run([_test(word) for word in word_patterns(leaf.pattern)])
        else:
            yield from self._run([_test(form) for form in analysis.surface(leaf.text)])

    def _run(self, slots: Sequence[Callable[[str], bool]]) -> Iterator[Span]:
        """Yield the places where words follow one another that pass the tests, in order."""
        reached = {
            span for form, spans in self.ways.items() if JUMP_MARK not in form and slots[0](form) for span in spans
        }
        if len(slots) > 1:
            reached |= {span for form, spans in self.ways.items()
                        if form.endswith(JUMP_MARK) and slots[0](form[:-1]) for span in spans}  # fmt: skip
        for number, test in enumerate(slots[1:], 2):
            reached = {
                (start, end)
                for start, before in reached
                for end in self._ends(before, test, is_last=number == len(slots))
            }
        yield from reached

    @cached_property
    def _from(self) -> dict[int, list[tuple[str, int]]]:
        starting: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for form, spans in self.ways.items():
            for start, end in spans:
                starting[start].append((form, end))
        return starting

    def _ends(self, start: int, test: Callable[[str], bool], *, is_last: bool) -> Iterator[int]:
        for form, end in self._from.get(start, ()):
            if test(form) if JUMP_MARK not in form else not is_last and test(form[:-1]):
                yield end

    def _near(self, forms: Sequence[str], distance: int) -> Iterator[Span]:
        """Yield the smallest windows with all words, of which at most ``distance`` others are counted."""
        starts = sorted((span, form) for form in set(forms) for span in self.ways.get(form, ()))
        windows: list[Span] = []
        for number, ((start, _), _) in enumerate(starts):
            missing = list(forms)
            for (place, end), form in starts[number:]:
                if form in missing:
                    missing.remove(form)
                if not missing:
                    others = place - start + 1 - len(forms) - len(self.uncounted & set(range(start + 1, place + 1)))
                    if others <= distance:
                        windows.append((start, end))
                    break
        last_starts = {end: start for start, end in windows}
        yield from ((start, end) for end, start in last_starts.items())


def _test(form: str) -> Callable[[str], bool]:
    if is_wild(form):
        matches = compile_pattern(form).fullmatch
        return lambda word: bool(matches(word))
    return lambda word: word == form
