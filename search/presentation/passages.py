"""Choose the passages of a document that best show why it matches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Page, Role
from search.presentation.text_matcher import TextMatch, cached_matcher
from search.query import Query
from search.results import Passage

PASSAGE_CHARACTERS = 240
"""Characters of a passage: three lines of a terminal. A longer passage is one match that is longer by itself."""
SENTENCE_SLACK = 60
"""Characters that a passage may be shortened by to end with a sentence."""
MAX_COUNTED_MATCHES = 5
"""Match count at which a window's merit saturates, so that other parts of the query count more."""
MAX_MATCHES_PER_LEAF = 50
"""Most matches of each leaf of the query on one page. More make no better passage and take longer."""

_SENTENCE_START = re.compile(r"[.!?…]['\")\]’”]*\s+(?=\S)|[。！？]|\n\s*\n\s*")
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring matches that fit into one passage of ``page``, the document's page at ``order``."""

    page: Page
    order: int
    matches: tuple[TextMatch, ...]
    parts: frozenset[int]
    start: int
    end: int


def best_passages(pages: Iterable[Page], query: Query, language: str, limit: int) -> tuple[Passage, ...]:
    """Return the best passages of one document, best first.

    A passage with parts of the query that no better passage has comes first; then main text comes before headers,
    footers and boilerplate, more parts before fewer, more matches before fewer, and earlier before later. For a
    document without a match in its text (it matches by title or date), its opening is returned.

    Args:
        pages: its texts, main pages first; each is searched in its own language where it has one.
        query: the query; only its leaves about the text that are not negated are looked for.
        language: the document's language, by which its words are stemmed.
        limit: most passages to return.
    """
    texts = list(pages)
    if limit <= 0:
        return ()
    windows = _windows(texts, query, language, limit)
    return tuple(map(_passage, _choose(windows, limit))) or _opening(texts)


def find_matches(text: str, query: Query, language: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each match of ``query`` in ``text``, in order and not overlapping."""
    return _merge(cached_matcher(query, language).matches(text))


def _windows(pages: Sequence[Page], query: Query, language: str, limit: int) -> list[_Window]:
    """Return windows page by page, up to the page after which no other could be better."""
    windows: list[_Window] = []
    complete_pages = 0  # with a window that has every part of the query
    for order, page in enumerate(pages):
        matcher = cached_matcher(query, page.language or language)
        matches = matcher.matches(page.text, MAX_MATCHES_PER_LEAF)
        on_page = [_window(page, order, group) for group in _groups(matches)]
        windows += _best_per_parts(on_page, limit)
        is_complete = any(len(window.parts) == matcher.parts for window in on_page)
        complete_pages += page.role is Role.MAIN and is_complete
        if complete_pages >= limit:
            break
    return windows


def _window(page: Page, order: int, group: tuple[TextMatch, ...]) -> _Window:
    parts = frozenset(match.part for match in group)
    return _Window(page, order, group, parts, group[0].start, max(match.end for match in group))


def _best_per_parts(windows: list[_Window], limit: int) -> list[_Window]:
    """Return the best ``limit`` windows of each set of parts, so that a page full of matches costs little."""
    by_parts: dict[frozenset[int], list[_Window]] = {}
    for window in sorted(windows, key=lambda window: (-min(len(window.matches), MAX_COUNTED_MATCHES), window.start)):
        equals = by_parts.setdefault(window.parts, [])
        if len(equals) < limit and not any(_overlap(window, other) for other in equals):
            equals.append(window)
    return [window for equals in by_parts.values() for window in equals]


def _groups(matches: Sequence[TextMatch]) -> Iterator[tuple[TextMatch, ...]]:
    """Yield the groups of consecutive matches that fit into one passage, without groups inside another."""
    reached = 0
    for first in range(len(matches)):
        last = max(first + 1, reached)
        while last < len(matches) and matches[last].end - matches[first].start <= PASSAGE_CHARACTERS:
            last += 1
        if last > reached:
            yield tuple(matches[first:last])
            reached = last


def _choose(windows: list[_Window], limit: int) -> list[_Window]:
    """Choose windows greedily, each by the parts of the query that those before it do not show."""
    chosen: list[_Window] = []
    shown_parts: frozenset[int] = frozenset()
    remaining = windows
    while remaining and len(chosen) < limit:
        best = max(remaining, key=lambda window: _merit(window, shown_parts))
        chosen.append(best)
        shown_parts |= best.parts
        remaining = [window for window in remaining if not _overlap(window, best)]
    return chosen


def _merit(window: _Window, shown_parts: frozenset[int]) -> tuple[int, bool, int, int, int, int]:
    is_main = window.page.role is Role.MAIN
    match_count = min(len(window.matches), MAX_COUNTED_MATCHES)
    return len(window.parts - shown_parts), is_main, len(window.parts), match_count, -window.order, -window.start


def _overlap(window: _Window, other: _Window) -> bool:
    """Return whether the passages of two windows could share words, as each reaches beyond its matches."""
    gap = max(window.start - other.end, other.start - window.end)
    return window.order == other.order and gap < PASSAGE_CHARACTERS


def _passage(window: _Window) -> Passage:
    text = window.page.text
    start = _passage_start(text, window.start, window.end)
    end = _passage_end(text, start, window.end)
    spans = _merge(match for match in window.matches if match.end <= end)
    return _collapse_space(window.page.number, text[start:end], [(a - start, b - start) for a, b in spans])


def _passage_start(text: str, first_match: int, last_match_end: int) -> int:
    """Return where a passage begins: with a sentence if one begins near enough, else with a word."""
    room = max(PASSAGE_CHARACTERS - (last_match_end - first_match), 0)
    earliest = max(first_match - room, 0)
    sentences = _SENTENCE_START.finditer(text, earliest, first_match)
    starts = [sentence.end() for sentence in sentences if sentence.end() <= first_match]
    if starts:
        # The earliest that leaves room after the matches, or the nearest when none does.
        roomy = [start for start in starts if first_match - start <= room // 2]
        return roomy[0] if roomy else starts[-1]
    if first_match <= room // 2:
        return 0
    earliest = first_match - room // 3
    gap = _SPACE.search(text, max(earliest - 1, 0), first_match)
    return gap.end() if gap else earliest


def _passage_end(text: str, start: int, last_match_end: int) -> int:
    """Return where a passage ends: after a sentence if one ends near enough, else after a word."""
    latest = max(start + PASSAGE_CHARACTERS, last_match_end)
    if latest >= len(text):
        return len(text)
    sentences = _SENTENCE_START.finditer(text, max(last_match_end, latest - SENTENCE_SLACK), latest)
    ends = [sentence.start() + 1 for sentence in sentences]
    if ends:
        return ends[-1]
    if text[latest].isspace():
        return latest
    gap = max(text.rfind(" ", last_match_end, latest), text.rfind("\n", last_match_end, latest))
    return gap if gap > start else latest


def _opening(pages: Sequence[Page]) -> tuple[Passage, ...]:
    for page in pages:
        text = page.text.lstrip()
        if text:
            return (_collapse_space(page.number, text[: _passage_end(text, 0, 0)], []),)
    return ()


def _collapse_space(page: int, raw: str, spans: Sequence[tuple[int, int]]) -> Passage:
    """Return a passage with single spaces, and its spans, which begin and end inside words, adjusted."""
    words: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    length = 0
    for word in _WORD.finditer(raw):
        words.append(word.group())
        starts.append(word.start())
        shifts.append(length - word.start())
        length += len(word.group()) + 1

    def move(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset) - 1]

    return Passage(page, " ".join(words), tuple((move(start), move(end - 1) + 1) for start, end in spans))


def _merge(matches: Iterable[TextMatch]) -> tuple[tuple[int, int], ...]:
    """Return the spans of matches in order, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in matches:
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)
