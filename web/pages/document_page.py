"""Gather the contents of a document's page: its text in parts, the places of the search, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import parse_qsl, quote, quote_plus

from corpus.document import Candidate, Document
from corpus.document import Page as TextPage
from corpus.errors import UsageError
from corpus.fields import BY_NAME, METADATA, Field
from indexer.readers.formats import PDF
from search.presentation.document_view import View
from search.results import Hit, Passage
from web.paging import linked_pages
from web.related_documents import Version
from web.search_address import SearchAddress, read_address
from web.templating import document_link
from web.wording.joined_lines import Span, joined_lines
from web.wording.quotation import quoted_sentence, shown_stretch
from web.wording.text_parts import TextPart, text_parts

_RANK, _PAGE = "at", "page"
FIRST_PLACE = "place-1"
"""Anchor of the first match on a page; the template numbers the others after it."""
LINKED_PLACES = 10
"""Pages with matches that are linked to at once; a list that opens has them all."""


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """The address of a document: the search that found it, its rank among the hits, and the page that is shown.

    ``rank`` and ``page`` are 0 where the address does not say.
    """

    document_id: str
    search: SearchAddress
    rank: int = 0
    page: int = 0

    def link(self, page: int = 0) -> str:
        """Return the link to this document, or to a page of it."""
        return document_link(self.document_id, self.search, rank=self.rank, page=page or self.page)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of the page that is shown, in parts that are marked or not."""

    text: TextPage
    parts: list[TextPart]


@dataclass(frozen=True, slots=True)
class PlacesOnPage:
    """The number of matches on one page, with the link to the first of them."""

    page: int
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """The pages with matches of a document, seen from the page that is shown."""

    pages: tuple[PlacesOnPage, ...]
    page: int

    @property
    def near(self) -> tuple[PlacesOnPage, ...]:
        """Return the pages with matches that are nearest to the page that is shown."""
        before = sum(places.page < self.page for places in self.pages)
        first = max(min(before - LINKED_PLACES // 2, len(self.pages) - LINKED_PLACES), 0)
        return self.pages[first : first + LINKED_PLACES]

    @property
    def first_here(self) -> int:
        """Return the number of the first match on the page, counted from 1 through the document."""
        return sum(places.count for places in self.pages if places.page < self.page) + 1

    @property
    def here(self) -> int:
        """Return the number of matches on the page."""
        return next((places.count for places in self.pages if places.page == self.page), 0)

    @property
    def previous(self) -> str:
        """Return the link to the nearest page before this one that has matches; ``""`` where none has."""
        return next((places.link for places in reversed(self.pages) if places.page < self.page), "")

    @property
    def next(self) -> str:
        """Return the link to the nearest page after this one that has matches; ``""`` where none has."""
        return next((places.link for places in self.pages if places.page > self.page), "")

    @property
    def total(self) -> int:
        """Return the number of matches in the whole document."""
        return sum(places.count for places in self.pages)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a document among the hits, with links to those before and after it."""

    rank: int
    total: int
    results: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """A value that some source gives for a field."""

    field: Field
    value: str
    source: str
    detail: str
    printed: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything that the page of a document shows.

    Attributes:
        address: where it is, with the search that led to it.
        view: the document with the texts of the page that is shown.
        page: the page.
        texts: its texts, in parts that are marked or not.
        places: the pages with matches.
        quote: the sentence of the page to quote; ``""`` without a match.
        neighbours: the documents before and after it in the search.
        versions: documents that may be this one in other languages.
        similar: documents with the same salient words; None where they have not been looked for yet.
    """

    address: DocumentAddress
    view: View
    page: int
    texts: tuple[ShownText, ...]
    places: DocumentPlaces
    quote: str
    neighbours: Neighbours | None
    versions: tuple[Version, ...]
    similar: tuple[Hit, ...] | None

    @property
    def document(self) -> Document:
        """Return the document's record."""
        return self.view.document

    @property
    def title(self) -> str:
        """Return the title, or the file's name."""
        return self.document.metadata.value("title") or self.document.path.rpartition("/")[2]

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the numbers of all its pages."""
        return tuple(self.view.places)

    @property
    def label(self) -> str:
        """Return the number that is printed on the page, where it is known."""
        return next((shown.text.label for shown in self.texts if shown.text.label), None) or ""

    @property
    def provenance(self) -> tuple[ProvenanceRow, ...]:
        """Return what each source says of each field."""
        return tuple(_provenance(self.view))

    @property
    def has_image(self) -> bool:
        """Return whether pages can be shown as images."""
        return self.document.format == PDF.name

    @property
    def has_text(self) -> bool:
        """Return whether the page that is shown has text."""
        return any(shown.text.text.strip() for shown in self.texts)

    @property
    def image_link(self) -> str:
        """Return the link to the image of the page that is shown."""
        query = self.address.search.request.query
        link = f"/documents/{quote(self.document.id, safe=':')}/page/{self.page}.png"
        return f"{link}?q={quote_plus(query)}" if query else link

    @property
    def linked_pages(self) -> tuple[int, ...]:
        """Return the numbers of pages that are linked to; 0 is a gap."""
        return tuple(linked_pages(self.page, self.pages[-1])) if self.pages else ()


def read_document_address(document_id: str, query_string: str) -> DocumentAddress:
    """Return the address of a document that its path and query string stand for.

    Raises:
        UsageError: a parameter has a value that it cannot have.
    """
    pairs = parse_qsl(query_string, keep_blank_values=True, errors="replace")
    numbers = {name: value for name, value in pairs if name in {_RANK, _PAGE} and value}
    search = read_address([pair for pair in pairs if pair[0] not in {_RANK, _PAGE}])
    for name, value in numbers.items():
        if not (value.isascii() and value.isdigit() and int(value[:10]) > 0 and len(value) < 10):
            raise UsageError("web.bad-parameter", parameter=name, value=value[:40], accepted="1, 2, …")
    return DocumentAddress(document_id, search, int(numbers.get(_RANK, 0)), int(numbers.get(_PAGE, 0)))


def document_page(
    address: DocumentAddress,
    view: View,
    neighbours: Neighbours | None,
    versions: Iterable[Version],
    similar: tuple[Hit, ...] | None,
    passages: Sequence[Passage] = (),
) -> DocumentPage:
    """Return what the page of a document shows.

    ``view`` has the texts of that page alone; ``passages`` are those of the hit that led to the document.
    """
    language = view.document.metadata.value("language")
    joined = [
        joined_lines(text.text, spans, text.language or language)
        for text, spans in zip(view.texts, view.spans, strict=True)
    ]
    texts = tuple(ShownText(text, text_parts(*shown)) for text, shown in zip(view.texts, joined, strict=True))
    places = tuple(
        PlacesOnPage(number, count, f"{address.link(number)}#{FIRST_PLACE}")
        for number, count in view.places.items()
        if count
    )
    page = view.texts[0].number if view.texts else 1
    return DocumentPage(
        address,
        view,
        page,
        texts,
        DocumentPlaces(places, page),
        _quote(view, joined, [passage.text for passage in passages if passage.page == page]),
        neighbours,
        tuple(versions),
        similar,
    )


def _quote(view: View, joined: Sequence[tuple[str, Sequence[Span]]], passages: Sequence[str]) -> str:
    """Return the sentence to quote: of the first text with a passage that the hit had shown, else with a match."""
    quotes: list[tuple[bool, str]] = []
    for stored, (text, spans) in zip(view.texts, joined, strict=True):
        shown = [stretch for passage in passages if (stretch := shown_stretch(text, passage))]
        language = stored.language or view.document.metadata.value("language")
        is_joined = text != stored.text
        quote = quoted_sentence(text, spans, language, shown=shown, lines_are_paragraphs=is_joined)
        if quote:
            quotes.append((bool(shown), quote))
    return max(quotes, key=itemgetter(0), default=(False, ""))[1]


def _provenance(view: View) -> Iterable[ProvenanceRow]:
    """Yield what each source says of each field: by field, the chosen values first."""
    selected = {
        (name, candidate.value, candidate.source)
        for name in (field.name for field in METADATA)
        if (candidate := view.document.metadata.candidate(name)) is not None
    }
    names = [*BY_NAME]

    def place(candidate: Candidate) -> tuple[int, bool]:
        is_chosen = (candidate.field, candidate.value, candidate.source) in selected
        return names.index(candidate.field) if candidate.field in BY_NAME else len(names), not is_chosen

    for candidate in sorted(view.candidates, key=place):
        if candidate.field in BY_NAME:
            is_chosen = (candidate.field, candidate.value, candidate.source) in selected
            yield ProvenanceRow(
                BY_NAME[candidate.field], candidate.value, candidate.source.value, candidate.detail, candidate.printed,
                is_chosen,
            )  # fmt: skip
