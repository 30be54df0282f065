"""A token to a leaf of the tree: word, phrase, near words, word pattern, near spelling."""

from __future__ import annotations

import re

from indexer.text.analysis import surface
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import OPTIONAL_FIELDS
from search.grammar.lexer import QueryToken, TokenKind, collapse_blanks, is_letter, unescape, unescape_quoted
from search.query import All, Fuzzy, Has, Near, Phrase, Query, Wildcard, Word
from search.results import DiagnosticKind

MAX_NEAR_DISTANCE = 1_000
"""Most words that may stand between near ones."""
MAX_FUZZY_EDITS = 2
"""Most letters a near spelling may differ in."""

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_WILD = re.compile(r"[*?]")


def parse_term(token: QueryToken, notes: DiagnosticCollector) -> Query | None:
    """What a word or phrase token asks for; None, with a note, when there is no letter or digit in it.

    The whole token is spoken for: ``~`` and ``^`` suffixes that make no sense are noted here. The boost is the
    parser's.
    """
    field = token.prefix.name.field if token.prefix else ""
    if token.kind is TokenKind.PHRASE:
        return _phrase(token, field, notes)
    text = token.text
    if not text.isalnum():
        if _WILD.search(_ESCAPED.sub("", text)) and "://" not in text:
            return _wildcard(token, field, notes)
        text = strip_punctuation(collapse_blanks(unescape(text)))
    if not surface(text):
        _note_blank(token, notes)
        return None
    if token.near is not None and (distance := _edits(token, notes)):
        return Fuzzy(text, distance, field)
    return Word(text, field, token.exact)


def _note_blank(token: QueryToken, notes: DiagnosticCollector) -> None:
    if token.near is not None or token.boost:
        message = "nothing stands before this sign; write it right behind a word, a phrase or a bracket"
        notes.add(DiagnosticKind.SYNTAX, message, token.span)
    else:
        notes.add(DiagnosticKind.HINT, "there is no letter or digit in this, so it is left out", token.span)


def strip_punctuation(text: str, also: str = "") -> str:
    """``text`` without punctuation at its ends; the characters of ``also`` are none."""
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in also):
        start += 1
    while end > start and not (is_letter(text[end - 1]) or text[end - 1] in also):
        end -= 1
    kept = text[start:end]
    closed = end < len(text) and text[end] == ")" and kept.count("(") > kept.count(")")
    return kept + ")" if closed else kept  # 1674(2006)


def _phrase(token: QueryToken, field: str, notes: DiagnosticCollector) -> Query | None:
    text = unescape_quoted(token.text)
    words = surface(text)
    if not words:
        _note_blank(token, notes)
        return None
    if _WILD.search(token.text) and re.search(r"\w[*]|[*]\w|\w[?]\w", token.text):
        notes.add(DiagnosticKind.HINT, "inside quotation marks * and ? stand for no letters", token.span)
    if token.near is None:
        return Phrase(text, field)
    if len(words) < 2:
        message = "one word has nothing to be near to; ~ finds near spellings of a word without quotation marks"
        notes.add(DiagnosticKind.HINT, message, token.span, f"{text}~")
        return Phrase(text, field)
    return Near(text, parse_distance(token, notes), field)


def parse_distance(token: QueryToken, notes: DiagnosticCollector) -> int:
    """The number behind ``~`` or ``NEAR/``, no more than `MAX_NEAR_DISTANCE`."""
    digits = (token.near or "").lstrip("0")
    if len(digits) > 4 or int(digits or "0") > MAX_NEAR_DISTANCE:
        notes.add(DiagnosticKind.LIMIT, f"words are near within {MAX_NEAR_DISTANCE} words at most", token.span)
        return MAX_NEAR_DISTANCE
    return int(digits or "0")


def _edits(token: QueryToken, notes: DiagnosticCollector) -> int:
    digits = (token.near or "").lstrip("0")
    if token.near and not digits:
        notes.add(DiagnosticKind.HINT, "spellings no letter apart are the word itself", token.span)
        return 0
    if digits not in {"", "1", "2"}:
        notes.add(DiagnosticKind.LIMIT, f"spellings are near within {MAX_FUZZY_EDITS} letters at most", token.span)
        return MAX_FUZZY_EDITS
    return int(digits or "1")


def _wildcard(token: QueryToken, field: str, notes: DiagnosticCollector) -> Query | None:
    # A star meant as a star cannot be part of a pattern: it parts words, as any punctuation does.
    text = collapse_blanks(unescape(_ESCAPED.sub(lambda pair: "-" if pair[0][1] in "*?" else pair[0], token.text)))
    pattern = strip_punctuation(text, "*?")
    if set(text) == {"*"}:
        return Has(field) if field in OPTIONAL_FIELDS else All()
    if not surface(pattern):
        _note_blank(token, notes)
        return None
    if token.near is not None:
        notes.add(DiagnosticKind.SYNTAX, "a pattern with * or ? has no near spellings; ~ is left out", token.span)
    stem = pattern[:-1]
    if pattern.endswith("?") and not _WILD.search(stem):
        message = f"? stands for one more letter after “{stem}”; leave it out if you were asking a question"
        notes.add(DiagnosticKind.HINT, message, token.span, stem)
    return Wildcard(pattern, field)
