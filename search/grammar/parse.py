"""Typed text to a query tree. Never raises: what cannot be read is left out, and said.

    query := clause { OR clause }
    clause := unit { [AND | NEAR/n] unit }
    unit := { NOT | ! | - | + } ( word | phrase | field:value | [field:] "(" query ")" )

The reader keeps its open brackets on a list of its own, so that no depth of typed brackets can exhaust the stack.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from search.grammar.clauses import Group, add_operand, add_operator, finish_group, scope_of
from search.grammar.diagnostics import DiagnosticCollector, Span
from search.grammar.field_names import QUERY_FIELDS, UNKNOWN_FIELD, FieldUse
from search.grammar.filters import KnownValues, ParseContext, parse_field_value, parse_scope, report_unknown_field
from search.grammar.lexer import Prefix, QueryToken, TokenKind, lex
from search.grammar.normal_form import MAX_BOOST, apply_boost, count_terms, is_filter, negate, scope_to_field
from search.grammar.terms import parse_term
from search.query import All, Nothing, Query
from search.results import Diagnostic, DiagnosticKind

MAX_QUERY_CHARACTERS = 4_096
"""Characters of a query that are read."""
MAX_OPEN_BRACKETS = 30
"""Brackets that may be open at once. One bracket can deepen the tree by three (Or, And, Not), and whatever walks the
tree may take several frames of Python's thousand for each, so a hundred would be too many."""
MAX_QUERY_TERMS = 256
"""Words, phrases and values of a query that are read."""

_LEAVES = frozenset({TokenKind.WORD, TokenKind.PHRASE, TokenKind.VALUE})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood, in normal form, and what there is to say about it."""

    query: Query
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(text: str, *, any: bool = False, today: dt.date, known: KnownValues | None = None) -> ParsedQuery:  # noqa: A002
    """Read a query.

    Args:
        text: what was typed; any string at all.
        any: words beside one another are alternatives; ``+``, ``-`` and filters still must hold.
        today: the day that ``last-year`` and its like are counted from.
        known: values that are known of a field, by which others are doubted and spellings unified.

    Returns:
        The tree in normal form with diagnostics in order of place. Text in which nothing could be read finds
        nothing; only empty text finds everything.
    """
    setting = ParseContext(today, known or {})
    return ParsedQuery(_read(text, setting, any_word=any), setting.notes.all())


def parse_filter(
    field: str, value: str, *, today: dt.date, known: KnownValues | None = None, exclude: bool = False
) -> ParsedQuery:
    """Read a narrowing that was given apart from the query, as if it had been typed there as ``field:value``.

    Places in diagnostics are offsets in ``value``; those about the field's name are 0 to 0. A value may hold blanks
    without quotation marks. What cannot be read finds nothing, excluded or not.
    """
    setting = ParseContext(today, known or {})
    name = QUERY_FIELDS.get(field.casefold(), UNKNOWN_FIELD)
    query: Query | None = None
    if name.role is FieldUse.TEXT:
        query = scope_to_field(_read(value, setting, any_word=False), name.field) if value.strip() else None
    elif name.role is FieldUse.IN:
        setting.notes.add(DiagnosticKind.FIELD, "in: narrows the words of a query, and nothing else", (0, 0))
    else:
        query = parse_field_value(Prefix(field, name, (0, 0)), _cut(value, setting.notes), 0, setting)
    if query is None or query == Nothing():
        return ParsedQuery(Nothing(), setting.notes.all())
    return ParsedQuery(negate(query) if exclude else query, setting.notes.all())


def _read(text: str, setting: ParseContext, *, any_word: bool) -> Query:
    cut = _cut(text, setting.notes)
    reader = _Reader(cut, setting, any_word=any_word)
    for token in lex(cut, setting.notes):
        if reader.is_full(token):
            message = f"a query has at most {MAX_QUERY_TERMS} words, phrases and values; what follows is left out"
            setting.notes.add(DiagnosticKind.LIMIT, message, (token.start, len(cut)))
            return reader.end(complete=False)
        reader.take(token)
    return reader.end(complete=True)


def _cut(text: str, notes: DiagnosticCollector) -> str:
    if len(text) <= MAX_QUERY_CHARACTERS:
        return text
    end = next((at for at in range(MAX_QUERY_CHARACTERS, 0, -1) if text[at].isspace()), MAX_QUERY_CHARACTERS)
    message = f"a query has at most {MAX_QUERY_CHARACTERS:,} characters; what follows is left out"
    notes.add(DiagnosticKind.LIMIT, message, (end, len(text)))
    return text[:end]


class _Reader:
    """One reading of one text, token by token."""

    def __init__(self, text: str, setting: ParseContext, *, any_word: bool) -> None:
        self._text = text
        self._setting = setting
        self._notes = setting.notes
        self._any = any_word
        self._levels = [Group()]
        self._beyond = 0  # brackets opened beyond the cap, and so not on the list
        self._terms = 0

    def is_full(self, token: QueryToken) -> bool:
        """Whether ``token`` is one too many."""
        return self._terms >= MAX_QUERY_TERMS and token.kind in _LEAVES

    def take(self, token: QueryToken) -> None:
        """Take in the next token."""
        if token.kind is TokenKind.OPEN:
            self._open(token)
        elif token.kind is TokenKind.CLOSE:
            self._close(token)
        elif token.kind in _LEAVES:
            query = self._weighed(self._leaf(token), token)
            self._add(query, token)
        else:
            add_operator(self._levels[-1], token, self._notes)

    def end(self, *, complete: bool) -> Query:
        """The whole tree; brackets still open are closed, which is noted when the text was read to its end."""
        count = len(self._levels) - 1
        if complete and count and (opened := self._levels[1].opened):
            more = f", nor are {count - 1} inside it" if count > 1 else ""
            message = f"this bracket is not closed{more}; read as if closed at the end"
            self._notes.add(DiagnosticKind.SYNTAX, message, (opened.at, opened.at + 1))
        while len(self._levels) > 1:
            self._pop(None)
        whole = self._levels[0]
        query = finish_group(whole, self._notes, any_word=self._any)
        return query if query is not None else Nothing() if whole.used else All()

    def _open(self, token: QueryToken) -> None:
        if len(self._levels) <= MAX_OPEN_BRACKETS:
            self._levels.append(Group(token))
            return
        if not self._beyond:
            message = f"at most {MAX_OPEN_BRACKETS} brackets can be open at once; further ones are ignored"
            self._notes.add(DiagnosticKind.LIMIT, message, (token.at, token.at + 1))
        self._beyond += 1

    def _close(self, token: QueryToken) -> None:
        if self._beyond:
            self._beyond -= 1
        elif len(self._levels) == 1:
            self._levels[0].used = True
            self._notes.add(DiagnosticKind.SYNTAX, "no bracket is open here", (token.start, token.start + 1))
        else:
            self._pop(token)

    def _pop(self, token: QueryToken | None) -> None:
        """Close the innermost bracket and take it in as a unit of the one around it."""
        level = self._levels.pop()
        query = finish_group(level, self._notes, any_word=self._any)
        opened = level.opened
        if token and opened and not level.used:
            self._notes.add(DiagnosticKind.SYNTAX, "there is nothing in these brackets", (opened.at, token.start + 1))
        prefix = opened.prefix if opened else None
        if prefix and prefix.name.role in {FieldUse.UNKNOWN, FieldUse.IN}:
            report_unknown_field(prefix, self._notes)
            query = None
        self._add(self._weighed(query, token), None)
        if scope_of(level) and query is not None:
            self._levels[-1].clauses[-1][-1].placed = True

    def _add(self, query: Query | None, token: QueryToken | None) -> None:
        self._terms += add_operand(self._levels[-1], query, token, self._notes)

    def _leaf(self, token: QueryToken) -> Query | None:
        prefix = token.prefix
        if prefix is None:
            around = (level.opened.prefix for level in reversed(self._levels) if level.opened and level.opened.prefix)
            outer = next(around, None)
            if outer and outer.name.role not in {FieldUse.TEXT, FieldUse.UNKNOWN, FieldUse.IN}:
                at = token.at - (token.kind is TokenKind.PHRASE)  # with its quotation marks
                text = self._text[at : 2 * token.at - at + len(token.text)]
                return self._counted(parse_field_value(outer, text, at, self._setting))
        elif prefix.name.role is FieldUse.IN:
            self._scope(token)
            return None
        elif token.kind is TokenKind.VALUE:
            return self._counted(parse_field_value(prefix, token.text, token.at, self._setting))
        return self._counted(parse_term(token, self._notes))

    def _counted(self, query: Query | None) -> Query | None:
        self._terms += count_terms(query) if query is not None else 0
        return query

    def _scope(self, token: QueryToken) -> None:
        name = parse_scope(token.text, token.at, self._notes)
        level = self._levels[-1]
        if any(sign.kind is TokenKind.NOT for sign in level.signs):
            self._notes.add(DiagnosticKind.SYNTAX, f"in: cannot be excluded; write -{name or 'title'}:word", token.span)
        if name:
            level.scope = token, name

    def _weighed(self, query: Query | None, token: QueryToken | None) -> Query | None:
        if query is None or token is None or not token.boost:
            return query
        span: Span = (token.end - len(token.boost) - 1, token.end)
        if is_filter(query):
            self._notes.add(DiagnosticKind.HINT, "what only narrows has no weight", span)
        factor = float(token.boost)
        if factor > MAX_BOOST:
            self._notes.add(DiagnosticKind.LIMIT, f"a weight is at most {MAX_BOOST:g}", span)
        return apply_boost(query, factor)
