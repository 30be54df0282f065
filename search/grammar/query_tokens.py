"""The tokens of the query language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.grammar.diagnostics import Span
from search.grammar.field_names import QueryField


class TokenKind(StrEnum):
    """The kinds of tokens."""

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
class FieldPrefix:
    """A field name and its colon: the name as typed, the field it means, and the place of the name."""

    typed: str
    field: QueryField
    span: Span


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One token.

    Attributes:
        kind: what it is.
        start, end: its place in the typed text, prefix and suffixes included.
        text: its body as typed, with escapes.
        text_start: where ``text`` begins.
        prefix: the field typed before it.
        distance: digits after ``~`` (``""`` for a bare one) or after ``NEAR/``; None without.
        boost: digits after ``^``, or ``""``.
        exact: whether ``=`` was typed before it.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    text_start: int = 0
    prefix: FieldPrefix | None = None
    distance: str | None = None
    boost: str = ""
    exact: bool = False

    @property
    def span(self) -> Span:
        """The span in the typed text."""
        return self.start, self.end
