"""Words that a text prints in parts and people search in one piece: where they are, and what they are when whole.

``exami-`` / ``nation`` divided at a line end, ``10,000`` (10000), ``U.N.`` (un), ``978-0-306-40615-7``. The analyser
returns the parts, one position each, and looks at no other text. A *joined word* is the parts together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from corpus.deferred import deferred_pattern
from indexer.text import analysis
from indexer.text.code_points import CodePoints, are_any, code_points, find_digits
from indexer.text.divided_words import Verdict, decide, find_compound_hyphens
from indexer.text.page_end_divisions import document_divisions
from indexer.text.scripts import UNSPACED

MAX_PARTS = 12
"""Most parts of a joined word."""
JUMP_MARK = "\x1d"
"""Ends the form of a word that is continued below the foot of a page: for phrases, its next word is the next part."""

_SEPARATORS = " \u00a0\u2009\u202f,.'\u2019\u066c"
_DASHES = "\\-\u2010\u2011\u2013"
_SEPARATOR_CODES = np.array(sorted(map(ord, f"{_SEPARATORS}-\u2010\u2011\u2013")))
_MAX_ISBN_REACH = 13
"""Characters between a digit before the first separator of an ISBN and the eighth digit after it, at most."""
_NUMBER = re.compile(rf"(?!0)\d{{1,3}}(?:([{_SEPARATORS}])\d{{3}})(?:\1\d{{3}}){{0,4}}(?![^\W_])")
_ISBN = re.compile(
    rf"\d{{1,9}}(?:[ {_DASHES}]\d{{1,9}}){{1,3}}[ {_DASHES}][\dXx]\b|97[89][ {_DASHES}]\d{{10}}\b", re.ASCII
)
_DOTTED_LETTER = re.compile(r"\.(?=[^\W\d_](?![^\W_]))")
_ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_]){1,9}(?![^\W_])")
_UNSPACED = deferred_pattern(f"[{UNSPACED}]")
_DIGIT = re.compile(r"\d|[Xx]\Z")


class Spelling(NamedTuple):
    """A word printed in parts that are one whatever the document: its first character, and the number of its parts."""

    start: int
    parts: int


@dataclass(frozen=True, slots=True)
class DividedPart:
    """A division between two tokens.

    Attributes:
        first: the position of the token before it.
        second: the position of the token behind it; not the next one where footnotes are between.
        own_hyphen: see `indexer.text.divided_words.Division`.
    """

    first: int
    second: int
    own_hyphen: bool


@dataclass(frozen=True, slots=True)
class JoinedWord:
    """A word whose parts are tokens, consecutive ones unless it is divided above the foot of a page.

    Attributes:
        first: the position of its first part.
        span: the number of positions from the first part to the last.
        form: the folded word.
        replaces: whether it is a word of the text in place of its parts; else it is one beside them.
        places: the positions of all parts where other words are between them, else empty.
    """

    first: int
    span: int
    form: str
    replaces: bool = False
    places: tuple[int, ...] = ()

    @property
    def parts(self) -> Sequence[int]:
        """The positions of its parts."""
        return self.places or range(self.first, self.first + self.span)


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
        if start < done or (start and (text[start - 1].isalnum() or _continues(text, start))):
            continue
        is_inside = start > 1 and text[start - 1] in _DASHES and text[start - 2].isdigit()
        number = None if is_inside else _ISBN.match(text, start)
        if not number or not is_isbn(number.group()):
            number = _NUMBER.match(text, start)
        if number:
            done = number.end()
            yield Spelling(start, len(re.findall(r"\w+", number.group())))


def _separated_digits(text: str, points: CodePoints) -> Iterator[int]:
    """Yield the offset of each run of digits that may begin a number with separators or an ISBN."""
    digits = find_digits(points)
    count = len(digits)
    following = np.append(digits, np.full(9, len(text) + 99))
    at = np.flatnonzero(following[1 : count + 1] - digits == 2)  # one character is between this digit and the next
    here = digits[at]
    is_number = (following[at + 3] - here == 4) & (following[at + 4] - here > 5)
    is_isbn = following[at + 8] - here <= _MAX_ISBN_REACH
    here = here[is_number | is_isbn]
    for end in here[are_any(points[here + 1], _SEPARATOR_CODES)].tolist():
        start = end
        while start and text[start - 1].isdigit():
            start -= 1
        yield start


def _continues(text: str, start: int) -> bool:
    """Return whether digits continue others before a point, comma or apostrophe: they are no group of their own."""
    return start > 1 and text[start - 1] in ",.'\u2019\u066c" and text[start - 2].isdigit()


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
    for match in _DOTTED_LETTER.finditer(text):
        start = match.start() - 1
        if (
            start < done
            or not text[start].isalpha()
            or (start and (text[start - 1].isalnum() or text[start - 1] == "."))
        ):
            continue
        abbreviation = _ABBREVIATION.match(text, start)
        if abbreviation and (any_case or abbreviation.group().isupper()) and not _UNSPACED.search(abbreviation.group()):
            done = abbreviation.end()
            yield Spelling(start, abbreviation.group().count(".") + 1)


def resolve_divisions(
    divided: Sequence[DividedPart],
    form_at: Callable[[int], str],
    count_word: Callable[[str], int],
    count_compound: Callable[[str, str], int],
) -> Iterator[JoinedWord]:
    """Yield the joined words of a document's divisions.

    Args:
        divided: the divisions, by the positions behind them; two that follow each other divide one word in three.
        form_at: returns the folded token at a position.
        count_word: returns how often the document contains a word in one piece.
        count_compound: returns how often two words are joined by a hyphen inside a line.
    """
    for run in _runs(divided):
        parts = [run[0].first, *(division.second for division in run)]
        if 1 < len(run) < MAX_PARTS:
            whole = _joined(map(form_at, parts))
            replaces = count_word(whole) > 0
            yield _joined_word(parts, whole, replaces=replaces)
            if replaces:
                continue
        replaced = -1
        for division in run:
            pair = form_at(division.first), form_at(division.second)
            verdict = decide(count_word(_joined(pair)), count_compound(*pair), own_hyphen=division.own_hyphen)
            replaces = verdict is Verdict.JOINED and division.first != replaced
            if verdict is not Verdict.HYPHENATED:
                yield _joined_word((division.first, division.second), _joined(pair), replaces=replaces)
            if replaces:
                replaced = division.second
            elif division.second > division.first + 1:
                span = division.second - division.first
                yield JoinedWord(division.first, span, pair[0] + JUMP_MARK, places=(division.first,))


def _runs(divided: Iterable[DividedPart]) -> list[list[DividedPart]]:
    """Return divisions by the word that they divide: the part behind one is the part before the next."""
    runs: list[list[DividedPart]] = []
    by_last: dict[int, list[DividedPart]] = {}
    for division in divided:
        run = by_last.pop(division.first, None)
        if run is None:
            run = []
            runs.append(run)
        run.append(division)
        by_last[division.second] = run
    return runs


def _joined_word(parts: Sequence[int], form: str, *, replaces: bool) -> JoinedWord:
    span = parts[-1] - parts[0] + 1
    return JoinedWord(parts[0], span, form, replaces, () if span == len(parts) else tuple(parts))


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)[: analysis.MAX_TOKEN_CHARACTERS]


def possible_forms(divided: Sequence[DividedPart], form_at: Callable[[int], str]) -> set[str]:
    """Return every form that `resolve_divisions` may count."""
    forms = {_joined((form_at(part.first), form_at(part.second))) for part in divided}
    for run in _runs(divided):
        if len(run) > 1:
            forms.add(_joined(map(form_at, (run[0].first, *(part.second for part in run)))))
    return forms


def joined_words(texts: Sequence[str], continued: int = 0) -> list[JoinedWord]:
    """Return the joined words of a document, found by analysing its texts.

    Args:
        texts: the texts, whose tokens are counted through all of them.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    spellings = [find_spellings(text) for text in texts]
    divisions = document_divisions(texts, continued)
    if not any(spellings) and not divisions:
        return []
    forms: list[str] = []
    words, compounds, indexes = [], Counter[tuple[str, str]](), []
    for number, text in enumerate(texts):
        base, tokens = len(forms), list(analysis.tokens(text))
        forms += [token.text for token in tokens]
        index = {token.start: base + token.position for token in tokens}
        indexes.append(index)
        for start, parts in spellings[number]:
            first = index.get(start)
            if first is not None and parts <= MAX_PARTS:
                words.append(JoinedWord(first, parts, _joined(forms[first : first + parts])))
        for hyphen in find_compound_hyphens(text) if divisions else ():
            second = index.get(hyphen + 1)
            if second:
                compounds[forms[second - 1], forms[second]] += 1
    divided = []
    for number, division, apart in divisions:
        second = indexes[number].get(division.end, 0)
        first = indexes[apart[0]].get(apart[1]) if apart else second - 1
        if second and first is not None:
            divided.append(DividedPart(first, second, division.own_hyphen))
    counts = Counter(forms)
    resolved = resolve_divisions(
        divided, forms.__getitem__, counts.__getitem__, lambda first, second: compounds[first, second]
    )
    return [*words, *resolved]


def joined_spellings(text: str) -> list[JoinedWord]:
    """Return the numbers, abbreviations and ISBNs that a typed text writes in parts."""
    has_parts = any(character == "." or character.isdigit() for character in text)
    spellings = find_spellings(text, any_case=True) if has_parts else []
    if not spellings:
        return []
    tokens = list(analysis.tokens(text))
    positions = {token.start: token.position for token in tokens}
    return [
        JoinedWord(first, parts, _joined([token.text for token in tokens[first : first + parts]]))
        for start, parts in spellings
        if (first := positions.get(start, len(tokens))) + parts <= len(tokens)
    ]
