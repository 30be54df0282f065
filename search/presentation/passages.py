"""Make the passages of a document from chosen windows and the stretches of text around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from corpus.document import Page, Role
from indexer.text.page_end_divisions import page_end_divisions
from indexer.text.token_bounds import token_bounds
from search.match_positions import Longs, MatchPositions
from search.presentation.line_ends import IsJoined, collapse_space
from search.presentation.passage_windows import (
    MAX_COUNTED_MATCHES,
    PASSAGE_CHARACTERS,
    Window,
    choose_windows,
    window_tokens,
)
from search.presentation.text_matcher import TextMatch, cached_matcher
from search.query import Query
from search.results import Passage

SENTENCE_SLACK = 60
"""Characters that a passage may be shortened by to end with a sentence."""

SENTENCE_START = re.compile(r"[.!?…]['\")\]’”]*\s+(?=\S)|[。！？]|\n\s*\n\s*")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"""[.!?…。！？]['")\]’”»]*\s*\Z|\n\s*\n\s*\Z""")
_PARAGRAPH_GAP = re.compile(r"[^\S\n]*\n[^\S\n]*\n")
_MAX_GAP_CHARACTERS = 40
"""Characters between two sentences that are looked at."""


@dataclass(frozen=True, slots=True)
class TextStretch:
    """A part of one text that passages are cut from, or all of it.

    It begins and ends with its text, or more than `PASSAGE_CHARACTERS` away from the window that it is for.

    Attributes:
        page: the physical page of the text.
        text: the part.
        first_token: the number of the part's first token, counted through all texts of the document.
        offset: the place of the part in its text.
        role: the part of the document that the text belongs to.
        language: the language of the text.
    """

    page: int
    text: str
    first_token: int
    offset: int = 0
    role: Role = Role.MAIN
    language: str = ""


@dataclass(frozen=True, slots=True)
class CutPassage:
    """A passage with its start and end, each as a text of the document and a place in it."""

    passage: Passage
    start: tuple[int, int]
    end: tuple[int, int]


class UnequalTextError(Exception):
    """A stored text has other tokens than those whose positions are known."""


def best_passages(
    pages: Sequence[Page], query: Query, language: str, limit: int, is_joined: IsJoined | None = None
) -> tuple[Passage, ...]:
    """Return the best passages of one document, best first, found by analysing its texts.

    They are those that `search.presentation.passage_windows.choose_windows` chooses. For a document without a match in
    its text (it matches by title or date), its opening is returned.

    Args:
        pages: its texts, main pages first; each is searched in its own language where it has one.
        query: the query; only its leaves about the text that are not negated are looked for.
        language: the document's language, by which its words are stemmed.
        limit: most passages to return.
        is_joined: see `search.presentation.line_ends.IsJoined`.
    """
    if limit <= 0:
        return ()
    main = [page for page in pages if page.role is Role.MAIN]
    texts = [(page.text, page.language or language) for page in pages]
    positions = cached_matcher(query).positions(texts, len(main))
    windows = windows_of(positions, len(main), sum(len(page.text) for page in main), limit)
    stretches = [
        TextStretch(
            page.number, page.text, positions.first_token(n), role=page.role, language=page.language or language
        )
        for n, page in enumerate(pages)
    ]
    cut = [cut_passage(stretches[w.first_text : w.last_text + 1], positions, w, is_joined) for w in windows]
    return without_overlaps(cut) or _opening(stretches, positions, is_joined)


def find_matches(text: str, query: Query, language: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each match of ``query`` in ``text``, in order and not overlapping."""
    return _merge(cached_matcher(query).matches(text, language))


def spans_in_text(positions: MatchPositions, number: int, text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each match in one text of a document, in order and not overlapping.

    A match that runs over the end of the text is left out.

    Args:
        positions: the matches of the document.
        number: the text's number, from 0.
        text: the text.

    Raises:
        UnequalTextError: the text has other tokens than ``positions``.
    """
    starts, ends = token_bounds(text)
    first_token = positions.first_token(number)
    if number >= len(positions.ends) or first_token + len(starts) != positions.ends[number]:
        raise UnequalTextError
    return _merge(_matches(positions, first_token, starts, ends))


def windows_of(positions: MatchPositions, main_texts: int, characters: int, limit: int) -> list[Window]:
    """Return the best windows of a document whose main texts have so many characters."""
    tokens = positions.first_token(main_texts)
    return choose_windows(positions, main_texts, window_tokens(characters, tokens), limit)


def _opening(
    stretches: Sequence[TextStretch], positions: MatchPositions, is_joined: IsJoined | None
) -> tuple[Passage, ...]:
    """Return the beginning of the first text with a word, else of the first that is not blank."""
    openings = (cut_opening(stretch, is_joined) for stretch in stretches[opening_text(positions) :])
    return next(filter(None, openings), ())


def cut_passage(
    stretches: Sequence[TextStretch], positions: MatchPositions, window: Window, is_joined: IsJoined | None = None
) -> CutPassage:
    """Return the passage of a window.

    Args:
        stretches: of the window's texts, in order.
        positions: the matches of the document.
        window: the window.
        is_joined: see `search.presentation.line_ends.IsJoined`.

    Raises:
        UnequalTextError: the stretches have other tokens than ``positions``.
    """
    joined = _JoinedStretches(stretches)
    starts, ends = joined.token_bounds()
    first, last = window.first - stretches[0].first_token, window.last - stretches[0].first_token
    if last >= len(starts):
        raise UnequalTextError
    matches = _matches(positions, stretches[0].first_token, starts, ends)
    low, high = int(starts[first]), int(ends[last])
    group = _best_group([match for match in matches if low <= match.start and match.end <= high])
    first_match, last_end = group[0].start, max(match.end for match in group)
    start = _passage_start(joined.text, first_match, last_end)
    end = _passage_end(joined.text, start, last_end)
    shown = _merge(match for match in matches if start <= match.start and match.end <= end)
    raw, spans = _without_feet(joined.text[start:end], [(a - start, b - start) for a, b in shown], joined.feet(start))
    text, moved = collapse_space(raw, spans, stretches[0].language, is_joined)
    first_stretch, last_stretch = joined.stretch_at(start), joined.stretch_at(end - 1)
    last_page = stretches[last_stretch].page if last_stretch > first_stretch else None
    begins_inside, ends_inside = _begins_inside_sentence(joined.text, start), _ends_inside_sentence(joined.text, end)
    page, role = stretches[first_stretch].page, _shown_role(stretches[first_stretch])
    return CutPassage(
        Passage(page, text, moved, last_page, role, begins_inside, ends_inside),
        (window.first_text + first_stretch, joined.place(first_stretch, start)),
        (window.first_text + last_stretch, joined.place(last_stretch, end)),
    )


def without_overlaps(cut: Sequence[CutPassage]) -> tuple[Passage, ...]:
    """Return passages, best first, without those that show words of a better one again."""
    kept: list[CutPassage] = []
    for passage in cut:
        if not any(passage.start < other.end and other.start < passage.end for other in kept):
            kept.append(passage)
    return tuple(passage.passage for passage in kept)


def opening_text(positions: MatchPositions) -> int:
    """Return the number of the first text of a document with a word, or of its first text."""
    return int(positions.ends.searchsorted(0, "right")) if len(positions.ends) and positions.ends[-1] else 0


def cut_opening(stretch: TextStretch, is_joined: IsJoined | None = None) -> tuple[Passage, ...]:
    """Return the beginning of a text as a passage without matches; none where it is blank."""
    text = stretch.text.lstrip()
    if not text:
        return ()
    end = _passage_end(text, 0, 0)
    opening, _ = collapse_space(text[:end], [], stretch.language, is_joined)
    ends_inside = _ends_inside_sentence(text, end)
    return (Passage(stretch.page, opening, (), role=_shown_role(stretch), ends_inside=ends_inside),)


def _shown_role(stretch: TextStretch) -> Role | None:
    return None if stretch.role is Role.MAIN else stretch.role


class _JoinedStretches:
    """The stretches of a window that runs over the ends of pages, as one text."""

    def __init__(self, stretches: Sequence[TextStretch]) -> None:
        self._stretches = stretches
        self.text = "\n".join(stretch.text for stretch in stretches)
        self._starts = [0]
        for stretch in stretches[:-1]:
            self._starts.append(self._starts[-1] + len(stretch.text) + 1)

    def token_bounds(self) -> tuple[Longs, Longs]:
        """Return the start and the end of each token, from the first token of the first stretch on.

        Raises:
            UnequalTextError: a text has more or fewer tokens than the next one's first token says.
        """
        bounds: list[tuple[Longs, Longs]] = []
        token = self._stretches[0].first_token
        for stretch, place in zip(self._stretches, self._starts, strict=True):
            if stretch.first_token != token:
                raise UnequalTextError
            starts, ends = token_bounds(stretch.text)
            bounds.append((starts + place, ends + place) if place else (starts, ends))
            token += len(starts)
        if len(bounds) == 1:
            return bounds[0]
        return np.concatenate([starts for starts, _ in bounds]), np.concatenate([ends for _, ends in bounds])

    def feet(self, start: int) -> list[tuple[int, int]]:
        """Return what is printed between the parts of words over the ends of pages, as offsets from ``start``."""
        return [
            (self._starts[place.first_part[0]] + place.division.start + 1 - start,
             self._starts[place.text] + place.division.end - start)
            for place in page_end_divisions([stretch.text for stretch in self._stretches], len(self._stretches))
            if place.first_part
        ]  # fmt: skip

    def stretch_at(self, place: int) -> int:
        """Return the stretch that a place in ``text`` is in."""
        return bisect_right(self._starts, place) - 1

    def place(self, stretch: int, place: int) -> int:
        """Return a place in ``text`` as one in the whole text that a stretch is of."""
        return place - self._starts[stretch] + self._stretches[stretch].offset


def _matches(positions: MatchPositions, first_token: int, starts: Longs, ends: Longs) -> list[TextMatch]:
    """Return the matches among some tokens, which start and end in the text at these places, by start."""
    matches: list[TextMatch] = []
    for part, leaf in enumerate(positions.leaves):
        low, high = leaf.first.searchsorted(first_token), leaf.last.searchsorted(first_token + len(starts))
        match_starts = starts.take(leaf.first[low:high] - first_token).tolist()
        match_ends = ends.take(leaf.last[low:high] - first_token).tolist()
        matches += map(TextMatch, match_starts, match_ends, repeat(part))
    if len(positions.leaves) > 1:
        matches.sort()
    return matches


def _best_group(matches: Sequence[TextMatch]) -> Sequence[TextMatch]:
    """Return the neighbouring matches that fit into one passage and have most parts, then most matches."""
    if max(match.end for match in matches) - matches[0].start <= PASSAGE_CHARACTERS:
        return matches
    return max(_groups(matches), key=_group_merit)


def _group_merit(group: Sequence[TextMatch]) -> tuple[int, int, int]:
    return len({match.part for match in group}), min(len(group), MAX_COUNTED_MATCHES), -group[0].start


def _groups(matches: Sequence[TextMatch]) -> Iterator[Sequence[TextMatch]]:
    """Yield the groups of consecutive matches that fit into one passage, without groups inside another."""
    reached = 0
    for first in range(len(matches)):
        last = max(first + 1, reached)
        while last < len(matches) and matches[last].end - matches[first].start <= PASSAGE_CHARACTERS:
            last += 1
        if last > reached:
            yield matches[first:last]
            reached = last


def _passage_start(text: str, first_match: int, last_match_end: int) -> int:
    """Return where a passage begins: with a sentence if one begins near enough, else with a word."""
    room = max(PASSAGE_CHARACTERS - (last_match_end - first_match), 0)
    earliest = max(first_match - room, 0)
    sentences = SENTENCE_START.finditer(text, earliest, first_match)
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
    sentences = SENTENCE_START.finditer(text, max(last_match_end, latest - SENTENCE_SLACK), latest)
    ends = [sentence.start() + 1 for sentence in sentences]
    if ends:
        return ends[-1]
    if text[latest].isspace():
        return latest
    gap = max(text.rfind(" ", last_match_end, latest), text.rfind("\n", last_match_end, latest))
    return gap if gap > start else latest


def _begins_inside_sentence(text: str, start: int) -> bool:
    """Return whether a sentence is under way at a place; at the start of a text, a small letter says so."""
    if not text[:start].strip():
        return text[start : start + 1].islower()
    return not _SENTENCE_END.search(text, max(start - _MAX_GAP_CHARACTERS, 0), start)


def _ends_inside_sentence(text: str, end: int) -> bool:
    """Return whether a sentence goes on behind a place; at the end of a text, a comma says so."""
    rest = text[end : end + _MAX_GAP_CHARACTERS]
    if not rest.strip() and end + len(rest) == len(text):
        return text[:end].rstrip()[-1:] in {",", ";", "-", "–"}
    is_last = _SENTENCE_END.search(text, max(end - _MAX_GAP_CHARACTERS, 0), end)
    return not is_last and not _PARAGRAPH_GAP.match(rest)


def _without_feet(
    raw: str, spans: Sequence[tuple[int, int]], feet: Sequence[tuple[int, int]]
) -> tuple[str, Sequence[tuple[int, int]]]:
    """Return a text with three points for each foot of a page in a span, and its spans adjusted."""
    for low, high in reversed(feet):
        if any(start < low and high < end for start, end in spans):
            raw, moved = f"{raw[:low]} … {raw[high:]}", 3 - (high - low)
            spans = [(a + moved * (a >= high), b + moved * (b >= high)) for a, b in spans]
    return raw, spans


def _merge(matches: Iterable[TextMatch]) -> tuple[tuple[int, int], ...]:
    """Return the spans of matches in order, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in matches:
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)
