"""Passages: the stretches of a document that show best why it was found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Page, Role
from search.query import Query
from search.results import Passage
from search.text_matcher import TextMatch, cached_matcher

PASSAGE_CHARACTERS = 240
"""Characters a passage aims at."""

_SENTENCE_START = re.compile(r"[.!?…]['\")\]’”]*\s+(?=\S)|[。！？]|\n\s*\n\s*")
_WORD = re.compile(r"\S+")
_SLACK = 60  # characters within which a passage would rather end with a sentence
_DENSE = 5  # matches beyond this many make a window no better
_MOST = 50  # matches of each part of the query that are looked at on a page


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring matches that fit into one passage of ``page``; ``order`` is the page's place in the document."""

    page: Page
    order: int
    matches: tuple[TextMatch, ...]
    parts: frozenset[int]
    start: int
    end: int


def best_passages(pages: Iterable[Page], query: Query, language: str, limit: int) -> tuple[Passage, ...]:
    """The best passages of one document, best first.

    A passage that shows parts of the query not shown yet beats one that does not; then the main text beats what
    stands around it, more parts beat fewer, more matches fewer, and earlier beats later. A document without a match
    in its text (found by its title or by its date) gives its opening.

    Args:
        pages: its texts, main pages first; each is searched by its own language where it has one.
        query: what was asked; only its positive parts about the text are looked for.
        language: the document's own language, by which its words are stemmed.
        limit: most passages to give.
    """
    texts = list(pages)
    if limit <= 0:
        return ()
    windows = _windows(texts, query, language, limit)
    chosen = _choose(windows, limit)
    return tuple(map(_passage, chosen)) or _opening(texts)


def find_matches(text: str, query: Query, language: str) -> tuple[tuple[int, int], ...]:
    """Places (start, end) in ``text`` of all that ``query`` looks for, in order and not overlapping."""
    return _merge(cached_matcher(query, language).matches(text))


def _windows(pages: Sequence[Page], query: Query, language: str, limit: int) -> list[_Window]:
    """Windows of all pages, until so many show the whole query that no later page can do better."""
    found: list[_Window] = []
    whole = 0
    for order, page in enumerate(pages):
        finder = cached_matcher(query, page.language or language)
        fresh = [_window(page, order, group) for group in _groups(finder.matches(page.text, _MOST))]
        found += _thin(fresh, limit)
        whole += page.role is Role.MAIN and any(len(window.parts) == finder.parts for window in fresh)
        if whole >= limit:
            break
    return found


def _window(page: Page, order: int, group: tuple[TextMatch, ...]) -> _Window:
    parts = frozenset(match.part for match in group)
    return _Window(page, order, group, parts, group[0].start, max(match.end for match in group))


def _thin(windows: list[_Window], limit: int) -> list[_Window]:
    """Of those showing the same parts as many as could be chosen, so that a page full of matches stays cheap."""
    best: dict[frozenset[int], list[_Window]] = {}
    for window in sorted(windows, key=lambda window: (-min(len(window.matches), _DENSE), window.start)):
        alike = best.setdefault(window.parts, [])
        if len(alike) < limit and not any(_overlap(window, other) for other in alike):
            alike.append(window)
    return [window for alike in best.values() for window in alike]


def _groups(matches: Sequence[TextMatch]) -> Iterator[tuple[TextMatch, ...]]:
    """From each match on, those that fit beside it; of groups that hold one another only the larger."""
    reached = 0
    for first in range(len(matches)):
        last = max(first + 1, reached)
        while last < len(matches) and matches[last].end - matches[first].start <= PASSAGE_CHARACTERS:
            last += 1
        if last > reached:
            yield tuple(matches[first:last])
            reached = last


def _choose(windows: list[_Window], limit: int) -> list[_Window]:
    """Take the best again and again, what is best depending on the parts shown by then."""
    chosen: list[_Window] = []
    shown: frozenset[int] = frozenset()
    left = windows
    while left and len(chosen) < limit:
        best = max(left, key=lambda window: _merit(window, shown))
        chosen.append(best)
        shown |= best.parts
        left = [window for window in left if not _overlap(window, best)]
    return chosen


def _merit(window: _Window, shown: frozenset[int]) -> tuple[int, bool, int, int, int, int]:
    main = window.page.role is Role.MAIN
    many = min(len(window.matches), _DENSE)
    return len(window.parts - shown), main, len(window.parts), many, -window.order, -window.start


def _overlap(window: _Window, other: _Window) -> bool:
    """Whether the two could show the same words; passages reach up to their width around the matches."""
    gap = max(window.start - other.end, other.start - window.end)
    return window.order == other.order and gap < PASSAGE_CHARACTERS


def _passage(window: _Window) -> Passage:
    text = window.page.text
    begin = _begin(text, window.start, window.end)
    end = _finish(text, begin, window.end)
    inside = [match for match in window.matches if match.end <= end]
    return _tidy(window.page.number, text[begin:end], [(s - begin, e - begin) for s, e in _merge(inside)])


def _begin(text: str, start: int, end: int) -> int:
    """Where the passage begins: with a sentence if one starts near enough, else with a word."""
    room = max(PASSAGE_CHARACTERS - (end - start), 0)
    earliest = max(start - room, 0)
    starts = [found.end() for found in _SENTENCE_START.finditer(text, earliest, start) if found.end() <= start]
    if starts:
        # The earliest that leaves room behind the matches; the nearest when none does.
        near = [at for at in starts if start - at <= room // 2]
        return near[0] if near else starts[-1]
    return 0 if start <= room // 2 else _word_start(text, start - room // 3, start)


def _word_start(text: str, at: int, start: int) -> int:
    gap = re.compile(r"\s+").search(text, max(at - 1, 0), start)
    return gap.end() if gap else at


def _finish(text: str, begin: int, end: int) -> int:
    """Where the passage ends: after a sentence if one ends near enough, else after a word."""
    latest = max(begin + PASSAGE_CHARACTERS, end)
    if latest >= len(text):
        return len(text)
    sentences = [found.start() + 1 for found in _SENTENCE_START.finditer(text, max(end, latest - _SLACK), latest)]
    if sentences:
        return sentences[-1]
    if text[latest].isspace():
        return latest
    gap = max(text.rfind(" ", end, latest), text.rfind("\n", end, latest))
    return gap if gap > begin else latest


def _opening(pages: Sequence[Page]) -> tuple[Passage, ...]:
    for page in pages:
        text = page.text.lstrip()
        if text:
            return (_tidy(page.number, text[: _finish(text, 0, 0)], []),)
    return ()


def _tidy(number: int, raw: str, spans: Sequence[tuple[int, int]]) -> Passage:
    """White space becomes single spaces; spans, which begin and end inside words, move along."""
    words, places, moved, at = [], [], [], 0
    for word in _WORD.finditer(raw):
        words.append(word.group())
        places.append(word.start())
        moved.append(at - word.start())
        at += len(word.group()) + 1

    def move(offset: int) -> int:
        return offset + moved[bisect_right(places, offset) - 1]

    return Passage(number, " ".join(words), tuple((move(start), move(end - 1) + 1) for start, end in spans))


def _merge(matches: Iterable[TextMatch]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for start, end, _ in matches:
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)
