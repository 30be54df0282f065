"""The only analyser: text to tokens, tokens to stems, for indexing and for queries.

A token is a run of letters and digits with its marks, folded: NFKC, case folded, digits of all scripts as ASCII digits,
Latin, Greek and Cyrillic accents dropped, Arabic vowels dropped and letter forms unified, Devanagari nuktas dropped and
nasals before consonants unified. A letter that only looks like
one with an accent (й, ї, ў) stays as it is. Nothing is dropped: stop words keep their positions.
An apostrophe separates tokens whichever sign it is written with, also one that Unicode calls a letter (мʼякий, oʻzbek).
So all spellings of *l'été* and of *м'який* have the same two tokens, and the elided article is a word of its own.
Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, which has none between
a word and its particles, give character bigrams, so that a phrase of bigrams finds any run of characters. A character
here is a letter with its marks, or the jamo of one syllable. Text in any normal form gives the same tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from corpus.deferred import deferred_pattern
from corpus.fields import MISSING
from indexer.text.accent_restoration import marked_endings, restore_ending
from indexer.text.scripts import SPACELESS, UNSPACED

VERSION = 6
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

# Python's \w excludes combining marks and would split Indic words; the marks of the BMP's alphabets are added, and the
# sound marks of kana, of which Unicode calls some letters or symbols.
_SOUND_MARKS = "\u3099\u309a\u309b\u309c\uff9e\uff9f"
_MARKS = (
    "".join(
        chr(c)
        for c in (*range(0x0300, 0x1E00), *range(0x302A, 0x3030), *range(0xA66F, 0xAC00))
        if unicodedata.category(chr(c))[0] == "M"
    )
    + _SOUND_MARKS
)
JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen, zero-width joiner and non-joiner: invisible signs inside words."""
INSIDE_WORDS = frozenset(_MARKS + JOINERS)
"""Characters that continue a word although they are neither letters nor digits."""
APOSTROPHE_LETTERS = "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02ee\u0374\ua78b\ua78c"
"""Apostrophes that Unicode calls letters. They separate words as ``'`` and ``’`` do."""
_LETTERS_AND_DIGITS = rf"[^\W_{APOSTROPHE_LETTERS}{_SOUND_MARKS}]"
_WORD = re.compile(rf"{_LETTERS_AND_DIGITS}+(?:[{_MARKS}{JOINERS}]+{_LETTERS_AND_DIGITS}*)*")
_SINGLE_CHARACTER = deferred_pattern(rf"[^{JOINERS}][{_MARKS}{JOINERS}]*")
_CHARACTER = deferred_pattern(
    rf"(?:[\u1100-\u1112][\u1161-\u1175]|[\uac00-\ud7a3])[\u11a8-\u11c2]*[{_MARKS}{JOINERS}]*"  # the jamo of a syllable
    rf"|\u0e4d\u0e32|\u0ecd\u0eb2"  # Thai and Lao AM in two parts
    rf"|[^{JOINERS}](?:(?!\u0e4d\u0e32|\u0ecd\u0eb2)[{_MARKS}{JOINERS}])*"
)
"""A character of an unspaced run: the same ones whether the text is composed or decomposed."""
_NIKHAHIT_BEFORE_TONE = deferred_pattern("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])")
"""The first part of Thai or Lao AM before a tone, though Unicode has the tone first."""
_REPEATING = {"\u3005": "", "\u303b": "", "\u309d": "", "\u309e": "\u3099", "\u30fd": "", "\u30fe": "\u3099"}
"""Signs that repeat the character before them, with the sound mark that the repeated one has."""
_SEVERAL_SIGNS = deferred_pattern("[\u1100-\u11ff\u0e4d\u0ecd\u3005\u303b\u309d\u309e\u30fd\u30fe]")
"""Parts of a character, and signs that repeat one: a run without them is taken apart faster."""


_FIRST_UNSPACED = "\u0e00"
"""The first character of `UNSPACED`: words of most scripts need no look at them, and no pattern that takes 5 ms."""
_LINE_END_IN_RUN = rf"(?<=[{SPACELESS}])[ \t]*\n[ \t]*(?=[{SPACELESS}])"
"""The end of a line that ends no word, since the script has no spaces between words. A blank line does end one."""
_BLANKS = " \t"
_RUNS_OVER_LINE_END = deferred_pattern(_LINE_END_IN_RUN)
_WORD_OVER_LINE_ENDS = deferred_pattern(
    rf"{_LETTERS_AND_DIGITS}+(?:(?:[{_MARKS}{JOINERS}]|{_LINE_END_IN_RUN})+{_LETTERS_AND_DIGITS}*)*"
)
_UNSPACED_RUN = deferred_pattern(
    rf"(?![{_MARKS}{_SOUND_MARKS}])[{UNSPACED}](?:(?:[{UNSPACED}{JOINERS}{_SOUND_MARKS}]|{_LINE_END_IN_RUN})*[{UNSPACED}{_SOUND_MARKS}])?"
)


class _FoldedCharacters(dict[int, str | int | None]):
    """The folded form of single characters: some letters by a table, digits of all scripts as ASCII digits."""

    def __missing__(self, code: int) -> str | int:
        digit = unicodedata.decimal(chr(code), None)
        self[code] = folded = code if digit is None else str(digit)
        return folded


# Letters that NFKD does not decompose although people type them without the mark.
_PLAIN_LETTERS: dict[str, str | int | None] = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None,
    "ς": "σ", "\u0901": "\u0902",  # candrabindu to anusvara
    "\u200c": None, "\u200d": None, "\u00ad": None, "\u02bc": None,  # the last one is a part of ŉ
}  # fmt: skip
_PLAIN = _FoldedCharacters(str.maketrans(_PLAIN_LETTERS))
_MARKED_LETTERS = str.maketrans(dict.fromkeys(JOINERS, "") | {"ς": "σ"})
_TURKIC = deferred_pattern("[ŞĞİğı]")
"""Letters of words whose capital I has no dot."""
_MARKED_LETTER = deferred_pattern("[\u00df-\u02af\u0300-\u052f\u1e00-\u1fff]")
"""Letters of Latin, Greek and Cyrillic beyond ASCII, and their marks."""
_SPACING_SOUND_MARKS = str.maketrans({"\u309b": "\u3099", "\u309c": "\u309a"})
_GREEK_IOTA_BELOW = "\u0345"
_CYRILLIC_LETTERS = "йїўѓќ"
"""Letters that NFKD decomposes into another letter and an accent. Private characters take their place meanwhile."""
_PROTECTED = {ord(letter): 0xE000 + place for place, letter in enumerate(_CYRILLIC_LETTERS)}
_PLAIN |= {private: letter for letter, private in _PROTECTED.items()}
# Accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowels; the nukta below Devanagari letters, which is often
# left out. Other marks of other scripts are letters and stay.
_ACCENT = deferred_pattern(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c]+"
)
_VIRAMA, _ANUSVARA = "\u094d", "\u0902"
_NASAL_BEFORE_CONSONANT = deferred_pattern(
    "(?:\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])"
    "|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d]))"
)
"""Devanagari nasals before a consonant of their class, which are as often written with an anusvara: हिन्दी, हिंदी."""


_ASCII = bytes(range(128))
_SPACED = bytes(
    byte if byte > 127 else ord(chr(byte).lower()) if chr(byte).isalnum() else ord(" ") for byte in range(256)
)
"""Translation of every byte that separates words to a space, and of capitals, which a folded word has none of: so
there are fewer spellings to look up. Bytes over 127 belong to letters when it is applied."""


class _Character(Enum):
    LETTER = "letter"  # part of a word; any number of such characters make one token
    BREAK = "break"  # separates words
    OTHER = "other"  # a mark, or of a script without spaces: left to the patterns


class Token(NamedTuple):
    """A folded token with its position, and its ``start`` and ``end`` offsets in the analysed string."""

    text: str
    position: int
    start: int
    end: int


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return the indexed form of a word: compatibility forms, digits, case and accents folded."""
    if word.isascii():
        return word.lower()[:MAX_TOKEN_CHARACTERS]
    # Case folding would make the iota below a letter of its own, which people do not type.
    word = unicodedata.normalize("NFD", word.translate(_SPACING_SOUND_MARKS)).replace(_GREEK_IOTA_BELOW, "")
    composed = unicodedata.normalize("NFKC", word).casefold().translate(_PROTECTED)
    folded = _ACCENT.sub("", unicodedata.normalize("NFKD", composed))
    if _VIRAMA in folded:
        folded = _NASAL_BEFORE_CONSONANT.sub(_ANUSVARA, folded)
    return unicodedata.normalize("NFC", folded.translate(_PLAIN))[:MAX_TOKEN_CHARACTERS]


@dataclass(frozen=True, slots=True)
class FoldedSpelling:
    """A token as folded, and with its marks where folding drops some, else ``""``."""

    folded: str
    marked: str


@lru_cache(maxsize=1 << 18)
def marked_form(word: str) -> str:
    """Return a word folded except for its marks and letters such as đ and ß; ``""`` where folding drops none.

    Only marks of Latin, Greek and Cyrillic letters count. Arabic and Hebrew words are written with or without theirs.
    """
    if word.isascii():
        return ""
    if _TURKIC.search(word):
        word = word.replace("I", "ı")
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).lower().replace("i\u0307", "i"))
    form = lower.translate(_MARKED_LETTERS)[:MAX_TOKEN_CHARACTERS]
    return form if _MARKED_LETTER.search(form) and form != fold(word) else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order, with positions from 0."""
    position = 0
    for match in _word_pattern(text).finditer(text):
        word = match.group()
        if word.isascii():  # nearly all are
            yield Token(word.lower()[:MAX_TOKEN_CHARACTERS], position, *match.span())
            position += 1
            continue
        for form, start, end in _forms(word, match.start()):
            yield Token(form, position, start, end)
            position += 1


def surface(text: str) -> list[str]:
    """Return the folded tokens of ``text`` in order: those of `tokens` without positions and offsets."""
    spaced = space_words(text)
    words = _word_pattern(text).findall(text) if spaced is None else spaced.decode().split()
    if spaced is not None and spaced.isascii() and max(map(len, words), default=0) <= MAX_TOKEN_CHARACTERS:
        return words
    folded: list[str] = []
    for word in words:
        if word.isascii():
            folded.append(word.lower()[:MAX_TOKEN_CHARACTERS])
        else:
            folded += [form for form, _, _ in _forms(word, 0)]
    return folded


def space_words(text: str) -> bytes | None:
    """Return ``text`` in UTF-8 with a space for each byte between words, and capitals of ASCII as small letters.

    So words are told apart in a fraction of the time that a pattern takes.

    Returns:
        None where words are not that simple: of scripts without spaces, or with marks.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if others := raw.translate(None, _ASCII):
        for character in set(others.decode("utf-8", "surrogatepass")):
            kind = _CHARACTERS.get(character) or _classify(character)
            if kind is _Character.OTHER:
                return None
            if kind is _Character.BREAK:
                encoded = character.encode("utf-8", "surrogatepass")
                raw = raw.replace(encoded, b" " * len(encoded))
    return raw.translate(_SPACED)


_CHARACTERS: dict[str, _Character] = {}


def _classify(character: str) -> _Character:
    if character.isalnum() and character not in APOSTROPHE_LETTERS:
        forms = [form for word in _WORD.findall(character * 3) for form, _, _ in _forms(word, 0)]
        kind = _Character.LETTER if len(forms) == 1 else _Character.OTHER
    else:
        inside = unicodedata.category(character)[0] == "M" or character in INSIDE_WORDS
        kind = _Character.OTHER if inside else _Character.BREAK
    _CHARACTERS[character] = kind
    return kind


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, those as one over whose end a word runs in a script without spaces."""
    lines = text.split("\n")
    if len(lines) == 1 or text.isascii() or not _RUNS_OVER_LINE_END.search(text):
        return lines
    united = [[lines[0]]]
    for before, line in pairwise(lines):
        if _RUNS_OVER_LINE_END.search(f"{before.rstrip(_BLANKS)[-1:]}\n{line.lstrip(_BLANKS)[:1]}"):
            united[-1].append(line)
        else:
            united.append([line])
    return list(map("\n".join, united))


def _word_pattern(text: str) -> re.Pattern[str]:
    if text.isascii() or "\n" not in text or not _RUNS_OVER_LINE_END.search(text):
        return _WORD
    return _WORD_OVER_LINE_ENDS


def spellings(text: str) -> Iterator[FoldedSpelling]:
    """Yield the spelling of each token of ``text``, in order."""
    for token in tokens(text):
        yield FoldedSpelling(token.text, marked_form(text[token.start : token.end]))


def typed_marks(word: str) -> str:
    """Return the first token of ``word`` with its marks; ``""`` where folding drops none."""
    return "" if word.isascii() else next((spelling.marked for spelling in spellings(word)), "")


def has_marks(text: str) -> bool:
    """Return whether a token of ``text`` loses marks when it is folded."""
    return not text.isascii() and any(spelling.marked for spelling in spellings(text))


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
    pattern = _SINGLE_CHARACTER
    if _SEVERAL_SIGNS.search(run):
        run, pattern = _NIKHAHIT_BEFORE_TONE.sub(r"\2\1", run), _CHARACTER
    spans = [match.span() for match in pattern.finditer(run)]
    over_line_end = "\n" in run
    if over_line_end:
        spans = [span for span in spans if not run[span[0]].isspace()]
    if over_line_end or pattern is _CHARACTER:
        characters = list(_without_repetition(run[begin:end] for begin, end in spans))
        pairs = ["".join(pair) for pair in pairwise(characters)] or characters
    else:
        pairs = [run[first[0] : second[1]] for first, second in pairwise(spans)] or [run]
    ends = spans[1:] or spans
    for pair, (begin, _), (_, end) in zip(pairs, spans, ends, strict=False):
        if form := fold(pair):
            yield form, start + begin, start + end


def _without_repetition(characters: Iterable[str]) -> Iterator[str]:
    """Yield characters, each sign that repeats the one before replaced by it."""
    before = ""
    for character in characters:
        sign = unicodedata.normalize("NFC", character)
        if before and sign in _REPEATING:
            repeated = unicodedata.normalize("NFD", before)[0] if sign >= "\u3040" else before
            before = repeated + _REPEATING[sign]
        else:
            before = character
        yield before


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


SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_]+")
"""Runs of spaces, hyphens, dashes and underscores, which are alike in keyword values."""


def value_key(value: str) -> str:
    """Return the key by which keyword values are compared: folded, with hyphens and underscores as spaces.

    ``none`` and the empty value have the same key, since a query cannot tell them apart.
    """
    key = " ".join(fold(piece) for piece in SEPARATORS.split(value) if piece)
    return "" if key == MISSING else key
