"""Join operands by operators: the contents of one pair of brackets, and the query tree that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.messages import message
from indexer.text.analysis import is_unspaced, surface, tokens
from indexer.text.joined_words import in_one_piece
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import FieldUse
from search.grammar.normal_form import conjoin, disjoin, is_filter, negate, scope_to_field
from search.grammar.query_tokens import QueryToken, TokenKind
from search.grammar.terms import parse_distance
from search.query import Near, Nothing, Phrase, Query, Word
from search.results import DiagnosticKind

MAX_CHARACTER_PAIRS = 100
"""Largest number of character pairs that text without spaces is split into. Longer text is searched whole."""


@dataclass(slots=True)
class Operand:
    """A word, phrase, filter or bracket with its signs.

    Attributes:
        query: its query, before its signs.
        negative, required: whether ``-`` or ``+`` was typed before it.
        bound_by_and: whether AND joins it to the operand before it.
        near_operand: the word or phrase at its end, which is the left operand of a NEAR that follows.
        scoped: whether all its words have their field, so that brackets further out need not set it.
    """

    query: Query
    negative: bool = False
    required: bool = False
    bound_by_and: bool = False
    near_operand: Word | Phrase | None = None
    scoped: bool = False

    def signed_query(self) -> Query:
        """Return the query with its minus. An unreadable operand matches nothing, and so does its negation."""
        return negate(self.query) if self.negative and self.query != Nothing() else self.query

    def is_condition(self) -> bool:
        """Return whether documents must satisfy it even where any word may match."""
        return self.required or self.negative or is_filter(self.query)


@dataclass(slots=True)
class Group:
    """An open bracket or the whole query: its clauses so far, and operators whose operand is to come.

    Attributes:
        opened: its bracket; None for the whole query.
        clauses: alternatives (joined by OR), each a list of operands.
        pending_signs: ``-``, ``+`` and NOT before the next operand.
        pending_operator: AND, OR or NEAR before the next operand.
        takes_operator: whether an operator may follow.
        has_content: whether anything was read in it, ignored parts included.
        scope: the ``in:`` that was read in it, and the text field that it names.
        lowercase_operator: an ``or`` or ``not`` in small letters, which is a word.
    """

    opened: QueryToken | None = None
    clauses: list[list[Operand]] = field(default_factory=lambda: [[]])
    pending_signs: list[QueryToken] = field(default_factory=list)
    pending_operator: QueryToken | None = None
    takes_operator: bool = False
    has_content: bool = False
    scope: tuple[QueryToken, str] | None = None
    lowercase_operator: QueryToken | None = None


def add_operator(group: Group, token: QueryToken, diagnostics: DiagnosticCollector) -> None:
    """Add an operator to a group; one with no operand before it is reported and ignored."""
    group.has_content = True
    if token.kind in {TokenKind.NOT, TokenKind.PLUS}:
        group.pending_signs.append(token)
        return
    _drop_signs(group, diagnostics)
    if not group.takes_operator:
        sentence = message("query.operator-without-left", operator=token.text)
        diagnostics.add(DiagnosticKind.SYNTAX, sentence, token.span)
        return
    if token.kind is TokenKind.OR:
        group.clauses.append([])
    group.pending_operator, group.takes_operator = token, False


def add_operand(group: Group, query: Query | None, token: QueryToken | None, diagnostics: DiagnosticCollector) -> int:
    """Add the query of an operand to a group; None is an operand that was ignored.

    Returns:
        The number of leaves that joining it by NEAR added.
    """
    signs, operator, clause = group.pending_signs, group.pending_operator, group.clauses[-1]
    group.pending_signs, group.pending_operator, group.takes_operator, group.has_content = [], None, True, True
    if query is None:
        return 0
    _report_lowercase_operator(group, token, diagnostics, inside=bool(clause))
    negative = sum(sign.kind is TokenKind.NOT for sign in signs) % 2 == 1
    required = any(sign.kind is TokenKind.PLUS for sign in signs)
    word = query if isinstance(query, (Word, Phrase)) else None
    if operator and operator.kind is TokenKind.NEAR and clause:
        left = clause[-1].near_operand
        if word and left and left.field == word.field and not signs:
            return _join_by_near(clause[-1], left, word, operator, diagnostics)
        sentence = message("query.near-operands", operator=operator.text)
        diagnostics.add(DiagnosticKind.SYNTAX, sentence, operator.span)
    bound_by_and = bool(clause) and operator is not None and operator.kind is not TokenKind.OR
    clause.append(Operand(query, negative, required, bound_by_and, word))
    return 0


def _report_lowercase_operator(
    group: Group, token: QueryToken | None, diagnostics: DiagnosticCollector, *, inside: bool
) -> None:
    """Report that ``or`` and ``not`` are words, once an operand has followed them."""
    if lowercase := group.lowercase_operator:
        operator = lowercase.text.upper()
        sentence = message("query.lowercase-operator", word=lowercase.text, operator=operator)
        diagnostics.add(DiagnosticKind.HINT, sentence, lowercase.span, operator)
    plain = token and token.kind is TokenKind.WORD and not token.prefix and not token.exact
    group.lowercase_operator = token if token and plain and inside and token.text in {"or", "not"} else None


def _join_by_near(
    operand: Operand, left: Word | Phrase, right: Word | Phrase, operator: QueryToken, diagnostics: DiagnosticCollector
) -> int:
    """Join two words or phrases by NEAR. A Near node contains single words, so phrases are required besides."""
    texts = [in_one_piece(part.text, with_blanks=True) for part in (left, right)]
    phrases = [
        part
        for part, text in zip((left, right), texts, strict=True)
        if isinstance(part, Phrase) and len(surface(text)) > 1
    ]
    if phrases:
        diagnostics.add(DiagnosticKind.HINT, message("query.near-phrase", operator=operator.text), operator.span)
    near = Near(" ".join(texts), parse_distance(operator, diagnostics), right.field)
    before = [] if operand.query is left else [operand.query]
    operand.query, operand.near_operand = conjoin([*before, near, *phrases]), right
    return len(phrases) + 1


def _drop_signs(group: Group, diagnostics: DiagnosticCollector) -> None:
    for sign in group.pending_signs:
        diagnostics.add(DiagnosticKind.SYNTAX, message("query.sign-without-operand", sign=sign.text), sign.span)
    group.pending_signs = []


def finish_group(group: Group, diagnostics: DiagnosticCollector, *, any_word: bool) -> Query | None:
    """Return the query tree of a group; operators with no operand after them are reported.

    Args:
        group: a group that has been read to its end.
        diagnostics: takes the reports.
        any_word: whether words beside one another are alternatives.

    Returns:
        None when every part was ignored.
    """
    _report_pending(group, diagnostics)
    scope = scope_of(group)
    for operand in (operand for clause in group.clauses for operand in clause):
        if scope and not operand.scoped:
            operand.query = scope_to_field(operand.query, scope)
    clauses = [_join_clause(clause, any_word=any_word) for clause in group.clauses if clause]
    query = disjoin(clauses) if clauses else None
    if group.scope and (query is None or is_filter(query)):
        token, name = group.scope
        sentence = message("query.scope-without-words", field=name)
        diagnostics.add(DiagnosticKind.SYNTAX, sentence, token.span, f"{name}:")
    return query


def scope_of(group: Group) -> str:
    """Return the text field in which the words of a group are searched, or ``""``."""
    if group.scope:
        return group.scope[1]
    prefix = group.opened.prefix if group.opened else None
    return prefix.field.field if prefix and prefix.field.use is FieldUse.TEXT else ""


def _report_pending(group: Group, diagnostics: DiagnosticCollector) -> None:
    _drop_signs(group, diagnostics)
    if (operator := group.pending_operator) and not group.takes_operator:
        sentence = message("query.operator-without-right", operator=operator.text)
        diagnostics.add(DiagnosticKind.SYNTAX, sentence, operator.span)


def _join_clause(operands: list[Operand], *, any_word: bool) -> Query:
    if not any_word:
        return conjoin(operand.signed_query() for operand in operands)
    words: list[Query] = []
    conditions: list[Query] = []
    for chain in _and_chains(operands):
        query = conjoin(operand.signed_query() for operand in chain)
        if all(operand.is_condition() for operand in chain):
            conditions.append(query)
        else:
            words += _split_unspaced(query)
    return conjoin([disjoin(words), *conditions] if words else conditions)


def _split_unspaced(query: Query) -> Sequence[Query]:
    """Return a run of a script without spaces as its pairs of characters; any other query as it is."""
    if isinstance(query, Word) and not query.exact and is_unspaced(query.text):
        pairs = dict.fromkeys(query.text[token.start : token.end] for token in tokens(query.text))
        if len(pairs) <= MAX_CHARACTER_PAIRS:
            return [replace(query, text=pair) for pair in pairs]
    return [query]


def _and_chains(operands: Iterable[Operand]) -> Iterator[list[Operand]]:
    """Yield each operand together with those that AND binds to it."""
    chain: list[Operand] = []
    for operand in operands:
        if chain and not operand.bound_by_and:
            yield chain
            chain = []
        chain.append(operand)
    if chain:
        yield chain
