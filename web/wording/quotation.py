"""Quotations: of a page with matches, the sentence that says most of what was asked, as the hit had shown it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from indexer.text import analysis

MAX_QUOTE_CHARACTERS = 300
"""Characters of a quotation, about three lines."""
MIN_FOUND_LETTERS = 40
"""Letters and digits by which a passage is found in its page; it may end on the next one."""

BLOCK_CHARACTERS = 1024
"""Characters of a text whose letters are counted at once. A regular expression takes a tenth of the time of a loop."""

_OTHER_SIGNS = re.compile(r"[\W_]+")
"""Signs that are no letters or digits: of those that `str.isalnum` is true for, ``\\w`` has the underscore besides."""
_SENTENCE_GAP = re.compile(r"(?<=[.!?…])\s+(?=\S)|[。！？]|\n\s*\n")
_LINE_GAP = re.compile(rf"{_SENTENCE_GAP.pattern}|\n")
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", ".)", ".’", ".»")
_BLANK = re.compile(r"\s")

Span = tuple[int, int]


class _Sentence(NamedTuple):
    """A sentence of a text, with the matches in it."""

    start: int
    end: int
    spans: tuple[Span, ...]


class _Letters(NamedTuple):
    """The letters and digits of a text, and how many are before each block of its characters, and in all."""

    text: str
    before_blocks: tuple[int, ...]


def quoted_sentence(
    text: str,
    spans: Sequence[Span],
    language: str = "",
    *,
    shown: Sequence[Span] = (),
    lines_are_paragraphs: bool = False,
) -> str:
    """Return the sentence with most of the words that match, on one line; of several the first.

    What is longer than a quotation is cut between words, with three points.

    Args:
        text: the text of a page.
        spans: its matches.
        language: its language, by which forms of one word are told from other words.
        shown: the stretches that a hit had shown, best first; a sentence of these is chosen where there is one.
        lines_are_paragraphs: whether a sentence ends with its line, as a heading does.
    """
    sentences = list(_sentences(text, spans, _LINE_GAP if lines_are_paragraphs else _SENTENCE_GAP))
    ranks = [_rank(sentence, shown) for sentence in sentences]
    candidates = [pair for pair in zip(sentences, ranks, strict=True) if pair[1] < len(shown)]
    candidates = candidates or list(zip(sentences, ranks, strict=True))
    if not candidates:
        return ""

    def merit(candidate: tuple[_Sentence, int]) -> tuple[int, bool, int]:
        sentence, rank = candidate
        is_whole = text[sentence.start : sentence.end].rstrip().endswith(_ENDS)
        return len(_stems(text, sentence.spans, language)), is_whole, -rank

    return _quote(text, max(candidates, key=merit)[0], language)


def shown_stretch(text: str, passage: str) -> Span | None:
    """Return where a passage is in the text of its page, whatever its blanks and hyphens; None where it is not."""
    letters = _letters_of(text)
    sought = _OTHER_SIGNS.sub("", passage)
    for length in (len(sought), MIN_FOUND_LETTERS):
        found = letters.text.find(sought[:length]) if 0 < length <= len(sought) else -1
        if found >= 0:
            last = found + length - 1 if length == len(sought) else min(found + len(sought), len(letters.text)) - 1
            return _place_of_letter(text, letters, found), _place_of_letter(text, letters, last) + 1
    return None


@lru_cache(maxsize=2)
def _letters_of(text: str) -> _Letters:
    """Return the letters and digits of a text. Three passages of a hit are looked for in one page."""
    blocks = [
        _OTHER_SIGNS.sub("", text[start : start + BLOCK_CHARACTERS]) for start in range(0, len(text), BLOCK_CHARACTERS)
    ]
    return _Letters("".join(blocks), tuple(accumulate(map(len, blocks), initial=0)))


def _place_of_letter(text: str, letters: _Letters, number: int) -> int:
    """Return the place in a text of one of its letters and digits, by its number from 0."""
    block = bisect_right(letters.before_blocks, number) - 1
    start = block * BLOCK_CHARACTERS
    places = (place for place, sign in enumerate(text[start : start + BLOCK_CHARACTERS], start) if sign.isalnum())
    return next(islice(places, number - letters.before_blocks[block], None))


def _sentences(text: str, spans: Sequence[Span], gap_pattern: re.Pattern[str]) -> Iterable[_Sentence]:
    """Yield the sentences that have matches."""
    gaps = [gap.span() for gap in gap_pattern.finditer(text)] if spans else []
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    by_start: dict[int, list[Span]] = {}
    for span in spans:
        by_start.setdefault(starts[bisect_right(starts, span[0]) - 1], []).append(span)
    for start, inside in by_start.items():
        yield _Sentence(start, ends[min(bisect_left(ends, inside[-1][1]), len(ends) - 1)], tuple(inside))


def _rank(sentence: _Sentence, shown: Sequence[Span]) -> int:
    """Return the number of the first stretch that has a match of a sentence; how many there are where none has."""
    inside = (n for n, (low, high) in enumerate(shown) for start, end in sentence.spans if low <= start and end <= high)
    return next(inside, len(shown))


def _stems(text: str, spans: Iterable[Span], language: str) -> set[str]:
    return {analysis.stem(word, language) for start, end in spans for word in analysis.surface(text[start:end])}


def _quote(text: str, sentence: _Sentence, language: str) -> str:
    low, high = sentence.start, sentence.end
    if high - low > MAX_QUOTE_CHARACTERS:
        start, end = _densest(text, sentence.spans, language)
        room = max(MAX_QUOTE_CHARACTERS - (end - start), 0) // 2
        low, high = max(low, _after_blank(text, start - room, start)), min(high, _before_blank(text, end, end + room))
    words = " ".join(text[low:high].split())
    return f"{'… ' if low > sentence.start else ''}{words}{' …' if high < sentence.end else ''}"


def _densest(text: str, spans: Sequence[Span], language: str) -> Span:
    """Return the stretch of matches that fits into a quotation and has most of the words; of several the first."""
    groups = [
        [first, *(span for span in spans[n + 1 :] if span[1] - first[0] <= MAX_QUOTE_CHARACTERS)]
        for n, first in enumerate(spans)
    ]
    best = max(groups, key=lambda group: len(_stems(text, group, language)))
    return best[0][0], best[-1][1]


def _after_blank(text: str, low: int, high: int) -> int:
    """Return the first place in a stretch that a word begins at; its end where there is none."""
    gap = _BLANK.search(text, max(low, 0), high)
    return 0 if low <= 0 else gap.end() if gap else high


def _before_blank(text: str, low: int, high: int) -> int:
    """Return the last place in a stretch that a word ends at; its beginning where there is none."""
    if high >= len(text):
        return len(text)
    gaps = [gap.start() for gap in _BLANK.finditer(text, low, high)]
    return gaps[-1] if gaps else low
