"""Numbers with separators, ISBNs, ISSNs and dotted abbreviations: where a text prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from corpus.deferred import deferred_pattern
from indexer.text.code_points import CodePoints, are_any, code_points, find_digits
from indexer.text.scripts import UNSPACED

_POINTS = ",.'\u2019\u060c\u066c\uff0c\uff0e"
_SEPARATORS = f" \u00a0\u2009\u202f{_POINTS}"
_DASHES = "\\-\u2010\u2011\u2013"
_SEPARATOR_CODES = np.array(sorted(map(ord, f"{_SEPARATORS}-\u2010\u2011\u2013")))
_COMMA_CODES = np.array(sorted(map(ord, ",\u060c\uff0c")))
_DASH_CODES = np.array(sorted(map(ord, "-\u2010\u2011\u2013")))
_MAX_ISBN_REACH = 14
"""Characters between a digit before the first separator of an ISBN and the eighth digit after it, at most."""
_NUMBER = re.compile(
    rf"(?!0)\d{{1,3}}([{_SEPARATORS}])\d{{3}}(?:\1\d{{3}}){{0,4}}(?!\d)"
    r"|(?!0)\d{1,2}([,\u060c\uff0c])\d\d(?:\2\d\d){0,4}\2\d{3}(?!\d)"
)
"""A number with a separator before each three digits, or as in India before the last three and each two others."""
_ISBN = re.compile(
    rf"\d{{1,9}}(?:(?: |[{_DASHES}]\n?)\d{{1,9}}){{1,3}}(?: |[{_DASHES}]\n?)[\dXx]\b"
    rf"|97[89](?: |[{_DASHES}]\n?)\d{{10}}\b",
    re.ASCII,
)
_ISSN = re.compile(rf"\d{{4}}[{_DASHES}]\n?\d{{3}}[\dXx]\b", re.ASCII)
_ANY_DOTTED_LETTER = re.compile(r"\.[ \u00a0]?(?=[^\W\d_]{1,2}(?![^\W_]))")
_DOTTED_LETTER = re.compile(_ANY_DOTTED_LETTER.pattern.replace(r"\.", r"\.(?<![a-z\d)\s].)", 1))
_ABBREVIATION = re.compile(
    r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2}){1,9}(?![^\W_])|[^\W\d_]{1,2}(?:\.[ \u00a0]?[^\W\d_]{1,2}){1,9}(?=\.)"
)
"""Letters with points between, by one or (in Spanish plurals) two, and blanks too if a point follows the last."""
_UNSPACED = deferred_pattern(f"[{UNSPACED}]")
_DIGIT = re.compile(r"\d|[Xx]\Z")
_CENTURIES = ("17", "18", "19", "20")


class Spelling(NamedTuple):
    """A word printed in parts that are one whatever the document: its first character, and the number of its parts."""

    start: int
    parts: int


def find_spellings(text: str, points: CodePoints | None = None, *, any_case: bool = False) -> list[Spelling]:
    """Return numbers with separators, ISBNs and dotted abbreviations in order, none inside another.

    Args:
        text: the text.
        points: its code points, where they are at hand.
        any_case: also return abbreviations in small letters; in texts these are words like ``a.m.``.
    """
    spellings = [
        *_numbers(text, code_points(text) if points is None else points),
        *_abbreviations(text, any_case=any_case),
    ]
    return sorted(spellings)


def _numbers(text: str, points: CodePoints) -> Iterator[Spelling]:
    done = 0
    for start in _separated_digits(text, points):
        if start < done or (start and (_is_letter(text[start - 1]) or _continues(text, start))):
            continue
        is_inside = start > 1 and text[start - 1] in _DASHES and text[start - 2].isdigit()
        number = None if is_inside else _ISBN.match(text, start) or _ISSN.match(text, start)
        if not number or not (is_isbn(number.group()) or is_issn(number.group())):
            number = _NUMBER.match(text, start)
        if number and not _is_letter(text[number.end() : number.end() + 1]):
            done = number.end()
            yield Spelling(start, len(re.findall(r"\w+", number.group())))


def _is_letter(character: str) -> bool:
    """Return whether a character next to a number belongs to its word: a letter, unless its script has no spaces."""
    return character.isalnum() and not _UNSPACED.match(character)


def _separated_digits(text: str, points: CodePoints) -> Iterator[int]:
    """Yield the offset of each run of digits that may begin a number with separators or an ISBN."""
    digits = find_digits(points)
    count = len(digits)
    following = np.append(digits, np.full(9, len(text) + 99))
    at = np.flatnonzero(following[1 : count + 1] - digits == 2)  # one character is between this digit and the next
    here = digits[at]
    is_number = (following[at + 3] - here == 4) & (following[at + 4] - here > 5)
    is_isbn = following[at + 8] - here <= _MAX_ISBN_REACH
    separators = points[here + 1]
    is_issn = (following[at + 3] - here == 4) & are_any(separators, _DASH_CODES)
    is_indian = (following[at + 2] - here == 3) & (following[at + 3] - here == 5) & are_any(separators, _COMMA_CODES)
    here = here[is_number | is_isbn | is_issn | is_indian]
    for end in here[are_any(points[here + 1], _SEPARATOR_CODES)].tolist():
        start = end
        while start and text[start - 1].isdigit():
            start -= 1
        yield start


def _continues(text: str, start: int) -> bool:
    """Return whether digits continue others before a point, comma or apostrophe: they are no group of their own."""
    return start > 1 and text[start - 1] in _POINTS and text[start - 2].isdigit()


def is_issn(text: str) -> bool:
    """Return whether a text is an ISSN: its check digit is right, and it is no span of years."""
    digits = "".join(_DIGIT.findall(text))
    if len(digits) != 8 or not digits[:7].isdigit() or (digits[:2] in _CENTURIES and digits[4:6] in _CENTURIES):
        return False
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    return sum(weight * value for weight, value in zip(range(8, 0, -1), values, strict=True)) % 11 == 0


def is_isbn(text: str) -> bool:
    """Return whether a text is an ISBN of 10 or 13 digits: the groups and the check digit are right."""
    digits, groups = "".join(_DIGIT.findall(text)), len(re.findall(r"\w+", text))
    if len(digits) == 10 and groups == 4:
        values = [10 if digit in "Xx" else int(digit) for digit in digits]
        return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0
    if len(digits) == 13 and groups in (2, 5) and digits[:3] in ("978", "979") and digits.isdigit():
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    return False


def _abbreviations(text: str, *, any_case: bool) -> Iterator[Spelling]:
    done = 0
    for match in (_ANY_DOTTED_LETTER if any_case else _DOTTED_LETTER).finditer(text):
        start = match.start() - 1
        if start > done and text[start - 1].isalpha():
            start -= 1
        if start < done or not text[start].isalpha() or (start and not _may_precede(text[start - 1])):
            continue
        abbreviation = _ABBREVIATION.match(text, start)
        if abbreviation and (any_case or abbreviation.group().isupper()) and not _UNSPACED.search(abbreviation.group()):
            done = abbreviation.end()
            yield Spelling(start, abbreviation.group().count(".") + 1)


def _may_precede(character: str) -> bool:
    """Return whether an abbreviation may begin behind a character."""
    return not character.isalnum() and character != "."
