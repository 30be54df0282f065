"""Normalisation of extracted text: line ends, hyphens at line ends, letter-spacing, forbidden characters.

`clean` returns text as `corpus.document.Page.text` requires it. A word divided at a line end keeps its hyphen and the
line end, since only the whole document tells whether the hyphen belongs to the word (`indexer.text.divided_words`).
"""

from __future__ import annotations

import re
import unicodedata

from corpus.deferred import deferred_pattern
from indexer.text.scripts import SPACELESS

# PDFium writes U+FFFE for a hyphen that ends a line, and leaves the line end out: so in all 259 places of 93 reports.
# A soft hyphen is visible only at a line end.
_LINE_HYPHEN = re.compile(
    "\ufffe(?<=[^\\s\\-\u2010\u2011].)[ \t]*(?:\r\n|[\n\v\f\r\x85\u2028\u2029])?"
    "|\u00ad(?<=[^\\s\\-\u2010\u2011].)[ \t]*(?:\r\n|[\n\v\f\r\x85\u2028\u2029]|\\Z)"
)
_LINE_HYPHEN_BYTES = "\ufffe".encode()
_INVISIBLE = re.compile("[\ufffe\u00ad]+")
# C0 and C1 controls, byte order marks and noncharacters: not text, and some of them break JSON or XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\uffff\ufdd0-\ufdef]")
# The same for ASCII text, which `str.translate` processes several times as fast as any pattern.
_ASCII_TABLE = tuple(None if _FORBIDDEN.match(chr(code)) else chr(code) for code in range(128))
# Bytes of UTF-8 that most text has alone: allowed ASCII characters, letters up to Arabic, general punctuation.
_ORDINARY_BYTES = bytes(
    code for code in range(0xE3) if (_ASCII_TABLE[code] if code < 128 else code not in (0xE0, 0xE1))
)
_C1_CONTROL = re.compile(b"\xc2[\x80-\x9f]")

_BLANKS = " \t\u00a0\u2007\u202f\u200b\u2060"
"""Blanks that are nothing at the end of a line, those that permit or prevent a line's end included."""
MIN_DOUBLE_SPACED_LINES = 8
"""Lines that a typescript must have for the blank lines between them to be its spacing."""
MIN_SINGLE_SHARE = 0.9
"""Share of its lines that have blank lines on both sides."""
MAX_PARAGRAPH_LINE_CHARACTERS = 120
"""Longest line of a typescript; in texts with a paragraph on each line most are longer."""
MIN_LETTER_SPACES = 2
"""Fewest blanks between single characters in a letter-spaced line; one alone may separate two words."""
_SPACED_OUT = deferred_pattern(f"[{SPACELESS}] [{SPACELESS}] [{SPACELESS}]")
_CLOSE_PAIR = deferred_pattern(f"[{SPACELESS}](?=[{SPACELESS}])")
_LETTER_SPACE = deferred_pattern(
    f"(?<=[{SPACELESS}\u3001-\u3011\uff01-\uff1f]) (?=[{SPACELESS}\u3001-\u3011\uff01-\uff1f])"
)

_SINGLE_LETTERS = re.compile(r" [^\W\d_] [^\W\d_](?:\s|\Z)")
"""Occurs in every line of five letters or more that is letter-spaced, and in few others."""
_WORD_GAP = re.compile(r"[ \t]{2,}")
_SPACED_WORD = re.compile(r"[^\W_](?: [^\W_])*(?: ?[.,:;!?])?")
MIN_SPACED_LETTERS = 5
"""Fewest letters of a letter-spaced line: initials and column heads have fewer."""
MAX_SPACED_LETTERS = 24
"""Most letters of a word in it: more are several words with as small a blank between them as between letters."""
MIN_DISTINCT_LETTERS = 3
_FIRST_UNSPACED = "\u0e00"
"""First character of the scripts whose words are not told by blanks, so that a blank more tells nothing."""
_ANSWERS = frozenset("abcdef")
_INITIALS_OF_MONTHS = "jfmamjjasond"
_VOWELS = frozenset("aeiouyаеиоуыэюяёіїєαεηιουω")
MAX_LETTERS_OF_A_VOWEL = 6
"""Letters of a word for each of its vowels, at most."""


def clean(text: str) -> str:
    r"""Normalise the text of a page. The function is idempotent.

    Args:
        text: the text as a library extracted it.

    Returns:
        NFC text with ``\n`` line ends, without control characters, soft hyphens or surrogates. A hyphen at a line end
        that its library marks by another character is ``-``.
    """
    if (
        text.isascii() and text.isprintable() and not _SINGLE_LETTERS.search(text)
    ):  # one plain line, as many readers clean text line by line
        return text.strip(" ")
    try:
        raw = text.encode()  # fails only for surrogates, and is faster than a search for them
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        raw = text.encode()
    is_ordinary = _is_ordinary(raw)
    if not is_ordinary:
        text = text.translate(_ASCII_TABLE) if text.isascii() else _FORBIDDEN.sub("", text)
    if "\ufffe" in text or "\u00ad" in text:
        text = _INVISIBLE.sub("", _LINE_HYPHEN.sub("-\n", text))
    # `splitlines` splits at every line end of Unicode; the separators U+001C to U+001E were removed above.
    text = "\n".join([line.rstrip(_BLANKS) for line in text.splitlines()])
    text = unicodedata.normalize("NFC", text)
    if not is_ordinary and not text.isascii() and _SPACED_OUT.search(text):
        text = "\n".join(map(_without_letter_spacing, text.split("\n")))
    if _SINGLE_LETTERS.search(text):
        text = "\n".join(map(join_spaced_letters, text.split("\n")))
    return text.strip("\n \t")


def join_spaced_letters(line: str) -> str:
    """Return a line whose words are set with a blank between all letters, and more between words, with whole words.

    Lists of letters are left as they are: alphabets, answers, initials of days and months, symbols of a formula.
    """
    if not _SINGLE_LETTERS.search(line):
        return line
    groups = _WORD_GAP.split(line.strip(_BLANKS))
    words = [group.replace(" ", "") for group in groups]
    spaced = [word for group, word in zip(groups, words, strict=True) if " " in group]
    if any(" " in group and not _SPACED_WORD.fullmatch(group) for group in groups):
        return line
    indent = line[: len(line) - len(line.lstrip(_BLANKS))]
    return indent + " ".join(words) if spaced and _are_words(spaced) else line


def _are_words(spaced: list[str]) -> bool:
    """Return whether letters that are set apart are words."""
    words = ["".join(filter(str.isalpha, word)) for word in spaced if not word.isdigit()]
    letters = "".join(words).casefold()
    vowels = sum(letter in _VOWELS for letter in unicodedata.normalize("NFD", letters))
    return (
        len(letters) >= MIN_SPACED_LETTERS
        and max(letters) < _FIRST_UNSPACED
        and 2 < max(map(len, words)) <= MAX_SPACED_LETTERS
        and all(word == word.upper() or word[1:] == word[1:].lower() for word in words)
        and len(set(letters)) >= MIN_DISTINCT_LETTERS
        and not _ANSWERS.issuperset(letters)
        and letters != _INITIALS_OF_MONTHS
        and sorted(letters) != list(letters)
        and (vowels * MAX_LETTERS_OF_A_VOWEL >= len(letters) or not _has_vowels(letters))
    )


def _has_vowels(letters: str) -> bool:
    """Return whether the script of a word writes vowels, as Latin, Greek and Cyrillic do."""
    return letters[0] < "\u0530"


def single_spaced(text: str) -> str:
    """Return a text without blank lines if it is a typescript with one behind each line; else as it is.

    Its lines then go on in the next ones: a quarter of them begin with a small letter.
    """
    lines = text.split("\n\n")
    continued = sum(line[:1].islower() for line in lines)
    if len(lines) < MIN_DOUBLE_SPACED_LINES or continued * 4 < len(lines):
        return text
    single = sum("\n" not in line.strip("\n") and len(line) <= MAX_PARAGRAPH_LINE_CHARACTERS for line in lines)
    return "\n".join(lines) if single >= MIN_SINGLE_SHARE * len(lines) else text


def _is_ordinary(raw: bytes) -> bool:
    """Return whether a text, given in UTF-8, has neither forbidden characters nor scripts without spaces."""
    raw = raw.replace(_LINE_HYPHEN_BYTES, b"")
    return not raw.translate(None, _ORDINARY_BYTES) and not _C1_CONTROL.search(raw)


def _without_letter_spacing(line: str) -> str:
    """Return a line without the blanks that set its characters apart, in scripts that put none between words."""
    blanks, close_pairs = len(_LETTER_SPACE.findall(line)), len(_CLOSE_PAIR.findall(line))
    return _LETTER_SPACE.sub("", line) if blanks >= MIN_LETTER_SPACES and blanks > close_pairs else line
