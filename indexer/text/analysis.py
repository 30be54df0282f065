"""The only analyser: text to tokens, tokens to stems, for indexing and for queries.

A token is a run of letters and digits with its marks, folded: NFKC, case folded, Latin, Greek and Cyrillic accents
dropped, Arabic vowels dropped and letter forms unified. A letter that only looks like one with an accent
(й, ї, ў) stays as it is. Nothing is dropped: stop words keep their positions.
Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, which has none between
a word and its particles, give character bigrams, so that a phrase of bigrams finds any run of characters. A character
here is a grapheme: a letter with its marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer

from corpus.deferred import deferred_pattern
from indexer.text.accent_restoration import marked_endings, restore_ending

VERSION = 2
"""Version of tokens and stems, raised when either changes. An index of another version is stale."""

STEMMERS: dict[str, str] = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Snowball algorithm by BCP 47 code; every other language is searched by its folded words."""

MAX_TOKEN_CHARACTERS = 64
"""Longest folded token; longer ones (base64, genome data) are cut."""

# Python's \w excludes combining marks and would split Indic words; the marks of the BMP's alphabets are added.
_MARKS = "".join(
    chr(c) for c in (*range(0x0300, 0x1E00), *range(0xA66F, 0xAC00)) if unicodedata.category(chr(c))[0] == "M"
)
JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen, zero-width joiner and non-joiner: invisible signs inside words."""
_UNSPACED = (
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{JOINERS}]+[^\W_]*)*")
_CHARACTER = deferred_pattern(rf"[^{JOINERS}][{_MARKS}{JOINERS}]*")


_FIRST_UNSPACED = "\u0e00"
"""The first character of `_UNSPACED`: words of most scripts need no look at them, and no pattern that takes 5 ms."""
_UNSPACED_RUN = deferred_pattern(rf"[{_UNSPACED}](?:[{_UNSPACED}{JOINERS}]*[{_UNSPACED}])?")

# Letters that NFKD does not decompose although people type them without the mark.
_PLAIN = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None,
    "ς": "σ", "\u200c": None, "\u200d": None, "\u00ad": None,
})  # fmt: skip
# Cyrillic letters that NFKD decomposes into another letter and an accent.
_LETTERS = {"\u0438\u0306": "й", "\u0456\u0308": "ї", "\u0443\u0306": "ў", "\u0433\u0301": "ѓ", "\u043a\u0301": "ќ"}
_LETTER = deferred_pattern("|".join(_LETTERS))
# Accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowels. Marks of other scripts are letters and stay.
_ACCENT = deferred_pattern(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A folded token with its position, and its ``start`` and ``end`` offsets in the analysed string."""

    text: str
    position: int
    start: int
    end: int


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return the indexed form of a word: compatibility forms, case and accents folded."""
    if word.isascii():
        return word.lower()[:MAX_TOKEN_CHARACTERS]
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    folded = _ACCENT.sub("", _LETTER.sub(lambda match: _LETTERS[match.group()], folded))
    return unicodedata.normalize("NFC", folded.translate(_PLAIN))[:MAX_TOKEN_CHARACTERS]


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order, with positions from 0."""
    position = 0
    for match in _WORD.finditer(text):
        for form, start, end in _forms(match.group(), match.start()):
            yield Token(form, position, start, end)
            position += 1


def surface(text: str) -> list[str]:
    """Return the folded tokens of ``text`` in order: those of `tokens` without positions and offsets."""
    if text.isascii():
        return [word[:MAX_TOKEN_CHARACTERS] for word in _WORD.findall(text.lower())]
    folded: list[str] = []
    for word in _WORD.findall(text):
        if word.isascii():
            folded.append(word.lower()[:MAX_TOKEN_CHARACTERS])
        else:
            folded += [form for form, _, _ in _forms(word, 0)]
    return folded


def is_unspaced(text: str) -> bool:
    """Return whether all of ``text`` is in scripts without spaces between words."""
    return bool(_UNSPACED_RUN.fullmatch(text))


def _forms(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    if word.isascii() or max(word) < _FIRST_UNSPACED or not _UNSPACED_RUN.search(word):
        if form := fold(word):
            yield form, start, start + len(word)
        return
    previous_end = 0
    for run in _UNSPACED_RUN.finditer(word):
        yield from _spaced(word, previous_end, run.start(), start)
        yield from _pairs(run.group(), start + run.start())
        previous_end = run.end()
    yield from _spaced(word, previous_end, len(word), start)


def _spaced(word: str, begin: int, end: int, start: int) -> Iterator[tuple[str, int, int]]:
    if begin < end and (form := fold(word[begin:end])):
        yield form, start + begin, start + end


def _pairs(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    marks = [match.span() for match in _CHARACTER.finditer(run)]
    if len(marks) == 1:
        yield from _folded(run, start, marks[0], marks[0])
    for first, second in pairwise(marks):
        yield from _folded(run, start, first, second)


def _folded(run: str, start: int, first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    if form := fold(run[first[0] : last[1]]):
        yield form, start + first[0], start + last[1]


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm, 0) if algorithm else None


@cache
def _endings(language: str) -> dict[str, str]:
    return {fold(ending): ending for ending in marked_endings(language)}


@lru_cache(maxsize=1 << 18)
def stem(token: str, language: str) -> str:
    """Return the language-tagged stem of a folded token: ``en:report``, or ``:report`` without a stemmer.

    Words are folded first, so that a word typed without accents has the same stem as one typed with them; the accents
    that a stemmer needs are restored (`indexer.text.accent_restoration`).
    """
    stemmer = _stemmer(language)
    if not stemmer:
        return f":{token}"
    return f"{language}:{fold(stemmer.stemWord(restore_ending(token, language, _endings(language))))}"


def tag(language: str) -> str:
    """Return the tag of stems in ``language``: the language itself, or ``""`` without a stemmer."""
    return language if language in STEMMERS else ""
