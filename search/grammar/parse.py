"""Parse typed text to a query tree. Never raises: what cannot be read is ignored and reported.

    query := clause { OR clause }
    clause := operand { [AND | NEAR/n] operand }
    operand := { NOT | ! | - | + } ( word | phrase | field:value | [field:] "(" query ")" )

The parser keeps its open brackets on a list of its own, so that no depth of typed brackets can exhaust the stack.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.deferred import Deferred
from corpus.messages import message
from search.grammar.characters import collapse_blanks
from search.grammar.clauses import Group, add_operand, add_operator, finish_group, scope_of
from search.grammar.diagnostics import DiagnosticCollector, Span
from search.grammar.field_names import QUERY_FIELDS, UNKNOWN_FIELD, FieldUse
from search.grammar.lexer import lex
from search.grammar.normal_form import MAX_BOOST, apply_boost, count_terms, is_filter, negate, scope_to_field
from search.grammar.parse_context import KnownValues, NoUsedValues, ParseContext, UsedValues
from search.grammar.query_tokens import FieldPrefix, QueryToken, TokenKind
from search.grammar.terms import parse_term
from search.query import All, Nothing, Query
from search.results import Diagnostic, DiagnosticKind

if TYPE_CHECKING:
    from search.grammar.filters import parse_field_value, parse_scope, report_unknown_field
else:
    parse_field_value = Deferred("search.grammar.filters:parse_field_value")
    parse_scope = Deferred("search.grammar.filters:parse_scope")
    report_unknown_field = Deferred("search.grammar.filters:report_unknown_field")

MAX_QUERY_CHARACTERS = 4_096
"""Characters of a query that are read. A pasted page of text fits; the slowest query of this length parses in 50 ms."""
MAX_OPEN_BRACKETS = 30
"""Brackets that may be open at once. One bracket can deepen the tree by three (Or, And, Not), and whatever walks the
tree may take several of Python's thousand frames for each, so a hundred would be too many."""
MAX_QUERY_TERMS = 256
"""Words, phrases and values of a query that are read. Each is looked up in the index, so they bound its work."""

_LEAVES = frozenset({TokenKind.WORD, TokenKind.PHRASE, TokenKind.VALUE})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query tree in normal form, and the diagnostics about how the query was written."""

    query: Query
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(
    text: str,
    *,
    any: bool = False,  # noqa: A002 (as in a request)
    today: dt.date,
    known: KnownValues | None = None,
    used: UsedValues | None = None,
) -> ParsedQuery:
    """Parse a query.

    Args:
        text: any string at all.
        any: words beside one another are alternatives; ``+``, ``-`` and filters remain conditions.
        today: the day that ``last-year`` and similar dates are counted from.
        known: known values by field; spellings of them are unified, and other values reported.
        used: the values that documents have, which are known too; a name may be typed in part.

    Returns:
        The tree in normal form with diagnostics in the order of the text. Text in which nothing could be read matches
        nothing; only empty text matches everything.
    """
    context = ParseContext(today, known or {}, used or NoUsedValues())
    return ParsedQuery(_parse_text(text, context, any_word=any), context.diagnostics.all())


def parse_filter(
    field: str,
    value: str,
    *,
    today: dt.date,
    known: KnownValues | None = None,
    used: UsedValues | None = None,
    exclude: bool = False,
) -> ParsedQuery:
    """Parse a filter that is separate from the query, as if it had been typed there as ``field:value``.

    Places in diagnostics are offsets in ``value``; those about the field's name are 0 to 0. A value may contain blanks
    without quotation marks, and commas where it is one value that the archive knows, a name, or a date. A value that
    cannot be read matches nothing, excluded or not.
    """
    context = ParseContext(today, known or {}, used or NoUsedValues())
    query_field = QUERY_FIELDS.get(field.casefold(), UNKNOWN_FIELD)
    query: Query | None = None
    if query_field.use is FieldUse.TEXT:
        text_query = _parse_text(value, context, any_word=False) if value.strip() else None
        query = scope_to_field(text_query, query_field.field) if text_query is not None else None
    elif query_field.use is FieldUse.IN:
        context.diagnostics.add(DiagnosticKind.FIELD, message("query.scope-as-filter"), (0, 0))
    else:
        prefix = FieldPrefix(field, query_field, (0, 0))
        query = parse_field_value(prefix, _truncate(value, context.diagnostics), 0, context, may_be_one=True)
    if query is None or query == Nothing():
        return ParsedQuery(Nothing(), context.diagnostics.all())
    return ParsedQuery(negate(query) if exclude else query, context.diagnostics.all())


def _parse_text(text: str, context: ParseContext, *, any_word: bool) -> Query:
    text = _truncate(text, context.diagnostics)
    if text.strip() and not collapse_blanks(text):  # control characters, or bytes that are no text: not a blank query
        context.diagnostics.add(DiagnosticKind.HINT, message("query.no-letters"), (0, len(text)))
        return Nothing()
    parser = _Parser(text, context, any_word=any_word)
    for token in lex(text, context.diagnostics):
        if parser.is_full(token):
            sentence = message("query.too-many-terms", limit=MAX_QUERY_TERMS)
            context.diagnostics.add(DiagnosticKind.LIMIT, sentence, (token.start, len(text)))
            return parser.finish(complete=False)
        parser.add(token)
    return parser.finish(complete=True)


def _truncate(text: str, diagnostics: DiagnosticCollector) -> str:
    if len(text) <= MAX_QUERY_CHARACTERS:
        return text
    last_words = range(MAX_QUERY_CHARACTERS, 0, -1)
    end = next((offset for offset in last_words if text[offset].isspace()), MAX_QUERY_CHARACTERS)
    diagnostics.add(DiagnosticKind.LIMIT, message("query.too-long", limit=MAX_QUERY_CHARACTERS), (end, len(text)))
    return text[:end]


class _Parser:
    """Parses one text, token by token."""

    def __init__(self, text: str, context: ParseContext, *, any_word: bool) -> None:
        self._text = text
        self._context = context
        self._diagnostics = context.diagnostics
        self._any_word = any_word
        self._groups = [Group()]
        self._ignored_brackets = 0  # open brackets beyond the limit, which are not among the groups
        self._terms = 0

    def is_full(self, token: QueryToken) -> bool:
        """Return whether ``token`` is one term too many."""
        return self._terms >= MAX_QUERY_TERMS and token.kind in _LEAVES

    def add(self, token: QueryToken) -> None:
        """Parse the next token."""
        if token.kind is TokenKind.OPEN:
            self._open(token)
        elif token.kind is TokenKind.CLOSE:
            self._close(token)
        elif token.kind in _LEAVES:
            self._add_operand(self._boosted(self._leaf(token), token), token)
        else:
            add_operator(self._groups[-1], token, self._diagnostics)

    def finish(self, *, complete: bool) -> Query:
        """Return the whole tree. Brackets still open are closed, and reported when the text was read to its end."""
        count = len(self._groups) - 1
        if complete and count and (opened := self._groups[1].opened):
            sentence = message("query.bracket-unclosed")
            if count > 1:
                sentence = message("query.brackets-unclosed", count=count - 1)
            self._diagnostics.add(DiagnosticKind.SYNTAX, sentence, (opened.text_start, opened.text_start + 1))
        while len(self._groups) > 1:
            self._finish_innermost(None)
        whole = self._groups[0]
        query = finish_group(whole, self._diagnostics, any_word=self._any_word)
        return query if query is not None else Nothing() if whole.has_content else All()

    def _open(self, token: QueryToken) -> None:
        if len(self._groups) <= MAX_OPEN_BRACKETS:
            self._groups.append(Group(token))
            return
        if not self._ignored_brackets:
            sentence = message("query.too-many-brackets", limit=MAX_OPEN_BRACKETS)
            self._diagnostics.add(DiagnosticKind.LIMIT, sentence, (token.text_start, token.text_start + 1))
        self._ignored_brackets += 1

    def _close(self, token: QueryToken) -> None:
        if self._ignored_brackets:
            self._ignored_brackets -= 1
        elif len(self._groups) == 1:
            self._groups[0].has_content = True
            span = (token.start, token.start + 1)
            self._diagnostics.add(DiagnosticKind.SYNTAX, message("query.bracket-unopened"), span)
        else:
            self._finish_innermost(token)

    def _finish_innermost(self, closed: QueryToken | None) -> None:
        """Close the innermost bracket and add its query as an operand of the group around it."""
        group = self._groups.pop()
        query = finish_group(group, self._diagnostics, any_word=self._any_word)
        opened = group.opened
        if closed and opened and not group.has_content:
            span = (opened.text_start, closed.start + 1)
            self._diagnostics.add(DiagnosticKind.SYNTAX, message("query.brackets-empty"), span)
        prefix = opened.prefix if opened else None
        if prefix and prefix.field.use in {FieldUse.UNKNOWN, FieldUse.IN}:
            report_unknown_field(prefix, self._diagnostics)
            query = None
        self._add_operand(self._boosted(query, closed), None)
        if scope_of(group) and query is not None:
            self._groups[-1].clauses[-1][-1].scoped = True

    def _add_operand(self, query: Query | None, token: QueryToken | None) -> None:
        self._terms += add_operand(self._groups[-1], query, token, self._diagnostics)

    def _leaf(self, token: QueryToken) -> Query | None:
        query = self._parse_leaf(token)
        self._terms += count_terms(query) if query is not None else 0
        return query

    def _parse_leaf(self, token: QueryToken) -> Query | None:
        if token.prefix is None:
            if outer := _innermost_filter(self._groups):
                # The value of a filter includes the quotation marks of a phrase.
                start = token.text_start - (token.kind is TokenKind.PHRASE)
                value = self._text[start : 2 * token.text_start - start + len(token.text)]
                return parse_field_value(outer, value, start, self._context)
        elif token.prefix.field.use is FieldUse.IN:
            self._set_scope(token)
            return None
        elif token.kind is TokenKind.VALUE:
            return parse_field_value(token.prefix, token.text, token.text_start, self._context)
        return parse_term(token, self._diagnostics)

    def _set_scope(self, token: QueryToken) -> None:
        field = parse_scope(token.text, token.text_start, self._diagnostics)
        group = self._groups[-1]
        if any(sign.kind is TokenKind.NOT for sign in group.pending_signs):
            sentence = message("query.scope-negated", field=field or "title")
            self._diagnostics.add(DiagnosticKind.SYNTAX, sentence, token.span)
        if field:
            group.scope = token, field

    def _boosted(self, query: Query | None, token: QueryToken | None) -> Query | None:
        if query is None or token is None or not token.boost:
            return query
        span: Span = (token.end - len(token.boost) - 1, token.end)
        if is_filter(query):
            self._diagnostics.add(DiagnosticKind.HINT, message("query.filter-boosted"), span)
        factor = float(token.boost)
        if factor > MAX_BOOST:
            self._diagnostics.add(DiagnosticKind.LIMIT, message("query.boost-limit", limit=MAX_BOOST), span)
        return apply_boost(query, factor)


def _innermost_filter(groups: Sequence[Group]) -> FieldPrefix | None:
    """Return the innermost field before an open bracket, where its values are not words."""
    prefixes = (group.opened.prefix for group in reversed(groups) if group.opened and group.opened.prefix)
    innermost = next(prefixes, None)
    if innermost and innermost.field.use not in {FieldUse.TEXT, FieldUse.UNKNOWN, FieldUse.IN}:
        return innermost
    return None
