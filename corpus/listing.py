"""A listing as values: the items of a page, a table, pasted text or a sidecar, with their rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Candidate, Document, Source
from corpus.messages import Message, message


class ListingForm(StrEnum):
    """The kind of a listing. The values are printed as JSON: they never change."""

    PAGE = "page"  # HTML
    TABLE = "table"  # CSV or TSV
    TEXT = "text"  # as copied from a browser
    SIDECAR = "sidecar"  # NAME.pdf.toml beside NAME.pdf


FORM_CONFIDENCE = {ListingForm.SIDECAR: 1.0, ListingForm.TABLE: 0.95, ListingForm.PAGE: 0.9, ListingForm.TEXT: 0.85}
"""Confidence of a listing's candidates: of several listings the one written with more care decides."""


class Severity(StrEnum):
    """The severity of a diagnostic."""

    ERROR = "error"  # something listed was left out
    WARNING = "warning"  # something was not understood, or was kept as printed
    INFO = "info"  # worth knowing


@dataclass(frozen=True, slots=True)
class ListingDiagnostic:
    """A problem or a note about a listing.

    Attributes:
        level: how much it matters.
        message: what is odd.
        row: line or row, from 1; 0 for the listing as a whole.
    """

    level: Severity
    message: Message
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
    """A listing that was read.

    Attributes:
        name: its file name.
        digest: SHA-256 of its bytes.
        form: page, table, text or sidecar.
        items: the documents it lists.
        diagnostics: what was odd in it.
    """

    name: str
    digest: str
    form: ListingForm
    items: tuple[Item, ...]
    diagnostics: tuple[ListingDiagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class CataloguedDocument:
    """A catalogued document with what listed items are matched by.

    Attributes:
        document: id, path, state, and the chosen title, date and language.
        digest: of its file; empty for an embedded document, and for one that is listed and has no file.
        part: address inside a file that contains several documents.
        link, identifier: from its listing, for a document without a file.
        claims: (listing, item) of every listing imported before that contains it.
    """

    document: Document
    digest: str = ""
    part: str = ""
    link: str = ""
    identifier: str = ""
    claims: tuple[tuple[str, Item], ...] = ()

    def claim_of(self, listing: str) -> Item | None:
        """Return the document's item in a listing imported before, or None."""
        return next((item for name, item in self.claims if name == listing), None)


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """A listed item, the id of the document it describes, and the evidence, such as ``path`` or ``title``."""

    item: Item
    document: str
    by: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The differences between a listing and the catalogue, ordered by row or by document id.

    Attributes:
        matched: listed and catalogued.
        missing_here: listed, without a document in the catalogue.
        not_listed: ids of the documents without an item in the listing.
    """

    matched: tuple[ItemMatch, ...]
    missing_here: tuple[Item, ...]
    not_listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A chosen value that changes; ``""`` means no value, and several values are joined by ``; ``."""

    document: str
    field: str
    old: str
    new: str


def item_candidates(item: Item, listing: str, form: ListingForm) -> tuple[Candidate, ...]:
    """Return the values of an item as candidates of source LISTING.

    ``link``, ``identifier`` and ``digest`` are not metadata; they identify the document when its file arrives.
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
    """Return the place in a listing as it is shown to people: ``resources.html, line 12``."""
    if form is ListingForm.SIDECAR:
        return str(message("detail.sidecar", listing=listing))
    code = "detail.listing-row" if form is ListingForm.TABLE else "detail.listing-line"
    return str(message(code, listing=listing, row=row))


_PLACE = re.compile(r"(.*), (?:line|row) [0-9]+", re.DOTALL)


def source_listing(candidate: Candidate) -> str:
    """Return the name of the listing that a candidate comes from; ``""`` for a sidecar or another source."""
    match = _PLACE.fullmatch(candidate.detail) if candidate.source is Source.LISTING else None
    return match[1] if match and not is_from_sidecar(candidate) else ""


def is_from_sidecar(candidate: Candidate) -> bool:
    """Return whether the candidate comes from a sidecar."""
    # A listing's own file name may begin so, and is followed by a line or row.
    is_named_so = candidate.source is Source.LISTING and candidate.detail.startswith("sidecar ")
    return is_named_so and not _PLACE.fullmatch(candidate.detail)


def fold_title(text: str) -> str:
    """Return the form that titles are compared by: folded letters and digits with single spaces."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text.casefold().replace("'", "").replace("’", "")).strip()
