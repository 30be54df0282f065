"""Units joined by operators: what is read between two brackets, and the tree it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.text.analysis import is_unspaced, surface, tokens
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import FieldUse
from search.grammar.lexer import QueryToken, TokenKind
from search.grammar.normal_form import conjoin, disjoin, is_filter, negate, scope_to_field
from search.grammar.terms import parse_distance
from search.query import Near, Nothing, Phrase, Query, Word
from search.results import DiagnosticKind

MAX_CHARACTER_PAIRS = 100
"""Pairs of characters that a run of a script without spaces is taken apart into; a longer one is left whole."""


@dataclass(slots=True)
class Operand:
    """A part of a clause.

    Attributes:
        query: what it asks for, before its signs.
        negative, required: whether ``-`` or ``+`` stood before it.
        glued: whether AND stood before it.
        tail: the word or phrase that a NEAR behind it would begin with.
        placed: whether all its words have their field, so that brackets further out need not look.
    """

    query: Query
    negative: bool = False
    required: bool = False
    glued: bool = False
    tail: Word | Phrase | None = None
    placed: bool = False

    def meaning(self) -> Query:
        """The query with its minus. What could not be read finds nothing, and so does leaving it out."""
        return negate(self.query) if self.negative and self.query != Nothing() else self.query

    def must_hold(self) -> bool:
        """Whether it is a condition even where any word will do."""
        return self.required or self.negative or is_filter(self.query)


@dataclass(slots=True)
class Group:
    """An open bracket, or the whole query: its clauses so far, and the operators that wait for what follows them.

    Attributes:
        opened: its bracket; None for the whole query.
        clauses: alternatives (OR stands between them), each a list of units.
        signs: ``-``, ``+`` and NOT that wait for their unit.
        joiner: AND, OR or NEAR that waits for its second unit.
        ready: whether an operator may follow.
        used: whether anything at all has stood here.
        scope: the ``in:`` that was read here, and the text field it names.
        lower: an ``or`` or ``not`` in small letters, which is a word.
    """

    opened: QueryToken | None = None
    clauses: list[list[Operand]] = field(default_factory=lambda: [[]])
    signs: list[QueryToken] = field(default_factory=list)
    joiner: QueryToken | None = None
    ready: bool = False
    used: bool = False
    scope: tuple[QueryToken, str] | None = None
    lower: QueryToken | None = None


def add_operator(level: Group, token: QueryToken, notes: DiagnosticCollector) -> None:
    """Take in an operator; one with nothing before it is noted and left out."""
    level.used = True
    if token.kind in {TokenKind.NOT, TokenKind.PLUS}:
        level.signs.append(token)
        return
    _drop_signs(level, notes)
    if not level.ready:
        message = f"nothing stands before {token.text}, so it is left out; in quotation marks it is a word"
        notes.add(DiagnosticKind.SYNTAX, message, token.span)
        return
    if token.kind is TokenKind.OR:
        level.clauses.append([])
    level.joiner, level.ready = token, False


def add_operand(level: Group, query: Query | None, token: QueryToken | None, notes: DiagnosticCollector) -> int:
    """Take in what a unit asks for; None when it was left out. Returns how many leaves joining it has added."""
    signs, joiner, clause = level.signs, level.joiner, level.clauses[-1]
    level.signs, level.joiner, level.ready, level.used = [], None, True, True
    if query is None:
        return 0
    _note_lower(level, token, notes, inside=bool(clause))
    negative = sum(sign.kind is TokenKind.NOT for sign in signs) % 2 == 1
    required = any(sign.kind is TokenKind.PLUS for sign in signs)
    tail = query if isinstance(query, (Word, Phrase)) else None
    if joiner and joiner.kind is TokenKind.NEAR and clause:
        if tail and clause[-1].tail and clause[-1].tail.field == tail.field and not signs:
            return _draw_near(clause[-1], tail, joiner, notes)
        message = f"{joiner.text} stands between two words or phrases of one field; it is read as AND"
        notes.add(DiagnosticKind.SYNTAX, message, joiner.span)
    glued = bool(clause) and joiner is not None and joiner.kind is not TokenKind.OR
    clause.append(Operand(query, negative, required, glued, tail))
    return 0


def _note_lower(level: Group, token: QueryToken | None, notes: DiagnosticCollector, *, inside: bool) -> None:
    """Say that ``or`` and ``not`` are words, once it is clear that they stand between two others."""
    if level.lower:
        word = level.lower.text
        message = f"“{word}” is looked for as a word; the operator is written {word.upper()}"
        notes.add(DiagnosticKind.HINT, message, level.lower.span, word.upper())
    plain = token and token.kind is TokenKind.WORD and not token.prefix and not token.exact
    level.lower = token if token and plain and inside and token.text in {"or", "not"} else None


def _draw_near(unit: Operand, tail: Word | Phrase, joiner: QueryToken, notes: DiagnosticCollector) -> int:
    """Join ``tail`` to ``unit`` by NEAR. A tree's Near knows only single words, so phrases are asked for besides."""
    first = unit.tail
    if first is None:
        return 0
    phrases = [part for part in (first, tail) if isinstance(part, Phrase) and len(surface(part.text)) > 1]
    if phrases:
        message = f"{joiner.text} takes the words of a phrase one by one; the phrase is looked for besides"
        notes.add(DiagnosticKind.HINT, message, joiner.span)
    near = Near(f"{first.text} {tail.text}", parse_distance(joiner, notes), tail.field)
    before = [] if unit.query is first else [unit.query]
    unit.query, unit.tail = conjoin([*before, near, *phrases]), tail
    return len(phrases) + 1


def _drop_signs(level: Group, notes: DiagnosticCollector) -> None:
    for sign in level.signs:
        notes.add(DiagnosticKind.SYNTAX, f"nothing stands behind {sign.text}, so it is left out", sign.span)
    level.signs = []


def finish_group(level: Group, notes: DiagnosticCollector, *, any_word: bool) -> Query | None:
    """The tree of a level; None when nothing is left in it. Operators with nothing behind them are noted."""
    _note_waiting(level, notes)
    field = scope_of(level)
    for unit in (unit for clause in level.clauses for unit in clause):
        if field and not unit.placed:
            unit.query = scope_to_field(unit.query, field)
    clauses = [_clause(clause, any_word=any_word) for clause in level.clauses if clause]
    query = disjoin(clauses) if clauses else None
    if level.scope and (query is None or is_filter(query)):
        token, name = level.scope
        message = f"there are no words beside in:{name} that it could apply to"
        notes.add(DiagnosticKind.SYNTAX, message, token.span, f"{name}:")
    return query


def scope_of(level: Group) -> str:
    """The text field in which a level's words are looked for, or ``""``."""
    if level.scope:
        return level.scope[1]
    prefix = level.opened.prefix if level.opened else None
    return prefix.name.field if prefix and prefix.name.role is FieldUse.TEXT else ""


def _note_waiting(level: Group, notes: DiagnosticCollector) -> None:
    _drop_signs(level, notes)
    if level.joiner and not level.ready:
        message = f"nothing stands behind {level.joiner.text}, so it is left out; in quotation marks it is a word"
        notes.add(DiagnosticKind.SYNTAX, message, level.joiner.span)


def _clause(units: list[Operand], *, any_word: bool) -> Query:
    if not any_word:
        return conjoin(unit.meaning() for unit in units)
    chains = list(_chains(units))
    words = [part for chain in chains if not _must_hold(chain) for part in _apart(_joined(chain))]
    conditions = [_joined(chain) for chain in chains if _must_hold(chain)]
    return conjoin([disjoin(words), *conditions] if words else conditions)


def _apart(query: Query) -> Sequence[Query]:
    """A run of a script without spaces as its pairs of characters, each like any other word; else the query itself."""
    if isinstance(query, Word) and not query.exact and is_unspaced(query.text):
        pairs = dict.fromkeys(query.text[token.start : token.end] for token in tokens(query.text))
        if len(pairs) <= MAX_CHARACTER_PAIRS:
            return [replace(query, text=pair) for pair in pairs]
    return [query]


def _chains(units: Iterable[Operand]) -> Iterator[list[Operand]]:
    """Units with those that an AND binds to them."""
    chain: list[Operand] = []
    for unit in units:
        if chain and not unit.glued:
            yield chain
            chain = []
        chain.append(unit)
    if chain:
        yield chain


def _must_hold(chain: list[Operand]) -> bool:
    return all(unit.must_hold() for unit in chain)


def _joined(chain: list[Operand]) -> Query:
    return conjoin(unit.meaning() for unit in chain)
