"""Blanks, quotation marks, escapes and punctuation in typed text."""

from __future__ import annotations

import re
import unicodedata

from corpus.deferred import deferred_pattern

BLANKS = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Characters that separate words, for a regular expression's set. None of them gets into the query tree.

White space, control characters, lone surrogates, zero-width characters and direction marks.
"""

QUOTES = '"“”„‟«»'
"""Characters that open or close a quotation."""

BLANK_RUN = deferred_pattern(rf"[{BLANKS}]+")

_ESCAPE = deferred_pattern(r"\\(.)", re.DOTALL)
_QUOTED_ESCAPE = deferred_pattern(rf"\\([{QUOTES}\\])")


def collapse_blanks(text: str) -> str:
    """Return ``text`` with every run of blanks as one space and none at the ends."""
    return BLANK_RUN.sub(" ", text).strip(" ")


def unescape(raw: str) -> str:
    r"""Return a word without its escapes; a backslash before a letter inside the word stays (``a\b``)."""
    return _ESCAPE.sub(_unescape_one, raw)


def _unescape_one(match: re.Match[str]) -> str:
    return match[0] if match.start() and match[1].isalnum() else match[1]


def unescape_quoted(raw: str) -> str:
    """Return the text of a quotation without its escapes, of quotation marks and backslashes."""
    return collapse_blanks(_QUOTED_ESCAPE.sub(r"\1", raw))


def strip_punctuation(text: str, keep: str = "") -> str:
    """Return ``text`` without punctuation at its ends; the characters of ``keep`` are not punctuation."""
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in keep):
        start += 1
    while end > start and not (_is_part_of_word(text[end - 1]) or text[end - 1] in keep):
        end -= 1
    stripped = text[start:end]
    # The bracket of 1674(2006) is part of the identifier.
    closes = end < len(text) and text[end] == ")" and stripped.count("(") > stripped.count(")")
    return stripped + ")" if closes else stripped


def _is_part_of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
