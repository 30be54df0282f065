"""Make a leaf of the query tree from a token: word, phrase, near words, pattern or fuzzy word."""

from __future__ import annotations

import re

from corpus.deferred import deferred_pattern
from corpus.messages import message
from indexer.text.analysis import surface
from indexer.text.joined_words import in_one_piece
from search.grammar.characters import collapse_blanks, strip_punctuation, unescape, unescape_quoted
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import OPTIONAL_FIELDS
from search.grammar.query_tokens import QueryToken, TokenKind
from search.query import All, Fuzzy, Has, Near, Phrase, Query, Wildcard, Word
from search.results import DiagnosticKind

MAX_NEAR_DISTANCE = 1_000
"""Words that may occur between near words. A larger number is read as this one and reported."""
MAX_FUZZY_EDITS = 2
"""Letters by which a fuzzy word may differ. With three, most words of a language would match each other."""

_ESCAPED_CHARACTER = deferred_pattern(r"\\.", re.DOTALL)
_WILDCARD = deferred_pattern(r"[*?]")
_WILDCARD_AT_WORD = deferred_pattern(r"\w[*]|[*]\w|\w[?]\w")


def parse_term(token: QueryToken, diagnostics: DiagnosticCollector) -> Query | None:
    """Return the leaf that a word or phrase token means, without its boost.

    ``~`` and ``^`` suffixes that make no sense are reported here.

    Returns:
        None, with a diagnostic, when the token has no letter or digit.
    """
    field = token.prefix.field.field if token.prefix else ""
    if token.kind is TokenKind.PHRASE:
        return _phrase(token, field, diagnostics)
    text = token.text
    if not text.isalnum():
        if _WILDCARD.search(_ESCAPED_CHARACTER.sub("", text)) and "://" not in text:
            return _wildcard(token, field, diagnostics)
        text = strip_punctuation(collapse_blanks(unescape(text)))
    if not surface(text):
        _report_blank(token, diagnostics)
        return None
    if token.distance is not None and (edits := _parse_edits(token, diagnostics)):
        return Fuzzy(text, edits, field)
    return Word(text, field, token.exact)


def _report_blank(token: QueryToken, diagnostics: DiagnosticCollector) -> None:
    if token.distance is not None or token.boost:
        diagnostics.add(DiagnosticKind.SYNTAX, message("query.suffix-without-word"), token.span)
    else:
        diagnostics.add(DiagnosticKind.HINT, message("query.no-letters"), token.span)


def _phrase(token: QueryToken, field: str, diagnostics: DiagnosticCollector) -> Query | None:
    text = unescape_quoted(token.text)
    words = surface(text)
    if not words:
        _report_blank(token, diagnostics)
        return None
    if _WILDCARD_AT_WORD.search(token.text):
        diagnostics.add(DiagnosticKind.HINT, message("query.wildcard-in-quotes"), token.span)
    if token.distance is None:
        return Phrase(text, field)
    if len(words) < 2:
        diagnostics.add(DiagnosticKind.HINT, message("query.near-one-word"), token.span, f"{text}~")
        return Phrase(text, field)
    return Near(in_one_piece(text, with_blanks=False), parse_distance(token, diagnostics), field)


def parse_distance(token: QueryToken, diagnostics: DiagnosticCollector) -> int:
    """Return the number after ``~`` or ``NEAR/``, at most `MAX_NEAR_DISTANCE`."""
    digits = (token.distance or "").lstrip("0")
    if len(digits) > len(str(MAX_NEAR_DISTANCE)) or int(digits or "0") > MAX_NEAR_DISTANCE:
        diagnostics.add(DiagnosticKind.LIMIT, message("query.near-limit", limit=MAX_NEAR_DISTANCE), token.span)
        return MAX_NEAR_DISTANCE
    return int(digits or "0")


def _parse_edits(token: QueryToken, diagnostics: DiagnosticCollector) -> int:
    digits = surface(token.distance or "1")[0].lstrip("0")  # of any script
    if not digits:
        diagnostics.add(DiagnosticKind.HINT, message("query.fuzzy-zero"), token.span)
        return 0
    if digits not in {"1", "2"}:
        diagnostics.add(DiagnosticKind.LIMIT, message("query.fuzzy-limit", limit=MAX_FUZZY_EDITS), token.span)
        return MAX_FUZZY_EDITS
    return int(digits)


def _wildcard(token: QueryToken, field: str, diagnostics: DiagnosticCollector) -> Query | None:
    # An escaped star cannot be part of a pattern, so it separates words as any punctuation does.
    hyphened = _ESCAPED_CHARACTER.sub(lambda pair: "-" if pair[0][1] in "*?" else pair[0], token.text)
    text = collapse_blanks(unescape(hyphened))
    pattern = strip_punctuation(text, "*?")
    if set(text) == {"*"}:
        return Has(field) if field in OPTIONAL_FIELDS else All()
    if not surface(pattern):
        _report_blank(token, diagnostics)
        return None
    if token.distance is not None:
        diagnostics.add(DiagnosticKind.SYNTAX, message("query.fuzzy-pattern"), token.span)
    word = pattern[:-1]
    if pattern.endswith("?") and not _WILDCARD.search(word):
        diagnostics.add(DiagnosticKind.HINT, message("query.question-mark", word=word), token.span, word)
    return Wildcard(pattern, field)
