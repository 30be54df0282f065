"""Quotations to check, and what was found of each, as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.messages import Message


class QuoteResult(StrEnum):
    """The result for a quotation. The values are stable; `VERBATIM` alone is a quotation without fault."""

    VERBATIM = "verbatim"
    SPACING = "spacing-or-quotation-marks"
    ALTERED = "altered"
    OTHER_PAGE = "another-page"
    OTHER_DOCUMENT = "another-document"
    TEXT_CHANGED = "text-changed"
    WITHDRAWN = "withdrawn"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation from somebody's text.

    Attributes:
        text: its words, without quotation marks around them.
        document_id: the document that it names; ``""`` for any.
        page: the page that it names, as written; ``""`` for any.
        digest: the SHA-256 of the file that it was taken from, where that was written down.
        taken: the day on which it was taken, as an ISO date; ``""`` where that was not written down.
        line: the number of the line or row that it is on.
        paragraph: the number of its paragraph, empty ones not counted, in a draft that has no lines; else 0.
    """

    text: str
    document_id: str = ""
    page: str = ""
    digest: str = ""
    taken: str = ""
    line: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of a quotation, and those that the document has in their place; equal where nothing was changed."""

    quoted: str
    printed: str

    @property
    def is_equal(self) -> bool:
        """Return whether nothing was changed."""
        return self.quoted == self.printed


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A place in a document.

    Attributes:
        document_id: the document.
        title: its title, or the name of its file.
        page: the number of the page.
        label: the number that is printed on the page.
        text: what it says there, on one line.
        is_paged: whether the document has pages that a source can name; a web page has none.
    """

    document_id: str
    title: str
    page: int
    label: str
    text: str
    is_paged: bool = True


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quotation with what was found of it.

    Attributes:
        quotation: the quotation.
        result: the result.
        place: where the words, or the nearest to them, are; None where nothing is near.
        changes: how the quotation and the text differ, where they do.
        distance: characters to be changed, added or left out to come from one to the other.
        notes: what else there is to know: the file is missing, was moved or read anew.
    """

    quotation: Quotation
    result: QuoteResult
    place: QuotePlace | None = None
    changes: tuple[WordChange, ...] = ()
    distance: int = 0
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """All quotations that were checked, in their order.

    Attributes:
        quotes: the quotations.
        ignored: number of short quotations that name no document, as single words in quotation marks are.
    """

    quotes: tuple[CheckedQuote, ...]
    ignored: int = 0
    counts: Counter[QuoteResult] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counter(quote.result for quote in self.quotes))

    @property
    def in_paragraphs(self) -> bool:
        """Return whether the quotations are from a draft that has paragraphs in place of lines."""
        return any(quote.quotation.paragraph for quote in self.quotes)

    @property
    def is_faultless(self) -> bool:
        """Return whether every quotation is verbatim."""
        return all(quote.result is QuoteResult.VERBATIM for quote in self.quotes)
