"""Words divided at the end of a line: where they are, and whether their hyphen is the word's own.

``ill-`` / ``treatment`` is a compound and ``exami-`` / ``nation`` is not; only the document's spelling elsewhere tells
which. So the stored text keeps both lines as they are printed, and whoever needs whole words decides here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np

from corpus.deferred import deferred_pattern
from indexer.text import analysis
from indexer.text.code_points import CodePoints, are_any, code_points, find_any
from indexer.text.scripts import UNSPACED

HYPHENS = "-\u2010\u2011\u058a\u05be\u2e17\u2e40\ufe63\uff0d"
"""Signs that join the parts of a compound, those of Armenian, Hebrew, black letter and full width included."""
DIVISION_SIGNS = f"{HYPHENS}\u00ac\u00ad"
"""Signs that divide a word at a line end; programs that read images write ``¬`` for one."""
_INDENT = re.compile(r"[ \t]*(>[> \t]*)?")
"""Blanks at a line's start, and the signs before a quotation in a mail."""
_LINE_NUMBER = re.compile(r"[ \t]*(\d{1,3})[ \t]+(?=[^\W\d_])")
_DIVISION_CODES = np.array([ord(sign) for sign in sorted(DIVISION_SIGNS)])
_LETTERS_AT_END = re.compile(r"[^\W_]+\Z")
_LETTERS = re.compile(r"[^\W_]+")
_CONJUNCTION = re.compile(r"([^\W\d_]{1,5})(?=\s|/)(?:\s+(\w+[-\u2010\u2011]\w))?")
"""A short word, and the hyphen in the word behind it."""
_CONJUNCTIONS = frozenset({
    "and", "und", "oder", "och", "og", "eller", "y", "o", "e", "u", "i", "a",
    "и", "или", "й", "і", "або", "oraz", "lub", "és", "vagy", "ή", "και",
})  # fmt: skip
_CONJUNCTIONS_OF_LANGUAGES = {"de": ("bis",), "fr": ("et", "ou"), "it": ("ed",), "nl": ("en", "of")}
_DOUBTFUL_CONJUNCTIONS = frozenset({"or", "to", "bis", "et", "ou", "en", "of", "ed"})
"""Conjunctions that are also ends of words (visit-or): the next word must have a hyphen, as in "two- or three-day"."""
_END_AFTER_SELF = re.compile(r"(?:ish|less|same|hood|dom|ward)(?:ly|ness)?s?$")
"""The endings that "self" takes without a hyphen; before whole words it has one."""
_PRINTED_WORD = re.compile(r"(\S+)[ \t]*\n?")
_UNSPACED = deferred_pattern(f"[{UNSPACED}]")
REACH = 2 * analysis.MAX_TOKEN_CHARACTERS
"""Characters read for one part of a word: longer tokens are cut."""
MAX_EVIDENCE_CHARACTERS = 400_000
"""Characters of a document that tell how a word of its title is spelt."""


class Verdict(Enum):
    """How a divided word is spelt when it is whole."""

    JOINED = "joined"
    HYPHENATED = "hyphenated"
    UNDECIDED = "undecided"


class Division(NamedTuple):
    """A place where a word is divided.

    Attributes:
        start: the offset of the sign at the line end.
        end: the offset of the word's next part, in the text that it is in.
        own_hyphen: whether the hyphen is the word's own unless the document spells the word without: a capital letter
            follows and not both parts are in capitals, or a conjunction follows, as in "pre- and post-war".
    """

    start: int
    end: int
    own_hyphen: bool

    def first_part(self, text: str) -> int:
        """Return the offset of the part before, both being in one text; -1 where no other word is between them."""
        is_apart = any(map(str.isalnum, text[self.start + 1 : self.end]))
        return word_start(text, self.start) if is_apart else -1


def find_divisions(text: str, points: CodePoints | None = None) -> Iterator[Division]:
    """Yield the places in a cleaned text, which may be given as code points too, where a line end divides a word."""
    points = code_points(text) if points is None else points
    line_ends = find_any(points, "\n")
    line_ends = line_ends[(line_ends > 0) & (line_ends < len(points) - 1)]
    for line_end in line_ends[are_any(points[line_ends - 1], _DIVISION_CODES)].tolist():
        indent = _INDENT.match(text, line_end + 1)
        end = numbered_line_start(text, line_end) or (indent.end() if indent else line_end)
        if indent and indent[1] and not _is_quoted(text, line_end):
            continue
        if end < len(text) and text[end].isalpha() and (division := division_between(text, line_end - 1, text, end)):
            yield division


def numbered_line_start(text: str, line_end: int) -> int:
    """Return where the words of the next line begin if both lines are numbered, as in transcripts; else 0."""
    following = _LINE_NUMBER.match(text, line_end + 1)
    line = _LINE_NUMBER.match(text, text.rfind("\n", 0, line_end) + 1) if following else None
    return following.end() if line and following and int(following[1]) == int(line[1]) + 1 else 0


def word_start(text: str, end: int) -> int:
    """Return the offset of the last token before an offset."""
    begin = max(end - REACH, 0)
    starts = [token.start for token in analysis.tokens(text[begin:end])]
    return begin + starts[-1] if starts else end


def _is_quoted(text: str, line_end: int) -> bool:
    """Return whether a line begins with the sign of a quotation in a mail."""
    return text[text.rfind("\n", 0, line_end) + 1 : line_end].lstrip(" \t").startswith(">")


def is_suspended(text: str, start: int, following: str, end: int, language: str = "") -> bool:
    """Return whether the word before a sign lacks its end, which another has: "pre- and post-war", "Haus- und Hof".

    Args:
        text: the text.
        start: the offset of the sign.
        following: the text that the next line is in.
        end: the offset of the word behind the sign.
        language: the language; some conjunctions are ends of words in others.
    """
    match = _CONJUNCTION.match(following, end)
    if not match or start < 1 or text[start] not in HYPHENS:
        return False
    word = match[1]
    if word in _CONJUNCTIONS or word in _CONJUNCTIONS_OF_LANGUAGES.get(language, ()):
        return True
    return word in _DOUBTFUL_CONJUNCTIONS and match[2] is not None


def find_compound_hyphens(text: str, points: CodePoints | None = None) -> list[int]:
    """Return the offsets of hyphens between two letters of one line."""
    return [
        hyphen
        for hyphen in find_any(code_points(text) if points is None else points, HYPHENS).tolist()
        if 0 < hyphen < len(text) - 1 and text[hyphen + 1].isalpha() and _is_letter(text[hyphen - 1])
    ]


def decide(joined: int, hyphenated: int, *, own_hyphen: bool) -> Verdict:
    """Return how a divided word is spelt when it is whole.

    Args:
        joined: how often the document contains the word undivided, in one piece.
        hyphenated: how often it contains the word undivided, with a hyphen.
        own_hyphen: see `Division`.
    """
    if joined != hyphenated:
        return Verdict.JOINED if joined > hyphenated else Verdict.HYPHENATED
    return Verdict.HYPHENATED if own_hyphen else Verdict.UNDECIDED


def join_divided_words(text: str, document_texts: Iterable[str] = ()) -> str:
    """Return a text with each divided word whole on its first line, spelt as elsewhere in the document.

    An undecided word keeps its hyphen if most other words that the document divides do; where that is unknown, if both
    its parts are words of the document.

    Args:
        text: the text.
        document_texts: more texts of the document, which tell how words are spelt.
    """
    if "\n" not in text:
        return text
    divisions = [
        division for division in find_divisions(text) if not is_suspended(text, division.start, text, division.end)
    ]
    if not divisions:
        return text
    spellings = _Spellings("\n\n".join((text, *document_texts))[:MAX_EVIDENCE_CHARACTERS])
    pieces, done = [], 0
    for division, following in zip(divisions, [*divisions[1:], None], strict=True):
        pieces += [text[done : division.start], spellings.hyphen(text, division)]
        done = division.end
        match = _PRINTED_WORD.match(text, done)
        if match and not (following and following.start < match.end(1)):
            pieces += [match.group(1), "\n"]
            done = match.end()
    return "".join((*pieces, text[done:])).rstrip("\n")


class _Spellings:
    """The words and compounds of a text, counted without those that are divided."""

    def __init__(self, text: str) -> None:
        self._words = Counter(analysis.surface(text))
        hyphens = find_compound_hyphens(text)
        self._compounds = Counter((_before(text, hyphen), _after(text, hyphen + 1)) for hyphen in hyphens)
        divisions = list(find_divisions(text))
        for division in divisions:
            self._words -= Counter(folded_parts(text, division))
        # A capital after a hyphen says nothing of other words, and in German a conjunction does not either.
        by_others = (each._replace(own_hyphen=text.startswith(("and ", "or "), each.end)) for each in divisions)
        verdicts = Counter(self._verdict(text, division) for division in by_others)
        self._excess_hyphens = verdicts[Verdict.HYPHENATED] - verdicts[Verdict.JOINED]

    def hyphen(self, text: str, division: Division) -> str:
        """Return the sign that a divided word has when it is whole; ``""`` where it has none."""
        verdict = self._verdict(text, division)
        if verdict is Verdict.UNDECIDED:
            first, second = folded_parts(text, division)
            are_words = bool(self._words[first] and self._words[second])
            is_compound = self._excess_hyphens > 0 or (are_words and not self._excess_hyphens)
            is_compound = is_compound or (first == "self" and not _END_AFTER_SELF.match(second))
            verdict = Verdict.HYPHENATED if is_compound else Verdict.JOINED
        sign = text[division.start]
        return "" if verdict is Verdict.JOINED else sign if sign in HYPHENS else "-"

    def _verdict(self, text: str, division: Division) -> Verdict:
        first, second = folded_parts(text, division)
        return decide(self._words[first + second], self._compounds[first, second], own_hyphen=division.own_hyphen)


def folded_parts(text: str, division: Division) -> tuple[str, str]:
    """Return the two parts of a divided word, both in one text, folded."""
    return _before(text, division.start), _after(text, division.end)


def division_between(text: str, start: int, following: str, end: int) -> Division | None:
    """Return the division at a sign if letters of scripts with spaces between words are on both its sides."""
    if not start or not _is_letter(text[start - 1]) or _UNSPACED.match(text[start - 1]):
        return None
    if _UNSPACED.match(following[end]):
        return None
    capital = following[end].isupper()
    if capital and (first := _LETTERS_AT_END.search(text, max(start - REACH, 0), start)):
        second = _LETTERS.match(following, end)
        capital = not (first.group().isupper() and second is not None and second.group().isupper())
    return Division(start, end, capital or is_suspended(text, start, following, end))


def _is_letter(character: str) -> bool:
    return character.isalpha() or unicodedata.category(character)[0] == "M"


def _before(text: str, end: int) -> str:
    """Return the folded word before an offset."""
    return (analysis.surface(text[max(end - REACH, 0) : end]) or [""])[-1]


def _after(text: str, start: int) -> str:
    """Return the folded word at an offset."""
    return (analysis.surface(text[start : start + REACH]) or [""])[0]
