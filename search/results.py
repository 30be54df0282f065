"""The results of a search as values: plain text and numbers, without markup, for screens, JSON and notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from corpus.document import Role
from corpus.messages import Message
from search.query import Query

MAX_HITS_WITH_ADVICE = 2
"""Most hits that advice is given on. Each advice costs several searches, and a reader of three hits rarely needs it."""


class DiagnosticKind(StrEnum):
    """The subject of a diagnostic. Values are stable; messages are not."""

    SYNTAX = "syntax"  # an unclosed quote or bracket, an operator with nothing beside it
    FIELD = "unknown-field"
    DATE = "bad-date"
    VALUE = "bad-value"
    LIMIT = "limit"  # of length, nesting or wildcard expansion
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A remark about how a query was written. ``start`` and ``end`` are offsets in the typed text."""

    kind: DiagnosticKind
    message: Message | str
    start: int = 0
    end: int = 0
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt of a page, or of the end of one and the beginning of the next.

    Attributes:
        page: the page that it begins on.
        text: its text with single spaces.
        spans: the (start, end) offsets of the matches in ``text``.
        last_page: the page that it ends on, where that is another one.
        role: the part of the document that it is from, where that is not the main text.
        begins_inside, ends_inside: whether it begins, or ends, inside a sentence.
    """

    page: int
    text: str
    spans: tuple[tuple[int, int], ...]
    last_page: int | None = None
    role: Role | None = None
    begins_inside: bool = False
    ends_inside: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches.

    Attributes:
        id: the document's id.
        metadata: its values by JSON key, for the fields of `corpus.fields` that hits carry; a tuple for a field that
            can have several values, None for one without a value. A document without a title has its file's name.
        path: the path of its file.
        score: the score that hits are sorted by; 0 in every other order than relevance.
        passages: the best passages, best first.
        pages: number of pages.
        places: number of matches in all its text; 0 where they were not counted.
        is_paged: whether it has pages that a source can name; a web page and a mail have one text.
    """

    id: str
    metadata: Mapping[str, str | tuple[str, ...] | None]
    path: str
    score: float
    passages: tuple[Passage, ...] = ()
    pages: int = 0
    places: int = 0
    is_paged: bool = False

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


class FacetCount(NamedTuple):
    """A row of a facet. ``value`` is written as in a query (``none`` for documents without a value).

    A tuple, because an answer has hundreds of rows and a dataclass takes several times as long to make.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # tuples have a method of this name
    selected: bool = False


@dataclass(frozen=True, slots=True)
class PartCount:
    """The number of documents that one part of a query matches alone; ``query`` as typed, ``understood`` in words."""

    query: str
    understood: str
    documents: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice on a query that matches no document or very few. The queries in it can be searched for as they are.

    Attributes:
        parts: the number of documents that each part matches.
        empties: the part without which the query would match; ``""`` where no single part is to blame.
        did_you_mean: the query with unknown words replaced by the nearest words of this archive, or ``""``.
        looser: a query that matches more documents, or ``""``.
        looser_total: the number of documents that ``looser`` matches.
    """

    parts: tuple[PartCount, ...]
    empties: str = ""
    did_you_mean: str = ""
    looser: str = ""
    looser_total: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of a half-typed query: the whole text, what is new in it, and how many documents the text finds."""

    text: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a request: a page of hits, the exact total, facet counts, and advice where there are few hits.

    ``query`` is the query tree that was searched for; None in a search for similar documents.
    """

    text: str
    understood: str
    diagnostics: tuple[Diagnostic, ...]
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    advice: Advice | None = None
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class IndexState:
    """The state of an index.

    Attributes:
        change: number of the last change of the catalogue that it contains.
        changed: time of that change in UTC, ISO 8601; ``""`` for an index without any.
        waiting: changes of the catalogue that it does not contain yet.
    """

    change: int
    changed: str
    waiting: int


class ExplanationKind(StrEnum):
    """The subject of a node of an explanation."""

    DOCUMENT = "document"
    PART = "part"  # of the query
    FIELD = "field"  # of the document
    BONUS = "bonus"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document has its score: a tree whose root is the document.

    The children of the root are the parts of the query, in the order they were asked for, then the bonuses: ``exact``,
    ``proximity`` and ``passage`` (for the best candidates only) and ``feedback`` (from words of the first hits). The
    value of the root is the sum of theirs. The children of a part that is a plain word are the fields it occurs in.

    Attributes:
        kind: the subject of this node.
        label: the document's id, the part in words, the name of the field or of the bonus.
        value: what it adds to the score; of a field, what it adds to the ``tf`` of its part.
        detail: figures by name. Of a part ``documents`` (that it matches), ``idf``, ``factor`` (its boost, less for a
            function word) and ``tf`` (before saturation); of a field ``count`` (a header or footer counts 0.3),
            ``length`` (in words, as precise as the index stores it), ``norm`` (divides the count) and ``weight``.
        children: the parts and bonuses of a document, or the fields of a part.
        matches: False at the root when the query does not match the document.
    """

    kind: ExplanationKind
    label: str
    value: float = 0.0
    detail: Mapping[str, float] = field(default_factory=dict)
    children: tuple[Explanation, ...] = ()
    matches: bool = True

    def children_of(self, kind: ExplanationKind) -> tuple[Explanation, ...]:
        """Return the children of one kind."""
        return tuple(child for child in self.children if child.kind is kind)
