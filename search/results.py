"""Answers, as values: plain text and numbers, never markup, ready for a screen, JSON or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DiagnosticKind(StrEnum):
    """What a diagnostic is about. Values are stable; messages are not."""

    SYNTAX = "syntax"  # an unclosed quote or bracket, an operator with nothing beside it
    FIELD = "unknown-field"
    DATE = "bad-date"
    VALUE = "bad-value"
    LIMIT = "limit"  # a cap was met: length, nesting, wildcard expansion
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something to tell about a query. ``start`` and ``end`` are offsets in the typed text."""

    kind: DiagnosticKind
    message: str
    start: int = 0
    end: int = 0
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page with the places of the matches in it (``spans``: start, end in ``text``)."""

    page: int
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. ``date`` is an EDTF string as precise as known, or None; ``pages`` is how many it has."""

    id: str
    title: str
    date: str | None
    category: str | None
    language: str | None
    authors: tuple[str, ...]
    path: str
    score: float
    passages: tuple[Passage, ...] = ()
    pages: int = 0


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One row of a facet. ``value`` is what a query would say (``none`` for the missing row)."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a request: one page of hits, exact total, facet counts over all hits."""

    text: str
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
