"""The immutable values that readers return and the catalogue stores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, Self

ChangeNumber = NewType("ChangeNumber", int)
"""The number of an event in the catalogue's log, which numbers the change that it records."""


class State(StrEnum):
    """The state of a file, a document or a listed item. The values are stored and printed: they never change."""

    INDEXED = "indexed"
    WITHOUT_TEXT = "indexed-without-text"
    PARTIAL = "partial"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    MISSING = "missing"
    LISTED = "listed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


SEARCHABLE = frozenset({State.INDEXED, State.WITHOUT_TEXT, State.PARTIAL})
"""The states whose documents are in the index."""

FOUND_BY_QUERY = SEARCHABLE | {State.DUPLICATE}
"""The states that a query can ask for. DUPLICATE asks for the documents that have copies."""

UNDISCLOSED = frozenset({State.WITHDRAWN, State.ERASED})
"""The states of which lists disclose no word of a document: neither its title nor its path."""

STATE_NAMES = {"without-text": State.WITHOUT_TEXT} | {
    state.value: state for state in State if state is not State.WITHOUT_TEXT
}
"""The states by the names that people type."""


class Role(StrEnum):
    """The part of a document that a text belongs to; it decides the weight, never whether it can be found.

    The values are stored: they never change.
    """

    MAIN = "main"
    HEADER_FOOTER = "margin"  # headers and footers, taken out of the pages
    BOILERPLATE = "rest"  # what surrounds the main text: navigation, comments, speaker notes
    ANNOTATION = "annotation"  # what was written on a page: notes, typed-on text, stamps, the values of a form


class Source(StrEnum):
    """The source of a metadata candidate, in order of trust: the first source with a value wins."""

    CORRECTION = "correction"  # by the archivist
    LISTING = "listing"  # a resource page, CSV or sidecar
    LABELLED = "labelled"  # under a label in the document, or in structured HTML
    FIRST_PAGE = "first-page"  # the beginning of the text
    TEXT = "text"  # detected from the whole text (language)
    EMBEDDED = "embedded"  # the file's own properties (PDF Info, XMP, docProps)
    FILE_NAME = "file-name"
    FOLDER = "folder"
    HINT = "hint"  # a guess from a title or first line, used when there is nothing else
    FORMER_NAME = "former-name"  # names of the file or its folders before it was renamed; shown, and never chosen


SOURCE_ORDER = tuple(Source)
"""The sources in order of trust."""


@dataclass(frozen=True, slots=True)
class Page:
    r"""One page of text.

    Attributes:
        number: physical page, from 1; a format without pages has the one page 1.
        text: NFC, ``\n`` line ends, no control characters but ``\n`` and ``\t``, no lone surrogates.
        label: the page number as printed, where the file records it (``iv``, ``12``).
        role: MAIN for the page itself; the other texts carry the number of the page they come from.
        ocr: whether the text was recognised from an image.
        language: BCP 47 code where it is another than the document's; else empty.
    """

    number: int
    text: str
    label: str | None = None
    role: Role = Role.MAIN
    ocr: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document in parts that are searched with different weights.

    Attributes:
        pages: the pages in order, without headers and footers where those could be separated.
        headers_footers: headers and footers, each kept once.
        boilerplate: what surrounds the main text: navigation, comments, speaker notes.
        annotations: what was written on the pages, one text for each page.
    """

    pages: tuple[Page, ...] = ()
    headers_footers: tuple[Page, ...] = ()
    boilerplate: tuple[Page, ...] = ()
    annotations: tuple[Page, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[Page]) -> Self:
        """Sort texts into the parts by their roles, the order within a part kept."""
        by_role: dict[Role, list[Page]] = {role: [] for role in Role}
        for text in texts:
            by_role[text.role].append(text)
        return cls(*map(tuple, by_role.values()))

    @property
    def all_texts(self) -> tuple[Page, ...]:
        """The texts of all parts in the order in which catalogue and index keep them.

        A text's position here, from 0, is its ordinal: `corpus.catalogue.hit_records.text_stretches` takes it, and the
        index and `search.match_positions.MatchPositions` count texts by it.
        """
        return (*self.pages, *self.headers_footers, *self.boilerplate, *self.annotations)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of one metadata field, with its provenance.

    Attributes:
        field: name of a metadata field of `corpus.fields`; from listings also ``link``, ``identifier`` and ``digest``.
        value: normalised value: an EDTF string for dates, the category's name, a BCP 47 code, plain text.
        source: kind of source.
        detail: the source itself, for a person: ``Distr.`` label, ``pdf:Info/Title``, ``folder "speeches"``.
        printed: the original words, where they differ from ``value``.
        confidence: 0 to 1; decides only between candidates of the same source.
    """

    field: str
    value: str
    source: Source
    detail: str = ""
    printed: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class EmbeddedDocument:
    """A document inside a file: member of a zip, message of a mailbox, attachment, captured page.

    Attributes:
        address: its position in the file; printable, the same at every reading, unique in the file, and enough to
            get the bytes again. Containers within containers chain: ``letters/a.eml > attachment 1: b.pdf``.
        name: a file name for people, with the extension its content calls for.
        candidates: metadata from the container.
    """

    address: str
    name: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text, metadata and embedded documents that a reader extracted from a file.

    Attributes:
        reader: name of the reader, e.g. ``pdfium``; with a fallback both, ``pdfium+pypdf``.
        media_type: e.g. ``application/pdf``.
        text: its pages, headers and footers, boilerplate and annotations.
        candidates: embedded or structured metadata of the file format.
        state: INDEXED, WITHOUT_TEXT, PARTIAL or FAILED.
        reason: one line for a person when the state is not INDEXED. Of an indexed container it counts what is no
            document, or is empty; of any other file it is empty.
        embedded: documents of their own that the file contains beside its own text. A file that is only their
            container (zip, mbox, WARC) is INDEXED without pages, since nothing of it was left unread.
    """

    reader: str
    media_type: str
    text: DocumentText = DocumentText()
    candidates: tuple[Candidate, ...] = ()
    state: State = State.INDEXED
    reason: str = ""
    embedded: tuple[EmbeddedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """The chosen candidates of a document, by the fields of `corpus.fields`.

    Attributes:
        chosen: the candidates, of any fields in any order; several of one field in the order of its values.
    """

    chosen: tuple[Candidate, ...] = ()

    def candidates(self, field: str) -> tuple[Candidate, ...]:
        """Return the chosen candidates of a field; more than one only where the field can have several values."""
        return tuple(candidate for candidate in self.chosen if candidate.field == field)

    def candidate(self, field: str) -> Candidate | None:
        """Return the chosen candidate of a field, the first of several; None where there is none."""
        return next((candidate for candidate in self.chosen if candidate.field == field), None)

    def values(self, field: str) -> tuple[str, ...]:
        """Return the values of a field."""
        return tuple(candidate.value for candidate in self.chosen if candidate.field == field)

    def value(self, field: str) -> str:
        """Return the value of a field, the first of several; ``""`` where there is none."""
        candidate = self.candidate(field)
        return candidate.value if candidate else ""

    def text(self, field: str) -> str:
        """Return all values of a field joined by ``; ``; ``""`` where there is none."""
        return "; ".join(self.values(field))

    @property
    def title(self) -> Candidate | None:
        """Return the chosen title."""
        return self.candidate("title")

    @property
    def date(self) -> Candidate | None:
        """Return the chosen date."""
        return self.candidate("date")

    @property
    def category(self) -> Candidate | None:
        """Return the chosen category."""
        return self.candidate("category")

    @property
    def language(self) -> Candidate | None:
        """Return the chosen language."""
        return self.candidate("language")

    @property
    def country(self) -> Candidate | None:
        """Return the chosen country."""
        return self.candidate("country")

    @property
    def authors(self) -> tuple[Candidate, ...]:
        """Return the chosen authors."""
        return self.candidates("author")


def has_pages(file_format: str, pages: int) -> bool:
    """Return whether a document has pages that a source can name: a web page, a mail or a plain text has none."""
    return file_format == "pdf" or pages > 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the catalogue.

    Attributes:
        id: stable public id, neither path nor row number.
        path: of the file, as text (see `corpus.paths`); relative to the archive when inside it.
        state: see `State`.
        reason: one line for a person, when the state is not INDEXED.
        media_type: e.g. ``application/pdf``.
        format: short name for people and facets, e.g. ``pdf``.
        metadata: chosen values with provenance.
        pages: number of MAIN pages.
        characters: length of all MAIN text.
        changed: number of the last change that concerned it.
        part: address inside the file, for a document that is not the file itself; ``path`` then ends with it.
        has_copies: whether further files, or documents inside files, have the same bytes.
    """

    id: str
    path: str
    state: State
    reason: str
    media_type: str
    format: str
    metadata: Metadata = field(default_factory=Metadata)
    pages: int = 0
    characters: int = 0
    changed: ChangeNumber = ChangeNumber(0)
    part: str = ""
    has_copies: bool = False

    @property
    def found_states(self) -> tuple[State, ...]:
        """Return the states under which a query finds the document while it is in the index."""
        return (self.state, State.DUPLICATE) if self.has_copies else (self.state,)

    @property
    def is_paged(self) -> bool:
        """Return whether the document has pages that a source can name; see `has_pages`."""
        return has_pages(self.format, self.pages)

    def disclosed(self) -> Document:
        """Return the document as anybody may see it: a withdrawn or erased one without path, metadata and size."""
        if self.state not in UNDISCLOSED:
            return self
        return Document(self.id, "", self.state, self.reason, "", "", changed=self.changed)
