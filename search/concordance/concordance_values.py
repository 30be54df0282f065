"""The values of a concordance: its options, its lines, the groups of its lines, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.query import Query
from search.results import Diagnostic

MAX_LINES = 100_000
"""Lines of one concordance. More are counted, and a sample of them can be drawn."""
DEFAULT_TOKENS = 8
"""Words of context on either side: a line of about 120 characters."""
DEFAULT_CHARACTERS = 60
"""Characters of context on either side where they are asked for without a number."""
MAX_CONTEXT = 200
"""Words, or characters, of context on either side."""
MAX_SORT_KEYS = 3
"""Keys that lines are sorted by, one after the other."""


class ContextUnit(StrEnum):
    """The unit of the context of a line."""

    TOKENS = "tokens"
    CHARACTERS = "characters"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class LineKey(StrEnum):
    """A key that lines are sorted or grouped by: a word beside the node, counted from the node outwards, or a value."""

    LEFT_1 = "1L"
    LEFT_2 = "2L"
    LEFT_3 = "3L"
    RIGHT_1 = "1R"
    RIGHT_2 = "2R"
    RIGHT_3 = "3R"
    NODE = "node"
    DATE = "date"
    TITLE = "title"


SORT_KEYS = tuple(key for key in LineKey if key is not LineKey.NODE)
GROUP_KEYS = (LineKey.NODE, LineKey.LEFT_1, LineKey.RIGHT_1)


class Within(StrEnum):
    """The part of a document that a line does not leave."""

    TEXT = "text"  # the main text of a document, over the ends of its pages
    PAGE = "page"
    TITLE = "title"  # the titles of documents take the place of their texts


@dataclass(frozen=True, slots=True)
class KwicOptions:
    """How the lines of a concordance are chosen, ordered and cut.

    Attributes:
        unit: the unit of the context.
        left: words, or characters, before the node.
        right: those behind it.
        sort: at most `MAX_SORT_KEYS` keys; lines that are equal by them are ordered by date, id and position.
        group: count the lines by this key; None for no groups.
        only: of the groups, the lines of the one with this label alone.
        sample: draw so many lines at random; 0 for all.
        seed: the seed that they are drawn with, so that anybody draws the same.
        within: what a line stays inside.
        stemmed: count words in all their forms, as the search box finds them.
        limit: lines to return.
        offset: lines to skip.
    """

    unit: ContextUnit = ContextUnit.TOKENS
    left: int = DEFAULT_TOKENS
    right: int = DEFAULT_TOKENS
    sort: tuple[LineKey, ...] = ()
    group: LineKey | None = None
    only: str | None = None
    sample: int = 0
    seed: int = 0
    within: Within = Within.TEXT
    stemmed: bool = False
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One place of the node with its context.

    Attributes:
        number: its place among all lines in their order, from 1.
        id: the document's id.
        title: its title, or its file's name.
        date: its date as an EDTF string, as precise as known.
        category: its category.
        language: its language's code.
        page: the page that the node begins on; None in a title, and in a document without pages, which has one text.
        page_label: the number printed on it, where the file records it.
        start: the node's first character in the text of its page, from 0.
        end: the character behind its last; in the text of the next page where the node ends there.
        left: the text before the node, with single spaces.
        node: the node.
        right: the text behind it. Of a sentence and a paragraph, the blanks beside the node are kept, so that the three
            are its text, and points of omission are where it is cut.
        url: the address of the document's file where a listing has it; for a PDF, of the page.
        blank_before: whether the text has a blank between the node and what is before it, not a bracket or the like.
        blank_behind: the same for what is behind it.
    """

    number: int
    id: str
    title: str
    date: str
    category: str
    language: str
    page: int | None
    page_label: str
    start: int
    end: int
    left: str
    node: str
    right: str
    url: str
    blank_before: bool = True
    blank_behind: bool = True


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines with one label, such as one word before the node; the label is folded, and ``""`` at a text's edge."""

    label: str
    lines: int
    documents: int


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of the lines of a query, with exact totals.

    Attributes:
        understood: the query in words.
        diagnostics: remarks on how the query was written, and on limits.
        total: number of lines that there are: places of the node in main texts, or titles.
        chosen: number of lines that sample and ``only`` leave, of which `lines` is a page.
        documents: number of documents that filters and exclusions leave.
        documents_with: number of those with at least one place of the node.
        matching: number of those that match the query, also by a title, a running head or a note alone.
        tokens: number of tokens of the main texts (or titles) of the documents.
        groups: the groups of the chosen lines, largest first; empty where none are asked for.
        lines: the lines.
        unread: number of places on this page whose document has changed since it was indexed, so that no line is shown.
        options: the options.
        query: the query as it was understood, for its words in other languages.
    """

    understood: str
    diagnostics: tuple[Diagnostic, ...]
    total: int
    chosen: int
    documents: int
    documents_with: int
    matching: int
    tokens: int
    groups: tuple[LineGroup, ...]
    lines: tuple[ConcordanceLine, ...]
    unread: int
    options: KwicOptions
    query: Query | None = None

    @property
    def per_million(self) -> float:
        """Return the number of places in a million tokens."""
        return 1e6 * self.total / self.tokens if self.tokens else 0.0
