r"""Split typed text into tokens. Never raises; every token knows its place in the text.

Escapes stay in the tokens (`QueryToken.text` is a slice of the typed text), because only the parser of a token knows
whether ``\*`` was a star to search for or a wildcard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.deferred import deferred_pattern
from corpus.messages import message
from search.grammar.characters import BLANK_RUN, BLANKS, QUOTES, collapse_blanks, unescape, unescape_quoted
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import QUERY_FIELDS, UNKNOWN_FIELD, FieldUse, QueryField
from search.grammar.query_tokens import FieldPrefix, QueryToken, TokenKind
from search.results import DiagnosticKind

_BRACKETED_NUMBER = r"(?<=\w)\([\w./-]+\)"  # 1674(2006) is one identifier
_GERSHAYIM = r'(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'  # צה"ל, as Hebrew abbreviations are typed
_WORD_RUN = rf"(?:\\.|\\\Z|{_BRACKETED_NUMBER}|{_GERSHAYIM}|\|(?!\|)|&(?!&)|[^{BLANKS}(){QUOTES}\\|&])+"

_PLAIN_WORD = deferred_pattern(rf"[^\W_]+(?=[{BLANKS}]|\Z)")  # most words: nothing but letters and digits
GROUPED_NUMBER = deferred_pattern(
    rf"(?<![\w:.,])[1-9]\d{{0,2}}([ \u00a0\u2009\u202f])\d{{3}}(?:\1\d{{3}}){{0,4}}(?=[{BLANKS})]|\Z)"
)
_OPERAND_BEFORE_NEAR = deferred_pattern(rf"[{BLANKS}]+NEAR/\d")
_OPERAND_OF_NEAR = deferred_pattern(rf"NEAR/\d+[{BLANKS}]+\Z")
_WORD = deferred_pattern(_WORD_RUN, re.DOTALL)
OPERATOR = deferred_pattern(rf"(?:AND|OR|NOT|NEAR/(?P<distance>\d+))(?=[{BLANKS}(){QUOTES}]|\Z)|&&|\|\|")
_SIGN = deferred_pattern(rf"[-+!−](?=[^{BLANKS})])")
_PREFIX = deferred_pattern(r"(?P<name>[^\W\d_](?:[^\W\d]|-)+(?:\.[^\W\d_]+)?)(?P<mark>:|=|[<>]=?)")
_EVERYTHING = deferred_pattern(rf"\*(?::\*)?(?=[{BLANKS}()]|\Z)")
_STRAIGHT_QUOTATION = deferred_pattern(rf'(?:[^"\\]|\\.|\\\Z|{_GERSHAYIM})*+"', re.DOTALL)
_CURLY_QUOTATION = deferred_pattern(rf"(?:[^{QUOTES}\\]|\\.|\\\Z)*+[{QUOTES}]", re.DOTALL)
_BOOST = r"(?:\^(?P<boost>\d+(?:\.\d*)?))?"
_QUOTATION_SUFFIXES = deferred_pattern(rf"(?:~(?P<distance>\d+))?{_BOOST}")
_BRACKET_SUFFIXES = deferred_pattern(rf"(?:~(?P<distance>\d*))?{_BOOST}")
_WORD_AND_SUFFIXES = deferred_pattern(rf"(?P<body>(?:\\.|\\\Z|[^\\])*?)(?:~(?P<distance>\d*))?{_BOOST}\Z", re.DOTALL)
_VALUE_AND_BOOST = deferred_pattern(rf"(?P<body>(?:\\.|\\\Z|[^\\])*?){_BOOST}\Z", re.DOTALL)
_DATE_RANGE = deferred_pattern(r"[\[{]\s*[^\s\[\]{}()]+\s+TO\s+[^\s\[\]{}()]+\s*[\]}]?", re.IGNORECASE)
_LIST_ITEM = deferred_pattern(r"(?:\\.|\\\Z|[^\\,])+", re.DOTALL)
_COMPARISON = deferred_pattern(r"[<>]=?\s+(?=\S)")
_APPROXIMATELY = deferred_pattern(r"(?:ca?\.|circa)\s+(?=\d)", re.IGNORECASE)
_SINGLE_QUOTED = deferred_pattern(rf"'[^'{QUOTES}()]*'(?=[,{BLANKS}()^]|\Z)")
_BARE_ITEM = deferred_pattern(
    rf"(?:\\.|\\\Z|{_BRACKETED_NUMBER}|\|(?!\|)|&(?!&)|[^{BLANKS}(){QUOTES}\\|&,])+", re.DOTALL
)

_URI_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "urn", "doi", "isbn", "issn", "tel", "www", "hdl", "ark"})
"""Names before a colon that are no fields: addresses and identifiers, searched as words."""

_OPERATORS = {"AND": TokenKind.AND, "&&": TokenKind.AND, "OR": TokenKind.OR, "||": TokenKind.OR, "NOT": TokenKind.NOT}


def lex(text: str, diagnostics: DiagnosticCollector) -> Iterator[QueryToken]:
    """Yield the tokens of ``text`` in order, up to its end."""
    offset = 0
    while offset < len(text):
        if blanks := BLANK_RUN.match(text, offset):
            offset = blanks.end()
            continue
        for token in _grouped_number(text, offset) or _next_tokens(text, offset, diagnostics):
            yield token
            offset = token.end


def _next_tokens(text: str, offset: int, diagnostics: DiagnosticCollector) -> tuple[QueryToken, ...]:
    """Return the token at ``offset``, or two if a minus follows the colon instead of preceding the field."""
    if (plain := _PLAIN_WORD.match(text, offset)) and plain.group() not in _OPERATORS:
        return (QueryToken(TokenKind.WORD, offset, plain.end(), plain.group(), offset),)
    if sign := _bracket_or_operator(text, offset, diagnostics):
        return (sign,)
    if text[offset] in QUOTES:
        return (_phrase(text, offset, offset, diagnostics),)
    if everything := _EVERYTHING.match(text, offset):
        return (QueryToken(TokenKind.WORD, offset, everything.end(), "*", offset),)
    if prefix := find_prefix(text, offset):
        return _prefixed_tokens(text, prefix, diagnostics)
    return (_word(text, offset, offset, diagnostics),)


def _grouped_number(text: str, offset: int) -> tuple[QueryToken, ...]:
    """Return the tokens of a number with blanks between its groups of digits: blanks may also separate several.

    Beside NEAR it is one number, since NEAR joins no brackets.
    """
    match = GROUPED_NUMBER.match(text, offset) if text[offset].isdigit() else None
    if not match:
        return ()
    end = match.end()
    is_operand = _OPERAND_BEFORE_NEAR.match(text, end) or _OPERAND_OF_NEAR.search(text[:offset])
    number = QueryToken(TokenKind.WORD, offset, end, match.group(), offset)
    if match[1] != " " or is_operand:
        return (number,)
    groups = [
        QueryToken(TokenKind.WORD, start := offset + group.start(), start + len(group.group()), group.group(), start)
        for group in re.finditer(r"\d+", match.group())
    ]
    return (
        QueryToken(TokenKind.OPEN, offset, offset, "(", offset),
        number,
        QueryToken(TokenKind.OR, offset, offset, "OR", offset),
        *groups,
        QueryToken(TokenKind.CLOSE, end, end),
    )


def _bracket_or_operator(text: str, offset: int, diagnostics: DiagnosticCollector) -> QueryToken | None:
    char = text[offset]
    if char == "(":
        return QueryToken(TokenKind.OPEN, offset, offset + 1, char, offset)
    if char == ")":
        return _closing_bracket(text, offset, diagnostics)
    if operator := OPERATOR.match(text, offset):
        kind = TokenKind.NEAR if operator["distance"] else _OPERATORS[operator.group()]
        return QueryToken(kind, offset, operator.end(), operator.group(), offset, distance=operator["distance"])
    # After a closing quotation mark a hyphen joins: "rights"-based.
    if _SIGN.match(text, offset) and text[max(offset - 1, 0)] not in QUOTES:
        return QueryToken(TokenKind.PLUS if char == "+" else TokenKind.NOT, offset, offset + 1, char, offset)
    return None


def find_prefix(text: str, offset: int) -> FieldPrefix | None:
    """Return the field named at ``offset``, known or not; None where the text only resembles one.

    An unknown name counts as a field only when something is written directly after its colon (``Libya: torture`` is
    two words) and the two are not an address (``http://``).
    """
    match = _PREFIX.match(text, offset)
    if not match:
        return None
    typed, mark = match["name"], match["mark"]
    field = QUERY_FIELDS.get(typed.casefold())
    if mark == ":":
        is_prefix = _is_field(typed, field, text[match.end() : match.end() + 2])
    else:
        uses = {FieldUse.KEYWORD, FieldUse.DATE} if mark == "=" else {FieldUse.DATE}
        is_prefix = field is not None and field.use in uses
    return FieldPrefix(typed, field or UNKNOWN_FIELD, (offset, match.end("name"))) if is_prefix else None


def _is_field(typed: str, field: QueryField | None, after: str) -> bool:
    if after == "//":
        return False
    if field:
        return True
    return typed.casefold() not in _URI_SCHEMES and bool(after) and after[0] not in "):" and not BLANK_RUN.match(after)


_EARLY_YEAR = re.compile(r"-0[0-9]{3}(?![0-9])")
"""A year before Christ as EDTF writes it, whose minus is no exclusion."""


def _prefixed_tokens(text: str, prefix: FieldPrefix, diagnostics: DiagnosticCollector) -> tuple[QueryToken, ...]:
    start, offset = prefix.span
    offset += 1 if text[offset] in ":=" else 0
    if blanks := BLANK_RUN.match(text, offset):
        offset = _value_after_blanks(text, blanks, prefix, diagnostics)
    if offset >= len(text) or text[offset] == ")":
        return (QueryToken(TokenKind.VALUE, start, offset, "", offset, prefix),)
    is_early_year = prefix.field.use is FieldUse.DATE and _EARLY_YEAR.match(text, offset)
    negative = text[offset] in "-!−" and _SIGN.match(text, offset) and not is_early_year
    if negative:
        sentence = message("query.minus-after-colon", field=prefix.typed)
        diagnostics.add(DiagnosticKind.HINT, sentence, (start, offset + 1), f"-{text[start:offset]}")
        offset += 1
    token = replace(_field_value(text, offset, prefix, diagnostics), start=start, prefix=prefix)
    return (QueryToken(TokenKind.NOT, start, start, "-", start), token) if negative else (token,)


def _value_after_blanks(text: str, blanks: re.Match[str], prefix: FieldPrefix, diagnostics: DiagnosticCollector) -> int:
    """Return the offset of the value after a colon and blanks, or the end of the colon if none follows."""
    offset = blanks.end()
    if offset >= len(text) or text[offset] == ")" or OPERATOR.match(text, offset) or find_prefix(text, offset):
        return blanks.start()
    sentence = message("query.space-after-colon", field=prefix.typed)
    diagnostics.add(DiagnosticKind.HINT, sentence, (prefix.span[0], blanks.start()))
    return offset


def _field_value(text: str, offset: int, prefix: FieldPrefix, diagnostics: DiagnosticCollector) -> QueryToken:
    """Return the token directly after a field's colon."""
    if BLANK_RUN.match(text, offset):
        return QueryToken(TokenKind.VALUE, offset, offset, "", offset)
    if text[offset] == "(":
        return QueryToken(TokenKind.OPEN, offset, offset + 1)
    if prefix.field.use is not FieldUse.TEXT:
        return _value_list(text, offset, diagnostics)
    if text[offset] in QUOTES:
        return _phrase(text, offset, offset, diagnostics)
    return _word(text, offset, offset, diagnostics)


def _closing_bracket(text: str, offset: int, diagnostics: DiagnosticCollector) -> QueryToken:
    end, distance, boost = _suffixes(_BRACKET_SUFFIXES, text, offset + 1)
    if distance is not None:
        span = (offset + 1, offset + 2 + len(distance))
        diagnostics.add(DiagnosticKind.SYNTAX, message("query.tilde-after-bracket"), span)
    return QueryToken(TokenKind.CLOSE, offset, end, boost=boost)


def _suffixes(pattern: re.Pattern[str], text: str, offset: int) -> tuple[int, str | None, str]:
    """Return the end of the ``~`` and ``^`` at ``offset``, and the digits after each."""
    match = pattern.match(text, offset)
    return (match.end(), match["distance"], match["boost"] or "") if match else (offset, None, "")


def _quotation_ends(text: str, offset: int, diagnostics: DiagnosticCollector) -> tuple[int, int]:
    """Return the end of the text quoted from ``offset``, and the end of its closing quotation mark."""
    straight = _STRAIGHT_QUOTATION.match(text, offset + 1) if text[offset] == '"' else None
    if closed := straight or _CURLY_QUOTATION.match(text, offset + 1):
        return closed.end() - 1, closed.end()
    diagnostics.add(DiagnosticKind.SYNTAX, message("query.quotation-unclosed"), (offset, offset + 1))
    return len(text), len(text)


def _phrase(text: str, start: int, offset: int, diagnostics: DiagnosticCollector) -> QueryToken:
    inner_end, end = _quotation_ends(text, offset, diagnostics)
    end, distance, boost = _suffixes(_QUOTATION_SUFFIXES, text, end)
    inner = text[offset + 1 : inner_end]
    return QueryToken(TokenKind.PHRASE, start, end, inner, offset + 1, distance=distance, boost=boost)


def _word(text: str, start: int, offset: int, diagnostics: DiagnosticCollector) -> QueryToken:
    after = text[offset + 1 : offset + 2]
    if text[offset] == "=" and after and not BLANK_RUN.match(after) and after not in "()":
        if after in QUOTES:
            return _phrase(text, start, offset + 1, diagnostics)
        return replace(_word_body(text, start, offset + 1), exact=True)
    return _word_body(text, start, offset)


def _word_body(text: str, start: int, offset: int) -> QueryToken:
    run = _WORD.match(text, offset)
    end = run.end() if run else offset + 1
    parts = _WORD_AND_SUFFIXES.match(text[offset:end])
    if not parts:
        return QueryToken(TokenKind.WORD, start, end, text[offset:end], offset)
    boost = parts["boost"] or ""
    return QueryToken(TokenKind.WORD, start, end, parts["body"], offset, distance=parts["distance"], boost=boost)


def _value_list(text: str, offset: int, diagnostics: DiagnosticCollector) -> QueryToken:
    """Return a comma list of values, a date range in brackets, or a comparison or "ca." followed by a blank."""
    end = offset
    if beginning := _COMPARISON.match(text, offset) or _APPROXIMATELY.match(text, offset):
        end = beginning.end()
    while end < len(text):
        end = _item_end(text, end, diagnostics)
        if end >= len(text) or text[end] != ",":
            break
        end += 1
    parts = _VALUE_AND_BOOST.match(text[offset:end])
    body = parts["body"] if parts else text[offset:end]
    if body.endswith(",") and end < len(text):
        diagnostics.add(DiagnosticKind.HINT, message("query.space-after-comma"), (end - 1, end))
    return QueryToken(
        TokenKind.VALUE, offset, max(end, offset + 1), body, offset, boost=(parts and parts["boost"]) or ""
    )


def _item_end(text: str, offset: int, diagnostics: DiagnosticCollector) -> int:
    if text[offset] in QUOTES:
        return _quotation_ends(text, offset, diagnostics)[1]
    for pattern in (_SINGLE_QUOTED, _DATE_RANGE, _BARE_ITEM):
        if match := pattern.match(text, offset):
            return match.end()
    return offset


def split_items(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the items of a comma list: text without escapes, start, end, and whether it was quoted."""
    offset = 0
    unused = DiagnosticCollector()
    while offset < len(text):
        if text[offset] == "," or BLANK_RUN.match(text[offset]):
            offset += 1
        elif text[offset] in QUOTES:
            inner_end, end = _quotation_ends(text, offset, unused)
            yield unescape_quoted(text[offset + 1 : inner_end]), offset, end, True
            offset = end
        elif single := _SINGLE_QUOTED.match(text, offset):
            yield collapse_blanks(single.group()[1:-1]), offset, single.end(), True
            offset = single.end()
        else:
            item = _DATE_RANGE.match(text, offset) or _LIST_ITEM.match(text, offset)
            end = item.end() if item else offset + 1
            yield collapse_blanks(unescape(text[offset:end])), offset, end, False
            offset = end
