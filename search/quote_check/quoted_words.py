"""Find the words of a quotation in a text: as they are, or but for spaces and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from indexer.text.analysis import is_unspaced
from search.presentation.line_ends import IsJoined, collapse_space

MAX_PLACES = 50
"""Places of a quotation's first words that are tried; a quotation of common words has many."""
QUOTATION_MARKS = "\"'‘’‚‛“”„‟‹›«»′″`´「」『』＂＇"
HYPHENS = "-‐‑‒–—―−﹣－"
_SOFT = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c"
_LINE_END_HYPHEN = re.compile(r"[-‐\u00ad][^\S\n]*\n\s*")
_DIVIDED_WORD = re.compile(r"\w[-‐\u00ad][^\S\n]*\n\s*\Z")
"""The end of a line that divides a word, before the rest of it."""
_OMISSION = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.")
_INSERTION = re.compile(r"\[[^\[\]]{1,200}\]")
_CHANGED_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
_ANY_HYPHEN = ""
"""The sign of a hyphen at the end of a line, which may belong to the word or not."""


class FoundWords(NamedTuple):
    """A stretch of a text, and whether it says the words exactly, line ends aside."""

    start: int
    end: int
    is_exact: bool


def one_line(text: str, language: str = "", is_joined: IsJoined | None = None) -> str:
    """Return a text on one line as passages print it, without signs that have no shape.

    Args:
        text: the text, of a document or a quotation.
        language: its language.
        is_joined: says which words that a line's end divides have no hyphen of their own; without it, all keep theirs.
    """
    whole, _ = collapse_space(text, [], language, is_joined)
    return " ".join("".join(sign for sign in whole if sign not in _SOFT).split())


AsLine = Callable[[str], str]
"""Returns a text on one line: `one_line` in the language, and with the spelling, of an archive's document."""


def stripped(quote: str) -> str:
    """Return a quotation without blanks, quotation marks and dashes around it, composed as stored texts are."""
    return unicodedata.normalize("NFC", quote).strip(f" \t\r\n{QUOTATION_MARKS}{HYPHENS}{_SOFT}")


def quote_parts(quote: str) -> list[str]:
    """Return the parts of a quotation that a text has to have in their order, without its insertions in brackets."""
    pieces = (part for piece in _OMISSION.split(quote) for part in _INSERTION.split(piece))
    return [part for piece in pieces if any(map(str.isalnum, part := stripped(piece)))]


def find_words(text: str, quote: str) -> FoundWords | None:
    """Return where a text has a quotation, an exact place if there is one.

    An omission in a quotation stands for any words, an insertion in brackets for any few, and a letter in brackets
    at the beginning of a word for itself as a capital or small. A text that has such signs itself is looked for first.
    """
    letters = LooseLetters(text)
    best = _best(letters, [quote])
    if best is None or not best.is_exact:
        for variant in _variants(quote):
            found = _best(letters, quote_parts(variant))
            if found and (best is None or found.is_exact):
                best = found
            if best and best.is_exact:
                break
    return best


def _variants(quote: str) -> Iterator[str]:
    """Yield readings of a quotation with signs of omission or insertion."""
    if "[" in quote or _OMISSION.search(quote):
        yield _CHANGED_CAPITAL.sub(lambda match: match[1].swapcase(), quote)
        yield _CHANGED_CAPITAL.sub(r"\1", quote)


class LooseLetters:
    """The letters, digits and marks of a text without blanks, hyphens and quotation marks, with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        signs: list[str] = []
        self._offsets: list[int] = []
        for offset, sign in enumerate(text):
            for one in _loose(sign):
                signs.append(one)
                self._offsets.append(offset)
        self._letters = "".join(signs)

    def places(self, part: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """Yield where the letters of a part are, as whole words, from an offset on."""
        sought = "".join(_loose(sign) for sign in part)
        place = -1
        for _ in range(MAX_PLACES if sought else 0):
            place = self._letters.find(sought, place + 1)
            if place < 0:
                return
            first, end = self._offsets[place], self._offsets[place + len(sought) - 1] + 1
            if first >= start and _is_whole(self.text, first, end):
                yield first, end


@cache
def _loose(sign: str) -> str:
    if sign in QUOTATION_MARKS or sign in HYPHENS or sign in _SOFT:
        return ""
    return "".join(one for one in unicodedata.normalize("NFKC", sign) if not one.isspace())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a stretch begins and ends with a word; scripts without spaces have words everywhere."""
    if _DIVIDED_WORD.search(text, max(start - 12, 0), start):
        return False
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    begins = not (before.isalnum() and text[start].isalnum()) or is_unspaced(before + text[start])
    ends = not (after.isalnum() and text[end - 1].isalnum()) or is_unspaced(text[end - 1] + after)
    return begins and ends


def _best(letters: LooseLetters, parts: Sequence[str]) -> FoundWords | None:
    """Return the first exact place of parts in their order, else the first that differs in signs alone."""
    if not parts:
        return None
    other = None
    for first in letters.places(parts[0]):
        found = _in_order(letters, parts, first)
        if found and found.is_exact:
            return found
        other = other or found
    return other


def _in_order(letters: LooseLetters, parts: Sequence[str], first: tuple[int, int]) -> FoundWords | None:
    start, end = first
    grade = _grade(letters.text[start:end], parts[0])
    for part in parts[1:]:
        following = [(place, _grade(letters.text[slice(*place)], part)) for place in letters.places(part, end)]
        place, next_grade = max(following, key=lambda one: (one[1], -one[0][0]), default=((0, 0), 0))
        grade = min(grade, next_grade)
        if not grade:
            return None
        end = place[1]
    return FoundWords(start, end, grade == 2) if grade else None


def _grade(piece: str, quote: str) -> int:
    """Return 2 where a piece of text says a quotation exactly, 1 where only signs differ, 0 where words do."""
    return 2 if _equal(_signs(piece), _signs(quote)) else int(_equal(_plain_signs(piece), _plain_signs(quote)))


def _equal(printed: Sequence[str], quoted: Sequence[str]) -> bool:
    """Compare signs; a hyphen at the end of a printed line may be there or not."""
    place = 0
    for sign in printed:
        current = quoted[place] if place < len(quoted) else None
        if sign == _ANY_HYPHEN:
            if current is not None and (current == _ANY_HYPHEN or current in HYPHENS):
                place += 1
                place += place < len(quoted) and quoted[place] == " "
            continue
        if sign != current:
            return False
        place += 1
    return place == len(quoted)


def _signs(text: str) -> list[str]:
    """Return the signs of a text: a run of blanks is one, and signs without a shape are none."""
    signs: list[str] = []
    place = 0
    while place < len(text):
        if hyphen := _LINE_END_HYPHEN.match(text, place):
            signs.append(_ANY_HYPHEN)
            place = hyphen.end()
            continue
        sign = text[place]
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
        elif sign not in _SOFT:
            signs.append(sign)
        place += 1
    return signs[:-1] if signs and signs[-1] == " " else signs


def _plain_signs(text: str) -> list[str]:
    """Return the signs of a text without blanks and quotation marks: apostrophes are kept, and hyphens are equal."""
    signs = _signs(text)
    plain: list[str] = []
    for place, sign in enumerate(signs):
        if sign == _ANY_HYPHEN:
            plain.append(sign)
        elif sign in QUOTATION_MARKS:
            around = signs[place - 1 : place] + signs[place + 1 : place + 2]
            plain += ["'"] if len(around) == 2 and all(map(str.isalnum, around)) else []
        elif sign in HYPHENS:
            plain.append("-")
        else:
            plain += [one for one in unicodedata.normalize("NFKC", sign) if not one.isspace()]
    return plain
