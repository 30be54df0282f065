"""What a listing says: a resource page, a table, pasted text or a sidecar file, as values with their places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Candidate, Document, Source


class ListingForm(StrEnum):
    """What kind of listing it is."""

    PAGE = "page"  # HTML
    TABLE = "table"  # CSV or TSV
    TEXT = "text"  # as copied from a browser
    SIDECAR = "sidecar"  # NAME.pdf.toml beside NAME.pdf


FORM_CONFIDENCE = {ListingForm.SIDECAR: 1.0, ListingForm.TABLE: 0.95, ListingForm.PAGE: 0.9, ListingForm.TEXT: 0.85}
"""Between several listings the one made with more deliberation decides."""


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"  # something listed was left out
    WARNING = "warning"  # something was not understood, or kept as it stands
    INFO = "info"  # worth knowing


@dataclass(frozen=True, slots=True)
class ListingDiagnostic:
    """What was odd, and where: the line or row, from 1; 0 is the listing as a whole."""

    level: Severity
    message: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One listed document. What is empty is not in the listing.

    Attributes:
        row: line of a page or text, row of a table as a spreadsheet counts it (the header is row 1).
        metadata: (field, value) pairs of the metadata fields of `corpus.fields`, in the order of `METADATA`; values are
            in their stored form, a category that the archive does not know as printed.
        link: an address or a path, as printed.
        identifier: a document's id in the catalogue, or one of another system.
        digest: ``sha256:HEX`` of the file.
        printed: (field, words as printed) where these differ from the value.
    """

    row: int
    metadata: tuple[tuple[str, str], ...] = ()
    link: str = ""
    identifier: str = ""
    digest: str = ""
    printed: tuple[tuple[str, str], ...] = ()

    def values(self, field: str) -> tuple[str, ...]:
        """Return the values of a metadata field."""
        return tuple(value for name, value in self.metadata if name == field)

    def value(self, field: str) -> str:
        """Return the value of a metadata field, the first of several; ``""`` where there is none."""
        return next((value for name, value in self.metadata if name == field), "")

    @property
    def title(self) -> str:
        """Return the title, or ``""``."""
        return self.value("title")


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing as understood: its file name, the SHA-256 of its bytes, its form, items and what was odd."""

    name: str
    digest: str
    form: ListingForm
    items: tuple[Item, ...]
    diagnostics: tuple[ListingDiagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class CataloguedDocument:
    """A catalogued document as matching sees it.

    Attributes:
        document: id, path, state and chosen metadata.
        digest: of its file; empty for a part of a file and for what was only ever listed.
        part: place inside a file that holds several documents.
        link, identifier: what a listing gave for it, for a document that was only ever listed.
    """

    document: Document
    digest: str = ""
    part: str = ""
    link: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """A listed item and the document it is, by its id; ``by`` says what told, such as ``path`` or ``title``."""

    item: Item
    document: str
    by: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Listing against catalogue, both ways, each in order of the listing or of the documents' ids.

    Attributes:
        matched: listed and catalogued.
        missing_here: listed, and no document of the catalogue is it.
        not_listed: ids of the documents that no item is.
    """

    matched: tuple[ItemMatch, ...]
    missing_here: tuple[Item, ...]
    not_listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A chosen value that becomes another; empty is none, several authors are joined by ``; ``."""

    document: str
    field: str
    old: str
    new: str


def item_candidates(item: Item, listing: str, form: ListingForm) -> tuple[Candidate, ...]:
    """What an item says, as candidates of source LISTING.

    ``link``, ``identifier`` and ``digest`` are no metadata; they are kept to know the document by when it arrives.
    """
    known_by = (("link", item.link), ("identifier", item.identifier), ("digest", item.digest))
    printed = dict(item.printed)
    detail = item_location(listing, item.row, form)
    return tuple(
        Candidate(field, value, Source.LISTING, detail, printed.get(field, ""), FORM_CONFIDENCE[form])
        for field, value in (*item.metadata, *known_by)
        if value
    )


def item_location(listing: str, row: int, form: ListingForm) -> str:
    """Where in which listing, for a person: ``resources.html, line 12``."""
    if form is ListingForm.SIDECAR:
        return f"sidecar {listing}"
    return f"{listing}, {'row' if form is ListingForm.TABLE else 'line'} {row}"


_PLACE = re.compile(r"(.*), (?:line|row) [0-9]+", re.DOTALL)


def source_listing(candidate: Candidate) -> str:
    """Name of the listing a candidate came from; ``""`` when it came from a sidecar or from no listing."""
    match = _PLACE.fullmatch(candidate.detail) if candidate.source is Source.LISTING else None
    return match[1] if match and not is_from_sidecar(candidate) else ""


def is_from_sidecar(candidate: Candidate) -> bool:
    """Whether a sidecar file gave the candidate."""
    return candidate.source is Source.LISTING and candidate.detail.startswith("sidecar ")


def fold_title(text: str) -> str:
    """Letters and digits alone, case and accents folded, one space between words: what titles are compared by."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text.casefold().replace("'", "").replace("’", "")).strip()
