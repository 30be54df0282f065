"""Read what a page of hits shows from the catalogue: each kind by one query for all hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from corpus.catalogue.store import Catalogue, stored_member
from corpus.deferred import Deferred
from corpus.document import ChangeNumber, Role, has_pages

if TYPE_CHECKING:
    from corpus.trust.public_addresses import public_address
else:
    public_address = Deferred("corpus.trust.public_addresses:public_address")

_BATCH_STRETCHES = 1000
"""Stretches read by one query; SQLite allows 32,766 parameters."""


@dataclass(frozen=True, slots=True)
class HitRecord:
    """A document as a hit shows it.

    Attributes:
        id: its public id.
        key: its row number.
        path: the path of its file; of a document inside a file also the address in it.
        pages: number of its main pages.
        characters: length of their text.
        changed: number of the last change that concerned it.
        is_paged: whether it has pages that a source can name.
        values: its chosen values by field of `corpus.fields`, in order.
    """

    id: str
    key: int
    path: str
    pages: int
    characters: int
    changed: ChangeNumber
    is_paged: bool
    values: dict[str, list[str]] = field(default_factory=dict)

    def value(self, field: str) -> str:
        """Return the value of a field, the first of several; ``""`` where there is none."""
        return self.values[field][0] if field in self.values else ""


def hit_records(catalogue: Catalogue, document_ids: Sequence[str]) -> dict[str, HitRecord]:
    """Return what a hit shows of each document, by public id, leaving out unknown ids."""
    marks = ",".join("?" * len(document_ids))
    sql = (
        "SELECT d.id, d.key, coalesce(f.path, ''), d.part, d.pages, d.characters, d.changed, d.format, c.field, c.value"  # noqa: S608 (question marks)
        " FROM documents d LEFT JOIN files f ON f.key = d.file"
        " LEFT JOIN candidates c ON c.document = d.key AND c.chosen"
        f" WHERE d.id IN ({marks}) ORDER BY c.rowid"
    )
    records: dict[str, HitRecord] = {}
    for document_id, key, path, part, pages, characters, changed, form, name, value in catalogue.rows(
        sql, *document_ids
    ):
        record = records.get(document_id)
        if record is None:
            place = f"{path} > {part}" if part else path
            record = records[document_id] = HitRecord(
                document_id, key, place, pages, characters, changed, has_pages(form, pages)
            )
        if name is not None:
            record.values.setdefault(name, []).append(value)
    return records


class DocumentSource(NamedTuple):
    """The origin of a document: its bytes, and what a listing has of it.

    Attributes:
        digest: the digest of its bytes; ``""`` without a file.
        public_url: its address on the web, the first that a listing has.
        identifier: its number or symbol, the first that a listing has.
        has_ocr: whether OCR recognised text of it.
    """

    digest: str = ""
    public_url: str = ""
    identifier: str = ""
    has_ocr: bool = False


def document_sources(catalogue: Catalogue, document_ids: Sequence[str]) -> dict[str, DocumentSource]:
    """Return where documents come from, by public id, leaving out unknown ids."""
    marks = ",".join("?" * len(document_ids))
    listed = catalogue.rows(
        "SELECT d.id, c.field, c.value FROM documents d JOIN candidates c ON c.document = d.key"  # noqa: S608 (question marks)
        f" AND c.field IN ('link', 'identifier') WHERE d.id IN ({marks}) ORDER BY c.rowid DESC",
        *document_ids,
    )
    identifiers = {document_id: value for document_id, name, value in listed if name == "identifier"}
    addresses = {
        document_id: address
        for document_id, name, value in listed
        if name == "link" and (address := public_address(value))
    }
    rows = catalogue.rows(
        "SELECT d.id, iif(d.digest = '' AND d.part = '', coalesce(f.digest, ''), d.digest),"  # noqa: S608 (question marks)
        " EXISTS (SELECT 1 FROM pages p WHERE p.document = d.key AND p.ocr)"
        f" FROM documents d LEFT JOIN files f ON f.key = d.file WHERE d.id IN ({marks})",
        *document_ids,
    )
    return {
        document_id: DocumentSource(
            digest, addresses.get(document_id, ""), identifiers.get(document_id, ""), bool(has_ocr)
        )
        for document_id, digest, has_ocr in rows
    }


def page_labels(catalogue: Catalogue, pages: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the numbers that are printed on pages, by document id and page, where files record them."""
    values = list(dict.fromkeys(pages))
    labels: dict[tuple[str, int], str] = {}
    for first in range(0, len(values), _BATCH_STRETCHES):
        batch = values[first : first + _BATCH_STRETCHES]
        sql = (
            f"WITH places (id, page) AS (VALUES {','.join(['(?, ?)'] * len(batch))})"  # noqa: S608 (question marks)
            " SELECT places.id, p.number, p.label FROM places CROSS JOIN documents d ON d.id = places.id"
            " CROSS JOIN pages p ON p.document = d.key AND p.number = places.page"
            " WHERE p.role = 'main' AND p.label IS NOT NULL"
        )
        rows = catalogue.rows(sql, *chain.from_iterable(batch))
        labels |= {(document_id, number): label for document_id, number, label in rows}
    return labels


def text_languages(catalogue: Catalogue, keys: Sequence[int]) -> dict[int, dict[int, str]]:
    """Return the languages of texts that are in another than their document, by its key and their ordinals."""
    marks = ",".join("?" * len(keys))
    sql = f"SELECT document, ordinal, language FROM pages WHERE document IN ({marks}) AND language <> ''"  # noqa: S608 (question marks)
    languages: dict[int, dict[int, str]] = {}
    for key, ordinal, language in catalogue.rows(sql, *keys):
        languages.setdefault(key, {})[ordinal] = language
    return languages


def languages_of_texts(catalogue: Catalogue, document_ids: Sequence[str]) -> dict[str, dict[int, str]]:
    """Return the languages of texts that are in another than their document, by its id and their ordinals."""
    marks = ",".join("?" * len(document_ids))
    sql = (
        "SELECT d.id, p.ordinal, p.language FROM documents d JOIN pages p ON p.document = d.key"  # noqa: S608 (question marks)
        f" WHERE d.id IN ({marks}) AND p.language <> ''"
    )
    languages: dict[str, dict[int, str]] = {}
    for document_id, ordinal, language in catalogue.rows(sql, *document_ids):
        languages.setdefault(document_id, {})[ordinal] = language
    return languages


class StretchPlace(NamedTuple):
    """A stretch of one text: the document's key, the text's ordinal, the first character, and their number."""

    key: int
    text: int
    start: int
    length: int


class StoredStretch(NamedTuple):
    """The characters of a stretch, with the page and the role of the text that it is from, and its printed number."""

    page: int
    role: Role
    text: str
    label: str = ""


def text_stretches(
    catalogue: Catalogue, places: Sequence[StretchPlace], change: ChangeNumber
) -> list[StoredStretch | None]:
    """Return each stretch, as far as its text goes.

    A stretch is None where there is no such text, or its document was changed after ``change``.
    """
    stretches: list[StoredStretch | None] = [None] * len(places)
    for first in range(0, len(places), _BATCH_STRETCHES):
        batch = places[first : first + _BATCH_STRETCHES]
        sql = (
            "WITH places (place, document, ordinal, start, length) AS"  # noqa: S608 (question marks)
            f" (VALUES {','.join(['(?, ?, ?, ?, ?)'] * len(batch))})"
            " SELECT place, number, role, substr(text, start + 1, length), coalesce(label, '') FROM places"
            " CROSS JOIN documents d ON d.key = places.document AND d.changed <= ?"
            " CROSS JOIN pages p ON p.document = places.document AND p.ordinal = places.ordinal"
        )
        values = chain.from_iterable((first + number, *place) for number, place in enumerate(batch))
        for place, number, role, text, label in catalogue.rows(sql, *values, change):
            stretches[place] = StoredStretch(number, stored_member(Role, role), text, label)
    return stretches
