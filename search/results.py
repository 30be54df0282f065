"""Answers, as values: plain text and numbers, never markup, ready for a screen, JSON or a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """One document found.

    Attributes:
        id: of the document.
        metadata: its values by JSON key, for the fields of `corpus.fields` that hits carry; a tuple for a field that
            can have several values, None for one without a value. A document without a title has its file's name.
        path: where its file is.
        score: by which hits are ordered; 0 in every other order than relevance.
        passages: the best passages.
        pages: how many pages it has.
    """

    id: str
    metadata: Mapping[str, str | tuple[str, ...] | None]
    path: str
    score: float
    passages: tuple[Passage, ...] = ()
    pages: int = 0

    @property
    def title(self) -> str:
        """Return the title, or the file's name."""
        return self._value("title") or ""

    @property
    def date(self) -> str | None:
        """Return the date as an EDTF string, as precise as known."""
        return self._value("date")

    @property
    def category(self) -> str | None:
        """Return the category."""
        return self._value("category")

    @property
    def language(self) -> str | None:
        """Return the language's code."""
        return self._value("language")

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the authors."""
        value = self.metadata.get("authors")
        return value if isinstance(value, tuple) else ()

    def _value(self, key: str) -> str | None:
        value = self.metadata.get(key)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One row of a facet. ``value`` is what a query would say (``none`` for the missing row)."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many documents one part of a query finds by itself; ``query`` as typed, ``understood`` in words."""

    query: str
    understood: str
    documents: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a query that finds nothing or next to nothing. Queries in it can be asked as they stand.

    Attributes:
        parts: what each part finds by itself.
        empties: the part that empties the result; ``""`` where no single part does.
        did_you_mean: the query with words that are nowhere put as the nearest of this archive, or ``""``.
        looser: a query that finds more, or ``""``.
        looser_total: how many documents that finds.
    """

    parts: tuple[PartCount, ...]
    empties: str = ""
    did_you_mean: str = ""
    looser: str = ""
    looser_total: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on typing: the whole text then, what is new in it for people, and how many documents have it."""

    text: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a request: a page of hits, the exact total, facet counts over all hits; advice on few hits."""

    text: str
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """How a word stands in one index field of a document.

    ``count`` is weighed (running heads count 0.3), ``length`` is in words and as coarse as the index keeps it,
    ``norm`` is what the count is divided by for the length, ``weight`` what the field counts.
    """

    field: str
    count: float
    length: float
    norm: float
    weight: float


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What one part of a query adds to the score of a document.

    Attributes:
        part: as understood, in words.
        documents: how many documents it is found in, deleted ones not yet merged away included.
        idf: how telling that makes it.
        factor: what it counts: its boost, and less for a function word.
        tf: frequency over all fields, before it is saturated.
        score: what it adds: ``factor * idf * saturated tf`` for a plain word.
        fields: where it stands; empty for phrases, patterns and near spellings.
    """

    part: str
    documents: int
    idf: float
    factor: float
    tf: float
    score: float
    fields: tuple[FieldEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document has the score it has: ``score`` is the sum of the parts' scores and the values of ``bonuses``.

    Attributes:
        id: of the document.
        matches: whether the query finds it at all.
        score: as in a hit; 0 where it does not match.
        parts: what each word or other part of the query adds, in the order they were asked for.
        bonuses: name to what it adds: ``exact`` words, ``neighbours``, best ``passage``, and ``feedback`` from the
            words of the first hits. The first three are for the best candidates only.
    """

    id: str
    matches: bool
    score: float = 0.0
    parts: tuple[WordEvidence, ...] = ()
    bonuses: dict[str, float] = field(default_factory=dict)
