"""Write a query tree, or running text, in the query language."""

from __future__ import annotations

from corpus.deferred import deferred_pattern
from corpus.errors import UsageError
from indexer.text.analysis import tokens
from search.grammar.characters import BLANKS, QUOTES
from search.grammar.lexer import GROUPED_NUMBER, OPERATOR, find_prefix
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

_NOTHING = "-*"
_SPECIAL = deferred_pattern(rf"[{BLANKS}(){QUOTES}\\~^]")
_WILDCARD = deferred_pattern(r"[*?]")
_DOUBLED_SIGN = deferred_pattern(r"(?<=&)&|(?<=\|)\|")
_LEADING_SIGN = deferred_pattern(r"[-+!−=]")
_SPECIAL_IN_QUOTES = deferred_pattern(r'["\\]')
_PLAIN_VALUE = deferred_pattern(r"[\w./@-]*\w")


def plain(text: str) -> str:
    r"""Return a query for the words of ``text`` alone: a question, a sentence, a pasted passage.

    Quotation marks, colons, brackets and wildcards only separate words; ``AND`` and ``OR`` are words; a hyphenated word
    becomes its parts. Ask it with `search.request.Request.any`, so that no single word is required.

    Raises:
        UsageError: ``text`` is no text.
    """
    if not isinstance(text, str):
        shown = f"a value of type {type(text).__name__}"
        raise UsageError("request.wrong-argument", parameter="text", accepted="text", value=shown)
    # Tokens have letters, digits and marks only; a backslash makes a word of those that would be operators.
    words = (text[token.start : token.end] for token in tokens(text))
    return " ".join(f"\\{word}" if word.isupper() else word for word in words)


def to_text(query: Query) -> str:
    """Return the canonical text of a query in normal form, which `parse` reads back to the same tree.

    Dates are written out, so that ``last-year`` means the same year when it is read back later. Escapes, and a
    bracket for what was a comma list, may make the text of a very long query longer than `parse` reads.
    """
    operands = [_operand(part, query) for part in children(query)]
    match query:
        case Or():
            return " OR ".join(operands)
        case And():
            text = " ".join(operands)
            return " AND ".join(operands) if GROUPED_NUMBER.search(text) else text
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
            return f"{_prefix(field)}{_escape(pattern, wildcards=True)}"
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
            return _NOTHING
    raise TypeError(query)


def _prefix(field: str) -> str:
    return f"{field}:" if field else ""


def _escape(text: str, *, wildcards: bool = False) -> str:
    """Return a word with a backslash before each character that would be read as something else."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if not wildcards:
        escaped = _WILDCARD.sub(r"\\\g<0>", escaped)
    escaped = _DOUBLED_SIGN.sub(r"\\\g<0>", escaped)
    if OPERATOR.match(text) or _LEADING_SIGN.match(text):
        return f"\\{escaped}"
    if prefix := find_prefix(escaped, 0):
        colon = prefix.span[1]
        return f"{escaped[:colon]}\\{escaped[colon:]}"
    return escaped


def _quote(text: str) -> str:
    inside = _SPECIAL_IN_QUOTES.sub(r"\\\g<0>", text)
    return f'"{inside}"'


def _value(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) and value[0].isalnum() else _quote(value)
