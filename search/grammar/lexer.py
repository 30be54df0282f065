r"""Typed text to tokens. Never raises; every token knows where it stood.

Escapes stay in the tokens (`Token.text` is a slice of the typed text), because only the reader of a token knows whether
``\*`` was a star to look for or a star that stands for letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from search.grammar.diagnostics import DiagnosticCollector, Span
from search.grammar.field_names import QUERY_FIELDS, UNKNOWN_FIELD, FieldUse, QueryField
from search.results import DiagnosticKind

# Control characters, lone surrogates, zero-width and direction marks part words as spaces do and never get further.
BLANKS = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
QUOTES = '"“”„‟«»'
_INNER = r"(?<=\w)\([\w./-]+\)"  # 1674(2006) is one identifier
_RUN = rf"(?:\\.|\\\Z|{_INNER}|\|(?!\|)|&(?!&)|[^{BLANKS}(){QUOTES}\\|&])+"

_BLANK = re.compile(rf"[{BLANKS}]+")
_PLAIN = re.compile(rf"[^\W_]+(?=[{BLANKS}]|\Z)")  # most words: nothing but letters and digits
_WORD = re.compile(_RUN, re.DOTALL)
OPERATOR = re.compile(rf"(?:AND|OR|NOT|NEAR/(?P<near>\d+))(?=[{BLANKS}(){QUOTES}]|\Z)|&&|\|\|")
_SIGN = re.compile(rf"[-+!−](?=[^{BLANKS})])")
_PREFIX = re.compile(r"(?P<name>[^\W\d_](?:[^\W\d]|-)+(?:\.[^\W\d_]+)?)(?P<mark>:|=|[<>]=?)")
_EVERYTHING = re.compile(rf"\*(?::\*)?(?=[{BLANKS}()]|\Z)")
_STRAIGHT = re.compile(r'(?:[^"\\]|\\.|\\\Z)*+"', re.DOTALL)
_CURLY = re.compile(rf"(?:[^{QUOTES}\\]|\\.|\\\Z)*+[{QUOTES}]", re.DOTALL)
_BOOST = r"(?:\^(?P<boost>\d+(?:\.\d*)?))?"
_AFTER_QUOTE = re.compile(rf"(?:~(?P<near>\d+))?{_BOOST}")
_AFTER_GROUP = re.compile(rf"(?:~(?P<near>\d*))?{_BOOST}")
_BODY = re.compile(rf"(?P<body>(?:\\.|\\\Z|[^\\])*?)(?:~(?P<near>\d*))?{_BOOST}\Z", re.DOTALL)
_VALUE_BODY = re.compile(rf"(?P<body>(?:\\.|\\\Z|[^\\])*?){_BOOST}\Z", re.DOTALL)
_BRACKET = re.compile(r"[\[{]\s*[^\s\[\]{}()]+\s+TO\s+[^\s\[\]{}()]+\s*[\]}]?", re.IGNORECASE)
_LISTED = re.compile(r"(?:\\.|\\\Z|[^\\,])+", re.DOTALL)
_COMPARISON = re.compile(r"[<>]=?\s+(?=\S)")
_SINGLE = re.compile(rf"'[^'{QUOTES}()]*'(?=[,{BLANKS}()^]|\Z)")
_BARE = re.compile(rf"(?:\\.|\\\Z|{_INNER}|\|(?!\|)|&(?!&)|[^{BLANKS}(){QUOTES}\\|&,])+", re.DOTALL)
# Written before a colon without being a field: addresses and numbering schemes, looked for as words.
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "urn", "doi", "isbn", "issn", "tel", "www", "hdl", "ark"})


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    VALUE = "value"  # what follows a field that is not searched by words
    OPEN = "open"
    CLOSE = "close"
    AND = "and"
    OR = "or"
    NOT = "not"
    PLUS = "plus"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Prefix:
    """A name and its colon: the name as typed, what it means, and where the name stands."""

    typed: str
    name: QueryField
    span: Span


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One token.

    Attributes:
        kind: what it is.
        start, end: the whole of it in the typed text, prefix and suffixes included.
        text: its body as typed, escapes and all.
        at: where ``text`` begins.
        prefix: the field typed before it.
        near: digits after ``~`` (``""`` for a bare one); of NEAR its number; None without.
        boost: digits after ``^``, or ``""``.
        exact: whether ``=`` stood before it.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    at: int = 0
    prefix: Prefix | None = None
    near: str | None = None
    boost: str = ""
    exact: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


_OPERATORS = {"AND": TokenKind.AND, "&&": TokenKind.AND, "OR": TokenKind.OR, "||": TokenKind.OR, "NOT": TokenKind.NOT}


def lex(text: str, notes: DiagnosticCollector) -> Iterator[QueryToken]:
    """The tokens of ``text`` in order, up to its end."""
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        for token in _next(text, at, notes):
            yield token
            at = token.end


def _next(text: str, at: int, notes: DiagnosticCollector) -> tuple[QueryToken, ...]:
    """The token at ``at``; two when a minus was typed behind the colon instead of before the name."""
    if (plain := _PLAIN.match(text, at)) and plain.group() not in _OPERATORS:
        return (QueryToken(TokenKind.WORD, at, plain.end(), plain.group(), at),)
    if sign := _sign(text, at, notes):
        return (sign,)
    if text[at] in QUOTES:
        return (_phrase(text, at, at, notes),)
    if everything := _EVERYTHING.match(text, at):
        return (QueryToken(TokenKind.WORD, at, everything.end(), "*", at),)
    if prefix := find_prefix(text, at):
        return _prefixed(text, prefix, notes)
    return (_word(text, at, at, notes),)


def _sign(text: str, at: int, notes: DiagnosticCollector) -> QueryToken | None:
    """The bracket or operator at ``at``."""
    char = text[at]
    if char == "(":
        return QueryToken(TokenKind.OPEN, at, at + 1, char, at)
    if char == ")":
        return _closing(text, at, notes)
    if operator := OPERATOR.match(text, at):
        kind = TokenKind.NEAR if operator["near"] else _OPERATORS[operator.group()]
        return QueryToken(kind, at, operator.end(), operator.group(), at, near=operator["near"])
    # Behind a closing quotation mark a hyphen joins: "rights"-based.
    if _SIGN.match(text, at) and text[max(at - 1, 0)] not in QUOTES:
        return QueryToken(TokenKind.PLUS if char == "+" else TokenKind.NOT, at, at + 1, char, at)
    return None


def find_prefix(text: str, at: int) -> Prefix | None:
    """The field that is named at ``at``, known or not; None when what stands there only looks a little like one.

    A name nobody knows counts only with something written against the colon (``Libya: torture`` is two words) that
    makes no address of it (``http://``).
    """
    found = _PREFIX.match(text, at)
    if not found:
        return None
    typed, mark = found["name"], found["mark"]
    name = QUERY_FIELDS.get(typed.casefold())
    if mark == ":":
        wanted = _is_field(typed, name, text[found.end() : found.end() + 2])
    else:
        wanted = name is not None and name.role in (
            {FieldUse.KEYWORD, FieldUse.DATE} if mark == "=" else {FieldUse.DATE}
        )
    return Prefix(typed, name or UNKNOWN_FIELD, (at, found.end("name"))) if wanted else None


def _is_field(typed: str, name: QueryField | None, after: str) -> bool:
    if after == "//":
        return False
    if name:
        return True
    return typed.casefold() not in _SCHEMES and bool(after) and after[0] not in "):" and not _BLANK.match(after)


def _prefixed(text: str, prefix: Prefix, notes: DiagnosticCollector) -> tuple[QueryToken, ...]:
    start, at = prefix.span
    at += 1 if text[at] in ":=" else 0
    if blank := _BLANK.match(text, at):
        at = _across(text, blank, prefix, notes)
    if at >= len(text) or text[at] == ")":
        return (QueryToken(TokenKind.VALUE, start, at, "", at, prefix),)
    negative = text[at] in "-!−" and _SIGN.match(text, at)
    if negative:
        message = f"to leave documents out, the minus stands before {prefix.typed}, and so it is read"
        notes.add(DiagnosticKind.HINT, message, (start, at + 1), f"-{text[start:at]}")
        at += 1
    token = replace(_behind(text, at, prefix, notes), start=start, prefix=prefix)
    return (QueryToken(TokenKind.NOT, start, start, "-", start), token) if negative else (token,)


def _across(text: str, blank: re.Match[str], prefix: Prefix, notes: DiagnosticCollector) -> int:
    """Where the value of a known field begins when blanks follow its colon; the colon itself when none does."""
    at = blank.end()
    if at >= len(text) or text[at] == ")" or OPERATOR.match(text, at) or find_prefix(text, at):
        return blank.start()
    message = f"read as {prefix.typed}: with what follows; write it without the space"
    notes.add(DiagnosticKind.HINT, message, (prefix.span[0], blank.start()))
    return at


def _behind(text: str, at: int, prefix: Prefix, notes: DiagnosticCollector) -> QueryToken:
    """The token written behind a field's colon."""
    if _BLANK.match(text, at):
        return QueryToken(TokenKind.VALUE, at, at, "", at)
    if text[at] == "(":
        return QueryToken(TokenKind.OPEN, at, at + 1)
    if prefix.name.role is not FieldUse.TEXT:
        return _value(text, at, notes)
    if text[at] in QUOTES:
        return _phrase(text, at, at, notes)
    return _word(text, at, at, notes)


def _closing(text: str, at: int, notes: DiagnosticCollector) -> QueryToken:
    end, near, boost = _suffixes(_AFTER_GROUP, text, at + 1)
    if near is not None:
        span = (at + 1, at + 2 + len(near))
        notes.add(DiagnosticKind.SYNTAX, "~ belongs to a word or a phrase, not to brackets; it is left out", span)
    return QueryToken(TokenKind.CLOSE, at, end, boost=boost)


def _suffixes(pattern: re.Pattern[str], text: str, at: int) -> tuple[int, str | None, str]:
    """Where the ``~`` and ``^`` at ``at`` end, and the digits behind each."""
    found = pattern.match(text, at)
    return (found.end(), found["near"], found["boost"] or "") if found else (at, None, "")


def _quoted(text: str, at: int, notes: DiagnosticCollector) -> tuple[int, int]:
    """Where the inside of the quotation opened at ``at`` ends, and where what follows it begins."""
    closed = (_STRAIGHT.match(text, at + 1) if text[at] == '"' else None) or _CURLY.match(text, at + 1)
    if closed:
        return closed.end() - 1, closed.end()
    notes.add(DiagnosticKind.SYNTAX, "this quotation is not closed; it is read to the end", (at, at + 1))
    return len(text), len(text)


def _phrase(text: str, start: int, at: int, notes: DiagnosticCollector) -> QueryToken:
    inner, end = _quoted(text, at, notes)
    after, near, boost = _suffixes(_AFTER_QUOTE, text, end)
    return QueryToken(TokenKind.PHRASE, start, after, text[at + 1 : inner], at + 1, near=near, boost=boost)


def _word(text: str, start: int, at: int, notes: DiagnosticCollector) -> QueryToken:
    if text[at] == "=" and at + 1 < len(text) and not _BLANK.match(text, at + 1) and text[at + 1] not in "()":
        if text[at + 1] in QUOTES:
            return _phrase(text, start, at + 1, notes)
        return replace(_word_body(text, start, at + 1), exact=True)
    return _word_body(text, start, at)


def _word_body(text: str, start: int, at: int) -> QueryToken:
    run = _WORD.match(text, at)
    end = run.end() if run else at + 1
    parts = _BODY.match(text[at:end])
    if not parts:
        return QueryToken(TokenKind.WORD, start, end, text[at:end], at)
    boost = parts["boost"] or ""
    return QueryToken(TokenKind.WORD, start, end, parts["body"], at, near=parts["near"], boost=boost)


def _value(text: str, at: int, notes: DiagnosticCollector) -> QueryToken:
    """A comma list of values, quoted or bare; a date span in brackets; a comparison with a blank behind it."""
    end = at
    if comparison := _COMPARISON.match(text, at):
        end = comparison.end()
    while end < len(text):
        end = _item(text, end, notes)
        if end >= len(text) or text[end] != ",":
            break
        end += 1
    parts = _VALUE_BODY.match(text[at:end])
    body = parts["body"] if parts else text[at:end]
    if body.endswith(",") and end < len(text):
        notes.add(DiagnosticKind.HINT, "a list of values has no space behind its commas", (end - 1, end))
    return QueryToken(TokenKind.VALUE, at, max(end, at + 1), body, at, boost=(parts and parts["boost"]) or "")


def _item(text: str, at: int, notes: DiagnosticCollector) -> int:
    if text[at] in QUOTES:
        return _quoted(text, at, notes)[1]
    for pattern in (_SINGLE, _BRACKET, _BARE):
        if found := pattern.match(text, at):
            return found.end()
    return at


def split_items(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """The items of a comma list: each without escapes, its start and end in ``text``, whether it was quoted."""
    at = 0
    silent = DiagnosticCollector()
    while at < len(text):
        if text[at] == "," or _BLANK.match(text[at]):
            at += 1
        elif text[at] in QUOTES:
            inner, end = _quoted(text, at, silent)
            yield unescape_quoted(text[at + 1 : inner]), at, end, True
            at = end
        elif single := _SINGLE.match(text, at):
            yield collapse_blanks(single.group()[1:-1]), at, single.end(), True
            at = single.end()
        else:
            end = _list_end(text, at)
            yield collapse_blanks(unescape(text[at:end])), at, end, False
            at = end


def _list_end(text: str, at: int) -> int:
    found = _BRACKET.match(text, at) or _LISTED.match(text, at)
    return found.end() if found else at + 1


def collapse_blanks(text: str) -> str:
    """``text`` with every run of blanks and control characters as one space, none at the ends."""
    return _BLANK.sub(" ", text).strip(" ")


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_QUOTED_ESCAPE = re.compile(rf"\\([{QUOTES}\\])")


def unescape(raw: str) -> str:
    r"""A word without its escapes; inside a word, a backslash before a letter is only a backslash (``a\b``)."""
    return _ESCAPE.sub(_unescaped, raw)


def _unescaped(found: re.Match[str]) -> str:
    return found[0] if found.start() and found[1].isalnum() else found[1]


def unescape_quoted(raw: str) -> str:
    """A quotation without its escapes: only quotes and backslashes can be escaped there."""
    return collapse_blanks(_QUOTED_ESCAPE.sub(r"\1", raw))


def is_letter(char: str) -> bool:
    """Whether ``char`` belongs to words: a letter, a digit or a mark on one."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"
