"""Pairs of characters over the end of a page or a line, where no space tells whether a word ends there.

The texts of pages are analysed one by one, so the word 人权 whose characters are on two pages is no token of either.
Korean has spaces between words, and many documents end its lines inside words all the same, without a sign. So a line's
end is a space there, as it is printed, and the pair over it is a joined word besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.deferred import deferred_pattern
from indexer.text import analysis
from indexer.text.code_points import CodePoints, code_points
from indexer.text.scripts import KOREAN, UNSPACED

_REACH = 16
"""Characters at each side of an end that are analysed: a character may have several marks."""
_FIRST_UNSPACED = "\u0e00"
"""First character of the scripts whose words are not told by spaces: most pages need no pattern."""
_UNSPACED_LETTER = deferred_pattern(f"[{UNSPACED}]")
_KOREAN_LINE_END = deferred_pattern(rf"(?<=[{KOREAN}])[ \t]*\n[ \t]*(?=[{KOREAN}])")
_KOREAN_LETTER = deferred_pattern(f"[{KOREAN}]")
_FIRST_JAMO, _JAMOS = 0x1100, 0x100
_FIRST_SYLLABLE, _SYLLABLES = 0xAC00, 0x2BA4


class EndPair(NamedTuple):
    """A pair of characters over the end of a page or line.

    Attributes:
        text: the number of the text that the second character is in.
        offset: where the second character begins in it.
        pair: the folded pair, which is no token of a text.
        before: the token that ends with the first character; ``""`` where that character is the token.
        is_last: whether the second character is a token, so that the word ends with it.
    """

    text: int
    offset: int
    pair: str
    before: str
    is_last: bool


def end_pairs(texts: Sequence[str], continued: int) -> list[EndPair]:
    """Return the pairs of characters over the ends of pages and lines in the texts of a document, in order.

    Args:
        texts: the texts.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    over_lines = (
        pair._replace(text=number) for number, text in enumerate(texts) if "\n" in text for pair in line_end_pairs(text)
    )
    return sorted([*over_lines, *page_end_pairs(texts, continued)])


def page_end_pairs(texts: Sequence[str], continued: int) -> Iterator[EndPair]:
    """Yield the pairs between the last character of a page and the first one of the next page with words.

    Args:
        texts: the texts.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    end = ""
    for number in range(continued):
        text = texts[number]
        if not text or text.isspace():
            continue
        start = text.lstrip()[:_REACH]
        if end and start[0] >= _FIRST_UNSPACED and _is_unspaced_run(end[-1], start[0]):
            yield from _pair(number, len(text) - len(text.lstrip()), end, start)
        last = text[-_REACH:].rstrip()
        end = last if last and last[-1] >= _FIRST_UNSPACED and _UNSPACED_LETTER.match(last[-1]) else ""


def line_end_pairs(text: str, points: CodePoints | None = None) -> Iterator[EndPair]:
    """Yield the pairs over the ends of lines in a Korean text, which may be given as code points too."""
    if text.isascii() or not _has_korean(code_points(text) if points is None else points):
        return
    for line_end in _KOREAN_LINE_END.finditer(text):
        end, start = line_end.span()
        if (
            _ends_run(text, end - 2) is not None
            and _ends_run(text, start + 1) is not None
            and (_is_syllable(text[end - 1]) and _is_syllable(text[start]))
        ):
            before = "" if _ends_run(text, end - 2) else text[end - 2 : end]
            yield EndPair(0, start, text[end - 1] + text[start], before, bool(_ends_run(text, start + 1)))
        else:
            before_end = text[max(end - _REACH, 0) : end].rpartition("\n")[2]
            yield from _pair(0, start, before_end, text[start : start + _REACH])


def _is_syllable(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


def _ends_run(text: str, offset: int) -> bool | None:
    """Return whether no run of syllables has a character; None where analysing the text has to tell."""
    character = text[offset] if 0 <= offset < len(text) else " "
    return True if character.isascii() else False if _is_syllable(character) else None


def _has_korean(points: CodePoints) -> bool:
    if points.itemsize == 1:
        return False
    kind = points.dtype.type  # differences wrap around below zero
    return bool((points - kind(_FIRST_SYLLABLE) < _SYLLABLES).any() or (points - kind(_FIRST_JAMO) < _JAMOS).any())


def _is_unspaced_run(before: str, after: str) -> bool:
    """Return whether words may run from one character to the next: both are of Korean, or neither."""
    return bool(_UNSPACED_LETTER.match(after)) and bool(_KOREAN_LETTER.match(before)) == bool(
        _KOREAN_LETTER.match(after)
    )


def _pair(number: int, offset: int, end: str, start: str) -> Iterator[EndPair]:
    before = None
    following = next(analysis.tokens(start), None)
    for token in analysis.tokens(f"{end}{start}"):
        if token.start < len(end) < token.end:
            is_last = following is not None and following.end <= token.end - len(end)
            yield EndPair(
                number, offset, token.text, before.text if before and before.end > token.start else "", is_last
            )
        before = token
