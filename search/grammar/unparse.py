"""A query tree as text: `parse` reads it back to the same tree."""

from __future__ import annotations

import re

from search.grammar.lexer import BLANKS, OPERATOR, QUOTES, find_prefix
from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Fuzzy,
    Has,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
    children,
)

NOTHING_TEXT = "-*"
"""How one asks for nothing."""

_SPECIAL = re.compile(rf"[{BLANKS}(){QUOTES}\\~^]")
_WILD = re.compile(r"[*?]")
_DOUBLED = re.compile(r"(?<=&)&|(?<=\|)\|")
_LEADING = re.compile(r"[-+!−=]")
_IN_QUOTES = re.compile(r'["\\]')
_PLAIN_VALUE = re.compile(r"[\w./@-]*\w")


def to_text(query: Query) -> str:
    """The canonical text of a query in normal form.

    Dates are written out, so that ``last-year`` means the same year when it is read back later. Escapes and a
    bracket for what was a comma list may take the text of a query at the caps of `parse` beyond them.
    """
    operands = [_operand(part, query) for part in children(query)]
    match query:
        case Or():
            return " OR ".join(operands)
        case And():
            return " ".join(operands)
        case Not():
            return f"-{operands[0]}"
        case Boost(_, factor):
            weight = f"{factor:.6f}".rstrip("0").rstrip(".")
            return f"{operands[0]}^{weight}"
    return _leaf(query)


def _operand(part: Query, whole: Query) -> str:
    """Return the text of a part of ``whole``, in brackets where an operator in it binds less tightly."""
    return f"({to_text(part)})" if _precedence(part) < _precedence(whole) else to_text(part)


def _precedence(query: Query) -> int:
    return 0 if isinstance(query, Or) else 1 if isinstance(query, And) else 2


def _leaf(query: Query) -> str:
    match query:
        case Word(text, field, exact):
            return f"{_prefix(field)}{'=' if exact else ''}{_escape(text)}"
        case Phrase(text, field):
            return f"{_prefix(field)}{_quote(text)}"
        case Near(text, distance, field):
            return f"{_prefix(field)}{_quote(text)}~{distance}"
        case Wildcard(pattern, field):
            return f"{_prefix(field)}{_escape(pattern, wild=True)}"
        case Fuzzy(text, distance, field):
            return f"{_prefix(field)}{_escape(text)}~{distance if distance > 1 else ''}"
    return _filter(query)


def _filter(query: Query) -> str:
    match query:
        case Value(field, values):
            return f"{field}:{','.join(map(_value, values))}"
        case Has(field):
            return f"has:{field}"
        case DateRange(first, last, within):
            start, end = first.edtf if first else "", last.edtf if last else ""
            name = "date.within" if within else "date"
            return f"{name}:{start}" if first and first == last else f"{name}:{start}..{end}"
        case All():
            return "*"
        case Nothing():
            return NOTHING_TEXT
    raise TypeError(query)


def _prefix(field: str) -> str:
    return f"{field}:" if field else ""


def _escape(text: str, *, wild: bool = False) -> str:
    """A word with a backslash before whatever would be read as something else."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if not wild:
        escaped = _WILD.sub(r"\\\g<0>", escaped)
    escaped = _DOUBLED.sub(r"\\\g<0>", escaped)
    if OPERATOR.match(text) or _LEADING.match(text):
        return f"\\{escaped}"
    if prefix := find_prefix(escaped, 0):
        at = prefix.span[1]
        return f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def _quote(text: str) -> str:
    inside = _IN_QUOTES.sub(r"\\\g<0>", text)
    return f'"{inside}"'


def _value(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) and value[0].isalnum() else _quote(value)
