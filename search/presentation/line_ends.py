"""Choose what a passage prints for the blanks between two words, of which a line's end inside a word is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.deferred import deferred_pattern
from indexer.text.divided_words import (
    DIVISION_SIGNS,
    division_between,
    folded_parts,
    is_suspended,
    numbered_line_start,
)
from indexer.text.scripts import SPACELESS

GAP = re.compile(r"\s(?:(?<! )|(?=\s|\Z)|(?<=\A ))(?:(?:\s*\n|(?<=\n))[ \t]*(?:>[> \t]*|[-\u2010](?=[^\W\d_]))|\s*)")
"""Blanks, with the signs before a quotation in a mail or a hyphen that is repeated at the start of a line.

A single blank between two words is left out, because it is printed as it is. The pattern begins with a character class,
so that the characters of words are passed over quickly.
"""
_ROW_GAP = re.compile(
    r"[ \t]*\|[ \t]*\n[ \t]*(?:\|[-:| \t]*(?:\|[ \t]*(?:\n[ \t]*|\Z)|\Z))?(?:\|[ \t]*|\Z)"
    r"|^[ \t]*\|[ \t]+(?=[^|\n]+(?:[ \t]\||\Z))",
    re.MULTILINE,
)
"""The signs between two rows of a table, with the rule below its head, and those before the first row."""
_NOTE = re.compile(r"\d{1,3}(?:[.)\]]?\s+[^\W\da-z_]|[.)\]]\s)")
"""The number of a note or of an item, which begins no second part of a word."""
_ELISION = re.compile(
    r"(?<![^\W_])(?:[a-z]|qu|(?:jus|lors|puis|quoi|quel)qu|aujourd|presqu|entr|grand|un|all|d[ae]ll|nell|sull|coll|dov|quest|quell|sant)"
    r"['\u2019\u02bc]\Z",
    re.IGNORECASE,
)
"""A word without its last vowel, as it is printed before another that begins with one."""
_REACH = 12
_SPACELESS = deferred_pattern(f"[{SPACELESS}\u3001-\u3011\uff01-\uff1f]")
_LAST_SPACED = "\u0dff"

IsJoined = Callable[[str, str], bool]
"""Returns whether two folded parts of a word that a line's end divides are spelt without a hyphen."""


def collapse_space(
    raw: str, spans: Sequence[tuple[int, int]], language: str, is_joined: IsJoined | None = None
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text with single spaces, none inside a divided word, and its spans, which end in words, adjusted.

    Rows of tables are divided by semicolons. A divided word keeps its hyphen unless ``is_joined`` says otherwise.
    """
    if "|" in raw:
        rows = (
            (*gap.span(), "; " if "\n" in gap[0] and gap.end() < len(raw) else "") for gap in _ROW_GAP.finditer(raw)
        )
        raw, spans = _replaced(raw, spans, rows)
    if " ".join(raw.split()) == raw:
        return raw, tuple(spans)
    text, moved = _replaced(raw, spans, _printed_gaps(raw, language, is_joined))
    return text.rstrip(" "), moved


def _printed_gaps(raw: str, language: str, is_joined: IsJoined | None) -> Iterator[tuple[int, int, str]]:
    """Yield the gaps with what is printed for each, the hyphen included where a word has none when it is whole."""
    for gap in GAP.finditer(raw):
        start, end = gap.span()
        printed = printed_gap(raw, start, end, language)
        if is_joined and not printed and 1 < start < end < len(raw) and raw[start - 1] in DIVISION_SIGNS:
            division = division_between(raw, start - 1, raw, end) if raw[end].isalpha() else None
            if division and not division.own_hyphen and is_joined(*folded_parts(raw, division)):
                start -= 1
        yield start, end, printed


def _replaced(
    text: str, spans: Sequence[tuple[int, int]], gaps: Iterable[tuple[int, int, str]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text with other words in gaps, which are in order, and the spans of the same words in it."""
    pieces, gap_ends, removed, done = [], [0], [0], 0
    for start, end, printed in gaps:
        pieces += [text[done:start], printed]
        done = end
        gap_ends.append(end)
        removed.append(removed[-1] + end - start - len(printed))

    def move(offset: int) -> int:
        return offset - removed[bisect_right(gap_ends, offset) - 1]

    return "".join((*pieces, text[done:])), tuple((move(start), move(end)) for start, end in spans)


def printed_gap(text: str, start: int, end: int, language: str = "") -> str:
    """Return what is printed for a gap: a blank, with the signs in it, or nothing inside a word.

    Args:
        text: the text.
        start: the start of the gap, which `GAP` matches.
        end: its end.
        language: the language of the text.
    """
    signs = text[start:end].strip()
    if not start or end == len(text):
        return signs
    if text.count("\n", start, end) == 1 and _is_inside_word(text, start, end, language):
        return ""
    return f" {signs}{' ' if text[end - 1].isspace() else ''}" if signs else " "


def _is_inside_word(text: str, start: int, end: int, language: str) -> bool:
    before, after = text[start - 1], text[end]
    if before in DIVISION_SIGNS:
        return _is_after_sign(text, start - 1, end, language)
    if text[end - 1] in DIVISION_SIGNS:
        return False
    if before == "/":
        return after.isalnum() and start > 1 and text[start - 2].isalnum()
    if before in "'\u2019\u02bc":
        return (
            after.isalpha()
            and _ELISION.fullmatch(text[max(start - _REACH, 0) : start].rsplit(maxsplit=1)[-1]) is not None
        )
    return before > _LAST_SPACED and bool(_SPACELESS.match(before) and _SPACELESS.match(after))


def _is_after_sign(text: str, sign: int, end: int, language: str) -> bool:
    """Return whether a word goes on behind the sign at a line's end."""
    before, after = text[sign - 1 : sign], text[end]
    if is_suspended(text, sign, text, end, language):
        return False
    if after.isalpha() and not before.isdigit():
        return division_between(text, sign, text, end) is not None
    if after.isalpha():
        return after.islower() or language == "de"
    line_end = text.index("\n", sign)
    is_number = numbered_line_start(text, line_end) or _NOTE.match(text, end)
    return after.isdigit() and before.isalnum() and not is_number
